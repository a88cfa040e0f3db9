"""Asking links whether they answer: `check` yields each as it comes back.

check/
  run.py          every link to its host's turn, and back: the scheduler
  probe.py        what to ask, one request after another: a generator that knows no network
  politeness.py   how many at once, how far apart, host by host
  engine.py       httpx, with names resolved here and private addresses refused
  faults.py       what an exception means
"""

from diagsources.check.run import Policy, check, network_is_there

__all__ = ["Policy", "check", "network_is_there"]
