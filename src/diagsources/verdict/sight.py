"""What a page is, from what is seen of it: soft 404, parked, closed, broken, empty, a login.

Two strengths of evidence. `sight_of` says only what the page alone proves; `doubt_of` names what a control
request, to a path that cannot exist on the same host, then `confirmed` or did not. A page that merely talks
of these things is an article, or says more than the notice: every row of the tables has the length up to
which it holds.
"""

import re
from functools import lru_cache

from diagsources.text import LatePattern
from diagsources.urls import site_of
from diagsources.verdict.documents import error_told
from diagsources.verdict.missing import (
    BARE_NUMBER,
    BESIDE,
    DEFINES,
    EXPLAINS,
    HELPS,
    LEAD,
    NOTICE,
    NOTICE_HINTS,
    NUMBERED,
    SAID,
    SAID_HINTS,
    SUPPOSES,
)
from diagsources.verdict.page import Page, similar
from diagsources.verdict.phrases import ENDED, PRODUCTS, TITLED
from diagsources.verdict.places import home_url, host_in, login_url, parts_of
from diagsources.verdict.reading import (
    RECENT,
    Named,
    Reading,
    Sight,
    folded,
    parts,
    plain,
    reading,
    sentence,
    sentences,
    sight,
)
from diagsources.verdict.sentences import (
    CLOSED,
    EMPTY_LISTING,
    EVERYDAY,
    EVERYDAY_THINGS,
    LONGEST,
    OF_SOFTWARE,
    OF_THE_WEB,
    OF_THE_WORLD,
    RECURS,
    SPILLED,
    STILL_THERE,
    TOLD,
)
from diagsources.verdict.vocabulary import SOLD, SOLD_HINTS, Row

_FEW = 350
"""Visible characters of a notice and a way back, nothing else."""
_SHORT = 900
"""Those of a notice within a site's frame."""
_FRAMED = 2_000
"""The same with a long menu: title and heading must agree."""
_BEGINNING = 500
"""How much of an article is read."""
_BARE = 200
"""Those under which a number alone is a notice."""


def sight_of(page: Page, *, url: str) -> Sight | None:
    """What a page that answered 2xx is instead of the resource, where it alone proves it."""
    if page.encoding_error and not page.size:
        return Sight("undecodable", "")
    if "single-sign-on" in page.marks and len(page.text) <= _FEW:
        return Sight("auth-required", "")
    if _is_empty(page):
        return Sight("empty-page", "")
    if not page.html:
        is_short_text = page.kind == "text" and len(page.text) <= _BARE and not _DATA.search(page.text)
        return error_told(page) or (_announced(page) if is_short_text else None)
    return _parked(page, url) or _announced(page) or _login(page, url)


_DATA = re.compile(r"(?:[^;,\t]*[;\t]){2}|(?:[^,]*,(?! )){2}|\w\s*\(.*\)\s*\{")
"""The columns of a table, or a program."""


@lru_cache(maxsize=RECENT)
def _announced(page: Page) -> Sight | None:
    """What a page says of itself, wherever it is."""
    read = reading(page)
    return _templated(page, read) or _far_away(page, read) or _missing(page, read) or _noticed(page, read)


def doubt_of(page: Page, *, url: str) -> Sight | None:
    """What a page that answered 2xx may be instead of the resource; a control request tells."""
    if not page.html:
        return None
    return _hinted(page) or (sight("soft-404", page.canonical) if _canonical_is_home(page, url) else None)


@lru_cache(maxsize=RECENT)
def _hinted(page: Page) -> Sight | None:
    """What a page may say of itself, wherever it is."""
    read = reading(page)
    named = _notices(read.named, read.name_stems)
    if named:
        return sight("soft-404", named[0].raw)
    found = _said(page, read) if len(page.core) <= _FRAMED else None
    return sight("soft-404", sentence(page.core, found.group())) if found else None


@lru_cache(maxsize=RECENT)
def calls_itself_home(page: Page) -> bool:
    """Whether *page* presents itself as the first of a site."""
    return any(_HOME_WORDS.match(plain(words)) for words in (page.title, *page.headings))


_HOME_WORDS = re.compile(r"(?:page d |page de )?(?:accueil|bienvenue|home|homepage|welcome)\b")


