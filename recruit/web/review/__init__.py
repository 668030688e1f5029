"""Placeholder until this area's views are written."""

from flask import Blueprint

blueprint = Blueprint("review", __name__)
