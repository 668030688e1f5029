"""Applications as reviewers meet them: filled in and sent through the service."""

from datetime import datetime, timedelta
from typing import Any

from recruit.applications import submitting
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.db import db
from tests import factories
from tests.applications.answers import complete_application


def sent_application(*, days_ago: float = 1, **given: Any) -> Application:
    """Return an application that was sent so many days ago, by the real clock."""
    at: datetime = clock.now() - timedelta(days=days_ago)
    if "vacancy" not in given:
        given["vacancy"] = open_vacancy()
    application = complete_application(factories.ApplicationFactory(**given), at=at)
    submitting.send_application(application.candidate.as_actor(), application, now=at)
    db.session.commit()
    return application


def open_vacancy(**given: Any) -> Any:
    """Return a vacancy that has been open for two months, so that old applications fit into it."""
    return factories.VacancyFactory(published=True, opens_at=clock.now() - timedelta(days=60), **given)
