"""What a server says of how often it may be asked, in every form in which servers say it."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diagsources.check.patience import QUOTA_FIELDS, quota_pause, retry_after

NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)
EPOCH = int(NOW.timestamp())

GARBAGE = st.text(max_size=40) | st.text(alphabet='0123456789;=,.rt "hms:+-GMT', max_size=30)


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        ("90s", 90),
        ("1m30s", 90),
        ("2M", 120),
        ("1h", 3600),
        ("1h1m1s", 3661),
        ("s", None),
        ("30s1m", None),
        ("٣", None),
    ],
)
def test_a_duration_in_letters_is_a_wait(field: str, seconds: float | None) -> None:
    assert retry_after(field, now=NOW) == seconds


@given(GARBAGE)
@example("Mon, 23 Nov 2026 16:00:00 +9999")
@example("Fri, 31 Dec 9999 23:59:59 -2359")
@example("Mon, 01 Jan 0001 00:00:00 +2359")
@example("9" * 5_000)
@example("9" * 5_000 + "s")
@settings(deadline=None)
def test_whatever_is_said_is_a_wait_that_is_not_negative_or_none(field: str) -> None:
    wait = retry_after(field, now=NOW)

    assert wait is None or wait >= 0


@given(st.integers(-(10**6), 10**6), st.integers(-720, 720))
@settings(deadline=None)
def test_a_date_is_a_wait_from_now_in_any_time_zone(seconds: int, offset_minutes: int) -> None:
    when = (NOW + timedelta(seconds=seconds)).astimezone(timezone(timedelta(minutes=offset_minutes)))

    assert retry_after(format_datetime(when), now=NOW) == max(0, seconds)


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"ratelimit-remaining": "0", "ratelimit-reset": "30"}, 30),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "30"}, 30),
        ({"x-ratelimit-remaining": " 0 ", "x-ratelimit-reset": " 1.5 "}, 1.5),
        ({"x-ratelimit-remaining": "0.0", "ratelimit-reset": "30"}, 30),
        ({"ratelimit": '"default";r=0;t=30'}, 30),
        ({"ratelimit": '"default"; R=0; T=30'}, 30),
        ({"ratelimit": '"burst";r=0;t=5, "daily";r=50;t=3600'}, 5),
        ({"ratelimit": '"daily";r=0;t=3600, "burst";r=0;t=5'}, 3600),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(EPOCH + 40)}, 40),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": f"{EPOCH + 40}000"}, 40),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(EPOCH - 40)}, 0),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "30"}, 30),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "1.5"}, 1.5),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1m30s"}, 90),
    ],
)
def test_a_quota_that_is_used_up_is_a_wait_until_it_is_renewed(fields: dict[str, str], seconds: float) -> None:
    assert quota_pause(fields, now=NOW) == seconds


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"ratelimit-remaining": "1", "ratelimit-reset": "30"},
        {"ratelimit": '"default";r=12;t=30'},
        {"ratelimit-remaining": "0"},
        {"ratelimit-reset": "30"},
        {"ratelimit-remaining": "none", "ratelimit-reset": "30"},
        {"ratelimit-remaining": "-0", "ratelimit-reset": "30"},
        {"ratelimit-remaining": "0", "ratelimit-reset": "soon"},
        {"ratelimit-remaining": "0", "ratelimit-reset": "-30"},
        {"ratelimit-policy": '"default";q=0;w=30'},
        {"ratelimit": "other=0;start=30"},
    ],
)
def test_a_quota_that_is_not_used_up_or_not_understood_is_no_wait(fields: dict[str, str]) -> None:
    assert quota_pause(fields, now=NOW) is None


@given(st.dictionaries(st.sampled_from(sorted(QUOTA_FIELDS)), GARBAGE | st.integers(-1, 10**16).map(str)))
@example({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "9" * 15})
@settings(deadline=None)
def test_whatever_a_quota_says_is_a_wait_that_is_not_negative_or_none(fields: dict[str, str]) -> None:
    wait = quota_pause(fields, now=NOW)

    assert wait is None or wait >= 0


def test_a_quota_in_words_is_read() -> None:
    assert quota_pause({"ratelimit": "limit=100, remaining=0, reset=30"}, now=NOW) == 30
