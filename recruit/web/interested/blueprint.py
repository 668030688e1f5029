"""The area's blueprint: HR and recruiters."""

from flask import Blueprint

from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("interested", __name__, url_prefix="/interested")
guard.require(blueprint, Role.HR, Role.RECRUITER)
