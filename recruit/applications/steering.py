"""What every step in the life of a published vacancy has in common: who may, in what order, and who is told."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.service import message_words
from recruit.core.calendar import closing_words
from recruit.core.db import db
from recruit.core.errors import Incomplete
from recruit.core.text import clean_prose
from recruit.notifications import outbox
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import (
    VACANCY_CHANGES,
    VACANCY_MOVES,
    ApplicationStatus,
    Move,
    VacancyChange,
    VacancyStatus,
    permit,
)
from recruit.rules.notifications import Notification
from recruit.vacancies.models import Vacancy
from recruit.vacancies.moves import refuse_stale


def steer(
    actor: Actor, vacancy: Vacancy, target: VacancyStatus, seen_version: int, change: VacancyChange | None = None
) -> Move[VacancyStatus]:
    """Return the row that takes `vacancy` to `target`, or changes it where it stands.

    Who may not is told so; then who came second is told after whom, before the table of moves is asked.

    Raises:
        NotAllowed: it is another team's.
        Conflict: somebody changed it since `seen_version`, or the table has no such row.
    """
    authorise(actor, Permission.VACANCY_STEER, vacancy)
    refuse_stale(vacancy, seen_version)
    return permit((VACANCY_CHANGES[change],) if change else VACANCY_MOVES, actor, vacancy, target)


def closing(vacancy: Vacancy) -> str:
    """Return when it closes, in words."""
    return closing_words(vacancy.closes_at) if vacancy.closes_at else ""


def reasoned(reason: str, missing: str) -> str:
    """Return the reason, cleaned.

    Raises:
        Incomplete: with the message `missing`, if there is none; or it is very long.
    """
    reason = short(reason, "The reason is too long")
    if not reason:
        raise Incomplete(missing)
    return reason


def short(text: str, too_long: str) -> str:
    """Return `text`, cleaned.

    Raises:
        Incomplete: with the message `too_long`, if it is.
    """
    text = clean_prose(text)
    if len(text) > limits.COMMENT_CHARACTERS:
        raise Incomplete(too_long)
    return text


def tell_drafts(
    move: Move[Any], vacancy: Vacancy, now: datetime, *, closes: str = "", before: str = "", changed: str = ""
) -> None:
    """Write to everybody who has started an application for `vacancy` and has not sent it.

    Args:
        move: what was done; a move without a message tells nobody.
        closes: when it closes now, in words.
        before: when it was to close, in words.
        changed: what else changed, a line each.
    """
    if move.notification is not None:
        write_to_drafts(move.notification, vacancy, now, closes=closes, before=before, changed=changed)


def write_to_drafts(notification: Notification, vacancy: Vacancy, now: datetime, **words: Any) -> int:
    """Write `notification` with its `words` to everybody who has a draft for `vacancy`; return how many they are."""
    drafts = db.session.scalars(
        select(Application)
        .join(User, User.id == Application.candidate_id)
        .where(
            Application.vacancy_id == vacancy.id,
            Application.status == ApplicationStatus.DRAFT,
            User.disabled_at.is_(None),
        )
        .options(joinedload(Application.candidate), joinedload(Application.vacancy))
        .order_by(Application.id)
    ).all()
    for draft in drafts:
        outbox.post(notification, draft.candidate.email, at=now, **words, **message_words(draft))
    return len(drafts)
