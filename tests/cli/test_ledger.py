"""What a run has told is kept small, and comes out as it went in."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagsources.cli.ledger import Ledger
from diagsources.model import Link, Verdict
from diagsources.reports.checks import by_gravity
from diagsources.verdict import Answer, Check, Evidence, Fault, Judgement, Step, judge
from diagsources.verdict.told import Told

AT = datetime(2026, 11, 27, 6, tzinfo=UTC)

words = st.text(max_size=8)
answers = st.builds(Answer, words, st.sampled_from([200, 301, 404]), st.none() | words)
evidence = st.builds(
    Evidence,
    url=words,
    answers=st.lists(answers, max_size=3).map(tuple),
    fault=st.none() | st.sampled_from(Fault),
    elapsed_ms=st.integers(0, 10**6),
    certificate_days=st.none() | st.floats(-30, 400),
    cut_short=st.booleans(),
    steps=st.just(()) | st.just((Step("ask", "https://a.fr/", "200"),)),
)
judgements = st.builds(
    Judgement, st.sampled_from(Verdict), words, words, st.none() | words, st.lists(words, max_size=2).map(tuple)
)


@st.composite
def told(draw: st.DrawFn) -> Told:
    """A check as it may be told."""
    seen = draw(evidence)
    link = draw(st.builds(Link, id=words, rel=words, url=st.just(seen.url), file=words, line=st.integers(0, 10**7)))
    at = AT + timedelta(microseconds=draw(st.integers(0, 10**12)))
    return Told(Check(link, seen, draw(judgements), at), draw(st.booleans()))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws them slowly
@given(st.lists(told()))
def test_what_is_kept_comes_out_as_it_went_in_and_the_gravest_first(many: list[Told]) -> None:
    ledger = Ledger()

    for one in many:
        ledger.append(one)

    assert list(ledger) == many
    assert list(ledger.gravest_first()) == sorted(many, key=by_gravity)
    assert len(ledger.gravest_first()) == len(ledger) == len(many)
    assert all(one in ledger and one in ledger.gravest_first() for one in many)


def test_a_fault_is_still_one_of_its_kind() -> None:
    ledger = Ledger()
    seen = Evidence("https://a.fr/", fault=Fault.TIMEOUT)

    ledger.append(Told(Check(Link("a", "url", seen.url), seen, judge(seen), AT), counts=True))

    (one,) = ledger
    assert one.check.evidence.fault is Fault.TIMEOUT
    assert one.counts is True
