"""The score sheets of those who hold an interview: made when they first say or score something."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast, exists, select
from sqlalchemy.orm import contains_eager

from recruit.applications.models import Application
from recruit.core.db import db, hold
from recruit.core.errors import NotFound
from recruit.interviews.models import InterviewBooking, InterviewSlot
from recruit.panels.holding import Held
from recruit.panels.models import PanelMember, ScoreSheet
from recruit.panels.rounds import lines_of
from recruit.panels.sheets import remove_scorer
from recruit.panels.standings import Stage, standings_of
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import LIVE, Round, SheetStatus


def sheet_of(user_id: int, held: Held) -> ScoreSheet | None:
    """Return what somebody said and scored of an interview; None where they did neither."""
    return db.session.scalars(
        select(ScoreSheet).where(
            ScoreSheet.application_id == held.application.id,
            ScoreSheet.scorer_id == user_id,
            ScoreSheet.round == Round(held.slot.kind.value),
        )
    ).one_or_none()


def take_sheet(actor: Actor, held: Held, *, now: datetime) -> ScoreSheet:
    """Return the sheet of `actor` for an interview that they hold; a new one where there is none.

    Raises:
        NotAllowed: they do not hold it.
    """
    authorise(actor, Permission.INTERVIEW_HOLD, held)
    return _take(actor.user_id, held, now)


def remove_interviewer(actor: Actor, held: Held, user_id: int, reason: str, *, now: datetime) -> None:
    """Let somebody who holds an interview not count: they did not come, or are connected with the candidate.

    Raises:
        NotFound: they do not hold it, or do not count already.
        NotAllowed, Conflict, Incomplete: as `sheets.remove_scorer`.
    """
    authorise(actor, Permission.SHEET_REMOVE, held)
    if user_id not in held.interviewer_ids:
        raise NotFound("This person does not hold the interview.")
    sheet = _take(user_id, held, now)
    if sheet.status not in LIVE:
        raise NotFound("This person’s scores do not count already.")
    remove_scorer(actor, sheet, reason, now=now)


def own_states(actor: Actor, slot_ids: Collection[int]) -> Mapping[int, SheetStatus]:
    """Return where `actor` stands with interviews, by slot: only of those that they said or scored something of."""
    rows = db.session.execute(
        select(InterviewBooking.slot_id, ScoreSheet.status)
        .join(ScoreSheet, ScoreSheet.application_id == InterviewBooking.application_id)
        .where(
            InterviewBooking.slot_id.in_(slot_ids),
            ScoreSheet.scorer_id == actor.user_id,
            cast(ScoreSheet.round, String) == cast(InterviewBooking.kind, String),
        )
    )
    return dict(rows.tuples().all())


@dataclass(frozen=True, slots=True)
class ToSettle:
    """An interview on which its interviewers differ."""

    slot_id: int
    candidate: str
    vacancy: str


def to_settle(actor: Actor) -> Sequence[ToSettle]:
    """Return the interviews that wait for `actor` as the chair of their panel, the earliest first."""
    bookings = db.session.scalars(
        select(InterviewBooking)
        .join(InterviewBooking.slot)
        .join(InterviewBooking.application)
        .join(PanelMember, PanelMember.vacancy_id == Application.vacancy_id)
        .where(
            PanelMember.user_id == actor.user_id,
            PanelMember.is_chair,
            Application.status == ApplicationStatus.SHORTLISTED,
            exists().where(
                ScoreSheet.application_id == Application.id,
                ScoreSheet.round != Round.SIFT,
                ScoreSheet.status == SheetStatus.SUBMITTED,
            ),
        )
        .options(
            contains_eager(InterviewBooking.slot),
            contains_eager(InterviewBooking.application).joinedload(Application.candidate),
            contains_eager(InterviewBooking.application).joinedload(Application.vacancy),
        )
        .order_by(InterviewSlot.starts_at, InterviewSlot.id)
    ).all()
    differing: set[tuple[int, Round]] = set()
    for vacancy, round_ in {(one.application.vacancy, Round(one.kind.value)) for one in bookings}:
        found = standings_of(vacancy.id, lines_of(vacancy, round_), round_=round_)
        differing |= {(one.application_id, round_) for one in found if one.stage == Stage.DIFFERS}
    return [
        ToSettle(one.slot_id, one.application.candidate.name, one.application.vacancy.title)
        for one in bookings
        if (one.application_id, Round(one.kind.value)) in differing
    ]


def _take(user_id: int, held: Held, now: datetime) -> ScoreSheet:
    hold(f"panel:{held.application.vacancy_id}")
    sheet = sheet_of(user_id, held)
    if sheet is None:
        sheet = ScoreSheet(
            application_id=held.application.id, scorer_id=user_id, round=Round(held.slot.kind.value), given_at=now
        )
        db.session.add(sheet)
        db.session.flush()
    return sheet
