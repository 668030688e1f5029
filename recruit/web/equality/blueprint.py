"""The area's blueprint: HR and administrators only, never a panel."""

from flask import Blueprint

from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("equality", __name__, url_prefix="/equality")
guard.require(blueprint, Role.HR, Role.ADMIN)
