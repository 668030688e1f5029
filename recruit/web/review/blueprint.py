"""The area's blueprint: HR only."""

from flask import Blueprint

from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("review", __name__, url_prefix="/review")
guard.require(blueprint, Role.HR)
