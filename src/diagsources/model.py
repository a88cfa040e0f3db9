"""The values everything else speaks of: a catalogue, its sources, and the links they give.

All are frozen, comparable and picklable. They are named tuples since every command loads them, and a
frozen dataclass costs seven times as much at start-up (0.7 ms each against 0.1).

The fields of `Source` are the keys of the YAML, with the same names; `Annotated` carries what the
loader checks and the JSON Schema says of them. Values are tuples and strings as written in the
catalogue; vocabularies are tables from value to French label.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from diagsources.templates import LEVELS


class OneOf:
    """The value is a key of *labels*, which says it in French."""

    __match_args__ = ("labels",)
    __slots__ = ("labels",)

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels


class Pattern:
    """The value matches the regular expression; *says* describes it in French; *unquoted*, it may
    be written as what YAML takes for a number or a date."""

    __match_args__ = ("regex", "says", "unquoted")
    __slots__ = __match_args__

    def __init__(self, regex: str, says: str, *, unquoted: bool = False) -> None:
        self.regex = regex
        self.says = says
        self.unquoted = unquoted


class Url:
    """The value is an absolute http or https URL."""

    __slots__ = ()


class Reference:
    """The value is the id of something else, a source unless *to* says otherwise, or, where *or_url*, an address."""

    __match_args__ = ("or_url", "to")
    __slots__ = __match_args__

    def __init__(self, *, or_url: bool = False, to: str = "source") -> None:
        self.or_url = or_url
        self.to = to


class Hidden:
    """Where the value was found: not a key of the YAML."""

    __slots__ = ()


KINDS = {
    "portail": "portail",
    "observatoire": "observatoire",
    "cartographie": "cartographie",
    "atlas": "atlas",
    "jeu-de-donnees": "jeu de données",
    "dossier": "dossier",
    "moteur": "moteur de recherche",
    "documentation": "documentation",
    "outil": "outil",
    "fonds-de-carte": "fonds de carte",
    "veille": "veille",
}

PUBLISHER_KINDS = {
    "service-statistique-public": "service statistique public",
    "etat": "État",
    "operateur-public": "opérateur public",
    "securite-sociale": "organisme de sécurité sociale",
    "collectivite": "collectivité",
    "agence-urbanisme": "agence d'urbanisme",
    "ordre-ou-association": "ordre professionnel ou association",
    "entreprise": "entreprise",
    "communaute": "communauté",
}

COLLECTIONS = {
    "recensement": "recensement",
    "enquete": "enquête",
    "administratif": "données administratives",
    "prive": "données privées",
    "capteur-teledetection": "capteurs, télédétection",
    "participatif": "contributions",
    "moissonnage": "moissonnage d'autres catalogues",
    "composite": "assemblage de plusieurs sources",
}

TRANSFORMATIONS = {
    "redressement": "redressement",
    "imputation": "imputation",
    "secret-statistique": "secret statistique",
    "agregation": "agrégation",
    "appariement": "appariement",
    "geocodage": "géocodage",
    "modele": "modèle",
    "arrondi": "arrondi",
    "anonymisation": "anonymisation",
    "republication": "republication par un tiers",
}

ACCESSES = {
    "zonage": "par zonage",
    "indicateur": "par indicateur",
    "carte": "par la carte",
    "telechargement": "téléchargement",
    "api": "API",
}

GRANULARITIES = {
    "adresse": "adresse",
    "parcelle": "parcelle",
    "carreau": "carreau",
    "iris": "IRIS",
    "commune": "commune",
    "epci": "EPCI",
    "canton": "canton",
    "departement": "département",
    "region": "région",
    "pays": "pays",
    "aav": "aire d'attraction d'une ville",
    "ze": "zone d'emploi",
    "bv": "bassin de vie",
    "tvs": "territoire de vie-santé",
    "qpv": "quartier prioritaire",
    "point": "point",
}

FREQUENCIES = {
    "CONT": "en continu",
    "DAILY": "quotidienne",
    "WEEKLY": "hebdomadaire",
    "MONTHLY": "mensuelle",
    "QUARTERLY": "trimestrielle",
    "ANNUAL_2": "semestrielle",
    "ANNUAL": "annuelle",
    "BIENNIAL": "tous les deux ans",
    "TRIENNIAL": "tous les trois ans",
    "QUINQUENNIAL": "tous les cinq ans",
    "DECENNIAL": "tous les dix ans",
    "IRREG": "irrégulière",
    "AS_NEEDED": "au besoin",
    "NEVER": "jamais",
    "UNKNOWN": "inconnue",
}
"""Codes of the EU authority table *frequency* (dct:accrualPeriodicity)."""

PLATFORMS = {
    "opendatasoft": "Opendatasoft",
    "udata": "udata",
    "data-fair": "Data Fair",
    "geoclip": "Géoclip",
    "ckan": "CKAN",
    "geonetwork": "GeoNetwork",
    "ogc": "services OGC",
    "arcgis": "ArcGIS",
    "discourse": "Discourse",
    "wordpress": "WordPress",
    "propre": "logiciel propre au site",
}

RELATIONS = {
    "api": "API",
    "download": "téléchargement",
    "documentation": "documentation",
    "map": "carte",
    "former": "ancienne adresse",
}

BY_TERRITORY = "territory"
"""The role of an address that a template gives; not one to write in the YAML."""

ROLES = {**RELATIONS, BY_TERRITORY: "par territoire"}
"""The roles that a link which was asked can have, but `url`."""

STATUSES = {
    "active": "en service",
    "moved": "déplacé",
    "replaced": "remplacé",
    "closed": "fermé",
}

ADDRESS_STATUSES = {
    "active": "en service",
    "moved": "déplacée",
    "replaced": "remplacée",
    "closed": "fermée",
}
"""The same, said of an address."""

CONFIDENCES = {"certain": "certain", "likely": "probable", "unsure": "incertain"}


class Verdict(StrEnum):
    """What a check means for a person with a browser."""

    OK = "ok"
    MOVED = "moved"
    RESTRICTED = "restricted"
    SUSPECT = "suspect"
    INSECURE = "insecure"
    UNAVAILABLE = "unavailable"
    BROKEN = "broken"
    SKIPPED = "skipped"


VERDICTS = {
    Verdict.OK: "en ligne",
    Verdict.MOVED: "déplacé",
    Verdict.RESTRICTED: "restreint",
    Verdict.SUSPECT: "suspect",
    Verdict.INSECURE: "non sûr",
    Verdict.UNAVAILABLE: "indisponible",
    Verdict.BROKEN: "cassé",
    Verdict.SKIPPED: "non vérifié",
}

FAILING = frozenset({Verdict.SUSPECT, Verdict.INSECURE, Verdict.UNAVAILABLE, Verdict.BROKEN})
"""The verdicts that turn CI red unless told otherwise."""

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"

Id = Annotated[str, Pattern(ID_PATTERN, "des minuscules sans accent, des chiffres et des tirets : insee-sicoval")]
PartialDate = Annotated[
    str,
    Pattern(
        r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?",
        "une date : 2024, 2024-03 ou 2024-03-22",
        unquoted=True,
    ),
]
"""A date known to the year, the month or the day (W3CDTF)."""
TerritoryCode = Annotated[
    str,
    Pattern(r"[a-z]+:[0-9A-Za-z]+", "un niveau et un code : pays:FR, region:76, epci:243100633"),
]


class Advice(NamedTuple):
    """What every reader of the catalogue should hear first."""

    title: str
    text: str


class Theme(NamedTuple):
    """A shelf of the catalogue; *aliases* are other words for its id."""

    id: Id
    title: str
    description: str | None = None
    aliases: tuple[str, ...] = ()


class Publisher(NamedTuple):
    """Who publishes (dct:publisher)."""

    id: Id
    name: str
    kind: Annotated[str | None, OneOf(PUBLISHER_KINDS)] = None
    url: Annotated[str | None, Url()] = None


class Caution(NamedTuple):
    """A thing to beware of, with the address that says so where there is one."""

    text: str
    source: Annotated[str | None, Url()] = None


class Address(NamedTuple):
    """A further address of a source (dcat:distribution), with its role *rel*."""

    rel: Annotated[str, OneOf(RELATIONS)]
    url: Annotated[str, Url()]
    title: str | None = None
    line: Annotated[int, Hidden()] = 0


class Template(NamedTuple):
    """The address of a source for each territory of a *level*: *url* names what to fill in between braces.

    One of which nothing is said is as sure as its source.
    """

    level: Annotated[str, Hidden()]
    url: str
    confidence: Annotated[str | None, OneOf(CONFIDENCES)] = None
    note: str | None = None
    line: Annotated[int, Hidden()] = 0


class Expectation(NamedTuple):
    """What a living page shows: words of its text or title, its media type, a key of its JSON."""

    text: str | None = None
    title: str | None = None
    type: str | None = None
    json: str | None = None


class Lifecycle(NamedTuple):
    """What has become of a source since the document was written (adms:status)."""

    status: Annotated[str, OneOf(STATUSES)] = "active"
    since: PartialDate | None = None
    successor: Annotated[str | None, Reference(or_url=True)] = None
    note: str | None = None


class KnownFinding(NamedTuple):
    """A verdict that may not turn CI red before the day *until*."""

    verdict: Annotated[str, OneOf({str(verdict): label for verdict, label in VERDICTS.items()})]
    reason: str
    until: date


class Verification(NamedTuple):
    """When and how surely the facts of an entry were established, and from what."""

    on: date
    confidence: Annotated[str | None, OneOf(CONFIDENCES)] = None
    evidence: Annotated[tuple[str, ...], Url()] = ()


class Source(NamedTuple):
    """A source of data: what it is, who makes it and how, and where it is (dcat:Dataset and kin).

    What is not known is absent: None or an empty tuple.
    """

    id: Id
    """Stable; what users type."""
    title: str
    url: Annotated[str, Url()]
    """Where a person should go today."""
    document_url: Annotated[str | None, Url()] = None
    """The address as the document gives it, when it differs from `url`."""
    section: str | None = None
    """The document's heading."""
    also: tuple[str, ...] = ()
    """Further themes."""
    description: str | None = None
    kind: Annotated[str | None, OneOf(KINDS)] = None
    publisher: str | None = None
    """The id of a publisher, or free text."""
    producer: str | None = None
    """Who made the data, if another: the id of a publisher, or free text."""
    collection: Annotated[tuple[str, ...], OneOf(COLLECTIONS)] = ()
    transformations: Annotated[tuple[str, ...], OneOf(TRANSFORMATIONS)] = ()
    cautions: tuple[Caution, ...] = ()
    confused_with: Annotated[tuple[str, ...], Reference()] = ()
    access: Annotated[tuple[str, ...], OneOf(ACCESSES)] = ()
    granularity: Annotated[tuple[str, ...], OneOf(GRANULARITIES)] = ()
    coverage: tuple[TerritoryCode, ...] = ()
    frequency: Annotated[str | None, OneOf(FREQUENCIES)] = None
    licence: str | None = None
    """An SPDX id, or `propre`."""
    keywords: tuple[str, ...] = ()
    platform: Annotated[str | None, OneOf(PLATFORMS)] = None
    links: tuple[Address, ...] = ()
    territory_urls: Annotated[tuple[Template, ...], OneOf(LEVELS)] = ()
    """In the YAML a template, or what is known of it, by level."""
    territory_note: str | None = None
    """How to find a territory there, or why no address leads to it."""
    expect: Expectation | None = None
    lifecycle: Lifecycle | None = None
    exception: KnownFinding | None = None
    verified: Verification | None = None
    theme: Annotated[str, Hidden()] = ""
    file: Annotated[str, Hidden()] = ""
    line: Annotated[int, Hidden()] = 0
    url_line: Annotated[int, Hidden()] = 0

    @property
    def themes(self) -> tuple[str, ...]:
        """The theme of its file first, then the others."""
        return (self.theme, *(theme for theme in self.also if theme != self.theme))

    @property
    def status(self) -> str:
        """A key of `STATUSES`; a source nothing is said of is in service."""
        return self.lifecycle.status if self.lifecycle else "active"


