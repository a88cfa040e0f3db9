"""A body read as a browser would: its charset, its type by its first bytes, what of it is visible.

The home of the HTML parser. Everything here holds for hostile bytes: no input raises, and none takes
longer than a few times what an honest page of its size does.
"""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urljoin

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from diagsources.check.frame import rid_of_links, rid_of_the_hidden, unframed
from diagsources.check.leaving import leaving
from diagsources.text import unescaped
from diagsources.verdict.marks import ALWAYS_LOOKED_FOR, COOKIE_SCRIPT, MARKS, TEMPLATE_MARKS
from diagsources.verdict.page import MAX_ANCHORS, MAX_TEXT, Page
from diagsources.verdict.places import parts_of

MAX_HEADINGS = 8
MAX_HEADING = 200
MAX_CODE = 50_000
MAX_KEYS = 2_000
MAX_DEPTH = 1_500
"""Deepest nesting that is parsed: deeper, the parser's cost is quadratic. Browsers stop at 512."""

_SHORT_TEXT = 900
"""Visible characters under which the markup is searched for marks: a longer page speaks for itself."""
_SAFE_SIZE = 16_000
"""Bytes under which no nesting and no number of attributes costs more than 50 ms."""
_MANY_TAGS = 6_000
_SEARCHED = 65_536
"""Bytes of markup that are searched for marks."""
_NO_TEXT = 60
"""Visible characters of a page that waits for its scripts (« Chargement… »)."""
_LITTLE_TEXT = 200
_FRAMED_TEXT = 600

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_UNKNOWN_TYPES = frozenset({"", "unknown/unknown", "application/unknown", "*/*"})
"""Declared types that leave it to the browser to look (WHATWG MIME Sniffing §7)."""
_SILENT_TYPES = _UNKNOWN_TYPES | {"application/octet-stream"}
"""Declared types that say nothing against HTML when the bytes begin as HTML does."""

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "binary"),
    (b"\x89PNG", "binary"),
    (b"\xff\xd8\xff", "binary"),
    (b"GIF8", "binary"),
    (b"\xd0\xcf\x11\xe0", "binary"),  # doc, xls, ppt
    (b"SQLite format 3", "binary"),  # gpkg
    (b"PAR1", "binary"),
)
_READ = frozenset({"json", "xml", "text"})
_HTML_START = re.compile(
    rb"(?:\s|<!--(?:[^-]|-(?!->)){0,4000}+-->|<\?xml[^>]{0,200}>)*+"
    rb"<(?:!doctype\s+html|html|head|body|title|script|style|meta|link|iframe|h1|div|font|table|a|br|p|b|center)[\s>/]",
    re.IGNORECASE,
)
_XHTML_START = re.compile(
    rb"(?:\s|<!--(?:[^-]|-(?!->)){0,4000}+-->|<\?[^>]{0,300}>|<!doctype[^>]{0,300}>)*+<html[\s>]", re.IGNORECASE
)
_XML_TYPES = frozenset({"application/xml", "text/xml"})
_LATE_PDF = b"%PDF-"
"""Where readers find it as well, behind what a script has spilled."""
_A_TAG = re.compile(rb"</?[a-z][^<>]*>|<!doctype\s+html", re.IGNORECASE)

_CHARSETS = {
    **dict.fromkeys(("ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "cp1252"), "cp1252"),
    **dict.fromkeys(("windows-1252", "x-cp1252", "iso_8859-1", "iso88591"), "cp1252"),
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "unicode", "ucs-2", "iso-10646-ucs-2"), "utf-16-le"),
    "utf-16be": "utf-16-be",
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"windows-125{part}": f"cp125{part}" for part in (0, 1, 3, 4, 5, 6, 7, 8)},
    **{"iso-8859-9": "cp1254", "latin9": "iso8859-15", "koi8-r": "koi8-r", "koi8-u": "koi8-u"},
    **{"macintosh": "mac-roman", "x-sjis": "cp932", "shift_jis": "cp932", "sjis": "cp932", "euc-jp": "euc-jp"},
    **{"gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "euc-kr": "cp949"},
}
"""The codec that browsers use for a label (WHATWG Encoding §4.2); no other codec is ever looked up."""
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LONGEST_TYPE = 1_000
_CHARSET_FIELD = re.compile(r"charset\s*+=\s*+[\"']?\s*+([^\s\"';,]{1,40})", re.IGNORECASE)
_CHARSET_META = re.compile(rb"<meta[^>]{0,300}?charset\s*+=\s*+[\"']?\s*+([a-zA-Z0-9_:.-]{1,40})", re.IGNORECASE)

