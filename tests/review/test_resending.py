"""Messages that did not arrive: sent again once while they are true, or told in another way; each kept."""

from datetime import datetime, timedelta

import pytest

from recruit.accounts.models import RoleGrant, User
from recruit.applications import service as applications
from recruit.applications.deliveries import DeliveryEvent
from recruit.applications.letters import Letter
from recruit.applications.models import Application
from recruit.conversation import service as conversation
from recruit.conversation.queries import messages_of
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.document_requests.service import ask_for_document
from recruit.interviews.models import InterviewCancellation
from recruit.notifications import leases
from recruit.notifications.delivery import render, text_of
from recruit.notifications.models import OutboxMessage
from recruit.review import reopening, resending
from recruit.review.resendable import NO_TIME, not_to_send
from recruit.review.undelivered import Undelivered, undelivered, undelivered_page
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.rules.notifications import ACCOUNT_WORDS, MESSAGE_WORDS, STAFF_WORDS, Notification
from tests.factories import UserFactory
from tests.interviews.planning import planned
from tests.review.sent import SENDER, release, sent_application
from tests.review.test_service import decide
from tests.review.test_together import AT_ONCE, all_at_once
from tests.self_disclosures.told import asked

N = Notification
LIMIT = limits.INTERVIEW_CHANGE_LIMIT


@pytest.fixture
def hr(session) -> User:
    return UserFactory(name="Harper Reed", roles=[Role.HR])


@pytest.fixture
def told(hr) -> Application:
    """Return an application whose candidate was sent a letter that they are not taken forward."""
    application = sent_application(candidate=UserFactory(name="Kim Lee", email="old@people.test"))
    decide(hr.as_actor(), application, ApplicationStatus.NOT_SHORTLISTED)
    release(hr.as_actor(), application)
    return application


def last(kind: Notification) -> OutboxMessage:
    db.session.expire_all()
    return db.session.query(OutboxMessage).filter_by(notification=kind).order_by(OutboxMessage.id.desc()).first()


def come_back(kind: Notification) -> OutboxMessage:
    """Let the last message of a kind go out and come back."""
    message = last(kind)
    with transaction():
        leases.mark_sent(message, at=clock.now() - timedelta(minutes=2))
    with transaction():
        leases.mark_returned({message.key: "notify: permanent-failure"}, at=clock.now())
    return message


def again(hr: User, message: OutboxMessage, now: datetime | None = None) -> OutboxMessage:
    found = undelivered(hr.as_actor(), message.id)
    with transaction():
        return resending.send_again(hr.as_actor(), found, limit=LIMIT, now=now or clock.now())


def events() -> list[tuple[int, int | None, str]]:
    rows = db.session.query(DeliveryEvent).order_by(DeliveryEvent.id)
    return [(one.message_id, one.again_id, one.reason) for one in rows]


def test_a_letter_goes_again_word_for_word_to_the_address_that_is_confirmed_now(hr, told):
    message = come_back(N.APPLICATION_NOT_SHORTLISTED)
    told.candidate.email = "new@people.test"
    db.session.commit()
    sent = again(hr, message)
    first, second = db.session.query(Letter).order_by(Letter.id)
    mail = render(sent, SENDER, at=clock.now())

    assert (mail["Subject"], text_of(mail)) == (first.subject, first.text)
    assert (second.subject, second.text, second.event_id) == (first.subject, first.text, first.event_id)
    assert (sent.recipient, sent.notification, sent.about) == ("new@people.test", message.notification, told.reference)
    assert second.message_id == sent.id
    assert events() == [(message.id, sent.id, "")]
    assert undelivered_page(hr.as_actor()).rows == []

    with pytest.raises(NotFound):  # the same message, from another tab
        again(hr, message)
    come_back(N.APPLICATION_NOT_SHORTLISTED)
    assert again(hr, sent).recipient == "new@people.test"


