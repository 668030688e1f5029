"""The section "Eligibility"."""

from flask import g, redirect
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Optional

from recruit.applications import queries, sections_personal
from recruit.applications.completeness_personal import BEGAN_LATER
from recruit.applications.models import Section
from recruit.applications.personal import EligibilityAnswer, Licence, WorksHere
from recruit.applications.words import LICENCE_ANSWERS, WORKS_HERE_WORDS
from recruit.core import clock
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.fields import NO, YES, OptionalLineField, YesNoField, finished_field, this_month
from recruit.web.candidate.places import onward, own_draft, section_page
from recruit.web.candidate.section_form import AnswersForm, attempt
from recruit.web.fields import ChoiceField, DateBetween, MonthYearField
from recruit.web.forms import LineField


class EligibilityForm(AnswersForm):
    columns = (
        "right_to_work",
        "needs_sponsorship",
        "works_here",
        "agency",
        "team",
        "here_since",
        "hours_wanted",
        "licence",
        "has_vehicle",
    )
    right_to_work = YesNoField(
        "Do you have the right to work in the UK?",
        missing="Select whether you have the right to work in the UK",
        needed=False,
    )
    needs_sponsorship = YesNoField(
        "Do you need a sponsor for a visa, now or later?",
        missing="Select whether you need a sponsor for a visa",
        needed=False,
    )
    works_here = ChoiceField(
        "Do you work for the council now?",
        WORKS_HERE_WORDS.items(),
        missing="Select whether you work for the council now",
        needed=False,
        kind=WorksHere,
    )
    agency: StringField = LineField("Name of the agency")
    team: StringField = OptionalLineField("Team you work in here")
    here_since = MonthYearField(
        "When did you begin here? (optional)",
        [Optional(), DateBetween(latest=this_month, too_late=BEGAN_LATER)],
        thing="The month you began here",
    )
    hours_wanted: StringField = OptionalLineField("Hours or working pattern you would like")
    licence = ChoiceField(
        "Do you have a full driving licence?",
        LICENCE_ANSWERS.items(),
        missing="Select whether you have a full driving licence",
        needed=False,
        kind=Licence,
    )
    has_vehicle = YesNoField(
        "Do you have the use of a car for work?",
        missing="Select whether you have the use of a car for work",
        needed=False,
    )
    finished = finished_field()


@blueprint.route("/applications/<reference>/eligibility", methods=["GET", "POST"])
def edit_eligibility(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    state = queries.state_of(application, Section.ELIGIBILITY)
    form = EligibilityForm(
        obj=queries.personal_of(application, EligibilityAnswer), finished=YES if state and state.is_complete else None
    )
    if not application.vacancy.driving_required:
        del form.licence, form.has_vehicle
    outcome = attempt(
        form,
        lambda entered: sections_personal.save_personal(
            g.actor, application, EligibilityAnswer, entered, now=clock.now()
        ),
        lambda: queries.personal_of(application, EligibilityAnswer),
        in_parts=True,
    )
    if outcome.is_done:
        return redirect(onward(application, is_finished=form.finished.data != NO))
    return section_page("candidate/edit_eligibility.html", outcome, application, form=form)
