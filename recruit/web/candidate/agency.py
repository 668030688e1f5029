"""What an agency worker told us once, for the forms that it fills in.  An address asks for it: `?here=yes`."""

from typing import Any

from flask import current_app, request

from recruit.applications import agency_path, queries
from recruit.applications.models import Application
from recruit.applications.personal import EligibilityAnswer


def assignment_here(application: Application) -> dict[str, Any]:
    """Return the post here, if the address asks for it and there is one."""
    eligibility = _asked_for(application)
    return {**agency_path.assignment_of(eligibility, _organisation())} if eligibility else {}


def manager_here(application: Application) -> dict[str, Any]:
    """Return the manager here, if the address asks for them and there is one."""
    eligibility = _asked_for(application)
    return {**agency_path.manager_of(eligibility, _organisation())} if eligibility else {}


def _asked_for(application: Application) -> EligibilityAnswer | None:
    if request.args.get("here") != "yes":
        return None
    eligibility = queries.personal_of(application, EligibilityAnswer)
    return eligibility if agency_path.is_here(eligibility) else None


def _organisation() -> str:
    return str(current_app.config["SETTINGS"].organisation)
