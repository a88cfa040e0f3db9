"""What a person sees in the terminal, at any width, whatever the catalogue says."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console

from diagsources.model import (
    VERDICTS,
    Address,
    Advice,
    Catalogue,
    Caution,
    Lifecycle,
    Link,
    Problem,
    Publisher,
    Source,
    Theme,
    Verdict,
    links_of,
)
from diagsources.query import search
from diagsources.reports.card import card
from diagsources.terminal import Terminal, checks, screens
from diagsources.verdict import Answer, Check, Evidence, Fault, judge
from diagsources.verdict.told import Told

_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_HYPERLINK = re.compile(r"\x1b\]8;[^;\x1b]*;([^\x1b]*)\x1b\\")

HOSTILE = "[bold]x[/bold] [/foo] :smile: \x1b[31mrouge\x07 \u202egauche \ud800"
PRIVATE = "https://moi:secret@exemple.fr/"
NASTY = Source(
    id="mechante",
    title=HOSTILE,
    url=PRIVATE,
    document_url=PRIVATE,
    section=HOSTILE,
    description=HOSTILE,
    publisher=HOSTILE,
    kind="portail",
    cautions=(Caution(HOSTILE, PRIVATE),),
    granularity=("commune",),
    keywords=(HOSTILE,),
    licence=HOSTILE,
    links=(Address("api", PRIVATE, HOSTILE), Address("map", "javascript:alert(1)", HOSTILE)),
    lifecycle=Lifecycle("replaced", successor=PRIVATE, note=HOSTILE),
    theme="sante",
    file="[red]sante.yaml\x1b[0m",
    line=3,
)
SCRIPT = Source(id="script", title="Un script", url="javascript:alert(1)", theme="sante")
TRICK = Source(id="ruse", title="Une ruse", url="https://exemple.fr/\x1b]8;;http://evil.fr/\x1b\\", theme="sante")
CATALOGUE = Catalogue(
    advice=Advice(HOSTILE, HOSTILE),
    themes=(Theme("sante", HOSTILE, description=HOSTILE, aliases=(HOSTILE,)), Theme("cartes", "Cartes")),
    publishers={"insee": Publisher("insee", "Insee")},
    sources=(NASTY, SCRIPT, TRICK),
)
PROBLEM = Problem("[red]sante.yaml\x1b[0m", 12, 5, "unknown-key", HOSTILE, HOSTILE)


def check(url: str, status_code: int = 200, *, target: str = "", fault: Fault | None = None, ident: str = "a") -> Told:
    """A link that was asked, and what came of it."""
    answers = (Answer(url, 301, target), Answer(target, status_code)) if target else (Answer(url, status_code),)
    evidence = Evidence(url, () if fault else answers, fault=fault)
    link = Link(ident, "url", url, title=HOSTILE, theme="sante", file="sante.yaml", line=4)
    return Told(Check(link, evidence, judge(evidence), datetime(2026, 11, 23, tzinfo=UTC)))


CHECKS = (
    check("https://a.fr/", ident="vive"),
    check("https://b.fr/", 404, ident="morte"),
    check("https://c.fr/", 404, ident="morte-aussi"),
    check(PRIVATE, target=PRIVATE + "neuf", ident="partie"),
    check("https://d.fr/", 403, ident="muree"),
    check("https://e.fr/", fault=Fault.TLS_EXPIRED, ident="perimee"),
    check("https://f.fr/", fault=Fault.TIMEOUT, ident="lente"),
    check("ftp://g.fr/", fault=Fault.UNSUPPORTED_SCHEME, ident="autre"),
    check("https://" + HOSTILE, fault=Fault.INVALID_URL, ident=HOSTILE),
)

SCREENS: dict[str, Callable[[Console], None]] = {
    "sources": lambda console: screens.sources(console, CATALOGUE, CATALOGUE.sources),
    "hits": lambda console: screens.hits(console, search(CATALOGUE, "bold script ruse")),
    "themes": lambda console: screens.themes(console, CATALOGUE),
    "card": lambda console: screens.card(console, NASTY, card(CATALOGUE, NASTY)),
    "problems": lambda console: screens.problems(console, [PROBLEM]),
    "checks": lambda console: checks.screen(console, CHECKS, everything=True),
}


@pytest.fixture(params=[80, 140])
def width(request: pytest.FixtureRequest) -> int:
    """A terminal's width: what is narrow, what is wide."""
    wide = request.param
    assert isinstance(wide, int)
    return wide


