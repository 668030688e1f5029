"""The area's blueprint: HR and administrators."""

from typing import Any

from flask import Blueprint, request, url_for

from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("content", __name__, url_prefix="/content")
guard.require(blueprint, Role.HR, Role.ADMIN)

PARTS = (
    ("Pages", "content.list_pages"),
    ("Claims", "content.list_claims"),
)
"""The area's lists: the link's words and its view."""


@blueprint.context_processor
def parts() -> dict[str, Any]:
    """Give every page of the area the links to its lists."""
    return {
        "sub_navigation": [
            {"text": text, "href": url_for(view), "current": request.endpoint == view} for text, view in PARTS
        ]
    }
