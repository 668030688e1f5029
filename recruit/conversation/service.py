"""Writing to each other about an application: HR to its candidate, and the candidate to HR."""

from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from recruit.applications.deliveries import claim, settled
from recruit.applications.models import Application
from recruit.applications.service import message_words, tell_candidate
from recruit.conversation.models import ConversationMessage
from recruit.conversation.queries import hr_addresses, messages_of, number_since
from recruit.core.db import db, table_of
from recruit.core.errors import Conflict, Incomplete
from recruit.core.text import clean_prose
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.notifications import Notification


def write_to_candidate(actor: Actor, application: Application, text: str, *, now: datetime) -> None:
    """Keep a message for the candidate, who is told by email that there is one.

    Args:
        actor: an HR person; not the candidate.
        application: one that was sent.
        text: what is written, at most `CONVERSATION_CHARACTERS`.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: the application was never sent, or the same was written a moment ago.
        Incomplete: nothing is written, or too much.
    """
    authorise(actor, Permission.CONVERSATION_ANSWER, application)
    message = _write(actor, application, text, now, is_by_candidate=False)
    message.notice = _tell_candidate(application, now)
    _wait(application, False)


def needs_no_answer(actor: Actor, application: Application) -> None:
    """Say that what the candidate wrote last is dealt with and needs no answer.

    Raises:
        NotAllowed: not HR, or their own application.
    """
    authorise(actor, Permission.CONVERSATION_ANSWER, application)
    _wait(application, False)


def write_to_hr(actor: Actor, application: Application, text: str, *, now: datetime) -> None:
    """Keep a message for HR; whoever has the application is told by email, or everybody in HR if nobody has.

    Raises:
        NotAllowed: it is somebody else's application.
        Conflict: the application was never sent, the same was written a moment ago, or too much in a day.
        Incomplete: nothing is written, or too much.
    """
    authorise(actor, Permission.CONVERSATION_WRITE, application)
    if number_since(application.id, actor.user_id, now - limits.CONVERSATION_DAY) >= limits.CONVERSATION_A_DAY:
        raise Conflict("You have written a lot today. Write again tomorrow, or ring whoever the vacancy names.")
    _write(actor, application, text, now, is_by_candidate=True)
    _wait(application, True)
    for address in hr_addresses(application):
        words = message_words(application)
        words["path"] = f"/review/applications/{application.reference}/messages"
        outbox.post(Notification.CONVERSATION_TO_HR, address, at=now, **words)


def mark_read(actor: Actor, application: Application, *, last: int, now: datetime) -> None:
    """Keep that the candidate has opened the messages up to number `last`.  Doing it twice keeps the first moment.

    Raises:
        NotAllowed: it is somebody else's application.
    """
    authorise(actor, Permission.CONVERSATION_WRITE, application)
    db.session.execute(
        update(ConversationMessage)
        .where(
            ConversationMessage.application_id == application.id,
            ConversationMessage.id <= last,  # what came since was not on the page
            ~ConversationMessage.is_by_candidate,
            ConversationMessage.read_at.is_(None),
        )
        .values(read_at=now)
    )


def tell_again(actor: Actor, application: Application, message_id: int, *, now: datetime) -> None:
    """Send the email about a message once more, after it could not be delivered or came back.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: there is no such message, its email has not failed, or somebody has done so already.
    """
    authorise(actor, Permission.CONVERSATION_ANSWER, application)
    db.session.refresh(application, with_for_update={"of": Application})
    message = next((one for one in messages_of(application.id) if one.id == message_id), None)
    notice = message.notice if message is not None else None
    if message is None or notice is None or (notice.failed_at is None and notice.returned_at is None):
        raise Conflict("The email about this message has not failed, so it is not sent again.")
    claim([notice])
    settled(actor, application, [notice], again=renew_notice(application, message, now=now), now=now)


def renew_notice(application: Application, message: ConversationMessage, *, now: datetime) -> OutboxMessage:
    """Post the email about a message once more, in the place of one that did not arrive, and return it."""
    message.notice = _tell_candidate(application, now)
    return message.notice


def _wait(application: Application, waits: bool) -> None:
    """Keep whether a message waits for HR.  The version stays: it is no part of a decision."""
    if application.message_waits != waits:
        db.session.execute(_WAITS, {"key": application.id, "waits": waits})
        set_committed_value(application, "message_waits", waits)


_APPLICATION = table_of(Application)
_WAITS = update(_APPLICATION).where(_APPLICATION.c.id == bindparam("key")).values(message_waits=bindparam("waits"))


def _tell_candidate(application: Application, now: datetime) -> OutboxMessage:
    path = f"{message_words(application)['path']}/messages"
    return tell_candidate(Notification.CONVERSATION_TO_CANDIDATE, application, now=now, path=path)


def _write(
    actor: Actor, application: Application, text: str, now: datetime, *, is_by_candidate: bool
) -> ConversationMessage:
    db.session.refresh(application, with_for_update={"of": Application})  # in turns: a double click is two of them
    if application.status == ApplicationStatus.DRAFT:
        raise Conflict("This application has not been sent, so there is nobody to write to about it yet.")
    text = clean_prose(text)
    if not text:
        raise Incomplete("Enter a message")
    if len(text) > limits.CONVERSATION_CHARACTERS:
        raise Incomplete(f"Your message must be {limits.CONVERSATION_CHARACTERS:,} characters or fewer")
    last = next((one for one in reversed(messages_of(application.id)) if one.author_id == actor.user_id), None)
    if last is not None and last.text == text and now - last.at < limits.CONVERSATION_TWICE:
        raise Conflict("You wrote the same a moment ago, and it is kept.")
    message = ConversationMessage(
        application_id=application.id, author_id=actor.user_id, is_by_candidate=is_by_candidate, text=text, at=now
    )
    db.session.add(message)
    return message