def confirmed(page: Page, control_page: Page, control_status: int) -> bool:
    """Whether the answer to a path that cannot exist shows that *page* is what its host says of any path.

    An honest refusal of that path dismisses the doubt, and an application says nothing either way.
    """
    if not 200 <= control_status < 300 or page.app or control_page.app:
        return False
    return similar(page, control_page)


def _said(page: Page, read: Reading) -> re.Match[str] | None:
    """The sentence that says that what was asked for is missing; an article would begin with it."""
    told, stems = (read.told, read.stems) if not read.is_article else folded(page.core[:_BEGINNING])
    if any(hints.isdisjoint(stems) for hints in SAID_HINTS) or _lists_answers(told):
        return None
    return next((found for found in SAID.finditer(told) if not _is_supposed(told, found)), None)


def _lists_answers(told: str) -> bool:
    """Whether *told* names several answers of HTTP: a list of them, and none itself."""
    return len(set(_ANSWERS.findall(told))) > 1


_ANSWERS = re.compile(r"\b([45]\d\d) (?:bad|unauthorized|forbidden|not|too|internal|gateway|service|erreur|page)\b")


def _is_supposed(told: str, found: re.Match[str]) -> bool:
    """Whether what was *found* in *told* comes after an « if », or in an explanation."""
    return SUPPOSES.search(told[max(0, found.start() - _BEFORE) : found.start()]) is not None


_BEFORE = 60


def _notices(names: tuple[Named, ...], stems: frozenset[str]) -> list[Named]:
    """Those of *names*, whose words are among *stems*, that say that something is missing; the ones that only say
    404 come last."""
    if NOTICE_HINTS.isdisjoint(stems):
        return []
    found = [name for name in names if NOTICE.fullmatch(name.plain)]
    return sorted(found, key=_is_bare)


def _is_bare(name: Named) -> bool:
    return BARE_NUMBER.fullmatch(name.plain) is not None


def _templated(page: Page, read: Reading) -> Sight | None:
    if not page.marks:
        return None
    if "template-404" in page.marks:
        return sight("soft-404", page.title or page.core)
    if "default" in page.marks and len(page.core) <= _SHORT:
        return sight("default-page", page.title or page.core)
    if "template-error" in page.marks and len(page.core) <= _SHORT:
        missing = _said(page, read) or _notices(read.named, read.name_stems)
        return sight("soft-404" if missing else "application-error", page.title or page.core)
    return None


def _parked(page: Page, url: str) -> Sight | None:
    if page.refresh is not None and re.match(r"/lander\b", page.refresh[1]):
        return sight("parked-domain", page.refresh[1])
    if not (read := reading(page)).name_stems.isdisjoint(_GAMBLING) and _TAKEN_OVER.search(read.names):
        return sight("parked-domain", page.title)
    if "parking" in page.marks and len(page.core) <= _SHORT:
        return sight("parked-domain", page.title or page.core)
    if len(page.core) > _FRAMED or (SOLD_HINTS.isdisjoint(read.stems) and SOLD_HINTS.isdisjoint(read.name_stems)):
        return None
    host = re.escape(plain(site_of(url)))
    sold = re.search(rf"\b{host} (?:est |is |may be |could be )?(?:\w+ )?{SOLD}\b", f"{read.names} {read.told}")
    return sight("parked-domain", page.title or page.core) if host and sold else None


_FAR_AWAY = LatePattern(
    r"\b(?:disponible|accessible|available|accessed|consultable) (?:dans|depuis|in|from) (?:votre|your) (?:pays"
    r"|region|zone|territoire|country|location|area)\b"
)


def _far_away(page: Page, read: Reading) -> Sight | None:
    """A refusal of readers of some countries."""
    if len(page.core) > _FEW or _GEOGRAPHY.isdisjoint(read.stems):
        return None
    found = _FAR_AWAY.search(read.told)
    return sight("access-denied", sentence(page.core, found.group())) if found else None


_GEOGRAPHY = frozenset({"pays", "regio", "zone", "terri", "count", "locat", "area"})


_GAMBLING = frozenset({"slot", "slot8", "situs", "judi", "togel"})
_TAKEN_OVER = LatePattern(
    r"\b(?:slot gacor|situs (?:slot|judi|togel)|judi (?:online|bola|slot)|togel (?:online|hari)|slot88)\b"
)
"""What the new owners of names that have lapsed write over what was there."""