class Question(NamedTuple):
    """What a diagnosis asks: the indicators that answer it, and where to look for them."""

    id: Id
    title: str
    """As it is asked: « Qui habite ici ? »."""
    indicators: tuple[str, ...]
    sources: Annotated[tuple[str, ...], Reference()]
    """Those to begin with at the head."""
    elsewhere: tuple[str, ...] = ()
    """What would answer it too, and is not in the catalogue."""
    advice: str | None = None
    cautions: tuple[Caution, ...] = ()
    """What to beware of, whichever the source."""


class Anchor(NamedTuple):
    """What a diagnosis is required by, or the guide that it follows, with the address that says so."""

    text: str
    source: Annotated[str | None, Url()] = None


class Guide(NamedTuple):
    """A diagnosis as a course: what it is for, and its questions in order; without any, all there are."""

    id: Id
    title: str
    aliases: tuple[str, ...] = ()
    description: str | None = None
    anchor: Anchor | None = None
    questions: Annotated[tuple[str, ...], Reference(to="question")] = ()


class Problem(NamedTuple):
    """A fault in the YAML: where it is (line and column count from 1), and what would be right."""

    file: str
    line: int
    column: int
    code: str
    message: str
    suggestion: str = ""

    @property
    def place(self) -> str:
        """`file:line:column`, as editors and compilers write it."""
        return f"{self.file}:{self.line}:{self.column}"


