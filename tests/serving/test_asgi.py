"""The adapter by itself, told things that our server would not let through."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextvars import ContextVar
from typing import Any

import pytest

from recruit.serving import asgi
from recruit.serving.asgi import BufferedWSGI
from recruit.serving.waiting import WAIT

Message = dict[str, Any]
SCOPE = {
    "type": "http",
    "http_version": "1.1",
    "method": "POST",
    "raw_path": b"/",
    "query_string": b"",
    "scheme": "http",
    "server": ("127.0.0.1", 80),
    "client": ("192.0.2.1", 4000),
    "headers": [],
}


def echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("X-Length", environ["CONTENT_LENGTH"])])
    return [environ["wsgi.input"].read()]


def converse(app: Any, scope: Message, *incoming: Message, timeout: float = 5) -> list[Message]:
    """Return what the adapter sends when it is told the incoming messages, and nothing after them."""
    sent: list[Message] = []
    waiting = list(incoming)

    async def receive() -> Message:
        return waiting.pop(0) if waiting else await asyncio.Event().wait()

    async def send(message: Message) -> None:
        sent.append(message)

    async def main() -> None:
        async with asyncio.timeout(5):
            await BufferedWSGI(app, max_body=10, body_timeout=timeout)(scope, receive, send)

    asyncio.run(main())
    return sent


def chunk(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def with_headers(**headers: str) -> Message:
    return SCOPE | {"headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]}


def test_a_body_in_pieces_is_put_together():
    scope = with_headers(transfer_encoding="chunked")

    assert converse(echo, scope, chunk(b"ab", more=True), chunk(b"", more=True), chunk(b"c")) == [
        {"type": "http.response.start", "status": 200, "headers": [(b"x-length", b"3")]},
        {"type": "http.response.body", "body": b"abc"},
    ]


@pytest.mark.parametrize("length", ["-1", "+1", "1, 1", "", " 1", "1_0", "٣", "0x1", "9" * 5000])
def test_a_length_that_is_no_number_is_refused(length: str):
    assert converse(echo, with_headers(content_length=length), chunk(b"a"))[0]["status"] == 400


@pytest.mark.parametrize(("size", "status"), [(10, 200), (11, 413)])
def test_the_length_that_came_counts_not_the_one_announced(size: int, status: int):
    assert converse(echo, with_headers(content_length="1"), chunk(b"x" * size))[0]["status"] == status


def test_a_late_body_is_refused():
    assert converse(echo, with_headers(content_length="5"), chunk(b"a", more=True), timeout=0.05)[0]["status"] == 408


def test_nobody_is_answered_when_the_client_has_gone():
    assert converse(echo, with_headers(content_length="5"), chunk(b"a", more=True), {"type": "http.disconnect"}) == []


def test_the_lifespan_is_followed():
    incoming = {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}

    assert converse(echo, {"type": "lifespan"}, *incoming) == [
        {"type": "lifespan.startup.complete"},
        {"type": "lifespan.shutdown.complete"},
    ]


@pytest.mark.parametrize("chunks", [[b"short"], [b"x" * 300_000] * 3])
def test_head_is_answered_without_the_body_that_the_application_makes_all_the_same(chunks: list[bytes]):
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("ETag", "x")])
        return chunks

    assert converse(app, SCOPE | {"method": "HEAD"}) == [
        {"type": "http.response.start", "status": 200, "headers": [(b"etag", b"x")]},
        {"type": "http.response.body", "body": b""},
    ]


def test_an_application_may_write_before_it_returns():
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])(b"first ")
        return [b"second"]

    assert converse(app, SCOPE)[1]["body"] == b"first second"


def test_an_application_may_start_its_response_late_and_change_its_mind():
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        start_response("503 Service Unavailable", [("Retry-After", "5")], (ValueError, ValueError(), None))
        yield b"sorry"

    assert converse(app, SCOPE)[0] == {
        "type": "http.response.start",
        "status": 503,
        "headers": [(b"retry-after", b"5")],
    }


def test_an_application_that_never_starts_a_response_is_a_failure():
    assert converse(lambda environ, start_response: [b"hello"], SCOPE)[0]["status"] == 500


class Closing:
    """A response body that remembers how often it was closed."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = iter(chunks)
        self.closed = 0

    def __iter__(self) -> "Closing":
        return self

    def __next__(self) -> bytes:
        return next(self.chunks)

    def close(self) -> None:
        self.closed += 1


def broken() -> Iterable[bytes]:
    yield b"x"
    raise RuntimeError


@pytest.mark.parametrize("chunks", [[b"short"], [b"x" * 300_000] * 3, broken()])
def test_a_response_is_closed_once(chunks: Iterable[bytes]):
    body = Closing(chunks)

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        return body

    converse(app, SCOPE)

    assert body.closed == 1


def test_a_failure_while_closing_is_a_failure_of_the_request():
    class Failing(Closing):
        def close(self) -> None:
            raise RuntimeError

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        return Failing([b"done"])

    assert converse(app, SCOPE)[0]["status"] == 500


def test_what_takes_long_to_make_is_sent_as_it_is_made(monkeypatch):
    monkeypatch.setattr(asgi, "PATIENCE", 0)

    def pieces(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        yield from (b"one", b"two", b"three")

    bodies = [message.get("body") for message in converse(pieces, SCOPE, chunk(b""))]

    assert bodies == [None, b"one", b"two", b"three", b""]


def test_while_one_request_waits_another_is_served_and_each_has_its_own_context():
    """A waits for what only B lets come; what each set in its context is still there afterwards."""
    came: Future[bytes] = Future()
    name: ContextVar[str] = ContextVar("name", default="")

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        token = name.set(path)
        if path == "/b":
            came.set_result(b"from b")
        made = environ[WAIT](came)
        start_response("200 OK", [])
        yield name.get().encode() + made
        yield environ[WAIT](came)
        name.reset(token)

    async def main() -> list[list[Message]]:
        adapter = BufferedWSGI(app, max_body=10, body_timeout=5)
        async with asyncio.timeout(5):
            return await asyncio.gather(*(ask(adapter, path) for path in (b"/a", b"/b")))

    async def ask(adapter: BufferedWSGI, path: bytes) -> list[Message]:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return chunk(b"")

        await adapter(SCOPE | {"raw_path": path}, receive, send)
        return sent

    assert [sent[1]["body"] for sent in asyncio.run(main())] == [b"/afrom bfrom b", b"/bfrom bfrom b"]


def test_what_goes_wrong_elsewhere_is_told_where_it_is_waited_for():
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        failed: Future[bytes] = Future()
        failed.set_exception(OSError("a secret"))
        try:
            environ[WAIT](failed)
        except OSError:
            start_response("503 Service Unavailable", [])
        return [b"later"]

    start, body = converse(app, SCOPE, chunk(b""))
    assert (start["status"], body["body"]) == (503, b"later")
