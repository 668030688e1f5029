"""Members of panels who cannot score any more because their account was disabled: HR decides who takes their place."""

from datetime import datetime

from sqlalchemy import select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import db
from recruit.panels.lacking import who_may_add
from recruit.panels.models import ScoreSheet, Sift
from recruit.panels.telling import tell_absent
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import OVER, Round, SheetStatus
from recruit.vacancies.models import Vacancy


def tell_of_absence(user: User, *, now: datetime) -> None:
    """Write to HR of each open sift in which applications wait for the scores of somebody whose account was disabled.

    They stay theirs: whoever is locked out for a day comes back to them, and HR takes off the panel who does not.
    """
    rows = db.session.execute(
        select(Application.vacancy_id, Application.id)
        .join(ScoreSheet, ScoreSheet.application_id == Application.id)
        .join(Sift, Sift.vacancy_id == Application.vacancy_id)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .where(
            ScoreSheet.scorer_id == user.id,
            ScoreSheet.round == Round.SIFT,
            ScoreSheet.status == SheetStatus.TO_SCORE,
            Application.status == ApplicationStatus.SUBMITTED,
            Sift.opened_at.is_not(None),
            Sift.closed_at.is_(None),
            Vacancy.status.not_in(OVER),
        )
        .order_by(Application.vacancy_id)
    )
    waiting: dict[int, list[int]] = {}
    for vacancy_id, application_id in rows.tuples():
        waiting.setdefault(vacancy_id, []).append(application_id)
    for vacancy_id, application_ids in waiting.items():
        vacancy = db.session.get_one(Vacancy, vacancy_id)
        readers = who_may_add(vacancy, application_ids)
        tell_absent(vacancy, readers, user.name, len(application_ids), now=now)
