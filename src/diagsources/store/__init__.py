"""What is remembered of links, in one SQLite file: every check as it arrives, and what is known of each link.

store/
  values.py     what is kept and given back, as values
  faults.py     what can be wrong with the file, in a sentence
  file.py       the file: opened, migrated, set aside where it is corrupt
  guard.py      the connection, guarded: trouble is said once
  rows.py       values to rows and back
  drifting.py   whether a page is still what it was when it was verified
  run.py        a run that writes what it sees
  store.py      the store, and what it knows

A check that `Run.keep` has taken is in the file when it returns, whatever becomes of the process then. A store
that cannot be written says so once, and a run goes on without it.

The one home of sqlite3; whoever imports this package loads it (11 ms).
"""

from diagsources.store.faults import StoreUnusable
from diagsources.store.run import Run
from diagsources.store.store import Store, open_store, remembering
from diagsources.store.values import LinkKey, Outcome, Record, RunRecord, key_of

FILE_NAME = "checks.sqlite3"
"""What the file is called in the state folder."""

__all__ = [
    "FILE_NAME",
    "LinkKey",
    "Outcome",
    "Record",
    "Run",
    "RunRecord",
    "Store",
    "StoreUnusable",
    "key_of",
    "open_store",
    "remembering",
]
