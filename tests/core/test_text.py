import json
import re
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recruit.core.text import WHITESPACE, clean_line, clean_prose, is_plain, slugify, unaccented, word_count

NODE = Path(sys.executable).parent / "node"
ANYTHING = st.text(st.characters(exclude_categories=()))  # lone surrogates too
CLEAN = st.sampled_from([clean_line, clean_prose])


def in_javascript(expression: str, argument: object) -> object:
    """What `expression`, a function, gives for `argument` in a JavaScript engine."""
    read = "JSON.parse(require('fs').readFileSync(0, 'utf8'))"
    script = f"console.log(JSON.stringify(({expression})({read})))"
    run = subprocess.run([NODE, "-e", script], input=json.dumps(argument), capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Zoë \t de  Souza\r\n", "Zoë de Souza"),
        ("Zoe\u0308", "Zoë"),
        ("O\u2019Neill-\u0141uk\xa0asz", "O\u2019Neill-\u0141uk asz"),
        ("a\x00b\x07c\x7fd\x85e", "abcde"),
        ("a\x0bb\x0cc\u2028d", "a b c d"),
        ("\ufeffname\ufeff", "name"),
        ("pair \ud83d\ude00 alone \ud83d.", "pair \U0001f600 alone \ufffd."),
        ("\udc00", "\ufffd"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("שלום \u200fמרים", "שלום \u200fמרים"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\U0001f469\u200d\U0001f467 family", "\U0001f469\u200d\U0001f467 family"),
        ("\uffff\ufdd0\U0010fffe", ""),
        ("<b>'; DROP TABLE--", "<b>'; DROP TABLE--"),
        ("\u200b\u2060 \u00ad", ""),
        ("\u3164\u2800", ""),
        ("", ""),
    ],
)
def test_a_line_is_cleaned(typed: str, line: str):
    assert clean_line(typed) == line


@pytest.mark.parametrize(
    ("typed", "prose"),
    [
        ("one\r\ntwo\rthree\n\n\tfour  five\n", "one\ntwo\nthree\n\n\tfour  five"),
        ("one\u2028two\u2029three\x0bfour\x0cfive", "one\ntwo\nthree\nfour\nfive"),
        ("a\ufeffb", "a b"),
        ("a\x00\x1bb\x9f\u202d", "ab"),
        ("cafe\u0301 \ud800", "caf\u00e9 \ufffd"),
        (" \n\u200b\n ", ""),
    ],
)
def test_prose_is_cleaned(typed: str, prose: str):
    assert clean_prose(typed) == prose


def test_marks_beyond_the_thirtieth_on_a_letter_go():
    assert clean_line("x" + "\u0323" * 40 + "z\u0332") == "x" + "\u0323" * 30 + "z\u0332"


@pytest.mark.parametrize("function", [clean_line, clean_prose, slugify, unaccented])
def test_a_pile_of_marks_takes_no_time(function):
    started = time.perf_counter()

    function("a" + "\u0301\u0323" * 100_000)

    assert time.perf_counter() - started < 2  # seconds; normalising it as it is takes a minute


def test_accents_and_capitals_are_put_aside():
    assert unaccented("Éłan ﬁx STRASSE Straße I\u0307zmir \u00bd") == "ełan fix strasse strasse izmir 1\u20442"


@given(CLEAN, ANYTHING)
def test_cleaning_twice_is_cleaning_once(clean, text: str):
    assert clean(clean(text)) == clean(text)


@given(CLEAN, ANYTHING)
def test_clean_text_can_be_stored_and_shown(clean, text: str):
    cleaned = clean(text)

    cleaned.encode()  # no lone surrogate
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip(WHITESPACE)
    controls = {c for c in cleaned if unicodedata.category(c) == "Cc"}
    assert controls <= ({"\n", "\t"} if clean is clean_prose else set())
    assert not re.search("[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]", cleaned)


@given(CLEAN, st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1).map(lambda t: "x" + t))
def test_letters_of_every_script_stay(clean, text: str):
    kept = re.sub("[\ufdd0-\ufdef]", "", unicodedata.normalize("NFC", text))

    assert clean(text) == kept


@given(ANYTHING)
def test_cleaning_never_adds_words(text: str):
    assert word_count(clean_line(text)) <= word_count(text)
    assert word_count(clean_prose(text)) <= word_count(text)


@given(CLEAN, st.lists(st.sampled_from(["word", "é", *WHITESPACE])).map("".join))
def test_cleaning_space_changes_no_word_count(clean, text: str):
    assert word_count(clean(text)) == word_count(text)


def test_plain_is_what_cleaning_keeps():
    assert is_plain("Zoë de Souza")
    assert [text for text in (" a", "a\n", "a\x00", "Zoe\u0308", "a  b") if is_plain(text)] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n ", 0),
        ("one", 1),
        (" one  two\nthree ", 3),
        ("a\u00a0b\ufeffc", 3),
        ("a\x1cb\x85c", 1),
        ("a\u200bb", 1),
    ],
)
def test_words_are_counted(text: str, words: int):
    assert word_count(text) == words


def test_white_space_is_that_of_javascript():
    spaces = in_javascript("n => [...Array(n).keys()].filter(c => /\\s/.test(String.fromCharCode(c)))", 0x10000)

    assert [ord(character) for character in WHITESPACE] == spaces


def test_word_count_is_that_of_the_browser():
    texts = [f"{left}{chr(code)}{right}" for code in range(0x3100) for left, right in (("a", "b"), (" a ", ""))]
    texts += ["a" + chr(code) + "b" for code in (0xFEFF, 0xFFFD, 0x1F600, 0xE0020)]

    counted = in_javascript("texts => texts.map(text => text.trim().split(/\\s+/).length)", texts)

    assert [word_count(text) for text in texts] == counted


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Children's Social Worker", "childrens-social-worker"),
        ("Children\u2019s Social Worker (MASH)", "childrens-social-worker-mash"),
        ("  Fostering & Adoption -- Élan/2 ", "fostering-and-adoption-elan-2"),
        ("İzmir Straße ﬁx", "izmir-strasse-fix"),
        ("社会福祉", ""),
        ("", ""),
        ("../../etc/passwd?x=<b>", "etc-passwd-x-b"),
    ],
)
def test_a_title_becomes_a_slug(title: str, slug: str):
    assert slugify(title) == slug


@pytest.mark.parametrize(
    ("max_length", "slug"), [(13, "social-worker"), (12, "social"), (7, "social"), (6, "social"), (5, "socia")]
)
def test_a_slug_is_cut_between_words(max_length: int, slug: str):
    assert slugify("Social worker", max_length) == slug


def test_a_slug_keeps_each_word_that_fits():
    assert slugify("Social worker in fostering", 13) == "social-worker"


@given(ANYTHING, st.integers(1, 100))
@example("ŉ" * 90, 80)
def test_a_slug_is_safe_in_an_address(text: str, max_length: int):
    slug = slugify(text, max_length)

    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert len(slug) <= max_length
    assert slugify(slug, max_length) == slug


SPACES = sorted({*WHITESPACE, *(chr(code) for code in range(0x10000) if chr(code).isspace())})


@given(st.lists(st.sampled_from(["word", "é", *SPACES])).map("".join))
def test_words_are_counted_as_browsers_count_them(text: str):
    assert word_count(text) == len(re.findall(f"[^{WHITESPACE}]+", text))


@pytest.mark.parametrize("space", SPACES)
def test_only_what_is_white_space_to_a_browser_parts_words(space: str):
    assert word_count(f"one{space}two") == (2 if space in WHITESPACE else 1)
