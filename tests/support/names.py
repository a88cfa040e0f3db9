"""A name server on this machine, over UDP and TCP, that answers as it is told: well, badly or not at all.

    answers = {"a.test": to("127.0.0.1"), "*.b.test": NXDOMAIN, "c.test": (to("127.0.0.1"), to("10.0.0.1"))}
    with local_names(answers, delay_s=0.05) as names:
        ...  # ask names.host and names.port; then look at names.asked

Names that are not among the answers do not exist.
"""

import asyncio
import ipaddress
import socket
import struct
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum

A, AAAA = 1, 28
"""The types of question that addresses answer (RFC 1035 §3.2.2, RFC 3596 §2.1)."""

_RESPONSE, _TRUNCATED, _RECURSION_AVAILABLE = 0x8000, 0x0200, 0x0080
_RECURSION_DESIRED = 0x0100
_SO_RCVBUFFORCE = 33  # the module `socket` does not name it
_HEADER = struct.Struct("!6H")
_QUESTION_AT = _HEADER.size
_POINTER_TO_QUESTION = 0xC000 | _QUESTION_AT


class Code(IntEnum):
    """What a response says of itself, by its number in RFC 1035 §4.1.1."""

    NOERROR = 0
    SERVFAIL = 2
    NXDOMAIN = 3
    REFUSED = 5


class Manner(Enum):
    """How a response is sent."""

    WHOLE = "whole"
    TRUNCATED = "truncated"
    """Empty and marked so over UDP, whole over TCP."""
    MALFORMED = "malformed"
    """It announces records that it does not have."""
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name is answered: the addresses of the type asked for, none being « no data »."""

    addresses: tuple[str, ...] = ()
    code: Code = Code.NOERROR
    manner: Manner = Manner.WHOLE
    failing: int | None = None
    """The type of question that it fails on, as careless servers do on AAAA."""


Answers = Mapping[str, Answer | Sequence[Answer]]
"""By name, or by `*.suffix`; several are given in turn to the questions of a type, then the last for good."""

NODATA = Answer()
NXDOMAIN = Answer(code=Code.NXDOMAIN)
SERVFAIL = Answer(code=Code.SERVFAIL)
REFUSED = Answer(code=Code.REFUSED)
SILENCE = Answer(manner=Manner.SILENCE)


def to(*addresses: str) -> Answer:
    """The IPv4 and IPv6 addresses of a name."""
    return Answer(addresses)


def truncated(answer: Answer) -> Answer:
    """The same, but only over TCP."""
    return replace(answer, manner=Manner.TRUNCATED)


def malformed(answer: Answer) -> Answer:
    """The same, cut in the middle of a record."""
    return replace(answer, manner=Manner.MALFORMED)


@dataclass
class Names:
    """Where the server is, and what it was asked."""

    host: str
    port: int
    asked: Counter[str] = field(default_factory=Counter)
    """Questions by name, in lower case, of any type."""
    answered: int = 0
    """How many of them were answered over UDP by now."""
    over_tcp: Counter[str] = field(default_factory=Counter)
    """Those of them that came over TCP."""


@contextmanager
def local_names(
    answers: Answers, delay_s: float = 0.0, *, host: str = "127.0.0.1", port: int = 0, ttl_s: int = 60
) -> Iterator[Names]:
    """Starts the server on *host*, on a free port unless one is given, and stops it at the end.

    Every response waits *delay_s* seconds. Raises OSError where the address cannot be had.
    """
    datagrams, connections = _sockets(host, port)
    with closing(datagrams), closing(connections):
        names = Names(host, datagrams.getsockname()[1])
        loop = asyncio.SelectorEventLoop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        server = _Server(names, answers, delay_s, ttl_s)
        try:
            asyncio.run_coroutine_threadsafe(server.start(datagrams, connections), loop).result(10)
            yield names
        finally:
            asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()


def _sockets(host: str, port: int) -> tuple[socket.socket, socket.socket]:
    """Sockets for UDP and TCP on the same port; one that is free for UDP only is passed over."""
    for _ in range(0 if port else 50):
        with suppress(OSError):
            return _pair(host, port)
    return _pair(host, port)


def _pair(host: str, port: int) -> tuple[socket.socket, socket.socket]:
    datagrams, connections = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket()
    try:
        _widen(datagrams)
        connections.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        datagrams.bind((host, port))
        connections.bind((host, datagrams.getsockname()[1]))
    except OSError:
        datagrams.close()
        connections.close()
        raise
    datagrams.setblocking(False)
    return datagrams, connections


def _widen(datagrams: socket.socket) -> None:
    """Room for a burst of thousands of questions, beyond the system's limit where root asks for it."""
    size = 16_777_216
    datagrams.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)
    if sys.platform == "linux":
        with suppress(PermissionError):
            datagrams.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, size)


