"""What an answer means: the table, chains of redirects, and faults."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.model import FAILING, Verdict
from diagsources.verdict import (
    REASONS,
    Answer,
    Evidence,
    Fault,
    judge,
    may_heal,
    permanent_prefix,
    reason_of_status,
)

URL = "https://a.fr/page"

URLS = st.sampled_from(
    (URL, "http://b.fr/", "https://moi:secret@c.fr/", "http://moi:secret@[cassé", "", "mailto:a@b.fr", "///")
)
EVIDENCES = st.builds(
    Evidence,
    url=URLS,
    answers=st.lists(
        st.builds(Answer, url=URLS, status_code=st.integers(-1, 1000), target=st.none() | URLS), max_size=4
    ).map(tuple),
    fault=st.none() | st.sampled_from(Fault),
    fault_url=URLS,
    elapsed_ms=st.integers(0, 10**9),
    page=st.none(),
    control=st.none(),
    home=st.none(),
    certificate_days=st.none() | st.floats(-(10**4), 10**4),
)


def chain(*steps: tuple[int, str]) -> Evidence:
    """The answers of a way that begins at URL: each status code, and where it led ("": it did not)."""
    here, answers = URL, []
    for status_code, target in steps:
        answers.append(Answer(here, status_code, target or None))
        here = target or here
    return Evidence(URL, tuple(answers))


@given(EVIDENCES)
def test_whatever_comes_back_is_judged(evidence: Evidence) -> None:
    judgement = judge(evidence)

    assert judgement.reason in REASONS
    assert judgement.verdict is REASONS[judgement.reason].verdict
    assert judgement.message
    assert not set(judgement.message) & set("{}")


@given(EVIDENCES)
def test_no_message_tells_a_password(evidence: Evidence) -> None:
    assert "secret" not in judge(evidence).message


@given(EVIDENCES)
def test_only_what_moved_has_a_suggestion(evidence: Evidence) -> None:
    judgement = judge(evidence)

    assert (judgement.suggestion is not None) == (judgement.verdict is Verdict.MOVED)


@given(EVIDENCES)
def test_evidence_and_judgement_can_be_hashed_and_pickled(evidence: Evidence) -> None:
    both = (evidence, judge(evidence))

    again = pickle.loads(pickle.dumps(both))  # noqa: S301 - our own bytes

    assert again == both
    assert hash(again) == hash(both)


@pytest.mark.parametrize(
    ("status_code", "verdict", "reason"),
    [
        (100, Verdict.BROKEN, "http-100"),
        (199, Verdict.BROKEN, "http-199"),
        (200, Verdict.OK, "http-200"),
        (203, Verdict.OK, "http-203"),
        (206, Verdict.OK, "http-206"),
        (299, Verdict.OK, "http-299"),
        (300, Verdict.OK, "http-300"),
        (301, Verdict.BROKEN, "redirect-nowhere"),
        (302, Verdict.BROKEN, "redirect-nowhere"),
        (304, Verdict.OK, "http-304"),
        (307, Verdict.BROKEN, "redirect-nowhere"),
        (308, Verdict.BROKEN, "redirect-nowhere"),
        (400, Verdict.BROKEN, "http-400"),
        (401, Verdict.RESTRICTED, "auth-required"),
        (402, Verdict.RESTRICTED, "payment-required"),
        (403, Verdict.RESTRICTED, "http-403"),
        (404, Verdict.BROKEN, "http-404"),
        (405, Verdict.BROKEN, "http-405"),
        (407, Verdict.RESTRICTED, "auth-required"),
        (408, Verdict.UNAVAILABLE, "http-408"),
        (410, Verdict.BROKEN, "http-410"),
        (418, Verdict.BROKEN, "http-418"),
        (425, Verdict.UNAVAILABLE, "http-425"),
        (429, Verdict.RESTRICTED, "rate-limited"),
        (451, Verdict.RESTRICTED, "legal"),
        (499, Verdict.BROKEN, "http-499"),
        (500, Verdict.UNAVAILABLE, "http-500"),
        (501, Verdict.UNAVAILABLE, "http-501"),
        (503, Verdict.UNAVAILABLE, "http-503"),
        (520, Verdict.UNAVAILABLE, "http-520"),
        (599, Verdict.UNAVAILABLE, "http-599"),
        (600, Verdict.BROKEN, "status-unknown"),
        (999, Verdict.RESTRICTED, "wall-999"),
        (0, Verdict.BROKEN, "status-unknown"),
    ],
)
def test_a_status_code_has_its_verdict_and_reason(status_code: int, verdict: Verdict, reason: str) -> None:
    judgement = judge(chain((status_code, "")))

    assert (judgement.verdict, judgement.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("fault", "verdict"),
    [
        (Fault.INVALID_URL, Verdict.BROKEN),
        (Fault.UNSUPPORTED_SCHEME, Verdict.SKIPPED),
        (Fault.PRIVATE_ADDRESS, Verdict.SKIPPED),
        (Fault.DNS_NXDOMAIN, Verdict.BROKEN),
        (Fault.DNS_FAILURE, Verdict.UNAVAILABLE),
        (Fault.TCP_REFUSED, Verdict.UNAVAILABLE),
        (Fault.TCP_RESET, Verdict.UNAVAILABLE),
        (Fault.TCP_UNREACHABLE, Verdict.UNAVAILABLE),
        (Fault.CONNECT_TIMEOUT, Verdict.UNAVAILABLE),
        (Fault.TIMEOUT, Verdict.UNAVAILABLE),
        (Fault.TLS_EXPIRED, Verdict.INSECURE),
        (Fault.TLS_HOST, Verdict.INSECURE),
        (Fault.TLS_SELF_SIGNED, Verdict.INSECURE),
        (Fault.TLS_UNTRUSTED, Verdict.INSECURE),
        (Fault.TLS_PROTOCOL, Verdict.INSECURE),
        (Fault.CLOSED, Verdict.UNAVAILABLE),
        (Fault.NOT_HTTP, Verdict.BROKEN),
        (Fault.REDIRECT_LOOP, Verdict.BROKEN),
        (Fault.TOO_MANY_REDIRECTS, Verdict.BROKEN),
        (Fault.UNSAFE_REDIRECT, Verdict.BROKEN),
    ],
)
def test_a_fault_has_its_verdict(fault: Fault, verdict: Verdict) -> None:
    judgement = judge(Evidence(URL, fault=fault))

    assert (judgement.verdict, judgement.reason) == (verdict, fault.value)


def test_every_fault_has_a_reason() -> None:
    assert {fault.value for fault in Fault} <= set(REASONS)


def test_no_answer_at_all_is_no_http() -> None:
    assert judge(Evidence(URL)).reason == "not-http"


@pytest.mark.parametrize(
    ("evidence", "verdict", "reason", "suggestion"),
    [
        (chain((301, "https://b.fr/"), (200, "")), Verdict.MOVED, "http-301", "https://b.fr/"),
        (chain((308, "https://b.fr/"), (200, "")), Verdict.MOVED, "http-308", "https://b.fr/"),
        (
            chain((301, "https://b.fr/"), (308, "https://c.fr/"), (200, "")),
            Verdict.MOVED,
            "http-301",
            "https://c.fr/",
        ),
        (
            chain((301, "https://b.fr/"), (302, "https://c.fr/"), (200, "")),
            Verdict.MOVED,
            "http-301",
            "https://b.fr/",
        ),
        (chain((302, "https://b.fr/"), (200, "")), Verdict.OK, "http-200", None),
        (chain((303, "https://b.fr/"), (200, "")), Verdict.OK, "http-200", None),
        (chain((307, "https://b.fr/"), (200, "")), Verdict.OK, "http-200", None),
        (chain((302, "https://b.fr/"), (301, "https://c.fr/"), (200, "")), Verdict.OK, "http-200", None),
        (chain((301, "https://b.fr/"), (404, "")), Verdict.BROKEN, "http-404", None),
        (chain((301, "https://b.fr/"), (403, "")), Verdict.RESTRICTED, "http-403", None),
        (chain((301, "https://b.fr/"), (503, "")), Verdict.UNAVAILABLE, "http-503", None),
        (chain((301, "https://b.fr/"), (302, "")), Verdict.BROKEN, "redirect-nowhere", None),
    ],
)
def test_a_way_is_judged_by_its_end_and_moved_by_its_beginning(
    evidence: Evidence, verdict: Verdict, reason: str, suggestion: str | None
) -> None:
    judgement = judge(evidence)

    assert (judgement.verdict, judgement.reason, judgement.suggestion) == (verdict, reason, suggestion)


def test_a_fault_on_the_way_is_what_counts() -> None:
    way = chain((301, "https://b.fr/"))
    judgement = judge(Evidence(URL, way.answers, fault=Fault.DNS_NXDOMAIN, fault_url="https://b.fr/"))

    assert judgement.verdict is Verdict.BROKEN
    assert judgement.message == "le nom b.fr n'existe pas ou plus"
    assert judgement.suggestion is None


def test_where_a_redirect_went_wrong_is_said() -> None:
    judgement = judge(chain((302, "https://ailleurs.fr/"), (404, "")))

    assert judgement.message == "la page n'existe pas ou plus (404), après redirection vers ailleurs.fr"


def test_a_redirect_within_a_host_is_not_worth_saying() -> None:
    assert judge(chain((302, "https://a.fr/autre"), (404, ""))).message == "la page n'existe pas ou plus (404)"


def test_the_permanent_redirects_at_the_head_are_the_prefix() -> None:
    way = chain(
        (301, "https://b.fr/"), (308, "https://c.fr/"), (302, "https://d.fr/"), (301, "https://e.fr/"), (200, "")
    )

    assert [answer.target for answer in permanent_prefix(way.answers)] == ["https://b.fr/", "https://c.fr/"]


def test_a_permanent_redirect_that_leads_nowhere_ends_the_prefix() -> None:
    assert permanent_prefix(chain((301, "")).answers) == ()


@pytest.mark.parametrize(
    ("evidence", "heals"),
    [
        *((chain((status, "")), True) for status in (408, 425, 429, 500, 502, 503, 504, 520, 599)),
        *((chain((status, "")), False) for status in (200, 204, 301, 400, 401, 403, 404, 410, 451, 501, 505, 600, 999)),
        *(
            (Evidence(URL, fault=fault), True)
            for fault in (
                Fault.DNS_FAILURE,
                Fault.TCP_REFUSED,
                Fault.TCP_RESET,
                Fault.TIMEOUT,
                Fault.CONNECT_TIMEOUT,
                Fault.CLOSED,
            )
        ),
        *(
            (Evidence(URL, fault=fault), False)
            for fault in (
                Fault.INVALID_URL,
                Fault.UNSUPPORTED_SCHEME,
                Fault.PRIVATE_ADDRESS,
                Fault.DNS_NXDOMAIN,
                Fault.TLS_EXPIRED,
                Fault.TLS_HOST,
                Fault.TLS_SELF_SIGNED,
                Fault.TLS_UNTRUSTED,
                Fault.TLS_PROTOCOL,
                Fault.NOT_HTTP,
                Fault.REDIRECT_LOOP,
                Fault.TOO_MANY_REDIRECTS,
                Fault.UNSAFE_REDIRECT,
            )
        ),
        (Evidence(URL), False),
    ],
)
def test_only_what_time_can_mend_is_asked_again(evidence: Evidence, heals: bool) -> None:
    assert may_heal(evidence) is heals


def test_the_last_answer_gives_status_and_address() -> None:
    way = chain((301, "https://b.fr/"), (200, ""))

    assert (way.status_code, way.final_url) == (200, "https://b.fr/")


def test_a_fault_leaves_no_status_and_its_own_address() -> None:
    way = chain((301, "https://b.fr/"))
    evidence = Evidence(URL, way.answers, fault=Fault.TIMEOUT, fault_url="https://b.fr/")

    assert (evidence.status_code, evidence.final_url) == (None, "https://b.fr/")


@pytest.mark.parametrize(
    ("evidence", "reached"),
    [
        (chain((503, "")), True),
        (Evidence(URL, fault=Fault.TCP_REFUSED), True),
        (Evidence(URL, fault=Fault.TLS_EXPIRED), True),
        (Evidence(URL, fault=Fault.TIMEOUT), True),
        (Evidence(URL, chain((301, "https://b.fr/")).answers, fault=Fault.DNS_NXDOMAIN), True),
        (Evidence(URL, fault=Fault.DNS_NXDOMAIN), False),
        (Evidence(URL, fault=Fault.DNS_FAILURE), False),
        (Evidence(URL, fault=Fault.TCP_UNREACHABLE), False),
        (Evidence(URL, fault=Fault.CONNECT_TIMEOUT), False),
        (Evidence(URL, fault=Fault.INVALID_URL), None),
        (Evidence(URL, fault=Fault.UNSUPPORTED_SCHEME), None),
        (Evidence(URL, fault=Fault.PRIVATE_ADDRESS), None),
    ],
)
def test_a_host_that_answers_anything_was_reached(evidence: Evidence, reached: bool | None) -> None:
    assert evidence.reached is reached


def test_a_fragment_is_handed_on_by_redirects() -> None:
    carried = chain((301, "https://b.fr/"), (302, "https://c.fr/#autre"), (200, "")).carrying("haut")

    assert carried.url == f"{URL}#haut"
    assert [answer.target for answer in carried.answers] == ["https://b.fr/#haut", "https://c.fr/#autre", None]
    assert carried.final_url == "https://c.fr/#autre"
    assert judge(carried).suggestion == "https://b.fr/#haut"


def test_a_fragment_is_carried_to_where_a_fault_came() -> None:
    evidence = Evidence(URL, fault=Fault.TIMEOUT, fault_url="https://b.fr/").carrying("haut")

    assert evidence.fault_url == "https://b.fr/#haut"


def test_without_a_fragment_nothing_changes() -> None:
    evidence = chain((301, "https://b.fr/"), (200, ""))

    assert evidence.carrying("") == evidence


@given(EVIDENCES)
def test_a_fragment_changes_no_verdict(evidence: Evidence) -> None:
    assert judge(evidence.carrying("haut")).reason == judge(evidence).reason


def test_every_reason_is_a_sentence_that_can_be_said() -> None:
    for code, reason in REASONS.items():
        said = reason.sentence.format(host="a.fr", status=418, seen=" : « introuvable »")

        assert reason.code == code
        assert said
        assert not said.endswith(".")
        assert not set(said) & set("{}")
        assert reason.advice == "" or reason.advice.endswith(".")


def test_every_status_code_that_exists_has_a_reason() -> None:
    known = {reason_of_status(status_code) for status_code in range(100, 600)}

    assert known <= set(REASONS) - {"status-unknown"}


def test_what_fails_is_what_a_person_does_not_get() -> None:
    assert {Verdict.SUSPECT, Verdict.INSECURE, Verdict.UNAVAILABLE, Verdict.BROKEN} == FAILING


def test_a_permanent_redirect_that_comes_back_to_the_same_address_has_not_moved() -> None:
    url = "https://a.fr/"
    answers = (Answer(url, 301, url), Answer(url, 200))

    assert judge(Evidence(url, answers)).verdict is Verdict.OK


def test_an_address_that_cannot_be_taken_apart_is_judged() -> None:
    answers = (Answer(URL, 302, "http://[cassé"), Answer("http://[cassé", 200))

    assert judge(Evidence(URL, answers)).reason == "http-200"
