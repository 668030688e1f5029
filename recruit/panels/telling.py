"""What members of a panel, and HR, are told of it by email.

No candidate is in it: neither a name nor an application's reference.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import func, select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import UTCDateTime, db
from recruit.notifications import outbox
from recruit.panels.composition import has_applied
from recruit.panels.models import PanelMember, ScoreSheet
from recruit.panels.promised import promise_words
from recruit.panels.to_score import is_to_score
from recruit.rules.notifications import Notification
from recruit.rules.sift import Round
from recruit.vacancies.models import Vacancy

NO_MORE: Mapping[str, str] = MappingProxyType({})


def tell_joined(vacancy: Vacancy, user_id: int, *, is_chair: bool, now: datetime) -> None:
    """Write to somebody that they are on a panel, or its chair from now on."""
    _tell(Notification.PANEL_JOINED, vacancy, [user_id], now, part="chair" if is_chair else "")


def tell_to_score(vacancy: Vacancy, user_ids: Collection[int], *, now: datetime) -> None:
    """Write to members for whom applications wait, and for whom none did before."""
    first = _first_due_at(vacancy.id, user_ids) if user_ids else {}
    for user_id in sorted(user_ids):
        promise = promise_words(vacancy, first.get(user_id), now=now)
        _tell(Notification.PANEL_TO_SCORE, vacancy, [user_id], now, more={"promise": promise})


def tell_to_settle(vacancy: Vacancy, round_: Round, *, now: datetime) -> None:
    """Write to the chair that scorers differ."""
    chair = select(PanelMember.user_id).where(PanelMember.vacancy_id == vacancy.id, PanelMember.is_chair)
    path = "" if round_ == Round.SIFT else "/interviews"
    _tell(Notification.PANEL_TO_SETTLE, vacancy, db.session.scalars(chair).all(), now, path=path)


def tell_lacking(vacancy: Vacancy, user_ids: Collection[int], *, now: datetime) -> None:
    """Write to HR that a member is to be added: nobody on the panel is left to score what lacks a scorer."""
    path = f"/review/vacancies/{vacancy.reference}/panel"
    _tell(Notification.PANEL_LACKS_SCORER, vacancy, user_ids, now, path=path)


def tell_account_disabled(
    vacancy: Vacancy, user_ids: Collection[int], member: str, waits: str, *, now: datetime
) -> None:
    """Write to HR that a member's account was disabled.

    Args:
        member: their name.
        waits: what waits for them, in sentences.
    """
    path = f"/review/vacancies/{vacancy.reference}/panel"
    _tell(Notification.PANEL_LACKS_SCORER, vacancy, user_ids, now, path=path, more={"disabled": member, "waits": waits})


def _first_due_at(vacancy_id: int, user_ids: Collection[int]) -> Mapping[int, datetime | None]:
    """Return until when the first candidate waits for an answer whom each of some members is to score."""
    rows = db.session.execute(
        select(ScoreSheet.scorer_id, func.min(Application.due_at, type_=UTCDateTime()))
        .join(Application, Application.id == ScoreSheet.application_id)
        .where(*is_to_score(vacancy_id), ScoreSheet.scorer_id.in_(user_ids))
        .group_by(ScoreSheet.scorer_id)
    )
    return dict(rows.tuples().all())


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
