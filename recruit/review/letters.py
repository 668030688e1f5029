"""The letter of a decision that waits: drafted with it, read, worded and set aside by people."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from recruit.applications.letters import Letter, LetterDraft
from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.promises import next_day, promise
from recruit.core.calendar import days_named, london_day, long_date, long_moment
from recruit.core.db import UTCDateTime, db
from recruit.core.errors import Conflict, Incomplete
from recruit.core.text import clean_prose
from recruit.notifications.delivery import own_words
from recruit.notifications.models import OutboxMessage
from recruit.review import messages
from recruit.review.history import who_else
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import REFUSALS, ApplicationStatus, VacancyStatus
from recruit.rules.notifications import Notification
from recruit.rules.reasons import needed_reason


class SeenLetter(NamedTuple):
    """A letter as somebody read it: the decision that it is about, and which of its versions."""

    event_id: int
    version: int


FIELDS = {"opening": "The opening", "next_steps": "What happens next"}
UNSAVED = "Nothing of yours was saved."


def draft_letter(notification: Notification, application: Application, event_id: int) -> None:
    """Draft the letter of a decision that was just made, in our own words until somebody changes them.

    Args:
        event_id: the decision's event, which keeps its criterion and its reason.
    """
    db.session.add(LetterDraft(application_id=application.id, event_id=event_id, template=notification.value))


def draft_of(application: Application) -> LetterDraft | None:
    """Return the letter that waits to be released, if one does."""
    return db.session.get(LetterDraft, application.id)


def as_message(
    application: Application, draft: LetterDraft, *, now: datetime, told_on: str | None = None
) -> OutboxMessage:
    """Return the message as it is sent when it is released at `now`.  It is in no outbox."""
    return OutboxMessage(
        key="preview",
        notification=draft.notification,
        recipient=application.candidate.email,
        context=context_of(application, draft, now=now, told_on=told_on),
    )


def context_of(
    application: Application, draft: LetterDraft, *, now: datetime, told_on: str | None = None
) -> dict[str, str]:
    """Return all that the template of a letter names: the facts of the decision, and what people worded around them.

    Args:
        told_on: the day that a correction names, where `told_days` was asked for many.
    """
    worded = {name: getattr(draft, name) for name in messages.CHANGEABLE if getattr(draft, name)}
    return {**_facts_of(application, draft, now, told_on), **worded, "more_feedback": draft.feedback}


def words_of(application: Application, draft: LetterDraft, *, now: datetime) -> dict[str, str]:
    """Return the words that people may change, as they stand: theirs, or ours where nobody changed them."""
    own = own_words(draft.notification, _facts_of(application, draft, now))
    return {**{name: getattr(draft, name) or own[name] for name in messages.CHANGEABLE}, "feedback": draft.feedback}


def _facts_of(
    application: Application, draft: LetterDraft, now: datetime, told_on: str | None = None
) -> dict[str, str]:
    event = draft.event
    if told_on is None:
        told_on = told_days([draft]).get(application.id, "")
    return _texts(
        messages.words(
            application,
            event.criterion.text if event.criterion else "",
            event.reason if event.criterion else "",
            today=london_day(now),
            hear_by=next_day(application, application.status, told_at=now),
            told_on=told_on,
        )
    )


def _texts(words: messages.DecisionWords) -> dict[str, str]:
    return {name: str(value) for name, value in words.items()}


def edit_letter(
    actor: Actor,
    application: Application,
    *,
    opening: str,
    next_steps: str,
    feedback: str,
    seen: SeenLetter,
    now: datetime,
) -> None:
    """Change the words of a letter that waits.  The facts in it are the decision's and stay.

    Args:
        actor: an HR person; not the candidate.
        feedback: what is said on other criteria; may be empty.
        seen: the letter on the page that this was written on.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: it was released or undone, decided again, or somebody else changed it since.
        Incomplete: a part is empty or very long.
    """
    authorise(actor, Permission.APPLICATION_REVIEW, application)
    db.session.refresh(application, with_for_update={"of": Application})
    draft = seen_draft(actor, application, seen)
    words = {"opening": clean_prose(opening), "next_steps": clean_prose(next_steps), "feedback": clean_prose(feedback)}
    for name, label in FIELDS.items():
        if not words[name]:
            raise Incomplete(f"{label} cannot be empty")
    if max(map(len, words.values())) > limits.LETTER_CHARACTERS:
        raise Incomplete(f"Each part must be {limits.LETTER_CHARACTERS:,} characters or fewer")

    if words == words_of(application, draft, now=now):
        return
    own = own_words(draft.notification, _facts_of(application, draft, now))
    for name in FIELDS:  # what reads as ours stays ours, and follows a day or a template that changes before it goes
        setattr(draft, name, "" if words[name] == clean_prose(own[name]) else words[name])
    draft.feedback = words["feedback"]
    draft.edited_by_id, draft.edited_at = actor.user_id, now


def set_aside(actor: Actor, application: Application, reason: str, *, seen: SeenLetter, now: datetime) -> None:
    """Let a decision stand without a message: its candidate was told in another way.  They see it on their page now.

    Args:
        actor: an HR person; not the candidate.
        reason: how they were told; kept in the record.
        seen: the letter on the page that this was decided on.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: it was released or undone, decided again, or somebody else changed it since; or it is a yes, and the
            vacancy was cancelled.
        Incomplete: no reason, or a very long one.
    """
    authorise(actor, Permission.APPLICATION_REVIEW, application)
    db.session.refresh(application, with_for_update={"of": Application})
    draft = seen_draft(actor, application, seen)
    refuse_yes_of_cancelled(application)
    reason = needed_reason(reason, missing="Enter how the candidate was told", thing="What you write")

    application.told_status = application.untold_since = None
    promise(application, told_at=now)
    status = application.status.value
    db.session.add(
        ApplicationEvent(
            application_id=application.id,
            actor_id=actor.user_id,
            source=status,
            target=status,
            reason=reason,
            at=now,
        )
    )
    db.session.delete(draft)


def seen_draft(actor: Actor, application: Application, seen: SeenLetter) -> LetterDraft:
    """Return the letter that waits, as whoever decides on it has seen it.

    Raises:
        Conflict: none waits, another decision's does, or somebody changed it since.
    """
    draft = db.session.get(LetterDraft, application.id, populate_existing=True)
    if draft is None:
        raise Conflict("The decision was released or undone meanwhile, so there is no message to change.")
    if draft.event_id != seen.event_id:  # each decision's letter counts its versions from one
        raise Conflict("The message that you read is gone: another decision was made. Read its message. " + UNSAVED)
    refuse_other_words(actor, draft, seen.version)
    return draft


def refuse_other_words(actor: Actor, draft: LetterDraft, seen_version: int) -> None:
    """Refuse whoever has read other words than a letter has now.

    Raises:
        Conflict: somebody changed it since.
    """
    if draft.version != seen_version:
        who = who_else(actor, draft.edited_by)
        when = f" at {long_moment(draft.edited_at)}" if draft.edited_at else ""
        raise Conflict(f"{who} changed the message{when}. Read it again. {UNSAVED}")


def refuse_yes_of_cancelled(application: Application) -> None:
    """Refuse to tell a yes, or a decision that was reopened, when there is nothing to be appointed to.

    Raises:
        Conflict: as said.
    """
    if application.vacancy.status == VacancyStatus.CANCELLED and application.status not in REFUSALS:
        raise Conflict("The vacancy was cancelled, so the candidate cannot be told this decision.")


def passed_day(application: Application, draft: LetterDraft, *, now: datetime) -> str:
    """Return the first day, in words, that people wrote into what is to come and that has passed; "" for none.

    Our own words name no such day, because they are made anew until they go.
    """
    is_invited, today = application.status == ApplicationStatus.SHORTLISTED, london_day(now)
    written = f"{draft.opening} {draft.next_steps}" if is_invited else draft.next_steps
    passed = [day for day in days_named(written, today=today) if day < today]
    return long_date(passed[0]) if passed else ""


def told_days(drafts: Iterable[LetterDraft]) -> dict[int, str]:
    """Return the day on which each candidate was told what is corrected now, in words, by application.

    Letters that correct nothing name no such day and are left out; where all are such, nothing is asked.
    """
    keys = [one.application_id for one in drafts if one.notification == Notification.APPLICATION_CORRECTED]
    if not keys:
        return {}
    rows = db.session.execute(
        select(ApplicationEvent.application_id, func.max(ApplicationEvent.at, type_=UTCDateTime()))
        .where(ApplicationEvent.application_id.in_(keys), ApplicationEvent.source == ApplicationEvent.target)
        .group_by(ApplicationEvent.application_id)
    )
    days = {key: long_date(at) for key, at in rows.tuples()}
    return {key: days.get(key, "an earlier day") for key in keys}


def letters_of(application_id: int) -> Mapping[int, Letter]:
    """Return what was sent about decisions on an application, by the id of its message."""
    rows = db.session.scalars(select(Letter).where(Letter.application_id == application_id).order_by(Letter.id))
    return {letter.message_id: letter for letter in rows}
