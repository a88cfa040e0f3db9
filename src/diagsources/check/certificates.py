"""Whom to trust: the system's authorities, and the certificate in between that a server forgot to send."""

import asyncio
import socket
import ssl
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from diagsources.check.aside import aside
from diagsources.check.faults import chain_of
from diagsources.check.validity import ends

_UNKNOWN_ISSUER = frozenset({2, 20, 21})
"""OpenSSL's X509_V_ERR codes for a chain that has a gap."""

_LEGACY_SERVER_CONNECT = 0x4
"""OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT: servers without RFC 5746, which browsers accept."""

_CIPHERS = ":".join(
    (
        *("ECDHE+AESGCM", "ECDHE+CHACHA20", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA"),
        *("ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA"),
        *("AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA"),
    )
)
"""What Chromium 156 offers for TLS 1.2: Python leaves out the old ones, which servers that still run have alone."""

_LOOK_S = 5.0
"""Longest wait for each step of a look at a certificate (seconds)."""

Fetch = Callable[[str], Awaitable[bytes]]


class Trust:
    """The contexts of handshakes: the common one, and one for each host whose chain had to be completed.

    *fetch* brings the bytes of an http address, guarded and bounded as any other.
    """

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._context: ssl.SSLContext | None = None
        self._unchecked: ssl.SSLContext | None = None
        self._completed: dict[tuple[str, int], ssl.SSLContext] = {}

    @property
    def context(self) -> ssl.SSLContext:
        """The context of a browser: made once, when first needed, for it takes 25 ms."""
        if self._context is None:
            self._context = _context()
        return self._context

    def known(self, host: str, port: int) -> ssl.SSLContext | None:
        """The context of a server whose chain was completed before."""
        return self._completed.get((host, port))

    async def shown(self, host: str, address: str, port: int) -> bytes:
        """The certificate that the server shows for *host* (DER), believed by nobody; none where it shows none.
        Raises what the network raises."""
        if self._unchecked is None:
            self._unchecked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            self._unchecked.set_ciphers(_CIPHERS)
            self._unchecked.check_hostname = False
            self._unchecked.verify_mode = ssl.CERT_NONE  # only to read what it sends: nothing is asked over it
        return await aside(partial(_shown, self._unchecked, host, address, port), name=f"certificate of {host}")

    async def complete(
        self, error: BaseException, host: str, address: str, port: int, *, used: ssl.SSLContext, seconds: float
    ) -> ssl.SSLContext | None:
        """A context that knows what was missing when *error* came of the one *used*, or None where that was not
        it, or where it could not be had within so many *seconds*."""
        known = self._completed.get((host, port))
        if known is not None:  # completed by another link meanwhile
            return known if known is not used else None
        causes = [each for each in chain_of(error) if isinstance(each, ssl.SSLCertVerificationError)]
        if not causes or causes[0].verify_code not in _UNKNOWN_ISSUER:
            return None
        # deferred: what reads certificates takes 40 ms, and few servers need it
        from diagsources.check.issuers import issuers

        try:
            async with asyncio.timeout(seconds):
                missing = await issuers(await self._leaf(host, address, port), self._fetch)
        except TimeoutError:
            return None
        if not missing:
            return None
        context = _context()
        # they complete a chain and are no authorities: it still has to end at one of the system's
        context.load_verify_locations(cadata=missing)
        self._completed[host, port] = context
        return context

    async def _leaf(self, host: str, address: str, port: int) -> bytes:
        try:
            return await self.shown(host, address, port)
        except OSError:
            return b""


def _shown(context: ssl.SSLContext, host: str, address: str, port: int) -> bytes:
    with (
        socket.create_connection((address, port), timeout=_LOOK_S) as plain,
        context.wrap_socket(plain, server_hostname=host) as secured,
    ):
        return secured.getpeercert(binary_form=True) or b""


def certificate_ends(secured: Any) -> float | None:
    """When the certificate of a handshake ends (seconds since the epoch); None where there was none."""
    return ends(secured.getpeercert(binary_form=True) or b"") if secured is not None else None


def _context() -> ssl.SSLContext:
    """A context with the system's authorities, which lets no certificate in between be one."""
    if sys.platform in ("darwin", "win32"):
        import truststore  # asks the system itself; elsewhere OpenSSL's own folder is the system's

        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_default_certs()
    context.options |= _LEGACY_SERVER_CONNECT
    context.set_ciphers(_CIPHERS)
    context.hostname_checks_common_name = False  # as RFC 9525 §6.3 and browsers have it
    return context
