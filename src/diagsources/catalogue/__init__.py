"""The YAML catalogue: `load` reads it whole, collects every problem, and remembers what it parsed.

catalogue/
  load.py        folders and files in, a `Catalogue` out
  assemble.py    files laid over each other, later ones winning by id
  nodes.py       hostile YAML into nodes with positions, in bounded time and memory
  shapes.py      what the YAML must look like, from the annotations of the model
  reader.py      nodes against shapes: plain values, and problems
  coherence.py   what only the whole can tell: double ids, unknown references
  spots.py       where each value of a text stands
  splices.py     spans of a text replaced, all at once
  rendering.py   plain values as YAML text
  editing.py     changes that leave every other byte alone
  tidying.py     what a machine can put right: order, blanks, slips
  rules.py       the codes of the problems
  schema.py      the JSON Schema of the same shapes
  cache.py       the parsed catalogue as JSON, good as long as no file changes
"""

from diagsources.catalogue.load import files, load, shipped

__all__ = ["files", "load", "shipped"]
