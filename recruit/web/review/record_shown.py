"""A record in words: what happened under headings, and messages as they went."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from recruit.applications.letters import Letter
from recruit.core import clock
from recruit.core.calendar import clock_time, long_moment, short_date
from recruit.interviews.queries import SetSlot
from recruit.notifications.delivery import render, text_of
from recruit.notifications.errors import NotSent
from recruit.notifications.models import OutboxMessage
from recruit.panels.composition import Member
from recruit.record.inspection import Inspection
from recruit.record.readers import DayOfReader
from recruit.review.letters import as_message
from recruit.rules.document_requests import DID
from recruit.rules.employment import ACT_WORDS, CHECK_WORDS, FINDING_WORDS
from recruit.rules.interviews import KIND_WORDS
from recruit.rules.openings import PART_WORDS
from recruit.rules.self_disclosure import CAME
from recruit.rules.self_disclosure import DID as DISCLOSURE_DID
from recruit.self_disclosures.models import SelfDisclosureEvent
from recruit.self_disclosures.standing import told_to_hr
from recruit.web.delivery_words import state_words
from recruit.web.review.exporting import taken_shown
from recruit.web.sender import sender

Heading = tuple[str, list[dict[str, str]], str]
"""What stands over it, what happened as the timeline wants it, and what is said when nothing did."""
LEFT_OUT = "You applied for this vacancy yourself, so this is left out."


def parts_of(inspection: Inspection) -> list[Heading]:
    """Return what happened with an application, under headings."""
    moves = [event(one.title, one.at, one.who, one.note) for one in inspection.history]
    sift = [event(one.what, one.at, one.actor.name, one.note) for one in inspection.sift or ()]
    interviews = [event(one.what, one.at, one.actor.name) for one in inspection.interviews]
    asked = [
        event(one.prompt.text, note.at, note.author.name, f"{_EXPLAINED[note.is_explained]}: {note.words}")
        for one in inspection.prompts
        for note in one.notes
    ]
    talk = [
        event("The candidate wrote" if one.is_by_candidate else "HR wrote", one.at, one.author.name, one.text)
        for one in inspection.conversation
    ]
    documents = [
        event(f"{one.request.name}: {DID[one.target]}", one.at, one.actor.name, one.reason)
        for one in inspection.documents
    ]
    disclosure = [
        event(DISCLOSURE_DID[one.act], one.at, _who_of_disclosure(one)) for one in told_to_hr(inspection.disclosure)
    ]
    details = [
        event(ACT_WORDS[one.act], one.at, one.actor.name if one.actor else "the service", one.note)
        for one in inspection.employment
    ]
    checks = [
        event(
            f"{CHECK_WORDS[one.kind]}: {FINDING_WORDS[one.finding].lower()}, checked on {short_date(one.checked_on)}",
            one.at,
            one.actor.name,
            f"Seen: {one.evidence}" if one.evidence else "",
        )
        for one in inspection.checks
    ]
    notes = [event("Note", note.at, note.author.name, note.text) for note in inspection.notes]
    reads = [event("Marked as read", at, name) for name, at in inspection.reads]
    no_sift = LEFT_OUT if inspection.sift is None else "No panel has scored it."
    return [
        ("Moves, decisions and who had it", moves, ""),
        ("Scoring by the panel", sift, no_sift),
        ("Interviews", interviews, "None was arranged."),
        ("Asked about the history at interview", asked, _nothing_asked(inspection)),
        ("Conversation with the candidate", talk, "Nobody wrote."),
        ("Documents asked for", documents, "No document was asked for."),
        ("Self-disclosure, which the safeguarding lead alone reads", disclosure, "None was asked for."),
        ("Details before the start", details, "None were asked for."),
        ("Checks before the start", checks, "Nothing was written down."),
        ("Notes of HR", notes, "Nobody wrote a note."),
        ("Who opened it, by day", [_opened(one) for one in inspection.openings], "Nobody opened it."),
        ("Who marked it as read", reads, "Nobody did."),
        ("Files and records that it was in", taken_shown(inspection.taken), "None before this one."),
    ]


def _who_of_disclosure(one: SelfDisclosureEvent) -> str:
    """Return who did it; who received it, however it came: HR does not read how it was told."""
    if one.act in CAME:
        return "the safeguarding lead"
    return one.actor.name if one.actor else "the service"


def _opened(one: DayOfReader) -> dict[str, str]:
    """Return what one person opened on a day: how often, what, and until when."""
    parts = ", ".join([PART_WORDS[one.parts[0]], *(PART_WORDS[part].lower() for part in one.parts[1:])])
    until = "" if one.times == 1 else f" The last time was at {clock_time(one.last)}."
    title = "Opened" if one.times == 1 else f"Opened {one.times} times"
    return event(title, one.first, one.who, f"{parts}.{until}")


_EXPLAINED = {True: "Explained", False: "Not explained yet"}


def _nothing_asked(inspection: Inspection) -> str:
    number = len(inspection.prompts)
    if not number:
        return "Nothing was to be asked."
    return f"{number} {'thing was' if number == 1 else 'things were'} to be asked, and no answer was noted."


def event(title: str, at: datetime, who: str, note: str = "") -> dict[str, str]:
    """Return one thing that happened, as the timeline wants it."""
    return {
        "title": title,
        "when": long_moment(at),
        "iso": at.isoformat(timespec="seconds"),
        "who": who,
        "note": note,
    }


def panel_shown(members: Iterable[Member] | None) -> list[dict[str, str]]:
    """Return who is on a panel, as rows: their part in it, and until when their training counts."""
    return [
        {"key": one.name, "value": f"{'Chair' if one.is_chair else 'Member'}. {_training(one)}"}
        for one in members or ()
    ]


def _training(member: Member) -> str:
    if member.trained_on is None or member.valid_until is None:
        return "No safer-recruitment training is recorded."
    until = short_date(member.valid_until)
    return f"Safer-recruitment training on {short_date(member.trained_on)}, counts until {until}."


def bookings_shown(slots: Iterable[SetSlot]) -> list[dict[str, str]]:
    """Return times of interviews, as rows: when, where, and who interviews."""
    return [{"key": KIND_WORDS[one.slot.kind], "value": _booking(one)} for one in slots]


def _booking(one: SetSlot) -> str:
    when = f"{long_moment(one.slot.starts_at)} to {clock_time(one.slot.ends_at)}"
    where, who = (one.slot.place or "Online").rstrip("."), ", ".join(person.name for person in one.interviewers)
    return f"{when}. {where}. With {who}."


def messages_of(inspection: Inspection) -> list[dict[str, str]]:
    """Return what was posted, and the letter that waits to be released."""
    shown = [_message(one, inspection.letters.get(one.id)) for one in inspection.messages]
    if inspection.draft is not None:
        mail = render(as_message(inspection.application, inspection.draft, now=clock.now()), sender(), at=clock.now())
        state = "Not sent: it waits for somebody in HR to release it."
        shown.append({"state": state, "subject": mail["Subject"], "text": text_of(mail)})
    return shown


def _message(message: OutboxMessage, letter: Letter | None) -> dict[str, str]:
    """Return one message: what became of it, and its words: a letter's are kept, others' while they wait."""
    shown = {
        "state": state_words(message),
        "subject": message.notification.value.replace("_", " ").capitalize(),
        "text": "",
    }
    if letter is not None:
        return shown | {"subject": letter.subject, "text": letter.text}
    if message.context:
        try:
            mail = render(message, sender(), at=message.posted_at)
        except NotSent:  # its words are of an older version of the service
            return shown
        shown |= {"subject": mail["Subject"], "text": mail.get_content()}
    return shown


def sheets_shown(inspection: Inspection) -> Sequence[dict[str, object]]:
    """Return what was scored: by whom, how far, what they declared, and points with their reasons as rows."""
    return [
        {
            "who": f"{sheet.who}: {sheet.standing.lower()}",
            "declared": f"Said at {long_moment(sheet.declared_at)} that they know of no connection."
            if sheet.declared_at
            else "",
            "rows": [
                {"key": one.criterion, "value": f"{one.points}. {one.note}" if one.note else str(one.points)}
                for one in sheet.scores
            ],
        }
        for sheet in inspection.sheets
    ]
