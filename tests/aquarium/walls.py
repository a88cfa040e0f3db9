"""Walls against robots: a person passes, or is asked to prove to be one; a robot cannot say."""

from tests.aquarium.case import BROKEN, OK, RESTRICTED, UNAVAILABLE, case, page
from tests.aquarium.html import ARTICLE, article, bare, site
from tests.support.server import Conversation

_RAY = {"server": "cloudflare", "cf-ray": "8f0a1b2c3d4e5f60-CDG"}

CLOUDFLARE_CHALLENGE = bare(
    "Just a moment...",
    '<div class="main-wrapper" role="main"><div class="main-content"><noscript><div class="h2"><span '
    'id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript></div></div>\n'
    "<script>(function(){window._cf_chl_opt = {cvId: '3',cZone: 'donnees.example.fr',cType: 'managed',"
    "cRay: '8f0a1b2c3d4e5f60',cH: 'x.y-1700000000-1.2.1.1-z',cUPMDTk: '\\/a?__cf_chl_tk=x'};"
    "var a = document.createElement('script');"
    "a.src = '/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1?ray=8f0a1b2c3d4e5f60';"
    "document.getElementsByTagName('head')[0].appendChild(a);}());</script>",
    head='<meta name="robots" content="noindex,nofollow">\n<meta http-equiv="refresh" content="390">\n',
    lang="en-US",
)


def _cloudflare_block(title: str, heading: str) -> str:
    return bare(
        f"{title} | Cloudflare",
        f'<div id="cf-wrapper"><div class="cf-alert cf-alert-error cf-cookie-error" id="cookie-alert">Please enable '
        f'cookies.</div><div id="cf-error-details" class="cf-error-details-wrapper"><h1 '
        f'data-translate="block_headline">'
        f"{heading}</h1><h2>You are unable to access donnees.example.fr</h2><p>This site protects itself against "
        f"online "
        'attacks; what you just did triggered it.</p><p>Cloudflare Ray ID: <strong class="font-semibold">'
        "8f0a1b2c3d4e5f60</strong> &bull; Performance &amp; security by Cloudflare</p></div></div>",
        head='<link rel="stylesheet" id="cf_styles-css" href="/cdn-cgi/styles/cf.errors.css">\n',
        lang="en-US",
    )


@page(
    person="Un instant, puis la page.",
    verdict=RESTRICTED,
    reason="wall-cloudflare",
    status=403,
    fields={**_RAY, "cf-mitigated": "challenge"},
)
def cloudflare_challenge() -> str:
    return CLOUDFLARE_CHALLENGE


@page(
    person="Un instant, puis la page : l'ancien défi.",
    verdict=RESTRICTED,
    reason="wall-cloudflare",
    status=503,
    fields=_RAY,
)
def cloudflare_challenge_with_503_and_no_field() -> str:
    return CLOUDFLARE_CHALLENGE


@page(
    person="Un instant, puis la page : un cache a perdu les champs de Cloudflare.",
    verdict=RESTRICTED,
    reason="wall-cloudflare",
    status=403,
    fields={"server": "nginx"},
)
def cloudflare_challenge_by_its_page_alone() -> str:
    return CLOUDFLARE_CHALLENGE


@page(person="Un instant, puis la page.", verdict=RESTRICTED, reason="wall-cloudflare", fields=_RAY)
def cloudflare_challenge_with_200() -> str:
    return CLOUDFLARE_CHALLENGE


@page(person="« Sorry, you have been blocked ».", verdict=RESTRICTED, reason="wall-cloudflare", status=403, fields=_RAY)
def cloudflare_attention_required() -> str:
    return _cloudflare_block("Attention Required!", "Sorry, you have been blocked")


@page(person="« Access denied » (1020).", verdict=RESTRICTED, reason="wall-cloudflare", status=403, fields=_RAY)
def cloudflare_1020() -> str:
    return _cloudflare_block("Access denied", "Error 1020")


@page(
    person="« You are being rate limited » (1015).",
    verdict=RESTRICTED,
    reason=("rate-limited", "wall-cloudflare"),
    status=429,
    fields={**_RAY, "retry-after": "86400"},
)
def cloudflare_1015() -> str:
    return _cloudflare_block("Access denied", "Error 1015: you are being rate limited")


@case(person="Un instant, puis la page.", verdict=RESTRICTED, reason="wall-cloudflare")
async def cloudflare_forbidden_without_a_body(talk: Conversation) -> None:
    await talk.reply(403, server="cloudflare", cf_ray="8f0a1b2c3d4e5f60-CDG", cf_mitigated="challenge")


_AKAMAI = bare(
    "Access Denied",
    "<h1>Access Denied</h1>\n\nYou don't have permission to access "
    '"http&#58;&#47;&#47;donnees&#46;example&#46;fr&#47;" on this server.<p>\n'
    "Reference&#32;&#35;18&#46;5c1a1202&#46;1700000000&#46;2b3c4d5e\n"
    "<p>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18&#46;5c1a1202&#46;1700000000&#46;2b3c4d5e</p>",
    lang="en",
)


