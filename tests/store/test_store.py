"""What is kept comes back, and folds on from run to run."""

import pickle
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.model import Link, Verdict
from diagsources.store import Outcome, Store, key_of, open_store
from diagsources.store.rows import dumped, loaded
from diagsources.store.run import FIND_LINK
from diagsources.store.store import _BASELINE, _HISTORY, _LATEST, _RECENT
from diagsources.urls import masked, normal
from diagsources.verdict import Judgement
from diagsources.verdict.memory import Condition, Kept, Sighting, state_after
from diagsources.verdict.trace import Drift, Trace
from tests.store.samples import DAY, START, bytes_of, check_of, link_of, live, redirected
from tests.unit.test_memory import histories


def test_a_check_that_is_kept_comes_back_whole(store: Store) -> None:
    link = link_of()
    check = redirected(link, "https://exemple.fr/ailleurs")
    trace = Trace('"a1"', "Tue, 03 Nov 2026 06:00:00 GMT", 1234, "sha256:00", "Les communes")

    run = store.begin("all", at=START)
    run.keep(check._replace(evidence=check.evidence._replace(trace=trace)))
    (record,) = store.history("s1")

    assert record.key == key_of(link)
    assert (record.run, record.at, record.verdict, record.reason) == (run.id, START, Verdict.MOVED, "http-301")
    assert (record.message, record.suggestion) == (check.judgement.message, check.judgement.suggestion)
    assert (record.status_code, record.final_url) == (200, "https://exemple.fr/ailleurs")
    assert (record.trace, record.condition, record.attempts) == (trace, Condition.HEALTHY, 1)
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own bytes


def test_what_is_known_of_a_link_goes_on_from_run_to_run(path: Path) -> None:
    for number, letter in enumerate("ouuu"):
        with open_store(path, now=START) as store:
            live(store, letter, start=START + number * DAY)

    with open_store(path, now=START) as store:
        (state,) = store.states().values()

    assert (state.condition, state.failures, state.since) == (Condition.CONFIRMED, 3, START + DAY)


def test_keeping_says_what_was_known_before_the_run_and_what_is_now(store: Store) -> None:
    first, second = live(store, "ou")

    assert first.before is None
    assert first.after is not None
    assert second.before == first.after
    assert second.after is not None
    assert second.after.condition is Condition.FRAGILE


def test_a_link_asked_twice_in_a_run_counts_once_and_was_before_what_it_was_before_the_run(store: Store) -> None:
    (well,) = live(store, "o")
    run = store.begin("all", at=START + DAY)

    kept = [run.keep(check_of(link_of(), "u", at=START + DAY)) for _ in range(3)]

    assert {one.before for one in kept} == {well.after}
    assert {one.after.failures for one in kept if one.after} == {1}


def test_what_was_skipped_changes_nothing_and_is_asked_again(store: Store) -> None:
    (known, kept) = live(store, "u-")
    run = store.resume(store.last_run() or pytest.fail("no run"))

    assert kept == Kept(known.after, known.after)
    assert [record.condition for record in store.history("s1")] == [Condition.FRAGILE, None]
    assert run.recall(link_of()) is None
    assert store.latest([link_of()])[key_of(link_of())].verdict is Verdict.UNAVAILABLE


def test_a_link_that_was_only_skipped_has_no_state(store: Store) -> None:
    (kept,) = live(store, "-")

    assert kept == Kept(None, None)
    assert store.states() == {}
    assert store.latest([link_of()]) == {}


def test_states_are_those_of_the_links_asked_for(store: Store) -> None:
    live(store, "o", [link_of(number) for number in range(5)])

    assert set(store.states([link_of(1), link_of(3), link_of(9)])) == {key_of(link_of(1)), key_of(link_of(3))}
    assert len(store.states()) == 5


def test_history_is_that_of_one_source_oldest_first(store: Store) -> None:
    live(store, "ouo", [link_of(1), link_of(1, rel="api"), link_of(11)])

    whole = store.history("s1")

    assert len(whole) == 6
    assert [record.at for record in whole] == sorted(record.at for record in whole)
    assert store.history("s1", last=1) == whole[-2:]
    assert store.history("s1", since=START + DAY) == whole[2:]
    assert store.history("s") == ()


