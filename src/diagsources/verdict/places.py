"""What an address alone says: a login, a home page, a seller of domains, a file."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from diagsources.text import LatePattern

_PARKING_HOSTS = LatePattern(
    r"(?:^|\.)(?:sedo|sedoparking|dan|hugedomains|afternic|bodis|parkingcrew|uniregistry|undeveloped"
    r"|domainmarket|brandbucket"
    r"|namebright|buydomains|squadhelp|atom|above|parklogic|skenzo|domain-for-sale|domaineasy|perfectdomain|efty"
    r"|porkbun-parking"
    r"|expireddomains|dynadot-parking|snapnames|dropcatch|namejet|domainnamesales|voodoo|searchvity)\.(?:com|net"
    r"|io|co|fr|de|org)$"
)
_NUMBERED = re.compile(r"^ww\d{1,3}\.")
_PARKED_SUBDOMAIN = re.compile(r"^ww\d\d\.")
"""`ww2.` is many a living site's; `ww25.` is nobody's."""
_PARKED_QUERY = re.compile(r"(?:^|&)(?:usid|utid|subid1?|gkey|sedoparking|tsid)=")


def parking_host(host: str) -> bool:
    """Whether *host*, or the host of a URL, is where parked and for-sale domains are sent."""
    if "/" not in host:
        return bool(_PARKING_HOSTS.search(host.lower()) or _PARKED_SUBDOMAIN.match(host.lower()))
    parts = parts_of(host)
    name, place = parts.host, f"{parts.path}?{parts.query}"
    if _PARKING_HOSTS.search(name):
        return True
    if (_PARKED_SUBDOMAIN.match(name) and parts.path in {"", "/"}) or (
        _NUMBERED.match(name) and _PARKED_QUERY.search(parts.query)
    ):
        return True
    if name.endswith("godaddy.com"):
        return bool(re.search(r"for-?sale|domainsearch|forsale|domain-auctions", place))
    return bool(re.match(r"/lander(?:/|\?|$)", place))


_LOGIN_HOST = LatePattern(
    r"^(?:accounts\.google\.com|(?:[\w-]+\.)?(?:franceconnect|agentconnect|proconnect)\.gouv\.fr"
    r"|login\.microsoftonline\.com|login\.live\.com|(?:login|signin|sso|cas|auth|idp"
    r"|connexion|authentification|accounts?|adfs|keycloak|identity|oauth|wayf|saml)\d?\..+|[\w.-]+\.(?:okta"
    r"|auth0|onelogin)\.com)$"
)
_LOGIN_PATH = LatePattern(
    r"/(?:log-?in|sign-?in|logon|connexion|se-connecter|authentification|identification|sso|cas|adfs"
    r"|shibboleth(?:\.sso)?|wp-login\.php|user/login|users/sign_in|users/login"
    r"|account/login|oauth2?/authorize|api/v\d/authorize|oauth2?/auth|openid-connect/auth|saml2?|idp|auth/login"
    r"|login\.(?:php"
    r"|aspx?|jsp|html?|do)|connexion\.(?:php|html?|aspx?)|auth/realms/[^/]+/.*|realms/[^/]+/protocol/.*"
    r"|page-?login|espace-(?:prive|membre)/connexion)"
    r"(?:/|\.html?|;|$)",
    re.IGNORECASE,
)
_LOGIN_ROUTE = re.compile(r"^!?/(?:login|signin|sign-in|connexion|auth|authentification)\b", re.IGNORECASE)


def login_url(url: str) -> bool:
    """Whether *url* is, by its looks, where one is asked who one is."""
    parts = parts_of(url)
    host, path = parts.host, parts.path
    if _LOGIN_HOST.match(host) and (
        host.startswith(("accounts.google", "login.", "app.franceconnect"))
        or parts.query
        or _LOGIN_PATH.search(path)
        or path in {"", "/"}
    ):
        return True
    if _LOGIN_PATH.search(path):
        return not re.search(r"/(?:aide|help|docs?|documentation|faq|blog|actualites?|news|wiki)/", path)
    return bool(
        _LOGIN_ROUTE.match(parts.fragment)
        or re.search(r"(?:^|&)(?:action|page|view|route|p)=(?:login|connexion|signin)\b", parts.query)
    )


_ERROR_PATH = LatePattern(
    r"(?:^(?:/[a-z]{2})?/(?:404|410)|/(?:erreurs?|errors?|http|pages?|status)[-_/]?(?:404|410)"
    r"|/page[-_]?(?:non[-_]?trouvee|introuvable|inexistante"
    r"|not[-_]?found)|/not[-_]?found|/(?:error|erreur)[-_/]?(?:not[-_]?found|page)?|/introuvable"
    r"|/page[-_]?(?:d[-_])?erreur)"
    r"(?:\.\w{2,5})?/?$",
    re.IGNORECASE,
)
_CLOSED_PATH = LatePattern(r"/(?:site[-_]|page[-_]|en[-_])?maintenance(?:\.\w{2,5})?/?$", re.IGNORECASE)


def error_url(url: str) -> str:
    """The code of the reason for which sites send to *url*, by its looks: `soft-404` of a page of errors,
    `maintenance-notice` of one of maintenance; "" of any other."""
    parts = parts_of(url)
    path = unquote(parts.path)
    if _ERROR_PATH.search(path) or "aspxerrorpath=" in parts.query.lower():
        return "soft-404"
    return "maintenance-notice" if _CLOSED_PATH.search(path) else ""


_HOME_PATH = re.compile(
    r"/*+(?:(?:fr|en|fre|fra|eng|fr[-_]fr|en[-_](?:us|gb)|web|site|www|public|portail|accueil|web/guest|index\.php"
    r"|(?:cms|pages?|front|jcms/[cj]_\d+(?:/fr)?)(?=/++(?:accueil|home|index|welcome)))/++)?"
    r"(?:(?:index|default|accueil|home|welcome|main|homepage|start)(?:\.(?:html?|php\d?|aspx?|jsp|do|xhtml"
    r"|action|cfm))?|page-d-?accueil|fr|en|fr[-_]fr|web|site|web/guest|wps/portal|spip\.php)?/*+",
    re.IGNORECASE,
)


def home_url(url: str) -> bool:
    """Whether *url* is, by its looks, the first page of a site."""
    parts = parts_of(url)
    is_home = _HOME_PATH.fullmatch(unquote(parts.path)) is not None
    if not is_home or _FIRST_PAGE.fullmatch(parts.query):
        return is_home
    return not (parts.query and "spip.php" in parts.path) and not (parts.query and _TELLING_QUERY.search(parts.query))


_FIRST_PAGE = re.compile(r"page=(?:sommaire|accueil|home|index)", re.IGNORECASE)


def passing_url(url: str) -> bool:
    """Whether *url* is one for a while only: it holds a session, or a signature that expires."""
    parts = parts_of(url)
    return _SESSION.search(f"{parts.path}?{parts.query}") is not None


_SESSION = re.compile(
    r";jsessionid=|[?&](?:phpsessid|jsessionid|aspsessionid\w*|cftoken|session_?id|x-(?:amz|goog)-(?:signature|expires)"
    r"|signature|sig|hmac|access_token|token|ticket)=",
    re.IGNORECASE,
)


def captcha_url(url: str) -> bool:
    """Whether *url* is, by its looks, where one proves to be no robot."""
    return _CAPTCHA_PATH.search(parts_of(url).path) is not None


_CAPTCHA_PATH = re.compile(r"/(?:captcha|sgcaptcha|botcheck|human-?verification)(?:\.\w{2,5})?/?\Z", re.IGNORECASE)


_TELLING_QUERY = re.compile(
    r"(?:^|&)(?:id|p|page|page_id|article|rubrique|q|query|ref|doc|uri|dataset|idfacette|geo)\w*=", re.IGNORECASE
)


_TEXT_FILES = "csv tsv txt json geojson topojson ndjson jsonl kml gpx gml sql rss ics"
_BINARY_FILES = (
    "pdf zip 7z gz tgz tar bz2 xz rar xls xlsx xlsm xlsb ods odt odp doc docx ppt pptx rtf gpkg shp dbf parquet "
    "kmz mbtiles"
    " geotiff tif tiff png jpg jpeg gif svg webp mp4 mp3 avi mov webm epub rdata rds sas7bdat dta mdb accdb"
)
FILES: Mapping[str, str] = {
    **dict.fromkeys(_TEXT_FILES.split(), "text"),
    **dict.fromkeys(_BINARY_FILES.split(), "binary"),
}
_VIEWERS = LatePattern(
    r"/(?:blob|wiki|tree|src|edit|blame|view|viewer|preview|details|visionneuse|apercu|show|w|tags?|topics?"
    r"|browse|commits?|_?media-?viewer)/|/-/(?:blob|tree)/"
    r"|/(?:file|fichier|image|datei|special)(?::|%3a)",
    re.IGNORECASE,
)
_VIEWER_HOSTS = LatePattern(
    r"(?:^|\.)(?:dropbox\.com|drive\.google\.com|web\.archive\.org|sharepoint\.com|onedrive\.live\.com|1drv\.ms"
    r"|slideshare\.net|scribd\.com|wetransfer\.com|flickr\.com|calameo\.com|issuu\.com|mega\.nz|imgur\.com)$"
)


def file_promised(url: str) -> str:
    """The extension of the file that the path of *url* promises, in lower case; "" where it promises none."""
    after_host = url[url.find("/", len("https://")) :]
    if "." not in after_host and "%" not in after_host:  # as most, which need no parser
        return ""
    parts = parts_of(url)
    name = unquote(parts.path).rpartition("/")[2]
    stem, dot, extension = name.rpartition(".")
    extension = extension.lower()
    if not (stem and dot) or extension not in FILES or _VIEWERS.search(parts.path):
        return ""
    return "" if _VIEWER_HOSTS.search(parts.host) else extension


class Parts(NamedTuple):
    """The parts of a URL, or of what stands for one; all of them "" where its host cannot be read."""

    host: str
    """In lower case, without credentials and port."""
    path: str
    query: str
    fragment: str


@lru_cache(maxsize=64)
def parts_of(url: str) -> Parts:
    """The parts of *url*, whatever it is."""
    authority, path, query, fragment = _PARTS.match(url).groups("")  # type: ignore[union-attr]  # matches anything
    if ("[" in authority) != ("]" in authority):
        return Parts("", "", "", "")
    return Parts(_PORT.sub("", authority.rpartition("@")[2]).strip("[]").lower(), path, query, fragment)


_PARTS = re.compile(r"(?:[^:/?#]+:)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
"""RFC 3986, appendix B: ten times as fast as a parser that checks what it parses."""
_PORT = re.compile(r":\d*\Z")


def host_in(url: str) -> str:
    """The host of *url*, in lower case; "" where it has none."""
    return parts_of(url).host
