"""What an exception of the network means: the first of a table whose class is in its chain."""

import errno
import re
import socket
import ssl
from collections.abc import Iterator

from diagsources.verdict import Fault


class Failed(Exception):
    """No answer, and *fault* says why: we refused, or whoever met it knew already."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


_CERTIFICATE = {
    9: Fault.TLS_NOT_YET_VALID,
    10: Fault.TLS_EXPIRED,
    18: Fault.TLS_SELF_SIGNED,
    62: Fault.TLS_HOST,
    64: Fault.TLS_HOST,
}
"""By OpenSSL's X509_V_ERR code: not yet valid, expired, self-signed, other host, other address."""

_WANTS_CERTIFICATE = ("CERTIFICATE_REQUIRED", "ALERT_BAD_CERTIFICATE")
"""In OpenSSL's name of the alert by which a server asks for a certificate of the visitor's (RFC 8446 §6.2)."""

_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})

_UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EACCES})


_IN_WORDS = (
    (Fault.DNS_NXDOMAIN, r"name or service not known|nodename nor servname|no address associated|getaddrinfo failed"),
    (Fault.DNS_FAILURE, r"temporary failure in name resolution|name resolution"),
    (Fault.TCP_REFUSED, r"connection refused|actively refused"),
    (Fault.TCP_RESET, r"connection (?:was )?reset|reset by peer|connection aborted|broken pipe"),
    (Fault.TCP_UNREACHABLE, r"no route to host|network is unreachable|host is unreachable"),
    (Fault.TLS_EXPIRED, r"certificate has expired|certificate expired"),
    (Fault.TLS_NOT_YET_VALID, r"not yet valid"),
    (Fault.TLS_UNTRUSTED, r"self[- ]signed certificate in certificate chain"),
    (Fault.TLS_SELF_SIGNED, r"self[- ]signed certificate"),
    (Fault.TLS_HOST, r"hostname mismatch|ip address mismatch|certificate is not valid for|doesn't match"),
    (Fault.TLS_UNTRUSTED, r"certificate_verify_failed|certificate verify failed|local issuer certificate"),
    (Fault.CLOSED, r"eof occurred|disconnected without sending"),
    (Fault.TLS_PROTOCOL, r"\[ssl|ssl:|_ssl\.c|tls handshake"),
)
"""What a transport says that keeps the exception it met to itself; the first that fits."""


def fault_of(error: BaseException) -> Fault:
    """The fault that *error*, with the causes it has, stands for."""
    chain = tuple(chain_of(error))
    for cause in chain:
        fault = _precise(cause)
        if fault is not None:
            return fault
    for cause in chain:
        fault = _coarse(cause)
        if fault is not None:
            return fault
    raise error


def chain_of(error: BaseException) -> Iterator[BaseException]:
    """*error* and its causes, outermost first."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _precise(error: BaseException) -> Fault | None:
    match error:
        case Failed():
            return error.fault
        case socket.gaierror():
            return Fault.DNS_NXDOMAIN if error.errno in _NO_SUCH_NAME else Fault.DNS_FAILURE
        case ssl.SSLCertVerificationError():
            return _CERTIFICATE.get(error.verify_code, Fault.TLS_UNTRUSTED)
        case ssl.SSLWantReadError() | ssl.SSLWantWriteError():
            return None  # where it was when it was cut off
        case ssl.SSLEOFError():
            return Fault.CLOSED
        case ssl.SSLError() if any(word in (error.reason or "") for word in _WANTS_CERTIFICATE):
            return Fault.TLS_CLIENT_CERTIFICATE
        case ssl.SSLError():
            return Fault.TLS_PROTOCOL
        case ConnectionRefusedError():
            return Fault.TCP_REFUSED
        case ConnectionResetError() | ConnectionAbortedError() | BrokenPipeError():
            return Fault.TCP_RESET
        case OSError() if error.errno in _UNREACHABLE:
            return Fault.TCP_UNREACHABLE
        case OSError() if error.errno == errno.ETIMEDOUT:
            return Fault.CONNECT_TIMEOUT
    return None


def _coarse(error: BaseException) -> Fault | None:
    match error:
        case TimeoutError():
            return Fault.TIMEOUT
        case UnicodeError():
            return Fault.INVALID_URL
        case OSError():
            return Fault.TCP_UNREACHABLE
    return _of_httpx(error)


def _of_httpx(error: BaseException) -> Fault | None:
    # deferred: 40 ms; whoever raised one of theirs has loaded them
    import anyio
    import httpx

    if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError) and (said := _in_words(str(error))):
        return said
    match error:
        case httpx.ConnectTimeout():
            return Fault.CONNECT_TIMEOUT
        case httpx.TimeoutException():
            return Fault.TIMEOUT
        case httpx.RemoteProtocolError() | httpx.LocalProtocolError() | httpx.DecodingError():
            return Fault.NOT_HTTP
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return Fault.INVALID_URL
        case httpx.TooManyRedirects():
            return Fault.TOO_MANY_REDIRECTS
        case httpx.ConnectError() | httpx.ProxyError():
            return Fault.TCP_UNREACHABLE
        case httpx.NetworkError() | anyio.BrokenResourceError() | anyio.EndOfStream():
            return Fault.TCP_RESET
    return None


def _in_words(message: str) -> Fault | None:
    return next((fault for fault, words in _IN_WORDS if re.search(words, message.lower())), None)