def test_the_last_run_is_the_last_that_was_finished(store: Store) -> None:
    live(store, "oo")
    cut = store.begin("all", at=START + 5 * DAY)

    last = store.last_run()

    assert last is not None
    assert (last.outcome, last.started_at, last.finished_at) == (Outcome.FINISHED, START + DAY, START + DAY)
    assert (unfinished := store.unfinished("all")) is not None
    assert unfinished.id == cut.id
    assert store.unfinished("other") is None
    assert store.last_run("other") is None


def test_a_run_that_was_cut_is_gone_on_with_where_it_was(path: Path) -> None:
    links = [link_of(number) for number in range(10)]
    with open_store(path, now=START) as store:
        run = store.begin("all", at=START)
        for link in links[:4]:
            run.keep(check_of(link, "u"))

    with open_store(path, now=START) as store:
        cut = store.unfinished("all")
        assert cut is not None
        run = store.resume(cut)
        missing = [link for link in links if run.recall(link) is None]
        kept = [run.keep(check_of(link, "u")) for link in missing]
        run.finish(at=START)

        assert missing == links[4:]
        assert {one.before for one in kept} == {None}
        assert [record.key for record in store.checks_of(cut)] == [key_of(link) for link in links]
        assert store.unfinished("all") is None


def test_an_inconclusive_run_takes_back_its_failures_and_nothing_else(store: Store) -> None:
    links = [link_of(number) for number in range(3)]
    live(store, "ou", links[:2])
    before = store.states()
    run = store.begin("all", at=START + 2 * DAY)
    for link, letter in zip(links, "ouu", strict=True):
        run.keep(check_of(link, letter, at=START + 2 * DAY))

    run.retract(at=START + 2 * DAY)

    after = store.states()
    assert after.keys() == before.keys()
    assert after[key_of(links[0])].condition is Condition.RECOVERED
    assert after[key_of(links[1])] == before[key_of(links[1])]
    assert [len(store.history(link.id)) for link in links] == [3, 2, 0]
    assert (last := store.last_run(outcome=None)) is not None
    assert last.outcome is Outcome.INCONCLUSIVE


def test_a_failure_that_two_runs_saw_remains_that_of_the_other_when_one_is_taken_back(path: Path) -> None:
    with open_store(path, now=START) as one, open_store(path, now=START) as other:
        live(one, "o")
        mine, theirs = one.begin("a", at=START), other.begin("b", at=START)
        mine.keep(check_of(link_of(), "u", at=START + DAY))
        theirs.keep(check_of(link_of(), "u", at=START + DAY))
        mine.retract(at=START)

        (state,) = one.states().values()

    assert (state.condition, state.failures) == (Condition.FRAGILE, 1)


def test_checks_that_share_a_commit_are_all_there_at_the_end(path: Path) -> None:
    with open_store(path, now=START) as store:
        run = store.begin("all", at=START, together=7)
        kept = [run.keep(check_of(link_of(number), "u")) for number in range(24)]
        waiting = run.pending

    with open_store(path, now=START) as store:
        assert len(store.states()) == 24
    assert 0 < waiting < 7
    assert {(one.before, one.after.failures if one.after else None) for one in kept} == {(None, 1)}


def test_no_credential_is_ever_written(path: Path) -> None:
    link = Link("s1", "url", "https://moi:secret@exemple.fr/a")
    check = redirected(link, "https://moi:secret@exemple.fr/b")
    told = check.judgement._replace(message="voir https://moi:secret@exemple.fr/b")

    with open_store(path, now=START) as store:
        run = store.begin("all", at=START)
        trace = Trace(title="voir https://moi:secret@exemple.fr/c")
        run.keep(check._replace(judgement=told, evidence=check.evidence._replace(trace=trace)))
        assert b"secret" not in bytes_of(path)
        (record,) = store.history("s1")

    assert b"secret" not in bytes_of(path)
    assert record.key.url == "https://***@exemple.fr/a"


