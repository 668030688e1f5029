"""The section "Declaration"."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from recruit.applications import queries, sections
from recruit.applications.progress import draft_of
from recruit.core import clock
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.places import onward, own_draft, section_page
from recruit.web.candidate.section_form import AnswersForm, attempt


class DeclarationForm(AnswersForm):
    confirmed = BooleanField("I confirm all of this")


@blueprint.route("/applications/<reference>/declaration", methods=["GET", "POST"])
def edit_declaration(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    form = DeclarationForm(confirmed=queries.declaration_of(application) is not None)
    outcome = attempt(
        form,
        lambda entered: sections.declare(g.actor, application, confirmed=bool(form.confirmed.data), now=clock.now()),
        lambda: None,
        in_parts=True,
    )
    if (
        outcome.is_done and draft_of(application, now=clock.now()).is_ready
    ):  # it is the last section: others take it back
        return redirect(url_for(".check_application", reference=reference))
    if outcome.is_done:
        return redirect(onward(application))
    return section_page("candidate/edit_declaration.html", outcome, application, form=form)