_WITHIN_BOUNDS = re.compile(
    r"(?:[^<]++|<script\b(?:[^<]++|<(?!/script))*+|<!--(?:[^-]++|-(?!->))*+|<[^a-zA-Z]"
    r"|<[a-zA-Z](?:[^>\"']{1,32}+|\"[^\"]*+\"?+|'[^']*+'?+){0,200}+>)*+",
    re.IGNORECASE,
)
"""Everything up to the first tag with thousands of attributes, whose cost is quadratic."""
_TAGS = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NEVER_NESTED = (
    "p li br hr img input meta link td th tr dd dt option source area base col embed param track wbr html body head"
    # end tags of these leave open what was opened in them
    " form a b big code em font i nobr s small strike strong tt u span"
)
_UNNESTED = frozenset(_NEVER_NESTED.split())
"""Elements that end without an end tag."""

_BARRIERS = frozenset({"table", "object", "applet", "marquee", "template", "button", "svg", "math", "select"})
"""Elements that an end tag from outside does not close."""

_SOURCES = tuple((mark, name) for name, marks in MARKS.items() for mark in marks)
_TEMPLATE_SOURCES = tuple((mark, name) for name, marks in ALWAYS_LOOKED_FOR.items() for mark in marks)
_OPTIONS = LexborDocumentOptions.WO_EVENTS.value
_UNSEEN = ["script", "style", "noscript", "template"]
_EMBEDS = "img,iframe,frame,svg,canvas,object,embed,video,audio,picture,button,select,textarea,input:not([type=hidden])"
_ROOTS = (
    "#root,#app,#__next,#__nuxt,#___gatsby,#q-app,#svelte,#application,#app-root,#main-app,#react-root,"
    "app-root,[ng-app],[ng-version],[data-reactroot],[data-server-rendered]"
)
"""Where frameworks mount what they write."""
_CAPTCHAS = ".g-recaptcha,.h-captcha,.cf-turnstile,.frc-captcha,.geetest_captcha,.mtcaptcha,[data-captcha]"
_FIELDS = (
    "textarea,select,article,input[type=text],input[type=email],input[type=search],input[type=password],"
    "input[type=tel],input[type=number],input:not([type])"
)
"""What is filled in besides: a CAPTCHA only ends such a form."""
_CHUNK = re.compile(
    r"(?:^|[/\n])(?:main|app|index|bundle|runtime|polyfills|vendor|chunk|_next/static|static/js|_nuxt|assets/index)"
    r"[\w./~-]*\.m?js|GC_load|window\.GCO5|_flutter|webpackJsonp|__webpack",
    re.IGNORECASE,
)
"""What the entry script of an application is called, Géoclip's among them."""
_MOST_REFRESHES = 10
_REFRESH = re.compile(
    r"\s*(\d{0,9})(?:\.[\d.]*)?\s*(?:[;,]\s*|\s|(?<=\d)\Z)(?:url\s*=\s*)?([\"']?)(.{0,2000})", re.IGNORECASE | re.DOTALL
)


@lru_cache(maxsize=64)
def read_page(
    body: bytes,
    content_type: str,
    *,
    whole: bool = True,
    encoding_error: bool = False,
    anchors_wanted: bool = True,
    file: str = "",
) -> Page:
    """What is seen of *body*, whatever it is. Without *anchors_wanted*, `anchors` and `code` stay empty; `offers`
    is about the *file* that an address promises.

    A few pages are remembered: what a site says of a missing page, and a wall, come again and again.
    """
    media_type = content_type.partition(";")[0].strip().lower()[:100]
    kind = _kind(body, media_type, _codec_of(content_type))
    page = Page(
        media_type=media_type,
        size=len(body),
        whole=whole,
        kind=kind,
        html=kind == "html" or (media_type in _HTML_TYPES and kind in {"text", ""}),
        encoding_error=encoding_error,
    )
    if page.html and body:
        return _with_markup(page, body, content_type, anchors_wanted=anchors_wanted, file=file)
    return _with_source(page, body, content_type) if kind in _READ else page


