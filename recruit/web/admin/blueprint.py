"""The area's blueprint: administrators only."""

from typing import Any

from flask import Blueprint, request, url_for

from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
guard.require(blueprint, Role.ADMIN)

PARTS = (
    ("Overview", "admin.show_administration", ()),
    (
        "Pay tables",
        "admin.list_pay_tables",
        ("admin.import_pay_tables", "admin.confirm_pay_tables", "admin.show_pay_table"),
    ),
    ("Grades", "admin.list_grades", ()),
    ("Teams", "admin.list_teams", ()),
    (
        "Welcome payment",
        "admin.list_welcome_payments",
        ("admin.create_terms", "admin.edit_terms", "admin.show_terms"),
    ),
    ("Words of search", "admin.list_synonyms", ("admin.add_synonyms", "admin.edit_synonyms")),
    ("Accounts", "admin.list_accounts", ()),
    ("Emails", "admin.list_emails", ()),
    ("Openings", "admin.list_readers", ("admin.list_openings",)),
)
"""The area's pages: the link's words, its view, and the views that lie beneath it."""


@blueprint.context_processor
def parts() -> dict[str, Any]:
    """Give every page of the area the links to its parts."""
    return {
        "sub_navigation": [
            {"text": text, "href": url_for(view), "current": request.endpoint in (view, *beneath)}
            for text, view, beneath in PARTS
        ]
    }
