"""Phrases that HR hides from the panel, beside what is hidden by itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.panels.models import Redaction
from recruit.panels.records import record
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise


def redactions_of(application_id: int) -> Sequence[Redaction]:
    """Return what HR hides in an application, in the order it was added."""
    statement = select(Redaction).where(Redaction.application_id == application_id).order_by(Redaction.id)
    return db.session.scalars(statement).all()


def hide_phrase(actor: Actor, application: Application, phrase: str, *, now: datetime) -> None:
    """Hide `phrase` wherever the panel would read it, whatever its capitals.

    Raises:
        NotAllowed: not HR, or their own application.
        Incomplete: it is empty, too long, hidden already, or there are too many.
    """
    authorise(actor, Permission.APPLICATION_REVIEW, application)
    there = redactions_of(application.id)
    if not 1 < len(phrase.strip()) <= limits.LINE_CHARACTERS:
        raise Incomplete(f"Enter 2 to {limits.LINE_CHARACTERS} characters to hide")
    if phrase in [one.phrase for one in there]:
        raise Incomplete("This is hidden already")
    if len(there) >= limits.REDACTIONS:
        raise Incomplete(f"{limits.REDACTIONS} phrases can be hidden in one application")
    db.session.add(Redaction(application_id=application.id, phrase=phrase, added_by_id=actor.user_id, at=now))
    record(actor, application.vacancy_id, "Text hidden from the panel", now=now, application_id=application.id)


def show_phrase(actor: Actor, application: Application, redaction_id: int, *, now: datetime) -> None:
    """Let the panel read a phrase again.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: it is not hidden any more.
    """
    authorise(actor, Permission.APPLICATION_REVIEW, application)
    redaction = next((one for one in redactions_of(application.id) if one.id == redaction_id), None)
    if redaction is None:
        raise Conflict("This is not hidden any more.")
    db.session.delete(redaction)
    record(actor, application.vacancy_id, "Text shown to the panel again", now=now, application_id=application.id)
