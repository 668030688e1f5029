"""An interview as whoever holds it knows it: with the candidate's name, without the reference of the nameless sift."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.personal import RelationshipAnswer
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.interviews.models import InterviewBooking, InterviewSlot, SlotInterviewer
from recruit.interviews.queries import interviewers_of
from recruit.panels.composition import has_applied
from recruit.panels.models import PanelMember
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.vacancies.models import Vacancy

NOT_YOURS = "There is no interview here that you hold. HR may have changed who interviews, or who is on the panel."


@dataclass(frozen=True, slots=True)
class Held:
    """One interview: its time, whose it is, and who holds it."""

    slot: InterviewSlot
    application: Application
    interviewers: Sequence[User]

    @property
    def candidate_id(self) -> int:
        """Whose interview it is: nobody decides on their own."""
        return self.application.candidate_id

    @property
    def interviewer_ids(self) -> Collection[int]:
        return {person.id for person in self.interviewers}


def held_interview(actor: Actor, slot_id: int) -> Held:
    """Return an interview that `actor` holds as a member of its panel.

    Raises:
        NotFound: they hold none of that id, are on the panel no more, or applied for the vacancy; or nobody has chosen
            the time.
    """
    return _held(
        slot_id,
        exists().where(SlotInterviewer.slot_id == InterviewSlot.id, SlotInterviewer.user_id == actor.user_id)
        & exists().where(PanelMember.vacancy_id == Vacancy.id, PanelMember.user_id == actor.user_id)
        & ~has_applied(actor.user_id, Vacancy.id),
    )


def chaired_interview(actor: Actor, slot_id: int) -> Held:
    """Return an interview of a vacancy whose panel `actor` chairs, whoever holds it.

    Raises:
        NotFound: there is none of that id.
    """
    is_chair = exists().where(
        PanelMember.vacancy_id == Vacancy.id, PanelMember.user_id == actor.user_id, PanelMember.is_chair
    )
    return _held(slot_id, is_chair & ~has_applied(actor.user_id, Vacancy.id))


def relationship_for_chair(actor: Actor, held: Held) -> str:
    """Return whom a candidate is close to here, in their words: the chair sees to it that nobody decides about them.

    "" for nobody, and for every reader but the chair of the panel.
    """
    return (
        db.session.scalar(
            select(RelationshipAnswer.details)
            .join(Application, Application.id == RelationshipAnswer.application_id)
            .join(PanelMember, PanelMember.vacancy_id == Application.vacancy_id)
            .where(
                RelationshipAnswer.application_id == held.application.id,
                RelationshipAnswer.is_related.is_(True),
                PanelMember.user_id == actor.user_id,
                PanelMember.is_chair,
            )
        )
        or ""
    )


def interview_for_hr(actor: Actor, vacancy_id: int, slot_id: int) -> Held:
    """Return an interview of a vacancy that HR looks at.

    Raises:
        NotFound: the vacancy has none of that id that somebody chose, or it is the reader's own.
    """
    is_theirs = (Vacancy.id == vacancy_id) & ~has_applied(actor.user_id, Vacancy.id)
    return _held(slot_id, is_theirs)


def _held(slot_id: int, condition: object) -> Held:
    if slot_id > limits.LARGEST_ID:
        raise NotFound(NOT_YOURS)
    booking = (
        db.session.scalars(
            select(InterviewBooking)
            .join(InterviewSlot, InterviewSlot.id == InterviewBooking.slot_id)
            .join(Vacancy, Vacancy.id == InterviewSlot.vacancy_id)
            .where(InterviewSlot.id == slot_id, InterviewSlot.cancelled_at.is_(None), condition)  # type: ignore[arg-type]
            .options(
                joinedload(InterviewBooking.slot),
                joinedload(InterviewBooking.application).joinedload(Application.candidate),
                joinedload(InterviewBooking.application).joinedload(Application.vacancy),
            )
        )
        .unique()
        .one_or_none()
    )
    if booking is None:
        raise NotFound(NOT_YOURS)
    return Held(booking.slot, booking.application, interviewers_of([slot_id])[slot_id])
