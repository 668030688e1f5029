"""What Flask finds out about the host that is asked for, found out once for each."""

from functools import lru_cache
from typing import Any, Final

from flask import Flask, Request
from werkzeug.routing import MapAdapter

KEPT: Final = 64  # hosts that a process knows: ours are few, and anybody may ask for others


class KnownHosts(Flask):
    """Flask that asks once of each host whether it can be one, in which letters and at which port.

    Three times for each request, that took a thirtieth of the interpreter's steps for a page.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._known = lru_cache(maxsize=KEPT)(self._find)

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what reads and writes addresses for a request, as Flask does.

        Raises:
            werkzeug.exceptions.HTTPException: the host cannot be one, or is none of ours.
        """
        asked = request.environ if request is not None else {}
        if request is None or "HTTP_UPGRADE" in asked:
            return super().create_url_adapter(request)
        said = tuple(map(asked.get, _OF_THE_HOST))
        known, request.host = self._known(said)
        adapter = MapAdapter.__new__(MapAdapter)
        adapter.__dict__ = {
            **known,
            "path_info": _text(asked.get("PATH_INFO", "/")),
            "default_method": asked["REQUEST_METHOD"],
            "query_args": _text(asked.get("QUERY_STRING", "")),
        }
        return adapter

    def _find(self, said: tuple[str | None, ...]) -> tuple[dict[str, Any], str]:
        named = {name: value for name, value in zip(_OF_THE_HOST, said, strict=True) if value is not None}
        request = self.request_class({"REQUEST_METHOD": "GET", "PATH_INFO": "/", **named})
        return vars(super().create_url_adapter(request)), request.host


_OF_THE_HOST: Final = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME", "wsgi.url_scheme")


def _text(said: str) -> str:
    """Return what is said as PEP 3333 has it, bytes as letters of Latin-1, as the text that it is."""
    return said.encode("latin-1").decode(errors="replace")
