"""A failure is let pass until it is sure; histories fold, however long, pruned or not."""

import pickle
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.model import FAILING, Link, Verdict
from diagsources.verdict import Answer, Check, Evidence, Fault, judge
from diagsources.verdict.memory import (
    CONDITIONS,
    Change,
    Condition,
    Kept,
    Moment,
    Patience,
    Sighting,
    State,
    change_of,
    freshness,
    holds,
    is_newly_confirmed,
    sighting_of,
    state_after,
    superfluous,
    weighs,
)
from diagsources.verdict.turnout import Attendance, Turnout, inconclusive
from diagsources.verdict.wording import in_words

START = datetime(2026, 11, 3, 6, tzinfo=UTC)
DAY = timedelta(days=1)
LETTERS = {
    "o": Verdict.OK,
    "m": Verdict.MOVED,
    "r": Verdict.RESTRICTED,
    "s": Verdict.SUSPECT,
    "i": Verdict.INSECURE,
    "u": Verdict.UNAVAILABLE,
    "b": Verdict.BROKEN,
    "p": Verdict.BROKEN,
    "-": Verdict.SKIPPED,
}
"""A history as a word: a letter a run; `p` is broken, and proven."""


def sightings(word: str, *, every: timedelta = DAY, start: datetime = START) -> list[Sighting]:
    return [
        Sighting(start + number * every, LETTERS[letter], f"because-{letter}", number, is_proven=letter == "p")
        for number, letter in enumerate(word)
    ]


def fold(history: Iterable[Sighting], state: State | None = None) -> State | None:
    for sighting in history:
        state = state_after(state, sighting)
    return state


def known(word: str, *, every: timedelta = DAY) -> State:
    state = fold(sightings(word, every=every))
    assert state is not None
    return state


@pytest.mark.parametrize(
    ("word", "condition", "failures"),
    [
        ("o", "healthy", 0),
        ("ooo", "healthy", 0),
        ("omr", "healthy", 0),
        ("u", "fragile", 1),
        ("p", "confirmed", 1),
        ("ou", "fragile", 1),
        ("ouu", "fragile", 2),
        ("ouuu", "confirmed", 3),
        ("osib", "confirmed", 3),
        ("ouuuu", "confirmed", 4),
        ("op", "confirmed", 1),
        ("oup", "confirmed", 2),
        ("opu", "confirmed", 2),
        ("ouo", "recovered", 1),
        ("our", "recovered", 1),
        ("osm", "recovered", 1),
        ("ouuuo", "recovered", 3),
        ("ouuuoo", "healthy", 0),
        ("ouuuou", "fragile", 1),
        ("ouououou", "fragile", 1),
        ("ouuouuouu", "fragile", 2),
        ("ou-u", "fragile", 2),
        ("ou--uu", "confirmed", 3),
        ("-o-", "healthy", 0),
        ("ouuu-", "confirmed", 3),
        ("orrrrrrr", "healthy", 0),
    ],
)
def test_a_history_of_daily_runs_folds_to_a_state(word: str, condition: str, failures: int) -> None:
    state = known(word)

    assert (state.condition, state.failures) == (condition, failures)


def test_what_was_only_ever_skipped_leaves_nothing_to_know() -> None:
    assert fold(sightings("---")) is None


def test_many_runs_of_one_night_are_one_night() -> None:
    assert known("o" + "u" * 30, every=timedelta(minutes=10)).condition is Condition.FRAGILE


def test_three_runs_confirm_on_the_third_day_though_the_last_one_starts_early() -> None:
    history = sightings("ouuu")
    early = [*history[:-1], history[-1]._replace(at=history[-1].at - timedelta(hours=5))]

    state = fold(early)

    assert state is not None
    assert state.condition is Condition.CONFIRMED


def test_another_patience_is_kept() -> None:
    state = None
    for sighting in sightings("ou"):
        state = state_after(state, sighting, Patience(runs=1, span=timedelta(0)))

    assert state is not None
    assert state.condition is Condition.CONFIRMED


