"""The area's blueprint: panel members only."""

from flask import Blueprint

from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("interviewing", __name__, url_prefix="/interviews")
guard.require(blueprint, Role.PANEL)
