"""Members of panels whose account was disabled, and who come back: HR decides who takes their place."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, and_, cast, exists, select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import db, hold
from recruit.interviews.models import InterviewBooking, InterviewSlot, SlotInterviewer
from recruit.panels.composition import has_applied
from recruit.panels.lacking import tell_of_lack, who_may_add
from recruit.panels.models import PanelMember, ScoreSheet
from recruit.panels.offering import can_score, offer, waiting_applications
from recruit.panels.opening import is_open
from recruit.panels.telling import tell_account_disabled
from recruit.panels.to_score import is_to_score
from recruit.rules.access import SYSTEM
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import OVER, SheetStatus
from recruit.vacancies.models import Vacancy


def tell_of_absence(user: User, *, now: datetime) -> None:
    """Write to HR of each panel on which something waits for somebody whose account was disabled.

    It stays theirs: whoever is locked out for a day comes back to it, and HR takes off the panel who does not.  To be
    called once the account is disabled for everybody, so that whoever shares out applications meanwhile is counted.
    """
    for vacancy in _held_panels_of(user):
        waiting, scoring = _to_score(vacancy, user)
        interviewed, interviewing = _to_interview(vacancy, user, now)
        waits = [*scoring, *interviewing, *_as_chair(vacancy, user)]
        if waits:
            readers = who_may_add(vacancy, [*waiting, *interviewed])
            tell_account_disabled(vacancy, readers, user.name, " ".join(waits), now=now)


def share_again(user: User, *, now: datetime) -> None:
    """Give what lacks a scorer to somebody whose account was enabled again, in each open sift of theirs.

    HR is written to where it still lacks one, and nobody but them can score: what arrived was told to nobody.
    """
    for vacancy in _held_panels_of(user):
        if not is_open(vacancy.id):
            continue
        offered = offer(waiting_applications(vacancy.id), vacancy.id, now=now)
        if offered.lacking and not db.session.scalar(select(can_score(vacancy.id, but=user.id))):
            tell_of_lack(SYSTEM, vacancy, None, now=now)


def _held_panels_of(user: User) -> Sequence[Vacancy]:
    """Return the vacancies that are not over on whose panel somebody is, held until the transaction ends."""
    is_on = (
        select(Vacancy)
        .join(PanelMember, PanelMember.vacancy_id == Vacancy.id)
        .where(
            PanelMember.user_id == user.id,
            Vacancy.status.not_in(OVER),
            ~has_applied(PanelMember.user_id, PanelMember.vacancy_id),
        )
        .order_by(Vacancy.id)
    )
    for vacancy in db.session.scalars(is_on).all():
        hold(f"panel:{vacancy.id}")
    return db.session.scalars(is_on).all()


def _to_score(vacancy: Vacancy, user: User) -> tuple[Sequence[int], list[str]]:
    """Return the applications of an open sift that wait for somebody's scores, and that in sentences."""
    if not is_open(vacancy.id):
        return [], []
    waiting = db.session.scalars(
        select(Application.id)
        .join(ScoreSheet, ScoreSheet.application_id == Application.id)
        .where(*is_to_score(vacancy.id), ScoreSheet.scorer_id == user.id)
    ).all()
    found = [f"{_number(len(waiting), 'application waits', 'applications wait')} for their scores."] if waiting else []
    has_more = vacancy.is_rolling or bool(waiting_applications(vacancy.id))
    if has_more and not db.session.scalar(select(can_score(vacancy.id))):
        found.append("Nobody else on the panel can score what arrives.")
    return waiting, found


def _to_interview(vacancy: Vacancy, user: User, now: datetime) -> tuple[Sequence[int], list[str]]:
    """Return the applications whose interviews, to come or to be scored, somebody holds; and that in sentences."""
    rows = db.session.execute(
        select(InterviewSlot.starts_at, InterviewBooking.application_id, Application.status, ScoreSheet.status)
        .select_from(SlotInterviewer)
        .join(InterviewSlot, InterviewSlot.id == SlotInterviewer.slot_id)
        .outerjoin(InterviewBooking, InterviewBooking.slot_id == InterviewSlot.id)
        .outerjoin(Application, Application.id == InterviewBooking.application_id)
        .outerjoin(
            ScoreSheet,
            and_(
                ScoreSheet.application_id == InterviewBooking.application_id,
                ScoreSheet.scorer_id == SlotInterviewer.user_id,
                cast(ScoreSheet.round, String) == cast(InterviewBooking.kind, String),
            ),
        )
        .where(
            SlotInterviewer.user_id == user.id,
            InterviewSlot.vacancy_id == vacancy.id,
            InterviewSlot.cancelled_at.is_(None),
        )
    )
    to_come, unscored, ids = 0, 0, []
    for starts_at, application_id, status, sheet in rows.tuples():
        if starts_at > now:
            to_come += 1
        elif status == ApplicationStatus.SHORTLISTED and sheet in (None, SheetStatus.TO_SCORE):
            unscored += 1
        else:
            continue
        ids += [application_id] if application_id else []
    found = [f"They interview at {_number(to_come, 'time', 'times')} to come."] if to_come else []
    if unscored:
        held = _number(unscored, "interview that they held waits", "interviews that they held wait")
        found.append(f"{held} for their scores.")
    return ids, found


def _as_chair(vacancy: Vacancy, user: User) -> list[str]:
    """Return in a sentence that somebody is the chair, where there may be scores to settle."""
    member = db.session.get(PanelMember, (vacancy.id, user.id))
    if member is None or not member.is_chair:
        return []
    sifts = is_open(vacancy.id) and bool(waiting_applications(vacancy.id))
    interviews = exists().where(
        InterviewSlot.vacancy_id == vacancy.id,
        InterviewSlot.cancelled_at.is_(None),
        InterviewBooking.slot_id == InterviewSlot.id,
        InterviewBooking.application_id == Application.id,
        Application.status == ApplicationStatus.SHORTLISTED,
    )
    if not sifts and not db.session.scalar(select(interviews)):
        return []
    return ["They are the chair, who settles where two scorers differ."]


def _number(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
