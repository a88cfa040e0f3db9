"""Files: promised by the address and there, or promised and a page came instead."""

import gzip
import io
import zipfile

from tests.aquarium.case import BROKEN, OK, RESTRICTED, SUSPECT, case
from tests.aquarium.html import article, bare, site
from tests.support.server import Conversation

_CSV = b"code;nom;population\n" + b"".join(b"31%03d;Commune %d;%d\n" % (rank, rank, rank * 17) for rank in range(200))
_PAGE = article("Télécharger les données").encode()


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("communes.csv", _CSV)
    return packed.getvalue()


def _file(name: str, file: str, content_type: str, body: bytes, **fields: str) -> None:
    """A file that is there."""
    named = {"content-type": content_type} | {field.replace("_", "-"): value for field, value in fields.items()}

    @case(name=name, path=f"/files/{name}/{file}", person="Le fichier.", verdict=OK, reason="http-200")
    async def _answer(talk: Conversation) -> None:
        await talk.answer(200, body, named)


_file("csv", "communes.csv", "text/csv; charset=utf-8", _CSV)
_file("csv-said-to-be-html", "communes.csv", "text/html; charset=utf-8", _CSV)
_file("csv-said-to-be-text", "communes.csv", "text/plain", _CSV)
_file("csv-said-to-be-excel", "communes.csv", "application/vnd.ms-excel", _CSV)
_file("csv-without-type", "communes.csv", "", _CSV)
_file("csv-in-gzip", "communes.csv.gz", "application/gzip", gzip.compress(_CSV))
_file("csv-of-its-header-alone", "communes.csv", "text/csv", b"code;nom;population\n")
_file("zip", "communes.zip", "application/zip", _zip())
_file("zip-as-octets", "communes.zip", "application/octet-stream", _zip())
_file(
    "zip-to-save",
    "export",
    "application/octet-stream",
    _zip(),
    content_disposition='attachment; filename="communes.zip"',
)
_file("zip-said-to-be-html", "communes.zip", "text/html", _zip())
_file("xlsx", "communes.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _zip())
_file("xlsx-said-to-be-a-zip", "communes.xlsx", "application/x-zip-compressed", _zip())
_file("pdf", "atlas.pdf", "application/pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
_file("pdf-as-octets", "atlas.pdf", "application/octet-stream", b"%PDF-1.7\n%%EOF\n")
_file("geojson", "communes.geojson", "application/geo+json", b'{"type": "FeatureCollection", "features": []}')
_file("geojson-said-to-be-text", "communes.geojson", "text/plain", b'{"type": "FeatureCollection", "features": []}')
_file("parquet", "communes.parquet", "application/octet-stream", b"PAR1" + bytes(64) + b"PAR1")
_file("shapefile", "communes.shp", "application/x-esri-shape", b"\x00\x00\x27\x0a" + bytes(96))
_file("geopackage", "communes.gpkg", "application/geopackage+sqlite3", b"SQLite format 3\x00" + bytes(96))
_file("html-that-is-one", "index.html", "text/html", _PAGE)
_file("page-of-php", "carte.php", "text/html", _PAGE)


def _page_instead(name: str, file: str, body: bytes = _PAGE, query: str = "") -> None:
    """HTML where a file was promised."""

    @case(
        name=name,
        path=f"/files/{name}/{file}",
        query=query,
        person="Une page, là où il devait y avoir un fichier.",
        verdict=SUSPECT,
        reason=("wrong-type", "soft-404"),
    )
    async def _answer(talk: Conversation) -> None:
        await talk.reply(200, body)


_page_instead("page-for-a-csv", "communes.csv")
_page_instead("page-for-a-pdf", "atlas.pdf")
_page_instead("page-for-a-zip", "communes-2024.zip")
_page_instead("page-for-an-xlsx", "communes.xlsx")
_page_instead("page-for-a-json", "communes.json")
_page_instead("page-for-a-geojson", "communes.geojson")
_page_instead("page-for-a-gpkg", "communes.gpkg")
_page_instead("page-for-a-csv-in-capitals", "COMMUNES.CSV")
_page_instead("page-for-a-csv-with-a-query", "communes.csv", query="version=2024")
_page_instead("page-not-found-for-a-csv", "perdu.csv", bare("Introuvable", "<h1>Fichier introuvable</h1>").encode())


def _words_instead(name: str, file: str, content_type: str, body: bytes) -> None:
    """A few words where a file was promised, by the address or by what is declared."""

    @case(
        name=name,
        path=f"/files/{name}/{file}",
        person="Un fichier qui ne s'ouvre pas.",
        verdict=SUSPECT,
        reason=("wrong-type", "soft-404", "application-error"),
    )
    async def _answer(talk: Conversation) -> None:
        await talk.reply(200, body, content_type=content_type)


_words_instead("warning-for-a-zip", "a.zip", "application/zip", b"<br />\n<b>Warning</b>: readfile(/var/a.zip): failed")
_words_instead("script-for-a-pdf", "a.pdf", "application/pdf", b'<script>alert("Fichier introuvable")</script>')
_words_instead("pointer-for-a-zip", "a.zip", "text/plain", b"version https://git-lfs.github.com/spec/v1\nsize 12\n")
_words_instead("words-for-a-csv", "a.csv", "text/csv", b"<p>Fichier introuvable</p>")
_words_instead("words-for-an-image", "export", "image/png", b"<p>Image indisponible pour cette commune</p>")
_words_instead("page-for-a-feed", "actualites.rss", "text/html", _PAGE)
_file("pdf-after-a-blank-line", "atlas.pdf", "application/pdf", b"\n\n%PDF-1.7\n%%EOF\n")
_file("sheet-of-tabs", "communes.xls", "application/vnd.ms-excel", _CSV.replace(b";", b"\t"))
_file("playlist", "direct.m3u8", "audio/x-mpegurl", b"#EXTM3U\nhttps://radio.fr/1.aac\n")
_file("drawing", "carte.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><text>Sicoval</text></svg>")
_file("csv-with-404-in-a-cell", "codes.csv", "text/csv", b"code,sens\n200,OK\n404,404 not found\n")


def _viewer(name: str, path: str, title: str) -> None:
    """A page about a file, whose address ends as the file's."""

    @case(name=name, path=path, person="La page du fichier, d'où on le télécharge.", verdict=OK, reason="http-200")
    async def _answer(talk: Conversation) -> None:
        await talk.reply(200, article(title, '<a href="?raw=true">Télécharger (1,2 Mo)</a>').encode())


_viewer("viewer-of-a-forge", "/etalab/decoupage/blob/master/data/communes.csv", "decoupage/data/communes.csv")
_viewer("viewer-of-another-forge", "/etalab/decoupage/-/blob/main/data/communes.json", "data/communes.json")
_viewer("tree-of-a-forge", "/etalab/decoupage/src/branch/main/communes.csv", "communes.csv")
_viewer("page-of-a-wiki", "/wiki/File:Communes_de_Haute-Garonne.jpg", "Fichier:Communes de Haute-Garonne.jpg")
_viewer("page-of-a-french-wiki", "/wiki/Fichier:Carte_du_Sicoval.svg", "Fichier:Carte du Sicoval.svg")
_viewer("article-named-after-a-format", "/blog/lire-un-fichier.csv/", "Lire un fichier .csv")


def _offering(name: str, file: str, body: str, person: str = "La page du fichier, qui le montre.") -> None:
    """A page at the address of a file, whence one gets it."""

    @case(name=name, path=f"/files/{name}/{file}", person=person, verdict=OK, reason="http-200")
    async def _answer(talk: Conversation) -> None:
        await talk.reply(200, site("Rapport annuel", body).encode())


_offering("page-around-a-pdf", "rapport.pdf", '<h1>Rapport</h1><iframe src="/brut/x.pdf"></iframe>')
_offering("page-around-an-image", "carte.jpg", '<h1>Carte</h1><img src="/brut/carte.jpg" alt="">')
_offering("page-around-a-film", "film.mp4", '<h1>Film</h1><video src="/flux/1.mp4"></video>')
_offering("page-that-leads-to-it", "rapport.pdf", '<h1>Rapport</h1><a href="/brut/rapport.pdf">PDF, 2 Mo</a>')
_offering("page-that-leads-to-it-by-a-query", "a.csv", '<h1>a.csv</h1><a href="?raw=1">Brut</a>')
_page_instead("page-that-leads-to-itself", "rapport.pdf", site("Accueil", '<a href="rapport.pdf">ici</a>').encode())
_page_instead("page-that-offers-another-language", "rapport.pdf", site("Accueil", '<a href="?lang=en">EN</a>').encode())
_page_instead("page-that-leads-elsewhere", "rapport.pdf", site("Accueil", '<a href="/guide.pdf">Guide</a>').encode())


@case(
    person="Le téléchargement commence : cinq gigaoctets.",
    verdict=OK,
    reason="http-200",
    path="/files/base-sirene.zip",
)
async def five_gigabytes(talk: Conversation) -> None:
    await talk.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 5000000000\r\n"
        b"Last-Modified: Mon, 02 Nov 2026 08:00:00 GMT\r\nAccept-Ranges: bytes\r\n\r\n"
    )
    if talk.method != "HEAD":
        await talk.raw(_zip())
        for _ in range(2_000):
            await talk.raw(bytes(64_000))
        await talk.wait_for_ever()


@case(
    person="Le téléchargement commence, sans fin annoncée.",
    verdict=OK,
    reason="http-200",
    path="/files/flux.csv",
)
async def rows_without_end(talk: Conversation) -> None:
    await talk.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n")
    while talk.method != "HEAD":
        await talk.raw(f"{len(_CSV):x}\r\n".encode() + _CSV + b"\r\n")


@case(person="Rien : le fichier est vide.", verdict=SUSPECT, reason="empty-page", path="/files/vide.csv")
async def empty_csv(talk: Conversation) -> None:
    await talk.reply(200, content_type="text/csv")


@case(
    person="Une page de connexion, là où il devait y avoir un fichier.",
    verdict=RESTRICTED,
    reason=("auth-required", "redirect-to-login"),
    path="/files/reserve.xlsx",
)
async def behind_a_login(talk: Conversation) -> None:
    await talk.reply(302, location="/login?next=/files/reserve.xlsx")


@case(person="« Fichier introuvable ».", verdict=BROKEN, reason="http-404", path="/files/parti.csv")
async def gone(talk: Conversation) -> None:
    await talk.reply(404, site("Fichier introuvable", "<h1>Fichier introuvable</h1>").encode())


@case(person="Le fichier, sur un autre serveur.", verdict=OK, reason="http-200", path="/files/r/7f4a1c2e-communes.csv")
async def through_a_stable_address(talk: Conversation) -> None:
    await talk.reply(302, location="/files/csv/communes.csv")


@case(
    person="Un mur, là où il devait y avoir un fichier.",
    verdict=RESTRICTED,
    reason="wall-f5",
    path="/files/activites.csv",
)
async def wall_instead(talk: Conversation) -> None:
    body = (
        "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with "
        "your "
        "administrator.<br><br>Your support ID is: 9876543210987654321</body></html>"
    )
    await talk.reply(200, body.encode())


@case(
    person="Une partie du fichier : le serveur ne sait pas faire autrement.",
    verdict=OK,
    reason="http-206",
    path="/files/partie.csv",
)
async def part_of_a_file(talk: Conversation) -> None:
    await talk.reply(206, _CSV, content_type="text/csv", content_range=f"bytes 0-{len(_CSV) - 1}/{len(_CSV)}")
