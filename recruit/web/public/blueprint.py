"""The blueprint that the views of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)
