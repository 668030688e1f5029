"""The interviews that somebody holds: when, where, with whom, and what that person asked for.

A candidate's name stands here without the reference that the sift goes by: what is still being scored stays nameless.
"""

from typing import Any

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from recruit.appointments.employment_service import is_conditional_offer
from recruit.appointments.employment_standing import overall_on
from recruit.core import clock
from recruit.core.calendar import clock_time, long_date
from recruit.interviews.appointed import appointed_after
from recruit.interviews.queries import SetSlot, interviews_for, support_asked_for
from recruit.interviews.telling import entry_for_interviewer
from recruit.panels.interview_sheets import own_states, to_settle
from recruit.rules.employment import FINDING_WORDS
from recruit.rules.interviews import KIND_WORDS
from recruit.rules.openings import Part
from recruit.rules.sift import SHEET_WORDS, SheetStatus
from recruit.self_disclosures.releases import notes_for
from recruit.web import guard
from recruit.web.calendar_file import calendar_file
from recruit.web.interviewing.blueprint import blueprint
from recruit.web.openings import note_opening


@blueprint.get("")
def list_interviews() -> ResponseReturnValue:
    """Return what is to come, by day."""
    held = interviews_for(g.actor, now=clock.now())
    now = clock.now()
    support = support_asked_for([one.booking.application_id for one in held if one.booking])
    note_opening(Part.SUPPORT, *support)
    own = own_states(g.actor, [one.slot.id for one in held])
    days: dict[str, list[dict[str, Any]]] = {}
    for one in held:
        if one.slot.starts_at > now:
            days.setdefault(long_date(one.slot.starts_at), []).append(_shown(one, support))
    return render_template(
        "interviewing/list_interviews.html",
        days=list(days.items()),
        begun=[
            _shown(one, support) | {"day": long_date(one.slot.starts_at), "state": _state(own.get(one.slot.id))}
            for one in held
            if one.slot.starts_at <= now and one.booking
        ],
        starting=_starting(),
        settling=to_settle(g.actor),
        notes=notes_for(g.actor),
    )


def _starting() -> list[dict[str, Any]]:
    """Return who is to be appointed and knows it, with how their checks stand together."""
    told = {key: (slot, one) for key, (slot, one) in appointed_after(g.actor).items() if is_conditional_offer(one)}
    found = overall_on(told)
    return [
        {
            "slot": slot,
            "candidate": one.candidate.name,
            "vacancy": slot.vacancy,
            "checks": FINDING_WORDS[found[key]],
        }
        for key, (slot, one) in told.items()
        if key in found
    ]


def _state(status: SheetStatus | None) -> str:
    return SHEET_WORDS[status or SheetStatus.TO_SCORE]


@blueprint.get("/<int:slot_id>/calendar")
def save_interview(slot_id: int) -> ResponseReturnValue:
    """Return an interview as a file for a calendar."""
    for one in interviews_for(g.actor, now=clock.now()):
        if one.slot.id == slot_id and one.booking:
            return calendar_file(entry_for_interviewer(one.booking, one.slot), guard.account().email)
    return abort(404)


def _shown(one: SetSlot, support: Any) -> dict[str, Any]:
    application = one.booking.application if one.booking else None
    return {
        "slot": one.slot,
        "time": f"{clock_time(one.slot.starts_at)} to {clock_time(one.slot.ends_at)}",
        "kind": KIND_WORDS[one.slot.kind],
        "vacancy": one.slot.vacancy,
        "candidate": application.candidate.name if application else "",
        "support": support.get(application.id, "") if application else "",
        "others": ", ".join(person.name for person in one.interviewers if person.id != g.actor.user_id),
    }
