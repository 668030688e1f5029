"""A declaration is about the answers it was made of: whatever changes one takes it back, and nothing else does."""

from datetime import date, timedelta

import pytest

from recruit.applications import queries, sections, sections_lists, sections_personal
from recruit.applications.models import Application, Qualification, Referee, Section
from recruit.applications.personal import RelationshipAnswer, SupportAnswer
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


def entry(model, values):
    """Return what saves the first entry of a list with other `values`."""

    def save(actor, one):
        row = queries.entries_of(one, model)[0]
        sections_lists.change_entry(actor, one, model, row.id, Entered(values, version_of(row)), now=LATER)

    return save


def evidence(text):
    def save(actor, one):
        row = queries.evidence_of(one, one.vacancy.criteria[0].id)
        entered = Entered({"text": row.text if text is None else text}, version_of(row))
        sections.save_evidence(actor, one, one.vacancy.criteria[0].id, entered, now=LATER)

    return save


def since(month):
    def save(actor, one):
        entered = Entered({"since": month or one.history_since}, version_of(sections_lists.history_start(one)))
        sections_lists.save_history_start(actor, one, entered, now=LATER)

    return save


CHANGES = {
    "contact details": town,
    "evidence": evidence("Another example."),
    "the start of the history": since(date(2004, 7, 1)),
    "a new qualification": lambda actor, one: sections_lists.add_entry(
        actor, one, Qualification, qualification_values(award="MA"), now=LATER
    ),
    "a changed referee": entry(Referee, {"job_title": "Head of service"}),
    "a removed referee": lambda actor, one: sections_lists.remove_entry(
        actor, one, Referee, first(one, Referee), now=LATER
    ),
    "support": lambda actor, one: sections_personal.save_support(
        actor, one, Entered({"needs_adjustments": None}, seen_support(one)), offered=(), now=LATER
    ),
}
SAME_AGAIN = {
    "contact details": lambda actor, one: sections.save_contact_details(
        actor, one, Entered({"town": queries.contact_details_of(one).town}, finished=True), now=LATER
    ),
    "registration": lambda actor, one: sections.save_registration(
        actor, one, Entered({"number": queries.registration_of(one).number}, finished=True), now=LATER
    ),
    "the situation": lambda actor, one: sections.save_situation(
        actor, one, Entered({"state": queries.registration_of(one).state}), now=LATER
    ),
    "evidence": evidence(None),
    "a finished section": lambda actor, one: sections.finish_section(
        actor, one, Section.REFEREES, Entered(finished=True), now=LATER
    ),
    "the start of the history": since(None),
    "a qualification sent twice": lambda actor, one: sections_lists.add_entry(
        actor, one, Qualification, qualification_values(), now=LATER
    ),
    "a referee": entry(Referee, {}),
    "relationships": lambda actor, one: sections_personal.save_personal(
        actor, one, RelationshipAnswer, Entered({"is_related": False}, finished=True), now=LATER
    ),
}


def seen_support(one):
    return version_of(queries.personal_of(one, SupportAnswer))


def standing(application: Application) -> str:
    """Return what the task list says of the declaration."""
    return next(task.status for task in draft_of(application, now=LATER).tasks if task.section == Section.DECLARATION)


@pytest.mark.parametrize("save", CHANGES.values(), ids=CHANGES)
def test_a_changed_answer_takes_the_declaration_back(declared: Application, save):
    assert standing(declared) == COMPLETED

    with transaction():
        save(declared.candidate.as_actor(), declared)

    assert queries.declaration_of(declared) is None
    assert standing(declared) == IN_PROGRESS


@pytest.mark.parametrize("save", SAME_AGAIN.values(), ids=SAME_AGAIN)
def test_saving_the_same_again_leaves_the_declaration(declared: Application, save):
    with transaction():
        save(declared.candidate.as_actor(), declared)

    assert queries.declaration_of(declared).declared_at == NOW
    assert standing(declared) == COMPLETED


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
