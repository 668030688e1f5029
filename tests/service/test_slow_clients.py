"""Two hundred slow clients of each kind against the service as `make run` starts it."""

import re
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from tests.service.place import Place, Service, ask
from tests.serving.wire import Server

pytestmark = pytest.mark.slow

SLOW = 200  # clients at once
OTHERS = 15  # rounds of other people's requests meanwhile
PATIENCE = 2.0  # seconds each of them may wait


def send_half_the_headers(server: Server, stack: ExitStack, _style: str) -> Callable[[], Any]:
    connection = stack.enter_context(server.connect())
    connection.sendall(b"GET /jobs HTTP/1.1\r\nHost: h\r\nX-Slow: ")
    return lambda: connection.sendall(b"s")


def send_half_the_body(server: Server, stack: ExitStack, _style: str) -> Callable[[], Any]:
    connection = stack.enter_context(server.connect())
    connection.sendall(b"POST /sign-in HTTP/1.1\r\nHost: h\r\nContent-Length: 50000\r\n\r\nemail=")
    return lambda: connection.sendall(b"s")


def read_a_little(server: Server, stack: ExitStack, style: str) -> Callable[[], Any]:
    """Ask for the style sheet again and again without waiting, and read next to nothing of what comes."""
    connection = stack.enter_context(server.connect(receive_buffer=4096))
    connection.sendall(f"GET {style} HTTP/1.1\r\nHost: h\r\n\r\n".encode() * 20)
    return lambda: connection.recv(1)


@pytest.mark.parametrize("be_slow", [send_half_the_headers, send_half_the_body, read_a_little])
def test_others_are_served_beside_two_hundred(
    place: Place,
    service: Service,
    be_slow: Callable[[Server, ExitStack, str], Callable[[], Any]],
    capsys: pytest.CaptureFixture[str],
):
    server = Server(service.process, service.port)  # type: ignore[arg-type]  # only its port is used
    found = re.search(r'href="(/static/[^"]+\.css)"', ask(service.port, "GET", "/jobs").text)
    assert found
    answers = []
    with ExitStack() as stack:
        dawdlers = [be_slow(server, stack, found[1]) for _ in range(SLOW)]
        for _ in range(OTHERS):
            for dawdle in dawdlers[::10]:
                dawdle()
            answers += [ask(service.port, "GET", path) for path in ("/jobs", "/sign-in", "/readyz")]
            time.sleep(0.02)
    slowest = max(answer.took for answer in answers)
    with capsys.disabled():
        print(f"\n{place.kind} {be_slow.__name__}: slowest of others {slowest:.2f} s", end="")

    assert {answer.status for answer in answers} == {200}
    assert slowest < PATIENCE
