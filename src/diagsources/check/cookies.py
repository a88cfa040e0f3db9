"""Cookies, kept for one run: a wall or a counter that sends a browser once around is passed."""

from collections import OrderedDict

import httpx

from diagsources.urls import site_of

_SITES = 2_000
"""For how many sites cookies are kept."""
_MOST = 50
"""How many cookies a site may set; RFC 6265 §6.1 asks for as many."""
_LONGEST = 4_096
"""Longest Set-Cookie field that is heard (characters); one that is not ASCII could not be given back."""


class Cookies:
    """One jar a site, so that a jar stays small; within it, domains and paths are heeded as RFC 6265 has it."""

    def __init__(self) -> None:
        self._jars: OrderedDict[str, httpx.Cookies] = OrderedDict()

    def field_for(self, url: str) -> str:
        """The Cookie field of a request of *url*; "" for none."""
        jar = self._jars.get(site_of(url)) if self._jars else None
        if jar is None:
            return ""
        request = httpx.Request("GET", url)
        jar.set_cookie_header(request)
        field: str = request.headers.get("cookie", "")
        return field

    def take(self, url: str, set_cookie: str) -> None:
        """Keeps the cookies that *url* sets: its Set-Cookie fields, one a line."""
        fields = [field for field in set_cookie.split("\n") if len(field) <= _LONGEST and field.isascii()]
        if not fields:
            return
        site = site_of(url)
        jar = self._jars.setdefault(site, httpx.Cookies())
        self._jars.move_to_end(site)
        headers = [("set-cookie", field) for field in fields]
        jar.extract_cookies(httpx.Response(200, headers=headers, request=httpx.Request("GET", url)))
        if len(jar.jar) > _MOST:
            jar.clear()
        if len(self._jars) > _SITES:
            self._jars.popitem(last=False)
