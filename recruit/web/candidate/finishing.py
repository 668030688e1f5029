"""The page of a section that is a list: what is in it, what is missing, and whether it is finished."""

from flask import g

from recruit.applications import queries, sections
from recruit.applications.answers import Answers
from recruit.applications.completeness import Problem, problems_of
from recruit.applications.models import Application, Section
from recruit.applications.saving import Entered
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.web.candidate.fields import YES, finished_field
from recruit.web.candidate.section_form import Outcome
from recruit.web.forms import Form


class FinishForm(Form):
    finished = finished_field()


def read_list(application: Application, section: Section) -> tuple[FinishForm, Answers, list[Problem]]:
    """Return the form of a list's page, what was entered, and what is still missing."""
    answers = queries.answers_of(application)
    form = FinishForm(finished=YES if answers.is_complete(section) else None)
    return form, answers, problems_of(answers, section, london_day(clock.now()))


def attempt_finish(form: FinishForm, application: Application, section: Section) -> Outcome:
    """Keep what the candidate said of the section, if anything was sent."""
    if not form.validate_on_submit():
        return Outcome()
    entered = Entered(finished=form.finished.data == YES)
    try:
        with transaction():
            problems = sections.finish_section(g.actor, application, section, entered, now=clock.now())
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        return Outcome(409)
    form.form_errors.extend(problem.message for problem in problems)
    return Outcome(is_kept=True) if problems else Outcome(302, is_done=True)
