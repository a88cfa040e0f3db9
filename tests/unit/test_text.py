"""Words as people type and read them."""

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.text import NBSP, counted, escaped, fold, french, is_obeyed, nearest, slip, visible

ANYTHING = st.text(st.characters())
"""Every code point, lone surrogates too."""

LATIN = st.text(st.characters(max_codepoint=0x24F))

COMMAND = re.compile(r"##(vso|teamcity)?\[|::(error|set-output|stop-commands|add-mask)(::|\s)", re.IGNORECASE)

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(ANYTHING)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANYTHING)
def test_a_folded_text_is_words_of_letters_and_digits(text: str) -> None:
    words = fold(text).split(" ") if fold(text) else []

    assert all(word.isalnum() for word in words)


@given(LATIN)
def test_folding_ignores_case(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@given(ANYTHING)
def test_folding_does_not_care_how_an_accent_is_encoded(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Santé", "sante"),
        ("SANTÉ", "sante"),
        ("Œuvres", "oeuvres"),
        ("cœur", "coeur"),
        ("Curriculum vitæ", "curriculum vitae"),
        ("Straße", "strasse"),
        ("À l'Île-d'Yeu, où ça ?", "a l ile d yeu ou ca"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("km²", "km2"),
        ("« BPE\u202f»", "bpe"),
        ("data.gouv.fr", "data gouv fr"),
        ("  \t\n ", ""),
        ("?!", ""),
        ("العربية", "العربية"),
    ],
)
def test_folding_keeps_letters_and_digits_alone(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_the_nearest_word_comes_first() -> None:
    assert nearest("statistique", ["sante", "statistiques", "finances"])[0] == "statistiques"


def test_nearest_ignores_accents_and_gives_the_words_as_they_are_written() -> None:
    assert nearest("equipements", ["Équipements", "agriculture"]) == ("Équipements",)


def test_nothing_is_near_a_word_that_is_like_no_other() -> None:
    assert nearest("xyzzy", ["sante", "finances"]) == ()


def test_no_more_words_are_near_than_asked_for() -> None:
    assert len(nearest("insee", ["insee-bpe", "insee-sicoval", "insee-themes", "insee-recensement"], limit=2)) == 2


def test_a_word_given_twice_is_near_once() -> None:
    assert nearest("sante", ["sante", "sante"]) == ("sante",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("chekc", "check"), ("lst", "list"), ("serach", "search"), ("valdate", "validate"), ("list", "list")],
)
def test_a_slip_of_the_finger_finds_what_was_meant(typed: str, meant: str) -> None:
    assert slip(typed, ["check", "list", "search", "show", "validate"]) == meant


@pytest.mark.parametrize("typed", ["frobnicate", "shxx", "xxxrch", ""])
def test_what_is_no_slip_of_any_word_finds_none(typed: str) -> None:
    assert slip(typed, ["check", "search", "show"]) == ""


def test_no_slip_where_there_is_nothing_to_mean() -> None:
    assert slip("check", []) == ""


@given(ANYTHING)
def test_nothing_visible_is_obeyed(text: str) -> None:
    shown = visible(text)

    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set(shown) & set(BIDI)
    assert "\ufeff" not in shown
    assert len(shown.splitlines()) <= 1


def test_every_single_character_that_is_obeyed_is_shown() -> None:
    controls = {
        chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xD800, 0xDBFF, 0xDFFF)
    }

    for char in controls | set(BIDI):
        assert char not in visible(f"a{char}b")
        assert char in "\t\n\r" or f"{ord(char):02x}" in visible(f"a{char}b")


@given(ANYTHING)
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "M"])).filter(lambda text: not COMMAND.search(text)))
def test_letters_signs_and_spaces_are_shown_as_they_are(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\tb\nc\rd", "a b c d"),
        ("\x1b[31mrouge", "\\x1b[31mrouge"),
        ("\x00\x7f\x9b", "\\x00\\x7f\\x9b"),
        ("\u202etxt.exe", "\\u202etxt.exe"),
        ("\u2028", "\\u2028"),
        ("\ud800", "\\ud800"),
    ],
)
def test_control_characters_are_shown(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@pytest.mark.parametrize(
    "text", [f"10{NBSP}000\u202f€", "👩\u200d🌾 agricultrice", "مرحبا", "Œuvre – l’été…", "a\u00adb"]
)
def test_what_only_looks_special_is_kept(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("::error::x", ":\\x3aerror::x"),
        ("::ERROR file=a::x", ":\\x3aERROR file=a::x"),
        ("https://exemple.fr/::set-output name=a::b", "https://exemple.fr/:\\x3aset-output name=a::b"),
        ("x ##[stop-commands]y", "x #\\x23[stop-commands]y"),
        ("##vso[task.setvariable]##teamcity[a]", "#\\x23vso[task.setvariable]#\\x23teamcity[a]"),
    ],
)
def test_the_log_of_a_ci_finds_no_command_wherever_a_line_is_broken(raw: str, shown: str) -> None:
    assert visible(raw) == shown
    assert not COMMAND.search(visible(raw))
    assert not is_obeyed(raw)


@pytest.mark.parametrize("text", ["http://[::1]/", "std::error_code", "## [titre]", "a :: b", "Eau::eaux"])
def test_what_is_no_command_of_a_ci_is_kept(text: str) -> None:
    assert visible(text) == text


@given(ANYTHING)
def test_json_means_the_same_when_it_is_escaped(text: str) -> None:
    for value in (text, f"##[{text}", f"{text}###[error]", f"\\##vso[{text}"):
        shown = escaped(json.dumps(value, ensure_ascii=False))

        assert json.loads(shown) == value
        assert "##[" not in shown
        assert "##vso[" not in shown


@pytest.mark.parametrize(
    ("document", "safe"),
    [
        ('"été"', '"été"'),
        ('{\n  "a": 1\n}', '{\n  "a": 1\n}'),
        ('"\x7f"', '"\\u007f"'),
        ('"\x9b31m"', '"\\u009b31m"'),
        ('"\u202e"', '"\\u202e"'),
        ('"é\u2028"', '"é\\u2028"'),
        ('"\udc80"', '"\\udc80"'),
    ],
)
def test_json_escapes_what_would_be_obeyed(document: str, safe: str) -> None:
    assert escaped(document) == safe


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0\u00a0lien"), (1, "1\u00a0lien"), (2, "2\u00a0liens"), (1234567, "1\u202f234\u202f567\u00a0liens")],
)
def test_zero_and_one_are_singular(number: int, said: str) -> None:
    assert counted(number, "lien") == said


def test_a_plural_of_its_own_can_be_given() -> None:
    assert counted(1, "jeu", "jeux") == "1\u00a0jeu"
    assert counted(3, "jeu", "jeux") == "3\u00a0jeux"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("vu : « là » ; où ? ici !", "vu\u00a0: «\u00a0là\u00a0»\u00a0; où\u00a0? ici\u00a0!"),
        ("décret n° 2016-824", "décret n°\u00a02016-824"),
    ],
)
def test_french_does_not_break_a_line_within_what_belongs_together(written: str, shown: str) -> None:
    assert french(written) == shown
    assert french(shown) == shown
