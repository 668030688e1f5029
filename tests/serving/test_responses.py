"""What the application says is what the client gets."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.serving.wire import Answer, Server, parse, read_all, running

pytestmark = [pytest.mark.slow, pytest.mark.one_database]  # a server knows no database

MIB = 1024 * 1024


def dechunk(raw: bytes) -> bytes:
    body, rest = b"", raw.partition(b"\r\n\r\n")[2]
    while True:
        size, _, rest = rest.partition(b"\r\n")
        if not int(size, 16):
            return body
        body, rest = body + rest[: int(size, 16)], rest[int(size, 16) + 2 :]


@pytest.mark.parametrize(("path", "length"), [("/", "5"), ("/big", str(MIB)), ("/no-such-page", None)])
def test_head_has_the_headers_of_get_and_no_body(server: Server, path: str, length: str | None):
    get, head = server.get(path), server.ask("HEAD", path)

    for answer in (get, head):
        answer.headers.pop("date")
    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")
    assert length in (None, head.headers["content-length"])


def test_a_long_response_arrives_whole(server: Server):
    answer = server.get("/big")

    assert (answer.status, len(answer.body)) == (200, MIB)


def test_a_response_of_unknown_length_is_sent_as_it_is_made(server: Server):
    raw = server.raw(b"GET /stream HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")

    assert b"transfer-encoding: chunked" in raw[:500]
    assert dechunk(raw) == b"x" * (8 * MIB)
    assert raw.endswith(b"\r\n\r\nhello"), "the connection can be used again"


def test_several_requests_share_a_connection(server: Server):
    with server.connect() as connection:
        for _ in range(3):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            assert parse(connection.recv(65536)).body == b"hello"


@pytest.mark.parametrize(("method", "path"), [("GET", "/fail"), ("GET", "/fail-while-iterating"), ("HEAD", "/fail")])
def test_a_failing_application_gets_a_plain_500(server: Server, method: str, path: str):
    answer = server.ask(method, path)

    assert (answer.status, answer.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert (b"<h1>Sorry, there is a problem with the service</h1>" in answer.body) is (method == "GET")
    assert b"secret" not in answer.body


def test_a_failing_application_is_logged_without_its_address():
    with running() as server:
        server.get("/fail%0Afaked")
        server.get("/fail")
    log = server.log

    assert "the application failed on GET\n" in log
    assert "/fail" not in log
    assert "faked" not in log
    assert "RuntimeError: a secret\n" in log


def test_a_response_that_fails_half_way_is_seen_to_be_cut_off(server: Server):
    raw = server.raw(b"GET /stream-fails HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")

    assert raw.startswith(b"HTTP/1.1 200 OK")
    assert not raw.endswith(b"0\r\n\r\n")
    assert server.get("/").status == 200


def test_a_no_content_response_has_none(server: Server):
    answer: Answer = server.get("/no-content")

    assert (answer.status, answer.body, "content-length" in answer.headers) == (204, b"", False)


def test_an_idle_connection_is_closed_after_the_header_timeout(impatient_server: Server):
    with impatient_server.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")

        assert parse(read_all(connection)).body == b"hello"


def test_what_is_to_be_done_before_an_answer_is_done_while_others_are_served(impatient_server: Server):
    began = time.monotonic()
    with ThreadPoolExecutor() as pool:
        waiting = [pool.submit(impatient_server.get, "/before/0.6") for _ in range(3)]
        time.sleep(0.2)
        meanwhile = impatient_server.get("/done-before").body
        answers = [one.result() for one in waiting]

    assert meanwhile == b"0"
    assert [(answer.status, answer.body) for answer in answers] == [(200, b"answered")] * 3
    assert impatient_server.get("/done-before").body == b"3"
    assert 0.6 <= time.monotonic() - began < 1.6  # they wait side by side


def test_an_answer_whose_task_fails_is_not_given(impatient_server: Server):
    answer = impatient_server.get("/before/0?fail=1")

    assert answer.status == 500
    assert b"secret" not in answer.body
    assert impatient_server.get("/").body == b"hello"
