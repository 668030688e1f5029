"""Interest as people register it."""

from datetime import datetime
from typing import Any

from recruit.accounts.models import User
from recruit.applications.models import Registration
from recruit.applications.saving import Entered
from recruit.core.transaction import transaction
from recruit.interest import service
from recruit.interest.models import Interest
from tests import factories
from tests.factories import NOW

SECRET = "a secret of the tests"
AGREED = "I agree to this."


def told(**changes: Any) -> dict[str, Any]:
    """Return every answer, by column."""
    return {
        "state": Registration.REGISTERED,
        "number": "sw 12345",
        "expected_on": None,
        "right_to_work": True,
        "needs_sponsorship": False,
        "teams": [],
        "grades": [],
        "hours_wanted": "30 hours",
        **changes,
    }


def registered(candidate: User | None = None, *, now: datetime = NOW, seen: str = "", **changes: Any) -> Interest:
    """Return the interest of `candidate`, or of somebody new."""
    owner = candidate or factories.UserFactory()
    with transaction():
        return service.save_interest(
            owner.as_actor(), owner, Entered(told(**changes), seen), AGREED, secret=SECRET, now=now
        )
