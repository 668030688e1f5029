"""The section "Relationships"."""

from flask import g, redirect
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from recruit.applications import queries, sections_personal
from recruit.applications.models import Section
from recruit.applications.personal import RelationshipAnswer
from recruit.core import clock
from recruit.rules import limits
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.autosaving import autosaved, is_autosave
from recruit.web.candidate.fields import NO, YES, YesNoField, finished_field
from recruit.web.candidate.places import onward, own_draft, section_page
from recruit.web.candidate.section_form import AnswersForm, attempt
from recruit.web.forms import ProseField


class RelationshipsForm(AnswersForm):
    columns = ("is_related", "details")
    is_related = YesNoField(
        "Are you related, or close, to a councillor or an employee of the council?",
        missing="Select whether you are related or close to a councillor or an employee",
        needed=False,
    )
    details: TextAreaField = ProseField("Who is it, and how do you know them?")
    finished = finished_field()


@blueprint.route("/applications/<reference>/relationships", methods=["GET", "POST"])
def edit_relationships(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    state = queries.state_of(application, Section.RELATIONSHIPS)
    form = RelationshipsForm(
        obj=queries.personal_of(application, RelationshipAnswer), finished=YES if state and state.is_complete else None
    )
    outcome = attempt(
        form,
        lambda entered: sections_personal.save_personal(
            g.actor, application, RelationshipAnswer, entered, now=clock.now()
        ),
        lambda: queries.personal_of(application, RelationshipAnswer),
        in_parts=True,
    )
    if is_autosave():
        return autosaved(form, outcome, queries.personal_of(application, RelationshipAnswer))
    if outcome.is_done:
        return redirect(onward(application, is_finished=form.finished.data != NO))
    return section_page(
        "candidate/edit_relationships.html", outcome, application, form=form, words=limits.EXPLANATION_WORDS
    )
