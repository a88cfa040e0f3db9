"""What a command has to say, in every form programs and people read: `FORMATS[name].render`.

A `Report` holds records for programs and rows for flat formats; a format knows neither sources nor
checks. The screen's own form, `table`, is the terminal's.
"""

from diagsources.reports.formats import FORMATS, Format
from diagsources.reports.report import Column, Report

__all__ = ["FORMATS", "Column", "Format", "Report"]
