"""The blueprint that the views of this area are added to, and what they share."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Blueprint, current_app, g, request
from flask.typing import ResponseReturnValue

from recruit.accounts.attempts import Asker
from recruit.accounts.devices import device_name
from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("account", __name__)

P = ParamSpec("P")

HOMES = (
    (Role.RECRUITER, "/recruiter"),
    (Role.HR, "/review"),
    (Role.PANEL, "/panel"),
    (Role.SAFEGUARDING, "/review/disclosures"),
    (Role.ADMIN, "/admin"),
    (Role.CANDIDATE, "/applications"),
)
"""Where each role works.  Somebody with several starts where the first of these is."""


def asker() -> Asker:
    """Return where this request comes from.  X-Forwarded-For counts only behind proxies of our own."""
    return Asker(request.remote_addr or "", current_app.config["SECRET_KEY"])


def device() -> str:
    """Return what a person calls the browser that asks, such as "Chrome on Android"."""
    return device_name(request.user_agent.string)


def home_of(roles: frozenset[Role]) -> str:
    """Return the page on which the work of somebody with `roles` starts."""
    return next((address for role, address in HOMES if role in roles), "/account")


def wanted(sent: str | None) -> str:
    """Return the page of this service that somebody wanted before they had to sign in; empty if it is none."""
    return guard.safe_next(sent) or ""


def signed_in(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let only a signed-in person use `view`; ask anybody else to sign in first."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return view(*args, **kwargs) if g.actor.is_signed_in else guard.ask_to_sign_in()

    return guarded
