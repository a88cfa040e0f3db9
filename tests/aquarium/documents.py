"""Data that services send, and the errors that they send in their place with 200: XML, JSON, plain text."""

from tests.aquarium.case import OK, RESTRICTED, SUSPECT, case
from tests.support.server import Conversation

_XML = "<?xml version='1.0' encoding='UTF-8'?>\n"
_TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json", "txt": "text/plain; charset=utf-8"}
_ERRORS = (
    # name, format, reason, body
    ("geoserver", "json", "application-error", '{"version": "2.0.0", "exceptions": [{"code": "NoCode", "text": "x"}]}'),
    ("in-french-and-short", "json", "soft-404", '{"detail": "Pas trouvé."}'),
    ("code-of-words", "json", "application-error", '{"errorcode": "UnknownDataset", "message": "x"}'),
    ("api-closed", "json", "application-error", '{"message": "Cette API a été décommissionnée en 2024."}'),
    ("project-server", "xml", "soft-404", _XML + "<ServerException>Project file not found</ServerException>"),
    (
        "harvester",
        "xml",
        "application-error",
        _XML + "<OAI-PMH><request>x</request><error code='idDoesNotExist'>Unknown</error></OAI-PMH>",
    ),
    (
        "soap",
        "xml",
        "application-error",
        _XML + "<s:Envelope xmlns:s='x'><s:Body><s:Fault><faultstring>x</faultstring></s:Fault></s:Body></s:Envelope>",
    ),
    (
        "map-service",
        "xml",
        "application-error",
        _XML + '<ServiceExceptionReport version="1.3.0" '
        'xmlns="http://www.opengis.net/ogc"><ServiceException code="LayerNotDefined">msWMSLoadGetMapParams(): WMS '
        "server "
        "error. Invalid layer(s).</ServiceException></ServiceExceptionReport>",
    ),
    (
        "feature-service",
        "xml",
        "application-error",
        _XML + '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1">'
        '<ows:Exception exceptionCode="InvalidParameterValue"><ows:ExceptionText>Feature type :x '
        "unknown</ows:ExceptionText>"
        "</ows:Exception></ows:ExceptionReport>",
    ),
    (
        "bucket-key",
        "xml",
        "soft-404",
        _XML + "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>",
    ),
    ("arcgis", "json", "application-error", '{"error":{"code":400,"message":"Invalid URL","details":["Invalid URL"]}}'),
    (
        "ckan",
        "json",
        "soft-404",
        '{"help":"https://x","success":false,"error":{"message":"Not found","__type":"Not Found Error"}}',
    ),
    ("nest", "json", "soft-404", '{"statusCode":404,"message":"Cannot GET /api/x","error":"Not Found"}'),
    (
        "spring",
        "json",
        "application-error",
        '{"timestamp":"2026-11-27","status":500,"error":"Internal Server Error","path":"/x"}',
    ),
    ("rest-framework", "json", "soft-404", '{"detail":"Not found."}'),
    ("opendatasoft", "json", "soft-404", '{"error_code":"ODSException","message":"The dataset does not exist"}'),
    ("graphql", "json", "application-error", '{"errors":[{"message":"boom"}],"data":null}'),
    ("in-french", "json", "soft-404", '{"code":404,"message":"Ressource introuvable"}'),
    ("plain-words", "txt", "soft-404", "404: Not Found"),
    ("plain-words-in-french", "txt", "soft-404", "Fichier introuvable"),
    ("plain-error", "txt", "application-error", "Internal Server Error"),
)
_DATA = (
    (
        "capabilities",
        "xml",
        _XML + '<WMS_Capabilities version="1.3.0"><Service><Name>WMS</Name></Service><Capability>'
        "<Exception><Format>XML</Format></Exception></Capability></WMS_Capabilities>",
    ),
    ("feed-on-the-404", "xml", _XML + '<rss version="2.0"><channel><title>Erreur 404</title></channel></rss>'),
    ("no-error", "json", '{"error": null, "data": [1, 2]}'),
    ("rate-called-error", "json", '{"error": 0.05, "estimate": 12}'),
    ("nothing-yet", "json", '{"errors": [], "results": []}'),
    ("greeting", "json", '{"status": 200, "message": "Bienvenue sur l\'API"}'),
    ("code-of-413", "json", '{"code": 413, "title": "Établissements pour personnes inadaptées"}'),
    ("numbered-title", "json", '{"status": "404", "title": "Lot 404", "description": "Terrain à bâtir"}'),
    ("count-of-errors", "json", '{"status": "ok", "errors": {"count": 0}}'),
    ("error-of-an-estimate", "json", '{"name": "enquête", "error": {"median": 0.2}}'),
    ("table-in-xml", "xml", _XML + '<table><row code="31254" nom="Labège"/><title>404</title></table>'),
    ("number-too-long-for-a-letter", "xml", _XML + f"<a>Population : &#{'9' * 5_000};</a>"),
    ("many-sections-begun", "xml", _XML + "<a>Population</a>" + "<![CDATA[" * 5_000),
    ("page-as-text", "txt", "<!DOCTYPE html><html><title>404</title><h1>Page introuvable</h1></html>"),
    ("code-of-a-commune", "json", '{"code": "404", "nom": "Rieux-Volvestre"}'),
    ("empty-collection", "json", '{"type": "FeatureCollection", "features": []}'),
    ("pong", "txt", "pong"),
    ("robots", "txt", "User-agent: *\nDisallow: /404\n"),
)


def _put(name: str, kind: str, body: str, reason: str) -> None:
    @case(
        name=name,
        path=f"/documents/{name}",
        person="Une erreur, à la place des données." if reason != "http-200" else "Les données.",
        verdict=OK if reason == "http-200" else SUSPECT,
        reason=reason,
    )
    async def _answer(talk: Conversation) -> None:
        await talk.reply(200, body.encode(), content_type=_TYPES[kind])


for _name, _kind, _reason, _body in _ERRORS:
    _put(_name, _kind, _body, _reason)


@case(person="Rien sans jeton.", verdict=RESTRICTED, reason="auth-required")
async def token_required(talk: Conversation) -> None:
    await talk.reply(200, b'{"error": {"code": 499, "message": "Token Required"}}', content_type="application/json")


for _name, _kind, _body in _DATA:
    _put(_name, _kind, _body, "http-200")
