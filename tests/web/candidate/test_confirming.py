"""Saying of all that was filled in from the last application, at once, that it is still right."""

import pytest

from recruit.applications import queries as kept
from recruit.applications.confirming import unchecked_sections
from recruit.applications.models import Application, ContactDetails, Section
from recruit.core.db import db
from tests import factories
from tests.visitor import Visitor

BUTTON = "All of it is still right"
TAKEN_OVER = set(Section) - {Section.EVIDENCE, Section.DECLARATION}


@pytest.fixture
def again(candidate: Visitor, ready: Application) -> Application:
    """A further application of the same candidate, as it is when it was started."""
    vacancy = factories.VacancyFactory(published=True)
    candidate.submit(f"/jobs/{vacancy.slug}/apply")
    return kept.own_application(ready.candidate.as_actor(), candidate.response.location.rsplit("/", 1)[1])


def finished(application: Application) -> set[Section]:
    db.session.expire_all()
    answers = kept.answers_of(application)
    return {section for section in Section if answers.is_complete(section)}


def press(candidate: Visitor, application: Application, status: int = 302) -> None:
    candidate.post(f"/applications/{application.reference}/check/sections", status=status)


def test_all_are_finished_by_one_button(candidate: Visitor, again: Application):
    page = candidate.get(f"/applications/{again.reference}")
    assert "8 sections are filled in from before." in page.main.text
    assert BUTTON in candidate.get(f"/applications/{again.reference}/check").main.text

    press(candidate, again)

    assert "8 sections are finished" in candidate.follow().text
    assert finished(again) == TAKEN_OVER
    assert BUTTON not in candidate.get(f"/applications/{again.reference}/check").main.text


def test_what_lacks_something_is_still_to_check(candidate: Visitor, again: Application):
    db.session.get(ContactDetails, again.id).phone = ""
    db.session.commit()

    press(candidate, again)

    assert finished(again) == TAKEN_OVER - {Section.CONTACT}
    assert unchecked_sections(kept.answers_of(again)) == [Section.CONTACT]


def test_what_was_changed_meanwhile_is_not_finished_by_it(candidate: Visitor, again: Application):
    candidate.submit(f"/applications/{again.reference}/contact-details", {"town": "Elsewhere", "finished": "no"})

    press(candidate, again)

    assert finished(again) == TAKEN_OVER - {Section.CONTACT}


def test_a_first_application_has_nothing_to_confirm(candidate: Visitor, ready: Application):
    before = finished(ready)
    assert BUTTON not in candidate.get(f"/applications/{ready.reference}/check").main.text

    press(candidate, ready)

    assert finished(ready) == before


def test_of_somebody_else_there_is_none(candidate: Visitor):
    press(candidate, factories.ApplicationFactory(), 404)
