"""Reading one application, and going on to the next."""

from datetime import datetime
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.errors import NotFound
from recruit.core.references import normalise_reference
from recruit.core.transaction import transaction
from recruit.panels.beside import WITH_SCORES
from recruit.record.openings import opening_ahead
from recruit.review import dossier, service
from recruit.review.filters import Place
from recruit.review.queries import next_in_queue
from recruit.rules.access import Actor, Role
from recruit.rules.openings import Part
from recruit.web.ahead import Ahead, asked_ahead, asks_ahead
from recruit.web.current import current_application, g, request
from recruit.web.openings import note_opening
from recruit.web.review.application_shown import application_shown
from recruit.web.review.asking import asked, carried, page_carried
from recruit.web.review.blueprint import blueprint


@blueprint.get("/applications/<reference>")
def show_application(reference: str) -> ResponseReturnValue:
    """All that was sent, what happened since, and what can be done."""
    return application_page(reference)


def _reading_ahead(actor: Actor, now: datetime) -> Ahead | None:
    """Return what an application's page will ask, and that it is shown (see `web.ahead`)."""
    reference = normalise_reference((request.view_args or {})["reference"])
    if reference is None:
        return None
    queries = dossier.reading_queries(actor, reference, WITH_SCORES)
    return Ahead(None, queries, opening_ahead(reference, now=now))


asks_ahead(blueprint, "show_application", Role.HR, _reading_ahead)


@blueprint.post("/applications/<reference>/read")
def mark_application_read(reference: str) -> ResponseReturnValue:
    """Mark as read for whoever asks: by a script when the page is opened, or by a button."""
    application = find(reference)
    with transaction():
        service.mark_read(g.actor, application, now=clock.now())
    if request.form.get("quietly"):
        return Response(status=204, mimetype="text/plain")
    return redirect(address_of(reference))


@blueprint.post("/applications/<reference>/next")
def open_next_application(reference: str) -> ResponseReturnValue:
    """Mark as read, and go on to the next in the list that this was opened from."""
    application = find(reference)
    with transaction():
        service.mark_read(g.actor, application, now=clock.now())
    return go_on(place_of(application))


def find(reference: str) -> Application:
    """Return the application that an address names, however its reference is written."""
    return dossier.application_for(g.actor, _as_written(reference))


def _as_written(reference: str) -> str:
    found = normalise_reference(reference)
    if found is None:
        raise NotFound(dossier.NOT_FOUND)
    return found


def address_of(reference: str, anchor: str | None = None) -> str:
    """Return the address of an application, with the filters of this request."""
    return url_for("review.show_application", reference=reference, _anchor=anchor, **carried())  # type: ignore[arg-type]


def place_of(application: Application) -> Place:
    """Return where an application stands in the queue now.  A decision gives it another place."""
    assert application.due_at is not None  # noqa: S101  a reviewer meets no draft
    return Place(application.due_at, application.id)


def go_on(place: Place) -> ResponseReturnValue:
    """Lead to what follows a place in the list, or to the list where nothing does."""
    question = asked()
    following = next_in_queue(g.actor, question.filters, place, now=clock.now())
    if following is not None:
        carry = {**question.carry, **page_carried()}
        return redirect(url_for("review.show_application", reference=following, **carry))  # type: ignore[arg-type]
    flash("You have reached the end of this list. Here it is from the start.", "notice")
    return redirect(url_for("review.list_applications", **question.carry))  # type: ignore[arg-type]


def application_page(
    reference: str, status: int = 200, *, refused: Any = None, sentence: str = ""
) -> ResponseReturnValue:
    """Return the page of an application.

    Args:
        reference: as an address has it.
        status: of the answer.
        refused: the form that was sent and refused; its faults and what was typed are shown.
        sentence: why the service refused it, if it did.
    """
    ahead = asked_ahead()
    queries = ahead.queries if ahead else dossier.reading_queries(g.actor, _as_written(reference), WITH_SCORES)
    opened = dossier.application_to_read(queries, ahead.found if ahead else None)
    shown = application_shown(opened, needs_scores=scores_first())
    note_opening(Part.APPLICATION, opened.application.id)
    if refused is None:
        return shown.page(_TEMPLATE), status
    if sentence:
        refused.form_errors.append(sentence)
    return render_template(_TEMPLATE, **shown.variables(shown.own(), refused)), status


_TEMPLATE = "review/show_application.html"


def scores_first() -> bool:
    """Say whether decisions on the sift wait for the panel where the vacancy does not say."""
    return bool(current_application().config["SETTINGS"].panel_scores_first)