def _noticed(page: Page, read: Reading) -> Sight | None:
    """The first row of the tables that holds."""
    length = len(page.core)
    if length > LONGEST:
        return None
    if (name := _entitled(PRODUCTS, read)) is not None and not _DOCUMENTS.search(read.names):
        return sight(PRODUCTS.code, name.raw)
    if read.is_article:
        return None
    for row in TITLED:
        if length <= row.longest and (name := _entitled(row, read)) and not _is_everyday(row, read, name.plain):
            is_told_of = _explains(read) or (row.code == "application-error" and _helps(read))
            return None if is_told_of else sight(row.code, name.raw)
    if length <= ENDED.longest and (ended := _ended(page, read)) is not None:
        return ended
    length += page.links  # of a page of links, a sentence beside them says less
    for row in TOLD if page.headings else (*TOLD, SPILLED):
        found = (
            row.pattern.search(read.told) if length <= row.longest and not row.hints.isdisjoint(read.stems) else None
        )
        if found and not _is_everyday(row, read, found.group()) and not _is_asked(row, page, read, found):
            return None if _explains(read) or _helps(read) else sight(row.code, sentence(page.core, found.group()))
    return sight("default-page", page.title) if _lists_nothing(page, read) else None


def _ended(page: Page, read: Reading) -> Sight | None:
    """What a page says of the end of what it is, by its name or in a sentence of its own."""
    if EVERYDAY.search(read.told) or STILL_THERE.search(read.told) or _explains(read):
        return None
    if (name := _entitled(ENDED, read)) is not None and OF_SOFTWARE.search(read.told):
        return sight(ENDED.code, name.raw)
    if "ferme" not in read.stems or not OF_THE_WEB.search(f"{read.names} {read.told}"):
        return None
    said = next((raw for raw in sentences(page.core) if CLOSED.match(plain(raw))), "")
    return sight(ENDED.code, said) if said else None


_DOCUMENTS = LatePattern(
    r"\b(?:documentation|docs|learn|how to|manual|guide|forums?|downloads?|telecharge\w+|developpement"
    r"|clustering|handbook|reference|tutorials?)\b"
)


def _entitled(row: Row, read: Reading) -> Named | None:
    """The part of the title or of the heading that *row* matches."""
    if row.hints.isdisjoint(read.name_stems):
        return None
    return next((name for name in read.named if row.pattern.fullmatch(name.plain)), None)


def _is_asked(row: Row, page: Page, read: Reading, found: re.Match[str]) -> bool:
    """Whether what was *found* in the text is a question, supposed, or within quotation marks; of software that fails,
    whether it is one of a list of failures."""
    if row.code == "application-error":
        return _lists_answers(read.told)
    said = sentence(page.core, found.group())
    words = found.group().split()[:2]
    quoted = any(" ".join(words) in plain(quote) for quote in _QUOTES.findall(said))
    is_question = said.rstrip(" \xa0\u202f").endswith("?") and not any(
        found.group() in name.plain for name in read.named
    )
    return quoted or is_question or _is_supposed(read.told, found)


_QUOTES = re.compile('[«“„]([^»”“]{1,200})[»”“]|"[^"]{1,200}"')


def _is_everyday(row: Row, read: Reading, said: str) -> bool:
    """Whether what is *said* is of closings and sales in the world."""
    if row.code == "maintenance-notice":
        return EVERYDAY_THINGS.search(read.told) is not None or RECURS.search(read.told) is not None
    if row.code == "closed-notice" and (
        STILL_THERE.search(read.told)
        or (OF_THE_WORLD.match(said) and not OF_THE_WEB.search(f"{read.names} {read.told}"))
    ):
        return True
    return row.code in {"closed-notice", "parked-domain"} and EVERYDAY.search(read.told) is not None


def _explains(read: Reading) -> bool:
    return bool(EXPLAINS.search(read.names) or DEFINES.search(read.told))


def _helps(read: Reading) -> bool:
    return any(HELPS.fullmatch(name.plain) for name in read.named)


def _lists_nothing(page: Page, read: Reading) -> bool:
    """Whether a server lists the files of a directory that has none."""
    name = next((named.plain for named in read.title[:1] if named.plain.startswith(_LISTINGS)), "")
    told = plain(page.text) if name else ""  # with its links: they are what it lists
    return bool(name and EMPTY_LISTING.fullmatch(told.removeprefix(name).strip()))


_LISTINGS = ("index of", "index de", "directory listing for")


