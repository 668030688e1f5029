"""Sets of criteria: kept from a vacancy, used in a draft, renamed, retired."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies import criteria, criteria_sets, service
from recruit.web.forms import VersionedForm
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.criteria import shown
from recruit.web.recruiter.forms import SetForm
from recruit.web.recruiter.holders import holder_of
from recruit.web.recruiter.ways import coming_back


@blueprint.get("/criteria-sets")
def list_criteria_sets() -> ResponseReturnValue:
    """The sets that they can use; those of their own teams can be changed."""
    rows = [
        {"set": one, "number": len(one.lines), "is_own": one.team_id in g.actor.team_ids}
        for one in criteria_sets.sets_for(g.actor)
    ]
    return render_template("recruiter/list_criteria_sets.html", rows=rows)


@blueprint.route("/criteria-sets/<int:number>/name", methods=["GET", "POST"])
def rename_criteria_set(number: int) -> ResponseReturnValue:
    """What a set is called, and who can use it."""
    kept, status = criteria_sets.set_of(g.actor, number), 200
    form = SetForm(data={"name": kept.name, "is_shared": kept.is_shared, "version": str(kept.version)})
    if form.validate_on_submit():
        try:
            with transaction():
                name, seen, shared = form.name.data or "", form.seen_version(), form.is_shared.data
                criteria_sets.rename_set(g.actor, kept, name, is_shared=shared, seen_version=seen, now=clock.now())
        except (Conflict, Incomplete) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 200
            form.form_errors.append(str(refusal))
            form.version.data = str(criteria_sets.set_of(g.actor, number).version)
        else:
            flash("Set changed")
            return redirect(url_for(".list_criteria_sets"))
    return render_template("recruiter/rename_criteria_set.html", form=form, kept=kept), status


@blueprint.post("/criteria-sets/<int:number>/retire")
def retire_criteria_set(number: int) -> ResponseReturnValue:
    """Offer a set no more."""
    kept, form = criteria_sets.set_of(g.actor, number), VersionedForm()
    with transaction():
        criteria_sets.retire_set(g.actor, kept, seen_version=form.seen_version(), now=clock.now())
    flash(f"“{kept.name}” is retired. Vacancies that were written from it keep their criteria.")
    return redirect(url_for(".list_criteria_sets"))


@blueprint.route("/vacancies/<reference>/criteria/keep", methods=["GET", "POST"])
def keep_criteria_set(reference: str) -> ResponseReturnValue:
    """Keep the criteria of any vacancy of theirs as a set."""
    vacancy, form = queries.vacancy_of(g.actor, reference), SetForm(data={"version": "0"})
    lines = [service.text_of(criterion) for criterion in vacancy.criteria]
    if form.validate_on_submit():
        try:
            with transaction():
                name, shared = form.name.data or "", form.is_shared.data
                criteria_sets.keep_set(g.actor, vacancy.team, name, lines, is_shared=shared, now=clock.now())
        except Incomplete as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash("Kept as a set")
            return redirect(url_for(".list_criteria_sets"))
    return render_template("recruiter/keep_criteria_set.html", form=form, vacancy=vacancy, number=len(lines))


@blueprint.route("/vacancies/<reference>/criteria/use", methods=["GET", "POST"])
def use_criteria_set(reference: str) -> ResponseReturnValue:
    """Add the criteria of a set to a draft."""
    holder, form, status = holder_of(reference, None), VersionedForm(), 200
    sets, number = criteria_sets.sets_for(g.actor), len(holder.lines)
    if form.validate_on_submit():
        try:
            chosen = next((one for one in sets if str(one.id) == _chosen()), None)
            if chosen is None:
                raise Incomplete("Choose a set from the list")
            lines = criteria.joined(holder.lines, criteria_sets.lines_of(chosen))
            with transaction():
                holder.keep(lines, form.seen_version())
        except (Conflict, Incomplete) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 200
            form.form_errors.append(str(refusal))
            holder = holder_of(reference, None)
        else:
            flash(f"{len(lines) - number} criteria added from “{chosen.name}”")
            return redirect(url_for(".list_criteria", reference=reference, back=coming_back()))
    form.version.data = str(holder.version)
    rows = [{"set": one, "groups": shown(criteria_sets.lines_of(one))} for one in sets]
    return render_template("recruiter/use_criteria_set.html", holder=holder, form=form, rows=rows), status


def _chosen() -> str:
    return request.form.get("set", "")