def test_a_run_that_asks_twice_counts_once() -> None:
    night = sightings("ouu")
    twice = [sighting for sighting in night for _ in range(2)]

    assert fold(twice) == fold(night)


def test_a_failure_lasts_from_its_first_day() -> None:
    assert known("oouuuu").since == START + 2 * DAY


def test_a_recovery_lasts_until_the_next_run() -> None:
    back = fold(sightings("ouo"))
    again = Sighting(START + 2 * DAY, Verdict.OK, "http-200", 2)

    assert back is not None
    assert (same := state_after(back, again)) is not None
    assert same.condition is Condition.RECOVERED
    assert (later := state_after(back, again._replace(run=3))) is not None
    assert (later.condition, later.since) == (Condition.HEALTHY, back.since)


@pytest.mark.parametrize(
    ("word", "strict", "red"),
    [
        ("o", False, False),
        ("m", True, False),
        ("r", True, False),
        ("u", False, True),  # no memory of it: as strict as a machine that remembers nothing
        ("uu", False, True),  # never seen well: no credit
        ("uou", False, False),
        ("ou", False, False),
        ("ou", True, True),
        ("ouu", False, False),
        ("ouuu", False, True),
        ("ouuuo", False, False),
        ("ouuuo", True, False),
        ("ouuuou", False, False),
        ("op", False, True),
    ],
)
def test_what_is_sure_turns_ci_red(word: str, strict: bool, red: bool) -> None:
    assert weighs(known(word), strict=strict) is red


def test_a_verdict_that_somebody_chose_to_fail_on_needs_no_memory_to_be_sure() -> None:
    assert weighs(known("oom"), failing={Verdict.MOVED})
    assert not weighs(known("ouuu"), failing={Verdict.BROKEN})


WORDS = st.text(alphabet="".join(LETTERS), min_size=1, max_size=60)
GAPS = st.timedeltas(timedelta(0), timedelta(days=20))


@st.composite
def histories(draw: st.DrawFn) -> list[Sighting]:
    """Sightings in the order of time, a few of one run in a row."""
    at, run, history = START, 0, []
    for letter in draw(WORDS):
        if draw(st.integers(0, 5)):
            run, at = run + 1, at + draw(GAPS)
        history.append(Sighting(at, LETTERS[letter], f"because-{letter}", run, is_proven=letter == "p"))
    return history


def states(history: Iterable[Sighting]) -> Iterable[tuple[Sighting, State]]:
    state = None
    for sighting in history:
        state = state_after(state, sighting)
        if state is not None:
            yield sighting, state


@given(histories())
def test_a_link_that_was_well_is_never_red_before_it_is_confirmed(history: list[Sighting]) -> None:
    for _, state in states(history):
        if state.was_alive:
            assert weighs(state) == (state.condition is Condition.CONFIRMED)


@given(histories())
def test_red_stays_until_it_is_well(history: list[Sighting]) -> None:
    was_red = False
    for sighting, state in states(history):
        is_red = weighs(state)
        if was_red and not is_red:
            assert sighting.verdict not in FAILING
            assert state.condition is Condition.RECOVERED
        was_red = is_red


@given(histories())
def test_what_fails_is_fragile_or_confirmed_and_nothing_else_is(history: list[Sighting]) -> None:
    for sighting, state in states(history):
        if sighting.verdict is not Verdict.SKIPPED:
            assert state.is_down == (sighting.verdict in FAILING)
            assert (state.at, state.verdict) == (sighting.at, sighting.verdict)
        assert state.since <= state.at
        assert state.failures > 0 or state.condition is Condition.HEALTHY


@given(st.lists(st.tuples(st.sampled_from(sorted(LETTERS)), st.integers(-3000, 3000), st.integers(0, 5)), max_size=40))
def test_clocks_and_runs_that_go_backwards_crash_nothing(told: list[tuple[str, int, int]]) -> None:
    now = START
    for letter, hours, run in told:
        history = [Sighting(START + timedelta(hours=hours), LETTERS[letter], "x", run)]
        for _, state in states(history):
            assert in_words(state, now)
            assert freshness(state) > timedelta(0)