def shown(screen: Callable[[Console], None], *, width: int = 80, color: str = "never") -> str:
    """*screen* as it is written to a terminal of *width* columns."""
    out = StringIO()
    screen(Terminal(color=color).console(out, width=width))
    return out.getvalue()


def bare(text: str) -> str:
    """*text* without a space, so that it does not matter where a line was broken."""
    return "".join(text.split())


@pytest.fixture
def _true_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that is not dumb, so that widths and hyperlinks count."""
    monkeypatch.setenv("TERM", "xterm-256color")


def test_ids_and_titles_of_the_shipped_sources_are_whole_at_80_columns(shipped: Catalogue) -> None:
    screen = shown(lambda console: screens.sources(console, shipped, shipped.sources))
    lines = screen.splitlines()

    for source in shipped.sources:
        assert any(line.split()[:1] == [source.id] for line in lines)
        assert bare(source.title) in bare(screen)


def test_on_a_wide_screen_ids_are_whole_and_every_word_of_a_title_is_there(shipped: Catalogue) -> None:
    screen = shown(lambda console: screens.sources(console, shipped, shipped.sources), width=140)
    lines = screen.splitlines()

    for source in shipped.sources:
        assert any(line.split()[:1] == [source.id] for line in lines)
        assert set(source.title.split()) <= set(screen.split())


def test_the_sources_of_a_search_are_whole_at_80_columns(shipped: Catalogue) -> None:
    found = search(shipped, "données")

    screen = shown(lambda console: screens.hits(console, found))

    assert len(found) > 20
    for hit in found:
        assert hit.source.id in screen.split()
        assert bare(hit.source.title) in bare(screen)


def test_a_very_long_id_is_whole_at_80_columns() -> None:
    source = NASTY._replace(id="-".join(["tres", "long"] * 6), title="Un titre assez long pour être replié deux fois")

    screen = shown(lambda console: screens.sources(console, CATALOGUE, [source]))

    assert source.id in screen.split()
    assert set(source.title.split()) <= set(screen.split())


@pytest.mark.parametrize("name", SCREENS)
def test_no_line_is_wider_than_the_screen(name: str, width: int) -> None:
    assert max(len(line) for line in shown(SCREENS[name], width=width).splitlines()) <= width


def test_sources_stand_under_their_theme_with_what_they_are() -> None:
    source = Source(
        id="bpe",
        title="BPE",
        url="https://a.fr/",
        theme="cartes",
        publisher="insee",
        kind="portail",
        granularity=("iris",),
    )
    two = (source, source._replace(id="bpe-bis"))

    screen = shown(lambda console: screens.sources(console, CATALOGUE, two))

    assert screen.splitlines()[0] == "Cartes  cartes · 2\u00a0sources"
    assert "Insee · portail · IRIS" in screen


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_of_the_catalogue_is_markup(name: str, width: int) -> None:
    screen = bare(shown(SCREENS[name], width=width))

    if name == "sources" and width == 140:  # two columns side by side: a text is not in one piece
        assert "[bold]x[/bold][/foo]:smile:" in screen
    else:
        assert "[bold]x[/bold][/foo]:smile:\\x1b[31mrouge\\x07\\u202egauche\\ud800" in screen


@pytest.mark.usefixtures("_true_terminal")
@pytest.mark.parametrize("color", ["never", "always"])
@pytest.mark.parametrize("name", SCREENS)
def test_no_control_character_comes_from_outside(name: str, width: int, color: str) -> None:
    text = shown(SCREENS[name], width=width, color=color)

    own = _HYPERLINK.sub("", _STYLE.sub("", text))

    assert not [char for char in own if ord(char) < 0x20 and char != "\n"]
    assert not set(own) & set("\x7f\x9b\u202e\ud800")


@pytest.mark.parametrize("name", SCREENS)
def test_without_a_terminal_there_is_no_escape_at_all(name: str, width: int) -> None:
    assert "\x1b" not in shown(SCREENS[name], width=width)


@pytest.mark.usefixtures("_true_terminal")
def test_only_web_addresses_are_hyperlinks_and_without_credentials(width: int) -> None:
    targets = {
        target
        for screen in SCREENS.values()
        for target in _HYPERLINK.findall(shown(screen, width=width, color="always"))
        if target
    }

    assert "https://***@exemple.fr/" in targets
    assert "https://***@exemple.fr/neuf" in targets
    assert all(target.startswith(("https://", "http://")) for target in targets)
    assert not any("evil" in target or "secret" in target for target in targets)


@pytest.mark.usefixtures("_true_terminal")
@pytest.mark.parametrize("color", ["never", "always"])
@pytest.mark.parametrize("name", SCREENS)
def test_credentials_are_masked(name: str, width: int, color: str) -> None:
    assert "secret" not in shown(SCREENS[name], width=width, color=color)


def test_the_title_of_a_source_is_a_hyperlink_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    source = NASTY._replace(title="Titre", url="https://a.fr/")

    screen = shown(lambda console: screens.sources(console, CATALOGUE, [source]), color="always")

    assert re.search(r"\x1b\]8;[^;]*;https://a\.fr/\x1b\\(\x1b\[[0-9;]*m)*Titre", screen)


def test_a_source_that_left_says_so_beside_its_title() -> None:
    source = NASTY._replace(title="Titre", lifecycle=Lifecycle(status="replaced"))

    assert "Titre [remplacé]" in shown(lambda console: screens.sources(console, CATALOGUE, [source]))


def test_the_card_begins_with_the_title_the_address_and_the_critical_reading(shipped: Catalogue) -> None:
    source = shipped.find("insee-bpe")
    assert source is not None

    lines = shown(lambda console: screens.card(console, source, card(shipped, source))).splitlines()

    assert lines[0].startswith(source.title)
    assert lines[1] == source.url
    assert lines[3] == "Lecture critique"


def test_the_address_of_a_card_can_be_copied_whole_from_a_narrow_screen() -> None:
    url = "https://exemple.fr/" + "chemin/" * 20
    source = NASTY._replace(url=url)

    screen = shown(lambda console: screens.card(console, source, card(CATALOGUE, source)), width=40)

    assert url in screen.splitlines()


def test_themes_begin_with_the_advice_and_have_their_counts(shipped: Catalogue) -> None:
    screen = shown(lambda console: screens.themes(console, shipped))

    assert screen.startswith("Rester critique\n")
    for theme in shipped.themes:
        number = sum(theme.id in source.themes for source in shipped.sources)
        assert bare(f"{theme.id} {theme.title} {number} sources") in bare(screen)


def test_problems_stand_under_their_file_with_place_code_and_what_would_be_right() -> None:
    found = [
        Problem("a.yaml", 2, 3, "unknown-key", "clé inconnue : tilte", "title"),
        Problem("a.yaml", 120, 13, "missing-key", "il manque url"),
        Problem("b.yaml", 1, 1, "empty-catalogue", "aucune source"),
    ]

    lines = [line.rstrip() for line in shown(lambda console: screens.problems(console, found)).splitlines()]

    assert [line for line in lines if line] == [
        "a.yaml",
        "  2:3      clé inconnue : tilte  unknown-key",
        "           plutôt\u00a0: title",
        "  120:13   il manque url  missing-key",
        "b.yaml",
        "  1:1      aucune source  empty-catalogue",
    ]


def test_checks_come_by_gravity_with_their_counts() -> None:
    lines = shown(SCREENS["checks"]).splitlines()

    assert [line for line in lines if re.fullmatch(r"\S.* \(\d+\)", line)] == [
        f"✗ {VERDICTS[Verdict.BROKEN]} (3)",
        f"! {VERDICTS[Verdict.INSECURE]} (1)",
        f"! {VERDICTS[Verdict.UNAVAILABLE]} (1)",
        f"→ {VERDICTS[Verdict.MOVED]} (1)",
        f"- {VERDICTS[Verdict.RESTRICTED]} (1)",
        f"- {VERDICTS[Verdict.SKIPPED]} (1)",
        f"✓ {VERDICTS[Verdict.OK]} (1)",
    ]


def test_every_link_that_was_asked_is_told_with_its_message_and_address() -> None:
    screen = bare(shown(SCREENS["checks"]))

    for each in (told.check for told in CHECKS[:-1]):
        assert bare(f"{each.link.id}  {each.judgement.message}") in screen
    assert "https://b.fr/" in screen
    assert bare("→ https://***@exemple.fr/neuf") in screen
    assert bare("Cherchez sa nouvelle adresse.") in screen


def test_what_is_well_is_counted_and_told_only_on_demand() -> None:
    told = shown(lambda console: checks.screen(console, CHECKS, everything=False))

    assert "vive" not in told.split()
    assert "1\u00a0en ligne" in told
    assert "vive" in shown(SCREENS["checks"]).split()


@pytest.mark.parametrize("everything", [False, True])
def test_links_that_were_left_out_to_spend_little_are_one_finding(everything: bool) -> None:
    left = [check(f"https://a.fr/{rank}", fault=Fault.NOT_SAMPLED, ident=f"lien-{rank}") for rank in range(20)]

    screen = bare(shown(lambda console: checks.screen(console, [*CHECKS, *left], everything=everything)))

    assert bare(f"- {VERDICTS[Verdict.SKIPPED]} (21)") in screen
    assert screen.count(bare("hors de l'échantillon demandé")) == (20 if everything else 1)
    if not everything:
        assert bare("lien-7, et 12 autres. Agrandissez --sample") in screen


def test_links_that_were_not_asked_again_are_counted() -> None:
    again = [told._replace(is_reused=True) for told in CHECKS[:2]]

    screen = bare(shown(lambda console: checks.screen(console, [*again, *CHECKS[2:]], everything=False)))

    assert bare("2 liens repris de la mémoire, sans être redemandés") in screen
    assert bare("de la mémoire") not in bare(shown(SCREENS["checks"]))


def test_the_role_of_a_link_is_told_where_it_is_not_the_url() -> None:
    source = Source(id="a", title="A", url="https://a.fr/", links=(Address("download", "https://a.fr/f.csv"),))
    seen = [
        Check(
            link=link,
            evidence=Evidence(link.url, (Answer(link.url, 404),)),
            judgement=judge(Evidence(link.url, (Answer(link.url, 404),))),
            checked_at=datetime(2026, 11, 23, tzinfo=UTC),
        )
        for link in links_of(source)
    ]

    screen = shown(lambda console: checks.screen(console, [Told(each) for each in seen], everything=False))

    assert "  a  la page" in screen
    assert "  a (téléchargement)  la page" in screen


def test_the_numbers_add_up_and_the_gravest_comes_first() -> None:
    line = checks.numbers(CHECKS).plain

    numbers = [int(number) for number in re.findall(r"\d+", line)]

    assert line.startswith("9\u00a0liens\u00a0: ✗ 3\u00a0cassés, ")
    assert numbers[0] == sum(numbers[1:]) == len(CHECKS)


def test_one_link_is_singular_and_none_is_said() -> None:
    assert checks.numbers(CHECKS[:1]).plain == "1\u00a0lien\u00a0: ✓ 1\u00a0en ligne"
    assert checks.numbers([]).plain.startswith("0\u00a0lien")


def test_every_verdict_has_a_glyph_and_a_word() -> None:
    for verdict in Verdict:
        check = CHECKS[0].check
        seen = check._replace(judgement=check.judgement._replace(verdict=verdict))

        assert re.fullmatch(r"1\u00a0lien\u00a0: [✓→!✗-] 1\u00a0\w.*", checks.numbers([Told(seen)]).plain)


@pytest.mark.parametrize("name", ["sources", "hits", "problems", "checks"])
def test_nothing_to_show_is_no_error(name: str) -> None:
    shows: dict[str, Callable[[Console], None]] = {
        "sources": lambda console: screens.sources(console, CATALOGUE, ()),
        "hits": lambda console: screens.hits(console, ()),
        "problems": lambda console: screens.problems(console, ()),
        "checks": lambda console: checks.screen(console, (), everything=True),
    }

    assert len(shown(shows[name]).splitlines()) <= 1


@pytest.mark.parametrize("width", range(20, 60))
def test_no_line_is_broken_at_a_space_that_french_does_not_break(width: int) -> None:
    out = StringIO()
    says = (
        "Licence Ouverte\u00a0; au-delà\u00a0: sondage de 8\u00a0% des 84\u202f219\u00a0habitants ou «\u00a0rien\u00a0»"
    )

    Terminal(color="never").console(out, width=width).print(says)

    lines = [line.strip(" ") for line in out.getvalue().splitlines()]
    assert " ".join(lines) == says
    assert not [line for line in lines if line[0] in ";:%»" or line[-1] == "«\u00a0"]
