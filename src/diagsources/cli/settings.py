"""Settings: what is not typed, from the environment, the folder's files or the user's, in that order.

flag › `DIAGSOURCES_*` › `diagsources.toml` or `[tool.diagsources]` of pyproject.toml in the folder ›
the user's `config.toml` › default. A key is the long name of an option: `per-host = 4`.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from diagsources.errors import SettingsUnreadable, UnknownValue, why
from diagsources.text import nearest


class _Setting(NamedTuple):
    parameter: str
    """The parameter of the commands that it is the default of."""
    admits: tuple[type, ...]
    says: str


def _number(parameter: str) -> _Setting:
    return _Setting(parameter, (int, float), "un nombre")


def _text(parameter: str) -> _Setting:
    return _Setting(parameter, (str,), "un texte")


def _switch(parameter: str) -> _Setting:
    return _Setting(parameter, (bool,), "true ou false")


SETTINGS: Mapping[str, _Setting] = {
    "catalogue": _Setting("catalogue", (str, list), "un chemin ou une liste de chemins"),
    "format": _text("format_name"),
    "color": _text("color"),
    "timeout": _number("timeout"),
    "per-host": _number("per_host"),
    "interval": _number("interval"),
    "concurrency": _number("concurrency"),
    "retries": _number("retries"),
    "max-time": _Setting("max_time", (int, float, str), "une durée"),
    "allow-private": _switch("allow_private"),
    "fail-on": _text("fail_on"),
    "exit-zero": _switch("exit_zero"),
    "state": _text("state"),
    "max-age": _text("max_age"),
    "canary": _Setting("canaries", (str, list), "un hôte ou une liste d'hôtes"),
    "archive": _text("archive"),
    "territory": _text("territory"),
    "exceptions": _Setting("exceptions", (list,), "une liste de tables"),
}
"""Every key, and what it sets."""


def settings() -> dict[str, Any]:
    """The values set, by parameter; raises `SettingsUnreadable` or `UnknownValue`."""
    found: dict[str, Any] = {}
    for source in (_of_user, _of_folder, _of_environment):
        for key, value in source().items():
            found[SETTINGS[key].parameter] = value
    return found


def config_folder() -> Path:
    """Where the user's `config.toml` is."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "diagsources"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "diagsources"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "diagsources"


def _of_user() -> dict[str, Any]:
    return _checked(config_folder() / "config.toml", lambda document: document)


def _of_folder() -> dict[str, Any]:
    project = _checked(
        Path("pyproject.toml"), lambda document: document.get("tool", {}).get("diagsources", {}), naming="diagsources"
    )
    return project | _checked(Path("diagsources.toml"), lambda document: document)


_OF_FILES_ONLY = frozenset({"exceptions"})
_OF_ENVIRONMENT_ONLY = frozenset({"DIAGSOURCES_STATE_DIR", "DIAGSOURCES_NOW"})


def _of_environment() -> dict[str, Any]:
    """The settings of `DIAGSOURCES_*`; one that sets nothing is an error."""
    settable = SETTINGS.keys() - _OF_FILES_ONLY
    known = {_variable(key) for key in settable} | _OF_ENVIRONMENT_ONLY
    for name in os.environ:
        if name.startswith("DIAGSOURCES_") and name not in known:
            raise UnknownValue("variable inconnue", name, nearest(name, known), where=", ".join(sorted(known)))
    named = {key: os.environ.get(_variable(key)) for key in settable}
    found: dict[str, Any] = {key: value for key, value in named.items() if value}
    if "catalogue" in found:
        found["catalogue"] = [path for path in found["catalogue"].split(os.pathsep) if path]
    if "canary" in found:
        found["canary"] = [name for name in found["canary"].replace(",", " ").split() if name]
    return found


def _variable(key: str) -> str:
    """The environment variable of a setting: DIAGSOURCES_PER_HOST."""
    return f"DIAGSOURCES_{key.upper().replace('-', '_')}"


def _checked(path: Path, table_of: Callable[[dict[str, Any]], Any], *, naming: str = "") -> dict[str, Any]:
    """The settings of the TOML file at *path*; none where there is no file, or where it does not hold the
    word *naming*: another project's pyproject.toml need not be parsed."""
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
        if naming not in text:
            return {}
        import tomllib  # deferred: 8 ms, and most folders have no settings

        table = table_of(tomllib.loads(text))
    except OSError as error:
        raise SettingsUnreadable(f"{path} : lecture impossible ({why(error)})") from error
    except (ValueError, AttributeError) as error:  # ValueError: TOML, UTF-8; AttributeError: [tool] is no table
        raise SettingsUnreadable(f"{path} : ce n'est pas du TOML valable{_place(error)}") from error
    if not isinstance(table, dict):
        raise SettingsUnreadable(f"{path} : [tool.diagsources] doit être un tableau TOML")
    return dict(_right(path, table))


def _place(error: Exception) -> str:
    """« , ligne 1, colonne 5 », where tomllib says it in English; "" where it says no place."""
    place = re.search(r"\bline (\d+), column (\d+)", str(error))
    return f", ligne {place[1]}, colonne {place[2]}" if place else ""


def _right(path: Path, table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        setting = SETTINGS.get(key)
        if setting is None:
            raise UnknownValue(f"{path} : réglage inconnu", key, nearest(key, SETTINGS), where=", ".join(SETTINGS))
        if not isinstance(value, setting.admits) or (isinstance(value, bool) and bool not in setting.admits):
            raise SettingsUnreadable(f"{path} : « {key} » attend {setting.says}")
        if key == "catalogue":
            paths: list[Any] = value if isinstance(value, list) else [value]
            if not all(isinstance(each, str) for each in paths):
                raise SettingsUnreadable(f"{path} : « {key} » attend {setting.says}")
            yield key, [str(path.parent / each) for each in paths]  # relative to the file that names them
        elif key == "state":
            yield key, str(path.parent / str(value))
        else:
            yield key, value
