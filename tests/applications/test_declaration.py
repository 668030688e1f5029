"""A declaration is about the answers it was made of: whatever is saved afterwards takes it back."""

from datetime import timedelta

import pytest

from recruit.applications import queries, sections, sections_lists
from recruit.applications.models import Application, Qualification, Referee, Section
from recruit.applications.progress import COMPLETED, IN_PROGRESS, draft_of
from recruit.applications.saving import Entered, version_of
from recruit.applications.service import start_application
from recruit.applications.submitting import check_application
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from tests import factories
from tests.applications.answers import complete_application, open_vacancy, qualification_values
from tests.factories import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def declared(session) -> Application:
    """A whole draft, declared at NOW."""
    return complete_application(factories.ApplicationFactory(vacancy=open_vacancy()))


def town(actor, one):
    entered = Entered({"town": "Redcar"}, version_of(queries.contact_details_of(one)), finished=True)
    return sections.save_contact_details(actor, one, entered, now=LATER)


def first(one, model):
    return queries.entries_of(one, model)[0].id


OTHER_SAVES = {
    "contact details": town,
    "the same registration": lambda actor, one: sections.save_registration(
        actor, one, Entered({}, finished=True), now=LATER
    ),
    "evidence": lambda actor, one: sections.save_evidence(
        actor, one, one.vacancy.criteria[0].id, Entered({}, ""), now=LATER
    ),
    "a finished section": lambda actor, one: sections.finish_section(
        actor, one, Section.REFEREES, Entered(finished=True), now=LATER
    ),
    "the start of the history": lambda actor, one: sections_lists.save_history_start(
        actor, one, Entered({"since": one.history_since}), now=LATER
    ),
    "a new qualification": lambda actor, one: sections_lists.add_entry(
        actor, one, Qualification, qualification_values(award="MA"), now=LATER
    ),
    "a changed referee": lambda actor, one: sections_lists.change_entry(
        actor, one, Referee, first(one, Referee), Entered(), now=LATER
    ),
    "a removed referee": lambda actor, one: sections_lists.remove_entry(
        actor, one, Referee, first(one, Referee), now=LATER
    ),
}


def standing(application: Application) -> str:
    """Return what the task list says of the declaration."""
    return next(task.status for task in draft_of(application, now=LATER).tasks if task.section == Section.DECLARATION)


@pytest.mark.parametrize("save", OTHER_SAVES.values(), ids=OTHER_SAVES)
def test_saving_anything_else_takes_the_declaration_back(declared: Application, save):
    assert standing(declared) == COMPLETED

    with transaction():
        save(declared.candidate.as_actor(), declared)

    assert queries.declaration_of(declared) is None
    assert standing(declared) == IN_PROGRESS


def test_what_is_not_declared_again_is_not_sent(declared: Application):
    actor = declared.candidate.as_actor()
    with transaction():
        town(actor, declared)

    with pytest.raises(Incomplete, match="^Confirm that your application is true and complete$"):
        check_application(actor, declared, now=LATER)
    with transaction():
        sections.declare(actor, declared, confirmed=True, now=LATER)
    check_application(actor, declared, now=LATER)

    assert queries.declaration_of(declared).declared_at == LATER


def test_saving_the_declaration_keeps_it(declared: Application):
    for _ in range(2):
        with transaction():
            sections.declare(declared.candidate.as_actor(), declared, confirmed=True, now=LATER)

    assert (queries.declaration_of(declared).declared_at, standing(declared)) == (NOW, COMPLETED)


def test_a_save_that_is_refused_leaves_the_declaration(declared: Application):
    closed = declared.vacancy.closes_at

    with pytest.raises(Conflict), transaction():
        sections.finish_section(
            declared.candidate.as_actor(), declared, Section.REFEREES, Entered(finished=True), now=closed
        )

    assert queries.declaration_of(declared).declared_at == NOW


def test_another_application_keeps_its_declaration(declared: Application):
    actor, vacancy = declared.candidate.as_actor(), open_vacancy()
    with transaction():
        other = start_application(actor, declared.candidate, vacancy, now=NOW)
    with transaction():
        sections.finish_section(actor, other, Section.REFEREES, Entered(), now=LATER)

    assert queries.declaration_of(declared).declared_at == NOW
