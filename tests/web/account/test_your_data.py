"""What somebody can see and take away of what we keep about them."""

import pytest

from recruit.accounts.models import EmailChange
from recruit.applications import queries
from recruit.applications.letters import Letter
from recruit.applications.reminders import Reminder
from recruit.applications.snapshot import snapshot_of
from recruit.core import clock
from recruit.core.db import db
from recruit.interviews.models import InterviewCancellation
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from recruit.review import service
from recruit.rules.access import Role
from recruit.rules.lifecycle import APPLICATION_MOVES, APPLICATION_REOPENINGS, ApplicationStatus
from recruit.rules.notifications import Notification
from recruit.rules.self_disclosure import Question
from recruit.web.account.your_data import MESSAGES
from tests import factories
from tests.interviews.planning import planned
from tests.review.sent import release, sent_application
from tests.self_disclosures.told import sent as disclosed


def data(visitor) -> dict:
    visitor.get("/account/data.json")
    assert visitor.response.headers["Content-Disposition"] == 'attachment; filename="your-data.json"'
    return visitor.response.json


def test_all_that_was_entered_is_in_the_file(candidate):
    application = sent_application(candidate=candidate.user)
    draft = factories.ApplicationFactory(candidate=candidate.user)
    sent_application()  # somebody else's

    found = data(candidate)
    assert {own["reference"] for own in found["applications"]} == {application.reference, draft.reference}
    own = next(own for own in found["applications"] if own["reference"] == application.reference)
    assert own["content"] == queries.snapshot_of(application.id).content == snapshot_of(queries.answers_of(application))
    assert (own["status"], own["sent_at"]) == ("With us", application.submitted_at.isoformat())
    assert found["account"]["email"] == candidate.user.email
    assert len(found["account"]["signed_in"]) == 1


def test_a_decision_that_is_held_back_is_not_told_here(candidate):
    application = sent_application(candidate=candidate.user)
    hr = factories.UserFactory(roles=[Role.HR])
    service.move_application(
        hr.as_actor(), application, ApplicationStatus.SHORTLISTED,
        seen_version=application.version, now=clock.now(),
    )  # fmt: skip
    db.session.commit()

    assert [own["status"] for own in data(candidate)["applications"]] == ["With us"]
    assert "Shortlisted" not in candidate.get("/account/data").text
    assert data(candidate)["emails"] == []
    release(hr.as_actor(), application)
    assert [own["status"] for own in data(candidate)["applications"]] == ["Shortlisted"]


def test_what_was_sent_about_decisions_is_here_word_for_word_and_what_was_called_back_is_not(candidate):
    application = sent_application(candidate=candidate.user)
    hr = factories.UserFactory(roles=[Role.HR]).as_actor()
    service.move_application(
        hr, application, ApplicationStatus.SHORTLISTED, seen_version=application.version, now=clock.now()
    )
    db.session.commit()
    assert [own["letters"] for own in data(candidate)["applications"]] == [[]]

    release(hr, application)
    kept = db.session.query(Letter).one()
    own = {"subject": kept.subject, "text": kept.text, "at": kept.at.isoformat()}
    assert [one["letters"] for one in data(candidate)["applications"]] == [[own]]
    assert kept.text.split("\n")[0] in candidate.get("/account/data").text
    outbox.cancel(db.session.get(OutboxMessage, kept.message_id), at=clock.now())
    db.session.commit()
    assert [one["letters"] for one in data(candidate)["applications"]] == [[]]


def test_the_page_leads_to_each_application(candidate):
    application = sent_application(candidate=candidate.user)
    page = candidate.get("/account/data")
    links = [link["href"] for link in page.select("main h3 + p a")]
    assert links == [f"/applications/{application.reference}/copy"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CANDIDATE}))
def test_staff_see_their_account(visit_as, role: Role):
    visitor = visit_as(factories.UserFactory(roles=[role]))
    assert visitor.user.email in visitor.get("/account/data").text
    assert data(visitor)["applications"] == []


@pytest.mark.parametrize("address", ["/account/data", "/account/data.json"])
def test_nobody_else_sees_it(visitor, address: str):
    visitor.get(address, 302)
    assert visitor.response.headers["Location"] == f"/sign-in?next={address}"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_a_bounded_number_of_queries(candidate, queries, rows: int):
    for _ in range(rows):
        sent_application(candidate=candidate.user)
    queries.clear()
    candidate.get("/account/data")
    assert len(queries) == 19 + 2 * rows  # of each application what was sent and what happened: a person has few


def test_each_message_about_a_move_has_words():
    rows = (*APPLICATION_MOVES, *APPLICATION_REOPENINGS)
    told = {move.notification.value for move in rows if move.notification}

    assert set(MESSAGES) == told | {"application_submitted", "application_reminder"}


