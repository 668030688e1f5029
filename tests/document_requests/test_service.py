"""Asking for a document, sending it, and looking at it: what is allowed, and each refusal."""

from datetime import timedelta

import pytest

from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.document_requests import service
from recruit.document_requests.models import DocumentRequest, DocumentRequestEvent
from recruit.documents.models import Document
from recruit.documents.receiving import Kept
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.uploads import FileKind
from tests import factories
from tests.review.sent import sent_application

WEEK = timedelta(days=7)


def kept(mark: str) -> Kept:
    return Kept("degree.pdf", FileKind.PDF, 9, mark * 64, mark * 32)


@pytest.fixture
def hr(session):
    return factories.UserFactory(roles=[Role.HR]).as_actor()


@pytest.fixture
def application(session):
    application = sent_application()
    application.status = ApplicationStatus.SHORTLISTED
    db.session.commit()
    return application


def ask(actor, application, name="Degree certificate", reason="We check it.", due_on=None) -> DocumentRequest:
    now = clock.now()
    day = due_on or london_day(now) + WEEK
    request = service.ask_for_document(actor, application, name, reason, day, now=now)
    db.session.commit()
    return request


def send(actor, request, mark: str, *, seen_version: int | None = None) -> None:
    seen = request.version if seen_version is None else seen_version
    service.send_document(actor, request, kept(mark), seen_version=seen, now=clock.now())
    db.session.commit()


def told() -> list[tuple[str, str]]:
    rows = db.session.query(OutboxMessage).order_by(OutboxMessage.id)
    return [(row.notification.value, row.recipient) for row in rows if row.notification.value.startswith("document")]


def test_from_asking_to_accepting(hr, application):
    candidate, now = application.candidate.as_actor(), clock.now()
    request = ask(hr, application)
    send(candidate, request, "a")
    service.ask_again(hr, request, "Too dark", london_day(now) + WEEK, seen_version=request.version, now=now)
    db.session.commit()
    send(candidate, request, "b")
    send(candidate, request, "b", seen_version=0)  # a second click
    service.accept_document(hr, request, seen_version=request.version, now=now)
    db.session.commit()

    events = db.session.query(DocumentRequestEvent).order_by(DocumentRequestEvent.id)
    assert [(event.source, event.target, event.reason, event.file_digest[:1]) for event in events] == [
        ("", "asked", "We check it.", ""),
        ("asked", "received", "", "a"),
        ("received", "asked", "Too dark", ""),
        ("asked", "received", "", "b"),
        ("received", "accepted", "", ""),
    ]
    assert [document.sha256[:1] for document in db.session.query(Document)] == ["b"], "the first one is gone"
    officer, theirs = db.session.get_one(type(application.candidate), hr.user_id).email, application.candidate.email
    assert told() == [("document_asked", theirs), ("document_received", officer)] * 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": ""}, "Enter what you need"),
        ({"name": "Your CV"}, "We do not ask for CVs"),
        ({"name": "Curriculum Vitae"}, "We do not ask for CVs"),
        ({"reason": " "}, "Say why"),
        ({"due_on": london_day(clock.now()) - timedelta(days=1)}, "today or later"),
        ({"due_on": london_day(clock.now()) + timedelta(days=100)}, "within 3 months"),
    ],
)
def test_what_is_asked_for_must_be_whole(hr, application, given, words):
    with pytest.raises(Incomplete, match=words):
        ask(hr, application, **given)


def test_nothing_is_asked_for_before_the_candidate_knows_of_the_shortlist(hr, application):
    application.told_status, application.untold_since = ApplicationStatus.SUBMITTED, clock.now()
    with pytest.raises(Conflict, match="knows that they are on the shortlist"):
        ask(hr, application)
    application.told_status = application.untold_since = None
    application.status = ApplicationStatus.SUBMITTED
    with pytest.raises(Conflict, match="knows that they are on the shortlist"):
        ask(hr, application)


def test_nobody_asks_twice_or_themselves_or_sends_for_others(hr, application):
    request = ask(hr, application)

    with pytest.raises(Conflict, match="asked for already"):
        ask(hr, application, "degree CERTIFICATE")
    with pytest.raises(NotAllowed):
        ask(application.candidate.as_actor(), application, "Another")
    with pytest.raises(NotAllowed):
        send(hr, request, "a")


def test_what_was_replaced_is_not_accepted_unseen_and_what_was_accepted_stays(hr, application):
    candidate, now = application.candidate.as_actor(), clock.now()
    request = ask(hr, application)
    with pytest.raises(Conflict):
        service.accept_document(hr, request, seen_version=request.version, now=now)
    send(candidate, request, "a")
    seen = request.version
    send(candidate, request, "b")
    with pytest.raises(Conflict, match="Look at it again"):
        service.accept_document(hr, request, seen_version=seen, now=now)
    service.accept_document(hr, request, seen_version=request.version, now=now)
    db.session.commit()

    with pytest.raises(Conflict):
        send(candidate, request, "c")
    with pytest.raises(Conflict):
        service.cancel_request(hr, request, seen_version=request.version, now=now)


def test_what_is_not_needed_is_removed_and_nothing_is_sent_after_the_end(hr, application):
    candidate, now = application.candidate.as_actor(), clock.now()
    first, second = ask(hr, application), ask(hr, application, "Photo")
    send(candidate, first, "a")
    service.cancel_request(hr, first, seen_version=first.version, now=now)
    application.status = ApplicationStatus.WITHDRAWN
    db.session.commit()

    assert db.session.query(Document).count() == 0
    with pytest.raises(Conflict, match="has ended"):
        send(candidate, second, "b")


def test_a_file_from_a_page_that_has_changed_is_not_taken(hr, application):
    candidate, now = application.candidate.as_actor(), clock.now()
    request = ask(hr, application)
    opened = request.version
    send(candidate, request, "a", seen_version=opened)

    with pytest.raises(Conflict, match="in another window or because HR wrote to you"):
        send(candidate, request, "b", seen_version=opened)
    opened = request.version
    service.ask_again(hr, request, "Too dark", london_day(now) + WEEK, seen_version=opened, now=now)
    db.session.commit()
    with pytest.raises(Conflict, match="your file was not taken"):
        send(candidate, request, "b", seen_version=opened)

    assert [document.sha256[:1] for document in db.session.query(Document)] == ["a"]
