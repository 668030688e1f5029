"""What is taken for a postcode, and for a country that has none of them."""

import pytest

from recruit.applications.postcode import is_abroad, normalise_postcode


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("TS1 2PA", "TS1 2PA"), ("ts12pa", "TS1 2PA"), (" ts1  2pa ", "TS1 2PA"), ("M1 1AE", "M1 1AE"),
        ("ec1a1bb", "EC1A 1BB"), ("W1A 0AX", "W1A 0AX"), ("CR2 6XH", "CR2 6XH"), ("DN55 1PT", "DN55 1PT"),
        ("GY1 1AA", "GY1 1AA"), ("je23ab", "JE2 3AB"), ("IM1 1AA", "IM1 1AA"), ("GIR 0AA", "GIR 0AA"),
        ("zz993vz", "ZZ99 3VZ"), ("bfpo 12", "BFPO 12"), ("BF1 2AA", "BF1 2AA"), ("TS1-2PA", "TS1 2PA"),
    ],
)  # fmt: skip
def test_a_postcode_is_kept_as_royal_mail_writes_it(typed: str, kept: str):
    assert normalise_postcode(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "TS1", "2PA", "nowhere", "TS1 2P", "TS1 222PA", "QS1 2PA", "TS1 2CA", "90210", "75008", "ＴＳ１ 2PA",
     "TS1 2PA; x", "T" * 1_000_000, "TS1\x002PA", "ıM1 1AA"],
)  # fmt: skip
def test_anything_else_is_none(typed: str):
    assert normalise_postcode(typed) is None


@pytest.mark.parametrize(
    ("country", "abroad"),
    [("", False), ("UK", False), (" united kingdom ", False), ("Jersey", False), ("Isle of Man", False),
     ("Ireland", True), ("India", True), ("New South Wales", True)],
)  # fmt: skip
def test_a_country_is_abroad_or_at_home(country: str, abroad: bool):
    assert is_abroad(country) is abroad
