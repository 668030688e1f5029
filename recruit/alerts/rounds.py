"""What the worker does for alerts each minute.  Each function is one step, in a transaction that the worker opens.

One worker at a time does a step: it holds a row of the counters, and whoever finds it held leaves the work to the
holder.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, insert, literal, or_, select, update
from sqlalchemy.orm import joinedload

from recruit.alerts import links
from recruit.alerts.digests import due_up_to
from recruit.alerts.mails import write_of_vacancies, write_to_keep
from recruit.alerts.matching import Matching
from recruit.alerts.models import Alert, AlertMatch, AlertSearch, AlertVacancy, Frequency
from recruit.alerts.searches import forget_alerts, names
from recruit.core.counters import ALERT_ROUND, Counter
from recruit.core.db import db, table_of
from recruit.rules import limits
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.finder_rows import VacancyRow, read_rows
from recruit.vacancies.models import Vacancy
from recruit.vacancies.synonym_groups import vocabulary_now

VACANCIES_A_STEP = 5  # held against the alerts in one transaction
ALERTS_A_STEP = 100  # written to, asked or removed in one transaction
SEARCHES_A_STEP = 5_000  # read in one transaction
SEARCHES_A_STATEMENT = 5_000


class Rounds:
    """The rounds of one worker, which keeps the searches in memory from one to the next."""

    def __init__(self) -> None:
        self._matching = Matching()
        self._read_up_to = 0

    def match_vacancies(self, now: datetime) -> bool:
        """Note for a few vacancies that became public which alerts are to tell of them; say whether there may be more.

        Only alerts that were confirmed before a vacancy became public tell of it.
        """
        if not _is_ours():
            return False
        fresh = _not_matched(now)
        if not fresh:
            return False
        vocabulary = vocabulary_now(self._matching.vocabulary)
        if vocabulary is not self._matching.vocabulary:  # all searches ask for other terms
            self._matching, self._read_up_to = Matching(vocabulary), 0
        if self._read_searches():
            return True
        rows = read_rows(now, only=list(fresh))
        for number, texts in rows.texts.items():  # one that cannot be read whole yet waits for the next round
            db.session.execute(insert(table_of(AlertVacancy)), {"vacancy_id": number, "at": now})
            found = self._matching.searches_for(rows.vacancies[number], texts)
            for start in range(0, len(found), SEARCHES_A_STATEMENT):
                _match(number, found[start : start + SEARCHES_A_STATEMENT], fresh[number], now)
        return len(rows.texts) == VACANCIES_A_STEP

    def _read_searches(self) -> bool:
        """Take in some of the searches that are new, whose ids are committed in order; say whether there may be more.

        A worker that has just begun reads them all, and nobody is to wait for that to be over.
        """
        statement = (
            select(AlertSearch.id, AlertSearch.words, AlertSearch.chosen)
            .where(AlertSearch.id > self._read_up_to)
            .order_by(AlertSearch.id)
            .limit(SEARCHES_A_STEP)
        )
        added = db.session.execute(statement).tuples().all()
        if added:
            self._matching.add(added)
            self._read_up_to = added[-1][0]
        return len(added) == SEARCHES_A_STEP


def send_matches(now: datetime) -> bool:
    """Write to a few alerts about the vacancies that wait for them; say whether there may be more."""
    if not _is_ours():
        return False
    due = [
        (Alert.frequency == frequency) & (AlertMatch.matched_at <= due_up_to(frequency, now)) for frequency in Frequency
    ]
    waiting = (
        select(AlertMatch.alert_id, AlertMatch.vacancy_id)
        .join(Alert, Alert.id == AlertMatch.alert_id)
        .where(AlertMatch.message_id.is_(None), or_(*due))
    )
    ids = db.session.scalars(
        waiting.with_only_columns(AlertMatch.alert_id).distinct().order_by(AlertMatch.alert_id).limit(ALERTS_A_STEP)
    ).all()
    if not ids:
        return False
    found: dict[int, list[int]] = {alert_id: [] for alert_id in ids}
    for alert_id, vacancy_id in db.session.execute(waiting.where(AlertMatch.alert_id.in_(ids))):
        found[alert_id].append(vacancy_id)
    rows = _open_rows({number for numbers in found.values() for number in numbers}, now)
    known = names()
    statement = select(Alert).where(Alert.id.in_(ids)).options(joinedload(Alert.search)).order_by(Alert.id)
    for alert in db.session.scalars(statement):
        theirs = sorted(
            (rows[number] for number in found[alert.id] if number in rows), key=lambda row: (row.closes_at, row.id)
        )
        _settle(
            alert.id, found[alert.id], write_of_vacancies(alert, theirs, known, now=now) if theirs else None, theirs
        )
    return len(ids) == ALERTS_A_STEP


def keep_or_end(now: datetime) -> bool:
    """Ask a few whether they still want an alert, a year after they last said so; say whether there may be more.

    Those who do not answer in time hear no more, and what nobody confirmed is removed.
    """
    if not _is_ours():
        return False
    unanswered = Alert.asked_at <= now - limits.ALERT_ANSWER_WITHIN
    unconfirmed = Alert.confirmed_at.is_(None) & (Alert.consented_at <= now - limits.ALERT_UNCONFIRMED_KEPT)
    over = db.session.scalars(select(Alert.id).where(unanswered | unconfirmed).order_by(Alert.id).limit(ALERTS_A_STEP))
    ended = over.all()
    forget_alerts(ended)
    links.clear_expired(now)
    statement = (
        select(Alert)
        .where(Alert.kept_at <= now - limits.ALERT_KEPT, Alert.asked_at.is_(None))
        .options(joinedload(Alert.search))
        .order_by(Alert.id)
        .limit(ALERTS_A_STEP)
    )
    asked = db.session.scalars(statement).all()
    known = names() if asked else {}
    for alert in asked:
        alert.asked_at = now
        write_to_keep(alert, known, now=now)
    return len(ended) == ALERTS_A_STEP or len(asked) == ALERTS_A_STEP


def _is_ours() -> bool:
    """Hold the row that stands for this work until the transaction ends; say no if another worker holds it."""
    row = select(Counter.name).where(Counter.name == ALERT_ROUND).with_for_update(skip_locked=True)
    return db.session.scalar(row) is not None


def _not_matched(now: datetime) -> dict[int, datetime]:
    """A few vacancies that are open and were not held against the alerts yet, with when each became public."""
    statement = (
        select(Vacancy.id, Vacancy.opens_at, Vacancy.published_at)
        .where(Vacancy.status == VacancyStatus.PUBLISHED, Vacancy.opens_at <= now, Vacancy.closes_at > now)
        .where(~exists().where(AlertVacancy.vacancy_id == Vacancy.id))
        .order_by(Vacancy.opens_at, Vacancy.id)
        .limit(VACANCIES_A_STEP)
    )
    return {row.id: max(row.opens_at, row.published_at or row.opens_at) for row in db.session.execute(statement)}


def _match(vacancy_id: int, searches: Sequence[int], public_at: datetime, now: datetime) -> None:
    match = table_of(AlertMatch).c
    theirs = select(Alert.id, literal(vacancy_id, match.vacancy_id.type), literal(now, match.matched_at.type)).where(
        Alert.search_id.in_(searches), Alert.confirmed_at < public_at
    )
    names = [match.alert_id, match.vacancy_id, match.matched_at]
    db.session.execute(insert(table_of(AlertMatch)).from_select(names, theirs))


def _open_rows(numbers: set[int], now: datetime) -> dict[int, VacancyRow]:
    """Those of the vacancies that take applications at `now`: what is closed or cancelled meanwhile is not sent."""
    rows = read_rows(now, only=sorted(numbers)).vacancies if numbers else {}
    return {number: row for number, row in rows.items() if row.opens_at <= now}


def _settle(alert_id: int, numbers: Sequence[int], message_id: int | None, sent: Sequence[VacancyRow]) -> None:
    """Note which message tells of the vacancies `sent`, and forget those that ended before they could be told of."""
    table = table_of(AlertMatch)
    theirs = (table.c.alert_id == alert_id, table.c.vacancy_id.in_(numbers), table.c.message_id.is_(None))
    if sent:
        told = table.c.vacancy_id.in_([row.id for row in sent])
        db.session.execute(update(table).where(*theirs, told).values(message_id=message_id))
    if len(sent) < len(numbers):
        db.session.execute(delete(table).where(*theirs))
