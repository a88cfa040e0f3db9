"""What can be said of a URL from its text alone."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.urls import host_of, is_web_url, masked, normal, on_the_wire, server_of, site_of

PASSWORDS = st.text(st.characters(), min_size=1).map(lambda text: f"Secret{text}Secret")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.insee.fr/fr/statistiques?idfacette=1#haut",
        "http://data.toulouse.fr:8080/",
        "HTTPS://WWW.INSEE.FR",
        "https://élus.fr/été",
        "https://user:secret@insee.fr/",
        "http://127.0.0.1/",
        "http://[::1]:80/",
    ],
)
def test_an_absolute_http_address_with_a_host_is_a_web_url(url: str) -> None:
    assert is_web_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "insee.fr",
        "www.insee.fr/fr",
        "//insee.fr/",
        "/fr/statistiques",
        "http://",
        "https:///fr",
        "http://:80/",
        "http://user@/",
        "ftp://insee.fr/",
        "javascript:alert(1)",
        "mailto:a@insee.fr",
        "file:///etc/passwd",
        "http://insee.fr:port/",
        "http://insee.fr:99999/",
        "http://[::1/",
        "http://in see.fr/",
        "http://insee.fr\\@evil.fr/",
    ],
)
def test_anything_else_is_none(url: str) -> None:
    assert not is_web_url(url)


@given(st.text(st.characters()))
def test_no_text_is_too_odd_to_be_asked_about(text: str) -> None:
    for url in (text, f"https://{text}", f"http://[{text}"):
        assert not is_web_url(url) or host_of(url)
        assert isinstance(host_of(url) + server_of(url) + masked(url) + normal(url) + on_the_wire(url), str)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://WWW.Insee.fr:443/fr", "www.insee.fr"),
        ("https://user:secret@insee.fr/", "insee.fr"),
        ("http://[::1]:80/", "::1"),
        ("pas une adresse", "pas une adresse"),
        ("http://[cassé", "http://[cassé"),
    ],
)
def test_the_host_is_without_credentials_and_port(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize("url", ["http://user:secret@[insee.fr/", "http://user:secret@/"])
def test_where_there_is_no_host_no_password_stands_for_it(url: str) -> None:
    assert "secret" not in host_of(url)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("https://WWW.insee.fr/fr?a=1", "www.insee.fr"),
        ("https://user:secret@insee.fr/", "insee.fr"),
        ("http://insee.fr:8080/", "insee.fr:8080"),
        ("http://insee.fr:80/", "insee.fr"),
        ("http://insee.fr", "insee.fr"),
        ("http://insee.fr?a=1", "insee.fr"),
        ("https://insee.fr:80/", "insee.fr:80"),
        ("HTTPS://insee.fr:443/", "insee.fr"),
        ("http://[::1]:8080/", "[::1]:8080"),
    ],
)
def test_a_server_is_a_host_and_its_port(url: str, server: str) -> None:
    assert server_of(url) == server


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://statistiques-locales.insee.fr/", "insee.fr"),
        ("https://insee.fr/", "insee.fr"),
        ("https://www.data.gouv.fr/", "data.gouv.fr"),
        ("https://localhost:80/", "localhost"),
        ("http://192.0.2.7/", "192.0.2.7"),
        ("http://[2001:db8::1]/", "2001:db8::1"),
    ],
)
def test_a_site_is_what_one_owner_has(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:secret@insee.fr/fr?a=1#b", "https://***@insee.fr/fr?a=1#b"),
        ("https://token@insee.fr/", "https://***@insee.fr/"),
        ("https://user:p@ss@insee.fr:8443/", "https://***@insee.fr:8443/"),
        ("ftp://user:secret@insee.fr/", "ftp://***@insee.fr/"),
        ("//user:secret@insee.fr/", "//***@insee.fr/"),
        ("http://user:se@cret@[insee.fr/", "http://***@[insee.fr/"),
        ("http://user:se/cret@insee.fr/", "http://***@insee.fr/"),
    ],
)
def test_credentials_are_masked(url: str, shown: str) -> None:
    assert masked(url) == shown


@pytest.mark.parametrize(
    "url",
    [
        "https://insee.fr/",
        "https://medium.com/@insee/article",
        "https://insee.fr/?mail=a@b.fr",
        "mailto:a@insee.fr",
        "a@b",
        "https://@insee.fr/",
    ],
)
def test_an_at_sign_elsewhere_is_left_alone(url: str) -> None:
    assert masked(url) == url


@given(
    PASSWORDS, st.sampled_from(["https", "http", "ftp"]), st.sampled_from(["insee.fr/", "[::1]:8/", "[cassé", "x:y"])
)
def test_a_password_never_survives(password: str, scheme: str, rest: str) -> None:
    assert "Secret" not in masked(f"{scheme}://user:{password}@{rest}")


@given(PASSWORDS)
def test_masking_twice_is_masking_once(password: str) -> None:
    once = masked(f"https://user:{password}@insee.fr/a?b#c")

    assert masked(once) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTPS://WWW.Insee.fr/fr", "https://www.insee.fr/fr"),
        ("https://insee.fr", "https://insee.fr/"),
        ("https://insee.fr:443/", "https://insee.fr/"),
        ("http://insee.fr:80", "http://insee.fr/"),
    ],
)
def test_addresses_of_one_page_are_normally_equal(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://insee.fr/fr", "https://insee.fr/FR"),
        ("https://insee.fr/fr", "https://insee.fr/fr/"),
        ("https://insee.fr/", "http://insee.fr/"),
        ("https://insee.fr/?a", "https://insee.fr/"),
        ("https://insee.fr:80/", "https://insee.fr/"),
        ("https://User:Secret@insee.fr/", "https://user:secret@insee.fr/"),
    ],
)
def test_addresses_that_may_be_two_pages_are_not(one: str, other: str) -> None:
    assert normal(one) != normal(other)


def test_what_no_program_should_be_handed_raw_is_encoded() -> None:
    raw = "https://insee.fr/a b\"c'd`e<f>g\\h^i{j|k}\n\x00\x7f"

    assert on_the_wire(raw) == "https://insee.fr/a%20b%22c'd%60e%3Cf%3Eg%5Ch%5Ei%7Bj%7Ck%7D%0A%00%7F"


@given(st.text(string.ascii_letters + string.digits + "-._~:/?#[]@!$&'()*+,;=%é"))
def test_the_characters_of_addresses_go_as_they_are(url: str) -> None:
    assert on_the_wire(url) == url
