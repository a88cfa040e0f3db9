"""Files that are changed: read once, shown as a difference, written whole or not at all."""

import hashlib
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import diagsources
from diagsources.cli.emit import write_out
from diagsources.errors import DiagsourcesError, InputUnreadable, OutputUnwritable, why
from diagsources.files import replace_whole
from diagsources.terminal import Terminal, is_terminal
from diagsources.text import visible

_SOMEBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_PACKAGE = Path(diagsources.__file__).resolve().parent


class Changed(DiagsourcesError):
    """A file is not any more what it was when it was read."""


class Draft(NamedTuple):
    """A file as it was read, and as it is to be."""

    path: Path
    name: str
    digest: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after


def draft_of(path: Path, name: str = "") -> Draft:
    """The file at *path*, which goes by *name*; raises `InputUnreadable`."""
    shown = name or str(path)
    try:
        if path.exists() and not path.is_file():  # a pipe or a device may have no end
            raise InputUnreadable(f"{shown} : ce n'est pas un fichier ordinaire", hint="vérifiez le chemin")
        data = path.read_bytes()
        text = data.decode()
    except OSError as error:
        raise InputUnreadable(f"{shown} : lecture impossible ({why(error)})", hint="vérifiez le chemin") from error
    except UnicodeDecodeError as error:
        hint = "enregistrez-le dans cet encodage"
        raise InputUnreadable(f"{shown} : ce fichier n'est pas en UTF-8", hint=hint) from error
    return Draft(path, shown, _digest(data), text, text)


def save(*drafts: Draft) -> None:
    """Writes *drafts* in the place of their files, whose permissions and links stay; none where one may not be.

    Raises `Changed` where a file was changed meanwhile, and `OutputUnwritable`.
    """
    for draft in drafts:
        _require_writable(draft)
    for draft in drafts:
        try:
            replace_whole(draft.path.resolve(), draft.after)
        except OSError as error:
            raise OutputUnwritable(
                f"{draft.name} : écriture impossible ({why(error)})",
                hint="vérifiez les droits du dossier, et la place qui reste",
            ) from error


def _require_writable(draft: Draft) -> None:
    try:
        real = draft.path.resolve()
        if _digest(real.read_bytes()) != draft.digest:
            raise Changed(
                f"{draft.name} : ce fichier a changé entre-temps, rien n'a été écrit", hint="recommencez la commande"
            )
        # an administrator may write whatever is protected, and a rename asks for no leave of the file
        is_protected = not os.access(real, os.W_OK) or not real.stat().st_mode & _SOMEBODY_WRITES
    except OSError as error:
        raise InputUnreadable(
            f"{draft.name} : lecture impossible ({why(error)})", hint="recommencez la commande"
        ) from error
    require_kept(draft.name, draft.path)
    if is_protected:
        raise OutputUnwritable(
            f"{draft.name} : ce fichier est protégé en écriture, rien n'a été écrit", hint=f"chmod u+w {draft.name}"
        )


def require_kept(name: str, path: Path) -> None:
    """Refuses the file at *path*, which goes by *name*, where it is the program's own: the next version has another."""
    real = path.resolve()
    if _PACKAGE in real.parents:
        raise OutputUnwritable(
            f"{name} : ce catalogue est celui du programme, que sa prochaine version remplacerait",
            hint=f"copiez {real.parent} et donnez la copie avec --catalogue",
        )


def difference(drafts: Iterable[Draft]) -> str:
    """A unified diff of *drafts*, as `patch -p1` takes it."""
    return "".join(_difference(draft) for draft in drafts if draft.is_changed)


def show(text: str, terminal: Terminal) -> None:
    """*text*, a difference, on stdout: as it is in a pipe, in colours and harmless before a person."""
    if not is_terminal(sys.stdout):
        write_out(text)
        return
    from rich.text import Text

    console = terminal.console(sys.stdout)
    styles = {"+": "green", "-": "red", "@": "cyan"}
    for line in text.split("\n")[:-1]:
        style = "bold" if line.startswith(("+++", "---")) else styles.get(line[:1], "")
        console.print(Text(visible(line.removesuffix("\r")), style=style), soft_wrap=True)


def _difference(draft: Draft) -> str:
    from difflib import unified_diff

    old, new = ("", "") if Path(draft.name).is_absolute() else ("a/", "b/")
    lines = unified_diff(_lines(draft.before), _lines(draft.after), old + draft.name, new + draft.name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """*text* in lines, each with its end; only what ends a line of a file does."""
    *whole, last = text.split("\n")
    return [f"{line}\n" for line in whole] + ([last] if last else [])


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
