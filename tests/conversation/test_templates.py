"""Templates of messages: their fields, what is refused, two who change one."""

import pytest

from recruit.conversation import templates
from recruit.conversation.models import MessageTemplate
from recruit.conversation.service import needs_no_answer, write_to_candidate, write_to_hr
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.merge_fields import MERGE_FIELDS, filled
from tests.factories import NOW, ApplicationFactory, UserFactory


@pytest.fixture
def hr_person(session):
    return UserFactory(roles=[Role.HR]).as_actor()


def add(actor, name="Ask", text="Hello {candidate_name}"):
    with transaction():
        templates.add_template(actor, name, text, now=NOW)
    return db.session.query(MessageTemplate).order_by(MessageTemplate.id.desc()).first()


def test_every_field_is_filled_in_for_an_application(session):
    application = ApplicationFactory(submitted=True, candidate=UserFactory(name="Kim Lee"))
    vacancy = application.vacancy
    vacancy.contact_role, vacancy.contact_email, vacancy.contact_phone = "Team manager", "team@demo.example", "01642"
    text = "|".join(f"{{{name}}}" for name in MERGE_FIELDS)
    values = templates.filled_for(application, text).split("|")
    assert values[:5] == ["Kim", vacancy.title, vacancy.reference, application.reference, vacancy.team.name]
    assert all(values)


def test_a_value_with_braces_is_no_field():
    assert filled("{candidate_name}", dict.fromkeys(MERGE_FIELDS, "{team_name}")) == "{team_name}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hello {name}", "There is no field {name}. Use one of {candidate_name}"),
        ("Hello {}", "There is no field {}."),
        ("Hello {candidate_name", "A brace stands alone."),
        ("Hello }", "A brace stands alone."),
        ("", "Enter the message"),
        ("w" * (limits.CONVERSATION_CHARACTERS + 1), "The message must be 4,000 characters or fewer"),
    ],
)
def test_a_text_that_cannot_be_filled_in_is_refused_in_words(hr_person, text, sentence):
    with pytest.raises(Incomplete) as refusal:
        templates.add_template(hr_person, "Ask", text, now=NOW)
    assert str(refusal.value).startswith(sentence)


def test_nothing_to_put_in_place_is_refused_in_words(session):
    told = ApplicationFactory(submitted=True, status=ApplicationStatus.NOT_SHORTLISTED)
    with pytest.raises(Incomplete, match="There is nothing to put in place of {hear_by}"):
        templates.filled_for(told, "You hear by {hear_by}")


def test_names_are_needed_and_not_given_twice(hr_person):
    one, other = add(hr_person), add(hr_person, "Other")
    for name, sentence in (("", "Enter a name"), ("ASK", "There is a template of that name")):
        with pytest.raises(Incomplete, match=sentence):
            templates.add_template(hr_person, name, "Hello", now=NOW)
        with pytest.raises(Incomplete, match=sentence):
            templates.change_template(hr_person, other, name, "Hello", seen_version=other.version, now=NOW)
    templates.change_template(hr_person, one, "ask", "Hello", seen_version=one.version, now=NOW)
    assert one.name == "ask"


def test_whoever_changes_second_is_told(hr_person):
    template = add(hr_person)
    with pytest.raises(Conflict, match="Somebody changed this template while you wrote"):
        templates.change_template(hr_person, template, "Ask", "Hello", seen_version=template.version - 1, now=NOW)


def test_there_is_a_most(hr_person, monkeypatch):
    monkeypatch.setattr(limits, "MESSAGE_TEMPLATES", 1)
    add(hr_person)
    with pytest.raises(Conflict, match="There are 1 templates"):
        templates.add_template(hr_person, "More", "Hello", now=NOW)


def test_templates_are_hrs_alone(session):
    other = UserFactory(roles=[Role.RECRUITER]).as_actor()
    with pytest.raises(NotAllowed):
        templates.add_template(other, "Ask", "Hello", now=NOW)
    with pytest.raises(NotAllowed):
        templates.delete_template(other, 1)


def test_a_message_of_the_candidate_waits_until_it_is_answered_or_needs_none(hr_person):
    application = ApplicationFactory(submitted=True)
    version, now = application.version, clock.now()
    with transaction():
        write_to_hr(application.candidate.as_actor(), application, "Where?", now=now)
    waited = [application.message_waits]
    with transaction():
        write_to_candidate(hr_person, application, "There.", now=now)
    waited.append(application.message_waits)
    with transaction():
        write_to_hr(application.candidate.as_actor(), application, "Thanks", now=now)
        needs_no_answer(hr_person, application)
    db.session.expire_all()
    assert [*waited, application.message_waits] == [True, False, False]
    assert application.version == version
