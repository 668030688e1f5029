"""HR closes a sift, and reopens it."""

from flask import url_for
from flask.typing import ResponseReturnValue

from recruit.web.sift.blueprint import blueprint
from recruit.web.sift.panel import find_panel
from recruit.web.sift_closing import closing_page, reopening_page


@blueprint.route("/close", methods=["GET", "POST"])
def close_sift(reference: str) -> ResponseReturnValue:
    """Say what is not scored and ask; then close."""
    panel, _ = find_panel(reference)
    return closing_page(panel, url_for(".show_panel", reference=panel.vacancy.reference))


@blueprint.route("/reopen", methods=["GET", "POST"])
def reopen_sift(reference: str) -> ResponseReturnValue:
    """Ask why, then reopen."""
    panel, _ = find_panel(reference)
    return reopening_page(panel, url_for(".show_panel", reference=panel.vacancy.reference))
