"""Messages for tests."""

from datetime import UTC, datetime

from recruit.core.transaction import transaction
from recruit.notifications import outbox
from recruit.notifications.delivery import Sender
from recruit.notifications.models import OutboxMessage
from recruit.rules.notifications import Notification

NOW = datetime(2022, 5, 30, 9, tzinfo=UTC)
WITHDRAWN = {"name": "Sam", "vacancy": "Social worker", "reference": "A-7K3QF", "path": "/applications/A-7K3QF"}
SENDER = Sender(
    "jobs@demo.example",
    {"name": "Social work jobs", "organisation": "Middlesbrough Council", "public_url": "https://jobs.example"},
)


def a_message(**changes: object) -> OutboxMessage:
    """Return a message that is in no session."""
    given = {
        "key": "ab" * 16,
        "notification": Notification.APPLICATION_WITHDRAWN,
        "recipient": "sam@people.example",
        "context": WITHDRAWN,
    }
    return OutboxMessage(**{**given, **changes})


def posted(number: int = 1, *, at: datetime = NOW, to: str = "sam{}@people.example") -> list[OutboxMessage]:
    """Post messages and keep them."""
    with transaction():
        return [
            outbox.post(Notification.APPLICATION_WITHDRAWN, to.format(index), at=at, **WITHDRAWN)
            for index in range(number)
        ]
