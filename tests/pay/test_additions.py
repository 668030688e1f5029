"""Payments beside salary: what one can be, its words, and whether the first year is certain to bring it."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from recruit.pay.additions import Addition, Kind, Paid, additions_of, kept_as
from tests.factories import VacancyFactory

CLOSES = date(2026, 3, 31)
SUPPLEMENT: dict[str, Any] = {
    "kind": Kind.MARKET_SUPPLEMENT, "amount_pence": 2_000_00, "paid": Paid.MONTHLY, "review_on": date(2028, 4, 1),
}  # fmt: skip
ONCE = {"kind": Kind.RETENTION, "paid": Paid.ONCE, "review_on": None}


@pytest.mark.parametrize(
    ("given", "words", "until"),
    [
        ({}, "£2,000 a year, paid monthly", "reviewed on 1 April 2028"),
        ({**ONCE, "after_months": 12}, "£2,000 once, after 12 months", ""),
        ({**ONCE, "after_months": 0, "ends_on": CLOSES}, "£2,000 once, when you start", "ends on 31 March 2026"),
        ({"ends_on": date(2029, 3, 31)}, "£2,000 a year, paid monthly",
         "reviewed on 1 April 2028 and ends on 31 March 2029"),
        ({"kind": Kind.RELOCATION, "paid": Paid.CLAIMED}, "up to £2,000, paid for costs that you show",
         "reviewed on 1 April 2028"),
    ],
)  # fmt: skip
def test_words(given: dict, words: str, until: str):
    addition = Addition(**{**SUPPLEMENT, **given})

    assert (addition.amount, addition.until) == (words, until)
    assert list(additions_of(kept_as([addition]))) == [addition]


@pytest.mark.parametrize(
    ("given", "is_certain"),
    [
        ({}, True),
        ({"conditions": "You pass probation"}, False),
        ({"review_on": date(2027, 9, 30)}, False),  # the first year of who starts six months after closing
        ({"review_on": date(2027, 10, 1)}, True),
        ({"ends_on": date(2028, 5, 1), "review_on": None}, True),
        ({**ONCE, "after_months": 11}, True),
        ({**ONCE, "after_months": 12}, False),
        ({"kind": Kind.RELOCATION}, False),
        ({"paid": Paid.CLAIMED}, False),
    ],
)
def test_what_the_first_year_is_certain_to_bring(given: dict, is_certain: bool):
    assert Addition(**{**SUPPLEMENT, **given}).is_certain(CLOSES) is is_certain


@pytest.mark.parametrize(
    "given",
    [
        {"amount_pence": 0},
        {"amount_pence": -2_000_00},
        {"amount_pence": 50_000_01},
        {"after_months": 3},
        {"paid": Paid.ONCE},
        {**ONCE, "after_months": -1},
        {"review_on": None},
        {"ends_on": date(2028, 3, 31)},
        {"conditions": "x" * 301},
    ],
)
def test_what_no_payment_can_be(given: dict):
    with pytest.raises(ValidationError):
        Addition(**{**SUPPLEMENT, **given})


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_pence": 99},
        {"amount_pence": 50_000_01},
        {"amount_pence": None},
        {"kind": "bonus"},
        {"paid": "daily"},
        {"paid": "once"},
        {"after_months": 3},
        {"review_on": None},
    ],
)
def test_no_vacancy_keeps_such_a_payment(session: Session, wrong: dict):
    line = kept_as([Addition(**SUPPLEMENT)])[0]
    moving = {**line, "kind": "relocation", "paid": "claimed"}
    VacancyFactory(additions=[line, moving, {**line, "kind": "retention"}])

    for lines in ([{**line, **wrong}], [moving, {**line, **wrong}], [line, line], wrong):
        with pytest.raises(DBAPIError):
            VacancyFactory(additions=lines)
        session.rollback()
