"""What somebody's history leaves to ask about, and what interviewers were told.  Nothing here scores or decides.

Before the shortlist nobody is shown any of it: a panel that sifts must not judge by gaps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.applications.prompts import Prompt, prompts_of
from recruit.applications.queries import sent_content
from recruit.core.calendar import london_day
from recruit.core.db import db, hold
from recruit.core.errors import Conflict, Incomplete
from recruit.interviews.models import PromptNote
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import OUTCOMES, ApplicationStatus

AFTER_SHORTLIST = (ApplicationStatus.SHORTLISTED, *OUTCOMES)


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt and what was noted about it, the oldest first."""

    prompt: Prompt
    notes: Sequence[PromptNote]

    @property
    def is_explained(self) -> bool:
        return bool(self.notes) and self.notes[-1].is_explained


@dataclass(frozen=True, slots=True)
class Told:
    """What an interviewer was told about one prompt."""

    words: str
    is_explained: bool


def prompts_for(application: Application) -> Sequence[Asked]:
    """Return what to ask about an application, with what was noted; nothing before it is on the shortlist."""
    if application.status not in AFTER_SHORTLIST or application.submitted_at is None:
        return []
    content = sent_content(application.id, application.reference)
    statement = select(PromptNote).where(PromptNote.application_id == application.id).order_by(PromptNote.id)
    notes = db.session.scalars(statement.options(joinedload(PromptNote.author))).all()
    prompts = prompts_of(content, london_day(application.submitted_at))
    return [Asked(prompt, [note for note in notes if note.prompt == prompt.key]) for prompt in prompts]


def unexplained(application: Application) -> Sequence[Prompt]:
    """Return the prompts of an application that nobody noted as explained."""
    return [asked.prompt for asked in prompts_for(application) if not asked.is_explained]


def note_answers(actor: Actor, held: object, told: Mapping[str, Told], *, now: datetime) -> int:
    """Keep what a candidate said about prompts; return how many notes were kept.

    Each note stays: two interviewers may write about the same prompt.  What its author wrote last is not kept twice.

    Args:
        held: the interview, which knows its application and who interviews (`Permission.INTERVIEW_HOLD`).
        told: by the prompt's key; without words nothing is kept.

    Raises:
        NotAllowed: they do not interview this person.
        Conflict: the application is decided, withdrawn or not on the shortlist; nothing is kept.
        Incomplete: a note is too long.
    """
    authorise(actor, Permission.INTERVIEW_HOLD, held)
    application: Application = held.application  # type: ignore[attr-defined]
    hold(f"prompts:{application.id}")
    db.session.refresh(application)
    if application.status != ApplicationStatus.SHORTLISTED:
        raise Conflict("This application has been decided or withdrawn, so nothing is noted any more.")
    kept = 0
    for asked in prompts_for(application):
        answer = told.get(asked.prompt.key, Told("", False))
        words = answer.words.strip()
        if len(words) > limits.SCORE_NOTE_CHARACTERS:
            raise Incomplete(f"A note must be {limits.SCORE_NOTE_CHARACTERS:,} characters or fewer")
        last = next((note for note in reversed(asked.notes) if note.author_id == actor.user_id), None)
        if not words or (last and (last.words, last.is_explained) == (words, answer.is_explained)):
            continue
        db.session.add(
            PromptNote(
                application_id=application.id,
                prompt=asked.prompt.key,
                is_explained=answer.is_explained,
                words=words,
                author_id=actor.user_id,
                at=now,
            )
        )
        kept += 1
    return kept
