"""A body read as a browser would read it, whatever it is."""

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.check.page import MAX_DEPTH, read_page
from diagsources.verdict.page import MAX_ANCHORS, MAX_TEXT, Page

HTML = "text/html; charset=utf-8"
BOUND = 256 * 1024


def page(markup: str, content_type: str = HTML) -> Page:
    return read_page(markup.encode(), content_type)


@pytest.mark.parametrize(
    ("body", "content_type", "kind", "is_html"),
    [
        (b"<!doctype html><p>x", "text/html", "html", True),
        (b"<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'><p>x", "", "html", True),
        (b"\xef\xbb\xbf\r\n <!-- x --> <html><p>x", "", "html", True),
        (b"<head><title>x", "application/octet-stream", "html", True),
        (b"<script>x</script>", "text/plain", "text", False),
        (b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'/>", "application/xhtml+xml", "html", True),
        (b"<!doctype html><p>x", "text/csv", "html", True),
        (b"<html><p>x", "application/pdf", "html", True),
        (b"Bonjour <b>tout</b> le monde", "text/html", "html", True),
        (b"Bonjour", "text/html", "text", True),
        (b"Bonjour", "text/plain", "text", False),
        (b"a;b\n<b>;2", "text/csv", "text", False),
        (b"", "text/html", "", True),
        (b"", "", "", False),
        (b"%PDF-1.7", "text/html", "pdf", False),
        (b"PK\x03\x04", "", "zip", False),
        (b"\x1f\x8b\x08", "", "gzip", False),
        (b'{"a": 1}', "application/json", "json", False),
        (b'  [{"a": 1}]', "text/plain", "json", False),
        (b"{{ gabarit }}", "text/plain", "text", False),
        (b"<?xml version='1.0'?><rss/>", "application/rss+xml", "xml", False),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><title>x</title></svg>", "image/svg+xml", "xml", False),
        (b"\x89PNG\r\n\x1a\n\0", "image/png", "binary", False),
        (b"\0\1\2\3", "", "binary", False),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.ms-excel", "binary", False),
    ],
)
def test_the_first_bytes_say_what_it_is(body: bytes, content_type: str, kind: str, is_html: bool) -> None:
    read = read_page(body, content_type)

    assert (read.kind, read.html) == (kind, is_html)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<p>Âge œuvre €".encode(), "text/html; charset=utf-8"),
        ("<p>Âge œuvre €".encode(), "text/html"),
        ("<p>Âge œuvre €".encode("cp1252"), "text/html"),
        ("<p>Âge œuvre €".encode("cp1252"), "text/html; charset=ISO-8859-1"),
        ("<p>Âge œuvre €".encode("iso8859-15"), 'text/html; charset="ISO-8859-15"'),
        (b"<meta charset=windows-1252>" + "<p>Âge œuvre €".encode("cp1252"), "text/html"),
        (
            b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-15'>"
            + "<p>Âge œuvre €".encode("latin9"),
            "",
        ),
        (codecs.BOM_UTF8 + "<p>Âge œuvre €".encode(), "text/html; charset=iso-8859-1"),
        (codecs.BOM_UTF16_LE + "<p>Âge œuvre €".encode("utf-16-le"), "text/html"),
        (codecs.BOM_UTF16_BE + "<p>Âge œuvre €".encode("utf-16-be"), "text/html"),
        ("<p>Âge œuvre €".encode(), "text/html; charset=rot13"),
        ("<p>Âge œuvre €".encode(), "text/html; charset=idna"),
        ("<p>Âge œuvre €".encode(), "text/html; charset="),
    ],
)
def test_charsets_are_those_of_a_browser(body: bytes, content_type: str) -> None:
    assert read_page(body, content_type).text == "Âge œuvre €"


def test_a_character_cut_at_the_bound_does_not_change_the_charset() -> None:
    assert read_page("<p>été é".encode()[:-1], "text/html", whole=False).text.startswith("été")


def test_only_what_is_seen_is_text() -> None:
    read = page(
        "<title>Titre &amp; nom</title><style>p{}</style><script>var a</script><body><h1>Un <b>grand</b> titre</h1>"
        "<noscript>sans script</noscript><template>gabarit</template><p>Du&nbsp;texte\n  sur   <i>deux</i> "
        "lignes<h2>Deux</h2>"
    )

    assert read.title == "Titre & nom"
    assert read.headings == ("Un grand titre", "Deux")
    assert read.text == "Un grand titre Du texte sur deux lignes Deux"


def test_the_title_of_a_drawing_is_not_the_page_s() -> None:
    assert page("<body><svg><title>Menu</title></svg><p>x").title == ""


def test_headings_are_few_and_short() -> None:
    read = page("<h2>b</h2>" * 20 + f"<h1>{'a' * 500}</h1>")

    assert len(read.headings) == 8
    assert read.headings[0] == "a" * 200


