"""More walls against robots: F5, PerimeterX, Sucuri, DDoS-Guard, Anubis, Radware, Wordfence and others."""

from tests.aquarium.case import OK, RESTRICTED, case, page
from tests.aquarium.html import article, bare
from tests.support.server import Conversation

_F5 = (
    "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your "
    "administrator.<br><br>Your support ID is: 9876543210987654321<br><br><a href='javascript:history.back();'>"
    "[Go Back]</a></body></html>"
)


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="wall-f5")
def f5_rejected_with_200() -> str:
    return _F5


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="wall-f5", status=403)
def f5_rejected_with_403() -> str:
    return _F5


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="wall-f5")
def f5_rejected_in_french() -> str:
    return (
        "<html><head><title>Requête rejetée</title></head><body>L'URL demandée a été rejetée. Veuillez consulter votre "
        "administrateur.<br><br>Votre identifiant de support est : 9876543210987654321 <br>"
        "<!-- Your support ID is: 9876543210987654321 --></body></html>"
    )


@page(person="Un instant, puis la page.", verdict=RESTRICTED, reason="wall-f5")
def f5_script_challenge() -> str:
    return (
        "<html><head><meta http-equiv='Pragma' content='no-cache'/><script type='text/javascript'>"
        "(function(){window.bobcmn='10111110101010200000005';window.fkSS=1;})();</script>"
        "<script type='text/javascript' src='/TSPD/08a1b2c3d4ab2000?type=9'></script>"
        "<noscript>Please enable JavaScript to view the page content.<br/>Your support ID is: 1234567890123.</noscript>"
        "</head><body></body></html>"
    )


@page(
    person="L'article : le script de F5 y est, et ne demande rien.",
    verdict=OK,
    reason="http-200",
    fields={"set-cookie": "TS01a2b3c4=0123456789abcdef; Path=/"},
)
def f5_in_front_of_a_page() -> str:
    return article("Risques", head='<script src="/TSPD/08a1b2c3d4ab2000?type=17"></script>\n')


@page(person="Bouton à presser longtemps, puis la page.", verdict=RESTRICTED, reason="wall-perimeterx", status=403)
def perimeterx() -> str:
    return bare(
        "Access to this page has been denied",
        '<section class="container"><h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1>'
        '<div id="px-captcha"></div><p>Reference ID 0a1b2c3d-0000-11ef-8000-000000000000</p></section>'
        "<script>window._pxAppId='PXabcd1234';window._pxJsClientSrc='/abcd1234/init.js';window._pxUuid='0a1b';</script>"
        '<script src="https://captcha.px-cdn.net/PXabcd1234/captcha.js?a=c&m=0"></script>',
        lang="en",
        head='<meta name="description" content="px-captcha">\n',
    )


@page(person="Bouton à presser longtemps, puis la page.", verdict=RESTRICTED, reason="wall-perimeterx")
def perimeterx_with_200() -> str:
    return perimeterx()


@page(
    person="Pour une personne, la page.",
    verdict=RESTRICTED,
    reason="wall-sucuri",
    status=403,
    fields={"server": "Sucuri/Cloudproxy", "x-sucuri-id": "15008", "x-sucuri-block": "BLK01"},
)
def sucuri_denied() -> str:
    return bare(
        "Sucuri WebSite Firewall - Access Denied",
        '<div class="app-header"><h1>Access Denied - Sucuri Website Firewall</h1></div><p>If you are the site owner, '
        "whitelist your IP.</p><table><tr><td>Block ID:</td><td>BOT99</td></tr></table>",
        lang="en",
    )


@page(
    person="Un instant, puis la page.", verdict=RESTRICTED, reason="wall-sucuri", fields={"server": "Sucuri/Cloudproxy"}
)
def sucuri_script_challenge() -> str:
    return (
        "<html><title>You are being redirected...</title>\n<noscript>Javascript is required. Please enable javascript "
        "before you are allowed to see this page.</noscript>\n<script>var s={},u,c,U,r,i,l=0,a,e=eval,w=String."
        "fromCharCode,sucuri_cloudproxy_js='',S='dj0iYSI7ZG9jdW1lbnQuY29va2llPSdzdWN1cmlfY2xvdWRwcm94eV91dWlkPSc=';"
        "</script></html>"
    )


@page(
    person="Un instant, puis la page.",
    verdict=RESTRICTED,
    reason="wall-ddos-guard",
    status=403,
    fields={"server": "ddos-guard", "set-cookie": "__ddg1_=abc; Path=/"},
)
def ddos_guard() -> str:
    return bare(
        "DDoS-Guard",
        '<div id="request-container"><h1>Checking your browser before accessing donnees.example.fr</h1><p id="ddg-l10n'
        '-description">Please wait a few seconds. Once this check is complete, the website will open.</p></div>'
        '<script src="/.well-known/ddos-guard/js-challenge/index.js"></script>',
        lang="en",
    )


