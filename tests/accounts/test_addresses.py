import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.accounts.addresses import email_address, email_key
from recruit.rules import limits


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("sam@demo.example", "sam@demo.example"),
        ("  Sam.Taylor+jobs@Demo.Example ", "Sam.Taylor+jobs@demo.example"),
        ("o'brien@people.example", "o'brien@people.example"),
        ("a@münchen.de", "a@xn--mnchen-3ya.de"),
    ],
)
def test_addresses_that_mail_can_go_to(typed, address):
    assert email_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "sam", "sam@", "@demo.example", "sam@demo", "sam @demo.example", "sam@demo.example\nBcc: x@y.example",
        "sam@demo.example, x@y.example", "<sam@demo.example>", "sam@localhost", "sam@127.0.0.1", "sam@[127.0.0.1]",
        "ünal@demo.example", "a" * 65 + "@demo.example", "a@" + "b" * 250 + ".example", "sam\x00@\x00", "ﬃ" * 200,
    ],
)  # fmt: skip
def test_addresses_that_mail_cannot_go_to(typed):
    assert (email_address(typed), email_key(typed)) == (None, "")


def test_capitals_make_no_second_account():
    assert email_key("Sam@Demo.EXAMPLE") == email_key("sam@demo.example") == "sam@demo.example"


@given(st.text(max_size=400))
def test_any_text_has_a_key_that_fits_its_column(text):
    assert len(email_key(text)) <= limits.EMAIL_CHARACTERS
    assert len(email_key(f"{text}@demo.example")) <= limits.EMAIL_CHARACTERS