def tree_of(body: bytes, content_type: str) -> tuple[LexborHTMLParser, str]:
    """The elements of *body*, which is HTML, and its source, as far as they are safe to parse."""
    source = _decoded(body, content_type)
    safe = _within_bounds(source) if len(body) > _SAFE_SIZE else source
    return LexborHTMLParser(safe, options=_OPTIONS, scripting=True), safe


def _kind(body: bytes, media_type: str, codec: str) -> str:
    """What the first bytes are, as far as a browser would look (WHATWG MIME Sniffing §7)."""
    if not body:
        return ""
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            return kind
    start = body[:4_096]
    if _LATE_PDF in start[:1_024]:
        return "pdf"
    marked = next(((bom, marked) for bom, marked in _BOMS if start.startswith(bom)), None)
    if marked is not None or codec.startswith("utf-16"):
        bom, codec = marked or (b"", codec)
        start = start[len(bom) :].decode(codec, "ignore").encode()
    stripped = start.lstrip()
    if _is_markup(stripped, media_type):
        return "html"
    if b"\0" in start:
        return "binary"
    if stripped[:1] in (b"{", b"[") and ("json" in media_type or _looks_json(stripped)):
        return "json"
    if stripped.startswith(b"<?xml") or ("xml" in media_type and stripped.startswith(b"<")):
        return "html" if media_type in _HTML_TYPES and b"<html" in start.lower() else "xml"
    if media_type in _HTML_TYPES and _A_TAG.search(body[:65_536]):
        return "html"
    return "text"


def _is_markup(start: bytes, media_type: str) -> bool:
    """Whether a browser takes what begins as *start* does for HTML; of plain text it shows the source."""
    if media_type in _XML_TYPES or (media_type.endswith("+xml") and media_type not in _HTML_TYPES):
        return _XHTML_START.match(start) is not None
    if media_type == "text/plain" or not _HTML_START.match(start):
        return False
    lower = start.lower()
    return media_type in _HTML_TYPES | _SILENT_TYPES or b"<html" in lower or b"<!doctype html" in lower


def _looks_json(start: bytes) -> bool:
    return re.match(rb"\{\s*(?:\"|\})|\[\s*(?:[\[{\"\]]|-?\d)", start) is not None


def _codec_of(content_type: str) -> str:
    """The codec of the charset that *content_type* declares; "" for none that is known."""
    declared = _CHARSET_FIELD.search(content_type[:_LONGEST_TYPE])
    return _CHARSETS.get(declared[1].lower(), "") if declared else ""


