"""Saved vacancies: saving one, taking it away, the list."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.text import is_plain
from recruit.core.transaction import transaction
from recruit.vacancies import saved
from recruit.vacancies.queries import public_vacancy
from recruit.web.candidate.area import blueprint
from recruit.web.forms import Form


class SaveForm(Form):
    """Nothing but the token."""


@blueprint.route("/jobs/<slug>/save", methods=["GET", "POST"])
def save_vacancy(slug: str) -> ResponseReturnValue:
    """Where the link on the vacancy's page leads, which is the same page for everybody."""
    vacancy, form = public_vacancy(slug, now=clock.now()).vacancy, SaveForm()
    if form.validate_on_submit():
        with transaction():
            saved.save_vacancy(g.actor, vacancy, now=clock.now())
        flash(f"You saved {vacancy.title}")
        return redirect(url_for(".list_saved_vacancies"))
    if saved.is_saved(g.actor, vacancy.id):
        return redirect(url_for(".list_saved_vacancies"))
    return render_template("candidate/save_vacancy.html", form=form, vacancy=vacancy, back_href=f"/jobs/{slug}")


@blueprint.get("/account/saved")
def list_saved_vacancies() -> ResponseReturnValue:
    lines = saved.saved_vacancies(g.actor, now=clock.now())
    return render_template("candidate/list_saved_vacancies.html", lines=lines, back_href="/account")


@blueprint.post("/account/saved/<slug>/remove")
def remove_saved_vacancy(slug: str) -> ResponseReturnValue:
    """Take one away."""
    if SaveForm().validate_on_submit() and is_plain(slug):
        with transaction():
            saved.remove_saved_vacancy(g.actor, slug)
        flash("The vacancy is no longer saved")
    return redirect(url_for(".list_saved_vacancies"))