class _Server:
    def __init__(self, names: Names, answers: Answers, delay_s: float, ttl_s: int) -> None:
        self._names, self._answers, self._delay_s, self._ttl_s = names, answers, delay_s, ttl_s
        self._turns: Counter[tuple[str, int]] = Counter()

    async def start(self, datagrams: socket.socket, connections: socket.socket) -> None:
        self._datagrams, self._connections = datagrams, await asyncio.start_server(self._talk, sock=connections)
        asyncio.get_running_loop().add_reader(datagrams, self._drain)

    async def stop(self) -> None:
        asyncio.get_running_loop().remove_reader(self._datagrams)
        self._connections.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    def _drain(self) -> None:
        """Answers all that has come: a datagram transport, which takes one a turn, loses bursts."""
        loop = asyncio.get_running_loop()
        with suppress(BlockingIOError):
            while True:
                query, sender = self._datagrams.recvfrom(4096)
                response = self._response(query, over_tcp=False)
                if response:
                    loop.call_later(self._delay_s, self._send, response, sender)

    def _send(self, response: bytes, receiver: tuple[str, int]) -> None:
        self._names.answered += 1
        with suppress(OSError):  # the buffer is full, or the server has stopped: lost, as datagrams may be
            self._datagrams.sendto(response, receiver)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The questions of a connection, each after its length (RFC 1035 §4.2.2)."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                length = int.from_bytes(await reader.readexactly(2), "big")
                response = self._response(await reader.readexactly(length), over_tcp=True)
                await asyncio.sleep(self._delay_s)
                if response:
                    writer.write(len(response).to_bytes(2, "big") + response)
        writer.close()

    def _response(self, query: bytes, *, over_tcp: bool) -> bytes:
        """What is sent back; nothing for silence, or for what is no question."""
        read = _question(query)
        if read is None:
            return b""
        name, kind = read
        self._names.asked[name] += 1
        if over_tcp:
            self._names.over_tcp[name] += 1
        answer = self._answer(name, kind)
        match answer.manner:
            case Manner.SILENCE:
                return b""
            case Manner.TRUNCATED if not over_tcp:
                return _encoded(query, NODATA, kind, self._ttl_s, flags=_TRUNCATED)
            case Manner.MALFORMED:
                return _encoded(query, answer, kind, self._ttl_s)[:-6]
            case _:
                return _encoded(query, answer, kind, self._ttl_s)

    def _answer(self, name: str, kind: int) -> Answer:
        found = self._answers.get(name)
        suffix = name
        while found is None and suffix:
            suffix = suffix.partition(".")[2]
            found = self._answers.get(f"*.{suffix}")
        if found is None:
            return NXDOMAIN
        if isinstance(found, Answer):
            return found
        turn = self._turns[name, kind]
        self._turns[name, kind] += 1
        return found[min(turn, len(found) - 1)]


def _question(query: bytes) -> tuple[str, int] | None:
    """Name, in lower case, and type of the question of *query*, if it has one."""
    labels, at = [], _QUESTION_AT
    with suppress(IndexError, struct.error):
        while length := query[at]:
            labels.append(query[at + 1 : at + 1 + length].decode("ascii", "replace").lower())
            at += 1 + length
        kind: int = struct.unpack_from("!H", query, at + 1)[0]
        return ".".join(labels), kind
    return None


def _encoded(query: bytes, answer: Answer, kind: int, ttl_s: int, flags: int = 0) -> bytes:
    """The response in bytes: the question as it was asked, the records after it."""
    identifier, asked = struct.unpack_from("!HH", query)
    end = query.index(b"\0", _QUESTION_AT) + 5
    packed = [ipaddress.ip_address(address).packed for address in answer.addresses]
    fitting = [data for data in packed if len(data) == {A: 4, AAAA: 16}.get(kind) and kind != answer.failing]
    flags |= _RESPONSE | _RECURSION_AVAILABLE | (asked & _RECURSION_DESIRED)
    flags |= Code.SERVFAIL if kind == answer.failing else answer.code
    header = _HEADER.pack(identifier, flags, 1, len(fitting), 0, 0)
    records = [struct.pack("!HHHIH", _POINTER_TO_QUESTION, kind, 1, ttl_s, len(data)) + data for data in fitting]
    return header + query[_QUESTION_AT:end] + b"".join(records)
