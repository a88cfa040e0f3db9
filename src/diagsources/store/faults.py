"""What can be wrong with the file of the store: a sentence each."""

import sqlite3
from pathlib import Path
from shutil import disk_usage

from diagsources.errors import DiagsourcesError, why


class StoreUnusable(DiagsourcesError):
    """The file of what is remembered cannot be used."""


CORRUPT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

_SAID = {
    **dict.fromkeys(CORRUPT, "le fichier est endommagé"),
    **dict.fromkeys(BUSY, "un autre programme le garde ouvert pour lui seul"),
    sqlite3.SQLITE_FULL: "disque plein",
    sqlite3.SQLITE_READONLY: "écriture refusée",
    sqlite3.SQLITE_PERM: "accès refusé",
    sqlite3.SQLITE_AUTH: "accès refusé",
    sqlite3.SQLITE_CANTOPEN: "impossible de l'ouvrir ou d'écrire à côté",
    sqlite3.SQLITE_IOERR: "erreur du disque",
    sqlite3.SQLITE_TOOBIG: "valeur trop grande",
}


def code_of(error: sqlite3.Error) -> int:
    """The primary result code of *error* (sqlite.org/rescode.html); 0 where it has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def unusable(path: Path, error: sqlite3.Error | OSError) -> StoreUnusable:
    """*error*, said of the file at *path*."""
    if isinstance(error, OSError):
        return StoreUnusable(f"{path} : {why(error)}", hint=_HINT)
    code = sqlite3.SQLITE_FULL if code_of(error) == sqlite3.SQLITE_IOERR and _is_full(path) else code_of(error)
    return StoreUnusable(f"{path} : {_SAID.get(code, f'erreur de SQLite ({error})')}", hint=_HINT)


_LEAST_FREE = 65_536
"""What SQLite needs beside the file to share it (bytes); without it, it speaks of a disk error."""


def _is_full(path: Path) -> bool:
    try:
        return disk_usage(path.parent).free < _LEAST_FREE
    except OSError:
        return False


_HINT = "--state choisit un autre fichier, DIAGSOURCES_STATE_DIR un autre dossier"


def of_another(path: Path) -> StoreUnusable:
    """It is a database, and not ours."""
    return StoreUnusable(f"{path} : c'est une base d'un autre programme", hint=_HINT)


def newer(path: Path) -> StoreUnusable:
    """It was written by a version that knows more than we do."""
    return StoreUnusable(
        f"{path} : écrit par une version plus récente de diagsources",
        hint=f"mettez diagsources à jour ; sinon, {_HINT}",
    )


def set_aside_as(path: Path, aside: Path) -> StoreUnusable:
    """It was corrupt, and has made room for a new one."""
    return StoreUnusable(f"{path} : le fichier est endommagé, et mis de côté sous le nom {aside.name}")
