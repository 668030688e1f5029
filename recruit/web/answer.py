"""Flask's answer with less ado about a whole page, as most are: made and sent as Werkzeug does, in fewer steps.

Werkzeug sets each header by looking for it first, copies all of them to make them right, and wraps the page to be told
when it is sent: together a twentieth of the time of a page.
"""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Response
from werkzeug.datastructures import Headers

from recruit.web.header_names import names_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

OK = 200
_MADE_RIGHT = frozenset({"location", "content-location"})


class Answer(Response):
    """An answer, which is sent as it is where nothing of it is to be made right.

    Args:
        response: the body; of bytes, with nothing that tells it from any other page, it is a page.
        status, options: as Werkzeug's.
    """

    def __init__(self, response: Any = None, status: Any = None, headers: Any = None, **options: Any) -> None:
        if type(response) is not bytes or headers is not None or options or (status is not None and status != OK):
            super().__init__(response, status, headers, **options)
            return
        kind, said = _empty_page()
        own = Headers.__new__(Headers)
        own._list = [kind, ("Content-Length", str(len(response)))]
        self.__dict__ = {**said, "headers": own, "response": [response], "_on_close": []}

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """Return what is sent: a whole page's length is known, and nothing in it depends on who asks."""
        named = names_of(self.headers)
        if self.status_code == OK and "content-length" in named and not named & _MADE_RIGHT:
            return self.headers
        return super().get_wsgi_headers(environ)

    def get_app_iter(self, environ: "WSGIEnvironment") -> Iterable[bytes]:
        """Return the body: a whole page as it is, where nobody wants to be told that it was sent."""
        body: Any = self.response
        is_whole = type(body) is list and len(body) == 1 and type(body[0]) is bytes and self.status_code == OK
        if is_whole and not self._on_close and environ["REQUEST_METHOD"] != "HEAD":
            return body  # type: ignore[no-any-return]  # a list of bytes
        return super().get_app_iter(environ)


@cache
def _empty_page() -> tuple[tuple[str, str], dict[str, Any]]:
    """Return the header that says what a page is, and all else that Werkzeug makes of one."""
    said = vars(Response(b""))
    return ("Content-Type", said["headers"]["Content-Type"]), said
