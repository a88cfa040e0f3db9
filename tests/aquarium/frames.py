"""The frames that real sites put around whatever they say, at their full length: a ministry's in the State's design
system, a WordPress of a communauté de communes with its cookie dialog, a portal of the days of `div`."""

from collections.abc import Callable, Mapping

from tests.aquarium.html import bare

_MENUS = (
    ("Logement", "Construction neuve|Parc de logements|Prix des logements et des terrains|Rénovation énergétique"),
    ("Transports", "Mobilité des personnes|Transport de marchandises|Immatriculations des véhicules|Accidents"),
    ("Énergie", "Bilan énergétique|Prix des énergies|Énergies renouvelables|Électricité et gaz naturel|Produits"),
    ("Environnement", "Biodiversité|Eau et milieux aquatiques|Air extérieur|Risques naturels|Occupation des sols"),
    ("Climat", "Changement climatique|Empreinte carbone|Émissions de gaz à effet de serre|Politiques climatiques"),
    ("Nos services", "Catalogue de données|Application de cartographie|Agenda des publications|Foire aux questions"),
)
_COOKIES = """<div id="tarteaucitronRoot"><div id="tarteaucitronAlertBig" role="dialog"><span>En autorisant ces services
tiers, vous acceptez le dépôt et la lecture de cookies et l'utilisation de technologies de suivi nécessaires à leur bon
fonctionnement. Ce site utilise des cookies et vous donne le contrôle sur ceux que vous souhaitez activer.</span>
<button>Tout accepter</button><button>Tout refuser</button><button>Personnaliser</button></div></div>"""


def _items(words: str) -> str:
    return "".join(f'<li><a href="/{rank}">{word}</a></li>' for rank, word in enumerate(words.split("|")))


def _ministry(title: str, main: str) -> str:
    menus = "".join(
        f'<li class="fr-nav__item"><button class="fr-nav__btn">{name}</button><div class="fr-collapse fr-menu">'
        f'<ul class="fr-menu__list">{_items(words)}</ul></div></li>'
        for name, words in _MENUS
    )
    return bare(
        f"{title} | Données et études statistiques",
        '<div class="fr-skiplinks"><nav><a href="#content">Aller au contenu</a></nav></div>'
        '<header role="banner" class="fr-header"><p class="fr-logo">République<br>Française</p><a '
        'href="/"><p>Ministère '
        "de l'Aménagement du territoire et de la Transition écologique</p></a><p>Données et études statistiques pour "
        "le "
        "changement climatique, l'énergie, l'environnement, le logement et les transports</p>"
        '<a class="fr-btn" href="/login">Se connecter</a><div class="fr-search-bar"><input type="search" '
        'placeholder="Rechercher"><button>Rechercher</button></div>'
        f'<nav class="fr-nav" role="navigation"><ul class="fr-nav__list">{menus}</ul></nav></header>'
        f'<main id="content" role="main"><div class="fr-container">{main}</div></main>'
        '<footer class="fr-footer" role="contentinfo"><p>Le service des données et études statistiques produit et '
        "diffuse l'information statistique dans les domaines de l'environnement, de l'énergie, de la construction, du "
        f"logement et des transports.</p><ul>{_items('legifrance.gouv.fr|service-public.fr|data.gouv.fr')}</ul>"
        f"<ul>{_items('Plan du site|Accessibilité : non conforme|Mentions légales|Gestion des cookies')}</ul><p>Sauf "
        "mention explicite, les contenus de ce site sont proposés sous licence etalab-2.0</p></footer>" + _COOKIES,
        head='<link rel="stylesheet" href="/dsfr.min.css"><script type="module" src="/dsfr.module.min.js"></script>',
    )


def _wordpress(title: str, main: str) -> str:
    words = "présentation|actualités|documents à télécharger|contacts|vos questions"
    menus = "".join(
        f'<li class="menu-item"><a href="#">{name}</a><ul class="sub-menu">{_items(words)}</ul></li>'
        for name in ("La Communauté", "Habitat", "Petite enfance", "Déchets", "Eau", "Tourisme", "Économie", "Culture")
    )
    recent = (
        "Le conseil communautaire du 12 novembre|Collecte des déchets verts : nouveaux horaires|Une nouvelle crèche"
    )
    return bare(
        f"{title} – Communauté de communes des Coteaux",
        '<div id="page"><header id="masthead" class="site-header"><h1 class="site-title"><a href="/">Communauté de '
        f"communes des Coteaux</a></h1><p>Le territoire au quotidien</p><nav><ul>{menus}</ul></nav></header>"
        f'<div id="content"><main id="main" class="site-main">{main}</main></div>'
        f'<aside id="secondary" class="widget-area"><section><h2>Articles '
        f"récents</h2><ul>{_items(recent)}</ul></section>"
        "</aside><footer id='colophon'>12 place de la Mairie, 31450 Montbrun. Ouvert du lundi au vendredi de 9h à 12h "
        "et "
        "de 14h à 17h. Tél. 05 61 00 00 00 <a href='/ml'>Mentions légales</a> Fièrement propulsé par WordPress</footer>"
        "</div>" + _COOKIES,
    )


def _of_the_days_of_div(title: str, main: str) -> str:
    rubrics = (
        "Accueil|Nos missions|Organigramme|Agriculture biologique|Exploitations|Filières animales|Filières végétales|"
        "Forêt et bois|Alimentation|Enseignement agricole|Statistiques agricoles|Recensement agricole 2020|Conjoncture|"
        "Aides PAC|Installation des jeunes|Viticulture|Protection des végétaux|Santé animale|Marchés publics"
    )
    menu = "".join(
        f'<div class="rubrique"><a href="?r={n}">{word}</a></div>' for n, word in enumerate(rubrics.split("|"))
    )
    return bare(
        f"{title} - DRAAF Occitanie",
        f'<div id="conteneur"><div id="entete"><img src="logo.gif" alt="DRAAF"></div><div id="menu-gauche">{menu}</div>'
        f'<div id="contenu">{main}</div><div id="pied">Direction régionale de l\'alimentation, de l\'agriculture et de '
        'la forêt. Cité administrative, 31074 Toulouse. Tél. 05 61 10 61 10. <a href="/c">Contact</a> | <a '
        'href="/p">Plan '
        'du site</a> | <a href="/m">Mentions légales</a></div></div>',
    )


FRAMES: Mapping[str, Callable[[str, str], str]] = {
    "ministry": _ministry,
    "wordpress": _wordpress,
    "of-divs": _of_the_days_of_div,
}
"""By name, the page of a title and of what is the page's own."""