def test_what_is_hostile_is_kept_or_bounded(store: Store) -> None:
    link = Link("s1", "url", "https://exemple.fr/\ud800\0'; DROP TABLE checks --")
    trace = Trace(etag="\udfff", length=2**70, title="\x1b[31m\0")

    check = check_of(link)
    store.begin("\ud800", at=START).keep(check._replace(evidence=check.evidence._replace(trace=trace)))

    (record,) = store.history("s1")
    assert record.trace == Trace(etag="\\udfff", length=2**63 - 1, title="\x1b[31m\0")
    assert store.states([link]).keys() == {key_of(link)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Link("line-12", "url", "https://a.fr/x"), Link("line-13", "url", "https://a.fr/x")),
        (Link("a", "url", "https://a.fr"), Link("a", "url", "HTTPS://A.fr:443/")),
        (Link("a", "url", "https://u:one@a.fr/"), Link("a", "url", "https://u:two@a.fr/")),
    ],
)
def test_a_link_is_known_again(one: Link, other: Link) -> None:
    assert key_of(one) == key_of(other)


def test_links_of_two_sources_roles_or_addresses_are_two() -> None:
    one = Link("a", "url", "https://a.fr/x")

    assert len({key_of(link) for link in (one, one._replace(id="b"), one._replace(rel="api"))}) == 3
    assert key_of(one) != key_of(one._replace(url="https://a.fr/y"))


@given(st.text(alphabet="htps:/.aZé09@?#%\t[] ", max_size=12).map(lambda rest: f"https://a.fr/{rest}") | st.text())
def test_the_short_way_to_a_key_leads_where_the_long_one_does(url: str) -> None:
    long = normal(masked(url)).encode(errors="backslashreplace").decode()

    assert key_of(Link("a", "url", url)).url == long


@given(histories())
def test_a_state_survives_its_row(history: list[Sighting]) -> None:
    state = None
    for sighting in history:
        state = state_after(state, sighting)

    assert loaded(dumped(state)) == state


@pytest.mark.parametrize("plain", ["", "[]", "{}", "null", "[" * 100_000, '["ok"]', '["x",1,2,3,4,5,6,7,8,9]', "\0"])
def test_a_row_that_makes_no_sense_is_no_state(plain: str) -> None:
    assert loaded(plain) is None


def test_rows_that_make_no_sense_are_passed_over(store: Store, path: Path) -> None:
    live(store, "ouo")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE checks SET verdict = 'dead' WHERE id = 2")
        connection.execute("UPDATE checks SET at = 9223372036854775807 WHERE id = 3")
        connection.execute("UPDATE links SET state = '[]'")

    assert len(store.history("s1")) == 1
    assert store.states() == {}
    assert live(store, "u", start=START + 9 * DAY)[0].before is None


def test_dates_are_kept_whole_whatever_their_zone(store: Store) -> None:
    at = datetime.fromisoformat("2026-11-03T07:00:00.123456+01:00")

    store.begin("all", at=at).keep(check_of(link_of(), at=at))

    (record,) = store.history("s1")
    assert record.at == datetime(2026, 11, 3, 6, 0, 0, 123456, tzinfo=UTC)
    (state,) = store.states().values()
    assert state.at == record.at


def test_pruning_leaves_what_tells_and_gives_the_room_back(path: Path) -> None:
    hour = timedelta(hours=6)
    with open_store(path, now=START) as store:
        live(store, "o" * 1200 + "u" + "o" * 800, every=hour)
        states, size = store.states(), len(bytes_of(path))
        now = START + 2001 * hour

        gone = store.prune(now)

        left = store.history("s1")
        assert gone == 2001 - len(left)
        assert store.prune(now) == 0
        assert store.states() == states
        assert [record.verdict for record in left if record.at < now - 90 * DAY].count(Verdict.UNAVAILABLE) == 1
        assert all(record in left for record in store.history("s1", since=now - 90 * DAY))
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert path.stat().st_size < size / 2


