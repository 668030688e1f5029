"""The candidate's area: who may enter it, and references as people type them."""

from flask import Blueprint, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core.references import normalise_reference
from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("candidate", __name__)
guard.AREAS.add(blueprint.name)
FRONT_DOORS = ("candidate.start_application", "candidate.show_interest")  # everybody may read what these take


@blueprint.before_request
def admit() -> ResponseReturnValue | None:
    """Let candidates in, and anybody to the front doors."""
    if not g.actor.is_signed_in:
        is_front_door = request.endpoint in FRONT_DOORS and request.method in ("GET", "HEAD")
        return None if is_front_door else guard.ask_to_sign_in()
    return None if Role.CANDIDATE in g.actor.roles else abort(403)


@blueprint.before_request
def read_reference() -> ResponseReturnValue | None:
    """Take a reference as it was typed or read out ("a-7k3qf"); lead a reader to the address as we write it."""
    parts = request.view_args or {}
    if "reference" not in parts or request.endpoint is None:
        return None
    reference = normalise_reference(parts["reference"])
    if reference is None:
        abort(404)
    if reference != parts["reference"] and request.method == "GET":
        address = url_for(request.endpoint, **{**parts, "reference": reference})
        query = request.query_string.decode("ascii", "ignore")
        return redirect(f"{address}?{query}" if query else address)
    parts["reference"] = reference
    return None
