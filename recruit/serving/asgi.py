"""A WSGI application as an ASGI application that has the whole request before it begins.

Slow senders and slow readers are waited for by the server's own event loops; the application runs in one thread a
process, the event loop's, for as long as it has something to compute and not a moment longer: what others make for it
can be waited for (`waiting`). See the decision record on the web server for why that beats a pool of threads.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from recruit.serving.body import Gone, Receive, take_in
from recruit.serving.environ import Scope, wsgi_environ
from recruit.serving.refusals import Page, Refusal, plain_page
from recruit.serving.together import Together
from recruit.serving.waiting import WAIT, run, wait

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import WSGIApplication

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

BEFORE_ANSWER: Final = "recruit.before_answer"
"""Where the environ has a list of what the application wants done before its answer is sent: it is done in a thread,
while others are served.  If one of it fails, so has the request."""
WHOLE: Final = 256 * 1024  # bytes: a response up to this is sent in one piece, a longer one as it is made
PATIENCE: Final = 0.2  # seconds of making pieces, after which a response is sent as it is made

log = logging.getLogger(__name__)


class Uploads(NamedTuple):
    """The addresses that take files, by how their path ends; bytes and seconds that are allowed there."""

    path_end: str
    max_body: int
    body_timeout: float


class BufferedWSGI:
    """Serve a WSGI application by ASGI: the body is taken in first, then the application runs, then it is answered.

    Args:
        app: The application.
        max_body: The largest request body, in bytes; a larger one is answered 413.
        body_timeout: Seconds within which a body must have come whole; a later one is answered 408.
        uploads: Where files are sent, which may be longer and take more time.
    """

    def __init__(
        self, app: "WSGIApplication", max_body: int, body_timeout: float, uploads: Uploads | None = None
    ) -> None:
        self.app = app
        self.usual = (max_body, body_timeout)
        self.in_hand = 0  # requests that have come and are not computed yet
        self.unanswered = 0  # those that have come and are not sent their whole answer yet
        self.together = Together()
        self.uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (or follow the server's life, which asks for nothing here)."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        self.unanswered += 1
        try:
            await self._serve(scope, receive, send)
        finally:
            self.unanswered -= 1

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        with ExitStack() as hand:
            hand.enter_context(self._in_hand())
            try:
                environ = wsgi_environ(scope)
                max_body, timeout = self._allowed(environ)
                body = await take_in(environ, receive, max_body=max_body, timeout=timeout)
            except Gone:
                return
            except Refusal as refusal:
                await _send_whole(send, plain_page(refusal.status), head=scope["method"] == "HEAD")
                return
            with body:
                await self._answer(environ, body, receive, send, computed=hand.close)

    @contextmanager
    def _in_hand(self) -> Iterator[None]:
        """Count a request that has come and is not computed yet."""
        self.in_hand += 1
        try:
            yield
        finally:
            self.in_hand -= 1
            if not self.in_hand:
                self.together.hurry()

    def _allowed(self, environ: dict[str, Any]) -> tuple[int, float]:
        """Return how long a request's body may be, and within how many seconds it must come."""
        if self.uploads is None or not environ["PATH_INFO"].endswith(self.uploads.path_end):
            return self.usual
        return self.uploads.max_body, self.uploads.body_timeout

    async def _answer(
        self, environ: dict[str, Any], body: IO[bytes], receive: Receive, send: Send, computed: Callable[[], None]
    ) -> None:
        """Run the application and send what it says, or a plain page and a line in the log when it fails.

        Args:
            computed: called once the application has nothing more to compute.
        """
        environ["wsgi.input"] = body
        before: list[Callable[[], object]] = []
        environ[BEFORE_ANSWER], environ[WAIT] = before, wait
        head = environ["REQUEST_METHOD"] == "HEAD"
        response = _Response(self.app, environ)
        try:
            try:
                whole = await run(response.gather, WHOLE) or head
            finally:
                computed()
            if whole:
                response.close()
            for task in before:
                await self.together.do(task, others=self.in_hand > 0)
        except Exception:
            response.close()
            log.exception("the application failed on %s", environ["REQUEST_METHOD"])  # a path may tell of a person
            await _send_whole(send, plain_page(HTTPStatus.INTERNAL_SERVER_ERROR), head=head)
            return
        if whole:
            await _send_whole(send, (response.status, response.headers, response.gathered), head=head)
            return
        reader = asyncio.create_task(_leave(receive))
        try:
            await _send_stream(send, response, reader)
        finally:
            reader.cancel()
            response.close()


class _Response:
    """What the application answers: its `start_response`, and its body as far as it has been made."""

    def __init__(self, app: "WSGIApplication", environ: dict[str, Any]) -> None:
        self.app = app
        self.environ = environ
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.gathered = b""
        self.rest: Iterator[bytes] = iter(())
        self._close: Callable[[], None] | None = None
        self._written: list[bytes] = []

    def gather(self, limit: int) -> bool:
        """Run the application until it has made `limit` bytes; return whether that was all of it."""
        try:
            result = self.app(self.environ, self._start)
            self._close = getattr(result, "close", None)
            self.rest = iter(result)
            ended = self._fill(limit)
            if not self.status:
                raise RuntimeError("the application did not call start_response")
        except BaseException:
            self.close()
            raise
        return ended

    def _fill(self, limit: int) -> bool:
        chunks, size, until, ended = self._written, 0, time.monotonic() + PATIENCE, True
        for chunk in self.rest:
            chunks.append(chunk)
            size += len(chunk)
            if size > limit or time.monotonic() > until:
                ended = False
                break
        self.gathered = b"".join(chunks)
        return ended

    def close(self) -> None:
        """Let the application tidy up after the response."""
        close, self._close = self._close, None  # once
        if close:
            close()

    def _start(
        self, status: str, headers: list[tuple[str, str]], exc_info: "OptExcInfo | None" = None
    ) -> Callable[[bytes], object]:
        """Take note of status and headers; nothing is sent yet, so an error may still replace them (PEP 3333)."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return self._written.append


async def _send_whole(send: Send, page: Page, *, head: bool) -> None:
    status, headers, body = page
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else body})


async def _send_stream(send: Send, response: _Response, reader: asyncio.Task[None]) -> None:
    """Send a long response as it is made, for as long as there is a reader; while this waits, others are served."""
    await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
    await send({"type": "http.response.body", "body": response.gathered, "more_body": True})
    while (chunk := await run(next, response.rest, None)) is not None:
        await asyncio.sleep(0)  # send() need not wait, and to a reader who has gone it never does: give others a turn
        if reader.done():
            return
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _leave(receive: Receive) -> None:
    """Wait until the client goes away."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _live(receive: Receive, send: Send) -> None:
    """Follow ASGI's lifespan protocol: there is nothing to start or to stop."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
