"""Addresses as people write them: odd but good, bad, not of the web, or not for everybody."""

from urllib.parse import unquote

from tests.aquarium.case import BROKEN, OK, SKIPPED, UNAVAILABLE, address, case
from tests.aquarium.html import article
from tests.support.server import Conversation, behaviour

_PAGE = article("Adresses").encode()


def _spelled(name: str, spelled: str, sent: str, query: str = "", query_sent: str = "", fragment: str = "") -> None:
    """An address that reaches the server as *sent*, and nothing else does."""

    @case(
        name=name,
        path=f"/addresses/{sent}",
        spelled=f"/addresses/{spelled}",
        query=query,
        fragment=fragment,
        person="La page.",
        verdict=OK,
        reason="http-200",
    )
    async def _answer(talk: Conversation) -> None:
        as_sent = unquote(talk.query) == unquote(query_sent or query)
        await talk.reply(200 if as_sent else 404, _PAGE)


_spelled("accents", "données/été", "donn%C3%A9es/%C3%A9t%C3%A9")
_spelled("space", "deux mots", "deux%20mots")
_spelled("already-encoded", "d%C3%A9j%C3%A0", "d%C3%A9j%C3%A0")
_spelled("encoded-slash", "a%2Fb", "a%2Fb")
_spelled("encoded-in-small-letters", "caf%c3%a9", "caf%c3%a9")
_spelled("lonely-percent", "100%", "100%")
_spelled("lonely-percent-inside", "50%zz", "50%zz")
_spelled("dots", "x/../points/./ici", "points/ici")
_spelled("two-slashes", "a//b", "a//b")
_spelled("parentheses", "(avec)_parentheses", "(avec)_parentheses")
_spelled("comma-and-semicolon", "a,b;c", "a,b;c")
_spelled("quotes", "l'eau", "l'eau")
_spelled("double-quotes", 'dit"il', "dit%22il")
_spelled("angle-brackets", "a<b>", "a%3Cb%3E")
_spelled("braces", "{z}/{x}", "%7Bz%7D/%7Bx%7D")
_spelled("brackets", "a[0]", "a[0]")
_spelled("pipe", "a|b", "a%7Cb")
_spelled("caret", "a^b", "a%5Eb")
_spelled("dots-percent-encoded", "x/%2e%2E/points/%2e/la", "points/la")
_spelled("dot-at-the-end", "dossier/.", "dossier/")
_spelled("back-quote", "a`b", "a%60b")
_spelled("tilde", "~insee", "~insee")
_spelled("backslash", "a\\b", "a/b")
_spelled("plus", "a+b", "a+b")
_spelled("emoji", "🦆", "%F0%9F%A6%86")
_spelled("very-long", "x" * 3_000, "x" * 3_000)
_spelled("query-accents", "requete-1", "requete-1", "q=été", "q=%C3%A9t%C3%A9")
_spelled("query-space", "requete-2", "requete-2", "q=a b", "q=a%20b")
_spelled("query-plus", "requete-3", "requete-3", "q=a+b")
_spelled("query-empty-values", "requete-4", "requete-4", "a&b=&=c&&d")
_spelled("query-repeated-and-ordered", "requete-5", "requete-5", "b=2&a=1&b=1")
_spelled("query-with-an-address", "requete-6", "requete-6", "url=http://example.org/a?b=c")
_spelled("query-pipe-and-braces", "requete-7", "requete-7", "bbox=1|2&f={x}")
_spelled("query-quotes", "requete-8", "requete-8", "where=nom='Revel'", "where=nom=%27Revel%27")
_spelled("query-brackets", "requete-9", "requete-9", "f[]=a&f[]=b")
_spelled("query-already-encoded", "requete-10", "requete-10", "q=%C3%A9&r=%27&s=%7E")
_spelled("query-double-quotes", "requete-11", "requete-11", 'q="a"', "q=%22a%22")
_spelled("query-two-question-marks", "requete-12", "requete-12", "a=1?b=2")
_spelled("query-percent", "requete-13", "requete-13", "q=100%")
_spelled("query-with-dots", "requete-15", "requete-15", "u=x/../y")
_spelled("query-with-a-percent-encoded-host", "requete-16", "requete-16", "service=https://app.fr%2Fp%3Fa%3D1")
_spelled("query-very-long", "requete-14", "requete-14", "cles=" + ",".join(str(key) for key in range(1_500)))


@behaviour("/addresses/100%25")
@behaviour("/addresses/50%25zz")
@behaviour("/addresses/caf%C3%A9")
@behaviour("/addresses/a|b")
@behaviour("/addresses/a^b")
@behaviour("/addresses/a%5B0%5D")
@behaviour("/addresses/l%27eau")
async def _same_for_every_server(talk: Conversation) -> None:
    """Where it makes no difference whether it is percent-encoded, as servers see it."""
    await talk.reply(200, _PAGE)


def _wrong(name: str, written: str, person: str = "Une erreur : ce n'est pas une adresse.") -> None:
    address("addresses", name, person=person, verdict=BROKEN, reason="invalid-url", address=written)


