"""The button beneath all answers: what was filled in from before is still right."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import confirming
from recruit.core import clock
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.places import own_draft


@blueprint.post("/applications/<reference>/check/sections")
def confirm_sections(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    try:
        with transaction():
            number = confirming.confirm_sections(g.actor, application, now=clock.now())
    except Conflict as refusal:
        flash(f"Nothing has been saved. {refusal}", "notice")
    else:
        if number:
            flash(f"{number} section{' is' if number == 1 else 's are'} finished")
    return redirect(url_for(".show_application", reference=reference))
