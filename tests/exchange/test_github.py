"""The one issue: what becomes of it, and what GitHub may do without any harm."""

import time
from collections.abc import Callable, Iterator

import pytest

from diagsources.errors import ServiceUnusable, WrongUsage
from diagsources.exchange.github import LABEL, LARGEST_BODY, Done, Issue, Outcome, keep_issue
from diagsources.reports.digest import ticket
from tests.support.github import REPOSITORY, TOKEN, GitHub, cut, garbled, local_github, lost, refusing
from tests.support.nasty import large_run
from tests.support.web import unused_port

DEAD = Issue("2 liens morts dans le catalogue", "| eau | air |", is_open=True)
OTHER = Issue("1 lien mort dans le catalogue", "| eau |", is_open=True)
WELL = Issue("Aucun lien mort", "Tous répondent.", is_open=False)


@pytest.fixture
def github() -> Iterator[GitHub]:
    with local_github() as github:
        yield github


@pytest.fixture
def slept() -> list[float]:
    return []


Keep = Callable[..., Done]


@pytest.fixture
def keep(github: GitHub, slept: list[float]) -> Keep:
    def kept(issue: Issue, *, repository: str = REPOSITORY, token: str = TOKEN) -> Done:
        return keep_issue(repository, issue, token=token, api=github.base, sleep=slept.append)

    return kept


def test_an_issue_is_opened_once_updated_closed_and_reopened(github: GitHub, keep: Keep) -> None:
    story = [keep(issue).outcome for issue in (WELL, DEAD, DEAD, OTHER, OTHER, WELL, WELL, DEAD)]

    assert story == [
        Outcome.NONE,
        Outcome.OPENED,
        Outcome.UNCHANGED,
        Outcome.UPDATED,
        Outcome.UNCHANGED,
        Outcome.CLOSED,
        Outcome.UNCHANGED,
        Outcome.REOPENED,
    ]
    (issue,) = github.issues.values()
    assert (issue["state"], issue["title"]) == ("open", DEAD.title)
    assert github.writes == ["POST", "PATCH", "PATCH", "PATCH"]


def test_an_issue_that_is_closed_says_that_it_is_done(github: GitHub, keep: Keep) -> None:
    keep(DEAD)
    keep(WELL)

    assert (github.issues[1]["state"], github.issues[1]["state_reason"]) == ("closed", "completed")
    assert "Tous répondent." in github.issues[1]["body"]


def test_what_somebody_has_closed_stays_closed_until_something_changes(github: GitHub, keep: Keep) -> None:
    keep(DEAD)
    github.issues[1]["state"] = "closed"

    assert keep(DEAD) == Done(Outcome.UNCHANGED, 1)
    assert keep(OTHER) == Done(Outcome.REOPENED, 1)


def test_a_footer_that_changes_from_run_to_run_changes_nothing(github: GitHub, keep: Keep) -> None:
    keep(DEAD._replace(footer="passage 1"))

    assert keep(DEAD._replace(footer="passage 2")).outcome is Outcome.UNCHANGED
    assert "passage 1" in github.issues[1]["body"]


def test_the_issue_is_found_beyond_the_first_page_and_among_pull_requests(github: GitHub, keep: Keep) -> None:
    for number in range(250):
        github.open(labels=[{"name": LABEL}], **({"pull_request": {"url": "x"}} if number % 2 else {}))
    keep(DEAD)

    assert keep(OTHER) == Done(Outcome.UPDATED, 251)
    assert len(github.ours) == 1


def test_a_pull_request_that_copies_the_marker_is_not_the_issue(github: GitHub, keep: Keep) -> None:
    keep(DEAD)
    github.issues[1] |= {"pull_request": {"url": "x"}}

    assert keep(DEAD) == Done(Outcome.OPENED, 2)


def test_a_stranger_who_copies_the_marker_is_not_answered(github: GitHub, keep: Keep) -> None:
    keep(DEAD)
    copied = github.issues[1]["body"]
    github.issues.clear()
    github.open(body=copied, title="à moi")

    assert keep(OTHER) == Done(Outcome.OPENED, 2)
    assert github.issues[1]["title"] == "à moi"