_wrong("words", "pas une adresse")
_wrong("nothing", "")
_wrong("scheme-alone", "http://")
_wrong("space-in-the-host", "https://exa mple.org/")
_wrong("bracket-that-stays-open", "http://[::1")
_wrong("port-too-large", "http://example.org:99999/")
_wrong("port-of-letters", "http://example.org:http/")
_wrong("host-of-percent", "http://%20/")
_wrong("host-of-angle-brackets", "http://<domaine>/")
_wrong("port-of-the-X-window-system", "http://127.0.0.1:6000/", "« Port non autorisé ».")
_wrong("port-of-mail", "http://127.0.0.1:25/", "« Port non autorisé ».")
_wrong("port-zero", "http://127.0.0.1:0/", "« Port non autorisé ».")
_wrong("nothing-but-dots", "http://.")
_wrong("nul-in-the-host", "http://a%00.3/")
_wrong("number-too-large", "http://256.256.256.256/")


address(
    "addresses",
    "address-of-five-numbers",
    person="Une erreur : ce n'est ni un nom ni une adresse.",
    verdict=BROKEN,
    reason=("invalid-url", "dns-nxdomain"),
    address="http://1.2.3.4.5/",
)
address(
    "addresses",
    "label-too-long",
    person="« Le serveur est introuvable ».",
    verdict=BROKEN,
    reason=("invalid-url", "dns-nxdomain"),
    address=f"http://{'a' * 64}.example.org/",
)


def _other(name: str, written: str, person: str = "Rien à vérifier : ce n'est pas une page du web.") -> None:
    address("addresses", name, person=person, verdict=SKIPPED, reason="unsupported-scheme", address=written)


_other("mail", "mailto:contact@example.org")
_other("telephone", "tel:+33561000000")
_other("ftp", "ftp://ftp.example.org/pub/")
_other("script", "javascript:alert(1)")
_other("data", "data:text/html,<h1>x</h1>")
_other("place", "geo:43.6,1.44")
_other("identifier", "doi:10.1000/182")
_other("file", "file:///etc/passwd")


def _accepted(name: str, written: str, person: str = "La page.") -> None:
    address("addresses", name, person=person, verdict=OK, reason="http-200", address=written)


_accepted("scheme-in-capitals", "HTTP://127.0.0.1:{port}/ok")
_accepted("host-in-capitals", "http://LOCALHOST:{port}/ok")
_accepted("spaces-around", "  http://127.0.0.1:{port}/ok ")
_accepted("line-end", "http://127.0.0.1:{port}/ok\n")
_accepted("credentials", "http://quelquun:secret@127.0.0.1:{port}/ok")
_accepted("one-slash", "http:/127.0.0.1:{port}/ok")
_accepted("three-slashes", "http:///127.0.0.1:{port}/ok")
_accepted("no-path", "http://127.0.0.1:{port}")
_accepted("query-without-path", "http://127.0.0.1:{port}?a=1")
_accepted("number-for-an-address", "http://2130706433:{port}/ok")
_accepted("hexadecimal-address", "http://0x7f.0.0.1:{port}/ok")
_accepted("short-address", "http://127.1:{port}/ok")
_accepted("host-in-wide-letters", "http://ｌｏｃａｌｈｏｓｔ:{port}/ok")
_accepted("backslashes", "http:\\\\127.0.0.1:{port}\\ok")
_accepted("port-with-zeros", "http://127.0.0.1:0{port}/ok")


def _private(name: str, written: str) -> None:
    address(
        "addresses",
        f"private-{name}",
        person="Rien qu'une autre personne pourrait voir : l'adresse est privée.",
        verdict=SKIPPED,
        reason="private-address",
        address=written,
        allow_private=False,
    )


_private("loopback", "http://127.0.0.1:{port}/ok")
_private("loopback-by-name", "http://localhost:{port}/ok")
_private("loopback-in-6", "http://[::1]:{port}/ok")
_private("loopback-in-6-mapped", "http://[::ffff:127.0.0.1]:{port}/ok")
_private("loopback-as-a-number", "http://2130706433:{port}/ok")
_private("loopback-in-hexadecimal", "http://0x7f000001:{port}/ok")
_private("loopback-in-octal", "http://0177.0.0.1:{port}/ok")
_private("loopback-of-two-numbers", "http://127.1:{port}/ok")
_private("nowhere", "http://0.0.0.0:{port}/ok")
_private("network-10", "http://10.1.2.3/")
_private("network-172", "http://172.16.0.1/")
_private("network-192", "http://192.168.1.1/")
_private("carrier", "http://100.64.0.1/")
_private("metadata", "http://169.254.169.254/latest/meta-data/")
_private("metadata-in-6", "http://[fd00:ec2::254]/latest/meta-data/")
_private("link-local-in-6", "http://[fe80::1]/")
_private("translated-in-6", "http://[64:ff9b::7f00:1]/")
_private("broadcast", "http://255.255.255.255/")
_private("multicast", "http://224.0.0.1/")
_private("documentation", "http://192.0.2.1/")

for _name, _written in (
    ("no-such-name", "http://nothing-here.invalid/"),
    ("no-such-name-with-accents", "http://données-perdues.invalid/"),
    ("no-such-name-over-tls", "https://nothing-here.invalid/"),
):
    address(
        "addresses",
        _name,
        person="« Le serveur est introuvable ».",
        verdict=(BROKEN, UNAVAILABLE),
        reason=("dns-nxdomain", "dns-failure", "dns-timeout"),
        address=_written,
    )
