"""The section "Social Work England registration"."""

from flask import g, redirect
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from recruit.applications import queries, sections
from recruit.applications.models import Registration, Section
from recruit.applications.words import REGISTRATION_ANSWERS
from recruit.core import clock
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.fields import NO, YES, YesNoField, finished_field
from recruit.web.candidate.places import onward, own_draft, section_page
from recruit.web.candidate.section_form import AnswersForm, attempt
from recruit.web.fields import ChoiceField, DatePartsField, choice
from recruit.web.forms import LineField, ProseField


class RegistrationForm(AnswersForm):
    columns = ("state", "number", "expected_on", "has_conditions", "conditions")
    state = ChoiceField(
        "Are you registered with Social Work England?",
        REGISTRATION_ANSWERS.items(),
        missing="Select whether you are registered with Social Work England",
        needed=False,
        kind=Registration,
    )
    number: StringField = LineField("Registration number", most=40)
    has_conditions = YesNoField(
        "Are there conditions on your registration?",
        missing="Select whether there are conditions on your registration",
        needed=False,
    )
    conditions: TextAreaField = ProseField("What are the conditions?")
    expected_on = DatePartsField(
        "When do you expect to be registered?", [Optional()], thing="The date you expect to be registered"
    )
    finished = finished_field()


@blueprint.route("/applications/<reference>/registration", methods=["GET", "POST"])
def edit_registration(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    state = queries.state_of(application, Section.REGISTRATION)
    form = RegistrationForm(
        obj=queries.registration_of(application), finished=YES if state and state.is_complete else None
    )
    if application.vacancy.registration_required:  # it would only be refused
        offered = {kind: words for kind, words in REGISTRATION_ANSWERS.items() if kind != Registration.NOT_REQUIRED}
        form.state.choices = [choice(kind.value, words) for kind, words in offered.items()]
    outcome = attempt(
        form,
        lambda entered: sections.save_registration(g.actor, application, entered, now=clock.now()),
        lambda: queries.registration_of(application),
        in_parts=True,
    )
    if outcome.is_done:
        return redirect(onward(application, is_finished=form.finished.data != NO))
    return section_page("candidate/edit_registration.html", outcome, application, form=form)
