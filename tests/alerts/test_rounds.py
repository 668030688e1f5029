"""What the worker does for alerts: which vacancies are told, when, how often, and that it is never twice."""

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from recruit.alerts import rounds
from recruit.alerts.digests import due_up_to
from recruit.alerts.models import Alert, AlertLink, AlertMatch, AlertSearch, AlertVacancy, Frequency
from recruit.alerts.rounds import Rounds, keep_or_end, send_matches
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.lifecycle import VacancyStatus
from recruit.rules.notifications import Notification
from recruit.vacancies.finder_query import Query
from tests.alerts.alerting import ADDRESS, DAY, MINUTE, a_round, a_vacancy, an_alert, asked_for, messages, told
from tests.factories import NOW


def test_a_new_vacancy_is_told_once(session: Session):
    an_alert(query=Query("fostering"))
    a_vacancy(NOW + DAY, title="Fostering social worker")
    a_vacancy(NOW + DAY, title="Other")

    for minute in range(3):
        a_round(NOW + DAY + minute * MINUTE)

    assert told() == [["Fostering social worker"]]


def test_nothing_is_sent_before_confirmation(session: Session):
    asked_for()
    a_vacancy(NOW + DAY)

    a_round(NOW + DAY)

    assert told() == []


@pytest.mark.parametrize(
    ("opens", "published", "is_told"),
    [(DAY, DAY, True), (-DAY, -DAY, False), (timedelta(0), timedelta(0), False), (-DAY, DAY, True), (DAY, -DAY, True)],
)
def test_only_what_became_public_after_confirmation_is_told(session: Session, opens, published, is_told):
    an_alert()
    a_vacancy(NOW + opens, title="New", published_at=NOW + published)

    a_round(NOW + DAY)

    assert told() == ([["New"]] if is_told else [])


@pytest.mark.parametrize(
    "facts", [{"status": VacancyStatus.CANCELLED}, {"closes_at": NOW + DAY + MINUTE}, {"opens_at": NOW + 9 * DAY}]
)
def test_what_is_not_open_when_mail_goes_is_not_told(session: Session, facts):
    an_alert()
    an_alert("daily@people.example", frequency=Frequency.DAILY)
    a_vacancy(NOW + DAY, title="Stays")
    gone = a_vacancy(NOW + DAY, title="Goes")
    with transaction():
        Rounds().match_vacancies(NOW + DAY)
        for name, value in facts.items():
            setattr(gone, name, value)

    for day in (1, 2):
        a_round(NOW + day * DAY + 2 * MINUTE)

    assert (told(), told("daily@people.example")) == ([["Stays"]], [["Stays"]])
    assert session.scalar(select(func.count()).select_from(AlertMatch)) == 2


def test_a_worker_takes_in_searches_that_are_asked_for_while_it_runs(session: Session):
    worker = Rounds()
    an_alert(query=Query("adoption"))
    a_vacancy(NOW + DAY, title="Adoption social worker")
    a_round(NOW + DAY, worker)
    an_alert("new@people.example", Query("fostering"), now=NOW + DAY)
    a_vacancy(NOW + 2 * DAY, title="Fostering officer")

    a_round(NOW + 2 * DAY, worker)

    assert (told(), told("new@people.example")) == ([["Adoption social worker"]], [["Fostering officer"]])


def test_a_search_that_was_forgotten_does_not_answer_for_a_later_one(session: Session):
    worker = Rounds()
    last = an_alert(query=Query("adoption"))
    a_vacancy(NOW + DAY, title="Adoption social worker")
    a_round(NOW + DAY, worker)
    with transaction():
        rounds.forget_alerts([last.id])
    an_alert("new@people.example", Query("fostering"), now=NOW + DAY)
    a_vacancy(NOW + 2 * DAY, title="Adoption deputy")

    a_round(NOW + 2 * DAY, worker)

    assert told("new@people.example") == []


