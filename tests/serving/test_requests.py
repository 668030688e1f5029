"""What arrives at the application, and what never does."""

import json
import socket
from contextlib import closing
from typing import Any

import pytest

from tests.serving.conftest import MAX_BODY
from tests.serving.wire import Answer, Server, parse, read_all

pytestmark = [pytest.mark.slow, pytest.mark.one_database]  # a server knows no database

CHUNKED = b"POST %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"


def seen(answer: Answer) -> dict[str, Any]:
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def test_the_environ_is_what_pep_3333_says(server: Server):
    page = seen(
        server.get("/environ/caf%C3%A9/%FF%2F?q=%20a+b", "X-Note: one", "X-Note: two", "Cookie: a=1", "Cookie: b=2")
    )

    environ = page["environ"]
    for varying in ("REMOTE_PORT", "werkzeug.request"):
        environ.pop(varying, None)
    assert environ == {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/environ/cafÃ©/ÿ/",
        "QUERY_STRING": "q=%20a+b",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(server.port),
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "service.example",
        "HTTP_CONNECTION": "close",
        "HTTP_X_NOTE": "one,two",
        "HTTP_COOKIE": "a=1; b=2",
        "wsgi.url_scheme": "http",
    }
    assert page["path"] == "/environ/café/\ufffd/"


def test_a_body_with_a_length_arrives_whole(server: Server):
    page = seen(server.ask("POST", "/environ", "Content-Type: text/plain", body="é".encode()))

    assert page["body"] == "é"
    assert (page["environ"]["CONTENT_LENGTH"], page["environ"]["CONTENT_TYPE"]) == ("2", "text/plain")


def test_a_chunked_body_arrives_whole_with_its_length(server: Server):
    page = seen(parse(server.raw(CHUNKED % b"/environ", b"3\r\nabc\r\n", b"2\r\nde\r\n0\r\n\r\n")))

    assert (page["body"], page["environ"]["CONTENT_LENGTH"]) == ("abcde", "5")


@pytest.mark.parametrize("length", [["Content-Length: 0"], []])
def test_a_post_without_a_body_has_an_empty_one(server: Server, length: list[str]):
    assert server.ask("POST", "/length", *length).body == b"0"


def test_a_body_of_the_largest_size_arrives(server: Server):
    assert server.ask("POST", "/length", body=b"x" * MAX_BODY).body == str(MAX_BODY).encode()


@pytest.mark.parametrize("excess", [1, 10_000_000])
def test_a_body_too_large_gets_a_page_that_can_be_read(server: Server, excess: int):
    answer = server.ask("POST", "/length", body=b"x" * (MAX_BODY + excess))

    assert (answer.status, answer.headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert b"<title>Sorry, that was too much to send</title>" in answer.body
    assert b"<h1>Sorry, that was too much to send</h1>" in answer.body


def test_a_chunked_body_too_large_is_refused(server: Server):
    chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"

    assert parse(server.raw(CHUNKED % b"/length", *[chunk] * 4, b"0\r\n\r\n")).status == 413


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 100001\r\nExpect: 100-continue\r\n",  # asks before it sends: told at once
        b"Content-Length: 99999999999\r\n",  # more than would be thrown away for its sake
        b"Content-Length: 18446744073709551613\r\n",
    ],
)
def test_a_body_announced_as_far_too_large_is_refused_unread(server: Server, headers: bytes):
    assert parse(server.raw(b"POST /length HTTP/1.1\r\nHost: h\r\n" + headers + b"\r\n")).status == 413


def test_a_body_asked_for_first_is_sent_for(server: Server):
    with closing(server.connect()) as connection:
        connection.sendall(
            b"POST /length HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
            b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"
        )
        assert connection.recv(100).startswith(b"HTTP/1.1 100 Continue")
        connection.sendall(b"abc")
        assert parse(read_all(connection)).body == b"3"


def test_a_client_that_hangs_up_half_way_is_not_counted_as_a_request(server: Server):
    with closing(server.connect()) as connection:
        connection.sendall(b"POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabc")
        connection.shutdown(socket.SHUT_WR)
        assert b" 200 " not in read_all(connection)

    assert server.get("/").status == 200


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"NONSENSE\r\n\r\n",
        b"POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\nabcde",
        b"POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: +5\r\n\r\nabcde",
        b"POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 3\r\n\r\nabcde",
        b"POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: five\r\n\r\nabcde",
        b"POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999\r\n\r\nabcde",
        b"POST /length HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\nabcde",
        b"GET / HTTP/1.1\r\nHost: h\r\nHost: other\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Type: text/html\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
        b"CONNECT other:443 HTTP/1.1\r\nHost: h\r\n\r\n",
        b"GET /?\xff HTTP/1.1\r\nHost: h\r\n\r\n",
    ],
)
def test_malformed_requests_get_400_and_no_traceback(server: Server, request_bytes: bytes):
    answer = parse(server.raw(request_bytes))

    assert answer.status == 400
    assert b"Traceback" not in answer.body


def test_broken_chunks_get_no_answer_from_the_application(server: Server):
    assert b" 200 " not in server.raw(CHUNKED % b"/length", b"ZZ\r\nabc\r\n0\r\n\r\n")


def test_headers_too_large_get_431(server: Server):
    assert server.get("/", "X-Long: " + "x" * 20_000).status == 200
    assert server.get("/", "X-Long: " + "x" * 100_000).status == 431


def test_made_up_forwarding_headers_change_nothing(server: Server):
    made_up = [
        "X-Forwarded-For: 192.0.2.1",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: h.example",
        "X-Real-IP: 192.0.2.1",
    ]

    environ = seen(server.get("/environ", *made_up, "Forwarded: for=192.0.2.1", "Proxy: http://h.example"))["environ"]

    assert (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]) == ("127.0.0.1", "http")
    assert (environ["HTTP_HOST"], environ["HTTP_X_FORWARDED_FOR"]) == ("service.example", "192.0.2.1")


def test_an_underscore_does_not_pass_for_a_hyphen(server: Server):
    environ = seen(server.get("/environ", "X_Forwarded_For: 192.0.2.1", "Content_Length: 7"))["environ"]

    assert {"HTTP_X_FORWARDED_FOR", "CONTENT_LENGTH", "HTTP_CONTENT_LENGTH"} & environ.keys() == set()
