"""Placeholder until this area's views are written."""

from flask import Blueprint

blueprint = Blueprint("recruiter", __name__)
