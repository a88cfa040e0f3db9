"""What a guide makes of a catalogue and a territory: pure, and without the gazetteer."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from diagsources.errors import DiagsourcesError, UnknownValue
from diagsources.model import (
    Address,
    Anchor,
    Catalogue,
    Caution,
    Guide,
    Lifecycle,
    Question,
    Source,
    Template,
    Verdict,
    Verification,
)
from diagsources.query import guide_named, guides_of, questions_of
from diagsources.reports.guide import Course, assemble, sentences
from diagsources.territory import Located, Territory, locate
from diagsources.verdict.health import Health
from diagsources.verdict.memory import Condition, State

REGION = Territory("region", "76", "Occitanie")
EPCI = Territory("epci", "243100633", "CA du Sicoval", departements=("31",), region=REGION)
COMMUNE = Territory("commune", "31254", "Labège", departements=("31",), epci=EPCI, region=REGION)


def source(ident: str, **more: object) -> Source:
    return Source(**{"id": ident, "title": f"Titre de {ident}", "url": f"https://{ident}.example/"} | more)  # type: ignore[arg-type]  # fields of a source


def question(ident: str, *sources: str, cautions: tuple[Caution, ...] = ()) -> Question:
    return Question(ident, f"{ident} ?", (f"indicateur de {ident}",), sources, cautions=cautions)


def catalogue(*sources: Source, questions: tuple[Question, ...] = (), guides: tuple[Guide, ...] = ()) -> Catalogue:
    return Catalogue(sources=sources, questions=questions, guides=guides)


def course(*sources: Source, asked: tuple[Question, ...] = (), territory: Territory | None = None) -> Course:
    """A course of the questions *asked*, or of one that sends to all *sources*."""
    asked = asked or (question("q", *(each.id for each in sources)),)
    whole = catalogue(*sources, questions=asked)
    located: Mapping[str, Located | None] | None = (
        {each.id: locate(each, territory) for each in sources} if territory else None
    )
    return assemble(whole, guide_named(whole), territory, located)


def ids(told: Course) -> list[list[str]]:
    """The sources that each question sends to."""
    return [[stop.source.id for stop in step.stops] for step in told.steps]


# which guide is meant

PLUI = Guide("plui", "Plan local d'urbanisme (PLUi)", aliases=("plu",), questions=("b", "a"))
ALL = Guide("tout", "Tout")


def of_guides(*guides: Guide) -> Catalogue:
    return catalogue(source("s"), questions=(question("a", "s"), question("b", "s")), guides=guides)


@pytest.mark.parametrize(
    "name", ["plui", "PLUI", "plu", "Plan local d'urbanisme (PLUi)", "plan local d urbanisme PLUI"]
)
def test_a_guide_is_named_by_its_id_an_alias_or_its_title(name: str) -> None:
    assert guide_named(of_guides(ALL, PLUI), name) is PLUI


def test_without_a_name_everything_is_asked() -> None:
    assert guide_named(of_guides(PLUI, ALL)) is ALL


def test_a_catalogue_whose_guides_all_choose_can_be_asked_everything_too() -> None:
    whole = of_guides(PLUI)

    assert [each.id for each in questions_of(whole, guide_named(whole))] == ["a", "b"]
    assert [guide.id for guide in guides_of(whole)] == ["diagnostic", "plui"]


def test_a_guide_asks_in_its_own_order_and_passes_over_what_is_no_question() -> None:
    whole = of_guides(PLUI._replace(questions=("b", "z", "a")))

    assert [each.id for each in questions_of(whole, whole.guides[0])] == ["b", "a"]


def test_a_name_that_is_none_is_told_with_every_guide() -> None:
    with pytest.raises(UnknownValue) as error:
        guide_named(of_guides(ALL, PLUI), "plul")

    assert error.value.nearest == ("plui",)
    assert error.value.choices == ("tout  Tout", "plui  Plan local d'urbanisme (PLUi)")


def test_a_catalogue_without_questions_has_no_guide_and_says_what_it_lacks() -> None:
    assert guides_of(Catalogue()) == ()
    with pytest.raises(DiagsourcesError) as error:
        guide_named(Catalogue())

    assert "questions" in error.value.hint


# where a question sends


def test_without_a_territory_sources_have_their_own_addresses() -> None:
    (step,) = course(source("s", territory_urls=(Template("epci", "https://s.example/{code}"),))).steps

    assert [(stop.url, stop.territory) for stop in step.stops] == [("https://s.example/", None)]


def test_a_source_has_the_address_of_the_territory_asked_for() -> None:
    told = course(source("s", territory_urls=(Template("epci", "https://s.example/{code}"),)), territory=EPCI)

    (stop,) = told.steps[0].stops
    assert (stop.url, stop.territory) == ("https://s.example/243100633", EPCI)
    assert sentences.leads_to(told, stop) == "adresse de ce territoire"


def test_a_source_that_serves_larger_territories_only_says_whose_address_it_gives() -> None:
    told = course(source("s", territory_urls=(Template("epci", "https://s.example/{code}"),)), territory=COMMUNE)

    (stop,) = told.steps[0].stops
    assert stop.url == "https://s.example/243100633"
    assert sentences.leads_to(told, stop) == "pas d'adresse à ce niveau, voici CA du Sicoval (EPCI)"


def test_an_address_that_is_not_sure_says_so_and_what_to_do_there() -> None:
    template = Template("epci", "https://s.example/{code}", confidence="unsure", note="choisir l'indicateur")

    (stop,) = course(source("s", territory_urls=(template,)), territory=EPCI).steps[0].stops

    assert stop.notes == ("adresse incertaine", "choisir l'indicateur")


def test_a_source_that_has_no_address_by_territory_may_say_why() -> None:
    silent = source("s", territory_note="aucun lien ne mène à un territoire")

    assert course(silent, territory=EPCI).steps[0].stops[0].notes == ("aucun lien ne mène à un territoire",)
    assert course(silent).steps[0].stops[0].notes == ()


def test_a_source_that_does_not_cover_the_territory_is_not_offered() -> None:
    elsewhere, here = source("breton", coverage=("region:53",)), source("occitan", coverage=("region:76",))

    assert ids(course(elsewhere, here, territory=EPCI)) == [["occitan"]]


def test_a_question_that_nothing_answers_here_stays_and_says_so() -> None:
    told = course(source("breton", coverage=("region:53",)), territory=EPCI)

    assert ids(told) == [[]]


def test_four_sources_are_shown_and_the_others_named() -> None:
    (step,) = course(*(source(f"s{rank}") for rank in range(6))).steps

    assert [stop.source.id for stop in step.stops] == ["s0", "s1", "s2", "s3"]
    assert [stop.source.id for stop in step.others] == ["s4", "s5"]


def test_a_source_that_does_not_cover_the_territory_takes_no_place_from_another() -> None:
    local = source("s0", coverage=("region:53",))
    (step,) = course(local, *(source(f"s{rank}") for rank in range(1, 5)), territory=EPCI).steps

    assert [stop.source.id for stop in step.stops] == ["s1", "s2", "s3", "s4"]


# what has become of a source


def closed(successor: str | None, **more: object) -> Source:
    return source("old", lifecycle=Lifecycle("closed", "2024-03", successor, "Fermé sans bruit."), **more)


def test_a_closed_source_gives_its_place_to_its_successor_and_says_so() -> None:
    told = course(closed("new"), source("new"), asked=(question("q", "old"),))

    (stop,) = told.steps[0].stops
    assert (stop.source.id, stop.url) == ("new", "https://new.example/")
    assert stop.notes == ("à la place de « Titre de old », fermé depuis mars 2024",)


def test_a_successor_that_is_named_too_is_named_once() -> None:
    assert ids(course(closed("new"), source("new"))) == [["new"]]


def test_sources_that_succeed_each_other_in_a_circle_end_somewhere() -> None:
    first = source("a", lifecycle=Lifecycle("replaced", successor="b"))
    second = source("b", lifecycle=Lifecycle("replaced", successor="a"))

    assert ids(course(first, second, asked=(question("q", "a"),))) == [["b"]]


def test_a_successor_that_does_not_cover_the_territory_leaves_the_source_its_place() -> None:
    heir = source("new", coverage=("region:53",))

    assert ids(course(closed("new"), heir, asked=(question("q", "old"),), territory=EPCI)) == [["old"]]


def test_a_source_closed_for_an_address_leads_there_and_tells_its_story() -> None:
    (stop,) = course(closed("https://elsewhere.example/")).steps[0].stops

    assert stop.url == "https://elsewhere.example/"
    assert stop.notes == ("fermé ; voici ce qui en tient lieu", "Fermé sans bruit.")


def test_a_source_closed_for_nothing_keeps_its_place_and_says_so() -> None:
    (stop,) = course(closed(None)).steps[0].stops

    assert stop.notes[0] == "fermé, sans successeur connu"


def test_a_source_that_has_arrived_at_its_new_address_tells_no_story() -> None:
    arrived = source("s", lifecycle=Lifecycle("moved", successor="https://s.example/", note="Longue histoire."))

    assert course(arrived).steps[0].stops[0].notes == ()


def test_an_address_that_was_not_found_when_verified_says_so() -> None:
    doubtful = source("s", lifecycle=Lifecycle(note="À essayer."), verified=Verification(date(2026, 11, 23), "unsure"))

    assert course(doubtful).steps[0].stops[0].notes == ("À essayer.",)


# what to beware of


def test_what_the_question_says_of_caution_is_not_said_again_of_its_sources() -> None:
    trap = Caution("Ne pas confondre « a » et « b ».")
    careful = source("s", cautions=(Caution("Ne pas confondre «\u00a0a\u00a0» et «\u00a0b\u00a0»."), Caution("Autre.")))

    told = course(careful, asked=(question("p", "s"), question("q", "s", cautions=(trap,))))

    assert [caution.text for caution in told.steps[0].stops[0].cautions] == ["Autre."]


def test_a_source_is_described_where_it_is_first_met() -> None:
    told = course(source("s"), asked=(question("p", "s"), question("q", "s")))

    assert [step.stops[0].told_at for step in told.steps] == [None, 1]


def test_a_source_that_was_only_named_is_still_to_be_described() -> None:
    sources = [source(f"s{rank}") for rank in range(5)]
    told = course(*sources, asked=(question("p", *(each.id for each in sources)), question("q", "s4")))

    assert told.steps[1].stops[0].told_at is None


@pytest.mark.parametrize(
    ("granularity", "territory", "note"),
    [
        (("departement", "region"), EPCI, "trop large pour ce territoire\u00a0: département, région"),
        (("epci",), COMMUNE, "trop large pour ce territoire\u00a0: EPCI"),
        (("commune", "region"), EPCI, ""),
        (("epci",), EPCI, ""),
        (("point",), COMMUNE, ""),
        ((), EPCI, ""),
    ],
)
def test_figures_of_larger_territories_only_are_said_to_be_that(
    granularity: tuple[str, ...], territory: Territory, note: str
) -> None:
    (stop,) = course(source("s", granularity=granularity), territory=territory).steps[0].stops

    assert stop.notes == ((note,) if note else ())


def test_look_alikes_are_named_by_their_titles() -> None:
    told = course(source("s", confused_with=("t", "gone")), source("t"))

    assert sentences.confusions(told, told.steps[0].stops[0]) == "Titre de t"


# what is said before the questions, and of links


def test_a_guide_says_what_it_rests_on_with_its_source() -> None:
    guide = Guide("abs", "ABS", description="À quoi il sert.", anchor=Anchor("Un article.", "https://a.example/"))
    told = assemble(catalogue(source("s"), questions=(question("q", "s"),)), guide)

    assert list(sentences.head(told)) == [
        ("À quoi il sert", "À quoi il sert.", None),
        ("Ancrage", "Un article.", "https://a.example/"),
    ]


def test_a_guide_that_rests_on_nothing_known_says_so() -> None:
    told = assemble(catalogue(source("s"), questions=(question("q", "s"),)), Guide("x", "X", questions=("q",)))

    assert list(sentences.head(told)) == [("Ancrage", "aucun texte n'a été relevé.", None)]


SEEN = datetime(2026, 11, 23, 8, tzinfo=UTC)
SINCE = datetime(2026, 11, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rel", "condition", "verdict", "words"),
    [
        ("url", Condition.HEALTHY, Verdict.OK, "en ligne, vu le 23 novembre 2026"),
        ("url", Condition.CONFIRMED, Verdict.BROKEN, "cassé depuis le 1er novembre 2026, vu le 23 novembre 2026"),
        ("api", Condition.HEALTHY, Verdict.RESTRICTED, "restreint (API), vu le 23 novembre 2026"),
    ],
)
def test_a_link_is_said_with_the_days_it_was_seen(rel: str, condition: Condition, verdict: Verdict, words: str) -> None:
    health = Health(rel, State(condition, SINCE, SEEN, 1, verdict, "x"))
    (stop,) = course(source("s", links=(Address("api", "https://api.example/"),))).steps[0].stops

    assert sentences.seen({"s": health}, stop) == words
    assert sentences.seen({"other": health}, stop) == "jamais vérifié"
    assert sentences.seen({}, stop) == ""