@given(st.text(alphabet="usib", min_size=3, max_size=30))
def test_a_clock_that_runs_backwards_confirms_nothing(word: str) -> None:
    state = fold(sightings("o" + word, every=-DAY))

    assert state is not None
    assert state.condition is Condition.FRAGILE


@pytest.mark.parametrize("wrong", [START - 9_999 * DAY, START + 9_999 * DAY])
def test_a_clock_that_is_wrong_for_one_run_of_a_night_confirms_nothing(wrong: datetime) -> None:
    night = (START, START + DAY, wrong, START + DAY + timedelta(hours=1))
    history = [
        Sighting(at, LETTERS[letter], "x", run) for run, (at, letter) in enumerate(zip(night, "ouuu", strict=True))
    ]

    state = fold(history)

    assert state is not None
    assert (state.condition, state.failures) == (Condition.FRAGILE, 3)
    assert state.since == START + DAY


def test_a_clock_that_was_ahead_at_the_first_failure_keeps_no_death_from_being_confirmed() -> None:
    days = (START, START + 9_999 * DAY, *(START + day * DAY for day in (1, 2, 3)))
    history = [
        Sighting(at, LETTERS[letter], "x", run) for run, (at, letter) in enumerate(zip(days, "ouuuu", strict=True))
    ]

    state = fold(history)

    assert state is not None
    assert (state.condition, state.since) == (Condition.CONFIRMED, START + DAY)


@pytest.mark.parametrize(("age", "is_held"), [(-3, False), (-0.5, True), (0.5, True), (1, True), (1.1, False)])
def test_what_a_clock_ahead_has_seen_is_no_longer_fresh_than_anything_else(age: float, is_held: bool) -> None:
    assert holds(START, DAY, START + age * DAY) is is_held


def moments(history: list[Sighting]) -> list[Moment]:
    state, told = None, []
    for number, sighting in enumerate(history):
        state = state_after(state, sighting)
        says = sighting.verdict is not Verdict.SKIPPED and state is not None
        told.append(Moment(number, sighting.at, sighting.verdict, state.condition if says and state else None))
    return told


def pruned(history: list[Sighting], now: datetime) -> list[Sighting]:
    gone = set(superfluous(moments(history), now))
    return [sighting for number, sighting in enumerate(history) if number not in gone]


@given(histories(), histories(), st.integers(0, 400))
def test_a_pruned_history_folds_to_the_same_and_goes_on_to_the_same(
    history: list[Sighting], later: list[Sighting], days: int
) -> None:
    end = history[-1]
    tail = [sighting._replace(at=sighting.at - START + end.at, run=sighting.run + end.run + 1) for sighting in later]

    whole, less = fold(history), fold(pruned(history, end.at + days * DAY))
    onward, onward_less = fold(tail, whole), fold(tail, less)

    for one, other in ((whole, less), (onward, onward_less)):
        if one is None or other is None:
            assert one is other
        else:
            assert one._replace(failures=0, runs=0) == other._replace(failures=0, runs=0)


@given(histories(), st.integers(0, 400))
def test_pruning_keeps_three_months_each_week_and_both_ends_of_every_state_and_does_so_once(
    history: list[Sighting], days: int
) -> None:
    now = history[-1].at + days * DAY
    told = moments(history)
    gone = set(superfluous(told, now))
    kept = [moment for moment in told if moment.id not in gone]
    weighing = [moment for moment in told if moment.condition is not None]

    assert all(now - moment.at > 90 * DAY for moment in told if moment.id in gone)
    assert {moment.at.isocalendar()[:2] for moment in weighing} == {
        moment.at.isocalendar()[:2] for moment in kept if moment.condition is not None
    }
    for before, after in pairwise(weighing):
        if (before.condition, before.verdict) != (after.condition, after.verdict):
            assert {before.id, after.id}.isdisjoint(gone)
    assert superfluous(kept, now) == ()