def _decoded(body: bytes, content_type: str) -> str:
    """The text of *body* as browsers decode it: byte order mark, header field, meta, UTF-8, Windows-1252."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(codec, "replace")
    codec = _codec_of(content_type)
    if not codec:
        meta = _CHARSET_META.search(body[:4_096])
        codec = _CHARSETS.get(meta[1].decode().lower(), "") if meta else ""
        codec = "utf-8" if codec.startswith("utf-16") else codec  # it was read as ASCII to be found
    if codec:
        return body.decode(codec, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        is_cut = error.start >= len(body) - 3 and error.reason == "unexpected end of data"
        return body.decode("utf-8" if is_cut else "cp1252", "replace")


def _with_source(page: Page, body: bytes, content_type: str) -> Page:
    """The *page* of a body that is text as it stands."""
    source = _decoded(body, content_type)
    root = _root(source[:_ROOT_WITHIN]) if page.kind == "xml" else ""
    if page.kind == "xml" or _MARKUP_START.match(source):
        source = unescaped(_TAG.sub(_attributes, _without_cdata(source)))
    keys = _keys(source) if page.kind == "json" and page.whole else frozenset()
    return replace(page, text=_collapsed(source), json_keys=keys, root=root)


_XML_ROOT = re.compile(r"<(?:[\w.-]{1,60}:)?([A-Za-z][\w.-]{0,60})[\s>/]")
_ROOT_WITHIN = 4_000


_MARKUP_START = re.compile(r"\s*<[a-zA-Z]")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_VALUE = re.compile(r"\s[^\s=\"'<>:]{1,60}=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENVELOPES = frozenset({"oai-pmh", "envelope"})
_ENVELOPED = re.compile(r"<(?:[\w.-]{1,60}:)?(error|Fault)[\s>/]")


def _root(source: str) -> str:
    """The local name of the first element of *source*; of an envelope, that of the error in it."""
    found = _XML_ROOT.search(source)
    if found is not None and found[1].lower() in _ENVELOPES:
        found = _ENVELOPED.search(source) or found
    return found[1] if found else ""


def _without_cdata(source: str) -> str:
    """*source* with what stands in CDATA sections as text."""
    before, *sections = source.split("<![CDATA[")
    return before + "".join(section.replace("]]>", " ", 1) for section in sections)


def _attributes(tag: re.Match[str]) -> str:
    """What the attributes of a *tag* say; those with a prefix are the language's."""
    values = [double or single for double, single in _VALUE.findall(tag[0])] if "=" in tag[0] else []
    return f" {' '.join(values)} "


def _collapsed(text: str) -> str:
    return " ".join(text[: 4 * MAX_TEXT].split())[:MAX_TEXT]


def _keys(source: str) -> frozenset[str]:
    try:
        document = json.loads(source)
    except (ValueError, RecursionError):
        return frozenset()
    keys: set[str] = set()
    waiting: list[tuple[str, object]] = [("", document)]
    while waiting and len(keys) < MAX_KEYS:
        prefix, value = waiting.pop()
        if isinstance(value, dict):
            keys.update(f"{prefix}{key}" for key in value)
            waiting.extend((f"{prefix}{key}.", inner) for key, inner in value.items() if prefix.count(".") < 4)
        elif isinstance(value, list):
            waiting.extend(
                (prefix, inner) for inner in value[:20] if isinstance(inner, dict | list) and prefix.count(".") < 4
            )
    return frozenset(keys)


def _with_markup(page: Page, body: bytes, content_type: str, *, anchors_wanted: bool, file: str) -> Page:
    """The *page* of a body that is HTML."""
    source = _decoded(body, content_type)
    safe = _within_bounds(source) if len(body) > _SAFE_SIZE else source
    tree = LexborHTMLParser(safe, options=_OPTIONS, scripting=True)
    scripts = tree.tags("script")
    code = _code(scripts) if scripts else ""
    lower = safe.lower()
    is_shown = page.media_type in _HTML_TYPES | _UNKNOWN_TYPES  # anything else is saved, or shown as it stands
    refresh = _meta_refresh(tree) if "refresh" in lower and is_shown else None
    if refresh is None and "<frameset" in lower and is_shown:
        refresh = _lone_frame(tree)
    tree.strip_tags(_UNSEEN)
    text = _visible_text(tree.body)
    marks, anchors = _marks(tree, body, text), _anchors(tree) if anchors_wanted else frozenset()
    title, canonical = _title(tree), _canonical(tree) if "canonical" in lower else ""
    password = "password" in lower and tree.css_first("input[type=password i]") is not None
    embeds = len(text) <= _LITTLE_TEXT and tree.css_first(_EMBEDS) is not None
    app = _is_app(tree, text, code) if len(text) <= _FRAMED_TEXT else False
    offers = _offers(tree, file) if file else False
    content = _visible_text(tree.body) if text and rid_of_the_hidden(tree, lower) else None
    headings, links = _headings(tree.body), 0
    if 0 < len(text) < MAX_TEXT:
        place = unframed(tree)
        headings = _headings(place) or headings
        links = rid_of_links(place) if place is not None else 0
        content = _visible_text(place) or content
    if refresh is None and len(text) <= _NO_TEXT and is_shown:
        target = leaving(f"{code}\n{_onload(tree)}")
        refresh = (0.0, target) if target else None
        if target and "document.cookie" in code:
            marks |= {COOKIE_SCRIPT}
    if refresh is not None and "<base" in lower:
        refresh = refresh[0], _from_base(tree, refresh[1])
    return replace(
        page,
        whole=page.whole and len(safe) == len(source),
        title=title,
        headings=headings,
        text=text,
        content=content,
        links=links,
        marks=marks,
        anchors=anchors,
        canonical=canonical,
        refresh=refresh,
        password=password,
        embeds=embeds,
        offers=offers,
        scripts=bool(scripts),
        app=app,
        code=code if anchors_wanted else "",
    )


