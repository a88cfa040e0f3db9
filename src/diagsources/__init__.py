"""A living catalogue of the data sources of a *diagnostic territorial*.

        cli                                                  shell      (typer)
          terminal                                           consoles   (rich)
  catalogue | check | store | reports | exchange             edges      (yaml, the web, sqlite3, text)
                  mending                                    changes: pure
      query | territory | verdict                            rules: pure
     model | text | urls | files                             values: frozen
       errors | templates

An arrow only points down, and siblings do not know each other; import-linter holds it. The program
in four doors: `catalogue.load`, `query.select`, `check.check`, `reports.FORMATS[name].render`.
"""

__version__ = "0.1.0"
HOME_PAGE = "https://github.com/diagsources/diagsources"
