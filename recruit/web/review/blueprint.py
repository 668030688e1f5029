"""The area's blueprint: HR only."""

from typing import Any

from flask import Blueprint

from recruit.rules.access import Role
from recruit.web import guard
from recruit.web.current import request
from recruit.web.review.asking import carried

blueprint = Blueprint("review", __name__, url_prefix="/review")
guard.require(blueprint, Role.HR)


@blueprint.url_defaults
def carry_along(_endpoint: str, values: dict[str, Any]) -> None:
    """Let the pages of one application lead to each other with the filters and the page of the list it was opened from.

    So whoever comes back from its messages, its documents or its record, and then to the list, is where they were.
    """
    shown = (request.view_args or {}).get("reference")
    if shown is not None and values.get("reference") == shown:
        for name, value in carried().items():
            values.setdefault(name, value)
