"""The section "Support at interview": adjustments, and the interview schemes that the council offers."""

from flask import current_app, g, redirect
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField, TextAreaField

from recruit.applications import queries, sections_personal
from recruit.applications.models import Section
from recruit.applications.personal import SupportAnswer
from recruit.core import clock
from recruit.rules import limits
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.autosaving import autosaved, is_autosave
from recruit.web.candidate.fields import NO, YES, YesNoField, finished_field
from recruit.web.candidate.places import onward, own_draft, section_page
from recruit.web.candidate.section_form import AnswersForm, attempt
from recruit.web.fields import choice
from recruit.web.forms import ProseField


class InterviewSupportForm(AnswersForm):
    columns = ("needs_adjustments", "adjustments", "schemes")
    needs_adjustments = YesNoField(
        "Do you need any adjustments to take part in an interview? (optional)",
        missing="Select whether you need adjustments",
        needed=False,
    )
    adjustments: TextAreaField = ProseField("What would help you?")
    schemes = SelectMultipleField("Do you apply under an interview scheme? (optional)", validate_choice=False)
    finished = finished_field()


@blueprint.route("/applications/<reference>/interview-support", methods=["GET", "POST"])
def edit_interview_support(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    offered = current_app.config["SETTINGS"].schemes()
    state = queries.state_of(application, Section.SUPPORT)
    form = InterviewSupportForm(
        obj=queries.personal_of(application, SupportAnswer), finished=YES if state and state.is_complete else None
    )
    form.schemes.choices = [choice(scheme.value, scheme.claim) for scheme in offered]
    outcome = attempt(
        form,
        lambda entered: sections_personal.save_support(g.actor, application, entered, offered=offered, now=clock.now()),
        lambda: queries.personal_of(application, SupportAnswer),
        in_parts=True,
    )
    if is_autosave():
        return autosaved(form, outcome, queries.personal_of(application, SupportAnswer))
    if outcome.is_done:
        return redirect(onward(application, is_finished=form.finished.data != NO))
    return section_page(
        "candidate/edit_interview_support.html",
        outcome,
        application,
        form=form,
        offered=offered,
        words=limits.EXPLANATION_WORDS,
    )