def _missing(page: Page, read: Reading) -> Sight | None:
    """A soft 404 that needs no control request."""
    length = len(page.core)
    if length > _FRAMED:
        return None
    title = _notices(read.title, read.name_stems)
    heading = _notices(_headings(page, read), read.name_stems)
    bare = [] if title or heading else _notices(read.bare, read.stems)
    said = _said(page, read) if length <= _SHORT and not read.is_article else None
    named = sorted(title[:1] + heading[:1] + bare[:1], key=_is_bare)
    if named and _is_bare(named[0]) and not said and (length > _BARE or _is_about_else(read)):
        return None
    if read.is_article and all(NUMBERED.fullmatch(name.plain) for name in title + heading):
        return None
    seen = ""
    if (title and heading) or (named and length <= _SHORT and not read.is_article):
        seen = named[0].raw
    elif said and length <= _FEW:
        seen = sentence(page.core, said.group())
    if not seen or _explains(read):
        return None
    is_named = title or heading or any(map(_leads, read.named))
    return sight("soft-404", seen) if is_named or _says_no_more(read.besides) else None


def _leads(name: Named) -> bool:
    """Whether *name* is what comes before a notice, and says nothing by itself."""
    return LEAD.fullmatch(f"{name.plain} ") is not None


def _says_no_more(text: str) -> bool:
    """Whether *text* is a notice, and what stands beside one; with facts in it, it may be a record's."""
    for raw in sentences(text.partition("©")[0]):
        told = plain(raw)
        is_short = len(told.split()) <= _FEW_WORDS and not any(map(str.isdigit, told))
        if not (is_short or BESIDE.search(told) or SAID.search(told) or NOTICE.fullmatch(told)):
            return False
    return True


_FEW_WORDS = 3


def _is_about_else(read: Reading) -> bool:
    """Whether the heading names something, which a number alone in the title may count or be the name of."""
    return bool(read.heading) and not any(NOTICE.fullmatch(name.plain) or _leads(name) for name in read.heading)


def _headings(page: Page, read: Reading) -> tuple[Named, ...]:
    """The first heading in parts; of a page that says little else, the next ones as well."""
    if len(page.core) > _FEW or len(page.headings) < 2:
        return read.heading
    return (*read.heading, *(part for heading in page.headings[1:3] for part in parts(heading)))


_LOGIN_TITLE = LatePattern(
    r"(?:page (?:de |d )|espace (?:de )?)?(?:connexion|authentification|identification)(?: .{0,40})?"
    r"|protege (?:par mot de passe|.{1,60})|s identifier.{0,40}|se connecter(?: .{0,40})?|connectez vous.{0,40}"
    r"|identifiez vous.{0,40}"
    r"|(?:sign|log) ?in(?: .{0,40})?|login(?: .{0,40})?|(?:account |user )?(?:authentication|login)(?: required"
    r"| page)?|acces (?:reserve|restreint|securise|abonnes?)|espace (?:prive|reserve|membres?|adherents?|client"
    r"|abonne|personnel)"
    r"|(?:cas )?service central d authentification|entrez votre identifiant.{0,40}|(?:rejoignez|join) linkedin"
    r"|cas .{0,40}central authentication service|central authentication service|veuillez vous (?:connecter"
    r"|identifier|authentifier).{0,40}"
)


def _login(page: Page, url: str) -> Sight | None:
    """A page that is nothing but a login form."""
    if not page.password or len(page.core) > _FRAMED:
        return None
    named = next((name.raw for name in reading(page).named if _LOGIN_TITLE.fullmatch(name.plain)), "")
    if (named and len(page.core) <= _SHORT) or len(page.text) <= 150 or (login_url(url) and len(page.core) <= _SHORT):
        return sight("auth-required", named or page.title or page.core)
    return None


def _is_empty(page: Page) -> bool:
    if page.encoding_error or not page.whole:
        return False
    if page.size == 0:
        return True
    if page.html or page.kind == "text":
        return not (page.text or page.embeds or page.scripts or page.app or page.refresh)
    return False


def _canonical_is_home(page: Page, url: str) -> bool:
    """Whether a deep page says that its address is the site's root."""
    if not page.canonical or home_url(url) or parts_of(url).query:
        return False
    same = host_in(page.canonical).removeprefix("www.") in {"", host_in(url).removeprefix("www.")}
    return same and home_url(page.canonical) and not page.canonical.startswith("#")
