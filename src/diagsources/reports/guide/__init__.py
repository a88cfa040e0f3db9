"""A guide made ready for a territory: `assemble` says where each question sends, `of_course` is the report of it.

reports/guide/
  course.py      the questions in order, each with its sources: where they are for the territory, what to beware of
  report.py      records and rows, and the list of the guides
  sentences.py   what is said of a source, for people
  markdown.py    the course as a page with boxes to tick
  html.py        the same for a browser and for paper
"""

from diagsources.reports.guide.course import Course, Step, Stop, assemble
from diagsources.reports.guide.report import of_course, of_guides

__all__ = ["Course", "Step", "Stop", "assemble", "of_course", "of_guides"]
