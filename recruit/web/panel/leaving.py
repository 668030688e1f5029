"""Stopping to be a scorer of an application, and opening submitted scores again."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.panels import reading, sheets
from recruit.panels.models import ScoreSheet
from recruit.rules.sift import SheetStatus
from recruit.web.panel.blueprint import blueprint
from recruit.web.panel.reading import address_of_next
from recruit.web.panel.scoring import find_sheet
from recruit.web.score_forms import ConnectionForm, ReasonForm


@blueprint.route("/<reference>/<application>/connection", methods=["GET", "POST"])
def declare_recognition(reference: str, application: str) -> ResponseReturnValue:
    """Declare a connection: another member is given the application."""
    sheet, form = find_sheet(reference, application), ConnectionForm()
    if request.method == "GET" or not form.validate():
        return _page("panel/declare_recognition.html", sheet, form)
    return _leave(sheet, SheetStatus.CONNECTED, form, "panel/declare_recognition.html")


@blueprint.route("/<reference>/<application>/abstain", methods=["GET", "POST"])
def abstain_application(reference: str, application: str) -> ResponseReturnValue:
    """Leave an application to another member, with a reason."""
    sheet, form = find_sheet(reference, application), ReasonForm()
    if request.method == "GET" or not form.validate():
        return _page("panel/abstain_application.html", sheet, form)
    return _leave(sheet, SheetStatus.ABSTAINED, form, "panel/abstain_application.html")


@blueprint.route("/<reference>/<application>/reopen", methods=["GET", "POST"])
def reopen_application(reference: str, application: str) -> ResponseReturnValue:
    """Open submitted scores again, with a reason, while the other scorer's are not in."""
    sheet, form = find_sheet(reference, application), ReasonForm()
    if request.method == "GET" or not form.validate():
        return _page("panel/reopen_application.html", sheet, form)
    try:
        with transaction():
            sheets.reopen(g.actor, sheet, form.reason.data or "", now=clock.now())
    except (Conflict, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return _page("panel/reopen_application.html", sheet, form, 409)
    flash("Your scores are open again. Submit them when you are done.")
    return redirect(
        url_for(
            ".show_application", reference=sheet.application.vacancy.reference, application=sheet.application.reference
        )
    )


def _leave(
    sheet: ScoreSheet, target: SheetStatus, form: ConnectionForm | ReasonForm, template: str
) -> ResponseReturnValue:
    vacancy, shown = sheet.application.vacancy, sheet.application.reference
    try:
        with transaction():
            sheets.leave(g.actor, sheet, target, form.reason.data or "", now=clock.now())
    except (Conflict, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return _page(template, sheet, form, 409)
    flash(f"{shown} is no longer in your list. Thank you for saying so.")
    return redirect(address_of_next(vacancy.reference, reading.own_sheets(g.actor, vacancy.id), shown))


def _page(
    template: str, sheet: ScoreSheet, form: ConnectionForm | ReasonForm, status: int = 200
) -> ResponseReturnValue:
    vacancy, shown = sheet.application.vacancy, sheet.application.reference
    back = url_for(".show_application", reference=vacancy.reference, application=shown)
    is_open = sheet.declared_at is not None
    return (
        render_template(template, form=form, reference=shown, vacancy=vacancy, is_open=is_open, back_href=back),
        status,
    )
