"""From an ASGI scope to a WSGI environ (PEP 3333)."""

import sys
from collections.abc import MutableMapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from recruit.serving.refusals import Refusal

Scope = MutableMapping[str, Any]

_CONSTANT: Final[dict[str, Any]] = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.multithread": False,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,  # read() ends by itself: Werkzeug's extension, true of a file
}
_ONCE: Final = {"HTTP_HOST", "CONTENT_LENGTH", "CONTENT_TYPE"}


def wsgi_environ(scope: Scope) -> dict[str, Any]:
    """Return the environ of a request, without its body.

    REMOTE_ADDR is the address at the other end of the socket. X-Forwarded-For and its like stay what they are, claims
    in headers; `behind_proxies` is where they may be believed.

    Args:
        scope: An ASGI scope of type "http".

    Returns:
        The environ; text in it is bytes decoded as latin-1, as PEP 3333 asks. "wsgi.input" is left to the caller.

    Raises:
        Refusal: 400 for a target that is no path (CONNECT, `OPTIONS *`) or a header given twice that may be given once.
    """
    path: bytes = scope["raw_path"]
    if not path.startswith(b"/"):
        raise Refusal(HTTPStatus.BAD_REQUEST)
    server, client = scope["server"], scope["client"]
    environ = _CONSTANT | {
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = _cgi_name(raw_name), raw_value.decode("latin-1")
        if name is None:
            continue
        if name not in environ:
            environ[name] = value
        elif name in _ONCE:
            raise Refusal(HTTPStatus.BAD_REQUEST)
        else:
            environ[name] += ("; " if name == "HTTP_COOKIE" else ",") + value
    return environ


@lru_cache(maxsize=512)
def _cgi_name(header: bytes) -> str | None:
    """Return a header's name in the environ, or None for X_Forwarded_For: it would pass for X-Forwarded-For."""
    if b"_" in header:
        return None
    name = header.decode("latin-1").upper().replace("-", "_")
    return name if name in {"CONTENT_LENGTH", "CONTENT_TYPE"} else f"HTTP_{name}"
