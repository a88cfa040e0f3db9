"""What holds for every test: nothing of the user's is read or written, nothing leaves the machine."""

import ipaddress
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

_FORGOTTEN = (
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy"),
    *("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "COLUMNS", "BROWSER"),
    *(
        "DIAGSOURCES_CATALOGUE",
        "DIAGSOURCES_STATE_DIR",
        "APPDATA",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
    ),
)


# a shell that starts the tests in the background has Ctrl-C ignored, and by the programs that they start as well
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own, empty, and no setting of the machine's."""
    for name in _FORGOTTEN:
        monkeypatch.delenv(name, raising=False)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("LOCALAPPDATA", str(home))
    monkeypatch.setenv("DIAGSOURCES_STATE_DIR", str(home / "state"))
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("PYTHONUTF8", "1")


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to anything but this machine are an error of the test."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def stays_here(address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and host != "localhost" and not ipaddress.ip_address(str(host).partition("%")[0]).is_loopback:
            pytest.fail(f"this test tried to reach {host}")

    def guarded(self: socket.socket, address: Any) -> None:
        stays_here(address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        stays_here(address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


@pytest.fixture
def checkout() -> Path:
    """The top of the repository."""
    return Path(__file__).parents[1]
