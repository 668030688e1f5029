"""The terms of the welcome payment as entries, and keeping those that an operator's file gives."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from sqlalchemy import select

from recruit.core.db import db
from recruit.core.entries import Code, Entry, Kept, LineText, ProseText, differing, write
from recruit.core.errors import Conflict
from recruit.core.money import pounds
from recruit.pay.additions import Kind
from recruit.pay.eligibility import Rules
from recruit.pay.models import WelcomeScheme, WelcomeSchemeVersion
from recruit.rules.access import Actor, Permission, authorise

Percent = Annotated[int, Field(ge=0, le=100)]
Months = Annotated[int, Field(ge=0, le=120)]
Pence = Annotated[int, Field(ge=1, le=10_000_000)]
ROWS = 24  # instalments of one payment, and bands of its repayment: two years of months
AMOUNT_PENCE = (1_00, 100_000_00)  # what one payment may be


class Instalment(Entry):
    """A part of the payment, so many months after the start: in pence, or in percent of the amount."""

    after_months: Months
    pence: Pence | None = None
    percent: Percent | None = None


class Repayment(Entry):
    """What share is repaid by who leaves from the first month on and before the second."""

    months_from: Months
    months_to: Months
    percent: Percent


class TermsEntry(Entry):
    """The terms of one version.  `amount_pence` is for full time, before tax."""

    amount_pence: Pence
    valid_from: date
    valid_until: date | None = None
    conditions: Annotated[list[LineText], Field(min_length=1)]
    terms: ProseText
    instalments: Annotated[list[Instalment], Field(min_length=1, max_length=ROWS)]
    repayment: Annotated[list[Repayment], Field(max_length=ROWS)]
    eligibility: Rules | None = None
    pro_rata: bool = True
    not_with: list[Kind] = Field(default_factory=list)
    sample: bool = False

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        _check_sum(self.amount_pence, self.instalments)
        if any(one.after_months >= next_.after_months for one, next_ in pairwise(self.instalments)):
            raise ValueError("each instalment must be later than the one before it")
        if self.eligibility and not self.eligibility.is_for_a_contract:
            raise ValueError("eligibility must be for at least one kind of contract")
        if self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until must not be before valid_from")
        if any(band.months_to <= band.months_from for band in self.repayment):
            raise ValueError("a repayment must end after it begins")
        if any(one.months_to != next_.months_from for one, next_ in pairwise(self.repayment)):
            raise ValueError("each repayment must begin where the one before it ends")
        return self

    def columns(self) -> dict[str, Any]:
        """Return what a version keeps of the terms."""
        plain = ("amount_pence", "valid_from", "valid_until", "conditions", "terms", "pro_rata")
        return {
            **{name: getattr(self, name) for name in plain},
            "instalments": in_pence(self.amount_pence, self.instalments),
            "repayment": [band.model_dump() for band in self.repayment],
            "eligibility": self.eligibility.model_dump() if self.eligibility else None,
            "not_with": [kind.value for kind in self.not_with],
            "is_sample": self.sample,
        }


class WelcomeEntry(TermsEntry):
    """A version of a scheme's terms as a file gives it."""

    code: Code
    name: LineText
    version: Annotated[int, Field(ge=1, le=10_000)]


def _check_sum(amount: int, parts: list[Instalment]) -> None:
    pence = [part.pence for part in parts if part.pence is not None]
    percents = [part.percent for part in parts if part.percent is not None]
    if len(pence) == len(parts):
        if sum(pence) != amount:
            raise ValueError(f"the instalments must come to the amount, {pounds(amount)}, not {pounds(sum(pence))}")
        return
    if len(percents) != len(parts):
        raise ValueError("each instalment must have its pence, or each its percent")
    if sum(percents) != 100:
        raise ValueError("the instalments must come to 100 percent")


def in_pence(amount: int, parts: list[Instalment]) -> list[dict[str, int]]:
    """Return the instalments in pence, which come to `amount`; a penny that does not divide goes to the later one."""
    kept, percent = [], 0
    for part in parts:
        before, percent = amount * percent // 100, percent + (part.percent or 0)
        pence = part.pence if part.pence is not None else amount * percent // 100 - before
        kept.append({"pence": pence, "after_months": part.after_months})
    return kept


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
    values = entry.columns()
    version = next((one for one in scheme.versions if one.number == entry.version), None)
    if version is None:
        db.session.add(WelcomeSchemeVersion(scheme=scheme, number=entry.version, **values))
        return Kept.NEW
    has_changes = bool(differing(version, values))
    if has_changes and version.author_id is not None:
        raise Conflict(
            f"Version {entry.version} of “{entry.name}” was written in the pages, so a file cannot change it."
            " Give the new terms a new version number."
        )
    if has_changes and is_used(version):
        raise Conflict(
            f"Vacancies promise version {entry.version} of “{entry.name}”, so its terms cannot change."
            " Give the new terms a new version number."
        )
    return write(version, values)
