"""What a vacancy pays beside salary: a market supplement, a retention payment, help with moving.

Each is a line of its own with its terms, and never part of the salary (docs/adr/0023): councils review them, stop them
and tie them to conditions, and equal pay is judged by them apart.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from recruit.core.calendar import short_date
from recruit.core.entries import Entry
from recruit.core.money import pounds
from recruit.core.text import clean_line
from recruit.pay.pro_rata import pro_rata

AMOUNT_PENCE = (1_00, 50_000_00)  # pence; beyond these an amount is a slip
AFTER_MONTHS = (0, 60)  # months after the start; later is no promise of this vacancy
CONDITION_CHARACTERS = 300
FIRST_YEAR = 12  # months
STARTED_AND_A_YEAR_ON = timedelta(days=548)  # after closing: six months to start in, and the first year


class Kind(StrEnum):
    """What a payment is for, in the order in which they are shown."""

    MARKET_SUPPLEMENT = "market_supplement"
    RETENTION = "retention"
    RELOCATION = "relocation"


class Paid(StrEnum):
    """When it is paid."""

    MONTHLY = "monthly"
    ONCE = "once"
    CLAIMED = "claimed"


KIND_WORDS = {
    Kind.MARKET_SUPPLEMENT: "Market supplement",
    Kind.RETENTION: "Retention payment",
    Kind.RELOCATION: "Relocation",
}

Condition = Annotated[str, AfterValidator(clean_line), StringConstraints(max_length=CONDITION_CHARACTERS)]


class Addition(Entry):
    """One payment beside salary.  `amount_pence` is for full time and a whole year: a year's where it is paid monthly,
    the whole of it where it is paid once, the most that can be claimed where it is claimed.
    """

    kind: Kind
    amount_pence: Annotated[int, Field(ge=AMOUNT_PENCE[0], le=AMOUNT_PENCE[1])]
    paid: Paid
    after_months: Annotated[int, Field(ge=AFTER_MONTHS[0], le=AFTER_MONTHS[1])] | None = None
    conditions: Condition = ""
    review_on: date | None = None
    ends_on: date | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.paid is Paid.ONCE) is (self.after_months is None):
            raise ValueError("a payment that is made once, and no other, has the months after which it is made")
        if self.kind is Kind.MARKET_SUPPLEMENT and not (self.review_on or self.ends_on):
            raise ValueError("a market supplement has a date on which it is reviewed or ends")
        if self.review_on and self.ends_on and self.ends_on < self.review_on:
            raise ValueError("a payment does not end before it is reviewed")
        return self

    @property
    def name(self) -> str:
        """What it is called."""
        return KIND_WORDS[self.kind]

    @property
    def amount(self) -> str:
        """How much and when: "£2,000 a year, paid monthly"."""
        amount = pounds(self.amount_pence)
        if self.paid is Paid.MONTHLY:
            return f"{amount} a year, paid monthly"
        if self.paid is Paid.CLAIMED:
            return f"up to {amount}, paid for costs that you show"
        months = self.after_months or 0
        return f"{amount} once, {f'after {_months(months)}' if months else 'when you start'}"

    @property
    def until(self) -> str:
        """When it is looked at again or ends: "reviewed on 1 April 2027"; "" where neither is known."""
        dates = [("reviewed on", self.review_on), ("ends on", self.ends_on)]
        return " and ".join(f"{verb} {short_date(day)}" for verb, day in dates if day)

    def is_certain(self, closes_on: date) -> bool:
        """Say whether somebody who starts after a vacancy that closes on `closes_on` gets it in the first year.

        It is so if nothing has to be met or claimed for it, and it is neither reviewed nor ended before that year is
        over.  Six months are allowed for the start.
        """
        depends = self.conditions or self.paid is Paid.CLAIMED or self.kind is Kind.RELOCATION
        if depends or (self.after_months or 0) >= FIRST_YEAR:
            return False
        first = min((day for day in (self.review_on, self.ends_on) if day), default=date.max)
        return first > closes_on + STARTED_AND_A_YEAR_ON


def additions_of(kept: Iterable[Any]) -> Sequence[Addition]:
    """Return the lines that a vacancy keeps as JSON, in the order of their kinds."""
    read = [Addition.model_validate(line, strict=False) for line in kept]
    return sorted(read, key=lambda one: list(Kind).index(one.kind))


def kept_as(additions: Iterable[Addition]) -> list[dict[str, Any]]:
    """Return the lines as a vacancy keeps them."""
    return [one.model_dump(mode="json") for one in additions]


def addition_share(addition: Addition, weekly_hours: Decimal, paid_weeks: Decimal | None) -> int:
    """Return what an addition comes to for part of a week or year, as salary does; help with moving is for the move.

    Source: councils' supplements follow contracted hours (domain research 2.2); pence, whole pounds.
    """
    if addition.kind is Kind.RELOCATION:
        return addition.amount_pence
    return pro_rata(addition.amount_pence, weekly_hours, paid_weeks)


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"
