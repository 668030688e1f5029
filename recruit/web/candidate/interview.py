"""The candidate's interviews: choose a time, change it, give it up, put it into a calendar."""

from datetime import datetime, timedelta
from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.validators import InputRequired

from recruit.applications import queries
from recruit.applications.models import Application
from recruit.applications.promises import due_day
from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.interviews import choosing
from recruit.interviews import queries as interviews
from recruit.interviews.models import InterviewBooking, InterviewSlot
from recruit.interviews.telling import entry_for_candidate
from recruit.rules.interviews import KIND_HINTS, KIND_WORDS, InterviewKind
from recruit.rules.lifecycle import ApplicationStatus
from recruit.web.calendar_file import calendar_file
from recruit.web.candidate.area import blueprint
from recruit.web.fields import choice
from recruit.web.forms import Form

MOST_DIGITS = 18  # of a slot's id that can be one


def _slot_id(text: Any) -> int:
    """Return the id that a form names; 0, which no slot has, for what is none."""
    value = str(text or "")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS else 0


class ChooseForm(Form):
    """One time of one kind.  What is not offered any more is refused by the service, in its words."""

    slot = RadioField("Choose a time", [InputRequired("Select a time")], validate_choice=False)


@blueprint.get("/applications/<reference>/interview")
def show_interview(reference: str) -> ResponseReturnValue:
    """Return the times that were chosen, and those that can be."""
    return _page(_invited(reference))


@blueprint.post("/applications/<reference>/interview/<kind>")
def choose_interview(reference: str, kind: str) -> ResponseReturnValue:
    """Take a time, instead of the one of that kind that there was."""
    application = _invited(reference)
    if kind not in {one.value for one in InterviewKind}:
        abort(404)
    form = ChooseForm(prefix=kind)
    form.slot.choices = []
    if not form.validate():
        return _page(application, refused=form)
    try:
        with transaction():
            choosing.choose_slot(g.actor, application, _slot_id(form.slot.data), limit=change_limit(), now=clock.now())
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        return _page(_invited(reference), 409, refused=form)
    booking = next(one for one in interviews.bookings_of(application.id) if one.slot_id == _slot_id(form.slot.data))
    flash(f"Your {KIND_WORDS[booking.kind].lower()} is at {long_moment(booking.slot.starts_at)}. We have emailed you.")
    return redirect(_address(application))


@blueprint.post("/applications/<reference>/interview/<int:slot_id>/give-up")
def give_up_interview(reference: str, slot_id: int) -> ResponseReturnValue:
    """Give a time back."""
    application, form = _invited(reference), Form()
    try:
        with transaction():
            choosing.give_up_slot(g.actor, application, _slot_id(slot_id), limit=change_limit(), now=clock.now())
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        return _page(_invited(reference), 409, refused=form)
    flash("You have given up your time. Choose another one below.")
    return redirect(_address(application))


@blueprint.get("/applications/<reference>/interview/<int:slot_id>/calendar")
def save_interview(reference: str, slot_id: int) -> ResponseReturnValue:
    """Return the interview as a file for a calendar."""
    application = queries.own_application(g.actor, reference)
    for booking in interviews.bookings_of(application.id):
        if booking.slot_id == slot_id:
            return calendar_file(entry_for_candidate(booking, booking.slot), application.candidate.email)
    return abort(404)


def change_limit() -> timedelta:
    """Return how long before an interview its candidate can still change it: a setting."""
    return timedelta(hours=current_app.config["SETTINGS"].interview_change_hours)


def _invited(reference: str) -> Application:
    """Return an application whose candidate was asked to choose, as long as they know of nothing that came of it."""
    application = queries.own_application(g.actor, reference)
    is_on_shortlist = application.status_for_candidate() == ApplicationStatus.SHORTLISTED
    return application if is_on_shortlist and interviews.is_invited(application.id) else abort(404)


def _address(application: Application) -> str:
    return url_for(".show_interview", reference=application.reference)


def _page(application: Application, status: int = 200, *, refused: Any = None) -> ResponseReturnValue:
    """Return the page, with what was refused said above it.

    Args:
        refused: the form that was sent and not taken.
    """
    now, limit = clock.now(), change_limit()
    bookings = {booking.kind: booking for booking in interviews.bookings_of(application.id)}
    is_open = application.status == ApplicationStatus.SHORTLISTED  # else what came of it waits to be released
    free = interviews.free_slots(application.vacancy_id, now=now, limit=limit) if is_open else []
    offered = {slot.kind for slot in free}
    kinds = [kind for kind in InterviewKind if kind in bookings or kind in offered]
    if refused is not None and not refused.errors:
        refused = None
    return (
        render_template(
            "candidate/show_interview.html",
            application=application,
            vacancy=application.vacancy,
            parts=[_part(kind, bookings.get(kind), free, refused, now, limit) for kind in kinds],
            support=interviews.support_asked_for([application.id]).get(application.id, ""),
            form=refused,
            due_on=due_day(application.due_at),
            is_late=application.due_at is not None and application.due_at <= now,
        ),
        status,
    )


def _part(
    kind: InterviewKind,
    booking: InterviewBooking | None,
    free: Any,
    refused: Any,
    now: datetime,
    limit: timedelta,
) -> dict[str, Any]:
    """Return what the page says of one kind of interview: the time that was chosen, and what can be chosen."""
    can_choose = booking is None or booking.slot.starts_at - now >= limit
    choices = [choice(str(slot.id), _words(slot)) for slot in free if slot.kind == kind] if can_choose else []
    form = None
    if choices:
        is_refused = refused is not None and getattr(refused, "_prefix", "") == f"{kind.value}-"
        form = refused if is_refused else ChooseForm(formdata=None, prefix=kind.value)
        form.slot.choices = choices
    return {
        "kind": kind.value,
        "title": KIND_WORDS[kind],
        "hint": KIND_HINTS[kind],
        "slot": booking.slot if booking else None,
        "when": long_moment(booking.slot.starts_at) if booking else "",
        "until": long_moment(booking.slot.starts_at - limit) if booking and can_choose else "",
        "is_over": bool(booking and booking.slot.ends_at <= now),
        "form": form,
        "places": {str(slot.id): slot.place or "By video" for slot in free},
    }


def _words(slot: InterviewSlot) -> str:
    return f"{long_moment(slot.starts_at)}, {slot.minutes} minutes"
