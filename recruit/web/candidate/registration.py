"""The section "Social Work England registration": first the situation, then the questions of that one."""

from flask import g, redirect
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from recruit.applications import queries, sections
from recruit.applications.completeness_registration import COMPLETED_LATER, MISSING_APPLIED, WHICH
from recruit.applications.models import Application, Registration, Section
from recruit.applications.registration import SupportedYear
from recruit.applications.situations import ASKED, HAS_APPLIED
from recruit.applications.words import CANDIDATE_REGISTRATION_WORDS, REGISTRATION_ANSWERS, SUPPORTED_YEAR_ANSWERS
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.autosaving import autosaved, is_autosave
from recruit.web.candidate.fields import NO, YES, YesNoField, finished_field, this_month
from recruit.web.candidate.places import link, onward, own_draft, section_page
from recruit.web.candidate.section_form import AnswersForm, attempt
from recruit.web.fields import ChoiceField, DateBetween, DatePartsField, MonthYearField, choice
from recruit.web.forms import LineField, ProseField


class SituationForm(AnswersForm):
    columns = ("state",)
    state = ChoiceField("How do you stand with Social Work England?", missing=WHICH, kind=Registration)


class RegistrationForm(AnswersForm):
    """Every question of every situation; a page keeps those of one."""

    columns = (
        "number", "has_conditions", "conditions", "qualifies_on", "country", "left_on", "has_applied", "expected_on",
        "supported_year", "supported_until",
    )  # fmt: skip
    number: StringField = LineField("Registration number", most=40)
    has_conditions = YesNoField(
        "Are there conditions on your registration?",
        missing="Select whether there are conditions on your registration",
        needed=False,
    )
    conditions: TextAreaField = ProseField("What are the conditions?")
    qualifies_on = DatePartsField(
        "When does your course end, or when did it?", [Optional()], thing="The date your course ends"
    )
    country: StringField = LineField("Which country did you qualify in?")
    left_on = MonthYearField("When did you leave the register?", [Optional()], thing="The month you left the register")
    has_applied = YesNoField("", missing="Select whether you have applied", needed=False)
    expected_on = DatePartsField(
        "When do you expect to be registered?", [Optional()], thing="The date you expect to be registered"
    )
    supported_year = ChoiceField(
        "Have you completed your assessed and supported year in employment (ASYE)? (optional)",
        SUPPORTED_YEAR_ANSWERS.items(),
        missing="Select whether you have completed your assessed and supported year",
        needed=False,
        kind=SupportedYear,
    )
    supported_until = MonthYearField(
        "When did you complete it? (optional)",
        [Optional(), DateBetween(latest=this_month, too_late=COMPLETED_LATER)],
        thing="The month you completed it",
    )
    finished = finished_field()


@blueprint.route("/applications/<reference>/registration", methods=["GET", "POST"])
def edit_registration(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    registration = queries.registration_of(application)
    state = registration.state if registration else None
    if state is None or state not in _offered(application):
        return redirect(link("candidate.edit_registration_situation", application))
    saved = queries.state_of(application, Section.REGISTRATION)
    form = RegistrationForm(obj=registration, finished=YES if saved and saved.is_complete else None)
    for name in RegistrationForm.columns:
        if name not in ASKED[state]:
            del form[name]
    if "has_applied" in form:
        form.has_applied.label.text, form.has_applied.missing = HAS_APPLIED[state], MISSING_APPLIED[state]
    if state == Registration.RETURNING:
        form.number.label.text = "Registration number you had (optional)"
    outcome = attempt(
        form,
        lambda entered: sections.save_registration(g.actor, application, entered, now=clock.now()),
        lambda: queries.registration_of(application),
        in_parts=True,
    )
    if is_autosave():
        return autosaved(form, outcome, queries.registration_of(application))
    if outcome.is_done:
        return redirect(onward(application, is_finished=form.finished.data != NO))
    return section_page(
        "candidate/edit_registration.html",
        outcome,
        application,
        form=form,
        state=state,
        situation=CANDIDATE_REGISTRATION_WORDS[state],
        this_year=london_day(clock.now()).year,
    )


@blueprint.route("/applications/<reference>/registration/situation", methods=["GET", "POST"])
def edit_registration_situation(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    form = SituationForm(obj=queries.registration_of(application))
    form.state.choices = [choice(state.value, words) for state, words in _offered(application).items()]
    outcome = attempt(
        form,
        lambda entered: sections.save_situation(g.actor, application, entered, now=clock.now()),
        lambda: queries.registration_of(application),
        in_parts=False,
    )
    if outcome.is_done:
        return redirect(link("candidate.edit_registration", application))
    return section_page("candidate/edit_registration_situation.html", outcome, application, form=form)


def _offered(application: Application) -> dict[Registration, str]:
    """Return the situations to choose from: for a role that needs registration, not that it does not."""
    is_needed = application.vacancy.registration_required
    return {
        state: words
        for state, words in REGISTRATION_ANSWERS.items()
        if not (is_needed and state == Registration.NOT_REQUIRED)
    }
