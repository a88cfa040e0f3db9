"""The whole aquarium asked over real sockets, by each engine: what is said of a case is what a person would say."""

import asyncio
from collections.abc import Iterator, Mapping
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
        found = {
            name: one
            for allow_private in (True, False)
            for name, one in asyncio.run(_asked(web, allow_private=allow_private, fast_first=fast_first)).items()
        }
    yield found


async def _asked(web: Web, *, allow_private: bool, fast_first: bool) -> dict[str, Check]:
    """The cases that are to be asked with or without *allow_private*."""
    policy = Policy(timeout_s=1.5, retries=2, interval_s=0, per_host=8, allow_private=allow_private)
    links = [
        Link(id=case.name, rel="url", url=case.url(web), expect=case.expect)
        for case in CASES
        if case.allow_private == allow_private
    ]
    engine = engine_of(policy, fast_first=fast_first)
    try:
        return {one.link.id: one async for one in check(links, policy, transport=engine, sleep=_at_once)}
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
