"""How a verdict was come by, told to a person who knows no HTTP."""

from datetime import UTC, datetime

import pytest

from diagsources.model import Link
from diagsources.reports.story import story
from diagsources.verdict import Answer, Check, Control, Evidence, Fault, Step, judge
from diagsources.verdict.page import Page

URL = "https://insee.fr/atlas"
NEW = "https://insee.fr/atlas-2026"
INVENTED = "https://insee.fr/zz4f"


def told(evidence: Evidence) -> list[str]:
    """The story of *evidence*, with plain spaces."""
    check = Check(Link("insee", "url", URL), evidence, judge(evidence), datetime(2026, 11, 23, tzinfo=UTC))
    return [sentence.replace("\u00a0", " ") for sentence in story(check)]


def test_a_move_is_told_by_where_it_led() -> None:
    answers = (Answer(URL, 301, NEW), Answer(NEW, 200))
    steps = (Step("ask", URL, "301", 12), Step("ask", NEW, "200", 1_240))

    assert told(Evidence(URL, answers, steps=steps)) == [
        f"demande de {URL} : l'adresse a changé pour de bon, vers {NEW} (301)",
        f"demande de {NEW} : une page vient (200, 1,2 s)",
        "conclusion : l'adresse a changé pour de bon [http-301]",
        f"nouvelle adresse : {NEW}",
        "pourquoi : un renvoi définitif se suit et se note ; un renvoi passager se suit seulement",
    ]


def test_a_wall_is_told_as_what_the_server_says_of_robots() -> None:
    evidence = Evidence(
        URL, (Answer(URL, 403, None, (("cf-mitigated", "challenge"),)),), steps=(Step("ask", URL, "403"),)
    )

    assert told(evidence) == [
        f"demande de {URL} : refus, l'accès est interdit (403)",
        "conclusion : insee.fr écarte les robots (Cloudflare) [wall-cloudflare]",
        "pourquoi : la réponse porte la marque d'un filtre de robots : une personne passe sans doute, ce n'est pas une "
        "panne",
    ]


def test_a_soft_404_is_told_with_the_address_that_it_was_compared_with() -> None:
    page = Page(html=True, title="Page introuvable", headings=("Page introuvable",), text="Page introuvable", size=900)
    steps = (Step("ask", URL, "200"), Step("control", INVENTED, "200"))
    evidence = Evidence(URL, (Answer(URL, 200),), page=page, control=Control(INVENTED, 200, page), steps=steps)

    assert told(evidence) == [
        f"demande de {URL} : une page vient (200)",
        f"pour comparer, une adresse inventée du même site, {INVENTED} : une page vient (200)",
        "conclusion : une page répond, mais pour dire que rien n'est là : « Page introuvable » [soft-404]",
        "pourquoi : l'adresse inventée montre la même page : le site répond cela à n'importe quelle adresse",
    ]


def test_waits_second_opinions_and_faults_are_told() -> None:
    steps = (
        Step("ask", URL, "tcp-reset", 300),
        Step("wait", URL, elapsed_ms=1_300),
        Step("ask", URL, "tls-protocol", 20),
        Step("ask", URL, "tls-protocol", 20, "second"),
        Step("control", "https://insee.fr/", ""),
    )

    assert told(Evidence(URL, fault=Fault.TLS_PROTOCOL, fault_url=URL, attempts=2, steps=steps)) == [
        f"demande de {URL} : insee.fr a coupé la connexion (300 ms)",
        "attente de 1,3 s avant un nouvel essai",
        f"demande de {URL} : la connexion chiffrée avec insee.fr échoue",
        f"demande de {URL}, par un second moteur : la connexion chiffrée avec insee.fr échoue",
        "pour comparer, l'accueil du site, https://insee.fr/ : pas de réponse",
        "conclusion : la connexion chiffrée avec insee.fr échoue [tls-protocol]",
        "pourquoi : la connexion est chiffrée, mais rien ne garantit avec qui : un navigateur arrête là ses visiteurs",
    ]


def test_what_is_asked_again_to_be_sure_is_told_so() -> None:
    steps = (
        Step("ask", URL, "404"),
        Step("wait", URL, elapsed_ms=1_000, note="proof"),
        Step("ask", URL, "404", note="proof"),
    )

    assert told(Evidence(URL, (Answer(URL, 404),), attempts=2, steps=steps, seen_twice=True)) == [
        f"demande de {URL} : rien à cette adresse (404)",
        "attente de 1,0 s, pour redemander et en être sûr",
        f"demande de {URL}, une seconde fois : rien à cette adresse (404)",
        "conclusion : la page n'existe pas ou plus (404) [http-404]",
    ]


def test_what_is_worth_a_word_besides_comes_last() -> None:
    evidence = Evidence(URL, (Answer(URL, 200),), certificate_days=3.0, steps=(Step("ask", URL, "200"),))

    assert told(evidence)[-1] == "à savoir : le certificat expire dans moins de 14 jours [tls-expires-soon]"


@pytest.mark.parametrize(("status", "said"), [("305", "renvoi"), ("418", "refus"), ("599", "le serveur est en erreur")])
def test_a_status_that_has_no_words_of_its_own_has_those_of_its_class(status: str, said: str) -> None:
    evidence = Evidence(URL, (Answer(URL, int(status)),), steps=(Step("ask", URL, status),))

    assert told(evidence)[0] == f"demande de {URL} : {said} ({status})"


def test_a_password_is_not_told() -> None:
    url = "https://moi:secret@insee.fr/"

    assert "secret" not in str(told(Evidence(url, (Answer(url, 200),), steps=(Step("ask", url, "200"),))))
