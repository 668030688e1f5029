"""What is asked of the person rather than of their work.  HR reads it; a panel that sifts never does.

At an interview its people read what would help, and the chair alone whom the candidate is close to.

Source: the sections of the form in the domain research, section 12, rows 2, 8 and 9.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from recruit.core.db import Line, Model, Prose, one_of


class ContactBy(StrEnum):
    """How somebody wants to be reached."""

    EMAIL = "email"
    PHONE = "phone"
    EITHER = "either"


class WorksHere(StrEnum):
    """Whether somebody works for the council now."""

    NO = "no"
    EMPLOYEE = "employee"
    AGENCY = "agency"


class Licence(StrEnum):
    """Whether somebody has a full driving licence, or would need another way to families because of a disability."""

    YES = "yes"
    NO = "no"
    ADJUSTMENT = "adjustment"


class EligibilityAnswer(Model):
    """Whether somebody may work in the UK, and whether they work here now.  Facts for people; none refuses anybody.

    Of driving only those are asked who apply for a post that needs it.
    """

    __tablename__ = "eligibility_answer"
    __table_args__ = (
        CheckConstraint(
            "has_vehicle IS NULL OR (licence IS NOT NULL AND licence = 'yes')", name="vehicle_with_licence"
        ),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    right_to_work: Mapped[bool | None]
    needs_sponsorship: Mapped[bool | None]
    works_here: Mapped[WorksHere | None] = mapped_column(one_of(WorksHere, "works_here"))
    agency: Mapped[Line] = mapped_column(default="")
    team: Mapped[Line] = mapped_column(default="")  # where an agency worker is now
    here_since: Mapped[date | None] = mapped_column(Date)  # the first day of the month
    hours_wanted: Mapped[Line] = mapped_column(default="")
    licence: Mapped[Licence | None] = mapped_column(one_of(Licence, "licence"))
    has_vehicle: Mapped[bool | None]


class RelationshipAnswer(Model):
    """Whether somebody is close to a councillor or an employee, who then keeps out of the decisions."""

    __tablename__ = "relationship_answer"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    is_related: Mapped[bool | None]
    details: Mapped[Prose] = mapped_column(default="")


class SupportAnswer(Model):
    """What would help somebody at an interview, and the interview schemes they ask for, as `Scheme` values.

    No medical detail is asked: the Equality Act 2010, section 60, allows questions about adjustments only.
    """

    __tablename__ = "support_answer"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    needs_adjustments: Mapped[bool | None]
    adjustments: Mapped[Prose] = mapped_column(default="")
    schemes: Mapped[list[str]] = mapped_column(JSON, default=list)
