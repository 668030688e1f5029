import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.applications.registration import normalise_registration_number


@pytest.mark.parametrize(
    "typed", ["SW123456", "sw123456", " Sw 123 456 ", "S W 1 2 3 4 5 6", "SW\u00a0123456", "SW123456\n"]
)
def test_a_number_is_read_however_typed(typed: str):
    assert normalise_registration_number(typed) == "SW123456"


@pytest.mark.parametrize("number", ["SW1", "SW95", "SW154516", "SW999999", "SW100000"])
def test_one_to_six_digits_are_a_number(number: str):
    assert normalise_registration_number(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "SW", "123456", "SW0", "SW0123", "SW1234567", "WS123456", "SW12A456", "SW-123456", "SW123456.",
        "SW١٢٣", "SW１２３", "ſw123456", "SW12²", "SW1\x00", "SW\ud800", "SW1" + " " * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_number_is_not_read(typed: str):
    assert normalise_registration_number(typed) is None


@given(st.text())
def test_what_is_read_is_as_the_register_writes_it(text: str):
    for typed in (text, "SW" + text):
        number = normalise_registration_number(typed)
        assert number is None or re.fullmatch("SW[1-9][0-9]{0,5}", number)


@given(st.integers(1, 999_999))
def test_every_number_of_the_register_is_read(number: int):
    assert normalise_registration_number(f"sw {number}") == f"SW{number}"
