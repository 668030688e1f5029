"""One application as the panel reads it: looked through by HR before and while it is scored."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.references import normalise_reference
from recruit.core.transaction import transaction
from recruit.panels import reading, redacting, sheets
from recruit.panels.models import ScoreSheet, Sift
from recruit.panels.moderation import Chaired
from recruit.panels.standings import standings_of
from recruit.rules.access import Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.openings import Part
from recruit.rules.sift import LIVE, SHEET_WORDS
from recruit.web.openings import note_opening
from recruit.web.row_values import whole_number
from recruit.web.sift.blueprint import blueprint
from recruit.web.sift.forms import PhraseForm, RemoveScorerForm
from recruit.web.sift.panel import find_panel, history_shown

NONE = "There is no application of that reference for this vacancy."


@blueprint.get("/applications")
def list_applications(reference: str) -> ResponseReturnValue:
    """The applications that the panel scores, to look through what it is shown."""
    panel, _ = find_panel(reference)
    return render_template(
        "sift/list_applications.html",
        vacancy=panel.vacancy,
        rows=reading.applications_to_look_through(panel.vacancy.id),
    )


@blueprint.get("/applications/<application>")
def show_application(reference: str, application: str) -> ResponseReturnValue:
    """What the panel is shown, what is hidden, who scores it, and the scores once both are in."""
    panel, sift, found = _find(reference, application)
    return _page(panel, sift, found)


@blueprint.post("/applications/<application>/hide")
def hide_phrase(reference: str, application: str) -> ResponseReturnValue:
    """Hide words from the panel."""
    panel, sift, found = _find(reference, application)
    form = PhraseForm()
    if not form.validate():
        return _page(panel, sift, found, phrase=form)
    try:
        with transaction():
            redacting.hide_phrase(g.actor, found, form.phrase.data or "", now=clock.now())
    except Incomplete as refusal:
        form.phrase.errors = [str(refusal)]
        return _page(panel, sift, found, phrase=form)
    flash("Hidden. This is what the panel reads now.")
    return _back(panel, found)


@blueprint.post("/applications/<application>/show")
def show_phrase(reference: str, application: str) -> ResponseReturnValue:
    """Let the panel read words again."""
    panel, _, found = _find(reference, application)
    with transaction():
        redacting.show_phrase(g.actor, found, whole_number(request.form.get("phrase")), now=clock.now())
    flash("Shown to the panel again.")
    return _back(panel, found)


@blueprint.route("/applications/<application>/scorers/<scorer>", methods=["GET", "POST"])
def remove_scorer(reference: str, application: str, scorer: str) -> ResponseReturnValue:
    """Take a scorer off, for a connection that they cannot see themselves, with a reason."""
    panel, _, found = _find(reference, application)
    sheet = _sheet(found, whole_number(scorer))
    form, status = RemoveScorerForm(), 200
    if request.method == "POST" and form.validate():
        try:
            with transaction():
                sheets.remove_scorer(g.actor, sheet, form.reason.data or "", now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        else:
            flash(f"{sheet.scorer.name} does not score this application any more.")
            return _back(panel, found)
    back = url_for(".show_application", reference=panel.vacancy.reference, application=found.reference)
    return (
        render_template(
            "sift/remove_scorer.html",
            vacancy=panel.vacancy,
            reference=found.reference,
            name=sheet.scorer.name,
            form=form,
            back_href=back,
        ),
        status,
    )


def _find(reference: str, application: str) -> tuple[Chaired, Sift | None, Application]:
    panel, sift = find_panel(reference)
    found = normalise_reference(application)
    if found is None:
        raise NotFound(NONE)
    return panel, sift, reading.sift_application(panel.vacancy.id, found)


def _sheet(application: Application, scorer_id: int) -> ScoreSheet:
    for sheet in reading.all_sheets(application.id):
        if sheet.scorer_id == scorer_id and sheet.status in LIVE:
            authorise(g.actor, Permission.SHEET_REMOVE, sheet)
            return sheet
    raise NotFound("This person does not score the application any more.")


def _back(panel: Chaired, application: Application) -> ResponseReturnValue:
    return redirect(url_for(".show_application", reference=panel.vacancy.reference, application=application.reference))


def _page(panel: Chaired, sift: Sift | None, application: Application, *, phrase: Any = None) -> ResponseReturnValue:
    standings = standings_of(panel.vacancy.id, panel.vacancy.asked, application_id=application.id, decided=True)
    note_opening(Part.BLIND, application.id)
    return render_template(
        "sift/show_application.html",
        vacancy=panel.vacancy,
        application=application,
        address={"reference": panel.vacancy.reference, "application": application.reference},
        criteria=panel.vacancy.asked,
        reading=reading.reading_for_panel(application.id, sift is None or sift.hides_employers),
        redactions=redacting.redactions_of(application.id),
        sheets=reading.all_sheets(application.id),
        waits=application.status == ApplicationStatus.SUBMITTED,
        standing=standings[0] if standings and standings[0].both_in else None,
        words=SHEET_WORDS,
        live=LIVE,
        phrase=phrase or PhraseForm(formdata=None),
        form=phrase,
        history=history_shown(panel.vacancy.id, application.id),
    )
