"""What each round scores, and when it is over: the nameless sift, and the interviews of each kind."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select

from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.interviews.models import InterviewBooking, InterviewSlot, SlotInterviewer
from recruit.panels.composition import has_applied
from recruit.panels.models import PanelMember, ScoreSheet
from recruit.panels.opening import refuse_unless_open
from recruit.panels.questions import questions_of
from recruit.panels.standings import Line
from recruit.rules.interviews import InterviewKind
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import OVER, Round
from recruit.vacancies.models import Vacancy

DECIDED = "This application has been decided or withdrawn, so it is not scored any more."
NOT_BEGUN = "The interview has not begun. It is scored from then on."
NOT_HELD = "You do not hold this interview any more, so you cannot score it. Nothing was saved."


def lines_of(vacancy: Vacancy, round_: Round) -> Sequence[Line]:
    """Return what a round of a vacancy scores, in order: criteria in the sift, questions in interviews."""
    return vacancy.asked if round_ == Round.SIFT else questions_of(vacancy.id, InterviewKind(round_.value))


def refuse_closed(sheet: ScoreSheet, *, now: datetime, is_begun: bool = True, by_hr: bool = False) -> None:
    """Refuse to do something with a sheet of a round that is over, or that has not begun.

    Args:
        is_begun: whether an interview must have begun; a connection can be declared before.
        by_hr: it is HR who does it, also where the scorer has left the panel.

    Raises:
        Conflict: it is not the time, or an interview is not the scorer's any more.
    """
    application = sheet.application
    if sheet.round == Round.SIFT:
        if application.status != ApplicationStatus.SUBMITTED:
            raise Conflict(DECIDED)
        refuse_unless_open(application.vacancy)
        return
    if application.status != ApplicationStatus.SHORTLISTED or application.vacancy.status in OVER:
        raise Conflict(DECIDED)
    if by_hr:
        return
    slot = _slot_held(sheet)
    if slot is None:
        raise Conflict(NOT_HELD)
    if is_begun and slot.starts_at > now:
        raise Conflict(NOT_BEGUN)


def _slot_held(sheet: ScoreSheet) -> InterviewSlot | None:
    """Return the time that the application has for this interview, if the scorer holds it as a member of the panel."""
    vacancy_id = sheet.application.vacancy_id
    return db.session.scalars(
        select(InterviewSlot)
        .join(InterviewBooking, InterviewBooking.slot_id == InterviewSlot.id)
        .where(
            InterviewBooking.application_id == sheet.application_id,
            InterviewBooking.kind == sheet.round.value,
            exists().where(SlotInterviewer.slot_id == InterviewSlot.id, SlotInterviewer.user_id == sheet.scorer_id),
            exists().where(PanelMember.vacancy_id == vacancy_id, PanelMember.user_id == sheet.scorer_id),
            ~has_applied(sheet.scorer_id, vacancy_id),
        )
    ).one_or_none()
