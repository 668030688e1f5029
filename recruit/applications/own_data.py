"""What a candidate entered and was told of it, in words and as JSON, for whoever it is about.

Source: UK GDPR, articles 15 (access) and 20 (portability).  Labels that staff put on are in it.  Notes that staff wrote
about an application are not, because they may tell of others too; people ask for them, and the page says how.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, union_all

from recruit.applications import queries
from recruit.applications.labels import label_names
from recruit.applications.letters import Letter
from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.reminders import Reminder
from recruit.applications.snapshot import snapshot_of
from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Actor
from recruit.rules.lifecycle import CANDIDATE_WORDS, ApplicationStatus


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """One application: where its candidate may know that it stands, and what they entered."""

    reference: str
    vacancy: str
    status: str
    started_at: datetime
    sent_at: datetime | None
    reason_for_withdrawing: str
    content: dict[str, Any]
    labels: list[str]
    letters: list["OwnLetter"]


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """What was sent about one decision, word for word."""

    subject: str
    text: str
    at: datetime


def own_applications(actor: Actor) -> list[OwnApplication]:
    """Return every application of `actor`, the newest first.  A decision that is held back is not told here either."""
    own = queries.own_applications(actor)
    keys = [application.id for application in own]
    labels, letters = label_names(keys), _letters_of(keys)
    return [_own(one, labels.get(one.id, []), letters.get(one.id, [])) for one in own]


def _letters_of(application_ids: Collection[int]) -> dict[int, list[OwnLetter]]:
    """Return the letters about decisions by application, without those that were called back before they went."""
    rows = db.session.scalars(
        select(Letter)
        .join(OutboxMessage, OutboxMessage.id == Letter.message_id)
        .where(Letter.application_id.in_(application_ids), OutboxMessage.cancelled_at.is_(None))
        .order_by(Letter.id)
    )
    found: dict[int, list[OwnLetter]] = {}
    for one in rows:
        found.setdefault(one.application_id, []).append(OwnLetter(one.subject, one.text, one.at))
    return found


def _own(application: Application, labels: list[str], letters: list[OwnLetter]) -> OwnApplication:
    snapshot = queries.snapshot_of(application.id)
    withdrawn = [event for event in queries.events_of(application.id) if event.target == ApplicationStatus.WITHDRAWN]
    return OwnApplication(
        reference=application.reference,
        vacancy=application.vacancy.title,
        status=CANDIDATE_WORDS[application.status_for_candidate()],
        started_at=application.created_at,
        sent_at=application.submitted_at,
        reason_for_withdrawing=withdrawn[-1].reason if withdrawn else "",
        content=snapshot.content if snapshot else snapshot_of(queries.answers_of(application)),
        labels=labels,
        letters=letters,
    )


def sent_messages(actor: Actor) -> list[tuple[str, datetime]]:
    """Return which letters and reminders about their applications `actor` was sent, as (kind, when), oldest first."""
    statements = [
        select(OutboxMessage.notification, OutboxMessage.sent_at, OutboxMessage.id)
        .join(told, told.message_id == OutboxMessage.id)
        .join(Application, Application.id == told.application_id)
        .where(Application.candidate_id == actor.user_id, OutboxMessage.sent_at.is_not(None))
        for told in (ApplicationEvent, Reminder)
    ]
    both = union_all(*statements).subquery()
    rows = db.session.execute(select(both.c.notification, both.c.sent_at).order_by(both.c.sent_at, both.c.id))
    return [(kind.value, at) for kind, at in rows]