def test_an_issue_that_has_lost_its_label_is_found_by_who_wrote_it(github: GitHub, keep: Keep) -> None:
    keep(DEAD)
    github.issues[1]["labels"] = []

    assert keep(OTHER) == Done(Outcome.UPDATED, 1)


def test_of_two_issues_the_open_one_is_kept(github: GitHub, keep: Keep) -> None:
    keep(DEAD)
    github.open(body=github.issues[1]["body"], labels=[{"name": LABEL}])
    github.issues[1]["state"] = "closed"

    assert keep(OTHER) == Done(Outcome.UPDATED, 2)


def test_of_two_that_runs_opened_at_once_the_second_is_closed(github: GitHub, keep: Keep) -> None:
    keep(DEAD)
    double = github.open(**{**github.issues[1], "number": 2})

    assert keep(DEAD) == Done(Outcome.UNCHANGED, 1)
    assert (double["state"], double["state_reason"]) == ("closed", "not_planned")
    assert keep(DEAD) == Done(Outcome.UNCHANGED, 1)
    assert github.writes == ["POST", "PATCH"]


def test_a_copy_that_somebody_else_keeps_is_left_alone(github: GitHub, keep: Keep) -> None:
    keep(DEAD)
    copy = github.open(body=github.issues[1]["body"], labels=[{"name": LABEL}])

    keep(OTHER)

    assert (copy["state"], copy["title"]) == ("open", "")


def test_the_nastiest_links_are_taken_as_they_are(github: GitHub, keep: Keep) -> None:
    wanted = ticket(large_run(500).records, room=60_000)

    assert keep(Issue(wanted.title, wanted.body, wanted.is_open)).outcome is Outcome.OPENED
    assert wanted.body in github.issues[1]["body"]


def test_a_body_that_is_too_long_is_cut_and_a_title_too(github: GitHub, keep: Keep) -> None:
    done = keep(Issue("t" * 300, "x" * 100_000, is_open=True, footer="fin"))

    assert done.outcome is Outcome.OPENED
    assert len(github.issues[1]["body"]) == LARGEST_BODY
    assert github.issues[1]["body"].endswith("\nfin\n")


@pytest.mark.parametrize("fault", [cut, garbled, refusing(502, "Bad gateway"), refusing(500, "")])
def test_a_passing_fault_is_tried_again(fault: Callable[..., bool], github: GitHub, keep: Keep) -> None:
    github.faults = [fault]

    assert keep(DEAD).outcome is Outcome.OPENED


def test_an_issue_whose_answer_was_lost_is_not_opened_twice(github: GitHub, keep: Keep) -> None:
    github.faults = [lambda _: False, lambda _: False, lost]

    assert keep(DEAD) == Done(Outcome.UNCHANGED, 1)
    assert len(github.issues) == 1


def test_a_secondary_limit_is_waited_for(github: GitHub, keep: Keep, slept: list[float]) -> None:
    github.faults = [refusing(403, "You have exceeded a secondary rate limit", Retry_After="7")]

    assert keep(DEAD).outcome is Outcome.OPENED
    assert slept == [7.0]


def test_a_secondary_limit_that_names_no_time_is_waited_for_a_minute(
    github: GitHub, keep: Keep, slept: list[float]
) -> None:
    github.faults = [refusing(429, "You have exceeded a secondary rate limit")]

    assert keep(DEAD).outcome is Outcome.OPENED
    assert slept == [60.0]


def test_a_limit_that_is_an_hour_away_is_not_waited_for(github: GitHub, keep: Keep, slept: list[float]) -> None:
    reset = str(int(time.time()) + 3_000)
    github.always = refusing(403, "API rate limit exceeded", X_RateLimit_Remaining="0", X_RateLimit_Reset=reset)

    with pytest.raises(ServiceUnusable, match=r"limite les demandes \(403\)"):
        keep(DEAD)

    assert slept == []
    assert len(github.asked) == 1


def test_a_server_in_error_is_not_asked_for_ever(github: GitHub, keep: Keep) -> None:
    github.always = refusing(503, "Unavailable")

    with pytest.raises(ServiceUnusable, match="en erreur"):
        keep(DEAD)

    assert len(github.asked) == 3