@page(
    person="Une petite mascotte, un instant, puis la page.",
    verdict=RESTRICTED,
    reason="wall-anubis",
    fields={"set-cookie": "techaro.lol-anubis-cookie-verification=a; Path=/"},
)
def anubis() -> str:
    return bare(
        "Making sure you&#39;re not a bot!",
        '<main><h1 id="title" class="centered-div">Making sure you&#39;re not a bot!</h1><div class="centered-div">'
        '<img id="image" src="/.within.website/x/cmd/anubis/static/img/pensive.webp"><p id="status">Loading...</p>'
        '<script async type="module" src="/.within.website/x/cmd/anubis/static/js/main.mjs"></script></div>'
        '<script id="anubis_version" type="application/json">"v1.21.0"</script>'
        '<script id="anubis_challenge" type="application/json">{"rules":{"difficulty":4}}</script></main>',
        lang="en",
    )


@page(person="Une petite mascotte, un instant, puis la page.", verdict=RESTRICTED, reason="wall-anubis")
def anubis_in_french() -> str:
    return anubis().replace("Making sure you&#39;re not a bot!", "Vérification que vous n'êtes pas un robot !")


@page(person="Un CAPTCHA, puis la page.", verdict=RESTRICTED, reason="wall-radware")
def radware() -> str:
    return bare(
        "Radware Bot Manager Captcha",
        '<div class="mainContainer"><h1>We apologize for the inconvenience...</h1><p>...but your activity and '
        "behaviour "
        'on this site made us think that you are a bot.</p><p>Please solve this CAPTCHA.</p><div class="h-captcha" '
        'data-sitekey="ae73173b"></div><p>Incident ID: 0a1b2c3d4e5f</p></div>'
        '<script src="https://cdn.perfdrive.com/aperture/aperture.js"></script>',
        lang="en",
    )


@case(person="Un CAPTCHA, puis la page.", verdict=RESTRICTED, reason="wall-radware")
async def radware_by_redirect(talk: Conversation) -> None:
    await talk.reply(302, location="/walls-more/radware?ssa=0a1b&ssb=2c3d&ssi=perfdrive")


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="wall-wordfence", status=503)
def wordfence() -> str:
    return bare(
        "Your access to this site has been limited by the site owner",
        "<h1>Your access to this site has been limited by the site owner</h1><p>Your access to this service has been "
        "limited. (HTTP response code 503)</p><p>If you think you have been blocked in error, contact the owner of "
        "this site for assistance.</p><p>Generated by Wordfence</p>",
    )


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="wall-modsecurity", status=406)
def modsecurity() -> str:
    return (
        "<head><title>Not Acceptable!</title></head><body><h1>Not Acceptable!</h1><p>An appropriate representation of "
        "the requested resource could not be found on this server. This error was generated by Mod_Security.</p></body>"
    )


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="wall-imunify360", status=415)
def imunify360() -> str:
    return bare(
        "Access denied",
        "<p>Access denied by Imunify360 bot-protection. IPs used for automation should be whitelisted</p>",
    )


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="wall-fortiweb")
def fortiweb() -> str:
    return bare(
        "Web Page Blocked!",
        "<h1>Web Page Blocked!</h1><p>The page cannot be displayed. Please contact the administrator for additional "
        "information.</p><p>URL: atlas.example.org/carte</p><p>Attack ID: 20000051</p><p>Message ID: 000123</p>",
    )


@page(person="Pour une personne, la page.", verdict=RESTRICTED, reason="wall-crowdsec")
def crowdsec() -> str:
    return bare("CrowdSec Captcha", "<h1>CrowdSec Captcha</h1><p>This security check has been powered by CrowdSec</p>")


@page(person="Après un calcul du navigateur, la page.", verdict=RESTRICTED, reason="wall-akamai")
def akamai_that_sends_back_with_a_proof() -> str:
    return (
        "<html><head><meta http-equiv='refresh' content=\"5; URL='/walls-more/nowhere?bm-verify=AAQAAAAJ'\"></head>"
        "<body><script>var i = 1785;</script></body></html>"
    )


@page(person="La page, pour qui n'est pas un robot.", verdict=RESTRICTED, reason="wall-f5")
def f5_in_french() -> str:
    return (
        "<html><head><title>Requête rejetée</title></head><body>La requête demandée a été rejetée. Veuillez contacter "
        "votre administrateur.<br>Votre identifiant de support est : 1234567890</body></html>"
    )


@page(person="La page, pour qui a le droit de la voir.", verdict=RESTRICTED, reason="access-denied")
def forbidden_with_200() -> str:
    return "<title>403 Forbidden</title><h1>Forbidden</h1><p>You don't have permission to access this resource.</p>"


@page(person="La page, après une file d'attente.", verdict=RESTRICTED, reason="rate-limited")
def waiting_room() -> str:
    return (
        "<title>Salle d'attente</title><h1>Vous êtes dans la file d'attente</h1>"
        "<p>Votre temps d'attente estimé est de 3 minutes.</p>"
    )
