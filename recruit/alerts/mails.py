"""The emails that alerts write once they are confirmed.  Each carries a link of its own to change or end the alert."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from recruit.alerts.digests import OFTEN
from recruit.alerts.links import new_link
from recruit.alerts.models import Alert, LinkPurpose
from recruit.alerts.searches import query_of_alert, query_string, search_words
from recruit.notifications.outbox import post_at_once
from recruit.rules import limits
from recruit.rules.notifications import Notification
from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.presentation import card


def write_of_vacancies(alert: Alert, rows: Sequence[VacancyRow], known: Mapping[str, str], *, now: datetime) -> int:
    """Post one email about `rows` and return its id.

    Args:
        alert: to whom.
        rows: vacancies, at least one, in the order in which they are to stand.
        known: as `searches.names` gives them.
        now: this moment.
    """
    query, listed = query_of_alert(alert), rows[: limits.ALERT_VACANCIES_A_MAIL]
    more = len(rows) - len(listed)
    token = new_link(alert.id, LinkPurpose.MANAGE, now=now)
    return post_at_once(
        Notification.ALERT_VACANCIES,
        alert.email,
        at=now,
        headline=rows[0].title if len(rows) == 1 else f"{len(rows)} new vacancies",
        search=search_words(query, known),
        vacancies="\n\n".join(_in_words(row) for row in listed),
        more=f"{more} more" if more else "",
        jobs=f"/jobs{query_string(query)}",
        often=OFTEN[alert.frequency][0].lower() + OFTEN[alert.frequency][1:],
        token=token,
        unsubscribe=f"/alerts/unsubscribe/{token}",
    )


def write_to_keep(alert: Alert, known: Mapping[str, str], *, now: datetime) -> int:
    """Post the yearly question and return its id; arguments as in `write_of_vacancies`."""
    token = new_link(alert.id, LinkPurpose.MANAGE, now=now)
    return post_at_once(
        Notification.ALERT_KEEP,
        alert.email,
        at=now,
        search=search_words(query_of_alert(alert), known),
        weeks=str(limits.ALERT_ANSWER_WITHIN.days // 7),
        token=token,
        unsubscribe=f"/alerts/unsubscribe/{token}",
    )


def _in_words(row: VacancyRow) -> str:
    one = card(row)
    welcome = (
        f"\n{one.welcome_payment} welcome payment: one-off, before tax, with conditions" if one.welcome_payment else ""
    )
    return (
        f"{one.title}\n{one.team}, {one.place}\n{one.pay} {one.pay_basis}, {one.hours}{welcome}\n"
        f"Closes at {one.closes}\n{{site}}{one.href}"
    )
