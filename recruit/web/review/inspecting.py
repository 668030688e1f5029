"""The whole record of one application, to be printed for whoever inspects it."""

from datetime import datetime

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from recruit.applications.letters import Letter
from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.transaction import transaction
from recruit.notifications.delivery import render, text_of
from recruit.notifications.errors import NotSent
from recruit.notifications.models import OutboxMessage
from recruit.record.disclosures import keep_disclosure
from recruit.record.inspection import Inspection, inspect_application
from recruit.record.models import Taking
from recruit.review.letters import as_message
from recruit.rules.lifecycle import STAFF_WORDS
from recruit.web.review.applications import address_of, find
from recruit.web.review.blueprint import blueprint
from recruit.web.review.exporting import taken_shown
from recruit.web.review.forms import RecordForm
from recruit.web.sender import sender


@blueprint.route("/applications/<reference>/record", methods=["GET", "POST"])
def show_record(reference: str) -> ResponseReturnValue:
    """Ask why the record is needed, keep that, and show it.  No address shows it without that."""
    application, form, now = find(reference), RecordForm(), clock.now()
    inspection: Inspection | None = None
    if request.method == "POST" and form.validate():
        with transaction():
            keep_disclosure(
                g.actor,
                Taking.RECORD,
                [application.id],
                content=f"application {application.reference}",
                reason=form.reason.data or "",
                now=now,
            )
        application = find(reference)
        inspection = inspect_application(g.actor, application)
    return render_template(
        "review/show_record.html",
        application=application,
        form=form,
        record=inspection,
        parts=_parts(inspection) if inspection else [],
        messages=_messages(inspection) if inspection else [],
        status_words=STAFF_WORDS[application.status],
        made_at=now,
        back_href=address_of(application.reference),
    )


def _parts(inspection: Inspection) -> list[tuple[str, list[dict[str, str]], str]]:
    """Return what happened under headings, as the timeline wants it, each with what is said when there is nothing."""
    moves = [_event(one.title, one.at, one.who, one.note) for one in inspection.history]
    sift = [_event(one.what, one.at, one.actor.name, one.note) for one in inspection.sift or ()]
    asked = [
        _event(one.prompt.text, note.at, note.author.name, f"{_EXPLAINED[note.is_explained]}: {note.words}")
        for one in inspection.prompts
        for note in one.notes
    ]
    notes = [_event("Note", note.at, note.author.name, note.text) for note in inspection.notes]
    reads = [_event("Opened for the first time", at, name) for name, at in inspection.reads]
    left_out = "You applied for this vacancy yourself, so this is left out."
    no_sift = left_out if inspection.sift is None else "No panel has scored it."
    return [
        ("Moves, decisions and who had it", moves, ""),
        ("In the panel’s sift", sift, no_sift),
        ("Asked about the history at interview", asked, _nothing_asked(inspection)),
        ("Notes of HR", notes, "Nobody wrote a note."),
        ("Who read it", reads, "Nobody marked it as read."),
        ("Files and records that it was in", taken_shown(inspection.taken), ""),
    ]


_EXPLAINED = {True: "Explained", False: "Not explained yet"}


def _nothing_asked(inspection: Inspection) -> str:
    number = len(inspection.prompts)
    if not number:
        return "Nothing was to be asked."
    return f"{number} {'thing was' if number == 1 else 'things were'} to be asked, and no answer was noted."


def _event(title: str, at: datetime, who: str, note: str = "") -> dict[str, str]:
    return {
        "title": title,
        "when": long_moment(at),
        "iso": at.isoformat(timespec="seconds"),
        "who": who,
        "note": note,
    }


def _messages(inspection: Inspection) -> list[dict[str, str]]:
    """Return what was posted, and the letter that waits to be released."""
    shown = [_message(one, inspection.letters.get(one.id)) for one in inspection.messages]
    if inspection.draft is not None:
        mail = render(as_message(inspection.application, inspection.draft, now=clock.now()), sender(), at=clock.now())
        state = "Not sent: it waits for somebody in HR to release it."
        shown.append({"state": state, "subject": mail["Subject"], "text": text_of(mail)})
    return shown


def _message(message: OutboxMessage, letter: Letter | None) -> dict[str, str]:
    """Return one message: what became of it, and its words: a letter's are kept, others' while they wait."""
    shown = {"state": _state(message), "subject": message.notification.value.replace("_", " ").capitalize(), "text": ""}
    if letter is not None:
        return shown | {"subject": letter.subject, "text": letter.text}
    if message.context:
        try:
            mail = render(message, sender(), at=message.posted_at)
        except NotSent:  # its words are of an older version of the service
            return shown
        shown |= {"subject": mail["Subject"], "text": mail.get_content()}
    return shown


def _state(message: OutboxMessage) -> str:
    if message.sent_at:
        return f"Sent to {message.recipient} at {long_moment(message.sent_at)}."
    if message.cancelled_at:
        return f"Taken back before it was sent, at {long_moment(message.cancelled_at)}. Its words are not kept."
    if message.failed_at:
        return f"Could not be sent to {message.recipient}; given up at {long_moment(message.failed_at)}."
    return f"Waits to be sent to {message.recipient} from {long_moment(message.due_at)} on."
