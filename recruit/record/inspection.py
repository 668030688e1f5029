"""All that the service keeps about one application, for whoever has to answer for it.  It reads, and decides nothing.

Answers about equality are not in it: they are kept apart from the application, and nobody may join them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from recruit.accounts.models import User
from recruit.applications.deliveries import DeliveryEvent
from recruit.applications.letters import Letter, LetterDraft
from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.queries import snapshot_of
from recruit.applications.reading import Chapter, chapters_of
from recruit.appointments.employment_checks import findings_of
from recruit.appointments.employment_models import EmploymentCheck, EmploymentEvent
from recruit.appointments.employment_queries import events_of as employment_events
from recruit.conversation.models import ConversationMessage
from recruit.conversation.queries import messages_of
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.document_requests.models import DocumentRequestEvent
from recruit.document_requests.queries import events_of as document_events
from recruit.interviews.models import InterviewEvent
from recruit.interviews.prompting import Asked, prompts_for
from recruit.interviews.queries import SetSlot, happenings_of, slots_booked_by
from recruit.notifications.models import OutboxMessage
from recruit.panels.composition import Member, members_of
from recruit.panels.models import SiftEvent
from recruit.panels.reading import happenings, panel_for_hr
from recruit.record.disclosures import disclosures_of
from recruit.record.models import Disclosure, Seal
from recruit.record.readers import DayOfReader, days_of_readers
from recruit.record.scores import Sheet, interview_sheets_of, sheets_of
from recruit.review.dossier import happened_to
from recruit.review.history import Happening, timeline
from recruit.review.letters import draft_of, letters_of
from recruit.review.models import ApplicationRead, ReviewNote
from recruit.rules.access import Actor, Permission, authorise
from recruit.self_disclosures.models import SelfDisclosureEvent
from recruit.self_disclosures.standing import events_of as disclosure_events


@dataclass(frozen=True, slots=True)
class Inspection:
    """One application with all that was done with it.

    Args:
        chapters: what the candidate sent, section by section.
        history: moves, assignments, labels and messages that did not arrive, oldest first.
        sift: what happened with it in the panel's sift; `sheets` what was scored.  None where the reader may not see
            it, because they applied for the same vacancy.
        panel: who is on the vacancy's panel, with their training; None as `sift`.
        interviews: what was done about its interviews, oldest first; `bookings` the times that it has.
        conversation: what HR and the candidate wrote to each other, oldest first.
        messages: what was posted to the candidate, oldest first; `letters` what was sent about decisions, word for
            word, by the id of its message; `draft` the letter that waits to be released, if one does.
        prompts: what its history left to ask about at interview, and what was noted.
        documents: what was done about documents that were asked for, oldest first.
        disclosure: what was done with the self-disclosure, oldest first; never what it says.
        employment: what was done about the details before the start, without any of them; `checks` what was found.
        openings: who opened it on which day, oldest first; `reads` who marked it as read, and when first.
        taken: the files and records that it was in.
        sealed: the last seal of the whole record; None where nothing is sealed.
    """

    application: Application
    chapters: Sequence[Chapter]
    history: Sequence[Happening]
    sift: Sequence[SiftEvent] | None
    sheets: Sequence[Sheet]
    prompts: Sequence[Asked]
    panel: Sequence[Member] | None
    interviews: Sequence[InterviewEvent]
    bookings: Sequence[SetSlot]
    conversation: Sequence[ConversationMessage]
    documents: Sequence[DocumentRequestEvent]
    disclosure: Sequence[SelfDisclosureEvent]
    employment: Sequence[EmploymentEvent]
    checks: Sequence[EmploymentCheck]
    notes: Sequence[ReviewNote]
    messages: Sequence[OutboxMessage]
    letters: Mapping[int, Letter]
    draft: LetterDraft | None
    openings: Sequence[DayOfReader]
    reads: Sequence[tuple[str, datetime]]
    taken: Sequence[Disclosure]
    sealed: Seal | None


def inspect_application(actor: Actor, application: Application) -> Inspection:
    """Return all that is kept about an application that was sent.

    Raises:
        NotAllowed: not HR, or their own application.
    """
    authorise(actor, Permission.APPLICATION_READ, application)
    snapshot = snapshot_of(application.id)
    assert snapshot is not None  # noqa: S101  what was sent was frozen
    happened = happened_to(application.id)
    may_see_panel = _may_see_panel(actor, application)
    return Inspection(
        application=application,
        chapters=chapters_of(snapshot.content),
        history=timeline(happened),
        sift=happenings(application.vacancy_id, application.id) if may_see_panel else None,
        sheets=[*sheets_of(application), *interview_sheets_of(application)] if may_see_panel else (),
        prompts=prompts_for(application),
        panel=members_of(application.vacancy_id) if may_see_panel else None,
        interviews=happenings_of(application.id),
        bookings=slots_booked_by(application.id),
        conversation=messages_of(application.id),
        documents=document_events(application.id),
        disclosure=disclosure_events(application.id),
        employment=employment_events(application.id),
        checks=findings_of(application.id),
        notes=happened.notes,
        messages=_messages([*happened.events, *happened.deliveries]),
        letters=letters_of(application.id),
        draft=draft_of(application),
        openings=days_of_readers(application.id),
        reads=_reads(application.id),
        taken=disclosures_of(application.id),
        sealed=last_seal(),
    )


def last_seal() -> Seal | None:
    """Return the last seal of the whole record, for whoever is to check it; None where nothing is sealed."""
    return db.session.scalars(select(Seal).order_by(Seal.position.desc()).limit(1)).first()


def _may_see_panel(actor: Actor, application: Application) -> bool:
    try:
        panel_for_hr(actor, application.vacancy.reference)
    except NotFound:
        return False
    return True


def _messages(events: Iterable[ApplicationEvent | DeliveryEvent]) -> Sequence[OutboxMessage]:
    """Return what events name: messages of decisions, those that did not arrive, and what went in their place."""
    keys = {key for event in events for key in (event.message_id, getattr(event, "again_id", None)) if key is not None}
    statement = select(OutboxMessage).where(OutboxMessage.id.in_(keys)).order_by(OutboxMessage.id)
    return db.session.scalars(statement).all()


def _reads(application_id: int) -> Sequence[tuple[str, datetime]]:
    statement = (
        select(User.name, ApplicationRead.at)
        .join(ApplicationRead, ApplicationRead.user_id == User.id)
        .where(ApplicationRead.application_id == application_id)
        .order_by(ApplicationRead.at, ApplicationRead.id)
    )
    return [(name, at) for name, at in db.session.execute(statement)]
