"""The HTML that the pages of the aquarium share: the frame of a site, and paragraphs to fill it."""

PARAGRAPHS = (
    "Le territoire compte 36 communes et 82 000 habitants au dernier recensement, soit une croissance annuelle "
    "moyenne de 1,1 % sur cinq ans, portée pour moitié par le solde naturel et pour moitié par les arrivées.",
    "Le parc de logements se compose à 62 % de maisons individuelles. La part des résidences principales occupées "
    "par leur propriétaire recule légèrement, tandis que la vacance reste contenue autour de 6 %.",
    "Les données sont produites chaque année à partir des sources administratives. Elles sont diffusées à la maille "
    "de la commune, de l'EPCI et du département, sous réserve du secret statistique.",
    "L'emploi local est dominé par les services et l'administration publique ; l'agriculture, qui occupe encore plus "
    "de la moitié des sols, ne représente qu'une faible part des actifs.",
)
ARTICLE = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)

_NAVIGATION = """<header class="site-header"><a class="logo" href="/">Observatoire des territoires</a>
<form role="search" action="/recherche"><input type="search" name="q" placeholder="Rechercher"></form>
<nav aria-label="Menu principal"><ul><li><a href="/donnees">Données</a></li><li><a href="/cartes">Cartes</a></li>
<li><a href="/publications">Publications</a></li><li><a href="/a-propos">À propos</a></li></ul></nav></header>"""
_FOOTER = """<footer class="site-footer"><ul><li><a href="/mentions-legales">Mentions légales</a></li>
<li><a href="/accessibilite">Accessibilité : partiellement conforme</a></li><li><a href="/contact">Contact</a></li>
<li><a href="/plan-du-site">Plan du site</a></li></ul><p>© 2026 Observatoire des territoires</p></footer>"""


def bare(title: str, body: str, *, head: str = "", lang: str = "fr", marks: str = "") -> str:
    """A page with nothing around *body*; *marks* are attributes of its body element."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{head}</head>\n'
        f"<body{' ' + marks if marks else ''}>\n{body}\n</body>\n</html>\n"
    )


def site(title: str, main: str, *, head: str = "", lang: str = "fr", marks: str = "", before: str = "") -> str:
    """A page of a site, with its navigation and footer; *before* comes above all."""
    body = f"{before}{_NAVIGATION}\n<main id=contenu>\n{main}\n</main>\n{_FOOTER}"
    return bare(title, body, head=head, lang=lang, marks=marks)


def article(title: str, main: str = "", *, head: str = "", before: str = "", marks: str = "") -> str:
    """A page of a site that is worth reading."""
    return site(
        f"{title} | Observatoire des territoires",
        f"<h1>{title}</h1>\n{ARTICLE}{main}",
        head=head,
        before=before,
        marks=marks,
    )
