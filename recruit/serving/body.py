"""Taking in a request's body, whole and within bounds, before the application is given the request."""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

from recruit.serving.refusals import Refusal

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

IN_MEMORY: Final = 128 * 1024  # bytes of a body kept in memory; a longer one waits on disk
DRAINED: Final = 32 * 1024 * 1024  # bytes thrown away for the sake of an answer that can be read
_LENGTH: Final = re.compile("[0-9]{1,20}")  # no sign, no list, no other script's digits (RFC 9110, 8.6)


class Gone(Exception):
    """The client went away before it had sent everything."""


async def take_in(environ: dict[str, Any], receive: Receive, *, max_body: int, timeout: float) -> IO[bytes]:
    """Read the body of a request and put its true length into the environ.

    Browsers read an answer only once they have sent everything, so a body that is too large is read to its end and
    thrown away, up to `DRAINED` bytes, unless the client asked first (Expect: 100-continue) and so has not begun.

    Args:
        environ: The request's; CONTENT_LENGTH is set in it, also for a chunked body.
        receive: ASGI's.
        max_body: The largest body allowed, in bytes.
        timeout: Seconds from now within which the whole body must have come.

    Returns:
        The body, to be read from its start. The caller closes it.

    Raises:
        Refusal: 400 for a length that is no number, 413 for a body over `max_body`, 408 for one that is late.
        Gone: The client closed the connection, or broke the rules of chunked encoding.
    """
    if "CONTENT_LENGTH" not in environ and "HTTP_TRANSFER_ENCODING" not in environ:
        return BytesIO()
    announced = _announced(environ)
    patience = max_body if "HTTP_EXPECT" in environ else max_body + DRAINED
    if announced > patience:
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
    try:
        async with asyncio.timeout(timeout):
            length = await _copy(receive, body, max_body, patience)
    except TimeoutError:
        body.close()
        raise Refusal(HTTPStatus.REQUEST_TIMEOUT) from None
    except BaseException:
        body.close()
        raise
    if length > max_body:
        body.close()
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    environ["CONTENT_LENGTH"] = str(length)
    body.seek(0)
    return body


def _announced(environ: dict[str, Any]) -> int:
    """Return the length that the headers promise, 0 where they promise none."""
    announced: str = environ.get("CONTENT_LENGTH", "0")
    if not _LENGTH.fullmatch(announced):
        raise Refusal(HTTPStatus.BAD_REQUEST)
    return int(announced)


async def _copy(receive: Receive, body: IO[bytes], max_body: int, patience: int) -> int:
    """Copy the body up to `max_body` bytes, then only count up to `patience`; return how many bytes have come."""
    length, more = 0, True
    while more and length <= patience:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        chunk: bytes = message.get("body", b"")
        length += len(chunk)
        if length <= max_body:
            body.write(chunk)
        more = message.get("more_body", False)
    return length
