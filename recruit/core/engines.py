"""How PostgreSQL is connected to.  Plain values, because settings are read before anything else is loaded.

What every page asks is read by an engine of its own.  There each turn to the server is its own transaction, which
spares a BEGIN and a ROLLBACK for each page, and is planned once for a connection, not for each page: to plan the
queue's statement takes longer than to run it.  Such a plan goes by what is usual and not by the values that are bound,
so what a statement says itself is in its text (see `core.prepared`), and each list has one index that fits.
"""

from typing import Any, Final

READING: Final = "reading"
"""The name of the engine for what every page asks."""

PAGES: Final = "pages"
"""The name of the engine for all else that a request reads before it writes, or without writing."""

BESIDE: Final = "beside"
"""The name of the engine for rows that are kept beside what a request reads, or with it (see `core.beside`)."""

_OPTIONS: Final = "-c statement_timeout=10s -c lock_timeout=1500ms -c jit=off"
_ARGUMENTS: Final[dict[str, Any]] = {
    "connect_timeout": 2,  # seconds, the least that libpq knows
    "options": _OPTIONS,
    "keepalives_idle": 10,  # seconds; a server that is cut off is noticed within half a minute
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds
}
POSTGRESQL: Final[dict[str, Any]] = {"pool_timeout": 2, "connect_args": _ARGUMENTS}  # seconds
_READ_ONLY = f"{_OPTIONS} -c default_transaction_read_only=on"
POSTGRESQL_PAGES: Final[dict[str, Any]] = {
    **POSTGRESQL,
    "connect_args": {**_ARGUMENTS, "options": _READ_ONLY, "autocommit": True},
}
_ASKED: Final[dict[str, Any]] = {
    **POSTGRESQL,
    "paramstyle": "numeric_dollar",  # for `PatientConnection.ask` alone: SQLAlchemy itself sends no values so
    "pool_reset_on_return": None,  # each turn is a transaction: there is none to roll back
}
_ASKED_ARGUMENTS: Final[dict[str, Any]] = {
    **_ARGUMENTS,
    "autocommit": True,
    "prepare_threshold": None,  # the driver makes nothing ready, or it had all forgotten where it rolls back
}
_SOON: Final = "-c lock_timeout=700ms"  # what cannot be kept with what is read is tried once more by itself
_PLANNED_ONCE: Final = "-c plan_cache_mode=force_generic_plan"
POSTGRESQL_READING: Final[dict[str, Any]] = {
    **_ASKED,
    "connect_args": {**_ASKED_ARGUMENTS, "options": f"{_READ_ONLY} {_PLANNED_ONCE}"},
}
POSTGRESQL_BESIDE: Final[dict[str, Any]] = {
    **_ASKED,
    "pool_size": 1,  # a process answers one request at a time
    "connect_args": {**_ASKED_ARGUMENTS, "options": f"{_OPTIONS} {_PLANNED_ONCE} {_SOON} -c synchronous_commit=off"},
}


def engines_for(address: str) -> dict[str, Any]:
    """Return what Flask-SQLAlchemy reads: the engine of the database at `address`, and PostgreSQL's others."""
    options: dict[str, Any] = {"hide_parameters": True}  # an error that is logged names no person
    engines: dict[str, Any] = {"SQLALCHEMY_DATABASE_URI": address, "SQLALCHEMY_ENGINE_OPTIONS": options}
    if address.startswith("postgresql"):
        own = {READING: POSTGRESQL_READING, PAGES: POSTGRESQL_PAGES, BESIDE: POSTGRESQL_BESIDE}
        binds = {name: {"url": address, **options, **its} for name, its in own.items()}
        engines |= {"SQLALCHEMY_ENGINE_OPTIONS": options | POSTGRESQL, "SQLALCHEMY_BINDS": binds}
    return engines
