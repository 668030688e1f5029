"""Saving sections: may it, can it, is it kept, is it finished."""

from datetime import timedelta

import pytest

from recruit.applications import queries, sections, sections_lists
from recruit.applications.models import (
    Application,
    HistoryEntry,
    Qualification,
    Referee,
    Registration,
    Section,
)
from recruit.applications.saving import Entered, SavedElsewhere, version_of
from recruit.core.db import db
from recruit.core.errors import Conflict, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.lifecycle import ApplicationStatus
from tests import factories
from tests.applications.answers import (
    CONTACT,
    complete_application,
    open_vacancy,
    qualification_values,
    referee_values,
    work_values,
)
from tests.factories import NOW

SINCE = NOW.date().replace(day=1)


@pytest.fixture
def draft(session) -> Application:
    """A draft for a vacancy that is open at NOW."""
    vacancy = open_vacancy()
    return factories.ApplicationFactory(vacancy=vacancy)


def actor_of(application: Application):
    return application.candidate.as_actor()


def state(application: Application, section: Section):
    kept = queries.state_of(application, section)
    return kept and (kept.is_complete, kept.saved_at)


EVERY_SAVE = {
    "contact": lambda actor, one, now: sections.save_contact_details(actor, one, Entered(CONTACT), now=now),
    "registration": lambda actor, one, now: sections.save_registration(actor, one, Entered({}), now=now),
    "evidence": lambda actor, one, now: sections.save_evidence(
        actor, one, one.vacancy.criteria[0].id, Entered({"text": "So"}), now=now
    ),
    "finish": lambda actor, one, now: sections.finish_section(actor, one, Section.REFEREES, Entered(), now=now),
    "declare": lambda actor, one, now: sections.declare(actor, one, confirmed=True, now=now),
    "start": lambda actor, one, now: sections_lists.save_history_start(actor, one, Entered({"since": SINCE}), now=now),
    "add": lambda actor, one, now: sections_lists.add_entry(actor, one, Qualification, qualification_values(), now=now),
    "change": lambda actor, one, now: sections_lists.change_entry(actor, one, Qualification, 1, Entered(), now=now),
    "remove": lambda actor, one, now: sections_lists.remove_entry(actor, one, Qualification, 1, now=now),
}


@pytest.mark.parametrize("save", EVERY_SAVE.values(), ids=EVERY_SAVE)
def test_nobody_else_may_save(draft: Application, save):
    stranger = factories.UserFactory().as_actor()

    with pytest.raises(NotAllowed), transaction():
        save(stranger, draft, NOW)


@pytest.mark.parametrize("save", EVERY_SAVE.values(), ids=EVERY_SAVE)
def test_nothing_is_saved_after_sending(draft: Application, save):
    draft.status, draft.submitted_at, draft.due_at = ApplicationStatus.SUBMITTED, NOW, NOW
    db.session.commit()

    with pytest.raises(Conflict, match=r"^You have sent this application"), transaction():
        save(actor_of(draft), draft, NOW)


@pytest.mark.parametrize("save", EVERY_SAVE.values(), ids=EVERY_SAVE)
def test_nothing_is_saved_after_closing(draft: Application, save):
    with (
        pytest.raises(Conflict, match=r"^This vacancy closed at .* so this application cannot be changed or sent\.$"),
        transaction(),
    ):
        save(actor_of(draft), draft, draft.vacancy.closes_at)


def test_a_section_is_kept_and_finished(draft: Application):
    with transaction():
        problems = sections.save_contact_details(
            actor_of(draft), draft, Entered(CONTACT, finished=True, seen=""), now=NOW
        )

    assert problems == []
    assert queries.contact_details_of(draft).postcode == "TS1 2PA"
    assert state(draft, Section.CONTACT) == (True, NOW)


def test_what_is_wrong_is_kept_but_not_finished(draft: Application):
    wrong = CONTACT | {"email": "sam at home", "phone": "ring twice", "town": ""}

    with transaction():
        problems = sections.save_contact_details(actor_of(draft), draft, Entered(wrong, finished=True), now=NOW)

    assert [(problem.field, problem.message.partition(",")[0]) for problem in problems] == [
        ("town", "Enter your town or city"),
        ("email", "Enter an email address in the correct format"),
        ("phone", "Enter a phone number"),
    ]
    assert queries.contact_details_of(draft).email == "sam at home"
    assert state(draft, Section.CONTACT) == (False, NOW)


def test_coming_back_later_is_asked_nothing(draft: Application):
    with transaction():
        problems = sections.save_contact_details(actor_of(draft), draft, Entered({"town": "Redcar"}), now=NOW)

    assert problems == []
    assert state(draft, Section.CONTACT) == (False, NOW)


def test_what_could_not_be_read_keeps_a_section_unfinished(draft: Application):
    with transaction():
        sections.save_contact_details(actor_of(draft), draft, Entered(CONTACT, finished=True, is_whole=False), now=NOW)

    assert state(draft, Section.CONTACT) == (False, NOW)


