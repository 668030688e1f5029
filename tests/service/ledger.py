"""What the database says of applications, to be compared with what people were told."""

from collections import Counter

from sqlalchemy import func, select

from recruit.applications.counts import StageCount
from recruit.applications.models import Application, ApplicationEvent, Snapshot
from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from recruit.rules.notifications import Notification
from tests.service.place import Place

MADE = ("sent", "events", "snapshots", "messages")
"""What sending an application makes, one of each."""


def sent_once(place: Place, references: list[str]) -> dict[str, Counter[int]]:
    """Return, for each thing that sending makes, how many applications have it how often: all once is {1: number}."""
    with place.app.app_context():
        wanted = select(Application.id).where(Application.reference.in_(references))
        ids = list(db.session.scalars(wanted))
        sent = Application.id.in_(wanted) & Application.submitted_at.is_not(None)
        events = ApplicationEvent.application_id.in_(wanted)
        found = {
            "sent": per(db.session.scalars(select(Application.id).where(sent)).all(), ids),
            "events": per(db.session.scalars(select(ApplicationEvent.application_id).where(events)).all(), ids),
            "snapshots": per(
                db.session.scalars(select(Snapshot.application_id).where(Snapshot.application_id.in_(wanted))).all(),
                ids,
            ),
            "messages": per(
                db.session.scalars(
                    select(ApplicationEvent.application_id)
                    .join(OutboxMessage, OutboxMessage.id == ApplicationEvent.message_id)
                    .where(events)
                ).all(),
                ids,
            ),
        }
        db.session.remove()
    return found


def per(owners: object, ids: list[int]) -> Counter[int]:
    """Count how often each of `ids` is among `owners`, and how many have each count."""
    times = Counter(owners)  # type: ignore[call-overload]
    return Counter(times[one] for one in ids)


def messages(place: Place) -> int:
    """Return how many confirmations of sending there ever were: by day the worker posts reminders beside them."""
    with place.app.app_context():
        confirmations = OutboxMessage.notification == Notification.APPLICATION_SUBMITTED
        number = db.session.scalar(select(func.count(OutboxMessage.id)).where(confirmations)) or 0
        db.session.remove()
    return number


def wrong_counts(place: Place) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the counts by stage that are not what counting gives, as (kept, counted)."""
    with place.app.app_context():
        counted: Counter[tuple[str, str]] = Counter()
        rows = db.session.execute(
            select(Application.vacancy_id, Application.team_id, Application.status).where(
                Application.submitted_at.is_not(None)  # how many still write is nobody's business
            )
        )
        for vacancy_id, team_id, status in rows:
            for scope in ("all", f"vacancy:{vacancy_id}", f"team:{team_id}"):
                counted[scope, status.value] += 1
        kept = {(row.scope, row.status.value): row.number for row in db.session.scalars(select(StageCount))}
        db.session.remove()
    return {key: (kept.get(key, 0), counted[key]) for key in kept.keys() | counted if kept.get(key, 0) != counted[key]}
