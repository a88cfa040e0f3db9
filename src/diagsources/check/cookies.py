"""Cookies, kept for one run: a wall or a counter that sends a browser once around is passed."""

from collections import OrderedDict

import httpx

from diagsources.urls import site_of

_SITES = 2_000
"""For how many sites cookies are kept."""
_MOST = 50
"""How many cookies a site may set; RFC 6265 §6.1 asks for as many."""
_LONGEST = 4_096
"""Longest Set-Cookie field that is heard (characters)."""


class Cookies:
    """One jar a site, so that a jar stays small; within it, domains and paths are heeded as RFC 6265 has it."""

    def __init__(self) -> None:
        self._jars: OrderedDict[str, httpx.Cookies] = OrderedDict()

    def put_in(self, request: httpx.Request) -> None:
        """Gives *request* the cookies of its host."""
        if not self._jars:
            return
        jar = self._jars.get(site_of(str(request.url)))
        if jar is not None:
            jar.set_cookie_header(request)

    def take_from(self, response: httpx.Response) -> None:
        """Keeps the cookies that *response*, whose request is known, sets."""
        if "set-cookie" not in response.headers:
            return
        if any(len(field) > _LONGEST for field in response.headers.get_list("set-cookie")):
            return
        site = site_of(str(response.request.url))
        jar = self._jars.setdefault(site, httpx.Cookies())
        self._jars.move_to_end(site)
        jar.extract_cookies(response)
        if len(jar.jar) > _MOST:
            jar.clear()
        if len(self._jars) > _SITES:
            self._jars.popitem(last=False)
