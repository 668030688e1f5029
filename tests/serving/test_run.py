"""The server as a process: stopping, dying, starting."""

import json
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psutil
import pytest

from tests.serving.wire import (
    Server,
    all_gone,
    answers,
    free_port,
    parse,
    read_all,
    running,
    server_command,
    start,
    wait_until,
)

pytestmark = [pytest.mark.slow, pytest.mark.one_database]  # a server knows no database


def workers(server: Server) -> list[psutil.Process]:
    return psutil.Process(server.process.pid).children()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_stopping_finishes_the_request_in_hand(stop: signal.Signals):
    with running() as server, server.connect() as busy, server.connect() as idle:
        idle.sendall(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        idle.recv(1000)
        busy.sendall(b"GET /sleep/1 HTTP/1.1\r\nHost: h\r\n\r\n")
        time.sleep(0.3)
        server.process.send_signal(stop)
        answer = parse(read_all(busy))
        status = server.process.wait(timeout=5)

    assert (answer.status, answer.body, status) == (200, b"slept", 0)
    assert "Traceback" not in server.log


def test_stopping_waits_for_slow_clients_no_longer_than_its_grace():
    with running("--grace", "1") as server, server.connect() as connection:
        connection.sendall(b"POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabc")
        time.sleep(0.2)
        server.process.terminate()
        assert server.process.wait(timeout=4) == 0


def test_stopping_while_the_application_is_being_imported_does_not_wait_for_it():
    process = start(server_command(free_port(), app="sleeper:app"), stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == "asleep\n"
    process.terminate()

    assert process.wait(timeout=2) == 0
    process.stdout.close()


FORKS = """
import os, signal, time
from recruit.serving.run import hear_stops_in_children
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: None)
hear_stops_in_children()
for turn in range(100):
    child = os.fork()
    if child == 0:
        time.sleep(60)
    os.kill(child, (signal.SIGINT, signal.SIGTERM)[turn % 2])
    assert os.WTERMSIG(os.waitpid(child, 0)[1])
os.kill(os.getpid(), signal.SIGTERM)
print("the handlers of the parent hold")
"""


def test_a_worker_hears_a_stop_from_its_first_moment_on():
    done = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, timeout=20, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "the handlers of the parent hold\n", "")


def test_the_application_is_imported_once_and_a_killed_worker_is_replaced_without_importing_it_again():
    with running(app="counted:app") as server:
        before = {worker.pid for worker in workers(server)}
        began = time.monotonic()
        psutil.Process(next(iter(before))).kill()
        wait_until(lambda: len({worker.pid for worker in workers(server)} - before) == 1, 5)
        wait_until(lambda: answers(server.port), 5)
        took = time.monotonic() - began

    assert server.log.count("imported") == 1
    assert took < 1  # the import alone takes one


@pytest.mark.parametrize(("size", "status"), [(1000, 200), (1001, 413)])
def test_the_limit_on_bodies_is_the_applications_own(size: int, status: int):
    with running(app="counted:app") as server:
        assert server.ask("POST", "/length", body=b"x" * size).status == status


def test_a_killed_worker_is_replaced():
    with running() as server:
        before = workers(server)
        assert len(before) == 2
        before[0].kill()
        assert wait_until(lambda: answers(server.port), 5) < 5
        wait_until(lambda: len({worker.pid for worker in workers(server)} - {before[0].pid}) == 2, 5)

        assert [server.get("/").status for _ in range(20)] == [200] * 20


def test_workers_end_with_a_killed_server():
    with running() as server:
        orphans = workers(server)
        server.process.kill()
        server.process.wait()
        wait_until(lambda: all_gone(orphans), 5)

        assert not answers(server.port)


def test_workers_that_hear_no_signal_end_with_a_killed_server_once_they_have_answered():
    with running(app="deaf:app") as server, ThreadPoolExecutor() as others:
        orphans, deaf = workers(server), set()
        while len(deaf) < len(orphans):
            deaf |= {int(answer.body) for answer in others.map(lambda _: server.get("/"), range(4))}
        asked = others.submit(server.get, "/sleep")
        time.sleep(0.2)  # until it is in hand
        server.process.kill()
        server.process.wait()
        wait_until(lambda: all_gone(orphans), 5)

        assert asked.result().body == b"slept"
        assert not answers(server.port)


def test_workers_are_processes_of_their_own(server: Server):
    seen: set[int] = set()

    def all_were_seen() -> bool:
        seen.add(json.loads(server.get("/process").body)["worker"])
        return len(seen) == len(workers(server))

    wait_until(all_were_seen, 10)  # one may listen later than the other

    assert seen == {worker.pid for worker in workers(server)}
    assert len(seen) == 2


def test_a_port_in_use_is_refused_in_words_even_one_that_is_willing_to_share():
    with closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = start(server_command(port), stderr=subprocess.PIPE)
        _, error = refused.communicate(timeout=15)

    assert refused.returncode == 1
    assert error == (
        f"Cannot listen on 127.0.0.1 port {port}: Address already in use. Stop what uses it, or set another PORT.\n"
    )


def test_a_host_may_be_a_name():
    with running("--host", "localhost") as server:
        assert server.get("/").status == 200


def test_a_host_that_is_not_ours_is_refused_in_words():
    refused = start(server_command(free_port(), "--host", "no-such-host.invalid"), stderr=subprocess.PIPE)
    _, error = refused.communicate(timeout=15)

    assert refused.returncode == 1
    assert error.startswith("Cannot listen on no-such-host.invalid port ")


def test_an_application_that_cannot_be_imported_ends_the_server():
    process = start(
        server_command(free_port(), app="sample:missing"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, error = process.communicate(timeout=15)

    assert process.returncode == 1
    assert "missing" in error