def test_ten_years_of_daily_health_are_pruned_to_a_sighting_a_week() -> None:
    history = sightings("o" * 3650)

    left = pruned(history, history[-1].at)

    assert len(left) == 600  # 510 weeks, and the last 90 days


@pytest.mark.parametrize(
    ("word", "passed", "words"),
    [
        ("o", timedelta(0), "nouveau"),
        ("ooo", timedelta(0), "va bien depuis 2 jours"),
        ("u", timedelta(0), "nouveau, indisponible"),
        ("p", timedelta(0), "nouveau, cassé, constaté deux fois"),
        ("uu", timedelta(0), "indisponible depuis 1 jour, jamais vu en ligne"),
        ("ou", timedelta(0), "premier échec, à confirmer"),
        ("ouu", timedelta(0), "2 échecs depuis 1 jour, à confirmer"),
        ("ouuu", timedelta(0), "indisponible depuis 2 jours, confirmé"),
        ("op", timedelta(0), "cassé, constaté deux fois"),
        ("ouuuu", timedelta(0), "toujours indisponible depuis 3 jours"),
        ("obbbb", 20 * DAY, "toujours cassé depuis le 4 novembre"),
        ("obbbb", 60 * DAY, "toujours cassé depuis le 4 novembre 2026"),
        ("ouo", timedelta(0), "rétabli après 1 échec"),
        ("ouuo", timedelta(0), "rétabli après 2 échecs"),
    ],
)
def test_memory_is_said_in_a_few_words(word: str, passed: timedelta, words: str) -> None:
    state = known(word)

    said = in_words(state, state.at + passed)

    assert said.replace("\u00a0", " ") == words
    assert not any(f"{digit} " in said for digit in "0123456789")


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (START, "va bien depuis moins d'une heure"),
        (START + DAY, "va bien depuis moins d'une heure"),
        (START - timedelta(hours=1), "va bien depuis 1 heure"),
        (START - timedelta(hours=21), "va bien depuis 21 heures"),
        (START - timedelta(hours=23, minutes=59), "va bien depuis 1 jour"),
        (START - timedelta(hours=47, minutes=59), "va bien depuis 2 jours"),
        (START - 13 * DAY, "va bien depuis 13 jours"),
        (datetime(2026, 10, 1, tzinfo=UTC), "va bien depuis le 1er octobre"),
        (datetime(2025, 8, 15, tzinfo=UTC), "va bien depuis le 15 août 2025"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=2))), "va bien depuis le 1er janvier 1"),
    ],
)
def test_how_long_is_said_as_people_say_it(since: datetime, words: str) -> None:
    state = known("oo")._replace(since=since)

    assert in_words(state, START).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("word", "change", "is_confirmed"),
    [
        ("u", Change.FAILING, False),
        ("ou", Change.FAILING, False),
        ("op", Change.FAILING, True),
        ("ouuu", Change.STILL, True),
        ("ouuuu", Change.STILL, False),
        ("ouuo", Change.RECOVERED, False),
        ("ouum", Change.RECOVERED, False),
        ("ooom", Change.MOVED, False),
        ("oomm", None, False),
        ("oor", Change.WALLED, False),
        ("oorr", None, False),
        ("oroo", None, False),
        ("oro", Change.OPENED, False),
        ("uur", Change.RECOVERED, False),
        ("ro", Change.OPENED, False),
        ("oo", None, False),
        ("o", None, False),
        ("r", None, False),
    ],
)
def test_what_a_run_has_changed_of_a_link_has_a_name(word: str, change: Change | None, is_confirmed: bool) -> None:
    history = sightings(word)
    kept = Kept(fold(history[:-1]), fold(history))

    assert change_of(kept) is change
    assert is_newly_confirmed(kept) is is_confirmed


@given(histories())
def test_a_run_that_does_not_ask_a_link_changes_nothing_of_it(history: list[Sighting]) -> None:
    state = fold(history)

    assert change_of(Kept(state, state)) is None
    assert not is_newly_confirmed(Kept(state, state))


