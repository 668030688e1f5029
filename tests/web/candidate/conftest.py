"""Applications of the candidate who visits, open by the real clock."""

from datetime import UTC, datetime, timedelta

import pytest

from recruit.applications.models import Application
from recruit.core.db import db
from tests import factories
from tests.applications.answers import complete_application
from tests.visitor import Visitor


@pytest.fixture
def draft(candidate: Visitor) -> Application:
    """An empty draft of the visiting candidate."""
    return factories.ApplicationFactory(candidate=candidate.user)


@pytest.fixture
def ready(draft: Application) -> Application:
    """The same, with everything answered."""
    return complete_application(draft, at=datetime.now(UTC) - timedelta(minutes=2))


@pytest.fixture
def close():
    """Return a way to let a vacancy close now."""

    def close(application: Application) -> None:
        application.vacancy.closes_at = datetime.now(UTC) - timedelta(seconds=1)
        db.session.commit()

    return close
