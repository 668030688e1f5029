"""Looking at a draft as the public will read it, publishing it, and taking a page from the public."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.content import queries, service
from recruit.content.addresses import is_fixed, path_of
from recruit.content.queries import Listed
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.web.content.blueprint import blueprint
from recruit.web.content.forms import PublishForm, WithdrawForm
from recruit.web.content_shown import page_of


@blueprint.get("/<kind>/<slug>/preview")
def preview_page(kind: str, slug: str) -> ResponseReturnValue:
    """The draft exactly as the public will see it, with the claims as they stand today."""
    listed = queries.find_page(kind, slug)
    if listed.draft is None:
        flash("This page has no draft to look at.", "notice")
        return redirect(url_for(".show_page", kind=kind, slug=slug))
    words, shelf, today = queries.words_of(listed.page, listed.draft), queries.public_shelf(), london_day(clock.now())
    return render_template(
        "content/preview_page.html",
        page=page_of(words, shelf, today),
        hidden=shelf.hidden_claims(words.body, today),
        row=listed.page,
        is_first=listed.published is None,
    )


@blueprint.post("/<kind>/<slug>/publish")
def publish_page(kind: str, slug: str) -> ResponseReturnValue:
    """Let the public read the draft that was looked at."""
    listed = queries.find_page(kind, slug)
    form = PublishForm()
    with transaction():
        service.publish_page(g.actor, listed, seen_version=form.seen_version(), now=clock.now())
    flash(f"Published at {path_of(listed.page.kind, slug)}. Everybody sees it within a second.")
    return redirect(url_for(".show_page", kind=kind, slug=slug))


@blueprint.post("/<kind>/<slug>/delete-draft")
def delete_draft(kind: str, slug: str) -> ResponseReturnValue:
    """Give up the draft."""
    listed = queries.find_page(kind, slug)
    form = PublishForm()
    with transaction():
        service.delete_draft(g.actor, listed, seen_version=form.seen_version(), now=clock.now())
    flash("Draft deleted. It stays in the history, and can be restored from there.")
    return redirect(url_for(".show_page", kind=kind, slug=slug))


@blueprint.route("/<kind>/<slug>/withdraw", methods=["GET", "POST"])
def withdraw_page(kind: str, slug: str) -> ResponseReturnValue:
    """Take a page from the public."""
    listed = queries.find_page(kind, slug)
    _refuse_to_withdraw(listed)
    form = WithdrawForm(data={"version": str(listed.page.version)})
    status = 200
    if form.validate_on_submit():
        reason = form.reason.data or ""
        try:
            with transaction():
                service.withdraw_page(g.actor, listed, reason, seen_version=form.seen_version(), now=clock.now())
        except Conflict as refusal:
            status = 409
            form.form_errors.append(str(refusal))
            form.version.data = str(queries.find_page(kind, slug).page.version)
        except Incomplete as refusal:
            form.reason.errors = [str(refusal)]
        else:
            flash("Page withdrawn. Its history stays, and an old version can be restored.")
            return redirect(url_for(".show_page", kind=kind, slug=slug))
    return render_template("content/withdraw_page.html", form=form, page=listed.page, title=listed.title), status


def _refuse_to_withdraw(listed: Listed) -> None:
    """Say at once that there is nothing to withdraw, or that it cannot be."""
    if listed.published is None:
        raise Conflict("This page is not public, so it cannot be withdrawn.")
    if is_fixed(listed.page.kind, listed.page.slug):
        raise Conflict("Other pages lead to this one, so it cannot be withdrawn. Change what it says instead.")