def test_a_long_mail_lists_some_and_leads_to_the_rest(session: Session, monkeypatch):
    monkeypatch.setattr(limits, "ALERT_VACANCIES_A_MAIL", 2)
    an_alert()
    for title, days in (("B", 20), ("C", 30), ("A", 10)):
        a_vacancy(NOW + DAY, title=title, closes_at=NOW + days * DAY)

    a_round(NOW + DAY)

    assert told() == [["A", "B"]]
    assert (messages()[0].context["more"], messages()[0].context["headline"]) == ("1 more", "3 new vacancies")


def test_many_vacancies_and_alerts_are_done_in_steps(session: Session, monkeypatch):
    monkeypatch.setattr(rounds, "ALERTS_A_STEP", 2)
    monkeypatch.setattr(rounds, "SEARCHES_A_STATEMENT", 1)
    monkeypatch.setattr(rounds, "SEARCHES_A_STEP", 2)
    addresses = [f"p{number}@people.example" for number in range(5)]
    for number, address in enumerate(addresses):
        an_alert(address, Query(("social", "worker", "")[number % 3]))
    for number in range(7):
        a_vacancy(NOW + DAY, title=f"Social worker {number}")

    a_round(NOW + DAY)

    assert [[len(titles) for titles in told(address)] for address in addresses] == [[7]] * 5
    assert session.scalar(select(func.count()).select_from(AlertVacancy)) == 7


def test_the_database_refuses_a_vacancy_twice(session: Session):
    alert_id, vacancy_id = an_alert().id, a_vacancy(NOW + DAY).id
    for _ in range(2):
        session.add(AlertMatch(alert_id=alert_id, vacancy_id=vacancy_id, matched_at=NOW))
        with suppress(IntegrityError):
            session.commit()
        session.rollback()
        session.expunge_all()

    assert session.scalar(select(func.count()).select_from(AlertMatch)) == 1


def test_two_workers_at_once_tell_each_vacancy_once(app: Flask, session: Session):
    addresses = [f"p{number}@people.example" for number in range(6)]
    for address in addresses:
        an_alert(address)
    for number in range(8):
        a_vacancy(NOW + DAY, title=f"Vacancy {number}")
    start = threading.Barrier(2)

    def work() -> None:
        with app.app_context():
            start.wait()
            for minute in range(4):
                with suppress(OperationalError):
                    a_round(NOW + DAY + minute * MINUTE)
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    a_round(NOW + DAY + 5 * MINUTE)

    titles = {address: sorted(title for mail in told(address) for title in mail) for address in addresses}
    assert titles == {address: [f"Vacancy {number}" for number in range(8)] for address in addresses}


