"""Flask's `g`, `request` and `session` for what every page runs: the same things, found at once.

Each use of Flask's own goes through a proxy that is made for anything: four calls, forty times a page, took a tenth of
its time.  Elsewhere Flask's own will do.
"""

from typing import TYPE_CHECKING, Any

from flask import Flask, Request
from flask.ctx import _AppCtxGlobals
from flask.globals import _cv_app, _cv_request

if TYPE_CHECKING:
    from flask import g, request, session
else:

    class _AtHand:
        """What is `part` of the context that is on when it is used: its attributes, and its items to ask for or set.

        Raises:
            RuntimeError: at its use, outside of any.
        """

        __slots__ = ("_context", "_part")

        def __init__(self, context: Any, part: str) -> None:
            object.__setattr__(self, "_context", context)
            object.__setattr__(self, "_part", part)

        def __getattr__(self, name: str) -> Any:
            try:
                context = self._context.get()
            except LookupError as error:
                raise RuntimeError(f"{self._part} is used where nothing is asked for") from error
            return getattr(getattr(context, self._part), name)

        def __setattr__(self, name: str, value: Any) -> None:
            self.__getattr__("__setattr__")(name, value)

        def __contains__(self, name: object) -> bool:
            return self.__getattr__("__contains__")(name)

        def __getitem__(self, name: str) -> Any:
            return self.__getattr__("__getitem__")(name)

        def __setitem__(self, name: str, value: Any) -> None:
            self.__getattr__("__setitem__")(name, value)

    g, request, session = _AtHand(_cv_app, "g"), _AtHand(_cv_request, "request"), _AtHand(_cv_request, "session")


def current_request() -> Request:
    """Return the request itself, for whoever needs more than one thing of it."""
    return _cv_request.get().request


def current_g() -> _AppCtxGlobals:
    """Return Flask's `g` itself, for whoever needs more than one thing of it."""
    return _cv_app.get().g


def current_application() -> Flask:
    """Return the application itself, to tell it from another."""
    return _cv_app.get().app


__all__ = ["current_application", "current_g", "current_request", "g", "request", "session"]
