"""Decisions that candidates do not know of: looked over together, then released or taken back in one step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from recruit.applications.letters import Letter, LetterDraft
from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.promises import promise
from recruit.appointments.employment_opening import open_details
from recruit.core.db import db
from recruit.core.errors import Conflict, NotAllowed
from recruit.notifications import outbox
from recruit.notifications.delivery import Sender, render, text_of
from recruit.notifications.errors import NotSent
from recruit.notifications.models import OutboxMessage
from recruit.review import letters
from recruit.review.history import what_happened_last
from recruit.review.rows import RowResult, each_row, held_rows
from recruit.review.service import undo_move
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus


@dataclass(frozen=True, slots=True)
class Held:
    """A decision that its candidate has not been told of, the letter that waits, and the day that it corrects."""

    application: Application
    letter: LetterDraft
    told_on: str = ""


class Ticked(NamedTuple):
    """An application and its letter as somebody saw them when they ticked it."""

    reference: str
    version: int
    letter_version: int


class _Written(NamedTuple):
    """A letter as it goes."""

    application: Application
    message: OutboxMessage
    subject: str
    text: str


def held_decisions(actor: Actor) -> Sequence[Held]:
    """Return the decisions that wait, by vacancy and reference: at most `HELD_SHOWN`, in one or two statements.

    Args:
        actor: an HR person; their own applications are not among it.
    """
    statement = (
        select(Application, LetterDraft)
        .join(LetterDraft, LetterDraft.application_id == Application.id)
        .where(Application.untold_since.is_not(None), Application.candidate_id != actor.user_id)
        .options(joinedload(Application.vacancy), joinedload(Application.candidate), *_WITH_FACTS)
        .order_by(Application.vacancy_id, Application.reference)
        .limit(limits.HELD_SHOWN)
    )
    rows = db.session.execute(statement).tuples().all()
    told = letters.told_days(letter for _, letter in rows)
    return [Held(application, letter, told.get(application.id, "")) for application, letter in rows]


_WITH_FACTS = (
    joinedload(LetterDraft.event).joinedload(ApplicationEvent.criterion),
    joinedload(LetterDraft.event).joinedload(ApplicationEvent.actor),
    joinedload(LetterDraft.edited_by),
)


def release(actor: Actor, ticked: Iterable[Ticked], sender: Sender, *, now: datetime) -> list[RowResult]:
    """Send the letters of the ticked decisions, each once; what cannot go is named, and the rest goes.

    All of it is part of the caller's one transaction.  The applications' rows are taken first; what somebody else has
    in hand at this moment is left to them and named, so that nobody waits for a long batch of another.

    Args:
        actor: an HR person.
        ticked: at most `HELD_SHOWN` rows are looked at.
        sender: who writes; the letter is kept word for word as it is sent.
        now: the moment, aware, UTC; the candidates may know from then on.
    """
    seen = _seen(ticked)
    applications = db.session.scalars(
        select(Application)
        .where(Application.reference.in_(seen), Application.submitted_at.is_not(None))
        .options(joinedload(Application.vacancy), joinedload(Application.candidate))
        .order_by(Application.id)
        .with_for_update(of=Application, key_share=True, skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    drafts = _drafts_of(applications)
    told = letters.told_days(drafts.values())
    results = _not_found(seen)
    written: list[_Written] = []
    for application in applications:
        reference = application.reference
        try:
            _refuse(actor, application, drafts, seen[reference])
            written.append(_write(application, drafts[application.id], sender, now, told.get(application.id, "")))
        except (Conflict, NotAllowed) as refusal:
            results[reference] = RowResult(reference, str(refusal))
        else:
            results[reference] = RowResult(reference)
    _send(actor, written, now)
    return [results[reference] for reference in sorted(results)]


def take_back(actor: Actor, ticked: Iterable[Ticked], *, now: datetime) -> list[RowResult]:
    """Undo the ticked decisions; nothing is sent of them.  What cannot be undone is named, and the rest is."""
    seen = _seen(ticked)
    wanted = select(Application).where(Application.reference.in_(seen), Application.submitted_at.is_not(None))
    return each_row(held_rows(wanted), seen, lambda one, row: undo_move(actor, one, seen_version=row.version, now=now))


def told_of(references: Iterable[str]) -> Sequence[Application]:
    """Return which of the applications, just undone, have candidates who know of an earlier decision: that one stands.

    Theirs is again the status that they were told, by reference, with their names: one statement.
    """
    statement = (
        select(Application)
        .where(Application.reference.in_(references), Application.told_status.is_(None))
        .where(Application.status != ApplicationStatus.SUBMITTED)
        .options(joinedload(Application.candidate))
        .order_by(Application.reference)
    )
    return db.session.scalars(statement).all()


def _seen(ticked: Iterable[Ticked]) -> dict[str, Ticked]:
    return {one.reference: one for one in list(ticked)[: limits.HELD_SHOWN]}


def _not_found(seen: Iterable[str]) -> dict[str, RowResult]:
    """Return why each could not be taken: it does not exist, or somebody has it in hand at this moment."""
    there = set(db.session.scalars(select(Application.reference).where(Application.reference.in_(seen))))
    busy, unknown = "Somebody else is changing it at this moment. Look at it again.", "There is no such application."
    return {reference: RowResult(reference, busy if reference in there else unknown) for reference in seen}


def _drafts_of(applications: Sequence[Application]) -> dict[int, LetterDraft]:
    rows = db.session.scalars(
        select(LetterDraft)
        .where(LetterDraft.application_id.in_([one.id for one in applications]))
        .options(*_WITH_FACTS)
        .execution_options(populate_existing=True)
    )
    return {draft.application_id: draft for draft in rows}


def _refuse(actor: Actor, application: Application, drafts: Mapping[int, LetterDraft], seen: Ticked) -> None:
    """Refuse what somebody moved, released or reworded since it was ticked.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: as said.
    """
    authorise(actor, Permission.APPLICATION_REVIEW, application)
    if application.version != seen.version and (happened := what_happened_last(actor, application)):
        raise Conflict(happened)
    if application.id not in drafts:
        raise Conflict("There is no message to release.")
    letters.refuse_other_words(actor, drafts[application.id], seen.letter_version)
    letters.refuse_yes_of_cancelled(application)


def _write(application: Application, draft: LetterDraft, sender: Sender, now: datetime, told_on: str) -> _Written:
    """Return the letter as it goes, with nothing kept yet.

    Raises:
        Conflict: its words or its address cannot be written.
    """
    message = OutboxMessage(
        key="draft",
        notification=draft.notification,
        recipient=application.candidate.email,
        context=letters.context_of(application, draft, now=now, told_on=told_on),
    )
    try:
        mail = render(message, sender, at=now)
    except NotSent as fault:
        raise Conflict(f"The message cannot be written ({fault}). Nothing was sent.") from fault
    return _Written(application, message, mail["Subject"], text_of(mail))


def _send(actor: Actor, written: Sequence[_Written], now: datetime) -> None:
    """Put the letters into the outbox, and keep who released them and what they say: a few statements for all."""
    posted = [
        outbox.post(
            one.message.notification,
            one.message.recipient,
            at=now,
            about=one.application.reference,
            **one.message.context,
        )
        for one in written
    ]
    db.session.flush()  # the events name the messages' rows
    events = [
        ApplicationEvent(
            application_id=one.application.id,
            actor_id=actor.user_id,
            source=one.application.status.value,
            target=one.application.status.value,
            message_id=message.id,
            at=now,
        )
        for one, message in zip(written, posted, strict=True)
    ]
    db.session.add_all(events)
    db.session.flush()  # and the letters name the events
    for one, message, event in zip(written, posted, events, strict=True):
        one.application.told_status = one.application.untold_since = None
        promise(one.application, told_at=now)
        db.session.add(
            Letter(
                application_id=one.application.id,
                event_id=event.id,
                message_id=message.id,
                subject=one.subject,
                text=one.text,
                at=now,
            )
        )
    keys = [one.application.id for one in written]
    db.session.execute(delete(LetterDraft).where(LetterDraft.application_id.in_(keys)))
    open_details(actor, [one.application for one in written], now=now)
    db.session.flush()