class Catalogue(NamedTuple):
    """All that was read: sources in the order of their themes, guides, and every problem met on the way."""

    advice: Advice | None = None
    themes: tuple[Theme, ...] = ()
    publishers: Mapping[str, Publisher] = {}
    """By id."""
    sources: tuple[Source, ...] = ()
    questions: tuple[Question, ...] = ()
    guides: tuple[Guide, ...] = ()
    problems: tuple[Problem, ...] = ()
    lost: int = 0
    """How many files and entries could not be read at all."""

    def publisher(self, reference: str | None) -> Publisher | None:
        """The publisher of that id; free text stands for its own name; None stays None."""
        if reference is None:
            return None
        return self.publishers.get(reference) or Publisher(id=reference, name=reference)

    def find(self, source_id: str) -> Source | None:
        """The source of that id."""
        return next((source for source in self.sources if source.id == source_id), None)


class Link(NamedTuple):
    """An address to ask, with its role: `url`, or one of `ROLES`."""

    id: str
    rel: str
    url: str
    title: str = ""
    theme: str = ""
    file: str = ""
    line: int = 0
    expect: Expectation | None = None
    exception: KnownFinding | None = None
    publisher: str = ""
    """The name of who publishes."""
    verified_on: date | None = None
    """When its source was last verified."""


