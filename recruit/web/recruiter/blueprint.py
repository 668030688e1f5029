"""The area's blueprint: recruiters only."""

from flask import Blueprint

from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("recruiter", __name__, url_prefix="/recruiter")
guard.require(blueprint, Role.RECRUITER)
