"""Members of panels whose account is disabled, and who come back: HR decides who takes their place."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from recruit.accounts import administration
from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import db, hold
from recruit.interviews.models import InterviewSlot, SlotInterviewer
from recruit.panels.composition import has_applied
from recruit.panels.lacking import tell_of_lack, who_may_add
from recruit.panels.models import PanelMember, ScoreSheet
from recruit.panels.offering import can_score, offer, waiting_applications
from recruit.panels.opening import is_open
from recruit.panels.telling import tell_account_disabled
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import OVER, Round, SheetStatus
from recruit.vacancies.models import Vacancy


def disable_account(actor: Actor, user: User, *, now: datetime) -> None:
    """Let nobody use an account any more, and write to HR of each panel to which that makes a difference.

    What was to be scored stays theirs: whoever is locked out for a day comes back to it, and HR takes off the panel who
    does not.

    Raises:
        NotAllowed, Conflict: as `administration.disable_account`.
    """
    vacancies = _hold_panels_of(user)  # whoever shares out applications comes before, and is counted, or after
    administration.disable_account(actor, user, now=now)
    db.session.flush()
    for vacancy in vacancies:
        waiting, waits = _what_waits(vacancy, user, now)
        if waits:
            tell_account_disabled(vacancy, who_may_add(vacancy, waiting), user.name, " ".join(waits), now=now)


def enable_account(actor: Actor, user: User, *, now: datetime) -> None:
    """Let somebody sign in again, and give them what lacks a scorer in each open sift of theirs.

    Raises:
        NotAllowed, Conflict: as `administration.enable_account`.
    """
    vacancies = _hold_panels_of(user)
    administration.enable_account(actor, user)
    db.session.flush()
    for vacancy in vacancies:
        if is_open(vacancy.id) and offer(waiting_applications(vacancy.id), vacancy.id, now=now).lacking:
            tell_of_lack(actor, vacancy, None, now=now)


def _hold_panels_of(user: User) -> Sequence[Vacancy]:
    """Return the vacancies that are not over on whose panel somebody is, each held until the transaction ends."""
    on_panel = (
        select(Vacancy)
        .join(PanelMember, PanelMember.vacancy_id == Vacancy.id)
        .where(
            PanelMember.user_id == user.id,
            Vacancy.status.not_in(OVER),
            ~has_applied(PanelMember.user_id, PanelMember.vacancy_id),
        )
        .order_by(Vacancy.id)
    )
    vacancies = db.session.scalars(on_panel).all()
    for vacancy in vacancies:
        hold(f"panel:{vacancy.id}")
    return vacancies


def _what_waits(vacancy: Vacancy, user: User, now: datetime) -> tuple[Sequence[int], list[str]]:
    """Return the applications that wait for somebody's scores, and in sentences all that waits for them."""
    waiting: Sequence[int] = []
    found = []
    if is_open(vacancy.id):
        waiting = db.session.scalars(
            select(Application.id)
            .join(ScoreSheet, ScoreSheet.application_id == Application.id)
            .where(
                Application.vacancy_id == vacancy.id,
                Application.status == ApplicationStatus.SUBMITTED,
                ScoreSheet.scorer_id == user.id,
                ScoreSheet.round == Round.SIFT,
                ScoreSheet.status == SheetStatus.TO_SCORE,
            )
        ).all()
        if number := len(waiting):
            found.append(f"{'1 application waits' if number == 1 else f'{number} applications wait'} for their scores.")
        if db.session.get_one(PanelMember, (vacancy.id, user.id)).is_chair:
            found.append("They are the chair, who settles where two scorers differ.")
        if not db.session.scalar(select(can_score(vacancy.id))):
            found.append("Nobody else on the panel can score what arrives.")
    interviews = db.session.scalar(
        select(func.count())
        .select_from(SlotInterviewer)
        .join(InterviewSlot, InterviewSlot.id == SlotInterviewer.slot_id)
        .where(
            SlotInterviewer.user_id == user.id,
            InterviewSlot.vacancy_id == vacancy.id,
            InterviewSlot.cancelled_at.is_(None),
            InterviewSlot.starts_at > now,
        )
    )
    if interviews:
        found.append(f"They interview at {'1 time' if interviews == 1 else f'{interviews} times'} to come.")
    return waiting, found
