"""Commands kept running together."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from tests.serving.wire import all_gone, answers, free_port, server_command, start, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.one_database]  # a server knows no database

STAYS = "import time; print('up', flush=True); time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


def named(name: str, *argv: str) -> str:
    return f"{name}={shlex.join(argv)}"


def python(name: str, code: str) -> str:
    return named(name, sys.executable, "-c", code)


@contextmanager
def supervising(tmp_path: Path, *commands: str, options: tuple[str, ...] = ()) -> Iterator[subprocess.Popen[str]]:
    """Run the supervisor as the leader of a process group, as a shell does; its output goes to tmp_path/log."""
    with (tmp_path / "log").open("w") as log:
        argv = [sys.executable, "recruit/serving/supervisor.py", *options, *commands]
        process = start(argv, stdout=log, stderr=log, process_group=0)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def said(tmp_path: Path) -> list[str]:
    return (tmp_path / "log").read_text().splitlines()


def child(process: subprocess.Popen[str], index: int) -> psutil.Process:
    return sorted(psutil.Process(process.pid).children(), key=lambda one: one.pid)[index]


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_whole_group_stops_everything_quietly(tmp_path: Path, stop: signal.Signals):
    port = free_port()
    web, worker = named("web", *server_command(port)), python("worker", STAYS)
    with supervising(tmp_path, web, worker) as process:
        wait_until(lambda: answers(port), 15)
        wait_until(lambda: "up" in said(tmp_path), 5)
        children = family(process)
        os.killpg(process.pid, stop)
        status = process.wait(timeout=10)

    assert (status, len(children), all_gone(children)) == (0, 4, True)
    assert said(tmp_path) in (
        [f"Listening on http://127.0.0.1:{port} with 2 worker processes", "up"],
        ["up", f"Listening on http://127.0.0.1:{port} with 2 worker processes"],
    )


def test_a_web_server_that_cannot_start_ends_everything_with_a_message(tmp_path: Path):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with supervising(tmp_path, named("web", *server_command(port)), python("worker", STAYS)) as process:
            status = process.wait(timeout=10)

    assert status == 1
    assert [line for line in said(tmp_path) if line != "up"] == [
        f"Cannot listen on 127.0.0.1 port {port}: Address already in use. Stop what uses it, or set another PORT.",
        "web could not start (status 1); stopping.",
    ]


def test_a_program_that_is_not_there_is_named(tmp_path: Path):
    with supervising(tmp_path, "web=no-such-program --port 1") as process:
        status = process.wait(timeout=10)

    assert (status, said(tmp_path)) == (1, ["Cannot run no-such-program: No such file or directory"])


def test_the_first_command_has_a_second_to_itself(tmp_path: Path):
    tell = "import time; print(time.monotonic(), flush=True); time.sleep(60)"
    with supervising(tmp_path, python("web", tell), python("worker", tell)):
        wait_until(lambda: len(said(tmp_path)) == 2, 10)
    web, worker = (float(moment) for moment in said(tmp_path))

    assert 0.9 < worker - web < 2


def test_a_killed_web_server_serves_again(tmp_path: Path):
    port = free_port()
    with supervising(tmp_path, named("web", *server_command(port))) as process:
        wait_until(lambda: answers(port), 15)
        before = family(process)
        child(process, 0).kill()
        wait_until(lambda: all_gone(before), 5)

        wait_until(lambda: answers(port), 5)


def test_a_worker_that_dies_is_started_again_more_and_more_slowly(tmp_path: Path):
    with supervising(tmp_path, python("web", STAYS), python("worker", "raise SystemExit(3)")) as process:
        wait_until(lambda: len(said(tmp_path)) >= 4, 10)

        assert process.poll() is None
    assert [line for line in said(tmp_path) if line != "up"][:3] == [
        "worker ended (status 3); starting it again in 0.5 s.",
        "worker ended (status 3); starting it again in 1 s.",
        "worker ended (status 3); starting it again in 2 s.",
    ]


def test_what_is_killed_again_and_again_is_started_as_soon_each_time(tmp_path: Path):
    with supervising(tmp_path, python("web", STAYS)) as process:
        for times in range(1, 4):
            wait_until(lambda: said(tmp_path).count("up") == times, 5)  # noqa: B023  called before the next round
            child(process, 0).kill()
            wait_until(lambda: len(said(tmp_path)) == 2 * times, 5)  # noqa: B023  as above

    assert said(tmp_path)[1::2] == ["web ended (status -9); starting it again in 0.1 s."] * 3


def test_a_web_server_that_ran_for_a_while_is_started_again_even_after_an_error(tmp_path: Path):
    failing = python("web", "import time; time.sleep(0.6); raise SystemExit(4)")
    with supervising(tmp_path, failing, options=("--steady", "0.3")) as process:
        wait_until(lambda: len(said(tmp_path)) >= 2, 10)

        assert process.poll() is None
    assert said(tmp_path)[:2] == ["web ended (status 4); starting it again in 0.5 s."] * 2


def test_what_does_not_stop_is_killed_after_the_grace(tmp_path: Path):
    with supervising(tmp_path, python("web", DEAF), options=("--grace", "0.5")) as process:
        wait_until(lambda: "deaf" in said(tmp_path), 5)
        children = family(process)
        start_of_end = time.monotonic()
        process.terminate()
        status = process.wait(timeout=5)

    assert (status, all_gone(children)) == (0, True)
    assert 0.4 < time.monotonic() - start_of_end < 3


def test_a_second_signal_does_not_wait(tmp_path: Path):
    with supervising(tmp_path, python("web", DEAF)) as process:
        wait_until(lambda: "deaf" in said(tmp_path), 5)
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=3) == 0


def test_children_end_with_a_killed_supervisor(tmp_path: Path):
    port = free_port()
    with supervising(tmp_path, named("web", *server_command(port)), python("worker", STAYS)) as process:
        wait_until(lambda: answers(port) and "up" in said(tmp_path), 15)
        children = family(process)
        process.kill()

        wait_until(lambda: all_gone(children), 5)
    assert len(children) == 4


def test_a_command_without_a_name_is_refused(tmp_path: Path):
    with supervising(tmp_path, "flask worker") as process:
        status = process.wait(timeout=10)

    assert (status, said(tmp_path)[-1]) == (2, "Error: each command is given as NAME=COMMAND")