def links_of(source: Source, *, publisher: str = "") -> Iterator[Link]:
    """The addresses of *source* that should answer: its `url`, and every link that is not former; *publisher* is
    the name of who publishes it."""

    def link(rel: str, url: str, line: int, expect: Expectation | None = None) -> Link:
        return Link(
            id=source.id,
            rel=rel,
            url=url,
            title=source.title,
            theme=source.theme,
            file=source.file,
            line=line,
            expect=expect,
            exception=source.exception,
            publisher=publisher,
            verified_on=source.verified and source.verified.on,
        )

    yield link("url", source.url, source.url_line, source.expect)
    for address in source.links:
        if address.rel != "former":
            yield link(address.rel, address.url, address.line)


def source_from(plain: Mapping[str, Any]) -> Source:
    """The source that *plain* (the shape of `plain_of`) describes."""
    return Source(**_values(plain))


def question_from(plain: Mapping[str, Any]) -> Question:
    """The question that *plain* (the shape of `plain_of`) describes."""
    return Question(**_values(plain))


def guide_from(plain: Mapping[str, Any]) -> Guide:
    """The guide that *plain* (the shape of `plain_of`) describes."""
    return Guide(**_values(plain))


def plain_of(value: object) -> Any:
    """*value* as dicts, lists, strings and numbers, without what is unknown; dates are ISO 8601."""
    if isinstance(value, tuple):
        names = getattr(value, "_fields", None)
        if names is None:
            return [plain_of(item) for item in value]
        pairs = zip(names, value, strict=True)
        return {name: plain_of(item) for name, item in pairs if item is not None and item != ()}
    return value.isoformat() if isinstance(value, date) else value


def _values(plain: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
    return values | {key: build(plain[key]) for key, build in _NESTED.items() if key in plain}


def _verification(plain: Mapping[str, Any]) -> Verification:
    return Verification(
        on=date.fromisoformat(plain["on"]),
        confidence=plain.get("confidence"),
        evidence=tuple(plain.get("evidence", ())),
    )


def _known_finding(plain: Mapping[str, Any]) -> KnownFinding:
    return KnownFinding(verdict=plain["verdict"], reason=plain["reason"], until=date.fromisoformat(plain["until"]))


_NESTED: Mapping[str, Any] = {
    "territory_urls": lambda items: tuple(Template(**item) for item in items),
    "cautions": lambda items: tuple(Caution(**item) for item in items),
    "links": lambda items: tuple(Address(**item) for item in items),
    "expect": lambda plain: Expectation(**plain),
    "lifecycle": lambda plain: Lifecycle(**plain),
    "exception": _known_finding,
    "verified": _verification,
    "anchor": lambda plain: Anchor(**plain),
}
