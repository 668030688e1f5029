"""What a new application takes over from the last one."""

from datetime import timedelta

import pytest

from recruit.applications import queries, saving, sections_lists, service, submitting
from recruit.applications.completeness import all_problems
from recruit.applications.models import Application, Qualification, Section
from recruit.applications.progress import draft_of
from recruit.applications.saving import Entered
from recruit.applications.snapshot import snapshot_of
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.transaction import transaction
from tests import factories
from tests.applications.answers import complete_application, open_vacancy
from tests.factories import NOW

COPIED = (
    Section.CONTACT, Section.ELIGIBILITY, Section.REGISTRATION, Section.QUALIFICATIONS, Section.HISTORY,
    Section.REFEREES, Section.SUPPORT, Section.RELATIONSHIPS,
)  # fmt: skip


@pytest.fixture
def sent(session) -> Application:
    """A whole application that was sent."""
    application = complete_application(factories.ApplicationFactory(vacancy=open_vacancy()))
    submitting.send_application(application.candidate.as_actor(), application, now=NOW)
    db.session.commit()
    return application


def start(candidate, at=NOW + timedelta(hours=1)) -> Application:
    with transaction():
        return service.start_application(candidate.as_actor(), candidate, open_vacancy(), now=at)


def content(application: Application) -> dict:
    return snapshot_of(queries.answers_of(application))


def with_account(application: Application) -> dict:
    """Return its content with the name and address that the account has now."""
    candidate, found = application.candidate, content(application)
    found[Section.CONTACT] |= {"full_name": candidate.name, "email": candidate.email}
    return found


def statuses(application: Application) -> dict[Section, tuple[str, str]]:
    draft = draft_of(application, now=NOW + timedelta(hours=1))
    return {task.section: (task.status, task.hint) for task in draft.tasks}


def test_all_but_evidence_and_declaration_are_taken_over(sent: Application):
    again = start(sent.candidate)

    before, after = with_account(sent), content(again)
    assert {section: after[section] for section in COPIED} == {section: before[section] for section in COPIED}
    assert before[Section.HISTORY]["entries"]
    assert before[Section.REFEREES]
    assert {answer["text"] for answer in after[Section.EVIDENCE]} == {""}
    assert after[Section.DECLARATION] == {"declared_at": None}
    assert not again.equality_asked


def test_each_section_that_was_taken_over_is_to_be_checked(sent: Application):
    assert statuses(start(sent.candidate)) == {
        **dict.fromkeys(COPIED, ("Check it", "From your last application")),
        Section.EVIDENCE: ("Not started", ""),
        Section.DECLARATION: ("Not started", ""),
    }


def test_nothing_that_was_taken_over_counts_as_finished(sent: Application):
    again = start(sent.candidate)
    problems = {problem.section for problem in all_problems(queries.answers_of(again), london_day(NOW))}
    assert problems == set(Section)


def test_saving_a_section_makes_it_this_applications_own(sent: Application):
    again = start(sent.candidate)
    with transaction():
        saving.begin(sent.candidate.as_actor(), again, now=NOW + timedelta(hours=2))
        saving.finish(again, Section.CONTACT, Entered(finished=True), changed=False, now=NOW + timedelta(hours=2))
    assert statuses(again)[Section.CONTACT] == ("Completed", "")


def test_a_change_of_the_new_one_leaves_the_sent_one_alone(sent: Application):
    again, before = start(sent.candidate), content(sent)
    entry = queries.entries_of(again, Qualification)[0]
    with transaction():
        sections_lists.remove_entry(
            sent.candidate.as_actor(), again, Qualification, entry.id, now=NOW + timedelta(hours=2)
        )

    assert content(sent) == before
    assert len(queries.entries_of(again, Qualification)) == len(before[Section.QUALIFICATIONS]) - 1


def test_what_was_sent_counts_before_a_later_draft(sent: Application):
    draft = start(sent.candidate)
    with transaction():
        queries.contact_details_of(draft).full_name = "Not sent"
    assert (
        content(start(sent.candidate, NOW + timedelta(hours=2)))[Section.CONTACT] == with_account(sent)[Section.CONTACT]
    )


def test_a_draft_alone_is_taken_over(session):
    candidate = factories.UserFactory()
    first = start(candidate)
    with transaction():
        queries.contact_details_of(first).phone = "01632 960 001"
    again = start(candidate, NOW + timedelta(hours=2))
    assert content(again)[Section.CONTACT]["phone"] == "01632 960 001"
    assert statuses(again)[Section.HISTORY] == ("Not started", "")


def test_a_first_application_takes_nothing_from_other_people(sent: Application):
    first = start(factories.UserFactory(name="Kim Roe", email="kim@people.example"))
    assert content(first)[Section.CONTACT]["full_name"] == "Kim Roe"
    assert statuses(first) == dict.fromkeys(Section, ("Not started", ""))
