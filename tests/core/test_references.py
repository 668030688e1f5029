import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.core.references import (
    ALPHABET,
    new_application_code,
    normalise_reference,
    normalise_vacancy_reference,
    reference_of_code,
    vacancy_reference,
)


def test_the_alphabet_spells_nothing_and_confuses_nobody():
    assert len(ALPHABET) == len(set(ALPHABET)) == 23
    assert set("AEIOUY") & set(ALPHABET) == set()
    for pair in ("0O", "1I", "1L", "2Z", "5S", "6G", "8B", "UV"):
        assert len(set(pair) & set(ALPHABET)) <= 1, pair


def test_codes_are_made_of_the_alphabet():
    assert re.fullmatch(f"A-[{ALPHABET}]{{5}}", new_application_code())
    assert re.fullmatch(f"A-[{ALPHABET}]{{8}}", new_application_code(length=8))


def test_codes_differ():
    codes = {new_application_code(length=10) for _ in range(1000)}

    assert len(codes) == 1000


def test_demo_codes_repeat_with_their_seed():
    codes = [new_application_code(random.Random(7).choice) for _ in range(2)]

    assert codes[0] == codes[1]


@pytest.mark.parametrize("length", [4, 0, -1, 11])
def test_a_code_of_another_length_is_refused(length: int):
    with pytest.raises(ValueError, match=f"a code of {length} characters"):
        new_application_code(length=length)


@pytest.mark.parametrize(
    "typed",
    ["A-7K3QF", "a-7k3qf", "a7k3qf", " A 7K3 QF ", "A\u20117K3QF", "A \u2013 7K3QF", "A-7K3-QF", "A\u00a07K3QF"],
)
def test_a_reference_is_read_however_typed(typed: str):
    assert normalise_reference(typed) == "A-7K3QF"


@pytest.mark.parametrize("typed", ["7K3QF", " 7k3 qf ", "7k3-qf"])
def test_a_reference_is_read_without_its_beginning(typed: str):
    assert reference_of_code(typed) == "A-7K3QF"


@pytest.mark.parametrize("typed", ["", "7K3Q", "7K3QFF", "A7K3Q", "Smith", "01642", "7K3Qſ", "A" * 10_000])
def test_what_is_no_code_of_a_reference_is_not_read(typed: str):
    assert reference_of_code(typed) is None


def test_a_look_alike_is_read_as_the_character_we_use():
    assert normalise_reference("a-zsgbq") == "A-2568Q"


@pytest.mark.parametrize(
    "typed",
    [
        "", "A", "A-", "7K3QF", "B-7K3QF", "A-7K3Q", "A-7K3QO", "A-7K3Q1", "A-7K3QL", "A-7K3QE", "A-7K3QF7K3QF7",
        "A-7K3QF.", "A-7K3Qſ", "Α-7K3QF", "A-７K3QF", "A-7K3QF\x00", "\ud800", "A" * 10_000, "CSW-0001",
    ],
)  # fmt: skip
def test_what_is_no_reference_is_not_read(typed: str):
    assert normalise_reference(typed) is None


@given(st.integers(5, 10), st.randoms(use_true_random=False), st.booleans(), st.sampled_from(["", "-", " ", " - "]))
def test_every_new_code_is_read_back(length: int, source: random.Random, small: bool, between: str):
    code = new_application_code(source.choice, length)
    typed = code.replace("-", between)

    assert normalise_reference(typed.lower() if small else typed) == code


@given(st.text())
def test_reading_is_settled(text: str):
    for read in (normalise_reference, normalise_vacancy_reference):
        reference = read(text)
        assert reference is None or read(reference) == reference


@pytest.mark.parametrize(("number", "reference"), [(1, "CSW-0001"), (9999, "CSW-9999"), (12345, "CSW-12345")])
def test_a_vacancy_is_numbered(number: int, reference: str):
    assert vacancy_reference(number) == reference


def test_a_vacancy_has_a_number_from_1():
    with pytest.raises(ValueError, match="vacancy number 0"):
        vacancy_reference(0)


@pytest.mark.parametrize("typed", ["CSW-0001", "csw 1", "csw0001", " Csw\u2013001"])
def test_a_vacancy_reference_is_read_however_typed(typed: str):
    assert normalise_vacancy_reference(typed) == "CSW-0001"


@pytest.mark.parametrize("typed", ["", "CSW", "CSW-0", "CSW-0000", "0001", "CSW-1234567890", "CSX-1", "cſw-1", "CSW-١"])
def test_what_is_no_vacancy_reference_is_not_read(typed: str):
    assert normalise_vacancy_reference(typed) is None
