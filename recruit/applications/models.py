"""A candidate's application for one vacancy, section by section."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import User
from recruit.applications.personal import ContactBy
from recruit.applications.referees import Relationship
from recruit.applications.registration import SupportedYear
from recruit.core.db import Id, Line, Model, Prose, one_of
from recruit.notifications.models import OutboxMessage
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Criterion, Vacancy

LIVE = text("status <> 'withdrawn'")
SENT = text("status <> 'draft'")
ASSIGNED = text("assigned_to_id IS NOT NULL")
UNASSIGNED = text("assigned_to_id IS NULL")
UNTOLD = text("untold_since IS NOT NULL")


class Section(StrEnum):
    """The parts of the form, in the order of the task list.  The value is the address."""

    CONTACT = "contact-details"
    ELIGIBILITY = "eligibility"
    REGISTRATION = "registration"
    QUALIFICATIONS = "qualifications"
    HISTORY = "history"
    EVIDENCE = "evidence"
    REFEREES = "referees"
    SUPPORT = "interview-support"
    RELATIONSHIPS = "relationships"
    DECLARATION = "declaration"


class Registration(StrEnum):
    """How somebody stands with Social Work England."""

    REGISTERED = "registered"
    RENEWING = "renewing"
    NEWLY_QUALIFIED = "newly_qualified"
    OVERSEAS = "overseas"
    RETURNING = "returning"
    NOT_REQUIRED = "not_required"
    APPLIED = "applied"  # any of the three that wait, in what was answered before they were told apart


class Activity(StrEnum):
    """What a stretch of somebody's history was."""

    PAID = "paid"
    AGENCY = "agency"
    VOLUNTARY = "voluntary"
    EDUCATION = "education"
    OTHER = "other"