def test_twenty_clicks_at_one_moment_send_one_letter(app, session, hr, told):
    key = come_back(N.APPLICATION_NOT_SHORTLISTED).id
    hr_id, reference = hr.id, told.reference
    session.remove()

    def send(_number: int) -> None:
        application = db.session.query(Application).filter_by(reference=reference).one()
        found = Undelivered(db.session.get(OutboxMessage, key), application)
        resending.send_again(db.session.get(User, hr_id).as_actor(), found, limit=LIMIT, now=clock.now())

    ended = all_at_once(app, send)
    assert ended.pop("done") == 1
    assert sum(ended.values()) == AT_ONCE - 1
    assert (db.session.query(Letter).count(), len(events())) == (2, 1)


def test_a_letter_that_is_no_longer_true_is_not_sent_again(hr, told):
    message = come_back(N.APPLICATION_NOT_SHORTLISTED)
    with transaction():
        reopening.reopen_application(hr.as_actor(), told, "It was misread", seen_version=told.version, now=clock.now())
    with pytest.raises(Conflict, match="no longer where the application stands"):
        again(hr, message)  # the correction waits
    release(hr.as_actor(), told)
    with pytest.raises(Conflict, match="no longer where the application stands"):
        again(hr, message)  # it has gone

    assert (events(), db.session.query(Letter).count()) == ([], 2)


def test_a_letter_goes_again_while_another_decision_waits_to_be_released(hr, session):
    application = sent_application()
    decide(hr.as_actor(), application)
    release(hr.as_actor(), application)
    message = come_back(N.APPLICATION_SHORTLISTED)
    application.status, application.told_status = ApplicationStatus.RESERVE, ApplicationStatus.SHORTLISTED
    application.untold_since = clock.now()
    db.session.commit()

    assert again(hr, message).notification == N.APPLICATION_SHORTLISTED


def test_a_closed_account_and_words_that_are_not_kept_are_refused(hr, told):
    message = come_back(N.APPLICATION_NOT_SHORTLISTED)
    db.session.query(Letter).delete()
    db.session.commit()
    with pytest.raises(Conflict, match="What it said is not kept"):
        again(hr, message)
    told.candidate.closed_at = clock.now()
    db.session.commit()
    with pytest.raises(Conflict, match="closed their account"):
        again(hr, message)


def test_how_the_candidate_was_told_is_kept_and_the_message_waits_no_more(hr, told):
    message = come_back(N.APPLICATION_NOT_SHORTLISTED)
    found = undelivered(hr.as_actor(), message.id)
    for words, refusal in (("  ", "Enter how the candidate was told"), ("x" * 2001, "2,000 characters or fewer")):
        with pytest.raises(Incomplete, match=refusal), transaction():
            resending.told_otherwise(hr.as_actor(), found, words, now=clock.now())
    with transaction():
        resending.told_otherwise(hr.as_actor(), found, "Rang them.", now=clock.now())
    with pytest.raises(Conflict, match="has dealt with this message already"), transaction():
        resending.told_otherwise(hr.as_actor(), found, "Rang them.", now=clock.now())

    assert events() == [(message.id, None, "Rang them.")]
    assert undelivered_page(hr.as_actor()).rows == []


def test_nobody_mends_what_is_about_their_own_application(hr, told):
    message = come_back(N.APPLICATION_NOT_SHORTLISTED)
    told.candidate.grants = [RoleGrant(role=role) for role in (Role.CANDIDATE, Role.HR)]
    db.session.commit()
    own = told.candidate.as_actor()

    assert undelivered_page(own).rows == []
    with pytest.raises(NotFound):
        undelivered(own, message.id)
    for user in (told.candidate, UserFactory(roles=[Role.PANEL])):
        found = Undelivered(message, told)
        with pytest.raises(NotAllowed), transaction():
            resending.send_again(user.as_actor(), found, limit=LIMIT, now=clock.now())
        with pytest.raises(NotAllowed), transaction():
            resending.told_otherwise(user.as_actor(), found, "Told", now=clock.now())


def test_the_confirmation_goes_again_until_there_is_a_decision(hr, session):
    application = sent_application()
    message = come_back(N.APPLICATION_SUBMITTED)
    words = text_of(render(again(hr, message), SENDER, at=clock.now()))
    assert "You will hear from us by" in words

    message = come_back(N.APPLICATION_SUBMITTED)
    decide(hr.as_actor(), application)
    release(hr.as_actor(), application)
    with pytest.raises(Conflict, match="has been decided since"):
        again(hr, message)