@pytest.mark.parametrize(
    ("frequency", "now", "up_to"),
    [
        (Frequency.DAILY, datetime(2026, 3, 10, 8, 0, tzinfo=UTC), datetime(2026, 3, 10, 8, tzinfo=UTC)),
        (Frequency.DAILY, datetime(2026, 3, 10, 7, 59, tzinfo=UTC), datetime(2026, 3, 9, 8, tzinfo=UTC)),
        (Frequency.DAILY, datetime(2026, 3, 29, 6, 59, tzinfo=UTC), datetime(2026, 3, 28, 8, tzinfo=UTC)),
        (Frequency.DAILY, datetime(2026, 3, 29, 7, 0, tzinfo=UTC), datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (Frequency.DAILY, datetime(2026, 10, 25, 7, 30, tzinfo=UTC), datetime(2026, 10, 24, 7, tzinfo=UTC)),
        (Frequency.DAILY, datetime(2026, 10, 25, 8, 0, tzinfo=UTC), datetime(2026, 10, 25, 8, tzinfo=UTC)),
        (Frequency.WEEKLY, datetime(2026, 3, 30, 6, 59, tzinfo=UTC), datetime(2026, 3, 23, 8, tzinfo=UTC)),
        (Frequency.WEEKLY, datetime(2026, 3, 30, 7, 0, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)),
        (Frequency.WEEKLY, datetime(2026, 4, 5, 23, 0, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)),
        (Frequency.INSTANT, datetime(2026, 3, 29, 1, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_digests_come_at_eight_by_londons_clocks(frequency: Frequency, now: datetime, up_to: datetime):
    assert due_up_to(frequency, now) == up_to


def test_each_frequency_waits_for_its_time(session: Session):
    who = {frequency: f"{frequency}@people.example" for frequency in Frequency}
    for frequency, address in who.items():
        an_alert(address, frequency=frequency)
    tuesday = datetime(2026, 3, 24, 12, tzinfo=UTC)
    a_vacancy(tuesday, title="New")
    heard = {}

    for now in (
        tuesday,
        tuesday + timedelta(hours=19),
        tuesday + timedelta(hours=21),
        datetime(2026, 3, 30, 7, 1, tzinfo=UTC),
    ):
        a_round(now)
        heard[now] = [frequency.value for frequency, address in who.items() if told(address)]

    assert list(heard.values()) == [["instant"], ["instant"], ["instant", "daily"], ["instant", "daily", "weekly"]]


def test_after_a_year_we_ask_and_end_what_is_not_answered(session: Session):
    an_alert()
    asked = NOW + limits.ALERT_KEPT
    numbers = []

    for now in (asked - MINUTE, asked, asked + MINUTE, asked + limits.ALERT_ANSWER_WITHIN - MINUTE):
        with transaction():
            keep_or_end(now)
        numbers.append(
            (len(messages(Notification.ALERT_KEEP)), session.scalar(select(func.count()).select_from(Alert)))
        )
    with transaction():
        keep_or_end(asked + limits.ALERT_ANSWER_WITHIN)

    assert numbers == [(0, 1), (1, 1), (1, 1), (1, 1)]
    assert [session.scalar(select(func.count()).select_from(model)) for model in (Alert, AlertSearch)] == [0, 0]
    assert messages(Notification.ALERT_KEEP)[0].recipient == ADDRESS


def test_who_says_yes_is_asked_again_in_a_year(session: Session):
    alert = an_alert()
    asked = NOW + limits.ALERT_KEPT
    with transaction():
        keep_or_end(asked)
    with transaction():
        alert.kept_at, alert.asked_at = asked + DAY, None

    for now in (asked + limits.ALERT_ANSWER_WITHIN + DAY, asked + limits.ALERT_KEPT, asked + DAY + limits.ALERT_KEPT):
        with transaction():
            keep_or_end(now)

    assert len(messages(Notification.ALERT_KEEP)) == 2


def test_what_nobody_confirms_is_removed_after_a_week(session: Session):
    asked_for()
    left = []

    for now in (NOW + limits.ALERT_UNCONFIRMED_KEPT - MINUTE, NOW + limits.ALERT_UNCONFIRMED_KEPT):
        with transaction():
            keep_or_end(now)
        left.append([session.scalar(select(func.count()).select_from(model)) for model in (Alert, AlertLink)])

    assert left == [[1, 0], [0, 0]]


def test_another_worker_at_the_same_work_is_left_to_it(app: Flask, session: Session):
    """PostgreSQL; on SQLite one transaction writes at a time."""
    if db.engine.dialect.name == "sqlite":
        return
    an_alert()
    a_vacancy(NOW + DAY)
    with db.engine.connect() as other:
        other.exec_driver_sql("SELECT name FROM counter WHERE name = 'alert_round' FOR UPDATE")
        with transaction():
            more = [Rounds().match_vacancies(NOW + DAY), send_matches(NOW + DAY), keep_or_end(NOW + DAY)]

    assert more == [False, False, False]
    assert session.scalar(select(func.count()).select_from(AlertVacancy)) == 0
