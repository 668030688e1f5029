"""The only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from recruit.core.db import db, writing, writing_rows
from recruit.core.errors import Conflict

CHANGED = "Someone changed this while you were looking at it. Check it and try again."


@contextmanager
def transaction() -> Iterator[None]:
    """Keep everything done inside, or none of it.

    Opened by a POST view or a CLI command, once; never by a service.  What was read before is read afresh inside,
    so that a service checks what is true at the moment it writes.

    Raises:
        Conflict: a constraint refused the change, or somebody changed or removed the row first.
    """
    end_reading()  # what was loaded is read again, under the writer's turn
    try:
        with writing():
            yield
            db.session.commit()
    except (IntegrityError, StaleDataError, ObjectDeletedError) as error:
        db.session.rollback()
        raise Conflict(CHANGED) from error
    except BaseException:
        db.session.rollback()
        raise


@contextmanager
def transaction_of_rows() -> Iterator[None]:
    """As `transaction`, for what is written by `change_at_once` alone: without the session's work for objects.

    Raises:
        Conflict: as `transaction`.
        RuntimeError: the session was asked for something inside.
    """
    end_reading()
    try:
        with writing_rows():
            yield
    except IntegrityError as error:
        raise Conflict(CHANGED) from error


def end_reading() -> None:
    """Give the database connection back before slow work.  What was read is read again when it is next used."""
    if db.session.registry.has():
        db.session.rollback()