def test_a_github_that_is_not_there_is_a_fault_that_is_said() -> None:
    with pytest.raises(ServiceUnusable, match="injoignable"):
        keep_issue(REPOSITORY, DEAD, token=TOKEN, api=f"http://127.0.0.1:{unused_port()}", sleep=lambda _: None)


def test_a_wrong_token_is_refused_and_never_told(keep: Keep) -> None:
    with pytest.raises(ServiceUnusable, match="refuse le jeton") as refused:
        keep(DEAD, token="un-autre-jeton")  # noqa: S106 - of nobody

    assert "un-autre-jeton" not in str(refused.value)


def test_what_github_says_of_the_token_is_masked(github: GitHub, keep: Keep) -> None:
    github.always = refusing(401, f"Bad credentials: {TOKEN}\x1b[31m")

    with pytest.raises(ServiceUnusable) as refused:
        keep(DEAD)

    assert TOKEN not in refused.value.message
    assert "\x1b" not in refused.value.message


def test_a_token_that_may_only_read_is_told_what_it_lacks(github: GitHub, keep: Keep) -> None:
    github.may_write = False

    with pytest.raises(ServiceUnusable, match="issues: write"):
        keep(DEAD)


def test_a_repository_without_issues_says_so(github: GitHub, keep: Keep) -> None:
    github.has_issues = False

    with pytest.raises(ServiceUnusable, match="désactivés"):
        keep(DEAD)


def test_a_repository_that_is_not_there_says_so(keep: Keep) -> None:
    with pytest.raises(ServiceUnusable, match="n'existe pas"):
        keep(DEAD, repository="territoires/absent")


@pytest.mark.parametrize("repository", ["", "seul", "a/b/c", "../x", "a/..", "a/b?c", "https://github.com/a/b", "a /b"])
def test_what_is_no_repository_is_refused_before_anything_is_asked(repository: str, github: GitHub, keep: Keep) -> None:
    with pytest.raises(WrongUsage, match="n'est pas un dépôt"):
        keep(DEAD, repository=repository)

    assert github.asked == []


def test_without_a_token_nothing_is_asked(github: GitHub, keep: Keep) -> None:
    with pytest.raises(WrongUsage, match="jeton"):
        keep(DEAD, token="")

    assert github.asked == []


@pytest.mark.parametrize("api", ["http://exemple.fr", "ftp://127.0.0.1", "file:///etc", "http://127.0.0.1.exemple.fr"])
def test_a_token_is_sent_in_the_clear_to_this_machine_alone(api: str) -> None:
    with pytest.raises(WrongUsage, match="https"):
        keep_issue(REPOSITORY, DEAD, token=TOKEN, api=api, sleep=lambda _: None)


def test_a_repository_that_was_renamed_is_followed(github: GitHub, keep: Keep) -> None:
    def renamed(target: str) -> Callable[..., bool]:
        return refusing(301, "Moved Permanently", Location=target)

    github.faults = [renamed(f"{github.base}/repos/{REPOSITORY}/issues?state=all&labels={LABEL}")]

    assert keep(DEAD).outcome is Outcome.OPENED


def test_the_token_does_not_follow_to_another_server(github: GitHub, keep: Keep) -> None:
    with local_github() as elsewhere:
        github.always = refusing(301, "", Location=f"{elsewhere.base}/repos/{REPOSITORY}/issues")

        with pytest.raises(ServiceUnusable):
            keep(DEAD)

        assert elsewhere.asked == []


def test_a_list_that_does_not_end_is_left(github: GitHub, keep: Keep) -> None:
    for _ in range(1_200):
        github.open()

    keep(DEAD)

    assert len([path for method, path in github.asked if method == "GET"]) == 11


@pytest.mark.parametrize(
    "answer", [{}, [], {"number": "x"}, [{"number": 1}], "texte", [[]], [{"number": 1, "body": 3}]]
)
def test_an_answer_that_makes_no_sense_is_no_crash(answer: object, github: GitHub, keep: Keep) -> None:
    def senseless(handler: object) -> bool:
        handler.answer(200, answer)  # type: ignore[attr-defined]  # the handler of the fake
        return True

    github.always = senseless

    with pytest.raises(ServiceUnusable):
        keep(DEAD)
