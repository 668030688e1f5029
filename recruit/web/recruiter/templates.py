"""Templates: vacancies that a team starts others from."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Incomplete
from recruit.core.transaction import transaction
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies import templates
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.forms import TemplateForm


@blueprint.get("/templates")
def list_templates() -> ResponseReturnValue:
    """The templates of their teams, each with a way to start from it."""
    return render_template("recruiter/list_templates.html", templates=templates.templates_for(g.actor))


@blueprint.route("/vacancies/<reference>/template", methods=["GET", "POST"])
def keep_template(reference: str) -> ResponseReturnValue:
    """Keep a vacancy as a template, under a name; or give it another name."""
    vacancy = queries.vacancy_of(g.actor, reference)
    template = templates.template_of(vacancy)
    form = TemplateForm(data={"name": template.name if template else vacancy.title})
    if form.validate_on_submit():
        try:
            with transaction():
                templates.keep_template(g.actor, vacancy, form.name.data or "", now=clock.now())
        except Incomplete as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash("Kept as a template of the team")
            return redirect(url_for(".list_templates"))
    return render_template("recruiter/keep_template.html", form=form, vacancy=vacancy, is_one=template is not None)


@blueprint.post("/vacancies/<reference>/template/drop")
def drop_template(reference: str) -> ResponseReturnValue:
    """Start no others from it."""
    vacancy = queries.vacancy_of(g.actor, reference)
    with transaction():
        templates.drop_template(g.actor, vacancy)
    flash("It is no template any more. The vacancy itself stays as it is.")
    return redirect(url_for(".list_templates"))