def _visible_text(place: LexborNode | None) -> str:
    return _collapsed(place.text(separator=" ")) if place is not None else ""


def _within_bounds(source: str) -> str:
    """*source* up to where its nesting or its attributes would cost the parser quadratic time."""
    found = _WITHIN_BOUNDS.match(source)
    end = found.end() if found is not None else len(source)
    if end < len(source):
        source = source[:end]
    if source.count("<") <= _MANY_TAGS:
        return source
    opened: list[str] = []
    for tag in _TAGS.finditer(source):
        name = tag[2].lower()
        if name in _UNNESTED:
            continue
        if tag[1]:
            _close(opened, name)
        else:
            opened.append(name)
            if len(opened) > MAX_DEPTH:
                return source[: tag.start()]
    return source


def _close(opened: list[str], name: str) -> None:
    """Ends the nearest element called *name*, unless too many are in between or one that it may not cross."""
    for index in range(len(opened) - 1, max(-1, len(opened) - 6), -1):
        if opened[index] == name:
            del opened[index:]
            return
        if opened[index] in _BARRIERS:
            return


def _title(tree: LexborHTMLParser) -> str:
    node = next(iter(tree.tags("title")), None)
    if node is None or (node.parent is not None and node.parent.tag == "svg"):
        return ""
    return " ".join(node.text()[:2_000].split())[:500]


def _headings(place: LexborNode | None) -> tuple[str, ...]:
    nodes = (place.css("h1") + place.css("h2"))[: 2 * MAX_HEADINGS] if place is not None else []
    texts = (" ".join(node.text(separator=" ")[:2_000].split())[:MAX_HEADING] for node in nodes)
    return tuple(text for text in texts if text)[:MAX_HEADINGS]


def _marks(tree: LexborHTMLParser, body: bytes, text: str) -> frozenset[str]:
    found = {name for mark, name in _TEMPLATE_SOURCES if mark in body}
    if len(text) <= _SHORT_TEXT:
        lower = body[:_SEARCHED].lower()
        found.update([name for mark, name in _SOURCES if mark in lower])
        if len(text) <= _LITTLE_TEXT and tree.css_matches(_CAPTCHAS) and not tree.css_matches(_FIELDS):
            found.add("captcha-alone")
    for node in (tree.root, tree.body):
        if node is not None:
            found.update(_template_marks(node))
    return frozenset(found)


def _template_marks(node: LexborNode) -> Iterator[str]:
    for attribute in ("class", "id"):
        for token in (node.attributes.get(attribute) or "").lower().split():
            if token in TEMPLATE_MARKS:
                yield TEMPLATE_MARKS[token]


def _anchors(tree: LexborHTMLParser) -> frozenset[str]:
    ids = (node.attributes.get("id") for node in tree.css("[id]")[:MAX_ANCHORS])
    names = (node.attributes.get("name") for node in tree.css("a[name]")[:MAX_ANCHORS])
    found = {value for values in (ids, names) for value in values if value}
    return frozenset(list(found)[:MAX_ANCHORS])


def _canonical(tree: LexborHTMLParser) -> str:
    node = tree.css_first("link[rel~=canonical i]")
    return (node.attributes.get("href") or "").strip()[:2_000] if node is not None else ""


