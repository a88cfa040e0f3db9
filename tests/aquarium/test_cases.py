"""The aquarium itself, seen with plain sockets: it says what its cases say it says."""

import socket
import ssl
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from diagsources.model import Verdict
from diagsources.verdict import REASONS
from tests.aquarium import CASES, Case
from tests.aquarium.case import PLAIN, TLS_SERVERS
from tests.support.server import BEHAVIOURS, EVERY_PATH, SITES, Web
from tests.support.web import local_web

WARNINGS = frozenset(
    {
        "tls-expires-soon",
        "tls-incomplete-chain",
        "bad-encoding",
        "truncated",
        "text-fragment-missing",
        "answered-after-retry",
    }
)
BY_NAME = {case.name: case for case in CASES}


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    """The local web."""
    with local_web(tmp_path) as web:
        yield web


def said(url: str, method: str = "GET", *, patience_s: float = 10, most: int = 1 << 40) -> bytes:
    """What a server of plain HTTP sends when it is asked for *url*, until it closes or is silent, or has sent as many
    bytes as are wanted at *most*."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=5) as connection:
        connection.sendall(f"{method} {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
        received, deadline = b"", time.monotonic() + patience_s
        connection.settimeout(patience_s)
        try:
            while len(received) < most and time.monotonic() < deadline and (piece := connection.recv(65_536)):
                received += piece
                connection.settimeout(0.3)
        except OSError:
            pass
        return received


def handshake(url: str, authority: Path) -> str:
    """The words with which a careful client refuses the server of TLS at *url*, or "" if it does not."""
    parts = urlsplit(url)
    context = ssl.create_default_context(cafile=str(authority))
    try:
        with (
            socket.create_connection(("127.0.0.1", parts.port or 443), timeout=0.5) as connection,
            context.wrap_socket(connection, server_hostname=parts.hostname),
        ):
            return ""
    except (OSError, ssl.SSLError) as error:
        return str(error) or type(error).__name__


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 1_000


def test_no_two_have_the_same_name() -> None:
    names = Counter(case.name for case in CASES)

    assert [name for name, times in names.items() if times > 1] == []


def test_no_two_have_the_same_address(web: Web) -> None:
    addresses = Counter(
        (
            case.server,
            case.spelled or case.path,
            case.query,
            case.fragment,
            case.address,
            case.expect,
            case.allow_private,
        )
        for case in CASES
    )

    assert [where for where, times in addresses.items() if times > 1] == []


def faults_of(case: Case) -> Iterator[str]:
    """What keeps the expectations of *case* from ever being met."""
    if not case.person.endswith((".", "?", "!")):
        yield "what a person gets is no sentence"
    if not case.verdicts or not all(isinstance(verdict, Verdict) for verdict in case.verdicts):
        yield "no such verdict"
    if not case.reasons or not all(reason in REASONS for reason in case.reasons):
        yield "no such reason"
    if not set(case.warnings) <= WARNINGS:
        yield "no such warning"
    if case.suggestion and case.verdict is not Verdict.MOVED:
        yield "a suggestion for what has not moved"
    if case.address is None and not is_answered(case):
        yield "nobody answers at its path"


def is_answered(case: Case) -> bool:
    """Whether a behaviour was registered for the path of *case*, or none is meant to be."""
    if case.path.startswith("/status/") or case.reasons == ("http-404",):
        return True
    known = BEHAVIOURS if case.server in (PLAIN, *TLS_SERVERS) else SITES[case.server]
    return case.path in known or EVERY_PATH in known


def test_expectations_can_be_met() -> None:
    assert [(case.name, fault) for case in CASES for fault in faults_of(case)] == []


def test_behaviours_answer_what_their_cases_say(web: Web) -> None:
    for name, start in {
        "statuses/article-of-a-site": b"HTTP/1.1 200 ",
        "statuses/404": b"",
        "statuses/not-found": b"HTTP/1.1 404 ",
        "redirects/permanent-308": b"HTTP/1.1 308 ",
        "walls/cloudflare-challenge": b"HTTP/1.1 403 ",
        "walls/linkedin": b"HTTP/1.1 999 ",
        "limits/for-ever": b"HTTP/1.1 429 ",
        "hangs/says-nothing": b"",
        "hangs/resets": b"",
        "hangs/closes-at-once": b"",
        "hangs/speaks-ssh": b"SSH-2.0",
    }.items():
        if name in BY_NAME:
            answer = said(BY_NAME[name].url(web), patience_s=0.5 if not start else 10)
            assert answer[: len(start)] == start, name
            assert start or not answer, name


def test_nothing_of_ours_breaks_down(web: Web) -> None:
    plain = [case for case in CASES if case.server not in TLS_SERVERS and case.address is None]
    speaking = [case for case in plain if case.verdict is not Verdict.UNAVAILABLE and not case.name.endswith("-once")]
    with ThreadPoolExecutor(16) as pool:
        answers = pool.map(lambda case: said(case.url(web), most=1), speaking)  # endless ones would starve the others

    assert [case.name for case, answer in zip(speaking, answers, strict=True) if not answer] == []


def test_no_body_is_sent_to_a_head_request(web: Web) -> None:
    assert said(web.url("/ok"), "HEAD").endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    ("server", "words"),
    [
        ("valid", ""),
        ("chain", ""),
        ("chain-in-disorder", ""),
        ("ends-soon", ""),
        ("client-optional", ""),
        ("expired", "certificate has expired"),
        ("not-yet-valid", "not yet valid"),
        ("other-host", "Hostname mismatch"),
        ("self-signed", "self-signed certificate"),
        ("untrusted", "unable to get local issuer certificate"),
        ("aia", "unable to get local issuer certificate"),
        ("aia-stranger", "unable to get local issuer certificate"),
        ("for-clients", "unsuitable certificate purpose"),
        ("old-protocol", "protocol"),
        ("tls-1.0", "protocol"),
        ("client-required-in-1.2", "handshake failure"),
        ("handshake-hangs", "timed out"),
        ("handshake-resets", "reset"),
        ("handshake-closes", "EOF"),
        ("handshake-is-garbage", "wrong version number"),
    ],
)
def test_a_server_of_tls_has_the_fault_of_its_name(web: Web, server: str, words: str) -> None:
    refusal = handshake(web.tls[server], web.authority)

    assert words.lower() in refusal.lower() if words else not refusal
