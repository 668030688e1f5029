"""Who has opened one application, each time, for whoever has to answer for it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from recruit.record.readers import openings_of
from recruit.web.openings import list_of_openings, page_asked
from recruit.web.review.applications import address_of, find
from recruit.web.review.blueprint import blueprint


@blueprint.get("/applications/<reference>/openings")
def list_openings(reference: str) -> ResponseReturnValue:
    """Each time, the newest first, a page at a time."""
    application = find(reference)
    found = openings_of(application.id, before=page_asked())
    return render_template(
        "review/list_openings.html",
        application=application,
        **list_of_openings(found, reference=application.reference),
        back_href=address_of(application.reference),
    )
