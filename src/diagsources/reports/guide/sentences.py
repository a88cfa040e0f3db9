"""What is said of a guide and of its sources, for people: the same on a page, on paper and on the screen."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from diagsources.model import ROLES, VERDICTS, Caution, Source
from diagsources.reports.card import provenance
from diagsources.reports.guide.course import Course, Stop
from diagsources.templates import LEVELS
from diagsources.text import counted, day_in_french, french
from diagsources.urls import masked_in

if TYPE_CHECKING:
    from diagsources.territory import Territory
    from diagsources.verdict.health import Health

ASKED = "À relever"
CAUTIONS = "Se méfier"
SOURCES = "Où chercher"
OTHERS = "Et aussi"
ELSEWHERE = "Hors du catalogue"
CONFUSED = "Ne pas confondre avec"
LINK = "Lien"
NOTHING = "Aucune source du catalogue ne couvre ce territoire."


def title(course: Course) -> str:
    """« Analyse des besoins sociaux (ABS) : CA du Sicoval »."""
    return course.guide.title + (f" : {course.territory.name}" if course.territory else "")


def head(course: Course) -> Iterator[tuple[str, str, str | None]]:
    """What is said before the questions: a label, a sentence, and the address that says so where there is one."""
    guide = course.guide
    if course.territory:
        from diagsources.territory import doubt  # deferred: a guide may be of no territory

        said = (_place(course.territory), doubt(course.territory))
        yield "Territoire", " ".join(f"{each}." for each in said if each), None
    if guide.description:
        yield "À quoi il sert", guide.description, None
    if guide.anchor:
        yield "Ancrage", guide.anchor.text, guide.anchor.source
    elif guide.questions:
        yield "Ancrage", "aucun texte n'a été relevé.", None


def foot(course: Course, known: "Mapping[str, Health]") -> Iterator[str]:
    """What is said after them."""
    if not known:
        yield "Les liens n'ont pas encore été vérifiés ici : « diagsources check » le fait."
    if course.origin:
        yield course.origin


def leads_to(course: Course, stop: Stop) -> str:
    """Which territory the address is of, where one was asked for."""
    if course.territory is None or stop.source.coverage == (course.territory.key,):
        return ""
    if stop.territory is None:
        return "adresse générale"
    if stop.territory.key == course.territory.key:
        return "adresse de ce territoire"
    return f"pas d'adresse à ce niveau, voici {stop.territory.name} ({LEVELS[stop.territory.level]})"


def told_before(stop: Stop) -> str:
    """Where the source is described, if that is not here."""
    return f"décrite à la question {stop.told_at}" if stop.told_at else ""


def reading(course: Course, stop: Stop) -> Iterator[tuple[str, str]]:
    """Who publishes, who produces if another, by what inquiry, transformed how, down to which level."""
    for entry in provenance(course.catalogue, stop.source):
        if entry.label != "Qui produit" or stop.source.producer:
            yield entry.label, ", ".join(entry.values)


def confusions(course: Course, stop: Stop) -> str:
    """The titles of the sources that look alike and are not; "" where there are none, nor of use there."""
    others = filter(None, (course.catalogue.find(other) for other in stop.source.confused_with))
    return " ; ".join(other.title for other in others if _is_of_use(course, other))


def _is_of_use(course: Course, source: Source) -> bool:
    """Whether a reader may meet *source*: it covers the territory, where there is one."""
    if course.territory is None:
        return True
    from diagsources.territory import covers  # deferred, as above

    return covers(source.coverage, course.territory)


def caution(told: Caution) -> str:
    """The sentence; who says it is told beside."""
    return french(masked_in(told.text))


def seen(known: "Mapping[str, Health]", stop: Stop) -> str:
    """« en ligne, vu le 23 novembre 2026 », « cassé depuis le 3 novembre 2026, vu le 23 novembre 2026 »; nothing
    where nothing at all is known."""
    health = known.get(stop.source.id)
    if health is None:
        return "jamais vérifié" if known else ""
    state = health.state
    since = f" depuis le {day_in_french(state.since.date())}" if state.is_down else ""
    of_which = f" ({ROLES.get(health.rel, health.rel)})" if health.rel != "url" else ""
    return f"{VERDICTS[health.verdict]}{since}{of_which}, vu le {day_in_french(state.at.date())}"


def sentence(note: str) -> str:
    """*note* as a sentence of its own."""
    return note[:1].upper() + note[1:] + ("" if note.endswith((".", "…", "!", "?")) else ".")


def _place(territory: "Territory") -> str:
    """« EPCI 243100633, Haute-Garonne (31), Occitanie, 84 219 habitants »."""
    departement, region = territory.departement, territory.region
    parts = (
        f"{LEVELS[territory.level]} {territory.code}",
        f"{departement.name} ({departement.code})" if departement else "",
        region.name if region else "",
        counted(territory.population, "habitant") if territory.population is not None else "",
    )
    return ", ".join(filter(None, parts))
