"""JSON logs, one line an event, each with the request it belongs to.  No personal data: ids only."""

import logging
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from traceback import TracebackException
from types import MappingProxyType
from typing import Any

import structlog
from structlog.typing import EventDict, ExcInfo

_ids: ContextVar[Mapping[str, Any]] = ContextVar("ids", default=MappingProxyType({}))


def name_lines(**ids: Any) -> None:
    """Have each line name what it belongs to, from now on and in this context: ids alone, and none of what was before.

    In place of structlog's own, which keeps a variable for each name and goes through all there are for each line.
    """
    _ids.set(ids)


def ids_named() -> Mapping[str, Any]:
    """Return what each line names."""
    return _ids.get()


def with_ids(_logger: Any, _method: str, said: EventDict) -> EventDict:
    """Return what a line says, with what each line names."""
    return {**_ids.get(), **said}


def configure(*, level: int = logging.INFO) -> None:
    """Write structlog's and the standard library's records to standard error as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        with_ids,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.ExceptionRenderer(_without_words),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("alembic", "werkzeug", "_granian", "granian.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _without_words(exc_info: ExcInfo) -> str:
    """Return a traceback that says where and what kind, but not the exceptions' own words.

    They may hold what a person typed: `int("Ann")` repeats it, PostgreSQL names the row that is there already.
    """
    return _places(TracebackException(*exc_info))


def _places(failure: TracebackException) -> str:
    before = failure.__cause__ or (None if failure.__suppress_context__ else failure.__context__)
    kind = f"{failure.exc_type.__module__}.{failure.exc_type.__qualname__}" if failure.exc_type else "unknown"
    own = "".join(["Traceback (most recent call last):\n", *failure.stack.format(), kind])
    return f"{_places(before)}\n\nwhich led to\n\n{own}" if before else own
