"""How to ask: what a run is given, and what it may take."""

from dataclasses import dataclass

from diagsources import HOME_PAGE, __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How to ask. Times are in seconds."""

    timeout_s: float = 15.0
    """Longest wait for an answer, from the connection to what is read of the body; names have their own."""
    per_host: int = 2
    interval_s: float = 0.02
    concurrency: int = 512
    retries: int = 2
    max_time_s: float | None = None
    """What the whole run may take; the links that are left then are `skipped`."""
    allow_private: bool = False
    explain: bool = False
    """Whether evidence tells each step by which it was come by."""
    prove: bool = False
    """Whether a link where nothing is said to be (404, 410, no such host) is asked once more, to be sure."""
    trace: bool = False
    """Whether evidence tells by what a page is known again."""
    user_agent: str = f"Mozilla/5.0 (compatible; diagsources/{__version__}; +{HOME_PAGE})"
