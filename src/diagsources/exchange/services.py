"""Services that are asked for JSON: what asking them is, and a memory of what they said.

Whoever has a network gives an `Ask`; what comes back is read here, and believed no further than needed.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeAlias

from diagsources.files import write_whole

GOOD_FOR = timedelta(days=7)
"""How long an answer is remembered: copies are made and datasets renamed by the week, not by the hour."""


Fields: TypeAlias = tuple[tuple[str, str], ...]
"""Header fields of a request: names and values."""


class Answer(NamedTuple):
    """What a service said."""

    status_code: int
    text: str


class Ask(Protocol):
    """Asks a service, with header fields of its own; raises `ServiceSilent`."""

    def __call__(self, url: str, /, fields: Fields = ()) -> Answer: ...


class ServiceSilent(Exception):
    """A service did not answer, or not what it should; says so in a French sentence."""


class Remembering:
    """Asks, unless the same was asked lately; answers are kept in *folder*, and what is too old to be of use is not."""

    def __init__(self, ask: Ask, folder: Path, *, now: datetime) -> None:
        self._ask = ask
        self._folder = folder
        self._now = now
        self._is_swept = False

    def __call__(self, url: str, /, fields: Fields = ()) -> Answer:
        path = self._folder / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.json"
        kept = self._kept(path, url)
        if kept is not None:
            return kept
        answer = self._ask(url, fields)
        with suppress(OSError):  # a folder that cannot be written costs time, not truth
            self._folder.mkdir(parents=True, exist_ok=True)
            self._forget_old()
            at = self._now.isoformat()
            write_whole(path, json.dumps({"url": url, "at": at, "status": answer.status_code, "text": answer.text}))
        return answer

    def _forget_old(self) -> None:
        """Once a run, before anything new is kept."""
        if self._is_swept:
            return
        self._is_swept = True
        oldest = (self._now - GOOD_FOR).timestamp()
        for path in self._folder.glob("*.json"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

    def _kept(self, path: Path, url: str) -> Answer | None:
        try:
            plain = json.loads(path.read_bytes())
            age = self._now - datetime.fromisoformat(plain["at"])
            if plain["url"] == url and timedelta(0) <= age <= GOOD_FOR:
                return Answer(int(plain["status"]), str(plain["text"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return None


def json_of(answer: Answer, host: str) -> Any:
    """The JSON that *host* answered; raises `ServiceSilent` where it is none."""
    try:
        return json.loads(answer.text)
    except (ValueError, RecursionError) as error:
        raise ServiceSilent(f"la réponse de {host} n'a pas été comprise") from error


def texts(value: Any, *keys: str) -> Iterator[str]:
    """The texts under *keys* of *value*, those that are there."""
    for key in keys:
        if isinstance(value, dict) and isinstance(value.get(key), str):
            yield value[key]