def test_anchors_are_ids_and_names_as_they_are_written() -> None:
    read = page("<h2 id=Âge>x</h2><a name='b c'>x</a><p id=''>x<input name=champ><map name=m></map><a id=d name=e>")

    assert read.anchors == {"Âge", "b c", "d", "e"}


def test_anchors_cost_nothing_when_nobody_asks() -> None:
    read = read_page(b"<i id=a></i><script>x</script>", HTML, anchors_wanted=False)

    assert read.anchors == frozenset()
    assert read.code == ""
    assert read.scripts


@pytest.mark.parametrize(
    ("markup", "refresh"),
    [
        ("<meta http-equiv=refresh content='0; url=/neuf'>", (0.0, "/neuf")),
        ("<META HTTP-EQUIV='Refresh' CONTENT=\"5;URL='https://b.fr/x'\">", (5.0, "https://b.fr/x")),
        ("<meta http-equiv=refresh content='3,/neuf'>", (3.0, "/neuf")),
        ("<meta http-equiv=refresh content='0.5; url=/neuf'>", (0.0, "/neuf")),
        ("<meta http-equiv=refresh content='30'>", None),
        ("<meta http-equiv=refresh content=''>", None),
        ("<noscript><meta http-equiv=refresh content='0; url=/sans-script'></noscript><p>x", None),
        ("<script>location.replace('/neuf')</script>", (0.0, "/neuf")),
        ('<script>window.location.href = "https://b.fr/";</script>', (0.0, "https://b.fr/")),
        ("<script>window.onload=function(){window.location='/neuf'}</script>", (0.0, "/neuf")),
        ("<script>if (old) location.href = '/ie.html'</script>", None),
        ("<script>location.href = base + '/x'</script>", None),
        (f"<script>location.href='/neuf'</script><p>{'Une page qui se lit. ' * 9}", None),
        (f"<script>{'var a = 1;' * 200} location.href='/neuf'</script>", None),
    ],
)
def test_where_a_page_sends(markup: str, refresh: tuple[float, str] | None) -> None:
    assert page(markup).refresh == refresh


@pytest.mark.parametrize(
    ("markup", "is_app"),
    [
        ("<div id=root></div><script src=/static/js/main.3f.js></script>", True),
        ("<app-root>Chargement…</app-root><script src=main.js></script>", True),
        ("<div id=app></div><footer>" + "Mentions légales " * 12 + "</footer><script src=/a.js></script>", True),
        (
            "<script src=GC_load.js></script><p>Chargement de la carte en cours, merci de patienter quelques "
            "instants</p>",
            True,
        ),
        ("<p>" + "Un texte qui se lit. " * 20 + "</p><script src=/matomo.js></script>", False),
        (
            "<h1>Page non trouvée</h1><p>La page que vous cherchez n'existe pas ou plus.</p><script "
            "src=/m.js></script>",
            False,
        ),
        ("<p>bref</p>", False),
        ("<div id=root></div>", False),
    ],
)
def test_what_scripts_write_is_an_application(markup: str, is_app: bool) -> None:
    assert page(markup).app is is_app


def test_a_frameset_is_not_read() -> None:
    read = page("<html><head><title>x</title></head><frameset cols=2><frame src=a.html></frameset></html>")

    assert read.app
    assert read.embeds


@pytest.mark.parametrize(
    "markup", ["<img src=x>", "<canvas>", "<svg/>", "<iframe src=x>", "<video>", "<button>", "<input type=text>"]
)
def test_what_is_not_text_can_be_seen(markup: str) -> None:
    assert page(markup).embeds


def test_what_cannot_be_seen_is_no_embed() -> None:
    assert not page("<input type=hidden><p>").embeds


def test_a_password_and_a_canonical_are_seen() -> None:
    read = page("<link rel='Canonical' href=' /a '><form><input TYPE=Password></form>")

    assert read.password
    assert read.canonical == "/a"


def test_the_marks_of_a_vendor_are_looked_for_in_short_pages_only() -> None:
    mark = "<script>window._CF_CHL_OPT={}</script>"

    assert "wall-cloudflare" in page(mark).marks
    assert "wall-cloudflare" not in page(mark + "<p>" + "mot " * 2_000).marks


def test_the_class_of_a_template_is_seen_in_any_page() -> None:
    assert "template-404" in page("<body class='home Error404'>" + "mot " * 5_000).marks
    assert "template-404" not in page("<div class=error404>x").marks


def test_the_keys_of_json_are_known_nested_ones_too() -> None:
    read = page('{"total_count": 2, "results": [{"name": "a", "geo": {"lat": 1}}]}', "application/json")

    assert read.json_keys == {"total_count", "results", "results.name", "results.geo", "results.geo.lat"}


def test_nothing_is_read_of_what_is_not_text() -> None:
    read = read_page(b"%PDF-1.7 <title>x</title>", "application/pdf")

    assert (read.size, read.title, read.text) == (25, "", "")


