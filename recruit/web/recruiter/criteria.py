"""The person specification, line by line: of a draft, and of a set that is used again."""

from enum import StrEnum
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.vacancies import criteria, drafting
from recruit.vacancies.criteria import Lines
from recruit.vacancies.details import CriterionText
from recruit.vacancies.models import Assessment, CriterionKind
from recruit.vacancies.readiness import NotReady
from recruit.vacancies.writing_models import Part
from recruit.web.forms import VersionedForm
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.forms import CriterionForm
from recruit.web.recruiter.holders import Holder, OfDraft, holder_of
from recruit.web.recruiter.ways import back_to_check, coming_back, onward

OF_VACANCY, OF_SET = "/vacancies/<reference>/criteria", "/criteria-sets/<int:number>"
WHERE = {
    Assessment.APPLICATION: "in the application",
    Assessment.INTERVIEW: "at interview",
    Assessment.CHECK: "by a check",
}
COUNTS = {1: "", 2: "counts twice", 3: "counts three times"}


@blueprint.route(OF_VACANCY, methods=["GET", "POST"])
@blueprint.route(OF_SET, methods=["GET", "POST"])
def list_criteria(reference: str | None = None, number: int | None = None) -> ResponseReturnValue:
    """The criteria with what can be done to each; for a draft, saying that they are whole."""
    holder, form = holder_of(reference, number), VersionedForm()
    if isinstance(holder, OfDraft) and form.validate_on_submit():
        try:
            with transaction():
                drafting.finish_criteria(g.actor, holder.vacancy, now=clock.now())
        except NotReady as refusal:
            form.form_errors.append(str(refusal))
        else:
            return redirect(back_to_check(holder.vacancy) or onward(holder.vacancy, Part.CRITERIA))
    return criteria_page(holder, form)


@blueprint.route(f"{OF_VACANCY}/add", methods=["GET", "POST"])
@blueprint.route(f"{OF_SET}/add", methods=["GET", "POST"])
def add_criterion(reference: str | None = None, number: int | None = None) -> ResponseReturnValue:
    """One more criterion, and another after it for whoever asks for that: of the same kind, assessed alike."""
    holder = holder_of(reference, number)
    start = {
        "kind": _one_of(CriterionKind, "kind"),
        "assessed_at": _one_of(Assessment, "assessed_at"),
        "weight": "1",
    }
    form = CriterionForm(data={**start, "version": str(holder.version)})
    if form.validate_on_submit():
        again = _kept(holder, form, lambda lines: criteria.added(lines, _line(form)))
        if not again and request.form.get("then") == "another":
            flash("Criterion added. Write the next one, or go back to see all of them.")
            alike = {"kind": form.kind.data, "assessed_at": form.assessed_at.data}
            return redirect(url_for(".add_criterion", **holder.address, back=coming_back(), **alike))
        if not again:
            flash("Criterion added")
            return redirect(_list(holder))
        return _page(holder, form, None, again)
    return _page(holder, form, None)


@blueprint.route(f"{OF_VACANCY}/<int:place>", methods=["GET", "POST"])
@blueprint.route(f"{OF_SET}/<int:place>", methods=["GET", "POST"])
def edit_criterion(place: int, reference: str | None = None, number: int | None = None) -> ResponseReturnValue:
    """One criterion, `place` counted from 1."""
    holder = holder_of(reference, number)
    if not 1 <= place <= len(holder.lines):
        raise Conflict(criteria.GONE)
    line = holder.lines[place - 1]
    shown = {"text": line.text, "kind": line.kind, "assessed_at": line.assessed_at, "weight": str(line.weight)}
    form = CriterionForm(data={**shown, "version": str(holder.version)})
    if form.validate_on_submit():
        again = _kept(holder, form, lambda lines: criteria.changed(lines, place - 1, _line(form)))
        if not again:
            flash("Criterion changed")
            return redirect(_list(holder))
        return _page(holder, form, place, again)
    return _page(holder, form, place)


@blueprint.post(f'{OF_VACANCY}/<int:place>/<any("up", "down", "remove"):way>')
@blueprint.post(f'{OF_SET}/<int:place>/<any("up", "down", "remove"):way>')
def move_criterion(
    place: int, way: str, reference: str | None = None, number: int | None = None
) -> ResponseReturnValue:
    """Move one criterion up or down among its kind, or take it away."""
    holder, form = holder_of(reference, number), VersionedForm()
    lines = holder.lines
    try:
        if way == "remove":
            lines = criteria.without(lines, place - 1)
        else:
            lines = criteria.moved(lines, place - 1, down=way == "down")
        with transaction():
            holder.keep(lines, form.seen_version())
    except (Conflict, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return criteria_page(holder_of(reference, number), form, 409 if isinstance(refusal, Conflict) else 200)
    if way == "remove":
        flash("Criterion removed")
    return redirect(_list(holder))


def criteria_page(holder: Holder, form: VersionedForm, status: int = 200) -> ResponseReturnValue:
    """Return the list of what `holder` holds, with what went wrong."""
    form.version.data = str(holder.version)
    page = render_template(
        "recruiter/list_criteria.html",
        holder=holder,
        form=form,
        groups=shown(holder.lines),
        is_draft=isinstance(holder, OfDraft),
        back=coming_back(),
        most=limits.EVIDENCE_WORDS,
    )
    return page, status


def shown(lines: Lines) -> list[dict[str, Any]]:
    """Return lines as pages show them, essential ones under their heading, with the place of each counted from 1."""
    numbered = list(enumerate(lines, 1))
    return [
        {
            "title": kind.value.capitalize(),
            "lines": [
                {
                    "place": place,
                    "text": line.text,
                    "facts": ", ".join(filter(None, (f"Assessed {WHERE[line.assessed_at]}", COUNTS[line.weight]))),
                }
                for place, line in numbered
                if line.kind is kind
            ],
        }
        for kind in CriterionKind
    ]


def _one_of(kind: type[StrEnum], name: str) -> StrEnum:
    """Return what an address asks to start with, or the usual one, which is the first."""
    asked = request.args.get(name)
    return kind(asked) if asked in list(kind) else next(iter(kind))


def _line(form: CriterionForm) -> CriterionText:
    return CriterionText(form.kind.kept, form.text.data or "", form.assessed_at.kept, form.weight.kept)


def _kept(holder: Holder, form: CriterionForm, change: Any) -> int:
    """Keep the change; return 0, or the status of the page that says why it was not kept."""
    try:
        lines = change(holder.lines)
        with transaction():
            holder.keep(lines, form.seen_version())
    except Incomplete as refusal:
        form.text.errors = [str(refusal)]
        return 200
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        return 409
    return 0


def _list(holder: Holder) -> str:
    return url_for(".list_criteria", **holder.address, back=coming_back())


def _page(holder: Holder, form: CriterionForm, place: int | None, status: int = 200) -> ResponseReturnValue:
    template = "recruiter/edit_criterion.html" if place else "recruiter/add_criterion.html"
    return render_template(template, holder=holder, form=form, place=place, back_href=_list(holder)), status
