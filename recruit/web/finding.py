"""The one finder of this process, and what it keeps of vacancies."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from flask import Flask, current_app

from recruit.core.db import db
from recruit.vacancies.finder import Finder
from recruit.web.kept_passages import KeptPassages
from recruit.web.kept_vacancies import KeptVacancies

Reading = Callable[[], AbstractContextManager[None]]


def init_app(app: Flask) -> None:
    """Give `app` a finder, kept vacancies and kept sentences of vacancies, that follow its database."""

    def revision() -> int:
        number: int = app.extensions["public_revision"].current()
        return number

    reading = reading_of(app)
    app.extensions["finder"] = Finder(revision, reading)
    app.extensions["vacancies"] = KeptVacancies(revision, reading)
    app.extensions["passages"] = KeptPassages(reading)


def reading_of(app: Flask) -> Reading:
    """Return what opens a database session of its own, to read what is kept for longer than one request."""

    @contextmanager
    def reading() -> Iterator[None]:
        with app.app_context():
            yield
            db.session.rollback()

    return reading


def finder() -> Finder:
    """Return the finder of the app that answers this request."""
    found: Finder = current_app.extensions["finder"]
    return found


def vacancies() -> KeptVacancies:
    """Return the kept vacancies of the app that answers this request."""
    kept: KeptVacancies = current_app.extensions["vacancies"]
    return kept


def passages() -> KeptPassages:
    """Return the kept sentences of the app that answers this request."""
    kept: KeptPassages = current_app.extensions["passages"]
    return kept
