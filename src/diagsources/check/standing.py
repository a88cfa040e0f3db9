"""Which hosts are not asked any more in this run, for what they have answered to the last links."""

from collections import Counter

from diagsources.verdict import Evidence, Fault

_GIVEN_UP = {Fault.CONNECT_TIMEOUT: 3, Fault.RATE_LIMITED: 10}
"""After how many links in a row that ended so a host is not asked for its others."""


class Standing:
    """How the last links of each host have ended."""

    def __init__(self) -> None:
        self._in_a_row: Counter[tuple[str, Fault]] = Counter()

    def given_up(self, server: str) -> Fault | None:
        """Why *server* is not asked any more, if it is not."""
        if not self._in_a_row:
            return None
        return next((fault for fault, most in _GIVEN_UP.items() if self._in_a_row[server, fault] >= most), None)

    def note(self, server: str, evidence: Evidence) -> None:
        """Counts how a link of *server* has ended."""
        limited = evidence.status_code == 429
        if not (limited or evidence.fault or self._in_a_row):
            return
        for fault in _GIVEN_UP:
            if evidence.fault is fault or (limited and fault is Fault.RATE_LIMITED):
                self._in_a_row[server, fault] += 1
            elif evidence.reached:
                self._in_a_row.pop((server, fault), None)
