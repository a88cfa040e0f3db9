"""Pages behind a login: redirects to it, forms that are all there is, and forms that are in a corner."""

from tests.aquarium.case import MOVED, OK, RESTRICTED, case, page
from tests.aquarium.html import ARTICLE, article, bare, site
from tests.support.server import Conversation, behaviour

_BEHIND = "Un formulaire de connexion, puis la page pour qui a un compte."
_FORM = (
    '<form method="post" action="/session"><label>Identifiant <input name="username" autocomplete="username"></label>'
    '<label>Mot de passe <input type="password" name="password" autocomplete="current-password"></label>'
    '<button type="submit">Se connecter</button><a href="/mot-de-passe">Mot de passe oublié ?</a></form>'
)


@behaviour("/login")
@behaviour("/cas/login")
@behaviour("/connexion")
@behaviour("/user/login")
@behaviour("/wp-login.php")
@behaviour("/Account/Login")
@behaviour("/auth/realms/geo/protocol/openid-connect/auth")
@behaviour("/common/oauth2/v2.0/authorize")
@behaviour("/v3/signin/identifier")
@behaviour("/idp/profile/SAML2/Redirect/SSO")
@behaviour("/portal/sharing/oauth2/authorize")
async def _login(talk: Conversation) -> None:
    await talk.reply(200, bare("Connexion", f"<h1>Connexion</h1>{_FORM}").encode())


def _to(name: str, location: str, status: int = 302) -> None:
    @case(
        name=name,
        path=f"/logins/{name}",
        person=_BEHIND,
        verdict=RESTRICTED,
        reason=("redirect-to-login", "auth-required"),
    )
    async def _redirect(talk: Conversation) -> None:
        await talk.reply(status, location=location)


_to("with-next", "/login?next=/logins/with-next")
_to("for-good", "/login?next=/logins/for-good", 301)
_to("french", "/connexion?retour=%2Flogins%2Ffrench")
_to("drupal", "/user/login?destination=node/12", 303)
_to("wordpress", "/wp-login.php?redirect_to=https%3A%2F%2Fexample.org%2F&reauth=1")
_to("asp-net", "/Account/Login?ReturnUrl=%2Fdonnees")
_to("cas", "/cas/login?service=https%3A%2F%2Fintranet.example.fr%2F")
_to("keycloak", "/auth/realms/geo/protocol/openid-connect/auth?client_id=carto&redirect_uri=x&response_type=code")
_to("like-microsoft", "/common/oauth2/v2.0/authorize?client_id=00000003&response_mode=form_post&scope=openid")
_to("like-google", "/v3/signin/identifier?continue=https%3A%2F%2Fdocs.example.com%2Fspreadsheets%2Fd%2F1&service=wise")
_to("shibboleth", "/idp/profile/SAML2/Redirect/SSO?SAMLRequest=fZJNT8MwDIb&RelayState=x")
_to("arcgis", "/portal/sharing/oauth2/authorize?client_id=arcgisonline&response_type=token")


@case(person=_BEHIND, verdict=RESTRICTED, reason=("redirect-to-login", "auth-required"))
async def in_two_steps(talk: Conversation) -> None:
    await talk.reply(302, location="/logins/keycloak")


@page(person=_BEHIND, verdict=RESTRICTED, reason="auth-required")
def form_alone() -> str:
    return bare("Connexion - Espace réservé", f"<h1>Connectez-vous</h1><p>L'accès est réservé aux agents.</p>{_FORM}")


@page(person=_BEHIND, verdict=RESTRICTED, reason="auth-required")
def form_alone_in_english() -> str:
    return bare("Sign in", f"<h1>Sign in to continue</h1>{_FORM}", lang="en")


@page(person=_BEHIND, verdict=RESTRICTED, reason="auth-required")
def form_in_the_frame_of_a_site() -> str:
    return site("Identification", f"<h1>Identification</h1><p>Vous devez être connecté.</p>{_FORM}")


@page(person=_BEHIND, verdict=RESTRICTED, reason="auth-required", status=401, fields={"www-authenticate": "Basic"})
def basic() -> str:
    return bare("401 Authorization Required", "<h1>401 Authorization Required</h1>", lang="en")


@page(person="La page, un formulaire de connexion dans l'en-tête.", verdict=OK, reason="http-200")
def form_in_the_header() -> str:
    return article("Logement social", before=f'<div class="login-box">{_FORM}</div>')


@page(person="La page, et de quoi se connecter si l'on veut.", verdict=OK, reason="http-200")
def link_to_the_login() -> str:
    return article("Santé", '<a href="/login">Se connecter</a> <p>Connexion requise pour commenter.</p>')


@page(person="Le mode d'emploi de la connexion.", verdict=OK, reason="http-200")
def article_about_the_login() -> str:
    return article("Se connecter à FranceConnect", f"<h2>Mot de passe oublié</h2>{ARTICLE}")


@page(person="La page, un formulaire caché dans une fenêtre.", verdict=OK, reason="http-200")
def form_in_a_dialog() -> str:
    return article("Cartes", f"<dialog id=connexion>{_FORM}</dialog>")


@case(
    person="La page : l'adresse demandée est bien celle de la connexion.",
    verdict=OK,
    reason=("http-200", "auth-required"),
)
async def asked_for_as_such(talk: Conversation) -> None:
    await talk.reply(200, article("Créer un compte, se connecter : l'aide").encode())


@case(person="La page, après un détour par la session.", verdict=OK, reason="http-200")
async def silent_session(talk: Conversation) -> None:
    if "session=anonyme" in talk.headers.get("cookie", ""):
        await talk.reply(200, article("Cartes").encode())
    else:
        await talk.reply(302, location="/sso/check?prompt=none&return=/logins/silent-session")


@behaviour("/sso/check")
async def _sso(talk: Conversation) -> None:
    await talk.reply(302, location="/logins/silent-session", set_cookie="session=anonyme; Path=/; HttpOnly")


@case(person="L'article, à sa nouvelle adresse.", verdict=MOVED, reason="http-301", suggestion="/etudes/cas/exemple")
async def article_in_a_folder_of_cases(talk: Conversation) -> None:
    await talk.reply(301, location="/etudes/cas/exemple")


@behaviour("/etudes/cas/exemple")
async def _case_study(talk: Conversation) -> None:
    await talk.reply(200, article("Étude de cas : le Sicoval", ARTICLE).encode())


@page(person="Une invitation à se connecter, rien d'autre.", verdict=RESTRICTED, reason="auth-required")
def invitation_without_a_form() -> str:
    return site("Accès réservé", "<h1>Accès réservé</h1><p>Vous devez être connecté pour accéder à cette page.</p>")


@page(person="Une invitation à s'inscrire, rien d'autre.", verdict=RESTRICTED, reason="auth-required")
def content_for_members() -> str:
    return site("Note", "<p>Ce contenu est réservé aux membres. Connectez-vous ou créez un compte.</p>")


@page(person="Un champ pour le mot de passe, rien d'autre.", verdict=RESTRICTED, reason="auth-required")
def page_with_a_password_of_its_own() -> str:
    return site(
        "Protégé : Note interne",
        "<h1>Protégé : Note interne</h1><p>Cette page est protégée par mot de passe.</p><form>Mot de passe : <input "
        "type='password'><input type='submit' value='Entrer'></form>",
    )
