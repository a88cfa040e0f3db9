"""Whether there is a network is known in seconds, whatever a name server or a host does."""

import socket
from collections.abc import Iterator
from threading import Event

import pytest

from diagsources.check import network_is_there


@pytest.fixture
def place() -> Iterator[str]:
    """A host that takes connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def test_one_that_takes_a_connection_is_enough(place: str) -> None:
    assert network_is_there(("127.0.0.1:1", place))
    assert network_is_there((f"http://{place}/accueil",))


def test_where_none_does_there_is_no_network() -> None:
    assert not network_is_there(("127.0.0.1:1", "127.0.0.1:2"))


@pytest.mark.parametrize("canary", ["", "://", "a b", "127.0.0.1:99999999", "[", "http://"])
def test_what_is_no_host_takes_no_connection(canary: str) -> None:
    assert not network_is_there((canary,))


def test_a_look_up_that_hangs_is_not_waited_for(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real, answered = socket.getaddrinfo, Event()

    def hang(host: str, *rest: object, **more: object) -> object:
        if host == "silence.example":
            answered.wait(60)
        return real(host, *rest, **more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(socket, "getaddrinfo", hang)

    assert network_is_there(("silence.example", place), patience_s=60)
    assert not network_is_there(("silence.example",), patience_s=0.1)
    assert not answered.is_set()
    answered.set()
