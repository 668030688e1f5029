"""The pay spine, the grades that stand on it, and the welcome payment."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.core.db import Id, Line, Model, Prose, Published, one_of
from recruit.rules.terms import TermsStatus


class PayTable(Published, Model):
    """The national pay spine as it stands from one day on (NJC; awards are agreed late and backdated to 1 April)."""

    __tablename__ = "pay_table"

    id: Mapped[Id]
    effective_on: Mapped[date] = mapped_column(Date, unique=True)
    source: Mapped[Line]
    imported_at: Mapped[datetime]

    points: Mapped[list["PayPoint"]] = relationship(order_by="PayPoint.point", cascade="all, delete-orphan")


class PayPoint(Model):
    """What one point of the spine pays a year, full time."""

    __tablename__ = "pay_point"
    __table_args__ = (
        CheckConstraint("annual_pence > 0", name="annual_pence_positive"),
        CheckConstraint("point BETWEEN 1 AND 99", name="point_range"),
    )

    pay_table_id: Mapped[int] = mapped_column(ForeignKey("pay_table.id", ondelete="CASCADE"), primary_key=True)
    point: Mapped[int] = mapped_column(primary_key=True)
    annual_pence: Mapped[int]


class Grade(Published, Model):
    """A range of points of the spine.  Each council decides its own."""

    __tablename__ = "grade"
    __table_args__ = (CheckConstraint("1 <= point_min AND point_min <= point_max AND point_max <= 99", name="points"),)

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[Line]
    point_min: Mapped[int]
    point_max: Mapped[int]
    position: Mapped[int]


class WelcomeScheme(Published, Model):
    """A one-off payment to new starters.  What it promises is in its versions."""

    __tablename__ = "welcome_scheme"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Line]

    versions: Mapped[list["WelcomeSchemeVersion"]] = relationship(
        back_populates="scheme", order_by="WelcomeSchemeVersion.number"
    )


class WelcomeSchemeVersion(Published, Model):
    """The terms of a scheme from one day on, written by one person and approved by another.

    Never edited once approved: a vacancy keeps the version it was published by.  `conditions` is a list of short
    sentences; `instalments` a list of {"pence", "after_months"} that come to the amount; `repayment` a list of
    {"months_from", "months_to", "percent"}; `eligibility` what `recruit.pay.eligibility.Rules` reads, or none;
    `not_with` the kinds of `recruit.pay.additions` that it is not paid together with.
    """

    __tablename__ = "welcome_scheme_version"
    __table_args__ = (
        UniqueConstraint("scheme_id", "number"),
        CheckConstraint("amount_pence > 0", name="amount_pence_positive"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="valid_range"),
        CheckConstraint(
            "status <> 'approved' OR author_id IS NULL OR (approver_id IS NOT NULL AND approved_at IS NOT NULL"
            " AND approver_id <> author_id AND (edited_by_id IS NULL OR approver_id <> edited_by_id))",
            name="approver",
        ),
    )

    id: Mapped[Id]
    scheme_id: Mapped[int] = mapped_column(ForeignKey("welcome_scheme.id"))
    number: Mapped[int]
    amount_pence: Mapped[int]
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    conditions: Mapped[list[str]] = mapped_column(JSON)
    terms: Mapped[Prose]
    instalments: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    repayment: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    eligibility: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    is_sample: Mapped[bool] = mapped_column(default=False)
    pro_rata: Mapped[bool] = mapped_column(default=True)  # fewer hours get their share
    not_with: Mapped[list[str]] = mapped_column(JSON, default=list)

    status: Mapped[TermsStatus] = mapped_column(one_of(TermsStatus), default=TermsStatus.APPROVED)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # none: a command of an operator
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # who saved it last
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    scheme: Mapped[WelcomeScheme] = relationship(back_populates="versions")


class TermsEvent(Model):
    """What was done to terms of a welcome payment.  Added to, never changed."""

    __tablename__ = "welcome_terms_event"

    id: Mapped[Id]
    terms_id: Mapped[int] = mapped_column(ForeignKey("welcome_scheme_version.id"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    source: Mapped[str] = mapped_column(String(32))  # text, so that history outlives a retired status
    target: Mapped[str] = mapped_column(String(32))
    reason: Mapped[Prose] = mapped_column(default="")
    at: Mapped[datetime]

    terms: Mapped[WelcomeSchemeVersion] = relationship()
    actor: Mapped[User] = relationship()
