"""Taking messages, and how they end."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from recruit.core.transaction import transaction
from recruit.notifications import leases, outbox, queries
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from tests.notifications.messages import NOW, WITHDRAWN, posted

LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)


def take(number: int = 10, *, now: datetime = NOW) -> list[OutboxMessage]:
    with transaction():
        return leases.take(number, now=now, until=now + LEASE)


def kept(session: Session) -> list[OutboxMessage]:
    session.rollback()
    return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_messages_are_taken_oldest_first_and_by_one_worker_only(session: Session):
    posted(2, at=NOW - SECOND, to="late{}@people.example")
    posted(2, at=NOW - 2 * SECOND, to="later{}@people.example")

    first, second, third = take(3), take(3), take(3)

    assert [message.recipient for message in first] == [
        "later0@people.example",
        "later1@people.example",
        "late0@people.example",
    ]
    assert [message.recipient for message in second] == ["late1@people.example"]
    assert third == []
    assert len({message.lease for message in first}) == 1
    assert {message.lease for message in first} & {message.lease for message in second} == set()
    assert [(message.attempts, message.leased_until) for message in first + second] == [(1, NOW + LEASE)] * 4


@pytest.mark.parametrize(
    ("state", "is_taken"),
    [
        ({}, True),
        ({"due_at": NOW}, True),
        ({"due_at": NOW + SECOND}, False),
        ({"sent_at": NOW}, False),
        ({"cancelled_at": NOW}, False),
        ({"failed_at": NOW}, False),
        ({"lease": "another", "leased_until": NOW + SECOND}, False),
        ({"lease": "dead", "leased_until": NOW}, True),
    ],
)
def test_only_what_is_due_waiting_and_free_is_taken(session: Session, state: dict[str, object], is_taken: bool):
    [message] = posted()
    with transaction():
        for name, value in state.items():
            setattr(message, name, value)

    assert leases.is_any_due(NOW) == is_taken
    assert len(take()) == int(is_taken)


def test_a_sent_message_says_nothing_any_more(session: Session):
    posted()
    [message] = take()

    with transaction():
        assert leases.mark_sent(message, at=NOW + SECOND)
        assert not leases.mark_sent(message, at=NOW + 2 * SECOND)

    [row] = kept(session)
    assert (row.sent_at, row.context, row.lease, row.leased_until, row.attempts) == (NOW + SECOND, {}, None, None, 1)


def test_a_delayed_message_comes_back_when_its_time_is_up(session: Session):
    posted()
    [message] = take()

    with transaction():
        assert leases.postpone(message, until=NOW + 30 * SECOND, error="smtp: 450")

    [row] = kept(session)
    assert (row.last_error, row.context, row.lease) == ("smtp: 450", WITHDRAWN, None)
    assert take(now=NOW + 29 * SECOND) == []
    assert [again.attempts for again in take(now=NOW + 30 * SECOND)] == [2]


def test_a_failed_message_never_comes_back(session: Session):
    posted()
    [message] = take()

    with transaction():
        assert leases.mark_failed(message, at=NOW + SECOND, error="smtp: 550")

    [row] = kept(session)
    assert (row.failed_at, row.last_error, row.lease) == (NOW + SECOND, "smtp: 550", None)
    assert row.context == message.context, "what it would have said is kept, so that it can be sent again"
    assert take(now=NOW + timedelta(days=400)) == []


def test_what_was_not_begun_is_put_back_as_if_never_taken(session: Session):
    posted(3)
    first, *rest = take()

    with transaction():
        leases.release(rest)

    assert [(row.lease is None, row.attempts) for row in kept(session)] == [(False, 1), (True, 0), (True, 0)]
    assert [again.id for again in take()] == [message.id for message in rest]


def test_a_worker_whose_lease_has_ended_changes_nothing_of_the_next_ones(session: Session):
    posted()
    [mine] = take()
    [theirs] = take(now=NOW + LEASE)

    with transaction():
        assert not leases.postpone(mine, until=NOW + timedelta(days=1), error="late")
        assert not leases.mark_failed(mine, at=NOW, error="late")
        leases.release([mine])

    [row] = kept(session)
    assert (row.lease, row.due_at, row.failed_at, row.last_error, row.attempts) == (theirs.lease, NOW, None, "", 2)


def test_a_cancelled_message_is_not_marked_as_sent(session: Session):
    [message] = posted()
    with transaction():
        outbox.cancel(message, at=NOW)

    with transaction():
        assert not leases.mark_sent(message, at=NOW)

    assert [(row.sent_at, row.cancelled_at) for row in kept(session)] == [(None, NOW)]


def test_the_schedule_of_tries():
    pauses = []
    while pause := leases.retry_pause(len(pauses) + 1, limits.RETRY_AFTER, limits.RETRY_FOR):
        pauses.append(pause.total_seconds())

    assert pauses == [30, 120, 600, 1800] + [3600] * 71
    assert timedelta(days=3) - timedelta(hours=1) < timedelta(seconds=sum(pauses)) <= timedelta(days=3)


def test_figures(session: Session):
    at = NOW - 90 * SECOND
    _sent, _failed, cancelled, _leased, _late, held = posted(6, at=at)
    with transaction():
        held.due_at = NOW + SECOND
        outbox.cancel(cancelled, at=at)
    first, second, third = take(3, now=at)
    with transaction():
        leases.mark_sent(first, at=NOW)
        leases.mark_failed(second, at=NOW, error="smtp: 550")

    assert third.lease is not None
    assert queries.outbox_figures(NOW) == {"waiting": 3, "failed": 1, "oldest_due_seconds": 90.0}


def test_figures_when_nothing_is_due_yet(session: Session):
    posted(2, at=NOW + SECOND)

    assert queries.outbox_figures(NOW) == {"waiting": 2, "failed": 0, "oldest_due_seconds": 0.0}


def test_figures_of_an_empty_outbox(session: Session):
    assert queries.outbox_figures(NOW) == {"waiting": 0, "failed": 0, "oldest_due_seconds": 0.0}


def test_looking_taking_and_counting_read_the_waiting_rows_only(session: Session):
    """A service that has sent a million messages looks at those that wait, by the partial indexes."""
    asked: list[tuple[str, Any]] = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    leases.is_any_due(NOW)
    take()
    queries.outbox_figures(NOW)
    event.remove(Engine, "before_cursor_execute", note)

    plans = [_plan(session, statement, parameters) for statement, parameters in asked]
    assert ["ix_outbox_message_" in plan for plan in plans] == [True] * 4, plans


def _plan(session: Session, statement: str, parameters: Any) -> str:
    """Return how the database would run `statement` over many rows."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # a test's few rows need no index
        return "\n".join(str(row) for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))
    return "\n".join(str(row) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))


@pytest.mark.parametrize("about", ["A-7K3QF", None])
def test_what_is_about_an_application_waits_for_a_person_when_it_fails_or_comes_back(
    session: Session, about: str | None
):
    failing, returning = posted(2)
    with transaction():
        session.merge(failing).about = session.merge(returning).about = about
    for message in take():
        with transaction():
            if message.id == failing.id:
                leases.mark_failed(message, at=NOW, error="smtp: recipient 550")
            else:
                leases.mark_sent(message, at=NOW)
    for _ in range(2):  # it is told again for days
        with transaction():
            leases.mark_returned({returning.key: "notify: permanent-failure"}, at=NOW + SECOND)

    waits = [NOW, NOW + SECOND] if about else [None, None]
    assert [message.unsettled_since for message in kept(session)] == waits
