"""What holds of every judgement, whatever the evidence; and that worse evidence is never judged better."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from diagsources.check.page import read_page
from diagsources.model import Expectation, Verdict
from diagsources.verdict import (
    REASONS,
    WARNINGS,
    Answer,
    Control,
    Evidence,
    Fault,
    Judgement,
    Page,
    judge,
    permanent_prefix,
    rule,
)
from diagsources.verdict.marks import MARKS, TEMPLATE_MARKS
from diagsources.verdict.page import similar

unhurried = settings(suppress_health_check=[HealthCheck.too_slow])
"""Making pages takes long where the machine is busy."""

RANK = {
    **dict.fromkeys((Verdict.OK, Verdict.MOVED), 0),
    **dict.fromkeys((Verdict.RESTRICTED, Verdict.SKIPPED), 1),
    Verdict.SUSPECT: 2,
    Verdict.INSECURE: 3,
    Verdict.UNAVAILABLE: 4,
    Verdict.BROKEN: 5,
}
"""From what a person gets to what nobody does."""

DEEP = "https://a.fr/donnees/communes/fiche-31001"
ASKED = st.sampled_from(
    (
        *(DEEP, "https://a.fr/", "http://b.fr/accueil", "https://a.fr/donnees/communes.csv", "https://a.fr/page#ancre"),
        *("https://a.fr/login?next=/fiche", "https://hugedomains.com/a.fr", "https://a.fr/p#:~:text=commune"),
        *("", "mailto:a@b.fr", "///", "https://a.fr/{host}", "https://é.fr/%ff#%ff"),
    )
)
"""What can have answered; of what cannot, there is a fault at most."""
URLS = ASKED | st.just("http://moi:secret@[cassé")
SENTENCES = (
    *("Page non trouvée", "404", "Erreur 404", "La page demandée n'existe pas.", "Ce nom de domaine est à vendre."),
    *("Site en maintenance", "Welcome to nginx!", "Internal Server Error", "Just a moment...", "Accès refusé"),
    *("Vérifiez que vous êtes humain", "Connexion", "Ce service a fermé", "{host} {seen} {status}", "Accueil"),
    *(
        "Population de la commune",
        "Les données du recensement. Elles sont à jour. On les télécharge.",
        "",
        "\0\x1b[31m",
    ),
    *("Une phrase de plus, qui ne dit rien. " * 20, "é" * 3_000),
)
WORDS = st.sampled_from(SENTENCES) | st.text(max_size=40)
PAGES = st.builds(
    Page,
    media_type=st.sampled_from(("text/html", "text/plain", "application/json", "application/pdf", "")),
    size=st.integers(0, 5_000),
    whole=st.booleans(),
    html=st.booleans(),
    kind=st.sampled_from(("html", "text", "json", "pdf", "xml", "binary", "")),
    title=WORDS,
    headings=st.lists(WORDS, max_size=3).map(tuple),
    text=st.lists(WORDS, max_size=4).map(" ".join),
    content=st.just("") | st.lists(WORDS, max_size=2).map(" ".join),
    links=st.integers(0, 3_000),
    root=st.sampled_from(("", "ServiceExceptionReport", "feed")),
    marks=st.frozensets(st.sampled_from(sorted({*MARKS, *TEMPLATE_MARKS.values()})), max_size=2),
    anchors=st.frozensets(st.sampled_from(("ancre", "autre")), max_size=2),
    canonical=st.sampled_from(("", "/", "https://a.fr/", "#", "http://[cassé")),
    refresh=st.none() | st.tuples(st.floats(0, 100), URLS),
    password=st.booleans(),
    embeds=st.booleans(),
    scripts=st.booleans(),
    app=st.booleans(),
    code=WORDS,
    json_keys=st.frozensets(st.sampled_from(("nom", "results.nom")), max_size=2),
    encoding_error=st.booleans(),
)
MARKUP = st.lists(
    st.sampled_from(("<title>", "</title>", "<h1>", "</h1>", "<p>", "<input type=password>", "<script>", "</script>"))
    | WORDS,
    max_size=8,
).map("".join)
READ_PAGES = st.builds(
    lambda markup, declared: read_page(markup.encode("utf-8", "replace"), declared),
    MARKUP,
    st.sampled_from(("text/html; charset=utf-8", "text/plain", "application/json", "")),
)
ANY_PAGE = PAGES | READ_PAGES
STATUSES = st.sampled_from((200, 204, 206, 301, 302, 308, 401, 403, 404, 410, 429, 451, 500, 503, 999)) | st.integers(
    -1, 1000
)
FIELDS = st.lists(
    st.tuples(
        st.sampled_from(("server", "cf-mitigated", "set-cookie", "retry-after", "x-iinfo")),
        st.sampled_from(("cloudflare", "datadome=1", "", "120", "{host}")),
    ),
    max_size=2,
).map(tuple)
ANSWERS = st.builds(Answer, url=ASKED, status_code=STATUSES, target=st.none() | URLS, fields=FIELDS)
CONTROLS = st.none() | st.builds(
    Control, url=URLS, status_code=st.none() | st.sampled_from((200, 404, 500)), page=st.none() | ANY_PAGE
)
EVIDENCES = st.builds(
    Evidence,
    url=URLS,
    answers=st.lists(ANSWERS, max_size=3).map(tuple),
    fault=st.none() | st.sampled_from(Fault),
    fault_url=URLS,
    attempts=st.integers(1, 3),
    page=st.none() | ANY_PAGE,
    control=CONTROLS,
    home=CONTROLS,
    certificate_days=st.none() | st.floats(-100, 100),
    chain_completed=st.booleans(),
    cut_short=st.booleans(),
    put_off=st.booleans(),
).map(lambda evidence: evidence if evidence.fault else evidence._replace(fault_url=""))
EXPECTATIONS = st.none() | st.builds(
    Expectation,
    text=st.none() | WORDS,
    title=st.none() | WORDS,
    type=st.none() | st.sampled_from(("text/html", "text/*", "application/json", "rien")),
    json=st.none() | st.sampled_from(("nom", "results.nom")),
)


def rank(evidence: Evidence, expectation: Expectation | None = None) -> int:
    """How far from what a person wants."""
    return RANK[judge(evidence, expectation).verdict]


def answered(page: Page | None, *, url: str = DEEP, status_code: int = 200) -> Evidence:
    """One answer, and its page."""
    return Evidence(url, (Answer(url, status_code),), page=page)


def ending(evidence: Evidence, status_code: int) -> Evidence:
    """*evidence* with another status code of its last answer, which has no field to be read."""
    *before, last = evidence.answers
    return evidence._replace(answers=(*before, last._replace(status_code=status_code, target=None, fields=())))


# --- whatever the evidence -----------------------------------------------------------------------


@unhurried
@given(EVIDENCES, EXPECTATIONS)
def test_a_judgement_has_a_verdict_a_reason_of_it_and_a_sentence(
    evidence: Evidence, expectation: Expectation | None
) -> None:
    judgement = judge(evidence, expectation)

    assert isinstance(judgement.verdict, Verdict)
    assert judgement.verdict is REASONS[judgement.reason].verdict
    assert judgement.message.strip()
    assert set(judgement.warnings) <= set(WARNINGS)


@unhurried
@given(EVIDENCES, EXPECTATIONS)
def test_a_warning_is_for_those_who_get_something_and_a_suggestion_for_what_has_moved(
    evidence: Evidence, expectation: Expectation | None
) -> None:
    judgement = judge(evidence, expectation)

    assert not judgement.warnings or RANK[judgement.verdict] == 0
    assert (judgement.suggestion is not None) == (judgement.verdict is Verdict.MOVED)


@unhurried
@given(EVIDENCES, EXPECTATIONS)
def test_what_has_moved_has_moved_to_the_end_of_its_permanent_redirects(
    evidence: Evidence, expectation: Expectation | None
) -> None:
    judgement = judge(evidence, expectation)

    if judgement.verdict is Verdict.MOVED:
        assert judgement.suggestion == permanent_prefix(evidence.answers)[-1].target
        assert judgement.suggestion != evidence.url


@unhurried
@given(ANY_PAGE, URLS)
def test_a_page_can_put_no_braces_into_a_sentence_but_what_it_quotes(page: Page, url: str) -> None:
    message = judge(answered(page, url=url)).message

    assert "{seen}" not in message or "{seen}" in f"{page.title}{page.headings}{page.text}{page.content}"
    assert "{status}" not in message or "{status}" in f"{page.title}{page.headings}{page.text}{page.content}"


@unhurried
@given(EVIDENCES, EXPECTATIONS)
def test_judging_twice_is_judging_once(evidence: Evidence, expectation: Expectation | None) -> None:
    assert judge(evidence, expectation) == judge(evidence, expectation) == rule(evidence, expectation).judgement


@unhurried
@given(st.binary(max_size=400), st.sampled_from(("text/html", "text/csv", "application/json", "")), EXPECTATIONS)
def test_the_page_that_any_bytes_make_is_judged(body: bytes, declared: str, expectation: Expectation | None) -> None:
    judgement = judge(answered(read_page(body, declared)), expectation)

    assert isinstance(judgement, Judgement)


# --- worse evidence is never judged better -------------------------------------------------------


@unhurried
@given(EVIDENCES, EXPECTATIONS, st.sampled_from((404, 410)))
def test_a_page_that_is_not_there_is_broken_whatever_it_says(
    evidence: Evidence, expectation: Expectation | None, status_code: int
) -> None:
    assume(evidence.answers and evidence.fault is None)

    *before, last = evidence.answers
    gone = evidence._replace(answers=(*before, last._replace(status_code=status_code)))

    assert judge(gone, expectation).verdict is Verdict.BROKEN


@unhurried
@given(EVIDENCES, EXPECTATIONS, st.sampled_from((400, 405, 418, 500, 502, 503, 504)))
def test_an_error_is_never_better_than_the_answer_it_replaces(
    evidence: Evidence, expectation: Expectation | None, status_code: int
) -> None:
    assume(evidence.answers and evidence.fault is None)
    # an error's own page can be that of a wall, and who puts a robot off says nothing of the page
    evidence = evidence._replace(page=None, put_off=False)
    before = ending(evidence, 200)

    assert rank(ending(evidence, status_code), expectation) >= rank(before, expectation)
    assert rank(ending(evidence, status_code), expectation) > 0


@unhurried
@given(EVIDENCES, EXPECTATIONS, st.sampled_from(Fault))
def test_a_fault_is_what_counts_whatever_came_before(
    evidence: Evidence, expectation: Expectation | None, fault: Fault
) -> None:
    judgement = judge(evidence._replace(fault=fault), expectation)

    assert judgement.reason == fault.value
    assert RANK[judgement.verdict] > 0


@unhurried
@given(ANY_PAGE, EXPECTATIONS, st.sampled_from((DEEP, "https://a.fr/", "https://a.fr/donnees/communes.csv")))
def test_a_host_that_says_the_same_of_what_cannot_exist_is_never_the_better_for_it(
    page: Page, expectation: Expectation | None, url: str
) -> None:
    alone = answered(page, url=url)
    same = alone._replace(control=Control("https://a.fr/donnees/zz4f1d9a2c7e", 200, page))

    assert rank(same, expectation) >= rank(alone, expectation)


@unhurried
@given(ANY_PAGE, EXPECTATIONS, CONTROLS, CONTROLS)
def test_a_further_request_can_only_raise_doubts(
    page: Page, expectation: Expectation | None, control: Control | None, home: Control | None
) -> None:
    alone = answered(page)

    assert rank(alone._replace(control=control, home=home), expectation) >= rank(alone, expectation)


@unhurried
@given(ANY_PAGE, st.sampled_from((404, 410, 500, None)))
def test_an_honest_host_is_acquitted(page: Page, status_code: int | None) -> None:
    alone = answered(page)
    honest = alone._replace(control=Control("https://a.fr/donnees/zz4f1d9a2c7e", status_code, page))

    assert judge(honest) == judge(alone)


@unhurried
@given(
    st.sampled_from(("Page non trouvée", "Erreur 404 - page introuvable", "Page not found", "404 Not Found")),
    READ_PAGES,
    st.sampled_from((DEEP, "https://a.fr/page")),
)
@example("Page not found", Page(html=True, kind="html", size=10, text="Bonjour."), DEEP)
def test_a_page_that_says_that_it_is_missing_is_never_the_better_for_it(notice: str, page: Page, url: str) -> None:
    markup = f"<title>{notice}</title><h1>{notice}</h1><p>Retour à la page précédente.</p>"
    missing = read_page(markup.encode(), "text/html; charset=utf-8")

    assert judge(answered(missing, url=url)).reason == "soft-404"
    assert rank(answered(missing, url=url)) >= rank(answered(page, url=url))


@unhurried
@given(EVIDENCES, EXPECTATIONS, st.sampled_from((301, 308)))
def test_a_permanent_redirect_to_it_makes_nothing_better(
    evidence: Evidence, expectation: Expectation | None, status_code: int
) -> None:
    assume(evidence.answers and evidence.url not in ("", "///"))
    old = "https://ancien.fr/une/adresse-profonde"
    moved = evidence._replace(url=old, answers=(Answer(old, status_code, evidence.url), *evidence.answers))

    # a file may be promised by the very address of a link, which the old one does not
    alone = judge(evidence, expectation)
    if alone.verdict not in (Verdict.OK, Verdict.MOVED) and alone.reason != "wrong-type":
        assert rank(moved, expectation) > 0


@unhurried
@given(ANY_PAGE, EXPECTATIONS, st.sampled_from((301, 302, 307, 308)))
def test_only_a_permanent_redirect_to_a_good_page_is_a_move(
    page: Page, expectation: Expectation | None, status_code: int
) -> None:
    direct = answered(page)
    old = "https://a.fr/ancien/chemin/de-la-fiche"
    sent = direct._replace(url=old, answers=(Answer(old, status_code, DEEP), *direct.answers))

    wanted = {
        (True, True): Verdict.MOVED,
        (True, False): Verdict.OK,
    }.get((judge(direct, expectation).verdict is Verdict.OK, status_code in (301, 308)))
    if wanted is not None:
        assert judge(sent, expectation).verdict is wanted
    else:
        assert rank(sent, expectation) > 0


@unhurried
@given(PAGES, st.sampled_from(("inondation", "écoles primaires", "Zonage 2024")))
def test_an_expectation_that_a_whole_page_does_not_meet_is_never_met(page: Page, words: str) -> None:
    told = replace(page, whole=True, app=False, kind="html", text="Tout autre chose.", title="Autre", code="")

    assert rank(answered(told), Expectation(text=words)) > 0


@unhurried
@given(ANY_PAGE, ANY_PAGE)
def test_likeness_is_mutual(page: Page, other: Page) -> None:
    assert similar(page, page)
    assert similar(page, other) == similar(other, page)


# --- what surrounds a page is not what it says ---------------------------------------------------


@unhurried
@given(st.sampled_from(SENTENCES[:17]), st.integers(0, 80), st.integers(0, 40))
@example("404", 0, 8)
def test_a_menu_and_a_footer_change_nothing_of_what_a_page_says_of_itself(said: str, menu: int, words: int) -> None:
    main = f"<main><h1>{said}</h1><p>{said}</p></main>"
    links = "".join(f"<li><a href='/r{rank}'>Rubrique numéro {rank}</a></li>" for rank in range(menu))
    frame = f"<header><p>Observatoire</p><nav><ul>{links}</ul></nav></header>"
    footer = f"<footer><p>{'mentions légales du site ' * words}</p></footer>"

    alone = read_page(f"<title>{said}</title>{main}".encode(), "text/html; charset=utf-8")
    framed = read_page(f"<title>{said}</title>{frame}{main}{footer}".encode(), "text/html; charset=utf-8")

    assert judge(answered(framed)).reason == judge(answered(alone)).reason


@unhurried
@given(st.sampled_from(SENTENCES[:17]), st.sampled_from(("hidden", "style='display:none'", "class=modal")))
def test_what_a_page_hides_is_not_said(said: str, hidden: str) -> None:
    shown = "<title>Population</title><h1>Population</h1><p>Les données du recensement de la commune.</p>"
    page = read_page(f"{shown}<div {hidden}><h2>{said}</h2><p>{said}</p></div>".encode(), "text/html; charset=utf-8")

    assert judge(answered(page)).reason == "http-200"


@given(st.integers(1, 60))
def test_a_list_of_files_is_no_page_of_a_new_server(files: int) -> None:
    items = "".join(f"<li><a href='f{rank}.csv'>fichier-{rank:02}.csv</a></li>" for rank in range(files))
    name = "Directory listing for /catalogue/"

    page = read_page(f"<title>{name}</title><h1>{name}</h1><hr><ul>{items}</ul>".encode(), "text/html; charset=utf-8")

    assert judge(answered(page)).reason == "http-200"
