"""One's own views of the queue: keep what is shown, rename, delete, open first."""

from typing import Any
from urllib.parse import urlencode

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired

from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.review import views
from recruit.rules import limits
from recruit.web.forms import Form, LineField
from recruit.web.review.asking import asked
from recruit.web.review.blueprint import blueprint
from recruit.web.row_values import whole_number


class ViewForm(Form):
    """What a view is called."""

    name = LineField("Name of the view", [DataRequired("Enter a name")], most=limits.VIEW_NAME_CHARACTERS)


@blueprint.get("/views")
def list_views() -> ResponseReturnValue:
    """List one's own views."""
    return render_template("review/list_views.html", views=views.own_views(g.actor))


@blueprint.route("/views/keep", methods=["GET", "POST"])
def keep_view() -> ResponseReturnValue:
    """Keep what the address asks for under a name."""
    form, carry = ViewForm(), dict(asked().carry)
    if form.validate_on_submit():
        try:
            with transaction():
                views.keep_view(g.actor, form.name.data or "", urlencode(carry))
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(f"‘{form.name.data}’ is kept above the list.")
            return redirect(url_for(".list_applications", **carry))  # type: ignore[arg-type]  # values of an address
    back_href = url_for(".list_applications", **carry)  # type: ignore[arg-type]  # as above
    return render_template("review/keep_view.html", form=form, back_href=back_href)


@blueprint.route("/views/<int:view_id>", methods=["GET", "POST"])
def rename_view(view_id: int) -> ResponseReturnValue:
    """Give a view another name."""
    view = views.own_view(g.actor, whole_number(view_id))
    form = ViewForm(obj=view)
    if form.validate_on_submit():
        try:
            with transaction():
                views.rename_view(g.actor, view, form.name.data or "")
        except Incomplete as refusal:
            form.form_errors.append(str(refusal))
        else:
            return _back("The view is renamed.")
    return render_template("review/rename_view.html", form=form)


@blueprint.post("/views/<int:view_id>/first")
def open_view_first(view_id: int) -> ResponseReturnValue:
    """Let the queue open with a view."""
    with transaction():
        views.open_first(g.actor, whole_number(view_id))
    return _back("The review queue opens with this view now.")


@blueprint.post("/views/none-first")
def open_none_first() -> ResponseReturnValue:
    """Let the queue open with none of them."""
    with transaction():
        views.open_first(g.actor, None)
    return _back("The review queue opens with what is next to do.")


@blueprint.post("/views/<int:view_id>/delete")
def delete_view(view_id: int) -> ResponseReturnValue:
    """Forget a view."""
    with transaction():
        views.delete_view(g.actor, whole_number(view_id))
    return _back("The view is deleted.")


def _back(sentence: Any) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for(".list_views"))
