"""Templates of messages: HR's list, adding one, changing one, deleting one."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired

from recruit.conversation import templates
from recruit.conversation.models import MessageTemplate
from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.merge_fields import MERGE_FIELDS
from recruit.web.forms import LineField, MaxCharacters, ProseField, VersionedForm
from recruit.web.review.blueprint import blueprint
from recruit.web.row_values import whole_number


class TemplateForm(VersionedForm):
    """A template's name, which candidates never see, and its text."""

    name = LineField(
        "Name", [DataRequired("Enter a name")], description="For HR only, like “More time for references”."
    )
    text = ProseField(
        "Message",
        [DataRequired("Enter the message"), MaxCharacters(limits.CONVERSATION_CHARACTERS, "The message")],
        description="Write {candidate_name} and the other fields below where something of each application belongs.",
    )


@blueprint.get("/templates")
def list_templates() -> ResponseReturnValue:
    """List the templates."""
    return render_template("review/list_templates.html", templates=templates.message_templates())


@blueprint.route("/templates/add", methods=["GET", "POST"], defaults={"template_id": None})
@blueprint.route("/templates/<int:template_id>", methods=["GET", "POST"])
def change_template(template_id: int | None) -> ResponseReturnValue:
    """Write a new template, or change one."""
    template = None if template_id is None else templates.template_of(whole_number(template_id))
    form = TemplateForm(obj=template)
    if form.validate_on_submit():
        try:
            with transaction():
                _keep(template, form)
        except (Conflict, Incomplete) as refusal:
            return _page(form, template_id, refusal=refusal)
        flash(f"The template ‘{form.name.data}’ is kept.")
        return redirect(url_for(".list_templates"))
    return _page(form, template_id)


@blueprint.post("/templates/<int:template_id>/delete")
def delete_template(template_id: int) -> ResponseReturnValue:
    """Delete a template; messages that were written with it stay."""
    with transaction():
        templates.delete_template(g.actor, whole_number(template_id))
    flash("The template is deleted.")
    return redirect(url_for(".list_templates"))


def _keep(template: MessageTemplate | None, form: TemplateForm) -> None:
    name, text, now = form.name.data or "", form.text.data or "", clock.now()
    if template is None:
        templates.add_template(g.actor, name, text, now=now)
    else:
        templates.change_template(g.actor, template, name, text, seen_version=form.seen_version(), now=now)


def _page(form: TemplateForm, template_id: int | None = None, *, refusal: Any = None) -> ResponseReturnValue:
    if refusal is not None:
        form.form_errors.append(str(refusal))
    page = render_template("review/change_template.html", form=form, template_id=template_id, fields=MERGE_FIELDS)
    return page, 409 if isinstance(refusal, Conflict) else 200