def test_a_withdrawal_goes_again(hr, session):
    application = sent_application()
    with transaction():
        applications.withdraw_application(
            application.candidate.as_actor(), application, reason="Another job", now=clock.now()
        )
    sent = again(hr, come_back(N.APPLICATION_WITHDRAWN))
    assert "You have withdrawn your application" in text_of(render(sent, SENDER, at=clock.now()))


def test_an_email_about_a_message_goes_again_and_the_conversation_says_so(hr, session):
    application = sent_application()
    with transaction():
        conversation.write_to_candidate(hr.as_actor(), application, "Please ring.", now=clock.now())
    sent = again(hr, come_back(N.CONVERSATION_TO_CANDIDATE))

    (message,) = messages_of(application.id)
    assert message.notice_id == sent.id
    message = come_back(N.CONVERSATION_TO_CANDIDATE)
    with transaction():
        conversation.tell_again(hr.as_actor(), application, messages_of(application.id)[0].id, now=clock.now())
    assert undelivered_page(hr.as_actor()).rows == []


def test_an_invitation_goes_again_until_a_time_is_chosen_and_then_the_time(hr, session):
    interviews = planned(1, slots=2, invited=True)
    application = interviews.applications[0]
    sent = again(hr, come_back(N.INTERVIEW_INVITED))
    assert "Please choose the one that suits you best" in text_of(render(sent, SENDER, at=clock.now()))

    message = come_back(N.INTERVIEW_INVITED)
    interviews.choose(application, interviews.slots[0])
    with pytest.raises(Conflict, match="has chosen a time since"):
        again(hr, message)

    message = come_back(N.INTERVIEW_BOOKED)
    interviews.choose(application, interviews.slots[1])
    sent = again(hr, message)
    assert sent.context["calendar_starts"] == interviews.slots[1].starts_at.isoformat()  # as it is now

    message = come_back(N.INTERVIEW_BOOKED)
    listed = undelivered_page(hr.as_actor()).rows
    assert not_to_send(listed, now=clock.now()) == {}
    assert not_to_send(listed, now=interviews.slots[1].starts_at) == {message.id: NO_TIME}
    interviews.give_up(application, interviews.slots[1])
    with pytest.raises(Conflict, match="no interview to come"):
        again(hr, message)


def test_a_cancelled_time_goes_again_as_it_was_until_there_is_another(hr, session):
    interviews = planned(1, slots=2, invited=True)
    application, (slot, other) = interviews.applications[0], interviews.slots
    interviews.choose(application, slot)
    interviews.give_up(application, slot)
    said = last(N.INTERVIEW_CANCELLED).context
    message = come_back(N.INTERVIEW_CANCELLED)
    slot.place = "Another room"  # set anew for somebody else
    db.session.commit()

    sent = again(hr, message)
    assert sent.context == said
    assert said["calendar_method"] == "CANCEL"
    assert again(hr, come_back(N.INTERVIEW_CANCELLED)).context == said

    message = come_back(N.INTERVIEW_CANCELLED)
    with pytest.raises(Conflict, match="has passed"):
        again(hr, message, now=slot.starts_at)
    interviews.choose(application, other)
    with pytest.raises(Conflict, match="another time or an outcome since"):
        again(hr, message)


@pytest.mark.parametrize(
    ("by_us", "stands", "is_told"),
    [
        (True, ApplicationStatus.VACANCY_CANCELLED, True),
        (False, ApplicationStatus.WITHDRAWN, True),
        (True, ApplicationStatus.WITHDRAWN, False),
        (False, ApplicationStatus.NOT_APPOINTED, False),
    ],
)
def test_a_cancelled_time_is_told_while_what_to_do_next_is_true(hr, session, by_us, stands, is_told):
    interviews = planned(1, slots=1, invited=True)
    application, (slot,) = interviews.applications[0], interviews.slots
    interviews.choose(application, slot)
    interviews.give_up(application, slot)
    message = come_back(N.INTERVIEW_CANCELLED)
    db.session.get_one(InterviewCancellation, message.id).by_us = by_us
    application.status = stands
    db.session.commit()

    if is_told:
        assert again(hr, message).context["by_us"] == ("yes" if by_us else "")
    else:
        with pytest.raises(Conflict, match="or an outcome since"):
            again(hr, message)