class Application(Model):
    """One candidate's application for one vacancy.

    `told_status` is what the candidate still reads while a decision waits to be released, since `untold_since`.
    `team_id` is the vacancy's, which no longer changes once it is published: the queue is filtered by it.
    `due_at` is the first moment at which a promise is broken (`promises`), of those that the candidate knows of.
    `message_waits` says that the candidate wrote last, and that HR has not answered.
    `history_since` is the first day of the month of leaving secondary education, `saved_at` an answer's last change.
    """

    __tablename__ = "application"
    __table_args__ = (
        Index(
            "uq_application_one_live",
            "candidate_id",
            "vacancy_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index("ix_application_queue", "status", "due_at", "id", sqlite_where=SENT, postgresql_where=SENT),
        Index("ix_application_vacancy", "vacancy_id", "status", "due_at", "id"),
        Index("ix_application_team", "team_id", "status", "due_at", "id"),
        Index(
            "ix_application_assigned",
            "assigned_to_id",
            "status",
            "due_at",
            "id",
            sqlite_where=ASSIGNED,
            postgresql_where=ASSIGNED,
        ),
        Index(
            "ix_application_unassigned", "status", "due_at", "id", sqlite_where=UNASSIGNED, postgresql_where=UNASSIGNED
        ),
        CheckConstraint("(status = 'draft') = (submitted_at IS NULL)", name="submitted_at_unless_draft"),
        CheckConstraint("(status = 'draft') = (due_at IS NULL)", name="due_at_unless_draft"),
        CheckConstraint("(told_status IS NULL) = (untold_since IS NULL)", name="told_with_moment"),
        Index("ix_application_untold", "untold_since", "candidate_id", sqlite_where=UNTOLD, postgresql_where=UNTOLD),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    status: Mapped[ApplicationStatus] = mapped_column(one_of(ApplicationStatus), default=ApplicationStatus.DRAFT)
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    told_status: Mapped[ApplicationStatus | None] = mapped_column(one_of(ApplicationStatus, "told_status"))
    untold_since: Mapped[datetime | None]
    history_since: Mapped[date | None] = mapped_column(Date)
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    message_waits: Mapped[bool] = mapped_column(default=False, server_default=false())
    equality_asked: Mapped[bool] = mapped_column(default=False)  # when it was sent; not whether anything was answered
    equality_asked_shortlisted: Mapped[bool] = mapped_column(default=False)
    equality_asked_appointed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    candidate: Mapped[User] = relationship(foreign_keys=candidate_id)
    assigned_to: Mapped[User | None] = relationship(foreign_keys=assigned_to_id)
    vacancy: Mapped[Vacancy] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def status_for_candidate(self) -> ApplicationStatus:
        """Return where the candidate may know that it stands."""
        return self.told_status or self.status


class SectionState(Model):
    """Whether the candidate has finished a section, and when it was last saved."""

    __tablename__ = "section_state"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    section: Mapped[Section] = mapped_column(one_of(Section, "section"), primary_key=True)
    is_complete: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime]
    is_from_interest: Mapped[bool] = mapped_column(default=False)  # filled in from interest that was registered


class ContactDetails(Model):
    """How to reach a candidate.  A panel sees none of it before shortlisting."""

    __tablename__ = "contact_details"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    full_name: Mapped[Line] = mapped_column(default="")
    other_names: Mapped[Line] = mapped_column(default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address_line_1: Mapped[Line] = mapped_column(default="")
    address_line_2: Mapped[Line] = mapped_column(default="")
    town: Mapped[Line] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(String(20), default="")
    country: Mapped[Line] = mapped_column(default="")  # empty for the United Kingdom and the Crown dependencies
    contact_by: Mapped[ContactBy | None] = mapped_column(one_of(ContactBy, "contact_by"))


class RegistrationAnswer(Model):
    """How the candidate stands with Social Work England.  Which columns were asked for: `situations.ASKED`."""

    __tablename__ = "registration_answer"
    __table_args__ = (Index("ix_registration_answer_number", "number"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[Registration | None] = mapped_column(one_of(Registration, "state"))
    number: Mapped[str] = mapped_column(String(40), default="")  # like SW123456; as typed until it is one
    expected_on: Mapped[date | None] = mapped_column(Date)
    has_applied: Mapped[bool | None]
    qualifies_on: Mapped[date | None] = mapped_column(Date)
    country: Mapped[Line] = mapped_column(default="")
    left_on: Mapped[date | None] = mapped_column(Date)  # the first day of the month
    has_conditions: Mapped[bool | None]
    conditions: Mapped[Prose] = mapped_column(default="")
    supported_year: Mapped[SupportedYear | None] = mapped_column(one_of(SupportedYear, "supported_year"))
    supported_until: Mapped[date | None] = mapped_column(Date)  # the first day of the month it was completed in


class Qualification(Model):
    """One award, finished or under way."""

    __tablename__ = "qualification"
    __table_args__ = (
        CheckConstraint("year BETWEEN 1940 AND 2100", name="year"),
        Index("ix_qualification_application_id", "application_id"),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    award: Mapped[Line]
    institution: Mapped[Line]
    country: Mapped[Line] = mapped_column(default="")
    year: Mapped[int]
    is_social_work: Mapped[bool] = mapped_column(default=False)


class HistoryEntry(Model):
    """One stretch of somebody's life since secondary education.  Months are kept as their first day; no end is now."""

    __tablename__ = "history_entry"
    __table_args__ = (
        CheckConstraint("ended_month IS NULL OR ended_month >= started_month", name="ends_after_start"),
        Index("ix_history_entry_application_id_started_month", "application_id", "started_month"),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    activity: Mapped[Activity] = mapped_column(one_of(Activity, "activity"))
    title: Mapped[Line]
    organisation: Mapped[Line] = mapped_column(default="")
    country: Mapped[Line] = mapped_column(default="", server_default="")  # empty for the United Kingdom
    started_month: Mapped[date] = mapped_column(Date)
    ended_month: Mapped[date | None] = mapped_column(Date)
    with_children: Mapped[bool] = mapped_column(default=False)
    duties: Mapped[Prose] = mapped_column(default="")
    reason_for_leaving: Mapped[Prose] = mapped_column(default="")


class Evidence(Model):
    """What a candidate writes to show that they meet one criterion."""

    __tablename__ = "evidence"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True, index=True)
    text: Mapped[Prose]

    criterion: Mapped[Criterion] = relationship()


class Referee(Model):
    """Somebody who can speak for the candidate."""

    __tablename__ = "referee"
    __table_args__ = (
        CheckConstraint("known_until IS NULL OR known_until >= known_from", name="known_range"),
        Index("ix_referee_application_id", "application_id"),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    name: Mapped[Line]
    job_title: Mapped[Line]
    organisation: Mapped[Line]
    relationship_: Mapped[Relationship] = mapped_column("relationship", one_of(Relationship, "relationship"))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40), default="")
    known_from: Mapped[date] = mapped_column(Date)
    known_until: Mapped[date | None] = mapped_column(Date)
    is_most_recent_employer: Mapped[bool] = mapped_column(default=False)
    from_work_with_children: Mapped[bool] = mapped_column(default=False)
    contact_before_interview: Mapped[bool] = mapped_column(default=True)


class Declaration(Model):
    """That the candidate declared the application to be true, and when."""

    __tablename__ = "declaration"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    declared_at: Mapped[datetime]


class Snapshot(Model):
    """The answers, and the vacancy's words, as they were when the application was sent.  Never changed."""

    __tablename__ = "application_snapshot"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class ApplicationEvent(Model):
    """One move of one application.  Added to, never changed."""

    __tablename__ = "application_event"
    __table_args__ = (Index("ix_application_event_application_id_id", "application_id", "id"),)

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # none: a command of an operator
    source: Mapped[str] = mapped_column(String(32))  # text, so that history outlives a retired status
    target: Mapped[str] = mapped_column(String(32))
    reason: Mapped[Prose] = mapped_column(default="")
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_message.id"), index=True)
    at: Mapped[datetime]

    actor: Mapped[User | None] = relationship()
    criterion: Mapped[Criterion | None] = relationship()
    message: Mapped[OutboxMessage | None] = relationship()
