"""Labels: their list, and those of one application."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField
from wtforms.validators import DataRequired

from recruit.applications.labels import Label
from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.review import labels
from recruit.rules import limits
from recruit.web.forms import Form, LineField
from recruit.web.review.applications import address_of, application_page, find
from recruit.web.review.blueprint import blueprint
from recruit.web.review.label_forms import LabelForm
from recruit.web.row_values import whole_number


class NewLabelForm(Form):
    """What a label is called."""

    name = LineField(
        "Name of the label",
        [DataRequired("Enter a name")],
        most=limits.LABEL_CHARACTERS,
        description="For sorting work, like “Second opinion” or “Can start in May”. Candidates can ask to see the "
        "labels on their application and have them in their own data, so use words that you would say to them.",
    )


class RenameLabelForm(NewLabelForm):
    """What a label is to be called, and what it was called when that was written."""

    seen = HiddenField()


@blueprint.route("/labels", methods=["GET", "POST"])
def list_labels() -> ResponseReturnValue:
    """List the labels, and name a new one."""
    form, status = NewLabelForm(), 200
    if form.validate_on_submit():
        try:
            with transaction():
                labels.add_label(g.actor, form.name.data or "")
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            status = 409 if isinstance(refusal, Conflict) else 200
        else:
            return _back(f"The label ‘{form.name.data}’ can be put on applications.")
    return (
        render_template("review/list_labels.html", labels=labels.all_labels(), renamed=_renamed(), form=form),
        status,
    )


def _renamed() -> dict[int, list[str]]:
    """Return what each label was called before, in words, the latest first."""
    return {
        key: [f"‘{one.before}’ until {long_moment(one.at)}, renamed by {one.actor.name}" for one in rows]
        for key, rows in labels.renames().items()
    }


@blueprint.route("/labels/<int:label_id>/rename", methods=["GET", "POST"])
def rename_label(label_id: int) -> ResponseReturnValue:
    """Give a label another name."""
    label = labels.label_of(whole_number(label_id))
    form, status = RenameLabelForm(), 200
    if form.validate_on_submit():
        before, name = label.name, form.name.data or ""
        try:
            with transaction():
                labels.rename_label(g.actor, label, name, seen_name=form.seen.data or "", now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            status = 409 if isinstance(refusal, Conflict) else 200
        else:
            return _back(f"The label ‘{before}’ is called ‘{name}’ now, wherever it is.")
    return _rename_page(label, form), status


def _rename_page(label: Label, form: "RenameLabelForm") -> str:
    form.seen.data = label.name
    if not form.is_submitted():
        form.name.data = label.name
    return render_template("review/rename_label.html", label=label, form=form)


@blueprint.post("/labels/<int:label_id>/retire")
def retire_label(label_id: int) -> ResponseReturnValue:
    """Offer a label no more."""
    label = labels.label_of(whole_number(label_id))
    with transaction():
        labels.retire_label(g.actor, label, now=clock.now())
    return _back(f"The label ‘{label.name}’ is retired. It stays on the applications that have it.")


@blueprint.post("/labels/<int:label_id>/bring-back")
def bring_back_label(label_id: int) -> ResponseReturnValue:
    """Offer a retired label again."""
    label = labels.label_of(whole_number(label_id))
    with transaction():
        labels.bring_back_label(g.actor, label)
    return _back(f"The label ‘{label.name}’ can be put on applications again.")


@blueprint.post("/applications/<reference>/labels")
def put_label(reference: str) -> ResponseReturnValue:
    """Put a label on an application."""
    application, form = find(reference), LabelForm()
    if not form.validate():
        return application_page(reference, refused=form)
    try:
        with transaction():
            labels.put_label(g.actor, application, labels.label_of(whole_number(form.label.data)), now=clock.now())
    except Conflict as refusal:
        return application_page(reference, 409, refused=form, sentence=str(refusal))
    return redirect(address_of(application.reference, "labels"))


@blueprint.post("/applications/<reference>/labels/<int:label_id>/off")
def take_label(reference: str, label_id: int) -> ResponseReturnValue:
    """Take a label off an application."""
    application = find(reference)
    with transaction():
        labels.take_label(g.actor, application, labels.label_of(whole_number(label_id)), now=clock.now())
    return redirect(address_of(application.reference, "labels"))


def _back(sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for(".list_labels"))
