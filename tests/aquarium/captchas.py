"""Pages that ask to prove to be a person, with 200; and pages that merely have a CAPTCHA somewhere."""

from tests.aquarium.case import OK, RESTRICTED, case, page
from tests.aquarium.html import article, bare, site
from tests.support.server import Conversation

_PROVE = "Une case à cocher, puis la page."


@page(person=_PROVE, verdict=RESTRICTED, reason="wall-captcha")
def recaptcha_alone() -> str:
    return bare(
        "Vérification de sécurité",
        "<h1>Êtes-vous un robot ?</h1><p>Merci de confirmer que vous êtes humain pour accéder au site.</p>"
        '<form method="post" action="/verify"><div class="g-recaptcha" data-sitekey="6LcAAAAA" '
        'data-callback="ok"></div>'
        "</form>",
        head='<script src="https://www.google.com/recaptcha/api.js" async defer></script>\n',
    )


@page(person=_PROVE, verdict=RESTRICTED, reason="wall-captcha")
def hcaptcha_alone() -> str:
    return bare(
        "Please verify you are a human",
        "<h1>One more step</h1><p>Please complete the security check to access this website.</p>"
        '<form id="challenge-form" method="POST"><div class="h-captcha" data-sitekey="33f96e6a"></div></form>',
        head='<script src="https://js.hcaptcha.com/1/api.js" async defer></script>\n',
        lang="en",
    )


@page(person=_PROVE, verdict=RESTRICTED, reason=("wall-captcha", "wall-cloudflare"))
def turnstile_alone() -> str:
    return bare(
        "Vérification",
        "<h1>Vérification de votre navigateur</h1><p>Cela ne prendra qu'un instant.</p>"
        '<form action="/captcha" method="post"><div class="cf-turnstile" data-sitekey="0x4AAAA"></div></form>',
        head='<script src="https://challenges.cloudflare.com/turnstile/v0/api.js" async defer></script>\n',
    )


@page(person="Des lettres à recopier, puis la page.", verdict=RESTRICTED, reason="wall-captcha")
def image_to_copy() -> str:
    return bare(
        "Contrôle anti-robot",
        "<h1>Contrôle anti-robot</h1><p>Pour continuer, veuillez recopier les caractères de l'image ci-dessous.</p>"
        '<form method="post"><img src="/captcha.php?id=8c1" alt="captcha"><input name="captcha" autocomplete="off">'
        "<button>Valider</button></form>",
    )


@page(person=_PROVE, verdict=RESTRICTED, reason="wall-captcha", status=403)
def captcha_with_403() -> str:
    return recaptcha_alone()


@page(person=_PROVE, verdict=RESTRICTED, reason=("wall-captcha", "rate-limited"), status=429)
def unusual_traffic() -> str:
    return bare(
        "https://www.example.com/search?q=insee",
        '<form id="captcha-form" action="index" method="post"><div id="recaptcha" class="g-recaptcha" '
        'data-sitekey="6LfwuyUT" data-s="x"></div></form><hr><b>About this page</b><p>Our systems have detected '
        "unusual "
        "traffic from your computer network. This page checks to see if it's really you sending the requests, and not "
        "a robot.</p>",
        head='<script src="https://www.google.com/recaptcha/enterprise.js" async defer></script>\n',
        lang="en",
    )


@page(person="Un instant, puis la page.", verdict=RESTRICTED, reason="wall-captcha")
def browser_check_of_a_host() -> str:
    return bare(
        "One moment, please...",
        "<h1>Please wait while your request is being verified...</h1><form id='wsidchk-form' style='display:none' "
        "action='/z0f76a1d14fd21a8fb5fd0d03e0fdc3d3cedae52f' method='get'></form>"
        "<script>(function(){var "
        "west=+((+!+[])),east=2;document.getElementById('wsidchk-form').submit();})();</script>",
        lang="en",
    )


@case(person=_PROVE, verdict=RESTRICTED, reason="wall-captcha")
async def redirected_to_a_captcha(talk: Conversation) -> None:
    await talk.reply(302, location="/captchas/recaptcha-alone?from=%2Fdonnees")


@page(person="Le formulaire de contact.", verdict=OK, reason="http-200")
def contact_form_with_recaptcha() -> str:
    return site(
        "Nous contacter",
        "<h1>Nous contacter</h1><p>Une question sur nos données, une erreur à signaler ? Écrivez-nous, nous répondons "
        "sous cinq jours ouvrés. Vous pouvez aussi nous appeler au 05 00 00 00 00, du lundi au vendredi.</p>"
        '<form method="post"><label>Votre nom <input name="nom"></label><label>Votre courriel <input '
        'type="email"></label>'
        '<label>Message <textarea name="message"></textarea></label><div class="g-recaptcha" data-sitekey="6Lc"></div>'
        "<p>Cochez « je ne suis pas un robot » avant d'envoyer.</p><button>Envoyer</button></form>",
        head='<script src="https://www.google.com/recaptcha/api.js" async defer></script>\n',
    )


@page(person="L'article, avec ses commentaires.", verdict=OK, reason="http-200")
def article_with_turnstile_under_it() -> str:
    return article(
        "Mobilités domicile-travail",
        '<section id="comments"><h2>Laisser un commentaire</h2><form><textarea></textarea><div class="cf-turnstile">'
        "</div></form></section>",
        head='<script src="https://challenges.cloudflare.com/turnstile/v0/api.js" async defer></script>\n',
    )


@page(person="La page : reCAPTCHA v3 y est invisible.", verdict=OK, reason="http-200")
def invisible_recaptcha() -> str:
    return article(
        "Fiscalité locale",
        '<div class="grecaptcha-badge"></div>',
        head='<script src="https://www.google.com/recaptcha/api.js?render=6Lc"></script>\n',
    )


@page(person="L'article, qui explique ce qu'est un CAPTCHA.", verdict=OK, reason="http-200")
def article_about_captchas() -> str:
    return article("Êtes-vous un robot ? L'accessibilité des CAPTCHA dans les services publics")


@page(person="Une case à cocher, puis la page.", verdict=RESTRICTED, reason="wall-captcha")
def nothing_but_a_box_to_tick() -> str:
    return bare(
        "exemple.fr",
        '<form method="post"><p>Cochez la case ci-dessous pour accéder au site</p><div class="g-recaptcha" '
        'data-sitekey="x"></div><button>Continuer</button></form>',
        head='<script src="https://www.google.com/recaptcha/api.js"></script>',
    )


@page(person="Le formulaire de téléchargement.", verdict=OK, reason="http-200")
def form_that_ends_with_a_box_to_tick() -> str:
    return bare(
        "Télécharger",
        "<h1>Télécharger les données</h1><form>Format <select><option>CSV</select><div "
        'class="g-recaptcha"></div></form>',
    )
