"""The area's blueprint: HR only."""

from flask import Blueprint

from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("interviews", __name__, url_prefix="/review/vacancies/<reference>/interviews")
guard.require(blueprint, Role.HR)
