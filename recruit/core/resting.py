"""Connections for single statements, which rest between two of them where the next one finds them at once.

To take a connection from SQLAlchemy's pool, and to give it back, took a fifteenth of the time of a page.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine, event

from recruit.core.postgresql import is_trusted
from recruit.core.prepared import Reading

T = TypeVar("T")
_at_rest: dict[Engine, list[Reading]] = {}
"""The connection of each engine that rests, until it is disposed of."""


def on_one_at_rest(engine: Engine, do: Callable[[Reading], T]) -> T:
    """Return what `do` makes of a connection that nobody else uses meanwhile.

    It is one that rests, or one from the pool; only one that did its work rests afterwards.

    Raises:
        sqlalchemy.exc.DBAPIError: the database cannot be reached, or refused what it was asked.
    """
    at_rest = _at_rest.setdefault(engine, [])
    reading = _woken(at_rest) or Reading(engine)
    try:
        done = do(reading)
    except BaseException:
        reading.close()
        raise
    if at_rest:
        reading.close()  # one is enough: a process answers one request at a time, and writers need some of the pool
    else:
        at_rest.append(reading)
    return done


def _woken(at_rest: list[Reading]) -> Reading | None:
    """Return a connection that rests and can be trusted; those that cannot go to the pool, which asks them."""
    while at_rest:
        try:
            reading = at_rest.pop()
        except IndexError:  # another thread took the last
            return None
        if is_trusted(reading.connection.dbapi_connection):
            return reading
        reading.close()
    return None


@event.listens_for(Engine, "engine_disposed")
def _give_back(engine: Any) -> None:
    for reading in _at_rest.pop(engine, ()):
        reading.connection.detach()  # its pool keeps nothing any more
        reading.close()
