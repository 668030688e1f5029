"""Members of panels whose account is disabled, and who come back: HR decides who takes their place."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import db, hold
from recruit.panels.lacking import who_may_add
from recruit.panels.models import PanelMember, ScoreSheet, Sift
from recruit.panels.offering import can_score, offer, waiting_applications
from recruit.panels.telling import tell_account_disabled
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import OVER, Round, SheetStatus
from recruit.vacancies.models import Vacancy


def tell_of_absence(user: User, *, now: datetime) -> None:
    """Write to HR of each open sift in which applications wait for somebody whose account was disabled.

    They stay theirs: whoever is locked out for a day comes back to them, and HR takes off the panel who does not.
    Where nobody else can score, HR is written to before anything waits.
    """
    for vacancy in _open_sifts_of(user):
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
        if waiting or not db.session.scalar(select(can_score(vacancy.id))):
            tell_account_disabled(vacancy, who_may_add(vacancy, waiting), user.name, len(waiting), now=now)


def share_again(user: User, *, now: datetime) -> None:
    """Give what lacks a scorer to somebody whose account is enabled again, in each open sift of theirs."""
    for vacancy in _open_sifts_of(user):
        hold(f"panel:{vacancy.id}")
        offer(waiting_applications(vacancy.id), vacancy.id, now=now)


def _open_sifts_of(user: User) -> Sequence[Vacancy]:
    return db.session.scalars(
        select(Vacancy)
        .join(PanelMember, PanelMember.vacancy_id == Vacancy.id)
        .join(Sift, Sift.vacancy_id == Vacancy.id)
        .where(
            PanelMember.user_id == user.id,
            Sift.opened_at.is_not(None),
            Sift.closed_at.is_(None),
            Vacancy.status.not_in(OVER),
        )
        .order_by(Vacancy.id)
    ).all()