@page(
    person="Pour une personne, la page.",
    verdict=RESTRICTED,
    reason="wall-akamai",
    status=403,
    fields={"server": "AkamaiGHost", "mime-version": "1.0"},
)
def akamai_denied() -> str:
    return _AKAMAI


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="wall-akamai", status=403)
def akamai_denied_by_its_page_alone() -> str:
    return _AKAMAI


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="wall-akamai")
def akamai_denied_with_200() -> str:
    return _AKAMAI


@page(
    person="Un défi qui passe tout seul, puis la page.",
    verdict=RESTRICTED,
    reason="wall-akamai",
    fields={"set-cookie": "bm_sz=A1; Path=/; Max-Age=14400", "server-timing": "ak_p; desc=1"},
)
def akamai_behavioral_challenge() -> str:
    return bare(
        "&nbsp;",
        '<div id="sec-if-cpt-container"></div><script src="/_sec/cp_challenge/ak-challenge-4-3.htm"></script>'
        '<script>chlgeId = "abc"; branding_url_content="/_sec/cp_challenge/sec-cpt-4-3.js";</script>',
        lang="en",
    )


def _imperva_frame() -> str:
    return (
        '<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW">'
        '<meta name="format-detection" content="telephone=no"><meta name="viewport" content="initial-scale=1.0">'
        '<script type="text/javascript" src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script>'
        '</head><body style="margin:0px;height:100%"><iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9&'
        'xinfo=1-2-0&incident_id=460000120000012345-98765&edet=15&cinfo=04000000" frameborder=0 width="100%" '
        'height="100%">Request unsuccessful. Incapsula incident ID: 460000120000012345-98765</iframe></body></html>'
    )


@page(
    person="Pour une personne, la page.",
    verdict=RESTRICTED,
    reason="wall-imperva",
    status=403,
    fields={"x-iinfo": "9-123-0 0NNN RT(1700000000 1)", "set-cookie": "visid_incap_12=a; path=/"},
)
def imperva_incident() -> str:
    return _imperva_frame()


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="wall-imperva", fields={"x-iinfo": "9-1-0 0NNN"})
def imperva_incident_with_200() -> str:
    return _imperva_frame()


@page(
    person="L'article : Imperva est devant le site, sans rien empêcher.",
    verdict=OK,
    reason="http-200",
    fields={"x-iinfo": "9-123-125 NNNN CT(1 2 0) RT(1 0)", "x-cdn": "Imperva", "set-cookie": "incap_ses_7=b; path=/"},
)
def imperva_in_front_of_a_page() -> str:
    return article("Logement")


_DATADOME = (
    '<html lang="fr"><head><title>donnees.example.fr</title><style>#cmsg{animation: A 1.5s;}</style></head>'
    '<body style="margin:0"><p id="cmsg">Please enable JS and disable any ad blocker</p><script data-cfasync="false">'
    "var dd={'rt':'c','cid':'AHrlqAAAA','hsh':'A1B2','t':'bv','s':17434,'e':'x','host':'geo.captcha-delivery.com'}"
    '</script><script data-cfasync="false" src="https://ct.captcha-delivery.com/c.js"></script></body></html>'
)


@page(
    person="Un CAPTCHA, puis la page.",
    verdict=RESTRICTED,
    reason="wall-datadome",
    status=403,
    fields={"x-datadome": "protected", "x-dd-b": "1", "set-cookie": "datadome=abc; Max-Age=31536000; Path=/"},
)
def datadome() -> str:
    return _DATADOME


@page(person="Un CAPTCHA, puis la page.", verdict=RESTRICTED, reason="wall-datadome", status=403)
def datadome_by_its_page_alone() -> str:
    return _DATADOME


@page(person="Un CAPTCHA, puis la page.", verdict=RESTRICTED, reason="wall-datadome", status=401)
def datadome_with_401() -> str:
    return _DATADOME


@page(
    person="L'article : DataDome veille, sans rien empêcher.",
    verdict=OK,
    reason="http-200",
    fields={"x-datadome": "protected", "set-cookie": "datadome=abc; Max-Age=31536000; Path=/"},
)
def datadome_in_front_of_a_page() -> str:
    return article("Santé", '<script src="https://js.datadome.co/tags.js" async></script>')


@case(person="Un instant, puis la page.", verdict=RESTRICTED, reason="wall-aws")
async def aws_challenge_without_a_body(talk: Conversation) -> None:
    await talk.reply(202, x_amzn_waf_action="challenge", server="awselb/2.0")


