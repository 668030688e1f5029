"""Scoring one application without knowing whose it is."""

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.references import normalise_vacancy_reference
from recruit.core.transaction import transaction
from recruit.panels import reading, sheets
from recruit.panels.entry import Entry
from recruit.panels.models import ScoreSheet
from recruit.panels.reading import NO_PANEL
from recruit.panels.standings import standings_of
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.openings import Part
from recruit.rules.sift import SCORE_WORDS, SheetStatus
from recruit.vacancies.models import Criterion
from recruit.web.autosaving import is_autosave
from recruit.web.openings import note_opening
from recruit.web.panel.blueprint import blueprint
from recruit.web.panel.reading import address_of_next, find_panel, find_reference, next_to_score
from recruit.web.score_forms import CONNECTED, DeclarationForm, entries_in, score_form, show_faults
from recruit.web.score_saving import autosave, keep_scores, refused

NOTE = "Evidence (needed at 0 and 3)"


@blueprint.get("/<reference>/<application>")
def show_application(reference: str, application: str) -> ResponseReturnValue:
    """First the declaration, then the application with its scores; once they are in, what was scored."""
    sheet = find_sheet(reference, application)
    return _page(sheet, declaration=DeclarationForm(formdata=None))


@blueprint.post("/<reference>/<application>/declaration")
def declare_connection(reference: str, application: str) -> ResponseReturnValue:
    """Keep that no connection is known and open the application, or go on to say that there is one."""
    sheet = find_sheet(reference, application)
    form = DeclarationForm()
    if not form.validate():
        return _page(sheet, declaration=form, form=form)
    if form.connection.data == CONNECTED:
        return redirect(url_for(".declare_recognition", reference=reference, application=application))
    with transaction():
        sheets.declare_none(g.actor, sheet, now=clock.now())
    return redirect(
        url_for(
            ".show_application", reference=sheet.application.vacancy.reference, application=sheet.application.reference
        )
    )


@blueprint.post("/<reference>/<application>/scores")
def score_application(reference: str, application: str) -> ResponseReturnValue:
    """Keep scores to go on later, or submit them and open the next application."""
    sheet = find_sheet(reference, application)
    criteria = list(sheet.application.vacancy.asked)
    form = score_form(criteria, label=NOTE, entries={}, version=0)
    if is_autosave():
        return autosave(sheet, form, criteria)
    if not form.validate():
        return _page(sheet, scores=form, form=form)
    entries, submit = entries_in(form, [line.id for line in criteria]), "submit" in request.form
    if submit and (found := sheets.faults(criteria, entries)):
        show_faults(form, found)
        return _page(sheet, scores=form, form=form)
    try:
        keep_scores(sheet, form, entries, submit=submit)
    except (Conflict, Incomplete) as refusal:
        sheet = find_sheet(reference, application)
        return _page(sheet, 409, scores=form, form=form, meanwhile=refused(sheet, form, entries, refusal))
    panel, shown = sheet.application.vacancy.reference, sheet.application.reference
    if not submit:
        flash("Saved. Your scores are not in until you submit them.")
        return redirect(url_for(".show_application", reference=panel, application=shown))
    flash(f"Your scores for {shown} are in.")
    own = reading.own_sheets(g.actor, sheet.application.vacancy_id)
    following = next_to_score(own, shown)
    if following is None:
        return redirect(url_for(".show_panel", reference=panel))
    return redirect(url_for(".show_application", reference=panel, application=following))


def find_sheet(reference: str, application: str) -> ScoreSheet:
    """Return the reader's sheet that an address names, however its references are written."""
    vacancy = normalise_vacancy_reference(reference)
    if vacancy is None:
        raise NotFound(NO_PANEL)
    return reading.own_sheet(g.actor, vacancy, find_reference(application))


def _page(
    sheet: ScoreSheet,
    status: int = 200,
    *,
    declaration: DeclarationForm | None = None,
    scores: Any = None,
    form: Any = None,
    meanwhile: Mapping[int, Entry] | None = None,
) -> ResponseReturnValue:
    panel, sift = find_panel(sheet.application.vacancy.reference)
    vacancy = panel.vacancy
    criteria = list(vacancy.asked)
    is_in = sheet.status == SheetStatus.SUBMITTED
    is_declared = sheet.declared_at is not None
    entries = reading.entries_of(sheet) if is_declared else {}
    if is_declared and not is_in and scores is None:
        scores = score_form(criteria, label=NOTE, entries=entries, version=sheet.version)
    own = reading.own_sheets(g.actor, vacancy.id)
    if is_declared:
        note_opening(Part.BLIND, sheet.application_id)
    shown = sheet.application.reference
    return (
        render_template(
            "panel/show_application.html",
            vacancy=vacancy,
            reference=shown,
            address={"reference": vacancy.reference, "application": shown},
            is_declared=is_declared,
            is_in=is_in,
            is_decided=sheet.application.status != ApplicationStatus.SUBMITTED,
            declaration=declaration or DeclarationForm(formdata=None),
            reading=reading.reading_for_panel(sheet.application_id, sift is None or sift.hides_employers)
            if is_declared
            else None,
            criteria=criteria,
            scores=None if is_in else scores,
            entries=entries,
            colleague=_colleague(sheet, criteria) if is_in else None,
            form=form,
            meanwhile=meanwhile or {},
            scale=SCORE_WORDS,
            place=next((number for number, one in enumerate(own, 1) if one.reference == shown), 0),
            of_all=len(own),
            done=sum(one.status == SheetStatus.SUBMITTED for one in own),
            skip=address_of_next(vacancy.reference, own, shown),
            who=g.actor.user_id,
        ),
        status,
    )


def _colleague(sheet: ScoreSheet, criteria: list[Criterion]) -> dict[str, Any] | None:
    """Return what the other scorer and the chair made of it, once both sheets are in."""
    found = standings_of(sheet.application.vacancy_id, criteria, application_id=sheet.application_id, decided=True)
    if not found or not found[0].both_in:
        return None
    other = next(one for one in found[0].sheets if one.scorer_id != g.actor.user_id)
    return {"name": other.scorer, "entries": other.entries, "moderated": found[0].moderated}