def test_interviews_are_among_it(visit_as, session):
    interviews = planned(1, slots=2, invited=True)
    interviews.choose(interviews.applications[0], interviews.slots[0])
    visitor = visit_as(interviews.applications[0].candidate)
    slot = interviews.slots[0]

    assert data(visitor)["interviews"] == [
        {
            "application": interviews.applications[0].reference,
            "kind": "Panel interview",
            "starts_at": slot.starts_at.isoformat(),
            "minutes": 60,
            "place": "Civic Centre, room 4",
            "link": "",
            "is_cancelled": False,
        }
    ]
    assert "Civic Centre, room 4" in visitor.get("/account/data").text
    for _ in range(2):
        message = outbox.post(Notification.INTERVIEW_CANCELLED, visitor.user.email, at=clock.now())
        db.session.flush()
        db.session.add(
            InterviewCancellation(
                message_id=message.id, application_id=interviews.applications[0].id, kind=slot.kind, by_us=True,
                starts_at=slot.starts_at, ends_at=slot.ends_at, place="Room 5", link="", key="k", sequence=1,
            )
        )  # fmt: skip
    db.session.commit()
    assert [(one["place"], one["is_cancelled"]) for one in data(visitor)["interviews"]] == [
        ("Civic Centre, room 4", False),
        ("Room 5", True),
    ]
    assert "cancelled" in visitor.get("/account/data").text
    assert data(visit_as(factories.UserFactory()))["interviews"] == []


def test_what_they_disclosed_is_among_it_and_nobody_else_s(candidate):
    mine = disclosed(Question.SPENT, candidate=candidate.user)
    disclosed(Question.BARRED)

    [found] = data(candidate)["self_disclosures"]
    assert (found["application"], len(found["rows"])) == (mine.reference, 8)
    assert "Zanzibar-shoplifting" in candidate.get("/account/data").main.get_text()


def test_reminders_and_changes_of_address_are_among_it(candidate):
    draft = factories.ApplicationFactory(candidate=candidate.user)
    message = outbox.post(Notification.APPLICATION_REMINDER, candidate.user.email, at=clock.now())
    message.sent_at = clock.now()
    db.session.flush()
    db.session.add(Reminder(application_id=draft.id, message_id=message.id, at=clock.now()))
    link = {"confirm_hash": "a", "undo_hash": "b", "expires_at": clock.now(), "undo_until": clock.now()}
    db.session.add(
        EmailChange(
            user_id=candidate.user.id, old_email="a@people.example", new_email="b@people.example",
            asked_at=clock.now(), **link,
        )
    )  # fmt: skip
    db.session.commit()

    found = data(candidate)
    assert [one["kind"] for one in found["emails"]] == ["application_reminder"]
    assert found["account"]["wants_reminders"] is True
    assert [(one["from"], one["to"]) for one in found["account"]["email_changes"]] == [
        ("a@people.example", "b@people.example")
    ]
    page = candidate.get("/account/data").text
    assert "a@people.example to b@people.example" in page
    assert MESSAGES["application_reminder"] in page


HERE = {
    "user_account", "user_session", "passkey", "email_change", "role_grant", "alert", "saved_vacancy", "interest",
    "application", "application_snapshot", "application_label",
    "employment_details", "application_event", "application_reminder",
    "contact_details", "declaration", "eligibility_answer", "evidence", "history_entry", "qualification", "referee",
    "registration_answer", "relationship_answer", "support_answer", "interview_booking",
    "interview_cancellation", "letter",
    "conversation_message", "document", "document_request", "opening",
    "self_disclosure", "self_disclosure_answers", "self_disclosure_text",
}  # fmt: skip
HELPS = {
    "applicant_word", "section_state", "alert_link", "alert_match", "email_token", "diary_piece", "application_read",
}  # fmt: skip
"""What only finds, opens or orders what is there."""
ASKED_FOR = {
    "assignment", "delivery_event", "disclosed_application", "disclosure", "document_request_event",
    "employment_check", "employment_event", "interview_cancellation", "interview_event", "interview_invitation",
    "label_event", "letter_draft",
    "prompt_note", "redaction", "review_note", "score_sheet",
    "self_disclosure_event", "sift_event",
}  # fmt: skip
"""What staff did or wrote: the page says that people ask for it."""
OF_STAFF = (
    "content_", "criteria_set", "label_rename", "message_template", "moderated_", "panel_member", "question_set",
    "safer_", "saved_view", "slot_", "synonym_", "team_member", "vacancy", "welcome_",
)  # fmt: skip


def test_each_table_about_a_person_is_in_the_file_or_known_not_to_be():
    own = {"user_account", "application", "document_request", "alert", "interest", "self_disclosure"}
    about = {
        name
        for name, table in db.metadata.tables.items()
        if name in own or any(key.column.table.name in own for key in table.foreign_keys)
    }

    assert {name for name in about if not name.startswith(OF_STAFF)} == HERE | HELPS | ASKED_FOR
