"""Applications as reviewers meet them: filled in and sent through the service."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from recruit.applications import submitting
from recruit.applications.letters import LetterDraft
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.delivery import Sender
from recruit.review import releasing
from recruit.review.releasing import Ticked
from recruit.review.rows import RowResult
from recruit.rules.access import Actor
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


SENDER = Sender("jobs@council.test", {"name": "Jobs", "organisation": "Council", "public_url": "https://jobs.test"})


def ticks(applications: Iterable[Application]) -> list[Ticked]:
    """Return applications as somebody ticks them who has the page before them now."""
    db.session.expire_all()
    return [Ticked(one.reference, one.version, _letter_version(one)) for one in applications]


def _letter_version(application: Application) -> int:
    draft = db.session.get(LetterDraft, application.id)
    return draft.version if draft else 0


def release(actor: Actor, *applications: Application) -> list[RowResult]:
    """Let candidates be told of the decisions on their applications, as HR does on the page of those that wait."""
    ticked = ticks(applications)
    with transaction():
        return releasing.release(actor, ticked, SENDER, now=clock.now())


def open_vacancy(**given: Any) -> Any:
    """Return a vacancy that has been open for two months, so that old applications fit into it."""
    return factories.VacancyFactory(published=True, opens_at=clock.now() - timedelta(days=60), **given)
