"""The whole aquarium asked over real sockets, by each engine: what is said of a case is what a person would say."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from diagsources.check import Policy, check, fast
from diagsources.check.run import engine_of
from diagsources.model import Link
from diagsources.verdict import Check
from tests.aquarium import CASES, Case
from tests.support.web import Web, local_web

Outcomes = Mapping[str, Check]
"""What came back, by the name of the case."""

needs_fast = pytest.mark.skipif(not fast.AVAILABLE, reason="pyreqwest has no wheel for this machine")
ENGINES = [pytest.param("by_fast", id="fast", marks=needs_fast), pytest.param("by_precise", id="precise")]


@pytest.fixture(scope="module")
def by_fast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    """All cases, asked fast first."""
    yield from _all_asked(tmp_path_factory.mktemp("fast"), fast_first=True)


@pytest.fixture(scope="module")
def by_precise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    """All cases, asked by the precise engine alone."""
    yield from _all_asked(tmp_path_factory.mktemp("precise"), fast_first=False)


def _all_asked(folder: Path, *, fast_first: bool) -> Iterator[Outcomes]:
    """Each on a web of its own, which counts the visits."""
    with local_web(folder) as web, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(web.authority))
        found = asyncio.run(_asked_in_batches(web, fast_first=fast_first))
    yield found


async def _asked_in_batches(web: Web, *, fast_first: bool) -> dict[str, Check]:
    """The cases by what they ask of the policy: those of a third of whose time much is done have more of it."""
    patient = [case for case in CASES if case.server.startswith("aia")]
    guarded = [case for case in CASES if not case.allow_private]
    others = [case for case in CASES if case not in patient and case not in guarded]
    # few at once: a loop that is late for everybody looks like servers that are
    policy = Policy(timeout_s=1.5, retries=2, interval_s=0, per_host=8, concurrency=48, allow_private=True)
    found = await asyncio.gather(
        _asked(web, patient, replace(policy, timeout_s=4), fast_first=fast_first),
        _asked(web, guarded, replace(policy, allow_private=False), fast_first=fast_first),
        _asked(web, others, policy, fast_first=fast_first),
    )
    return {one.link.id: one for batch in found for one in batch}


async def _asked(web: Web, cases: Iterable[Case], policy: Policy, *, fast_first: bool) -> list[Check]:
    """What comes of asking *cases* as *policy* says."""
    links = [Link(id=case.name, rel="url", url=case.url(web), expect=case.expect) for case in cases]
    engine = engine_of(policy, fast_first=fast_first)
    try:
        return [one async for one in check(links, policy, transport=engine, sleep=_at_once)]
    finally:
        await engine.aclose()


async def _at_once(_: float) -> None:
    await asyncio.sleep(0)


def _unlike(case: Case, one: Check) -> str:
    """What a person would object to in *one*, with what they see; "" for nothing."""
    said = one.judgement
    suggestion = said.suggestion or ""
    if (
        case.accepts(said.verdict.value, said.reason)
        and set(case.warnings) <= set(said.warnings)
        and suggestion.endswith(case.suggestion)
    ):
        return ""
    wanted = f"{'/'.join(case.verdicts)} ({'/'.join(case.reasons)}) {case.warnings} {case.suggestion}"
    way = " → ".join(f"{answer.status_code} {answer.url}" for answer in one.evidence.answers)
    return (
        f"\na person sees: {case.person}\nwanted: {wanted}"
        f"\ngot:    {said.verdict} ({said.reason}) {said.warnings} {suggestion}"
        f"\nsaying: {said.message}\nafter:  {way} {one.evidence.fault or ''}"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_case_is_judged_as_a_person_would(engine: str, case: Case, request: pytest.FixtureRequest) -> None:
    outcomes: Outcomes = request.getfixturevalue(engine)

    assert case.name in outcomes, "it never came back"
    objection = _unlike(case, outcomes[case.name])
    assert not objection, objection


@needs_fast
def test_every_case_comes_back_under_the_same_verdict_from_both_engines(
    by_fast: Outcomes, by_precise: Outcomes
) -> None:
    differing = {
        case.name: (by_fast[case.name].judgement.verdict.value, by_precise[case.name].judgement.verdict.value)
        for case in CASES
        if by_fast[case.name].judgement.verdict is not by_precise[case.name].judgement.verdict
    }

    assert differing == {}
