"""What somebody does with the details before their start: save a part, an address or a stay, send them all once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from recruit.applications.models import Application
from recruit.applications.saving import Entered, SavedElsewhere
from recruit.applications.service import message_words, tell_candidate
from recruit.appointments.employment_answers import ENTRIES, LISTS, Answers, Known, newest_first, normalised, packed
from recruit.appointments.employment_completeness import Problem, problems_of, unfinished
from recruit.appointments.employment_models import EmploymentDetails, EmploymentEvent, EmploymentPart
from recruit.appointments.employment_queries import Saved, saved_part, saved_parts
from recruit.conversation.queries import hr_addresses
from recruit.core.calendar import london_day, long_moment
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.notifications import outbox
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.employment import Act, Part, WorkProof
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.rules.notifications import Notification
from recruit.rules.reasons import refuse_long

ELSEWHERE = "You saved other answers here in another window."
NOT_ASKED = "We do not ask for these details any more, so nothing was saved."
ALREADY_SENT = "You have sent these details, so they can no longer be changed here. Write to us if something is wrong."
CHANGED = "Your answers changed since you checked them. Check again, then send them."
NO_ENTRY = "What was here has been removed."
BANK = ("account_name", "sort_code", "account_number", "roll_number")


def save_part(
    actor: Actor, details: EmploymentDetails, part: Part, entered: Entered, known: Known, *, now: datetime
) -> list[Problem]:
    """Keep what was entered in one part, sealed.

    Args:
        entered: its `seen` is the `mark` of the part as the page showed it.
        known: what the part begins with.

    Returns:
        What keeps the part from being finished although the candidate said so.

    Raises:
        NotAllowed: they are somebody else's.
        SavedElsewhere: another window saved something else since; nothing is changed.
        Conflict: they were sent, or are not asked for any more.
        Incomplete: an answer is longer than is kept.
    """
    _begin(actor, details)
    _refuse_long_answers(entered)
    before = saved_part(details.application_id, part, known)
    values = normalised(entered.values)
    if part is Part.BANK and before.is_saved and not any(values.get(name) for name in BANK):
        values = {}  # the boxes are always empty: what is not typed stays
    differs = {name: value for name, value in values.items() if before.answers.get(name) != value}
    if differs and entered.seen != before.mark:
        raise SavedElsewhere(ELSEWHERE)

    answers = _settled(part, {**before.answers, **differs})
    problems = problems_of(part, answers, london_day(now)) if entered.finished else []
    is_complete = entered.finished and entered.is_whole and not problems
    _put(details, part, answers, is_complete=is_complete, now=now)
    if part is Part.BANK and differs:
        _tell_of_bank(actor, details, now)
    return problems


def save_entry(
    actor: Actor,
    details: EmploymentDetails,
    part: Part,
    place: int | None,
    entered: Entered,
    known: Known,
    *,
    now: datetime,
) -> None:
    """Keep one address or stay: the one at `place`, or a new one.

    Raises:
        NotAllowed, SavedElsewhere, Conflict: as `save_part`.
        Incomplete: there are too many, or an answer is longer than is kept.
        NotFound: there is none at that place, or the part is no list.
    """
    _begin(actor, details)
    _refuse_what_is_no_list(part)
    _refuse_long_answers(entered)
    before = saved_part(details.application_id, part, known)
    entries = list(before.answers.get(ENTRIES, []))
    if entered.seen != before.mark:
        raise SavedElsewhere(ELSEWHERE)
    if place is None and len(entries) >= limits.ENTRIES:
        raise Incomplete(f"At most {limits.ENTRIES} can be added. Tell us about the others in a message.")
    if place is not None and not 0 <= place < len(entries):
        raise NotFound(NO_ENTRY)

    if place is None:
        entries.append(dict(entered.values))
    else:
        entries[place] = {**entries[place], **entered.values}
    answers = {**before.answers, ENTRIES: newest_first(entries)}
    if part is Part.ABROAD:
        answers["has_stayed"] = True
    _put(details, part, answers, is_complete=False, now=now)


def remove_entry(
    actor: Actor, details: EmploymentDetails, part: Part, place: int, known: Known, *, seen: str, now: datetime
) -> None:
    """Take one address or stay out.

    Raises:
        NotAllowed, SavedElsewhere, Conflict, NotFound: as `save_entry`.
    """
    _begin(actor, details)
    _refuse_what_is_no_list(part)
    before = saved_part(details.application_id, part, known)
    entries = list(before.answers.get(ENTRIES, []))
    if seen != before.mark:
        raise SavedElsewhere("The list changed in another window, so nothing was removed. Look at it again.")
    if not 0 <= place < len(entries):
        raise NotFound(NO_ENTRY)

    del entries[place]
    _put(details, part, {**before.answers, ENTRIES: entries}, is_complete=False, now=now)


def send_details(actor: Actor, details: EmploymentDetails, known: Known, *, seen_version: int, now: datetime) -> None:
    """Give HR the details, once: afterwards only HR opens them for a correction.

    Raises:
        NotAllowed: they are somebody else's.
        Conflict: they were sent, are not asked for any more, or changed since they were checked.
        Incomplete: something is left to do.
    """
    _begin(actor, details)
    if details.version != seen_version:
        raise Conflict(CHANGED)
    parts = saved_parts(details.application_id, known)
    if unfinished(state_of(parts), london_day(now)):
        raise Incomplete("These details are not ready to be sent. What is left to do is below.")

    details.sent_at, details.cleared_at, details.again = now, None, ""
    note(actor, details.application_id, Act.SENT, now)
    words = message_words(details.application)
    words["path"] = f"/review/applications/{details.application.reference}/employment"
    for address in hr_addresses(details.application):
        outbox.post(Notification.DETAILS_RECEIVED, address, at=now, **words)


def state_of(parts: Mapping[Part, Saved]) -> dict[Part, tuple[Answers, bool]]:
    """Return parts as `unfinished` wants them."""
    return {part: (one.answers, one.is_complete) for part, one in parts.items()}


def note(actor: Actor | None, application_id: int, act: Act, now: datetime, words: str = "") -> None:
    """Keep in the record what was done, never an answer."""
    actor_id = actor.user_id or None if actor else None
    db.session.add(EmploymentEvent(application_id=application_id, actor_id=actor_id, act=act, note=words, at=now))


def _begin(actor: Actor, details: EmploymentDetails) -> None:
    """The first lines of every change: may it, can it.  The row stays locked until the transaction ends."""
    authorise(actor, Permission.DETAILS_ANSWER, details)
    hold_details(details)
    if details.is_sent:
        raise Conflict(ALREADY_SENT)
    if not details.is_open or not is_conditional_offer(details.application):
        raise Conflict(NOT_ASKED)


def _refuse_what_is_no_list(part: Part) -> None:
    if part not in LISTS:
        raise NotFound(NO_ENTRY)


def _refuse_long_answers(entered: Entered) -> None:
    """Refuse a line that is longer than any is: a name, a line of an address, a number."""
    for name, value in entered.values.items():
        if isinstance(value, str):
            refuse_long(value, thing=name.replace("_", " ").capitalize(), most=limits.LINE_CHARACTERS)


def hold_details(details: EmploymentDetails) -> None:
    """Lock the application, as its moves do, then what is asked on it: who waits for whom never goes in a circle."""
    db.session.refresh(details.application, with_for_update={"of": Application})
    db.session.refresh(details, with_for_update={"of": EmploymentDetails})


def is_conditional_offer(application: Application) -> bool:
    """Say whether somebody is to be appointed and has been told so: nothing of this is asked earlier.

    Nor is it later than a cancellation of their vacancy, although they keep the status that they were told.
    """
    is_told = {application.status, application.status_for_candidate()} == {ApplicationStatus.APPOINTED}
    return is_told and application.vacancy.status != VacancyStatus.CANCELLED


def _put(details: EmploymentDetails, part: Part, answers: Answers, *, is_complete: bool, now: datetime) -> None:
    row = db.session.get(EmploymentPart, (details.application_id, part))
    if row is None:
        row = EmploymentPart(application_id=details.application_id, part=part)
        db.session.add(row)
    row.answers, row.is_complete, row.saved_at = packed(answers), is_complete, now
    flag_modified(details, "due_on")  # its version grows with every saving: nothing is sent that was not checked


def _settled(part: Part, answers: Answers) -> Answers:
    """Return answers without what another answer makes needless: what is not needed is not kept."""
    needless = {
        Part.IDENTITY: {"ni_number": ""} if answers.get("has_no_ni") else {},
        Part.DBS: _NO_CERTIFICATE if answers.get("on_update_service") is False else {},
        Part.RIGHT_TO_WORK: {} if answers.get("proof") in (None, WorkProof.SHARE_CODE) else {"share_code": ""},
        Part.ABROAD: {ENTRIES: []} if answers.get("has_stayed") is False else {},
    }
    return {**answers, **needless.get(part, {})}


_NO_CERTIFICATE: Mapping[str, Any] = {
    "certificate_number": "",
    "certificate_name": "",
    "issued_on": None,
    "may_check": None,
}


def _tell_of_bank(actor: Actor, details: EmploymentDetails, now: datetime) -> None:
    """Tell the candidate, without a digit: whoever else got in would be found out."""
    note(actor, details.application_id, Act.BANK_CHANGED, now)
    tell_candidate(
        Notification.DETAILS_BANK_CHANGED,
        details.application,
        now=now,
        when=long_moment(now),
    )
