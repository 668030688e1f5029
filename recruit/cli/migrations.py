"""How `flask --app wsgi db …` finds and makes migrations; Alembic is loaded with this, and no page needs it."""

from pathlib import Path

from flask import current_app
from flask_migrate import Migrate

from recruit.core.db import db

FOLDER = Path(__file__).resolve().parent.parent.parent / "migrations"


def settings() -> object:
    """Return what Flask-Migrate keeps about the current application, and leave it where the library looks."""
    migrate = Migrate(directory=str(FOLDER), compare_type=True, render_as_batch=True)
    migrate.init_app(current_app._get_current_object(), db)  # type: ignore[attr-defined]  # a proxy's, and documented
    kept: object = current_app.extensions["migrate"]
    return kept
