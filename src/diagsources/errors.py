"""What can go wrong that the user can mend: each error says what to do next.

DiagsourcesError            exit code 2: it could not be done
├── UnknownValue            an id, theme, publisher… that nothing bears; names the nearest
├── Unsure                  words that may mean several things; lists them
├── CatalogueUnreadable     no file of the catalogue could be read
├── InputUnreadable         a list of links cannot be read
├── OutputUnwritable        the report cannot be written where it was asked for
├── SettingsUnreadable      a settings file that is not TOML, or sets what cannot be set
├── ServiceUnusable         a service that is told what was found does not take it
├── WrongUsage              the words of the command line do not fit together
├── NoNetwork               no host answered, so nothing can be said of the links
└── Inconclusive            nearly everything fails at once, so nothing can be said of the links

Anything else that is raised is a bug of ours, and ends with exit code 3.
"""

import errno
from collections.abc import Sequence

_IN_FRENCH = {
    errno.ENOENT: "introuvable",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.ENOSPC: "disque plein",
    errno.EROFS: "disque en lecture seule",
    errno.ELOOP: "lien symbolique sans fin",
    errno.ENAMETOOLONG: "nom trop long",
    errno.EIO: "erreur du disque",
}


class DiagsourcesError(Exception):
    """An expected failure: one French sentence, and a hint at what to type next."""

    exit_code = 2

    choices: tuple[str, ...] = ()
    """What could have been meant, a line each, where it takes more than the hint to say."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UnknownValue(DiagsourcesError):
    """A *value* that nothing bears: *what* says of which kind (« source inconnue »), *nearest* are
    likely meant, *where* says where to look when nothing is near."""

    def __init__(self, what: str, value: str, nearest: Sequence[str], *, where: str = "") -> None:
        self.value = value
        self.nearest = tuple(nearest)
        *others, last = self.nearest or ("",)
        meant = f"{', '.join(others)} ou {last}" if others else last
        hint = f"vouliez-vous dire {meant} ?" if meant else where
        super().__init__(f"{what} : « {value} »", hint=hint)


class Unsure(DiagsourcesError):
    """Words that bear several meanings, or are only near some: *choices* say which, and how to type each."""

    def __init__(self, message: str, choices: Sequence[str], *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.choices = tuple(choices)


class CatalogueUnreadable(DiagsourcesError):
    """Nothing of the catalogue could be read."""


class InputUnreadable(DiagsourcesError):
    """A file of links that is missing, a folder, or not text."""


class OutputUnwritable(DiagsourcesError):
    """A file or stream that does not take the report."""


def stdout_refuses(error: OSError) -> OutputUnwritable:
    """What only a file system can refuse: a full disk behind stdout."""
    return OutputUnwritable(f"sortie standard : écriture impossible ({why(error)})")


class SettingsUnreadable(DiagsourcesError):
    """A file of settings that cannot be followed."""


class ServiceUnusable(DiagsourcesError):
    """A service that is told what was found, and does not take it."""


class WrongUsage(DiagsourcesError):
    """Options or arguments that do not fit together."""


class NoNetwork(DiagsourcesError):
    """No host answered: the fault is most likely on this side."""


class Inconclusive(DiagsourcesError):
    """Nearly everything fails at once: the fault is most likely on this side."""


def why(error: OSError) -> str:
    """What the system refused, in French where we know how to say it."""
    return _IN_FRENCH.get(error.errno or 0) or f"erreur système {error.errno or error}"
