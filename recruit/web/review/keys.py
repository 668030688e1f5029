"""The keys of the queue: a page that lists them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from recruit.web.review.blueprint import blueprint


@blueprint.get("/keys")
def show_keys() -> ResponseReturnValue:
    """List the keys, with the switch for them."""
    return render_template("review/show_keys.html")
