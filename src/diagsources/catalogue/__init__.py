"""The YAML catalogue: `load` reads it whole, collects every problem, and remembers what it parsed.

catalogue/
  load.py        folders and files in, a `Catalogue` out
  assemble.py    files laid over each other, later ones winning by id
  nodes.py       hostile YAML into nodes with positions, in bounded time and memory
  shapes.py      what the YAML must look like, from the annotations of the model
  reader.py      nodes against shapes: plain values, and problems
  coherence.py   what only the whole can tell: double ids, unknown references
  rules.py       the codes of the problems
  schema.py      the JSON Schema of the same shapes
  cache.py       the parsed catalogue as JSON, good as long as no file changes
"""

from diagsources.catalogue.load import load, shipped

__all__ = ["load", "shipped"]
