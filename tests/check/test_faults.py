"""What is made of the exceptions of transports, those of others included."""

import socket

import httpx
import pytest

from diagsources.check.faults import fault_of

VERIFY = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {} (_ssl.c:1006)"


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (httpx.ConnectError("[Errno -2] Name or service not known"), "dns-nxdomain"),
        (httpx.ConnectError("[Errno -3] Temporary failure in name resolution"), "dns-failure"),
        (httpx.ConnectError("[Errno 111] Connection refused"), "tcp-refused"),
        (httpx.ConnectError("[Errno 113] No route to host"), "tcp-unreachable"),
        (httpx.ConnectError("All connection attempts failed"), "tcp-unreachable"),
        (httpx.ReadError("[Errno 104] Connection reset by peer"), "tcp-reset"),
        (httpx.ReadError(""), "tcp-reset"),
        (httpx.ConnectError(VERIFY.format("certificate has expired")), "tls-expired"),
        (httpx.ConnectError(VERIFY.format("certificate is not yet valid")), "tls-not-yet-valid"),
        (httpx.ConnectError(VERIFY.format("self-signed certificate")), "tls-self-signed"),
        (httpx.ConnectError(VERIFY.format("self-signed certificate in certificate chain")), "tls-untrusted"),
        (httpx.ConnectError(VERIFY.format("Hostname mismatch, certificate is not valid for 'a.fr'.")), "tls-host"),
        (httpx.ConnectError(VERIFY.format("unable to get local issuer certificate")), "tls-untrusted"),
        (httpx.ConnectError("[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)"), "tls-protocol"),
        (httpx.ConnectError("EOF occurred in violation of protocol (_ssl.c:1006)"), "closed-early"),
        (httpx.RemoteProtocolError("Server disconnected without sending a response."), "closed-early"),
        (httpx.RemoteProtocolError("illegal status line"), "not-http"),
        (httpx.ProxyError("407 Proxy Authentication Required"), "tcp-unreachable"),
        (httpx.TooManyRedirects("Exceeded maximum allowed redirects."), "too-many-redirects"),
    ],
)
def test_a_transport_that_only_says_what_it_met_is_understood(error: httpx.HTTPError, fault: str) -> None:
    assert fault_of(error).value == fault


def test_the_exception_that_a_transport_met_counts_more_than_what_it_says() -> None:
    error = httpx.ConnectError("connection refused")
    error.__cause__ = socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert fault_of(error).value == "dns-nxdomain"
