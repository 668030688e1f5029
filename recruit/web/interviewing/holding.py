"""One interview as those who hold it see it: what to ask everybody, and what to ask this candidate."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import clock_time, long_date
from recruit.core.errors import Incomplete
from recruit.core.transaction import transaction
from recruit.interviews.prompting import note_answers, prompts_for
from recruit.interviews.queries import support_asked_for
from recruit.panels.holding import Held, held_interview
from recruit.panels.questions import questions_of
from recruit.rules.interviews import KIND_WORDS
from recruit.rules.lifecycle import ApplicationStatus
from recruit.web.interviewing.blueprint import blueprint
from recruit.web.interviewing.forms import prompt_form, told_in
from recruit.web.prompts_shown import prompts_shown


@blueprint.get("/<int:slot_id>")
def show_interview(slot_id: int) -> ResponseReturnValue:
    """When and where, what to ask everybody, and what this candidate's history leaves to ask about."""
    return interview_page(held_interview(g.actor, slot_id))


@blueprint.post("/<int:slot_id>/prompts")
def note_prompts(slot_id: int) -> ResponseReturnValue:
    """Keep what the candidate said about their history."""
    held = held_interview(g.actor, slot_id)
    asked = prompts_for(held.application)
    form = prompt_form(asked)
    if not form.validate():
        return interview_page(held, prompts=form)
    told = told_in(form, asked)
    if form.errors:
        return interview_page(held, prompts=form)
    try:
        with transaction():
            number = note_answers(g.actor, held, told, now=clock.now())
    except Incomplete as refusal:  # after a decision there is no form to show again: what was typed is, by itself
        form.form_errors.append(str(refusal))
        return interview_page(held_interview(g.actor, slot_id), prompts=form)
    flash("Kept." if number else "There was nothing new to keep.")
    return redirect(url_for(".show_interview", slot_id=slot_id, _anchor="history"))


def interview_page(held: Held, status: int = 200, *, prompts: Any = None) -> ResponseReturnValue:
    """Return the page of an interview.

    Args:
        held: the interview.
        status: of the answer.
        prompts: the form of notes that was refused.
    """
    application, slot = held.application, held.slot
    asked = prompts_for(application)
    return (
        render_template(
            "interviewing/show_interview.html",
            slot=slot,
            vacancy=application.vacancy,
            candidate=application.candidate.name,
            day=long_date(slot.starts_at),
            time=f"{clock_time(slot.starts_at)} to {clock_time(slot.ends_at)}",
            kind=KIND_WORDS[slot.kind],
            others=", ".join(person.name for person in held.interviewers if person.id != g.actor.user_id),
            support=support_asked_for([application.id]).get(application.id, ""),
            questions=questions_of(application.vacancy_id, slot.kind),
            groups=prompts_shown(asked),
            prompts=prompts or prompt_form(asked),
            form=prompts,
            is_open=application.status == ApplicationStatus.SHORTLISTED,
        ),
        status,
    )
