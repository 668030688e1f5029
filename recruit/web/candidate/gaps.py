"""Explaining several gaps of a history at once, in the same words."""

from flask import flash, g, redirect
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import InputRequired

from recruit.applications import queries, sections_lists
from recruit.applications.chronology import Period
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.places import link, own_draft, section_page
from recruit.web.candidate.section_form import Outcome
from recruit.web.fields import choice
from recruit.web.forms import Form, LineField


class GapsForm(Form):
    version = HiddenField()  # of entries that are not there yet, so always empty: it is what tells autosave to work
    title: StringField = LineField("What were you doing?", [InputRequired("Enter what you were doing")])
    gaps = SelectMultipleField("When?", validate_choice=False)

    def validate_gaps(self, field: SelectMultipleField) -> None:
        """Want one gap at least that is still there."""
        offered = {str(one.value) for one in field.choices}  # type: ignore[union-attr]  # a list of SelectChoice
        field.data = [value for value in field.data or [] if value in offered]
        if not field.data:
            raise ValidationError("Select the months that this is about")


@blueprint.route("/applications/<reference>/history/gaps", methods=["GET", "POST"])
def explain_gaps(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    back = link("candidate.list_history", application)
    gaps = {str(gap.start): gap for gap in reversed(queries.answers_of(application).gaps(london_day(clock.now())))}
    if not gaps:
        return redirect(back)
    form = GapsForm()
    form.gaps.choices = [choice(value, gap.label) for value, gap in gaps.items()]
    status = 200
    if form.validate_on_submit():
        chosen = [Period(gaps[value].start, gaps[value].end) for value in form.gaps.data or []]
        try:
            with transaction():
                number = sections_lists.explain_gaps(
                    g.actor, application, chosen, form.title.data or "", now=clock.now()
                )
        except Conflict as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        else:
            flash(f"Added to your history, for {number} gap{'' if number == 1 else 's'}")
            return redirect(back)
    return section_page(
        "candidate/explain_gaps.html", Outcome(status), application, form=form, entry=None, back_href=back
    )
