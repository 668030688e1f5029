"""Panels, the sift that they do, and what they scored.  Nothing that candidates or the public see may import this."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import Id, Line, Model, Prose, one_of
from recruit.rules.interviews import InterviewKind
from recruit.rules.sift import Round, SheetStatus
from recruit.vacancies.models import Criterion, Vacancy

CHAIR = text("is_chair")


class SaferRecruitmentTraining(Model):
    """The last training of one person, and the last day that it counts."""

    __tablename__ = "safer_recruitment_training"
    __table_args__ = (CheckConstraint("valid_until > trained_on", name="valid_after_training"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    trained_on: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date] = mapped_column(Date)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]


class PanelMember(Model):
    """That one person is on the panel of one vacancy.  One member of it is the chair."""

    __tablename__ = "panel_member"
    __table_args__ = (
        Index("uq_panel_member_one_chair", "vacancy_id", unique=True, sqlite_where=CHAIR, postgresql_where=CHAIR),
    )

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True, index=True)
    is_chair: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]

    user: Mapped[User] = relationship()


class Sift(Model):
    """How a vacancy's applications are shown to its panel, since when, and since when nothing is scored any more.

    No row: employers are hidden, not open.
    """

    __tablename__ = "sift"
    __table_args__ = (CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="closed_after_opening"),)

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    hides_employers: Mapped[bool] = mapped_column(default=True)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class InterviewQuestion(Model):
    """One question that every candidate of a vacancy is asked in interviews of one kind, and that these score.

    It is of a criterion, whose weight it has, or of our bank (`rules.interviews.BANK`), or in the panel's own words.
    """

    __tablename__ = "interview_question"
    __table_args__ = (
        CheckConstraint("weight BETWEEN 1 AND 3", name="weight"),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("criterion_id IS NULL OR banked = ''", name="one_source"),
        Index("ix_interview_question_vacancy_id_kind", "vacancy_id", "kind", "position"),
    )

    id: Mapped[Id]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"))
    kind: Mapped[InterviewKind] = mapped_column(one_of(InterviewKind, "kind"))
    position: Mapped[int]
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"), index=True)
    banked: Mapped[str] = mapped_column(String(40), default="")  # the name of a question of the bank
    text: Mapped[str] = mapped_column(String(500))
    weight: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column()

    criterion: Mapped[Criterion | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class QuestionSet(Model):
    """Questions of one kind of interview that are used again, in any vacancy.

    `lines` are {text, banked, criterion}: the name of a question of the bank, or the words of the criterion that it was
    about; either may be empty.  A retired set is offered no more; what was written from it stays.
    """

    __tablename__ = "question_set"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        Index(
            "uq_question_set_live_name",
            "kind",
            "name",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    kind: Mapped[InterviewKind] = mapped_column(one_of(InterviewKind, "kind"))
    name: Mapped[Line]
    lines: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    kept_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    author: Mapped[User] = relationship()


class ScoreSheet(Model):
    """One scorer's part in a round of one application: what they declared, and how it ended.  Kept when it ends."""

    __tablename__ = "score_sheet"
    __table_args__ = (
        UniqueConstraint("application_id", "scorer_id", "round"),
        CheckConstraint("status <> 'submitted' OR declared_at IS NOT NULL", name="submitted_was_declared"),
        Index("ix_score_sheet_scorer_id_status", "scorer_id", "status"),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    scorer_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    round: Mapped[Round] = mapped_column(one_of(Round, "round"), default=Round.SIFT, server_default=Round.SIFT.value)
    status: Mapped[SheetStatus] = mapped_column(one_of(SheetStatus), default=SheetStatus.TO_SCORE)
    declared_at: Mapped[datetime | None]  # when they said that they know of no connection
    given_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    application: Mapped[Application] = relationship()
    scorer: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def candidate_id(self) -> int:
        """Whose application it is about: nobody decides on their own."""
        return self.application.candidate_id


class CriterionScore(Model):
    """What one scorer made of one criterion.  Without a score while the sheet is a draft; never changed after."""

    __tablename__ = "criterion_score"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 3", name="score"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True, index=True)
    score: Mapped[int | None]
    note: Mapped[Prose] = mapped_column(default="")

    line_id = synonym("criterion_id")


class QuestionScore(Model):
    """What one interviewer made of the answer to one question: as `CriterionScore`."""

    __tablename__ = "question_score"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 3", name="score"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("interview_question.id"), primary_key=True, index=True)
    score: Mapped[int | None]
    note: Mapped[Prose] = mapped_column(default="")

    line_id = synonym("question_id")


class ModeratedScore(Model):
    """What the chair settled where two sheets differ.  It counts for that pair of sheets alone.  Never changed."""

    __tablename__ = "moderated_score"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 3", name="score"),)

    first_sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id", ondelete="CASCADE"), primary_key=True)
    second_sheet_id: Mapped[int] = mapped_column(
        ForeignKey("score_sheet.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True, index=True)
    score: Mapped[int]
    reason: Mapped[Prose]
    chair_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    line_id = synonym("criterion_id")


class ModeratedAnswer(Model):
    """What the chair settled of one question: as `ModeratedScore`.  The two are the first and the last sheet."""

    __tablename__ = "moderated_answer"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 3", name="score"),)

    first_sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id", ondelete="CASCADE"), primary_key=True)
    second_sheet_id: Mapped[int] = mapped_column(
        ForeignKey("score_sheet.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    question_id: Mapped[int] = mapped_column(ForeignKey("interview_question.id"), primary_key=True, index=True)
    score: Mapped[int]
    reason: Mapped[Prose]
    chair_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    line_id = synonym("question_id")


class Redaction(Model):
    """A phrase that HR hides from the panel in one application."""

    __tablename__ = "redaction"
    __table_args__ = (UniqueConstraint("application_id", "phrase"),)

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    phrase: Mapped[Line]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]


class SiftEvent(Model):
    """One thing that was done with a panel or in its sift.  Added to, never changed; gone with its application."""

    __tablename__ = "sift_event"
    __table_args__ = (Index("ix_sift_event_vacancy_id_id", "vacancy_id", "id"),)

    id: Mapped[Id]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"))
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), index=True
    )  # none: it is about the panel
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    what: Mapped[str] = mapped_column(String(200))
    note: Mapped[Prose] = mapped_column(default="")
    at: Mapped[datetime]

    vacancy: Mapped[Vacancy] = relationship()
    application: Mapped[Application | None] = relationship()
    actor: Mapped[User] = relationship()