@pytest.mark.parametrize("statement", [_LATEST, _RECENT, _HISTORY, _BASELINE, FIND_LINK])
def test_what_every_command_reads_is_found_by_an_index(store: Store, path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", ("",) * 3).fetchall()

    assert all("SCAN" not in step[3] for step in plan)


def test_pruning_ends_where_no_room_can_be_given_back(path: Path) -> None:
    with open_store(path, now=START) as store:
        live(store, "o" * 400)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA auto_vacuum = NONE")
        connection.execute("VACUUM")

    with open_store(path, now=START) as store:
        assert store.prune(START + 1000 * DAY) > 300


def test_a_closed_store_is_a_bug_of_whoever_uses_it(path: Path) -> None:
    with open_store(path, now=START) as store:
        pass

    with pytest.raises(sqlite3.ProgrammingError):
        store.states()


def read(store: Store, word: str, *, verified_on: date | None, start: datetime = START) -> list[Drift | None]:
    """A run a day that finds the page of the digest of that letter; what each says of it. A capital is of a page that
    says that nothing is there."""
    said = []
    for number, letter in enumerate(word):
        at = start + number * DAY
        check = check_of(link_of()._replace(verified_on=verified_on), at=at)
        if letter.isupper():
            check = check._replace(judgement=Judgement(Verdict.SUSPECT, "soft-404", "rien n'est là"))
        trace = None if letter == "-" else Trace(digest=letter)
        run = store.begin("all", at=at)
        said.append(run.keep(check._replace(evidence=check.evidence._replace(trace=trace))).drift)
        run.finish(at=at)
    return said


def test_a_page_is_compared_with_what_it_was_on_the_day_it_was_verified(store: Store) -> None:
    read(store, "abc", verified_on=None)

    said = read(store, "cb", verified_on=date(2026, 11, 4), start=START + 3 * DAY)

    assert said == [Drift(date(2026, 11, 4), True), Drift(date(2026, 11, 4), False)]


def test_a_page_verified_before_it_was_ever_read_is_compared_with_the_first_read(store: Store) -> None:
    assert read(store, "-aab", verified_on=date(2026, 1, 1))[1:] == [
        Drift(date(2026, 1, 1), False),
        Drift(date(2026, 1, 1), False),
        Drift(date(2026, 1, 1), True, is_new=True),
    ]


def test_a_page_that_says_that_nothing_is_there_is_not_what_was_verified(store: Store) -> None:
    day = date(2026, 11, 4)

    assert read(store, "XXab", verified_on=day) == [
        None,
        None,
        Drift(day, False),
        Drift(day, True, is_new=True),
    ]
    assert read(store, "Yb", verified_on=date(2026, 12, 24), start=START + 50 * DAY) == [
        None,
        Drift(date(2026, 12, 24), False),
    ]


def test_what_was_verified_outlives_pruning_and_is_forgotten_when_verified_again(store: Store) -> None:
    verified_on = START.date()
    link = link_of()._replace(verified_on=verified_on)
    read(store, "a" + "b" * 200, verified_on=verified_on)

    assert store.prune(START + 400 * DAY) > 100
    assert store.drift(link) == Drift(verified_on, True)
    assert store.drift(link._replace(verified_on=verified_on + DAY)) is None
    assert read(store, "b", verified_on=verified_on + 300 * DAY, start=START + 300 * DAY)[0] == Drift(
        verified_on + 300 * DAY, False
    )


def test_the_last_read_is_of_a_page_that_has_been_well_ever_since(store: Store) -> None:
    assert store.last_read(link_of()) is None
    live(store, "uo")
    assert (found := store.last_read(link_of())) is not None
    assert found.at == START + DAY
    live(store, "u", start=START + 2 * DAY)
    assert store.last_read(link_of()) is None


@pytest.mark.parametrize("day", range(12))
def test_changes_since_a_day_are_those_of_the_whole_that_came_since(store: Store, day: int) -> None:
    live(store, "o-uu-uo", [link_of(1)], every=2 * DAY)
    live(store, "ou", [link_of(2)], start=START + DAY, every=9 * DAY)
    since = START + day * DAY
    whole = store.changes(START - DAY)

    assert store.changes(since) == tuple(change for change in whole if change.at >= since)
    assert [(change.key.source, change.verdict) for change in whole] == [
        ("s1", Verdict.UNAVAILABLE),
        ("s1", Verdict.UNAVAILABLE),
        ("s1", Verdict.OK),
        ("s2", Verdict.UNAVAILABLE),
    ]
