"""Keeping the terms of the welcome payment."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator
from sqlalchemy import select

from recruit.core.db import db
from recruit.core.entries import Code, Entry, Kept, LineText, ProseText, differing, write
from recruit.core.errors import Conflict
from recruit.pay.eligibility import Rules
from recruit.pay.models import WelcomeScheme, WelcomeSchemeVersion
from recruit.rules.access import Actor, Permission, authorise

Percent = Annotated[int, Field(ge=0, le=100)]
Months = Annotated[int, Field(ge=0, le=120)]


class Instalment(Entry):
    """A part of the payment, so many months after the start."""

    percent: Percent
    after_months: Months


class Repayment(Entry):
    """What share is repaid by who leaves from the first month on and before the second."""

    months_from: Months
    months_to: Months
    percent: Percent


class WelcomeEntry(Entry):
    """A version of a scheme's terms as a file gives it.  `amount_pence` is for full time, before tax."""

    code: Code
    name: LineText
    version: Annotated[int, Field(ge=1, le=10_000)]
    amount_pence: Annotated[int, Field(ge=1, le=10_000_000)]
    valid_from: date
    valid_until: date | None = None
    conditions: Annotated[list[LineText], Field(min_length=1)]
    terms: ProseText
    instalments: Annotated[list[Instalment], Field(min_length=1)]
    repayment: list[Repayment]
    eligibility: Rules | None = None
    sample: bool = False

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if sum(part.percent for part in self.instalments) != 100:
            raise ValueError("the instalments must come to 100 percent")
        if self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until must not be before valid_from")
        if any(band.months_to <= band.months_from for band in self.repayment):
            raise ValueError("a repayment must end after it begins")
        if any(one.months_to != next_.months_from for one, next_ in pairwise(self.repayment)):
            raise ValueError("each repayment must begin where the one before it ends")
        return self


def keep_welcome_version(actor: Actor, entry: WelcomeEntry, *, is_used: Callable[[WelcomeSchemeVersion], bool]) -> Kept:
    """Add a version of a scheme's terms, with the scheme if it is new.  What a vacancy promised is never rewritten.

    Args:
        actor: whoever asks.
        entry: the terms.
        is_used: whether a vacancy stands on a version.

    Raises:
        NotAllowed: only administrators keep the terms.
        Conflict: a vacancy has this version and its terms would change: they need a new number.
    """
    authorise(actor, Permission.PAY_MANAGE)
    scheme = db.session.scalars(select(WelcomeScheme).where(WelcomeScheme.code == entry.code)).one_or_none()
    if scheme is None:
        scheme = WelcomeScheme(code=entry.code)
        db.session.add(scheme)
    scheme.name = entry.name
    values = entry.model_dump(exclude={"code", "name", "version", "sample"}) | {"is_sample": entry.sample}
    version = next((one for one in scheme.versions if one.number == entry.version), None)
    if version is None:
        db.session.add(WelcomeSchemeVersion(scheme=scheme, number=entry.version, **values))
        return Kept.NEW
    if differing(version, values) and is_used(version):
        raise Conflict(
            f"Vacancies promise version {entry.version} of “{entry.name}”, so its terms cannot change."
            " Give the new terms a new version number."
        )
    return write(version, values)