def repeated(piece: str) -> bytes:
    return (piece * (BOUND // len(piece) + 1)).encode()[:BOUND]


HOSTILE = {
    "angle brackets": repeated("<"),
    "deep divs": repeated("<div>"),
    "deep divs closed": (b"<div>" * (BOUND // 11)) + (b"</div>" * (BOUND // 11)),
    "divs kept open by forms": repeated("<form><div></form>"),
    "divs kept open by tables": repeated("<div><table><tr><td></div></table>"),
    "divs kept open by objects": repeated("<div><object></div></object>"),
    "divs kept open by formatting": repeated("<b><div></b>"),
    "links in links": repeated("<a id=x>"),
    "formatting": repeated("<b><i><u><s><p></b></i></u></s>"),
    "menus": repeated("<div><menu></div>"),
    "attributes": b"<p " + b" ".join(b"a%x" % n for n in range(BOUND // 6)),
    "quoted attributes": b"<p " + b" ".join(b"a%x='>'" % n for n in range(BOUND // 9)),
    "attributes in many tags": (b"<p " + b" ".join(b"a%x" % n for n in range(4_000)) + b">") * 11,
    "nul": bytes(BOUND),
    "open comments": repeated("<!--"),
    "almost comments": b"<!--" + b"-" * BOUND,
    "entities": repeated("&amp;") + repeated("&"),
    "ids": b"".join(b"<i id=a%05d></i>" % n for n in range(BOUND // 17)),
    "headings": repeated("<h1>x</h1>"),
    "titles": repeated("<title>x</title>"),
    "quotes": repeated('<a "'),
    "metas": repeated("<meta charset"),
    "scripts": repeated("<script></script>"),
    "selected contents": b"<select>" + b"<selectedcontent>" * 2_000 + b"<option>" + b"x" * BOUND,
    "white space": b" " * BOUND + b"<html>",
    "utf-16": codecs.BOM_UTF16_LE + "<".encode("utf-16-le") * (BOUND // 2),
    "json arrays": b"[" * BOUND,
    "json objects": repeated('{"a":'),
    "json digits": b"[" + b"9" * BOUND + b"]",
    "xml": b"<?xml version='1.0'?>" + repeated("<a "),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("content_type", ["text/html", "application/json", ""])
def test_hostile_bytes_are_read_in_bounded_time(name: str, content_type: str) -> None:
    body = HOSTILE[name][:BOUND]
    started = time.process_time()

    read = read_page(body, content_type)

    # measured: 0.1 s at most; the margin is for a busy machine
    assert time.process_time() - started < 1.0
    assert len(read.text) <= MAX_TEXT
    assert len(read.anchors) <= MAX_ANCHORS


def test_what_lies_too_deep_is_left_out_and_said() -> None:
    read = page("<p>surface</p>" + "<section>" * 6_500 + f"<p>{'fond ' * 20}")

    assert not read.whole
    assert read.text == "surface"


def test_an_honest_page_with_many_tags_is_whole() -> None:
    row = "<tr><td>Labège<td><a href=/x>4 500</a><br></tr>"
    read = page(f"<table>{row * 3_000}</table>")

    assert read.whole
    assert read.text.count("Labège") == 3_000
    assert MAX_DEPTH > 512


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(str.encode),
    st.text(max_size=40) | st.sampled_from([HTML, "text/csv"]),
)
def test_any_bytes_of_any_type_can_be_read(body: bytes, content_type: str) -> None:
    read = read_page(body, content_type)

    assert read.size == len(body)
    assert len(read.text) <= MAX_TEXT


MARKUP = st.lists(
    st.sampled_from(
        [
            "<div>",
            "</div>",
            "<p>",
            "<b>",
            "</b>",
            "<table>",
            "<td>",
            "<form>",
            "</form>",
            "<svg>",
            "<title>",
            "</title>",
            "<h1>",
            "x",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<template>",
            "<frameset>",
            "<body id=a>",
            "<a name=b>",
            "<select>",
            "&nbsp;",
            "\x00",
            "<meta http-equiv=refresh content=",
            "'0;url=/x'>",
            "<math>",
            "<noscript>",
            "<input type=password>",
            "<link rel=canonical>",
        ]
    ),
    max_size=60,
).map("".join)


@given(MARKUP, st.booleans())
def test_any_soup_of_tags_can_be_read(markup: str, anchors_wanted: bool) -> None:
    read = read_page(markup.encode(), "text/html", anchors_wanted=anchors_wanted)

    assert "\n" not in read.text
    assert read.whole


@pytest.mark.parametrize("href", ["http://[bad", "//[", "\x00", "?", "javascript:x", "data:,a.pdf"])
def test_an_address_that_is_none_offers_nothing(href: str) -> None:
    document = f'<p>Rapport</p><a href="{href}">ici</a>'.encode()

    assert not read_page(document, HTML, file="http://a.fr/rapport.pdf").offers
