"""What the markup of a page betrays: raw bytes of scripts and links, classes of templates."""

from collections.abc import Mapping

MARKS: Mapping[str, tuple[bytes, ...]] = {
    "wall-cloudflare": (
        b"_cf_chl_opt",
        b"cf-browser-verification",
        b"cf_chl_prog",
        b"cf-captcha-",
    ),
    "wall-akamai": (b"errors.edgesuite.net", b"sec-if-cpt-container", b"/_sec/cp_challenge", b"bm-verify="),
    "wall-imperva": (b"_incapsula_resource", b"incapsula incident id", b"powered by imperva"),
    "wall-datadome": (b"captcha-delivery.com", b"datadome captcha"),
    "wall-aws": (b"awswafintegration", b"gokuprops", b"token.awswaf.com", b"captcha.awswaf.com", b"challenge.js?aws"),
    "wall-f5": (b'window["bobcmn"]', b"/tspd/"),
    "wall-perimeterx": (b"px-captcha", b"_pxappid", b"captcha.px-cdn.net", b"captcha.px-cloud.net"),
    "wall-sucuri": (b"sucuri_cloudproxy_js", b"sucuri website firewall", b"sucuri.net/privacy"),
    "wall-ddos-guard": (b"ddos-guard/js-challenge", b"check.ddos-guard.net"),
    "wall-anubis": (b"anubis_challenge", b"/.within.website/x/cmd/anubis", b"anubis_version"),
    "wall-radware": (b"perfdrive.com", b"shieldsquare", b"radware captcha", b"radware bot manager"),
    "wall-captcha": (
        b"kpsdk",
        b"vercel security checkpoint",
        b"rbzns",
        b"geetest_captcha_page",
        b"baleen.cloud",
        b"slowaes.decrypt",
    ),
    "single-sign-on": (b'name="samlrequest"', b"name='samlrequest'", b'name="samlresponse"', b'name="wresult"'),
    "parking": (
        *(b"sedoparking.com", b"parkingcrew.net", b"bodis.com", b"parking-lander", b"d38psrni17bvxu.cloudfront.net"),
        *(b"afternic.com/forsale", b"hugedomains.com", b"cashparking", b"parklogic", b"zeroredirect", b"skenzo.com"),
        *(
            b"dan.com/buy-domain",
            b'window.park="',
            b"window.park = ",
            b"bodiscdn.com",
            b"ionos.com/t/page/parking",
            b"domainmarket.com",
            b"uniregistry.com",
        ),
        *(b"sedo.com/search/details", b"above.com/marketplace", b"adsense/domains", b"domain-for-sale"),
    ),
    "default": (b"cgi-sys/defaultwebpage", b"/icons/ubuntu-logo", b"/icons/openlogo", b"iisstart.png", b"iis-85.png"),
}
"""Raw lower-case bytes of a short page's markup that betray who wrote it; looked for in short pages only."""

COOKIE_SCRIPT = "cookie-script"
"""The mark of a page that is nothing but a script which sets a cookie, and leaves."""

ALWAYS_LOOKED_FOR: Mapping[str, tuple[bytes, ...]] = {
    "template-404": (
        b'"page":"/404"',
        b'name="next-error" content="not-found"',
        b'data-dgst="NEXT_HTTP_ERROR_FALLBACK;404',
        b'"playabilityStatus":{"status":"ERROR"',
    ),
    "template-error": (b'"page":"/_error"',),
}
"""The same, of pages of any length."""

TEMPLATE_MARKS: Mapping[str, str] = {
    # WordPress, Joomla, PrestaShop, Drupal, Shopify, SPIP, TYPO3
    **dict.fromkeys(("error404", "error-404", "page-404", "page_404", "page404", "template-404"), "template-404"),
    **dict.fromkeys(("pagenotfound", "page-not-found", "page-pagenotfound", "path-404", "is-404"), "template-404"),
    **dict.fromkeys(("page_erreur_404", "erreur404", "erreur-404", "page-erreur-404", "cms-noroute"), "template-404"),
    **dict.fromkeys(("cms-no-route", "cms-noroute-index", "http-404", "not-found-page"), "template-404"),
}
"""Classes and ids of `html` and `body` that only the template of a missing page bears."""
