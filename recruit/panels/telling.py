"""What members of a panel, and HR, are told of it by email.

No candidate is in it: neither a name nor an application's reference.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import func, select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.promises import due_day
from recruit.core.calendar import long_date
from recruit.core.db import db
from recruit.notifications import outbox
from recruit.panels.composition import has_applied
from recruit.panels.models import PanelMember
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.notifications import Notification
from recruit.rules.sift import Round
from recruit.vacancies.models import Vacancy

NO_MORE: Mapping[str, str] = MappingProxyType({})


def tell_joined(vacancy: Vacancy, user_id: int, *, is_chair: bool, now: datetime) -> None:
    """Write to somebody that they are on a panel, or its chair from now on."""
    _tell(Notification.PANEL_JOINED, vacancy, [user_id], now, part="chair" if is_chair else "")


def tell_to_score(vacancy: Vacancy, user_ids: Collection[int], *, now: datetime) -> None:
    """Write to members for whom applications wait, and for whom none did before."""
    if user_ids:
        _tell(Notification.PANEL_TO_SCORE, vacancy, user_ids, now, more={"by": _promised(vacancy.id)})


def tell_to_settle(vacancy: Vacancy, round_: Round, *, now: datetime) -> None:
    """Write to the chair that scorers differ."""
    chair = select(PanelMember.user_id).where(PanelMember.vacancy_id == vacancy.id, PanelMember.is_chair)
    path = "" if round_ == Round.SIFT else "/interviews"
    _tell(Notification.PANEL_TO_SETTLE, vacancy, db.session.scalars(chair).all(), now, path=path)


def tell_lacking(vacancy: Vacancy, user_ids: Collection[int], *, now: datetime) -> None:
    """Write to HR that a member is to be added: nobody on the panel is left to score what lacks a scorer."""
    path = f"/review/vacancies/{vacancy.reference}/panel"
    _tell(Notification.PANEL_LACKS_SCORER, vacancy, user_ids, now, path=path)


def tell_absent(vacancy: Vacancy, user_ids: Collection[int], gone: str, number: int, *, now: datetime) -> None:
    """Write to HR that a member cannot score any more.

    Args:
        gone: the member's name.
        number: how many applications wait for their scores.
    """
    path = f"/review/vacancies/{vacancy.reference}/panel"
    waits = "1 application waits" if number == 1 else f"{number} applications wait"
    _tell(Notification.PANEL_LACKS_SCORER, vacancy, user_ids, now, path=path, more={"gone": gone, "waits": waits})


def _promised(vacancy_id: int) -> str:
    """Return the first day by which a candidate was promised an answer who waits for one, in words; "" for none."""
    waits = Application.status == ApplicationStatus.SUBMITTED
    first = db.session.scalar(select(func.min(Application.due_at)).where(Application.vacancy_id == vacancy_id, waits))
    day = due_day(first)
    return long_date(day) if day else ""


def _tell(
    notification: Notification,
    vacancy: Vacancy,
    user_ids: Collection[int],
    now: datetime,
    *,
    part: str = "",
    path: str = "",
    more: Mapping[str, str] = NO_MORE,
) -> None:
    people = db.session.execute(
        select(User.name, User.email)
        .where(User.id.in_(user_ids), User.disabled_at.is_(None), ~has_applied(User.id, vacancy.id))
        .order_by(User.id)
    )
    for name, email in people.tuples():
        outbox.post(
            notification,
            email,
            at=now,
            name=name.split()[0] if name.split() else "",
            vacancy=vacancy.title,
            reference=vacancy.reference,
            **{"path": path or f"/panel/{vacancy.reference}", "part": part, **more},  # type: ignore[arg-type]  # words
        )
