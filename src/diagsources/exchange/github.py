"""One issue of a GitHub repository that says what is dead: opened, updated, closed and reopened, never doubled.

The issue is known by a marker in its body and by its label, or by who wrote it: a stranger can write the marker, but
can neither set a label nor be a bot or a member. Every try begins with looking for it, so that one whose answer was
lost does no harm. REST API of GitHub, version 2022-11-28.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

from diagsources.errors import ServiceUnusable, WrongUsage
from diagsources.text import visible

LABEL = "liens-morts"
API = "https://api.github.com"
LARGEST_BODY = 65_536
"""Characters that GitHub takes for the body of an issue."""
_LARGEST_TITLE = 256

_MARKER = re.compile(r"<!-- diagsources:links ([0-9a-f]{64}) -->")
_TRUSTED = ("OWNER", "MEMBER", "COLLABORATOR")

_TRIES = 3
_MOST_WAIT_S = 60
"""Longest wait that is granted to a limit of GitHub; a job is paid by the minute."""
_TIMEOUT_S = 20
_PAGES = 10
_LARGEST_ANSWER = 20_000_000
_REDIRECTS = 3


class Issue(NamedTuple):
    """What the issue should be."""

    title: str
    body: str
    is_open: bool
    footer: str = ""
    """Stands under the body, and does not make it another one."""


class Outcome(StrEnum):
    """What became of the issue, in French."""

    OPENED = "ouvert"
    UPDATED = "mis à jour"
    REOPENED = "rouvert"
    CLOSED = "fermé"
    UNCHANGED = "inchangé"
    NONE = "sans objet"


class Done(NamedTuple):
    """The issue as it is now; 0 where there is none."""

    outcome: Outcome
    number: int = 0


def keep_issue(repository: str, issue: Issue, *, token: str, sleep: Callable[[float], None], api: str = API) -> Done:
    """Makes the one issue of *repository* be *issue*. Raises `WrongUsage`, or `ServiceUnusable` for any fault of
    GitHub or of the way there."""
    if not re.fullmatch(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+", repository) or {".", ".."} & set(repository.split("/")):
        raise WrongUsage(f"« {repository} » n'est pas un dépôt de GitHub", hint="par exemple diagsources/diagsources")
    if not token:
        raise WrongUsage("il manque le jeton de GitHub", hint="GITHUB_TOKEN, avec le droit issues: write")
    wire = _Wire(f"{_trusted(api)}/repos/{repository}/issues", token)
    for left in reversed(range(_TRIES)):
        try:
            return _made_so(wire, issue)
        except _Passing as passing:
            if not left or passing.wait_s > _MOST_WAIT_S:
                raise ServiceUnusable(f"{passing.says} ; le ticket n'est pas tenu") from None
            sleep(passing.wait_s)
    raise AssertionError


def _trusted(api: str) -> str:
    """*api*, where a token may be sent."""
    parts = urlsplit(api)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")):
        return api.rstrip("/")
    raise WrongUsage(f"{visible(api)} : un jeton ne s'envoie qu'en https", hint="vérifiez GITHUB_API_URL")


class _Passing(Exception):
    """What may be otherwise in *wait_s* seconds."""

    def __init__(self, says: str, wait_s: float) -> None:
        super().__init__(says)
        self.says = says
        self.wait_s = wait_s


def _made_so(wire: "_Wire", issue: Issue) -> Done:
    ours = _found(wire)
    marked = _marked(issue)
    if not ours:
        if not issue.is_open:
            return Done(Outcome.NONE)
        made = wire.send("POST", "", {**marked, "labels": [LABEL]})
        return Done(Outcome.OPENED, int(made["number"]))
    found, *others = ours
    _close_doubles(wire, found, others)
    number, was_open = int(found["number"]), found["state"] == "open"
    is_same = _digest_in(found) == _digest(issue)
    if issue.is_open is was_open and (is_same or not was_open):
        return Done(Outcome.UNCHANGED, number)
    if is_same and issue.is_open:  # somebody has closed it, and nothing has changed since
        return Done(Outcome.UNCHANGED, number)
    state = {"state": "open"} if issue.is_open else {"state": "closed", "state_reason": "completed"}
    wire.send("PATCH", f"/{number}", {**marked, **(state if issue.is_open is not was_open else {})})
    if issue.is_open is was_open:
        return Done(Outcome.UPDATED, number)
    return Done(Outcome.REOPENED if issue.is_open else Outcome.CLOSED, number)


def _digest(issue: Issue) -> str:
    return sha256(f"{issue.is_open}\0{issue.title}\0{issue.body}".encode(errors="backslashreplace")).hexdigest()


def _marked(issue: Issue) -> dict[str, str]:
    """Title and body as they are sent, with the marker that the issue is known by."""
    head, foot = f"<!-- diagsources:links {_digest(issue)} -->\n", f"\n{issue.footer}\n" if issue.footer else ""
    room = LARGEST_BODY - len(head) - len(foot)
    return {"title": issue.title[:_LARGEST_TITLE], "body": f"{head}{issue.body[:room]}{foot}"}


def _digest_in(found: Mapping[str, Any]) -> str:
    marker = _MARKER.search(found.get("body") or "")
    return marker[1] if marker else ""


def _found(wire: "_Wire") -> Sequence[Mapping[str, Any]]:
    """The issues that are ours: open ones before closed ones, then the oldest first."""
    labelled = [each for each in wire.listed(state="all", labels=LABEL) if _digest_in(each)]
    ours = labelled or [each for each in wire.listed(state="open") if _digest_in(each) and _is_trusted(each)]
    return sorted(ours, key=lambda each: (each["state"] != "open", each["number"]))


def _close_doubles(wire: "_Wire", kept: Mapping[str, Any], others: Iterable[Mapping[str, Any]]) -> None:
    """Closes what two runs at once opened twice: the same author's, so that nobody's copy is touched."""
    for each in others:
        if each["state"] == "open" and _author(each) == _author(kept):
            wire.send("PATCH", f"/{each['number']}", {"state": "closed", "state_reason": "not_planned"})


def _author(found: Mapping[str, Any]) -> Any:
    return (found.get("user") or {}).get("login")


def _is_trusted(found: Mapping[str, Any]) -> bool:
    user = found.get("user") or {}
    return user.get("type") == "Bot" or found.get("author_association") in _TRUSTED


class _Wire:
    """The issues of one repository, over HTTP; the token goes nowhere else, and into no message."""

    def __init__(self, base: str, token: str) -> None:
        self._base = base
        self._token = token

    def listed(self, **query: str) -> Iterator[Mapping[str, Any]]:
        """The issues that *query* asks for, pull requests left out; `_PAGES` pages at most."""
        url = f"{self._base}?{urlencode({**query, 'sort': 'created', 'direction': 'asc', 'per_page': '100'})}"
        for _ in range(_PAGES):
            answer = self._asked("GET", url, None)
            issues = answer.json
            if not isinstance(issues, list):
                raise ServiceUnusable("GitHub répond autre chose qu'une liste de tickets ; le ticket n'est pas tenu")
            yield from (each for each in issues if _is_issue(each))
            following = answer.next_page
            if not following or not self._is_ours(following):
                return
            url = following

    def send(self, method: str, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The issue that GitHub answers with."""
        answer = self._asked(method, self._base + path, body).json
        if not _is_issue(answer):
            raise ServiceUnusable("GitHub répond autre chose qu'un ticket ; il n'est peut-être pas tenu")
        issue: Mapping[str, Any] = answer
        return issue

    def _is_ours(self, url: str) -> bool:
        """Whether *url* is of the server that the token is for."""
        return urlsplit(url)[:2] == urlsplit(self._base)[:2]

    def _asked(self, method: str, url: str, body: Mapping[str, Any] | None) -> "_Answer":
        """The answer to a request, as far as it is one. Raises `_Passing` or `ServiceUnusable`."""
        for _ in range(_REDIRECTS + 1):
            answer = self._carried(method, url, body)
            target = urljoin(url, answer.fields.get("location", ""))
            if answer.status not in (301, 302, 307, 308) or not self._is_ours(target):
                break
            url = target  # a repository that was renamed
        if 200 <= answer.status < 300:
            return answer
        raise self._refusal(answer)

    def _carried(self, method: str, url: str, body: Mapping[str, Any] | None) -> "_Answer":
        from urllib.error import HTTPError  # deferred, with what it loads: 20 ms
        from urllib.request import HTTPRedirectHandler, Request, build_opener

        from diagsources import HOME_PAGE, __version__

        class Unmoved(HTTPRedirectHandler):
            """Follows nothing: the token would go along."""

            def redirect_request(self, *_: Any) -> None:
                return None

        fields = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self._token}",
            "User-Agent": f"diagsources/{__version__} (+{HOME_PAGE})",
            "X-GitHub-Api-Version": "2022-11-28",
            **({"Content-Type": "application/json"} if body is not None else {}),
        }
        data = None if body is None else json.dumps(body).encode()
        request = Request(url, data, fields, method=method)  # noqa: S310 - https, or this machine: see `_trusted`
        try:
            with build_opener(Unmoved).open(request, timeout=_TIMEOUT_S) as response:
                return _Answer(response.status, _lowered(response.headers), response.read(_LARGEST_ANSWER))
        except HTTPError as error:
            with error:
                return _Answer(error.code, _lowered(error.headers), error.read(_LARGEST_ANSWER))
        except (OSError, HTTPException) as error:
            cause = getattr(error, "reason", None) or error
            raise _Passing(f"GitHub est injoignable ({type(cause).__name__})", 1.0) from None

    def _refusal(self, answer: "_Answer") -> Exception:
        """What a status that is no success means, and what to do."""
        status = answer.status
        limit = answer.wait_s
        if status == 429 or (status == 403 and (limit is not None or "rate limit" in answer.message.lower())):
            wait = _MOST_WAIT_S if limit is None else limit  # what GitHub asks for where it does not say
            return _Passing(f"GitHub limite les demandes ({status}), encore {wait:.0f} s", wait)
        if status >= 500:
            return _Passing(f"GitHub est en erreur ({status})", 1.0)
        says = _REFUSALS.get(status, "GitHub répond autre chose que prévu")
        told = visible(answer.message).replace(self._token, "***")[:200]
        return ServiceUnusable(f"{says} ({status}{': ' if told else ''}{told}) ; le ticket n'est pas tenu")


