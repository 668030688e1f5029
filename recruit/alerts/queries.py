"""Reading alerts."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from recruit.alerts.models import Alert, AlertSearch
from recruit.core.db import db


def alerts_of(email_key: str, *, confirmed: bool = True) -> list[Alert]:
    """Return the alerts of an address with their searches, the oldest first; at most `limits.ALERTS_AN_ADDRESS`.

    Args:
        email_key: as `accounts.addresses.email_key` gives it.  Ask only for whoever has shown that it is theirs.
        confirmed: leave out those that were not confirmed.
    """
    statement = select(Alert).where(Alert.email_key == email_key).options(joinedload(Alert.search)).order_by(Alert.id)
    if confirmed:
        statement = statement.where(Alert.confirmed_at.is_not(None))
    return list(db.session.scalars(statement))


def own_alert(alert_id: int, email_key: str) -> Alert | None:
    """Return the confirmed alert `alert_id` of the address, or None."""
    return next((alert for alert in alerts_of(email_key) if alert.id == alert_id), None)


def alert_for(email_key: str, search: AlertSearch) -> Alert | None:
    """Return the alert of the address for the search, confirmed or not, or None."""
    statement = select(Alert).where(Alert.email_key == email_key, Alert.search_id == search.id)
    return db.session.scalars(statement).one_or_none()


def number_of_alerts(email_key: str) -> int:
    """Return how many alerts the address has, confirmed or not."""
    return db.session.scalar(select(func.count()).where(Alert.email_key == email_key)) or 0
