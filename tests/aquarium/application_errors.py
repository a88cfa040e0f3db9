"""Applications that break down and say so with 200."""

from tests.aquarium.case import OK, SUSPECT, page
from tests.aquarium.html import article, bare

_BROKEN = "Un message d'erreur du logiciel, rien d'autre."


def _error(name: str, html: str, *also: str) -> None:
    @page(
        name=name,
        path=f"/application-errors/{name}",
        person=_BROKEN,
        verdict=SUSPECT,
        reason=("application-error", *also),
    )
    def _page() -> str:
        return html


_error(
    "php-fatal",
    "<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function mysql_connect() in "
    "/var/www/html/inc/db.php:12\nStack trace:\n#0 {main}\n  thrown in <b>/var/www/html/inc/db.php</b> on line "
    "<b>12</b>",
)
_error(
    "php-parse",
    "<br />\n<b>Parse error</b>:  syntax error, unexpected '}' in <b>/home/www/index.php</b> on line <b>7</b>",
)
_error(
    "php-memory", "<b>Fatal error</b>: Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes)"
)
_error(
    "wordpress-database",
    bare(
        "Erreur de la base de données",
        "<h1>Erreur lors de la connexion à la base de données</h1>",
        marks='id="error-page"',
    ),
)
_error(
    "wordpress-database-in-english",
    bare("Database Error", "<h1>Error establishing a database connection</h1>", lang="en", marks='id="error-page"'),
)
_error(
    "wordpress-critical",
    bare(
        "WordPress › Erreur",
        '<div class="wp-die-message"><p>Il y a eu une erreur critique sur ce site.</p></div>',
        marks='id="error-page"',
    ),
)
_error("mysql", "Could not connect: Too many connections")
_error("mysql-access", "SQLSTATE[HY000] [1045] Access denied for user 'geo'@'localhost' (using password: YES)")
_error(
    "postgresql", "<b>Warning</b>:  pg_connect(): Unable to connect to PostgreSQL server: could not connect to server"
)
_error("oracle", bare("Erreur", "<p>ORA-12541: TNS:no listener</p>"))
_error(
    "django",
    bare(
        "OperationalError at /donnees/",
        '<div id="summary"><h1>OperationalError at /donnees/</h1><pre class="exception_value">could not connect to '
        "server"
        "</pre><table><tr><th>Request Method:</th><td>GET</td></tr><tr><th>Django "
        "Version:</th><td>4.2</td></tr></table>"
        "</div><div id='explanation'><p>You're seeing this error because you have DEBUG = True.</p></div>",
        lang="en",
    ),
)
_error(
    "asp-net",
    "<html><head><title>Runtime Error</title></head><body bgcolor='white'><span><H1>Server Error in '/' "
    "Application.<hr "
    "width=100% size=1 color=silver></H1><h2><i>Runtime Error</i></h2></span><b>Description:</b> An application error "
    "occurred on the server.</body></html>",
)
_error(
    "asp-net-in-french",
    "<html><head><title>Erreur d'exécution</title></head><body bgcolor='white'><h1>Erreur du serveur dans "
    "l'application "
    "'/'.</h1><h2><i>Erreur d'exécution</i></h2></body></html>",
)
_error(
    "tomcat",
    bare(
        "HTTP Status 500 – Internal Server Error",
        "<h1>HTTP Status 500 – Internal Server Error</h1><hr><p><b>Type</b> Exception Report</p><p><b>Exception</b></p>"
        "<pre>java.lang.NullPointerException\n\tfr.geo.Carte.doGet(Carte.java:42)</pre><hr><h3>Apache "
        "Tomcat/9.0.65</h3>",
        lang="en",
    ),
)
_error(
    "python",
    '<pre>Traceback (most recent call last):\n  File "/srv/app/wsgi.py", line 8, in application\n    from app '
    "import main\n"
    "ModuleNotFoundError: No module named 'app'</pre>",
)
_error(
    "service-unavailable",
    bare("Service Unavailable", "<h2>Service Unavailable</h2><hr><p>HTTP Error 503.</p>", lang="en"),
)
_error("bad-gateway", bare("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr>nginx", lang="en"))
_error("internal-server-error", "Internal Server Error")
_error(
    "an-error-has-occurred", bare("Erreur", "<h1>Une erreur est survenue</h1><p>Veuillez réessayer ultérieurement.</p>")
)
_error("technical-error", bare("Erreur technique", "<h1>Erreur technique</h1><p>Le service rencontre un problème.</p>"))
_error(
    "next-js", bare("Application error", "<h2>Application error: a server-side exception has occurred.</h2>", lang="en")
)
_error(
    "symfony",
    bare(
        "An Error Occurred: Internal Server Error",
        '<h1>Oops! An Error Occurred</h1><h2>The server returned a "500 Internal Server Error".</h2>',
        lang="en",
    ),
)
_error(
    "rails",
    bare("We're sorry, but something went wrong (500)", "<h1>We're sorry, but something went wrong.</h1>", lang="en"),
)
_error(
    "mapserver",
    "<HTML><HEAD><TITLE>MapServer Message</TITLE></HEAD><BODY>msLoadMap(): Unable to access file. "
    "(/data/31.map)</BODY></HTML>",
)
_error(
    "proxy-squid",
    bare(
        "ERREUR : L'URL demandée n'a pas pu être trouvée",
        "<h1>ERREUR</h1><h2>L'URL demandée n'a pas pu être chargée</h2><p>La connexion à 10.1.2.3 a échoué. (111) "
        "Connection refused</p><p>Générée par proxy (squid/4.6)</p>",
    ),
    "soft-404",
)


@page(person="L'article, sous un avertissement de PHP.", verdict=OK, reason="http-200")
def php_warning_above_a_page() -> str:
    warning = (
        "<br />\n<b>Deprecated</b>:  Function strftime() is deprecated in <b>/var/www/a.php</b> on line <b>3</b><br />"
    )
    return article("Démographie", before=warning)


@page(person="L'article, où un encart n'a pas pu se charger.", verdict=OK, reason="http-200")
def one_part_of_a_page_failed() -> str:
    return article("Démographie", "<aside><p>Une erreur est survenue lors du chargement de la carte.</p></aside>")


@page(person="L'article sur l'erreur ORA-12541.", verdict=OK, reason="http-200")
def article_about_an_error() -> str:
    return article("Résoudre l'erreur « ORA-12541: TNS:no listener »", "<pre>ORA-12541: TNS:no listener</pre>")


@page(person="L'article sur les erreurs de mesure.", verdict=OK, reason="http-200")
def article_about_errors_of_measure() -> str:
    return article("Erreur d'échantillonnage et erreur type : lire les intervalles de confiance")
