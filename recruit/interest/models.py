"""Interest that somebody registered without applying: what they told us, for a year, with their consent."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.applications.models import Registration
from recruit.applications.situations import NUMBERED, WAITING
from recruit.core.db import Line, Model, Prose, one_of


def _listed(states: Collection[Registration]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


class Interest(Model):
    """What one candidate told us of themselves and of the work they look for.

    `teams` are slugs and `grades` codes; empty is any.  `consent` is what they agreed to, word for word, at
    `consented_at`.  It goes at `expires_at`, unless they say yes again; `asked_at` is when they were asked.
    """

    __tablename__ = "interest"
    __table_args__ = (
        CheckConstraint("consent <> ''", name="consent_given"),
        CheckConstraint(f"number = '' OR state IN ({_listed(NUMBERED)})", name="number_asked"),
        CheckConstraint(f"expected_on IS NULL OR state IN ({_listed(WAITING)})", name="expected_on_asked"),
        CheckConstraint("expires_at > consented_at", name="expires_after_consent"),
        Index("ix_interest_expires_at", "expires_at"),
    )

    candidate_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[Registration] = mapped_column(one_of(Registration, "state"))
    number: Mapped[str] = mapped_column(String(40), default="")
    expected_on: Mapped[date | None] = mapped_column(Date)
    right_to_work: Mapped[bool]
    needs_sponsorship: Mapped[bool]
    teams: Mapped[list[str]] = mapped_column(JSON, default=list)
    grades: Mapped[list[str]] = mapped_column(JSON, default=list)
    hours_wanted: Mapped[Line] = mapped_column(default="")
    consent: Mapped[Prose]
    consented_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]

    candidate: Mapped[User] = relationship()
