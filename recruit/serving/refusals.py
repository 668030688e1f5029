"""Requests that are answered before the application sees them, and the plain pages they get."""

from http import HTTPStatus
from typing import Final

Page = tuple[int, list[tuple[bytes, bytes]], bytes]

_WORDS: Final = {
    HTTPStatus.BAD_REQUEST: ("Sorry, we could not understand that request", "Go back and try again."),
    HTTPStatus.REQUEST_TIMEOUT: ("Sorry, that took too long to send", "Check your connection and send it again."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "Sorry, that was too much to send",
        "Go back, shorten what you wrote or choose a smaller file, and send it again.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("Sorry, there is a problem with the service", "Try again later."),
}
_PAGE: Final = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{heading}</title>
</head>
<body>
<main>
<h1>{heading}</h1>
<p>{advice}</p>
</main>
</body>
</html>
"""


class Refusal(Exception):
    """A request that must not reach the application.

    Args:
        status: What to answer, one of the statuses that have words above.
    """

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


def plain_page(status: HTTPStatus) -> Page:
    """Return status, headers and body of a page that needs no template, style sheet or database.

    The connection is closed after it: what is left of the request has not been read.
    """
    heading, advice = _WORDS[status]
    body = _PAGE.format(heading=heading, advice=advice).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"content-security-policy", b"default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    return int(status), headers, body
