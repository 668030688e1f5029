"""Real servers on loopback, started as `make run` starts them."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
START_WITHIN = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address and its process."""

    port: int
    process: subprocess.Popen[bytes]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def memory(self) -> list[int]:
        """Return the resident memory of each process in MiB, the parent first."""
        parent = psutil.Process(self.process.pid)
        return [process.memory_info().rss // 2**20 for process in (parent, *parent.children(recursive=True))]


@contextmanager
def serve(target: str, environment: Mapping[str, str], ready: str = "/") -> Iterator[Server]:
    """Start a server for `target` ("module:attribute") and wait until `ready` answers; end it afterwards."""
    port = int(environment.get("PORT") or free_port())
    command = [sys.executable, "-m", "recruit.serving.run", target, "--port", str(port), "--workers", str(WORKERS)]
    environment = {**os.environ, **environment, "PORT": str(port)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    server = Server(port, process)
    try:
        _wait(server, ready)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def flask(environment: Mapping[str, str], *arguments: str) -> str:
    """Run a command of the service to its end; return what it printed."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


@contextmanager
def worker(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run the background worker beside the server; end it afterwards."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _wait(server: Server, path: str) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(server.url(path), timeout=5):  # noqa: S310  loopback
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{server.url(path)} did not answer")
