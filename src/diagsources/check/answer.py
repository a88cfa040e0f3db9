"""The answers of HTTP/1.1 as they come in, by RFC 9112 and nothing else; a parser that knows no network."""

import re

from diagsources.check.body import Body, decoded, most_of
from diagsources.check.faults import Failed, fault_of
from diagsources.check.sender import Reply, Unsure, by_name, redirects
from diagsources.verdict import Fault

_REDIRECT_BODY = 16_384
"""The longest body of a redirect that is waited for (bytes)."""

_LONGEST_HEAD = 65_536

_LONGEST_LINE = 1_024

_LENGTH = re.compile(r"[0-9]{1,15}")

_END = re.compile(rb"\n\r?\n")

_HEAD = re.compile(
    rb"HTTP/1\.([01]) ([1-9][0-9]{2})(?: [\t -~\x80-\xff]*+)?\r\n"
    rb"((?:[!#$%&'*+.^_`|~0-9A-Za-z-]++:[\t -~\x80-\xff]*+\r\n)*+)\r\n"
)

_CHUNK = re.compile(rb"\r\n([0-9A-Fa-f]{1,8})(?:[\t ]*|;[^\r\n]*)\r\n")

_CHUNK_SO_FAR = re.compile(rb"\r?|\r\n(?:[0-9A-Fa-f]{1,8}(?:[\t ]*|;[^\r\n]*)\r?)?")


class Answer:
    """What came back for one request, as far as it has come."""

    def __init__(self) -> None:
        self.status_code = 0
        self.fields: dict[str, str] = {}
        self.is_redirect = False
        self.is_to_the_end = False
        """Whether nothing more is to come, and the connection can be asked again."""
        self._head = b""
        self._head_size = 0
        self._keeps_open = False
        self._length: int | None = None
        """How long the body is (bytes); None where its header section does not tell."""
        self._chunks: Chunks | None = None
        self._most = 0
        self._raw = bytearray()
        self._whole = False
        self._cut_short = False

    @property
    def has_begun(self) -> bool:
        """Whether a byte of it came."""
        return bool(self.status_code or self._head_size or self._head)

    def reply(self) -> Reply:
        """What came, its content codings undone."""
        if self.is_redirect or self._length == 0:
            return Reply(self.status_code, self.fields)
        body = Body(bytes(self._raw), self._whole, self._cut_short)
        return Reply(self.status_code, self.fields, decoded(body, self.fields))

    def feed(self, data: bytes) -> bool:
        """Takes what came, and tells whether that is all that is wanted; raises `Unsure`."""
        rest = data if self.status_code else self._after_head(data)
        if rest is None:
            return False
        if self._chunks is not None:
            self._whole = self._chunks.feed(rest, self._raw)
            is_exact = self._chunks.are_all
        else:
            self._raw += rest
            self._whole = self._length is not None and len(self._raw) >= self._length
            is_exact = len(self._raw) == self._length
            if not is_exact and self._whole:
                del self._raw[self._length :]
        self.is_to_the_end = self._whole and is_exact and self._keeps_open
        return self._whole or len(self._raw) >= self._most

    def fault_at_end(self, error: Exception | None) -> Exception | None:
        """What is wrong with an answer whose connection has ended here, by *error* or by itself."""
        if error is not None and not isinstance(error, OSError):
            return error  # a mistake of ours
        if self.has_begun and not self.status_code:
            return Unsure()
        if self.status_code and self._length is None and self._chunks is None and error is None:
            self._whole = True
        elif self._raw:
            self._cut_short = True
        elif not self.is_redirect:
            return Failed(Fault.CLOSED if error is None else fault_of(error))
        return None

    def fault_in_time(self) -> Exception | None:
        """What is wrong with an answer that has come so far when there is no more time."""
        return None if self._raw or self.is_redirect else Failed(Fault.TIMEOUT)

    def _after_head(self, data: bytes) -> bytes | None:
        """Reads the header section, and those of interim answers before it (RFC 9110 §15.2); what follows
        them, or None where they are not all there."""
        start, scanned = 0, max(0, len(self._head) - 2)
        self._head += data
        while (end := _END.search(self._head, scanned)) is not None:
            head, start, scanned = self._head[start : end.end()], end.end(), end.end()
            self._head_size += len(head)
            parts = _HEAD.fullmatch(head)
            if parts is None or parts[2] == b"101" or self._head_size > _LONGEST_HEAD:
                raise Unsure
            if parts[2][:1] != b"1":
                self._begin(int(parts[2]), parts[3].decode("latin-1"), is_old=parts[1] == b"0")
                rest, self._head = self._head[start:], b""
                return rest
        self._head = self._head[start:]
        if self._head_size + len(self._head) > _LONGEST_HEAD or not b"HTTP/1.".startswith(self._head[:7]):
            raise Unsure
        return None

    def _begin(self, status_code: int, lines: str, *, is_old: bool) -> None:
        """Takes the header section, of HTTP/1.0 where it *is_old*."""
        split = [line.partition(":") for line in lines.split("\r\n")[:-1]]
        self.fields = fields = by_name([(name, value.strip(" \t")) for name, _, value in split])
        self.status_code = status_code
        self.is_redirect = redirects(status_code, fields)
        self._frame(fields, is_old=is_old)
        if self.is_redirect:
            is_short = self._chunks is not None or (self._length is not None and self._length <= _REDIRECT_BODY)
            self._most = _REDIRECT_BODY if is_short else 0
        else:
            self._most = most_of(fields)
        connection = fields.get("connection", "").lower()
        self._keeps_open = "close" not in connection and (not is_old or "keep-alive" in connection)

    def _frame(self, fields: dict[str, str], *, is_old: bool) -> None:
        """Finds how the body ends (RFC 9112 §6.3); raises `Unsure` where that is said in more than one way."""
        length, coding = fields.get("content-length"), fields.get("transfer-encoding")
        if length is not None and not _LENGTH.fullmatch(length):
            raise Unsure
        if coding is not None and (coding.lower() != "chunked" or length is not None or is_old):
            raise Unsure
        if self.status_code in (204, 304):
            self._length = 0
        elif coding is not None:
            self._chunks = Chunks()
        elif length is not None:
            self._length = int(length)


class Chunks:
    """Undoes the chunked transfer coding (RFC 9112 §7.1)."""

    def __init__(self) -> None:
        self.are_all = False
        """Whether the last has come, and nothing after it."""
        self._rest = b"\r\n"  # every size follows the end of a line: the first that of the header section
        self._left = 0
        self._is_last = False

    def feed(self, data: bytes, body: bytearray) -> bool:
        """Adds to *body* what *data* brings, and tells whether that is its end; raises `Unsure`."""
        data = self._rest + data
        at = 0
        while not self._is_last:
            body += data[at : at + self._left]
            taken = min(self._left, len(data) - at)
            at, self._left = at + taken, self._left - taken
            line = _CHUNK.match(data, at)
            if line is None:
                break
            at, self._left = line.end(), int(line[1], 16)
            self._is_last = not self._left
        self._rest = data[at:]
        if not self._is_last and not (len(self._rest) < _LONGEST_LINE and _CHUNK_SO_FAR.fullmatch(self._rest)):
            raise Unsure
        self.are_all = self._is_last and self._rest == b"\r\n"
        return self._is_last and len(self._rest) >= 2  # trailers are not waited for
