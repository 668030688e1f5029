"""What 200 slow clients at once must not do to everybody else."""

import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from tests.serving.wire import Server, parse, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.one_database]  # a server knows no database

SLOW = 200  # clients at once
OTHERS = 20  # requests of other people meanwhile
PATIENCE = 2.0  # seconds each of them may wait


def send_half_the_headers(server: Server, stack: ExitStack) -> Callable[[], object]:
    connection = stack.enter_context(server.connect())
    connection.sendall(b"GET / HTTP/1.1\r\nHost: h\r\nX-Slow: ")
    return lambda: connection.sendall(b"s")


def send_half_the_body(server: Server, stack: ExitStack) -> Callable[[], object]:
    connection = stack.enter_context(server.connect())
    connection.sendall(b"POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 50000\r\n\r\nslow")
    return lambda: connection.sendall(b"s")


def read_a_little(server: Server, stack: ExitStack) -> Callable[[], object]:
    connection = stack.enter_context(server.connect(receive_buffer=4096))
    connection.sendall(b"GET /stream HTTP/1.1\r\nHost: h\r\n\r\n")
    return lambda: connection.recv(1)


@pytest.mark.parametrize("be_slow", [send_half_the_headers, send_half_the_body, read_a_little])
def test_others_are_served_beside_two_hundred(
    server: Server, be_slow: Callable[[Server, ExitStack], Callable[[], object]]
):
    waits = []
    with ExitStack() as stack:
        dawdlers = [be_slow(server, stack) for _ in range(SLOW)]
        for _ in range(OTHERS):
            for dawdle in dawdlers[::10]:
                dawdle()
            start = time.monotonic()
            assert server.ask("POST", "/length", body=b"x" * 5000).body == b"5000"
            waits.append(time.monotonic() - start)
            time.sleep(0.02)

    assert [wait for wait in waits if wait >= PATIENCE] == []


def test_a_body_that_takes_too_long_is_cut_off_with_a_page(impatient_server: Server):
    with impatient_server.connect() as connection:
        connection.sendall(b"POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 20\r\n\r\nabc")
        start = time.monotonic()
        answer = parse(connection.recv(65536))
        took = time.monotonic() - start
        at_leisure = impatient_server.ask("POST", "/length", body=b"abc")

    assert (answer.status, answer.headers["connection"]) == (408, "close")
    assert b"<h1>Sorry, that took too long to send</h1>" in answer.body
    assert 0.4 < took < 2
    assert (at_leisure.status, at_leisure.body) == (200, b"3")


def test_headers_that_take_too_long_are_cut_off(impatient_server: Server):
    with impatient_server.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: h\r\n")
        start = time.monotonic()

        assert connection.recv(65536)[:12] in {b"", b"HTTP/1.1 408"}
        assert time.monotonic() - start < 2


def test_a_stream_nobody_reads_any_more_ends(impatient_server: Server):
    with impatient_server.connect(receive_buffer=4096) as connection:
        connection.sendall(b"GET /endless HTTP/1.1\r\nHost: h\r\n\r\n")
        connection.recv(100)
        assert impatient_server.get("/streams").body == b"1"

    wait_until(lambda: impatient_server.get("/streams").body == b"0", 5)
