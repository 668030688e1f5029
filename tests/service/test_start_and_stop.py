"""Starting again, stopping with Ctrl-C, and a port that is taken."""

import os
import signal
import socket
import time
from contextlib import closing

import psutil
import pytest

from tests.servers import free_port
from tests.service.place import Place, Service, start, wait_ready

pytestmark = pytest.mark.slow

READY_WITHIN = 20.0  # seconds on a busy machine; alone it is a few
STOP_WITHIN = 15.0  # seconds


def test_ctrl_c_ends_everything_in_words_and_the_next_start_is_quick(place: Place, capsys: pytest.CaptureFixture[str]):
    port = free_port()
    environment = {**place.environment, "PORT": str(port)}
    log = place.folder / "start-and-stop.log"
    service = Service(environment, port, log, start(environment, log))
    took = wait_ready(service)
    tree = service.tree()
    began = time.monotonic()
    os.killpg(service.process.pid, signal.SIGINT)  # what a terminal does
    status = service.process.wait(STOP_WITHIN)
    stopped = time.monotonic() - began
    with capsys.disabled():
        print(f"\n{place.kind}: a further start is ready in {took:.1f} s, stopped in {stopped:.1f} s", end="")

    assert status == 0
    assert [one for one in tree[1:] if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []
    assert len(tree) == 5  # the supervisor, the web server and its two processes, the worker
    assert "Traceback" not in log.read_text()
    assert took < READY_WITHIN


def test_a_port_in_use_is_said_and_nothing_is_left_running(place: Place):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        log = place.folder / "port-in-use.log"
        process = start({**place.environment, "PORT": str(port)}, log)
        status = process.wait(60)

    assert status == 1
    assert f"Cannot listen on 127.0.0.1 port {port}: Address already in use." in log.read_text()
    assert [
        one for one in psutil.process_iter(["environ"]) if (one.info["environ"] or {}).get("PORT") == str(port)
    ] == []
