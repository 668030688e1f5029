"""The section "How you meet the criteria": one page a criterion."""

from flask import g, redirect
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from recruit.applications import queries, sections
from recruit.applications.models import Application, Section
from recruit.core import clock
from recruit.core.text import word_count
from recruit.rules import limits
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.autosaving import autosaved, is_autosave
from recruit.web.candidate.fields import NO
from recruit.web.candidate.finishing import attempt_finish, read_list
from recruit.web.candidate.places import link, onward, own_draft, section_page
from recruit.web.candidate.section_form import AnswersForm, attempt
from recruit.web.forms import ProseField


class EvidenceForm(AnswersForm):
    columns = ("text",)
    text: TextAreaField = ProseField("Your evidence")


@blueprint.route("/applications/<reference>/evidence", methods=["GET", "POST"])
def list_evidence(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    form, answers, problems = read_list(application, Section.EVIDENCE)
    outcome = attempt_finish(form, application, Section.EVIDENCE)
    if outcome.is_done:
        return redirect(onward(application, is_finished=form.finished.data != NO))
    return section_page(
        "candidate/list_evidence.html",
        outcome,
        application,
        form=form,
        answers=answers,
        problems=problems,
        words={criterion_id: word_count(text) for criterion_id, text in answers.evidence.items()},
        most=limits.EVIDENCE_WORDS,
    )


@blueprint.route("/applications/<reference>/evidence/<int:criterion_id>", methods=["GET", "POST"])
def edit_evidence(reference: str, criterion_id: int) -> ResponseReturnValue:
    application = own_draft(reference)
    criterion = queries.criterion_of(application, criterion_id)
    form = EvidenceForm(obj=queries.evidence_of(application, criterion_id))
    outcome = attempt(
        form,
        lambda entered: sections.save_evidence(g.actor, application, criterion_id, entered, now=clock.now()),
        lambda: queries.evidence_of(application, criterion_id),
        in_parts=True,
    )
    if is_autosave():
        return autosaved(form, outcome, queries.evidence_of(application, criterion_id))
    if outcome.is_done:
        return redirect(_onward(application, criterion_id))
    return section_page(
        "candidate/edit_evidence.html",
        outcome,
        application,
        form=form,
        criterion=criterion,
        most=limits.EVIDENCE_WORDS,
        back_href=link("candidate.list_evidence", application),
    )


def _onward(application: Application, criterion_id: int) -> str:
    """Return where saved evidence leads: to the next essential criterion without any, in the end to the list."""
    answers = queries.answers_of(application)
    place = [one.id for one in answers.criteria].index(criterion_id)
    after = {one.id for one in answers.criteria[place + 1 :]}
    for one in answers.essential:
        if one.id in after and not answers.evidence.get(one.id):
            return link("candidate.edit_evidence", application, criterion_id=one.id)
    return link("candidate.list_evidence", application)
