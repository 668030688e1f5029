"""The alerts of somebody's own address, in words, for whoever it is about (UK GDPR, articles 15 and 20)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from recruit.accounts.models import User
from recruit.alerts import queries
from recruit.alerts.digests import OFTEN
from recruit.alerts.models import AlertMatch
from recruit.alerts.searches import names, query_of_alert, search_words
from recruit.core.db import db


@dataclass(frozen=True, slots=True)
class OwnAlert:
    """One alert.  `told` is how many vacancies it has told of."""

    id: int
    search: str
    often: str
    email: str
    consent: str
    agreed_at: datetime
    confirmed_at: datetime | None
    told: int


def own_alerts(user: User) -> list[OwnAlert]:
    """Return the confirmed alerts of the address of `user`, the oldest first; none until the address is confirmed."""
    alerts = queries.alerts_of(user.email_key) if user.confirmed_at is not None else []
    if not alerts:
        return []
    known = names()
    counted = (
        select(AlertMatch.alert_id, func.count())
        .where(AlertMatch.alert_id.in_([alert.id for alert in alerts]), AlertMatch.message_id.is_not(None))
        .group_by(AlertMatch.alert_id)
    )
    told = dict(db.session.execute(counted).tuples().all())
    return [
        OwnAlert(
            id=alert.id,
            search=search_words(query_of_alert(alert), known),
            often=OFTEN[alert.frequency],
            email=alert.email,
            consent=alert.consent,
            agreed_at=alert.consented_at,
            confirmed_at=alert.confirmed_at,
            told=told.get(alert.id, 0),
        )
        for alert in alerts
    ]
