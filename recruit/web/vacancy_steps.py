"""The pages of the steps in a published vacancy's life, the same for its team and for HR."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue

from recruit.applications import vacancy_life, vacancy_outcome
from recruit.core import clock
from recruit.core.calendar import closing_moment, closing_words
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.vacancies.models import Vacancy
from recruit.vacancies.readiness import NotReady
from recruit.vacancies.standing import standing_of
from recruit.vacancies.steps import Step, steps_open_to
from recruit.web.forms import VersionedForm
from recruit.web.vacancy_step_forms import EndForm, ExtendForm, OutcomeForm, PauseForm, ResumeForm, show_findings

PATH = '<any("extend", "end", "pause", "resume", "outcome"):step>'
"""The last part of the address of a step's page."""


def _extend(vacancy: Vacancy, form: Any, now: datetime) -> None:
    vacancy_life.extend_vacancy(
        g.actor,
        vacancy,
        closing_moment(form.closes_on.data),
        form.reason.data or "",
        interview_on=form.interview_on.data,
        seen_version=form.seen_version(),
        now=now,
    )


def _end(vacancy: Vacancy, form: Any, now: datetime) -> None:
    vacancy_life.end_vacancy(g.actor, vacancy, form.reason.data or "", seen_version=form.seen_version(), now=now)


def _pause(vacancy: Vacancy, form: Any, now: datetime) -> None:
    vacancy_life.pause_vacancy(g.actor, vacancy, form.reason.data or "", seen_version=form.seen_version(), now=now)


def _resume(vacancy: Vacancy, form: Any, now: datetime) -> None:
    vacancy_life.resume_vacancy(
        g.actor,
        vacancy,
        closing_moment(form.closes_on.data) if form.closes_on.data else None,
        interview_on=form.interview_on.data,
        seen_version=form.seen_version(),
        now=now,
    )


def _outcome(vacancy: Vacancy, form: Any, now: datetime) -> None:
    vacancy_outcome.record_outcome(
        g.actor,
        vacancy,
        form.filled.kept or 0,
        form.comment.data or "",
        why=form.why.kept,
        seen_version=form.seen_version(),
        now=now,
    )


@dataclass(frozen=True, slots=True)
class StepPage:
    """How a step is asked for.

    Args:
        link: what leads to it, and its heading.
        button: what does it.
        done: what is said when it is done.
        look: of the button.
    """

    link: str
    button: str
    done: str
    form: type[VersionedForm]
    do: Callable[[Vacancy, Any, datetime], None]
    look: str = ""


PAGES: Mapping[Step, StepPage] = {
    Step.EXTEND: StepPage(
        "Extend the closing date", "Extend", "Closing date extended. Its page says so now.", ExtendForm, _extend
    ),
    Step.PAUSE: StepPage("Pause this vacancy", "Pause", "Vacancy paused. Its page says so now.", PauseForm, _pause),
    Step.END: StepPage(
        "End this vacancy early", "End it now", "Vacancy closed. Its page says so now.", EndForm, _end, "warning"
    ),
    Step.RESUME: StepPage("Resume this vacancy", "Resume", "Candidates can apply again.", ResumeForm, _resume),
    Step.OUTCOME: StepPage("Record the outcome", "Record outcome", "Outcome recorded", OutcomeForm, _outcome),
}


def links_of(vacancy: Vacancy, address: Callable[[str], str]) -> list[dict[str, str]]:
    """Return links to what the actor can do next with `vacancy`.

    Args:
        address: gives the address of a step.
    """
    steps = steps_open_to(g.actor, vacancy, clock.now())
    return [{"text": PAGES[step].link, "href": address(step.value)} for step in steps if step in PAGES]


def step_page(name: str, find: Callable[[], Vacancy], template: str, back_href: str) -> ResponseReturnValue:
    """Answer the page of a step: ask, do, and lead back.

    Args:
        name: the step's, from the address.
        find: gives the vacancy as it is now.
        template: the area's.
        back_href: the page of the vacancy.

    Raises:
        Conflict: it is opened for a vacancy where it is not possible.
    """
    step, vacancy, now, status = Step(name), find(), clock.now(), 200
    page = PAGES[step]
    form = page.form(data=filled_in(vacancy))
    if isinstance(form, OutcomeForm):
        form.offer(vacancy.posts)
    if not form.is_submitted() and step not in steps_open_to(g.actor, vacancy, now):
        raise Conflict(_not_now(vacancy, now))
    if form.validate_on_submit():
        try:
            with transaction():
                page.do(vacancy, form, clock.now())
        except (Conflict, Incomplete) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 200
            if isinstance(refusal, NotReady):
                show_findings(form, refusal)
            else:
                form.form_errors.append(str(refusal))
            vacancy = find()
            form.version.data = str(vacancy.version)
        else:
            flash(page.done)
            return redirect(back_href)
    closes = closing_words(vacancy.closes_at) if vacancy.closes_at else ""
    is_late = vacancy.has_closed(clock.now())
    shown = {"step": step.value, "page": page, "closes": closes, "is_late": is_late, "back_href": back_href}
    return render_template(template, vacancy=vacancy, form=form, **shown), status


def take_back(vacancy: Vacancy, back_href: str) -> ResponseReturnValue:
    """Forget an outcome that was recorded by mistake, and lead back."""
    form = VersionedForm()
    with transaction():
        vacancy_outcome.take_back_outcome(g.actor, vacancy, seen_version=form.seen_version(), now=clock.now())
    flash("Outcome taken back. The vacancy is closed, and waits for its outcome.")
    return redirect(back_href)


def filled_in(vacancy: Vacancy) -> dict[str, Any]:
    """Return what the form of a step starts with."""
    return {"version": str(vacancy.version), "interview_on": vacancy.interview_on}


def _not_now(vacancy: Vacancy, now: datetime) -> str:
    words = standing_of(vacancy, now).value.replace("_", " ")
    return f"This vacancy is {words} now, so this is not possible."