@pytest.mark.parametrize(
    ("word", "hours"),
    [
        ("ou", 12),
        ("ouo", 12),
        ("ouuu", 24),
        ("o", 24),
        ("ooo", 24),
        ("o" * 8, 7 * 24),
        ("o" * 60, 7 * 24),
        ("o" * 61, 30 * 24),
    ],
)
def test_what_fails_is_looked_at_again_sooner_than_what_has_long_been_well(word: str, hours: int) -> None:
    assert freshness(known(word)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("run", "canary", "is_us"),
    [
        (Turnout(hosts=60, reached=60), None, False),
        (Turnout(hosts=60, reached=0), None, True),
        (Turnout(hosts=60, reached=5), None, True),
        (Turnout(hosts=60, reached=5), True, False),  # an old list of links
        (Turnout(hosts=60, reached=10), False, True),
        (Turnout(hosts=60, reached=20), False, False),  # what answers is told, and what does not
        (Turnout(hosts=60, reached=50), False, False),
        (Turnout(hosts=1, reached=0), None, False),
        (Turnout(hosts=1, reached=0), False, True),
        (Turnout(hosts=1, reached=0), True, False),
        (Turnout(hosts=3, reached=1), False, False),  # a short list, two of whose hosts are gone
        (Turnout(hosts=60, reached=60, were_well=55, still_well=3), True, True),  # a portal that wants a login
        (Turnout(hosts=60, reached=60, were_well=55, still_well=30), None, False),
        (Turnout(hosts=3, reached=3, were_well=3, still_well=0), None, False),
        (Turnout(hosts=0, reached=0), None, False),
        (Turnout(hosts=0, reached=0), False, False),
    ],
)
def test_where_nearly_everything_fails_it_is_us(run: Turnout, canary: bool | None, is_us: bool) -> None:
    assert inconclusive(run, canary=canary) is is_us


def check(
    url: str, *, status: int | None = None, fault: Fault | None = None, attempts: int = 1, seen_twice: bool = False
) -> Check:
    answers = (Answer(url, status),) if status else ()
    evidence = Evidence(url, answers, fault, fault_url=url if fault else "", attempts=attempts, seen_twice=seen_twice)
    return Check(Link("a", "url", url), evidence, judge(evidence), START)


def test_the_turnout_counts_hosts_and_not_links() -> None:
    well = known("oo")
    seen: list[tuple[Check, State | None]] = [
        (check("https://a.fr/1", status=200), well),
        (check("https://a.fr/2", status=404), None),
        (check("https://b.fr/", fault=Fault.DNS_NXDOMAIN), well),
        (check("https://c.fr/", status=500), known("ou")),
        (check("ftp://d.fr/", fault=Fault.UNSUPPORTED_SCHEME), None),
    ]

    attendance = Attendance()
    for one, before in seen:
        attendance.note(one, before)

    assert attendance.turnout() == Turnout(hosts=3, reached=2, were_well=2, still_well=1)


@pytest.mark.parametrize("twice", [False, True])
@pytest.mark.parametrize("attempts", [1, 2])
def test_two_attempts_are_no_proof_unless_both_saw_the_same(attempts: int, twice: bool) -> None:
    seen = check("https://a.fr/page", status=404, attempts=attempts, seen_twice=twice)

    assert sighting_of(seen, 7) == Sighting(START, Verdict.BROKEN, "http-404", 7, is_proven=twice)


def test_a_host_that_twice_did_not_exist_is_proof_and_a_timeout_is_not() -> None:
    gone = check("https://a.fr/page", fault=Fault.DNS_NXDOMAIN, seen_twice=True)
    slow = check("https://a.fr/page", fault=Fault.TIMEOUT, seen_twice=True)

    assert sighting_of(gone, 1).is_proven
    assert not sighting_of(slow, 1).is_proven


def test_every_condition_has_its_words_and_every_value_pickles() -> None:
    state = known("ouuu")

    assert set(CONDITIONS) == set(Condition)
    assert pickle.loads(pickle.dumps(state)) == state  # noqa: S301 - our own bytes
