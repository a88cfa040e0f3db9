"""From a report to the place where it was asked for."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from diagsources.cli.options import Output
from diagsources.errors import OutputUnwritable, stdout_refuses, why
from diagsources.files import whole_file
from diagsources.reports import FORMATS, Report
from diagsources.terminal import forget_stdout

if TYPE_CHECKING:
    from rich.console import Console

_FILE_WIDTH = 120
"""Columns of a table that is written to a file."""


def emit(output: Output, report: Report, screen: Callable[["Console"], None]) -> None:
    """Writes *report* as *output* asks; *screen* draws its `table`. A reader that goes away (`| head`) has read
    enough: what was found remains found. Raises `OutputUnwritable`."""
    try:
        stream(output, report, screen)
    except BrokenPipeError:
        forget_stdout()


def stream(output: Output, report: Report, screen: Callable[["Console"], None]) -> None:
    """As `emit`, of a part of what is to come: raises `BrokenPipeError` where nobody will read the rest."""
    if output.silent:
        return
    if output.file:
        with to_file(output.file) as out:
            _render(output, report, screen, out)
    else:
        _to_stdout(output, report, screen)


def _to_stdout(output: Output, report: Report, screen: Callable[["Console"], None]) -> None:
    with onto_stdout():
        if output.format == "table":
            screen(output.terminal.console(sys.stdout))
        else:
            FORMATS[output.format].render(report, sys.stdout)


def write_out(text: str) -> None:
    """Writes *text* to stdout, as `emit` does a report."""
    try:
        with onto_stdout():
            sys.stdout.write(text)
    except BrokenPipeError:
        forget_stdout()


@contextmanager
def onto_stdout() -> Iterator[None]:
    """Writes to stdout what is written within. Raises `BrokenPipeError`, or `OutputUnwritable`."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise stdout_refuses(error) from error


def _render(output: Output, report: Report, screen: Callable[["Console"], None], out: TextIO) -> None:
    if output.format == "table":
        screen(output.terminal.console(out, width=_FILE_WIDTH))
    else:
        FORMATS[output.format].render(report, out)


def require_folder(file: str) -> None:
    """Raises `OutputUnwritable` where *file* could not be written for want of its folder: known before asking."""
    if not Path(file).parent.is_dir():
        raise OutputUnwritable(f"{file} : ce dossier n'existe pas", hint="créez-le, ou choisissez un autre fichier")


@contextmanager
def to_file(name: str) -> Iterator[TextIO]:
    """A file that is written whole or not at all; a device or a pipe is written to, not replaced.
    Raises `OutputUnwritable`."""
    try:
        path = Path(name).resolve()  # what a symbolic link points to, not the link
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="\n") as out:
                yield out
        else:
            mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
            with whole_file(path, mode=mode) as out:
                yield out
    except OSError as error:
        raise OutputUnwritable(
            f"{name} : écriture impossible ({why(error)})", hint="choisissez un autre fichier avec --output"
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
