"""The one finder of this process."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app

from recruit.core.db import db
from recruit.vacancies.finder import Finder


def init_app(app: Flask) -> None:
    """Give `app` a finder that follows its database."""

    def revision() -> int:
        number: int = app.extensions["public_revision"].current()
        return number

    @contextmanager
    def reading() -> Iterator[None]:
        with app.app_context():
            yield
            db.session.rollback()

    app.extensions["finder"] = Finder(revision, reading)


def finder() -> Finder:
    """Return the finder of the app that answers this request."""
    found: Finder = current_app.extensions["finder"]
    return found
