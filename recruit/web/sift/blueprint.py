"""The area's blueprint: HR only."""

from flask import Blueprint

from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("sift", __name__, url_prefix="/review/vacancies/<reference>/panel")
guard.require(blueprint, Role.HR)