def _meta_refresh(tree: LexborHTMLParser) -> tuple[float, str] | None:
    """The delay (seconds) and the target of the first refresh that comes to pass."""
    refreshes = []
    for node in tree.css("meta[http-equiv=refresh i]")[:_MOST_REFRESHES]:
        found = _REFRESH.match((node.attributes.get("content") or "")[:4_000])
        if found is not None:
            target = (found[3].partition(found[2])[0] if found[2] else found[3]).strip()
            delay = float(found[1] or 0)
            refreshes += [(delay, target)] if target or (found[1] and not delay) else []
    return min(refreshes, key=lambda refresh: refresh[0], default=None)


def _lone_frame(tree: LexborHTMLParser) -> tuple[float, str] | None:
    """The one frame that a person sees, as if the page were it: a name that shows the pages of another."""
    frames = tree.css("frame[src]")[:_MOST_REFRESHES]
    top = tree.css_first("frameset")
    if not frames or top is None:
        return None
    sizes = (top.attributes.get("rows") or top.attributes.get("cols") or "").replace(" ", "")
    target = (frames[0].attributes.get("src") or "").strip()[:4_000]
    is_alone = len(frames) == 1 or (sizes.startswith("100%,") and frames[0].parent == top)
    return (0.0, target) if target and is_alone else None


def _from_base(tree: LexborHTMLParser, target: str) -> str:
    """*target* as the base of the document has it (HTML §4.2.3)."""
    node = tree.css_first("base[href]")
    base = (node.attributes.get("href") or "").strip()[:4_000] if node is not None else ""
    try:
        return urljoin(base, target) if base and target else target
    except ValueError:  # no address
        return target


def _code(scripts: list[LexborNode]) -> str:
    """The addresses and the sources of *scripts*, one a line."""
    parts, left = [], MAX_CODE
    for node in scripts:
        kind = (node.attributes.get("type") or "").lower()
        if kind == "application/ld+json" or (kind.startswith(_TEMPLATES) and "script" not in kind):
            continue  # said to search engines, or to another script
        part = (node.attributes.get("src") or "") + "\n" + node.text()[:left]
        parts.append(part)
        left -= len(part)
        if left <= 0:
            break
    return "\n".join(parts)[:MAX_CODE]


_TEMPLATES = ("text/template", "text/html", "text/x-", "text/ng-template")
"""How the types of elements begin that hold what a script is to write."""

_SHOWING = "iframe[src],embed[src],object[data],video[src],audio[src],source[src]"
_MOST_OFFERS = 2_000
_DOWNLOADS = re.compile(r"(?:^|&)(?:raw|download|dl|inline|attachment|forcedownload)\b", re.IGNORECASE)


def _offers(tree: LexborHTMLParser, file: str) -> bool:
    """Whether the page shows a file of the kind that *file*, an address, promises, or leads to one of its name."""
    own = parts_of(file)
    name = own.path.rpartition("/")[2].lower()
    kind = name.rpartition(".")[2]
    for node in tree.css(f"{_SHOWING},img[src],a[href]")[:_MOST_OFFERS]:
        written = node.attributes.get("src") or node.attributes.get("data") or node.attributes.get("href") or ""
        try:
            there = parts_of(urljoin(file, written.strip()[:2_000]))
        except ValueError:  # no address
            continue
        other = there.path.rpartition("/")[2].lower()
        is_alike = other == name or (node.tag not in ("a", "img") and other.endswith(f".{kind}"))
        is_itself = (there.host, there.path) == (own.host, own.path) and not _DOWNLOADS.search(there.query)
        if is_alike and not is_itself:
            return True
    return False


def _onload(tree: LexborHTMLParser) -> str:
    return (tree.body.attributes.get("onload") or "") if tree.body is not None else ""


def _is_app(tree: LexborHTMLParser, text: str, code: str) -> bool:
    """Whether scripts, or other documents in its frames, write what a person gets."""
    if not code:
        return not text and tree.css_first("frameset") is not None
    if len(text) <= _NO_TEXT or (len(text) <= _LITTLE_TEXT and _CHUNK.search(code) is not None):
        return True
    root = tree.css_first(_ROOTS)
    return root is not None and len(root.text().strip()) <= _NO_TEXT
