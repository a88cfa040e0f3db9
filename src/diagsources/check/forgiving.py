"""Header sections that browsers read and RFC 9112 forbids, made into what a strict parser takes."""

import re

_LONGEST = 262_144
"""Where a header section is given up as none (bytes)."""

_END = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(rb"\r?\n")
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_CONTROLS = bytes(range(0x09)) + bytes(range(0x0A, 0x20)) + b"\x7f"
_JUNK = re.compile(rb"\A[\r\n]*")


class Head:
    """Takes the first bytes of a connection, and gives them back readable; then what follows as it came."""

    def __init__(self) -> None:
        self._buffer = b""
        self.ready = False
        self.foreign = False
        """Whether this is no HTTP at all."""

    def feed(self, more: bytes) -> None:
        """Adds bytes; none: the connection has ended, and what there is will have to do."""
        self._buffer = (self._buffer + more).lstrip(b"\r\n")  # empty lines before a status line (RFC 9112 §2.2)
        done = b""
        while True:
            self.foreign = not _may_be_http(self._buffer)
            if not more or len(self._buffer) > _LONGEST or self.foreign:
                break
            end = _END.search(self._buffer)
            if end is None:
                self._buffer = done + self._buffer
                return
            head = forgiven(self._buffer[: end.start()])
            done, self._buffer = done + head, self._buffer[end.end() :]
            if not _is_interim(head):
                break
        self._buffer, self.ready = done + self._buffer, True

    def take(self, most: int) -> bytes:
        """At most so many of the bytes that are ready."""
        taken, self._buffer = self._buffer[:most], self._buffer[most:]
        return taken


def _may_be_http(start: bytes) -> bool:
    return b"HTTP/".startswith(_JUNK.sub(b"", start)[:5].upper())


def _is_interim(head: bytes) -> bool:
    return head[9:10] == b"1" and head[9:12] != b"101"


def forgiven(head: bytes) -> bytes:
    """The header section *head* with what browsers overlook taken out, and its end put after it."""
    status, *lines = _LINE.split(_JUNK.sub(b"", head))
    fields: list[tuple[bytes, bytes]] = []
    for line in lines:
        if line[:1] in (b" ", b"\t"):  # RFC 9112 §5.2: obsolete line folding
            if fields:
                fields[-1] = (fields[-1][0], fields[-1][1] + b" " + _clean(line))
            continue
        name, colon, value = line.partition(b":")
        if colon and _TOKEN.match(name.strip()):
            fields.append((name.strip(), _clean(value)))
    kept = [name + b": " + value for name, value in _sized_once(fields)]
    return b"\r\n".join([_status_line(status.translate(None, _CONTROLS)), *kept]) + b"\r\n\r\n"


_STATUS = re.compile(rb"HTTP(?:/[\d.]*+)?+[ \t]++(\d{3})(?!\d)[ \t]*+(.*)", re.IGNORECASE | re.DOTALL)


def _status_line(line: bytes) -> bytes:
    """*line* as RFC 9112 §4 has it: of one version and single spaces."""
    found = _STATUS.match(line)
    if found is None:
        return b"HTTP" + line[4:]
    version = b"HTTP/1.0" if line[5:8] == b"1.0" else b"HTTP/1.1"
    return version + b" " + found[1] + b" " + found[2]


def _clean(value: bytes) -> bytes:
    return value.translate(None, _CONTROLS).strip()


def _sized_once(fields: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """*fields* with one size for the body, as RFC 9112 §6.3 finds it; sizes that differ are left to fail."""
    chunked = any(name.lower() == b"transfer-encoding" and b"chunked" in value.lower() for name, value in fields)
    kept, seen = [], set()
    for name, value in fields:
        lower = name.lower()
        if lower == b"transfer-encoding":
            if not chunked or lower in seen:  # whatever else it may say, browsers read the body as it stands
                continue
            seen.add(lower)
            value = b"chunked"
        if lower == b"content-length":
            sizes = {size.strip() for size in value.split(b",")}
            value = sizes.pop() if len(sizes) == 1 else value
            if chunked or value in seen or not (value.isdigit() or b"," in value):
                continue
            seen.add(value)
        kept.append((name, value))
    return kept
