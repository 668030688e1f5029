"""The one writer of `Application.status`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from recruit.applications import stages
from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.promises import promise
from recruit.core.db import change_at_once, db, table_of
from recruit.core.errors import Conflict
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus, Move
from recruit.vacancies.models import Vacancy

CHANGED = "Your answers, or the words of the vacancy, changed since you checked them. Check again, then send it."


@dataclass(frozen=True, slots=True)
class Seen:
    """An application and its vacancy as somebody saw them: a move prepared from them asks if they still are."""

    id: int
    version: int
    vacancy_id: int
    vacancy_version: int
    team_id: int


def take(
    move: Move[ApplicationStatus],
    actor: Actor,
    application: Application,
    *,
    now: datetime,
    message: OutboxMessage | None = None,
    is_untold: bool = False,
    reason: str = "",
    criterion_id: int | None = None,
) -> int:
    """Do `move`: status, event and counts, together with the message that tells of it.  Returns the event's id.

    Args:
        move: the row that `rules.lifecycle.permit` returned for this actor and application.
        message: what the candidate will be told, already in the outbox.
        is_untold: the candidate still reads the status before this move, until a person releases its letter.
        reason: why, in words for the record.
        criterion_id: the criterion that the reason is about.
    """
    if is_untold:
        application.told_status, application.untold_since = application.status_for_candidate(), now
    else:
        application.told_status = application.untold_since = None
    application.status = move.target
    if not is_untold and not move.is_undo:
        promise(application, told_at=now)
    db.session.flush()  # the event names the message's row
    stages.count_move(application.vacancy_id, application.team_id, move.source, move.target)
    values = _event(move, actor, application.id, message.id if message else None, now, reason, criterion_id)
    event = ApplicationEvent(**values)
    db.session.add(event)
    db.session.flush()
    return event.id


def send(
    move: Move[ApplicationStatus], actor: Actor, seen: Seen, *, due_at: datetime, now: datetime, message_id: int
) -> None:
    """Do the move that sends an application, if it and its vacancy are still as they were `seen` to be.

    Args:
        due_at: the moment until which what its candidate is told holds.

    Raises:
        Conflict: one of them was changed since.
    """
    values = {"key": seen.id, "version": seen.version, "vacancy_version": seen.vacancy_version, "at": now}
    values["due"] = due_at
    if change_at_once(_SEND, values) != 1:
        raise Conflict(CHANGED)
    stages.count_move(seen.vacancy_id, seen.team_id, move.source, move.target)
    change_at_once(_RECORD, _event(move, actor, seen.id, message_id, now, "", None))


_APPLICATION = table_of(Application)
_SEND = (
    update(_APPLICATION)
    .where(
        _APPLICATION.c.id == bindparam("key"),
        _APPLICATION.c.version == bindparam("version"),
        _APPLICATION.c.status == ApplicationStatus.DRAFT,
        select(Vacancy.version)
        .where(Vacancy.id == _APPLICATION.c.vacancy_id)
        .with_for_update(read=True)  # a change of the vacancy that is not committed yet is waited for
        .scalar_subquery()
        == bindparam("vacancy_version"),
    )
    .values(
        status=ApplicationStatus.SUBMITTED,
        submitted_at=bindparam("at"),
        due_at=bindparam("due"),
        version=_APPLICATION.c.version + 1,
    )
)
_RECORD = insert(table_of(ApplicationEvent))


def _event(
    move: Move[ApplicationStatus],
    actor: Actor,
    application_id: int,
    message_id: int | None,
    now: datetime,
    reason: str,
    criterion_id: int | None,
) -> dict[str, Any]:
    return {
        "application_id": application_id,
        "actor_id": actor.user_id or None,
        "source": move.source.value,
        "target": move.target.value,
        "reason": reason,
        "criterion_id": criterion_id,
        "message_id": message_id,
        "at": now,
    }