def _aws() -> str:
    return bare(
        "",
        '<div id="challenge-container"></div><script>AwsWafIntegration.saveReferrer();'
        "AwsWafIntegration.checkForceRefresh().then((forceRefresh) => { AwsWafIntegration.getToken().then(() => "
        "{ window.location.reload(true); }); });</script><noscript><h1>JavaScript is disabled</h1>In order to "
        "continue, "
        "we need to verify that you're not a robot. This requires JavaScript.</noscript>",
        head='<script type="text/javascript">window.awsWafCookieDomainList = []; window.gokuProps = {"key":"AQIDAHj",'
        '"iv":"A6we","context":"x"};</script>\n'
        '<script src="https://de5282c3ca0c.edge.sdk.awswaf.com/de5282c3ca0c/challenge.js"></script>\n',
        lang="en",
    )


@page(person="Un instant, puis la page.", verdict=RESTRICTED, reason="wall-aws", status=202)
def aws_challenge_by_its_page_alone() -> str:
    return _aws()


@page(
    person="Un CAPTCHA, puis la page.",
    verdict=RESTRICTED,
    reason="wall-aws",
    status=405,
    fields={"x-amzn-waf-action": "captcha"},
)
def aws_captcha() -> str:
    return bare(
        "Human Verification",
        '<div id="captcha-container"></div><script>AwsWafCaptcha.renderCaptcha(document.body)</script>',
        head='<script>window.gokuProps = {"key":"AQIDAHj"};</script>\n'
        '<script src="https://de5282c3ca0c.captcha-sdk.awswaf.com/captcha.js"></script>\n',
        lang="en",
    )


@page(
    person="Pour une personne, la page.",
    verdict=RESTRICTED,
    reason=("http-403", "wall-aws"),
    status=403,
    fields={"server": "CloudFront", "x-cache": "Error from cloudfront"},
)
def cloudfront_blocked() -> str:
    return bare(
        "ERROR: The request could not be satisfied",
        "<H1>403 ERROR</H1><H2>The request could not be satisfied.</H2><HR noshade size=1px>Request blocked. "
        "We can't connect to the server for this app or website at this time.<PRE>Generated by cloudfront (CloudFront)"
        "\nRequest ID: ABCdef==</PRE>",
        lang="en",
    )


@case(person="La page, une fois connecté.", verdict=RESTRICTED, reason="wall-999")
async def linkedin(talk: Conversation) -> None:
    body = (
        '<html><head><script type="text/javascript">window.onload = function() { var trk = "bf"; var domain = '
        '"www.linkedin.com"; window.location.href = "https://" + domain + "/authwall?trk=" + trk; '
        "}</script></head></html>"
    )
    await talk.reply(999, body.encode(), server="Play")


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="http-403", status=403)
def forbidden_plain() -> str:
    return bare(
        "403 Forbidden", "<h1>Forbidden</h1><p>You don't have permission to access this resource.</p>", lang="en"
    )


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="http-403", status=403)
def forbidden_in_a_site() -> str:
    return site("Accès refusé", "<h1>Accès refusé</h1><p>Vous n'êtes pas autorisé à accéder à cette page.</p>")


@page(
    person="« 404 » : le mur ne fait que passer la réponse.",
    verdict=BROKEN,
    reason="http-404",
    status=404,
    fields={"server": "AkamaiGHost"},
)
def akamai_in_front_of_a_404() -> str:
    return site("Page introuvable", "<h1>Page introuvable</h1>")


@page(
    person="« 502 Bad Gateway » : l'origine est en panne.",
    verdict=UNAVAILABLE,
    reason="http-502",
    status=502,
    fields=_RAY,
)
def cloudflare_in_front_of_a_502() -> str:
    return bare(
        "donnees.example.fr | 502: Bad gateway", '<div id="cf-error-details"><h1>Bad gateway</h1></div>', lang="en"
    )


@page(
    person="L'article : ce script de Cloudflare ne demande rien à personne.",
    verdict=OK,
    reason="http-200",
    fields=_RAY,
)
def cloudflare_script_in_a_page() -> str:
    script = (
        "<script>(function(){function c(){var b=a.contentDocument;var d=b.createElement('script');"
        "d.innerHTML=\"window.__CF$cv$params={r:'8f0a1b2c',t:'MTcw'};var a=document.createElement('script');"
        "a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js';\"}})();</script>"
    )
    return article("Énergie", script)


@page(person="L'article, qui parle des murs sans en être un.", verdict=OK, reason="http-200")
def article_about_walls() -> str:
    return article(
        "Pourquoi « Just a moment... » s'affiche-t-il ?",
        "<h2>Attention Required! | Cloudflare</h2><p>Ce message vient de Cloudflare ; « Access Denied » avec un "
        "« Reference #18.5c1a1202 » vient d'Akamai, et « Incapsula incident ID » d'Imperva. « Request Rejected. Your "
        "support ID is » vient de F5. DataDome charge captcha-delivery.com.</p>" + ARTICLE,
    )
