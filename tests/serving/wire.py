"""HTTP by hand, byte for byte, and the servers to try it on."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import psutil

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def parse(raw: bytes, *, head: bool = False) -> Answer:
    """Read one whole answer, and insist that it is whole."""
    top, _, body = raw.partition(b"\r\n\r\n")
    status, *lines = top.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    if not head and "content-length" in headers:
        assert len(body) == int(headers["content-length"]), "the answer was cut off"
    return Answer(int(status.split()[1]), headers, body)


@dataclass
class Server:
    process: subprocess.Popen[str]
    port: int
    log: str = ""  # what the server said, once it has ended

    def connect(self, *, receive_buffer: int | None = None) -> socket.socket:
        connection = socket.socket()
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.settimeout(20)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def raw(self, *pieces: bytes) -> bytes:
        """Send pieces on a connection of its own and return all that comes until the server closes it."""
        with closing(self.connect()) as connection:
            for piece in pieces:
                connection.sendall(piece)
            return read_all(connection)

    def ask(self, method: str, path: str, *headers: str, body: bytes = b"") -> Answer:
        lines = [f"{method} {path} HTTP/1.1", "Host: service.example", "Connection: close", *headers]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return parse(self.raw("\r\n".join([*lines, "", ""]).encode("latin-1") + body), head=method == "HEAD")

    def get(self, path: str, *headers: str) -> Answer:
        return self.ask("GET", path, *headers)


def read_all(connection: socket.socket) -> bytes:
    chunks = []
    while chunk := connection.recv(256 * 1024):
        chunks.append(chunk)
    return b"".join(chunks)


def wait_until(true, seconds: float) -> float:
    """Wait until something is true; return how many seconds that took."""
    start = time.monotonic()
    while not true():
        assert time.monotonic() - start < seconds, f"not true within {seconds} s"
        time.sleep(0.02)
    return time.monotonic() - start


def all_gone(processes: list[psutil.Process]) -> bool:
    """Whether none of the processes runs any more, zombies aside."""
    return not any(_runs(one) for one in processes)


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def answers(port: int) -> bool:
    try:
        with closing(socket.create_connection(("127.0.0.1", port), timeout=2)) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            return read_all(connection).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def server_command(port: int, *options: str, app: str = "sample:app") -> list[str]:
    return [sys.executable, "-m", "recruit.serving.run", app, "--port", str(port), "--workers", "2", *options]


def start(command: list[str], **options) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **options)


@contextmanager
def running(*options: str, app: str = "sample:app") -> Iterator[Server]:
    """Run the sample application on a free port as production would."""
    port = free_port()
    with NamedTemporaryFile("w+") as log:
        process = start(server_command(port, *options, app=app), stdout=log, stderr=log)
        server = Server(process, port)
        try:
            wait_until(lambda: answers(port) or process.poll() is not None, 15)
            assert process.poll() is None, Path(log.name).read_text()
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)
            log.seek(0)
            server.log = log.read()
