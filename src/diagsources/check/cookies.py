"""Cookies, kept for one run: a wall or a counter that sends a browser once around is passed."""

import re
from collections import OrderedDict
from typing import TYPE_CHECKING

from diagsources.urls import site_of

if TYPE_CHECKING:
    import httpx

_SITES = 2_000
"""For how many sites cookies are kept."""
_MOST = 50
"""How many cookies a site may set; RFC 6265 §6.1 asks for as many."""
_LONGEST = 4_096
"""Longest Set-Cookie field that is heard (characters)."""
_MASKED = re.compile("%~([89a-f][0-9a-f])")
"""What stands in a jar for a byte that is not ASCII: browsers give those back, and the jars take none."""


class Cookies:
    """One jar a site, so that a jar stays small; within it, domains and paths are heeded as RFC 6265 has it."""

    def __init__(self) -> None:
        self._jars: OrderedDict[str, httpx.Cookies] = OrderedDict()

    def field_for(self, url: str) -> str:
        """The Cookie field of a request of *url*; "" for none."""
        jar = self._jars.get(site_of(url)) if self._jars else None
        if jar is None:
            return ""
        import httpx

        request = httpx.Request("GET", url)
        jar.set_cookie_header(request)
        field: str = request.headers.get("cookie", "")
        return _MASKED.sub(lambda masked: chr(int(masked[1], 16)), field) if "%~" in field else field

    def take(self, url: str, set_cookie: str) -> None:
        """Keeps the cookies that *url* sets: its Set-Cookie fields, one a line, a character for each byte."""
        fields = [_masked(field) for field in set_cookie.split("\n") if len(field) <= _LONGEST]
        if not fields:
            return
        import httpx  # deferred: 40 ms, and many a run meets no cookie

        site = site_of(url)
        jar = self._jars.setdefault(site, httpx.Cookies())
        self._jars.move_to_end(site)
        headers = [("set-cookie", field) for field in fields]
        jar.extract_cookies(httpx.Response(200, headers=headers, request=httpx.Request("GET", url)))
        if len(jar.jar) > _MOST:
            jar.clear()
        if len(self._jars) > _SITES:
            self._jars.popitem(last=False)


def _masked(field: str) -> str:
    return field if field.isascii() else re.sub(r"[^\x00-\x7f]", lambda byte: f"%~{ord(byte[0]) & 255:02x}", field)