_REFUSALS = {
    401: "GitHub refuse le jeton",
    403: "ce jeton n'a pas le droit d'écrire les tickets : il lui faut issues: write",
    404: "ce dépôt n'existe pas, ou ce jeton n'y a pas accès",
    410: "les tickets de ce dépôt sont désactivés",
    422: "GitHub refuse le contenu du ticket",
}


class _Answer(NamedTuple):
    status: int
    fields: Mapping[str, str]
    """Header fields, their names in lower case."""
    content: bytes

    @property
    def json(self) -> Any:
        """The content; raises `_Passing` where it is no JSON."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            raise _Passing("GitHub répond autre chose que du JSON", 1.0) from None

    @property
    def message(self) -> str:
        """What GitHub says of a refusal."""
        try:
            document = json.loads(self.content)
        except (ValueError, RecursionError):
            return ""
        return str(document.get("message", "")) if isinstance(document, dict) else ""

    @property
    def next_page(self) -> str:
        """The address of the next page (RFC 8288); "" on the last."""
        found = re.search(r'<([^<>]+)>;\s*rel="next"', self.fields.get("link", ""))
        return found[1] if found else ""

    @property
    def wait_s(self) -> float | None:
        """How long GitHub wants us to wait (seconds); None where it limits nothing."""
        after = self.fields.get("retry-after", "")
        if after.isdecimal():
            return float(after)
        if self.fields.get("x-ratelimit-remaining") == "0":
            import time

            reset = self.fields.get("x-ratelimit-reset", "")
            return max(float(reset) - time.time(), 1.0) if reset.isdecimal() else 60.0
        return None


def _lowered(fields: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in fields.items()}


def _is_issue(value: Any) -> bool:
    """Whether *value* is an issue, and not a pull request, which GitHub lists among them."""
    return (
        isinstance(value, dict)
        and "pull_request" not in value
        and isinstance(value.get("number"), int)
        and value.get("state") in ("open", "closed")
        and isinstance(value.get("body") or "", str)
    )
