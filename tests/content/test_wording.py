"""Markers and links in a text, and the sentences that refuse them."""

from datetime import date

import pytest

from recruit.content.markers import BLANKS, claims_of, filled_in, markers
from recruit.content.models import WhenStale
from recruit.content.shelf import Fact, Shelf
from recruit.content.wording import fault_of_address, faults
from recruit.web.content_shown import blanks

pytestmark = pytest.mark.one_database

FACT = Fact(
    "share", "In June 2022, **26%** came through agencies.", "Report [1]", "https://council.test/a?b=1&c=2",
    date(2022, 6, 14), date(2026, 1, 1), 30, WhenStale.HIDE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[x](javascript:alert(1))", "The link to “javascript:alert(1)” must begin with https://"),
        ("[x](data:text/html,x)", "must begin with https://"),
        ("[x](//elsewhere.test)", "must begin with https://"),
        ("[x](/\\elsewhere.test)", "must begin with https://"),
        ("[x](page)", "must begin with https://, with / for a page of ours, or with mailto:"),
        ("[x]()", "A link leads nowhere"),
        ("[x](https://)", "“https://” is not an address that a browser can open"),
        ("[x](https://user:word@bank.test)", "is not an address that a browser can open"),
        ("[x](https://localhost)", "is not an address that a browser can open"),
        ("[x](https://a.test:99999)", "is not an address that a browser can open"),
        ("[x](mailto:nobody)", "must begin with https://"),
        ("[a]: javascript:x\n\n[a]", "must begin with https://"),
        ("<javascript:x>", "must begin with https://"),
        ("Hello <b>you</b>", "HTML is not used here: take out “<b>”"),
        ("<script>alert(1)</script>", "HTML is not used here"),
        ("![a dog](https://a.test/d.png)", "Pictures cannot be shown: take out the picture “a dog”"),
        ("{{ nonsense }}", "Nothing fills in “{{ nonsense }}”: use claim and its name, or one of contact"),
        ("{{ claim A B }}", "Nothing fills in"),
        ("{{}}", "Nothing fills in"),
        ("Look: {{ claim share }}", "Put the claim “share” on a line of its own"),
        ("{{ claim share }} and {{ claim share }}", "Put the claim “share” on a line of its own"),
    ],
)
def test_what_cannot_stand_is_said(text: str, said: str):
    assert said in faults(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://a.test/b?c=d#e) [y](/jobs?q=1) [z](mailto:a@b.test) [tel](tel:01632960010) <https://a.test>",
        "- {{ claim share }}\n1. {{ claim share }}\n{{claim share}}\n  * {{ claim share }}",
        "Ring: {{ contact }}. {{ effort }}, {{ referees }}, {{ working_days }}",
        "5 < 6 > 4 & so on, { one } {{ brace",
        "| a | b |\n| --- | --- |\n| c | d |",
    ],
)
def test_what_can_stand_is_let_through(text: str):
    assert faults(text) == []


def test_an_odd_text_costs_no_more_than_its_length():
    for text in ("{" * 20_000, "{{ " + " " * 19_000, " " * 20_000 + "{{", "[" * 20_000, "<" * 20_000, "- " * 10_000):
        markers(text)
        faults(text)


@pytest.mark.parametrize("address", ["https://a.test", "http://a.test/%20x?y"])
def test_an_address_on_the_web(address: str):
    assert fault_of_address(address) == ""


def test_every_blank_that_staff_can_use_is_filled_in(session):
    assert set(BLANKS) <= blanks("us").keys()


def test_a_claim_stands_with_its_source_and_its_date():
    shown = Shelf({}, {"share": FACT}).markdown_of(
        "- {{ claim share }}\n\nRing {{ contact }}", date(2026, 1, 5), {"contact": "us"}
    )

    assert shown == (
        "- In June 2022, **26%** came through agencies. Source: [Report \\[1\\]](<https://council.test/a?b=1&c=2>),"
        " as of 14 June 2022.\n\nRing us"
    )


@pytest.mark.parametrize(
    ("day", "when_stale", "is_shown"),
    [
        (date(2026, 1, 31), WhenStale.HIDE, True),
        (date(2026, 2, 1), WhenStale.HIDE, False),
        (date(2026, 2, 1), WhenStale.SHOW, True),
    ],
)
def test_a_stale_claim_is_hidden_with_its_line_or_goes_on_with_its_date(day, when_stale, is_shown):
    fact = Fact(**{**{name: getattr(FACT, name) for name in FACT.__slots__}, "when_stale": when_stale})

    shown = Shelf({}, {"share": fact}).markdown_of("One\n- {{ claim share }}\nTwo", day, {})

    assert ("as of 14 June 2022" in shown) is is_shown
    assert (shown == "One\nTwo") is not is_shown


def test_a_claim_that_is_not_there_leaves_no_trace():
    assert filled_in("One\n{{ claim gone }}\nTwo", lambda slug: "", {}) == "One\nTwo"
    assert claims_of("{{ claim a }}\n{{ claim b }}\n{{ claim a }}") == ["a", "b"]
