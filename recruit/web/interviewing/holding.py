"""One interview as those who hold it see it: a declaration, what to ask everybody, and what to ask this candidate."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.models import Application
from recruit.appointments.employment_service import is_conditional_offer
from recruit.appointments.employment_standing import overall_on
from recruit.core import clock
from recruit.core.calendar import clock_time, long_date
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.interviews.prompting import note_answers, prompts_for
from recruit.interviews.queries import support_asked_for
from recruit.panels import sheets
from recruit.panels.holding import Held, held_interview
from recruit.panels.interview_sheets import sheet_of, take_sheet
from recruit.panels.models import ScoreSheet
from recruit.rules.employment import FINDING_WORDS, Finding
from recruit.rules.interviews import KIND_WORDS
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.openings import Part
from recruit.rules.sift import LIVE, SheetStatus
from recruit.web.interviewing.blueprint import blueprint
from recruit.web.interviewing.forms import prompt_form, told_in
from recruit.web.openings import note_opening
from recruit.web.prompts_shown import prompts_shown
from recruit.web.score_forms import CONNECTED, DeclarationForm

FIRST = "Say first whether you know of a connection with the candidate."


@blueprint.post("/<int:slot_id>/declaration")
def declare_connection(slot_id: int) -> ResponseReturnValue:
    """Keep whether a connection is known; without one the interview opens."""
    held, form = held_interview(g.actor, slot_id), DeclarationForm()
    if not form.validate():
        return declaration_page(held, form)
    with transaction():
        sheet = take_sheet(g.actor, held, now=clock.now())
        if form.connection.data == CONNECTED:
            sheets.leave(g.actor, sheet, SheetStatus.CONNECTED, "", now=clock.now())
        else:
            sheets.declare_none(g.actor, sheet, now=clock.now())
    return redirect(url_for(".show_interview", slot_id=slot_id))


@blueprint.route("/<int:slot_id>/history", methods=["GET"])
def show_history(slot_id: int) -> ResponseReturnValue:
    """What this candidate's history leaves to ask about, and what was noted."""
    held, _ = opened(slot_id)
    return _history_page(held)


@blueprint.post("/<int:slot_id>/history")
def note_prompts(slot_id: int) -> ResponseReturnValue:
    """Keep what the candidate said about their history."""
    held, _ = opened(slot_id)
    asked = prompts_for(held.application)
    form = prompt_form(asked)
    if not form.validate():
        return _history_page(held, form)
    told = told_in(form, asked)
    if form.errors:
        return _history_page(held, form)
    try:
        with transaction():
            number = note_answers(g.actor, held, told, now=clock.now())
    except Incomplete as refusal:  # after a decision there is no form to show again: what was typed is, by itself
        form.form_errors.append(str(refusal))
        return _history_page(held_interview(g.actor, slot_id), form)
    flash("Kept." if number else "There was nothing new to keep.")
    return redirect(url_for(".show_history", slot_id=slot_id))


def opened(slot_id: int) -> tuple[Held, ScoreSheet]:
    """Return an interview that the reader holds, and their sheet, once they declared that they know of no connection.

    Raises:
        NotFound: they do not hold it.
        Conflict: they declared nothing yet, or a connection, or do not count any more.
    """
    held = held_interview(g.actor, slot_id)
    sheet = sheet_of(g.actor.user_id, held)
    if sheet is not None and sheet.status not in LIVE:
        raise Conflict("You do not take part in this interview any more.")
    if sheet is None or sheet.declared_at is None:
        raise Conflict(FIRST)
    return held, sheet


def declaration_page(held: Held, form: Any = None) -> ResponseReturnValue:
    """Return the page that asks for a connection, or says that the reader does not take part."""
    sheet = sheet_of(g.actor.user_id, held)
    return render_template(
        "interviewing/declare_connection.html",
        **frame(held),
        is_left=sheet is not None and sheet.status not in LIVE,
        declaration=form or DeclarationForm(formdata=None),
        form=form,
    )


def frame(held: Held, part: Part = Part.INTERVIEW) -> dict[str, Any]:
    """Return what each page of an interview says of it, and say that it is shown.

    Args:
        part: what the page shows of the application.
    """
    application, slot = held.application, held.slot
    note_opening(part, application.id)
    return {
        "slot": slot,
        "vacancy": application.vacancy,
        "candidate": application.candidate.name,
        "day": long_date(slot.starts_at),
        "time": f"{clock_time(slot.starts_at)} to {clock_time(slot.ends_at)}",
        "kind": KIND_WORDS[slot.kind],
        "others": ", ".join(person.name for person in held.interviewers if person.id != g.actor.user_id),
        "support": support_asked_for([application.id]).get(application.id, ""),
        "checks": FINDING_WORDS[standing] if (standing := _checks(application)) else "",
    }


def _checks(application: Application) -> Finding | None:
    """Return how the checks of somebody who is to be appointed stand together; None of everybody else."""
    return overall_on([application.id]).get(application.id) if is_conditional_offer(application) else None


def _history_page(held: Held, form: Any = None) -> ResponseReturnValue:
    asked = prompts_for(held.application)
    return render_template(
        "interviewing/show_history.html",
        **frame(held, Part.HISTORY),
        groups=prompts_shown(asked),
        prompts=form or prompt_form(asked),
        form=form,
        is_open=held.application.status == ApplicationStatus.SHORTLISTED,
    )
