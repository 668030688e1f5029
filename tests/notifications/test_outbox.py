"""Posting and taking back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from recruit.rules.notifications import Notification
from tests.notifications.messages import NOW, WITHDRAWN, posted

LATER = NOW + timedelta(minutes=30)


def test_a_posted_message_is_due_at_once_unless_said_otherwise(session: Session):
    with transaction():
        outbox.post(Notification.APPLICATION_WITHDRAWN, "sam@people.example", at=NOW, **WITHDRAWN)
        outbox.post(Notification.APPLICATION_SHORTLISTED, "sam@people.example", at=NOW, due_at=LATER)

    first, second = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    assert (first.posted_at, first.due_at, first.recipient, first.context) == (
        NOW,
        NOW,
        "sam@people.example",
        WITHDRAWN,
    )
    assert (second.posted_at, second.due_at, second.context) == (NOW, LATER, {})
    assert (first.attempts, first.lease, first.sent_at, first.cancelled_at, first.failed_at) == (0, None) + (None,) * 3
    assert len(first.key) == 32
    assert first.key != second.key


def test_no_change_no_message(session: Session):
    def post_and_fail() -> None:
        with transaction():
            outbox.post(Notification.APPLICATION_WITHDRAWN, "sam@people.example", at=NOW, **WITHDRAWN)
            session.flush()
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        post_and_fail()

    assert session.scalars(select(OutboxMessage)).all() == []


@pytest.mark.parametrize(
    "state", [{}, {"lease": "ended", "leased_until": NOW, "attempts": 1}, {"due_at": NOW - timedelta(days=1)}]
)
def test_a_waiting_message_can_be_taken_back(session: Session, state: dict[str, object]):
    [message] = posted()
    _change(message, state)

    with transaction():
        outbox.cancel(message, at=NOW)

    assert (message.cancelled_at, message.context, message.lease, message.leased_until) == (NOW, {}, None, None)


def test_a_message_can_be_taken_back_in_the_transaction_that_posts_it(session: Session):
    with transaction():
        message = outbox.post(Notification.APPLICATION_WITHDRAWN, "sam@people.example", at=NOW, **WITHDRAWN)
        outbox.cancel(message, at=NOW)

    assert message.cancelled_at == NOW


@pytest.mark.parametrize(
    "state",
    [
        {"sent_at": NOW},
        {"failed_at": NOW},
        {"cancelled_at": NOW - timedelta(minutes=1)},
        {"lease": "somebody", "leased_until": NOW + timedelta(microseconds=1)},
    ],
)
def test_a_message_that_has_gone_cannot_be_taken_back(session: Session, state: dict[str, datetime]):
    [message] = posted()
    _change(message, state)

    with pytest.raises(Conflict, match=r"^The message has already gone\.$"), transaction():
        outbox.cancel(message, at=NOW)

    assert {name: getattr(message, name) for name in state} == state
    assert message.context == WITHDRAWN


def test_only_that_message_is_taken_back(session: Session):
    message, other = posted(2)

    with transaction():
        outbox.cancel(message, at=NOW)

    assert (message.cancelled_at, other.cancelled_at) == (NOW, None)


def _change(message: OutboxMessage, state: dict[str, object]) -> None:
    with transaction():
        for name, value in state.items():
            setattr(message, name, value)
