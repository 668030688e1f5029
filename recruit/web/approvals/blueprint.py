"""The area's blueprint: HR only."""

from flask import Blueprint

from recruit.rules.access import Role
from recruit.web import guard

blueprint = Blueprint("approvals", __name__, url_prefix="/review/approvals")
guard.require(blueprint, Role.HR)
