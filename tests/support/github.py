"""The part of GitHub's REST API that keeps issues, on this machine: it refuses what the real one refuses."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

TOKEN = "ghs_un-jeton-secret"  # noqa: S105 - of the fake alone
REPOSITORY = "territoires/sources"

Fault: TypeAlias = Callable[["_Handler"], bool]
"""Answers a request in place of the API; whether it has."""


@dataclass
class GitHub:
    """One repository, and what was asked of it."""

    base: str = ""
    issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Method and path of each request, oldest first."""
    faults: list[Fault] = field(default_factory=list)
    """What goes wrong with the next requests, one each."""
    always: Fault | None = None
    has_issues: bool = True
    may_write: bool = True

    def open(self, **values: Any) -> dict[str, Any]:
        """An issue (or, with `pull_request`, a pull request), as if somebody had opened it."""
        number = len(self.issues) + 1
        issue = {
            "number": number,
            "state": "open",
            "state_reason": None,
            "title": "",
            "body": None,
            "labels": [],
            "user": {"login": "quelqu-un", "type": "User"},
            "author_association": "NONE",
            **values,
        }
        self.issues[number] = issue
        return issue

    @property
    def ours(self) -> list[dict[str, Any]]:
        """The issues that carry our marker."""
        return [issue for issue in self.issues.values() if "<!-- diagsources:links" in (issue["body"] or "")]

    @property
    def writes(self) -> list[str]:
        """The methods that changed something, in order."""
        return [method for method, _ in self.asked if method != "GET"]


@contextmanager
def local_github() -> Iterator[GitHub]:
    """The API, listening until the end."""
    github = GitHub()

    class Handler(_Handler):
        state = github

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    github.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield github
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    state: GitHub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PATCH(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    def answer(self, status: int, content: Any, **fields: str) -> None:
        """Sends *content*, as JSON unless it is text."""
        data = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if isinstance(content, str) else "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def _serve(self) -> None:
        github = self.state
        self.sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        github.asked.append((self.command, self.path))
        fault = github.faults.pop(0) if github.faults else github.always
        if fault is not None and fault(self):
            return
        self.answer(*self.result())

    def result(self) -> tuple[int, Any]:
        """What the API makes of the request."""
        refused = self._refused()
        if refused is not None:
            return refused
        path = urlsplit(self.path).path
        if path == f"/repos/{REPOSITORY}/issues":
            return self._create() if self.command == "POST" else self._list()
        number = re.fullmatch(rf"/repos/{REPOSITORY}/issues/(\d+)", path)
        if number and self.command == "PATCH" and int(number[1]) in self.state.issues:
            return self._edit(self.state.issues[int(number[1])])
        return 404, {"message": "Not Found"}

    def _refused(self) -> tuple[int, Any] | None:
        if not self.headers.get("User-Agent"):
            return 403, "Request forbidden by administrative rules."
        if self.headers.get("X-GitHub-Api-Version") != "2022-11-28":
            return 400, {"message": "Invalid API version"}
        if self.headers.get("Accept") not in ("application/vnd.github+json", "application/json", "*/*"):
            return 415, {"message": "Must accept 'application/json'"}
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"message": "Bad credentials"}
        if not urlsplit(self.path).path.startswith(f"/repos/{REPOSITORY}/"):
            return 404, {"message": "Not Found"}
        if not self.state.has_issues:
            return 410, {"message": "Issues has been disabled in this repository."}
        if self.command != "GET" and not self.state.may_write:
            return 403, {"message": "Resource not accessible by integration"}
        return None

    def _list(self) -> tuple[int, Any]:
        query = {name: values[-1] for name, values in parse_qs(urlsplit(self.path).query).items()}
        state, label = query.get("state", "open"), query.get("labels")
        found = [issue for issue in self.state.issues.values() if state in ("all", issue["state"])]
        if label:
            found = [issue for issue in found if label in [each["name"] for each in issue["labels"]]]
        found.sort(key=lambda issue: int(issue["number"]), reverse=query.get("direction", "desc") == "desc")
        size, page = min(int(query.get("per_page", 30)), 100), int(query.get("page", 1))
        self.link = ""
        if page * size < len(found):
            path = urlsplit(self.path).path
            kept = "&".join(f"{name}={value}" for name, value in query.items() if name != "page")
            self.link = f'<{self.state.base}{path}?{kept}&page={page + 1}>; rel="next"'
        return 200, found[(page - 1) * size : page * size]

    def end_headers(self) -> None:
        """Adds the link to the next page."""
        if getattr(self, "link", ""):
            self.send_header("Link", self.link)
            self.link = ""
        super().end_headers()

    def _values(self) -> dict[str, Any] | tuple[int, Any]:
        values = json.loads(self.sent)
        assert self.headers.get("Content-Type") == "application/json"
        try:
            json.dumps(values, ensure_ascii=False).encode()
        except UnicodeEncodeError:  # half of a surrogate pair
            return 400, {"message": "Problems parsing JSON"}
        if not isinstance(values.get("title", "x"), str) or not values.get("title", "x").strip():
            return 422, {"message": "Validation Failed", "errors": [{"field": "title", "code": "missing_field"}]}
        if len(values.get("title", "")) > 256 or len(values.get("body") or "") > 65_536:
            return 422, {"message": "Validation Failed: is too long (maximum is 65536 characters)"}
        if values.get("state", "open") not in ("open", "closed"):
            return 422, {"message": "Invalid state"}
        if values.get("state_reason") not in (None, "completed", "not_planned", "reopened"):
            return 422, {"message": "Invalid state_reason"}
        checked: dict[str, Any] = values
        return checked

    def _create(self) -> tuple[int, Any]:
        values = self._values()
        if isinstance(values, tuple):
            return values
        if "title" not in values:
            return 422, {"message": 'Invalid request.\n\n"title" wasn\'t supplied.'}
        labels = [{"name": name} for name in values.get("labels", ())]
        bot = {"login": "github-actions[bot]", "type": "Bot"}
        return 201, self.state.open(title=values["title"], body=values.get("body"), labels=labels, user=bot)

    def _edit(self, issue: dict[str, Any]) -> tuple[int, Any]:
        values = self._values()
        if isinstance(values, tuple):
            return values
        issue.update({name: values[name] for name in ("title", "body", "state", "state_reason") if name in values})
        return 200, issue


def refusing(status: int, message: str, **fields: str) -> Fault:
    """A fault that refuses."""

    def fault(handler: _Handler) -> bool:
        handler.answer(status, {"message": message}, **fields)
        return True

    return fault


def garbled(handler: _Handler) -> bool:
    """A proxy answers in place of GitHub."""
    handler.answer(200, "<html>Portail captif</html>")
    return True


def cut(handler: _Handler) -> bool:
    """The connection ends before there is an answer."""
    handler.close_connection = True
    return True


def lost(handler: _Handler) -> bool:
    """What was asked is done, and the answer never arrives."""
    handler.result()
    handler.close_connection = True
    return True