def test_another_window_is_not_overwritten(draft: Application):
    with transaction():
        sections.save_contact_details(actor_of(draft), draft, Entered(CONTACT), now=NOW)
    seen = version_of(queries.contact_details_of(draft))
    with transaction():
        sections.save_contact_details(actor_of(draft), draft, Entered({"town": "Redcar"}, seen), now=NOW)

    with pytest.raises(SavedElsewhere), transaction():
        sections.save_contact_details(actor_of(draft), draft, Entered({"town": "Yarm"}, seen), now=NOW)

    assert queries.contact_details_of(draft).town == "Redcar"


def test_sending_the_same_twice_is_no_conflict(draft: Application):
    for _ in range(2):
        with transaction():
            sections.save_contact_details(actor_of(draft), draft, Entered(CONTACT), now=NOW)

    assert queries.contact_details_of(draft).town == "Middlesbrough"


def test_a_registration_number_is_kept_as_the_register_writes_it(draft: Application):
    values = {"state": Registration.REGISTERED, "number": "sw 123 456", "has_conditions": False}

    with transaction():
        problems = sections.save_registration(actor_of(draft), draft, Entered(values, finished=True), now=NOW)

    assert problems == []
    assert queries.registration_of(draft).number == "SW123456"


def test_a_wrong_registration_number_is_kept_as_typed(draft: Application):
    values = {"state": Registration.REGISTERED, "number": "SW0123", "has_conditions": False}

    with transaction():
        problems = sections.save_registration(actor_of(draft), draft, Entered(values, finished=True), now=NOW)

    assert [problem.field for problem in problems] == ["number"]
    assert queries.registration_of(draft).number == "SW0123"


def test_evidence_is_kept_however_long_and_told_when_too_long(draft: Application):
    criterion = draft.vacancy.criteria[0].id

    with transaction():
        problems = sections.save_evidence(actor_of(draft), draft, criterion, Entered({"text": "word " * 253}), now=NOW)

    assert [problem.message for problem in problems] == ["Your answer must be 250 words or fewer. Take out 3 words"]
    assert queries.evidence_of(draft, criterion).text.count("word") == 253


def test_evidence_for_a_criterion_of_another_vacancy_is_not_found(draft: Application):
    other = factories.VacancyFactory(published=True).criteria[0].id

    with pytest.raises(NotFound), transaction():
        sections.save_evidence(actor_of(draft), draft, other, Entered({"text": "So"}), now=NOW)


def test_the_declaration_is_made_and_taken_back(draft: Application):
    with transaction():
        made = sections.declare(actor_of(draft), draft, confirmed=True, now=NOW)
    declared = queries.declaration_of(draft)
    with transaction():
        taken_back = sections.declare(actor_of(draft), draft, confirmed=False, now=NOW)

    assert made == []
    assert declared is not None
    assert [problem.field for problem in taken_back] == ["confirmed"]
    assert queries.declaration_of(draft) is None


def test_an_entry_sent_twice_is_one_entry(draft: Application):
    for _ in range(2):
        with transaction():
            sections_lists.add_entry(actor_of(draft), draft, HistoryEntry, work_values(), now=NOW)

    assert len(queries.entries_of(draft, HistoryEntry)) == 1


def test_there_are_no_more_referees_than_there_may_be(draft: Application):
    most = limits.REFEREES[1]
    for number in range(most):
        with transaction():
            values = referee_values(name=f"Referee {number}")
            sections_lists.add_entry(actor_of(draft), draft, Referee, values, now=NOW)

    with pytest.raises(Conflict, match="up to 6 referees"), transaction():
        sections_lists.add_entry(actor_of(draft), draft, Referee, referee_values(name="One more"), now=NOW)

    assert len(queries.entries_of(draft, Referee)) == most


@pytest.mark.parametrize(
    "save",
    [
        lambda actor, one, key: sections_lists.change_entry(
            actor, one, Qualification, key, Entered({"award": "PhD"}), now=NOW
        ),
        lambda actor, one, key: sections_lists.remove_entry(actor, one, Qualification, key, now=NOW),
    ],
    ids=["change", "remove"],
)
def test_an_entry_of_another_application_does_not_exist(draft: Application, save):
    other = factories.ApplicationFactory(vacancy=draft.vacancy)
    with transaction():
        sections_lists.add_entry(actor_of(other), other, Qualification, qualification_values(), now=NOW)
    entry_id = queries.entries_of(other, Qualification)[0].id

    with pytest.raises(NotFound), transaction():
        save(actor_of(draft), draft, entry_id)

    assert [entry.award for entry in queries.entries_of(other, Qualification)] == ["BA Social Work"]


def test_a_change_to_an_entry_leaves_its_section_finished(draft: Application):
    complete_application(draft)
    entry = queries.entries_of(draft, Qualification)[0]
    seen, later = version_of(entry), NOW + timedelta(hours=1)

    with transaction():
        sections_lists.change_entry(
            actor_of(draft), draft, Qualification, entry.id, Entered({"year": 2013}, seen), now=later
        )

    assert queries.entries_of(draft, Qualification)[0].year == 2013
    assert state(draft, Section.QUALIFICATIONS) == (True, later)


def test_a_list_with_something_missing_is_not_finished(draft: Application):
    with transaction():
        problems = sections.finish_section(
            actor_of(draft), draft, Section.QUALIFICATIONS, Entered(finished=True), now=NOW
        )

    assert [problem.message for problem in problems] == ["Add your social work qualification, finished or under way"]
    assert state(draft, Section.QUALIFICATIONS) == (False, NOW)
