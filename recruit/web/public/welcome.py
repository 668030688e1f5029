"""The terms of the welcome payment: those in force, and each version that a vacancy may keep."""

import re

from flask import render_template
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import NotFound
from recruit.core.text import is_plain
from recruit.pay.models import WelcomeSchemeVersion
from recruit.pay.queries import welcome_version_in_force, welcome_version_of
from recruit.web.public.blueprint import blueprint
from recruit.web.public.keeping import keep_as_is
from recruit.web.welcome_page import WelcomePage

_NUMBER = re.compile(r"[1-9][0-9]{0,4}")


@blueprint.get("/welcome-payment")
def show_welcome_payment() -> ResponseReturnValue:
    """Show the terms of the welcome payment that are in force, with an example."""
    version = welcome_version_in_force(london_day(clock.now()))
    keep_as_is()
    page = WelcomePage(version) if version else None
    return render_template("public/show_welcome_payment.html", page=page, is_current=True)


@blueprint.get("/welcome-payment/<terms>")
def show_welcome_terms(terms: str) -> ResponseReturnValue:
    """Show one version of the terms, in force or not: what a vacancy was published with stays to be read."""
    page = WelcomePage(find_terms(terms))
    keep_as_is()
    return render_template("public/show_welcome_payment.html", page=page, is_current=False)


def find_terms(name: str) -> WelcomeSchemeVersion:
    """Return the version that addresses call `name`, such as "welcome-aboard-1".

    Raises:
        NotFound: there is none, or its first day is still to come.
    """
    code, _, number = name.rpartition("-")
    version = welcome_version_of(code, int(number)) if is_plain(code) and _NUMBER.fullmatch(number) else None
    if version is None or version.valid_from > london_day(clock.now()):
        raise NotFound("There are no terms of a welcome payment at this address.")
    return version
