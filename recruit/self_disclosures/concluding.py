"""What the safeguarding lead makes of a self-disclosure: notes, a conclusion, what the chair of the panel is told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.core.text import clean_prose
from recruit.notifications import outbox
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import Move, moves_open_to, permit
from recruit.rules.reasons import needed_reason, refuse_long
from recruit.rules.self_disclosure import CONCLUSIONS, DISCLOSURE_MOVES, UNSENT, Act, DisclosureStatus
from recruit.self_disclosures.asking import call_back_reminder
from recruit.self_disclosures.contents import DisclosureAnswers, DisclosureText, TextKind
from recruit.self_disclosures.models import SelfDisclosure
from recruit.self_disclosures.noting import hold_application, note, take
from recruit.self_disclosures.reading import may_read
from recruit.self_disclosures.releases import chairs_of

STALE = "This has changed since you opened the page: the candidate wrote, or a colleague concluded. Read it again."
NO_CHAIR = (
    "There is nobody to tell: the panel has no chair, its chair has applied here or declared a connection with the "
    "candidate, or the application has ended. Ask HR to name a chair, then tell them."
)
OPEN_FIRST = "Open it again first: each opening lasts a quarter of an hour and is kept, with your name."


def conclusions_open_to(actor: Actor, disclosure: SelfDisclosure) -> Sequence[Move[DisclosureStatus]]:
    """Return what can be concluded from where it stands."""
    return [move for move in moves_open_to(DISCLOSURE_MOVES, actor, disclosure) if move.target in CONCLUSIONS]


def conclude(
    actor: Actor,
    disclosure: SelfDisclosure,
    target: DisclosureStatus,
    *,
    words: str = "",
    told: str = "",
    reason: str = "",
    seen_version: int,
    now: datetime,
) -> None:
    """Keep what a safeguarding lead makes of it.

    Args:
        target: what it is concluded to be.
        words: a note for the leads; may be empty.
        told: what the chair reads, in the lead's words, where the target is that they are told.
        reason: why the chair is told; for the leads alone.
        seen_version: of the page that this was decided on.

    Raises:
        NotAllowed: no safeguarding lead, or their own.
        Conflict: it is not sent, somebody changed it since, they have not opened it lately, or there is no chair to
            tell.
        Incomplete: something is missing or too long.
    """
    _hold(actor, disclosure, seen_version, now)
    move = permit(DISCLOSURE_MOVES, actor, disclosure, target)
    if target not in CONCLUSIONS:
        raise Conflict(STALE)
    words = clean_prose(words)
    refuse_long(words, thing="Your note", most=limits.DISCLOSURE_CHARACTERS)
    if move.needs_reason:
        told = _needed(told, "What the chair is to know")
        reason = _needed(reason, "Why the chair has to know it")
    tells = move.notification
    chairs = chairs_of(disclosure.application_id) if tells is not None else []
    if tells is not None and not chairs:
        raise Conflict(NO_CHAIR)

    _keep(actor, disclosure, TextKind.NOTE, words, now)
    if move.needs_reason:
        _keep(actor, disclosure, TextKind.TOLD, told, now)
        _keep(actor, disclosure, TextKind.REASON, reason, now)
    take(move, actor, disclosure, now=now)
    if tells is not None:
        for chair in chairs:
            outbox.post(tells, chair.email, at=now, vacancy=disclosure.application.vacancy.title, path="/interviews")


def keep_told_in_person(
    actor: Actor, disclosure: SelfDisclosure, words: str, *, seen_version: int, now: datetime
) -> None:
    """Keep that the candidate told it in person, and what; a draft of theirs is deleted.

    Raises:
        NotAllowed, Conflict: as `conclude`; or it was sent.
        Incomplete: no note, or a very long one.
    """
    _hold(actor, disclosure, seen_version, now)
    move = permit(DISCLOSURE_MOVES, actor, disclosure, DisclosureStatus.HEARD)
    words = _needed(words, "What you were told")

    drafts = delete(DisclosureAnswers).where(DisclosureAnswers.application_id == disclosure.application_id)
    db.session.execute(drafts)
    disclosure.sent_at = now
    _keep(actor, disclosure, TextKind.NOTE, words, now)
    take(move, actor, disclosure, now=now)
    call_back_reminder(disclosure, now=now)


def add_note(actor: Actor, disclosure: SelfDisclosure, words: str, *, now: datetime) -> None:
    """Add a note for the leads.

    Raises:
        NotAllowed: no safeguarding lead, or their own.
        Conflict: they have not opened it lately.
        Incomplete: nothing was written, or too much.
    """
    authorise(actor, Permission.DISCLOSURE_CONCLUDE, disclosure)
    if not may_read(actor, disclosure, now=now):
        raise Conflict(OPEN_FIRST)
    _keep(actor, disclosure, TextKind.NOTE, _needed(words, "Your note"), now)
    note(actor, disclosure.application_id, Act.NOTED, now=now)


def leave_to_colleague(actor: Actor, disclosure: SelfDisclosure, *, now: datetime) -> None:
    """Say that they know the candidate: they cannot open it any more.

    Raises:
        NotAllowed: no safeguarding lead, or their own.
    """
    authorise(actor, Permission.DISCLOSURE_CONCLUDE, disclosure)
    note(actor, disclosure.application_id, Act.LEFT, now=now)


def _hold(actor: Actor, disclosure: SelfDisclosure, seen_version: int, now: datetime) -> None:
    authorise(actor, Permission.DISCLOSURE_CONCLUDE, disclosure)
    hold_application(disclosure)
    db.session.refresh(disclosure, with_for_update={"of": SelfDisclosure})
    if disclosure.version != seen_version:
        raise Conflict(STALE)
    if disclosure.status not in UNSENT and not may_read(actor, disclosure, now=now):
        raise Conflict(OPEN_FIRST)


def _needed(words: str, what: str) -> str:
    missing = f"Enter {what[0].lower()}{what[1:]}"
    return needed_reason(words, missing=missing, thing=what, most=limits.DISCLOSURE_CHARACTERS)


def _keep(actor: Actor, disclosure: SelfDisclosure, kind: TextKind, words: str, now: datetime) -> None:
    if words:
        text = DisclosureText(
            application_id=disclosure.application_id, kind=kind, author_id=actor.user_id, words=words, at=now
        )
        db.session.add(text)