def test_what_failed_before_it_went_goes_as_it_was_where_it_is_not_written_afresh(hr, session):
    interviews = planned(1, slots=1, invited=True)
    application = interviews.applications[0]
    interviews.choose(application, interviews.slots[0])
    interviews.give_up(application, interviews.slots[0])
    message = last(N.INTERVIEW_CANCELLED)
    db.session.query(InterviewCancellation).delete()  # from before these were kept
    message.failed_at = message.unsettled_since = clock.now()
    db.session.commit()

    assert again(hr, message).context == message.context


def test_a_document_is_asked_for_again_while_it_is_asked_for(hr, session):
    application = planned(1).applications[0]
    due_on = london_day(clock.now()) + timedelta(days=7)
    for name in ("Degree certificate", "Proof of address"):
        with transaction():
            ask_for_document(hr.as_actor(), application, name, "We check it.", due_on, now=clock.now())
        come_back(N.DOCUMENT_ASKED)
    first, second = undelivered_page(hr.as_actor()).rows
    sent = again(hr, first.message)

    assert sent.context["document"] == "Degree certificate"
    assert last(N.DOCUMENT_ASKED).context["document"] == "Proof of address"
    assert sorted(key for key, _, _ in events()) == [first.message.id, second.message.id]  # one step tells all
    assert undelivered_page(hr.as_actor()).rows == []


@pytest.mark.parametrize(
    ("status", "vacancy_status", "is_sent"),
    [
        (ApplicationStatus.SHORTLISTED, VacancyStatus.PUBLISHED, True),
        (ApplicationStatus.WITHDRAWN, VacancyStatus.PUBLISHED, False),
        (ApplicationStatus.SHORTLISTED, VacancyStatus.CANCELLED, False),
    ],
)
def test_a_self_disclosure_is_asked_for_again_on_the_shortlist_alone(hr, session, status, vacancy_status, is_sent):
    application = asked()
    message = last(N.SELF_DISCLOSURE_ASKED)
    with transaction():
        leases.mark_failed(message, at=clock.now(), error="refused")
    application.status, application.vacancy.status = status, vacancy_status
    db.session.commit()

    if is_sent:
        assert again(hr, message).context == message.context
    else:
        with pytest.raises(Conflict, match="not asked for any more"):
            again(hr, message)


def test_every_message_has_words_for_staff_or_is_a_candidates_own():
    own = {"account_email_change", "account_email_taken", "application_reminder"}
    own |= {one.value for one in N if one.value.startswith(("alert_", "interest_"))}
    drafts = {"vacancy_changed", "vacancy_ended", "vacancy_extended", "vacancy_paused", "vacancy_resumed"}
    told = [*MESSAGE_WORDS, *STAFF_WORDS, *ACCOUNT_WORDS]
    assert sorted(told) == sorted(set(N) - own - drafts)


def test_every_message_about_an_application_has_words_for_staff():
    about = {one for one in Notification if one.value.startswith(("application_", "interview_")) and "panel" not in one}
    assert about - {N.APPLICATION_REMINDER} <= MESSAGE_WORDS.keys()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_is_one_statement_and_goes_on_where_it_ended(hr, queries, number):
    first = sent_application()
    now = clock.now()
    for place in range(number):
        db.session.add(
            OutboxMessage(
                key=f"k{place}",
                notification=N.APPLICATION_SUBMITTED,
                recipient="kim@people.test",
                context={},
                about=first.reference,
                posted_at=now,
                due_at=now,
                sent_at=now,
                returned_at=now,
                unsettled_since=now + timedelta(seconds=place // 2),
            )
        )
    db.session.commit()
    actor = hr.as_actor()
    queries.clear()
    page = undelivered_page(actor)
    assert len(queries) == 1
    rest = undelivered_page(actor, page.next).rows if page.next else []
    found = [row.message.key for row in [*page.rows, *rest]]
    assert found == [f"k{place}" for place in range(number)]
    assert (page.next is None) == (number < 30)
