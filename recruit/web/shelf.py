"""The published pages and claims of this process, read again when something that the public can see has changed."""

from flask import Flask, current_app

from recruit.content.queries import public_shelf
from recruit.content.shelf import Shelf
from recruit.web.finding import Reading, reading_of


class KeptShelf:
    """The shelf of one process.

    Args:
        app: the Flask app, whose public revision is asked for each page.
        reading: opens a database session of its own: the caller's may have begun before the revision was read.
    """

    def __init__(self, app: Flask, reading: Reading) -> None:
        self._app, self._reading = app, reading
        self._kept: tuple[int, Shelf] | None = None

    def current(self) -> Shelf:
        """Return all that the public can read now."""
        revision: int = self._app.extensions["public_revision"].current()
        kept = self._kept
        if kept is None or kept[0] != revision:
            with self._reading():
                kept = revision, public_shelf()
            self._kept = kept
        return kept[1]


def init_app(app: Flask) -> None:
    """Give `app` a shelf that follows its database."""
    app.extensions["shelf"] = KeptShelf(app, reading_of(app))


def shelf() -> Shelf:
    """Return what the public can read, of the app that answers this request."""
    found: KeptShelf = current_app.extensions["shelf"]
    return found.current()
