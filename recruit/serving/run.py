"""The production web server: granian with our settings.

python -m recruit.serving.run wsgi:app --host 127.0.0.1 --port 8000 --workers 2
"""

import contextlib
import gc
import multiprocessing
import os
import resource
import signal
import socket
import sys
import threading
import time
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Final

import click
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer
from werkzeug.utils import import_string

from recruit.serving.asgi import BufferedWSGI, Uploads

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

BODY_TIMEOUT: Final = 30.0  # seconds for a whole body
HEADER_TIMEOUT: Final = 15.0  # seconds for the headers, and for the pause between two requests of a connection
HEADER_BYTES: Final = 32 * 1024  # of request line and headers together; beyond it 431
GRACE: Final = 10  # seconds that requests in hand have to finish in when the server is stopped
CONNECTIONS: Final = 2000  # a worker's, slow ones included; each may need a second file for a long body
_BEGINNING: Final = 0.5  # seconds in which a worker has begun to serve, and is not asked to stop
_LOOKS: Final = (
    0.1  # seconds between two looks whether its server is there: less than the next one takes to want the port
)
STOPS: Final = frozenset({signal.SIGTERM, signal.SIGINT})  # what asks a process to stop


class Server(MPServer):
    """granian, patient with its workers when it stops.

    A thread of its own waits for each worker too, so for a moment one that has ended may look alive; granian allows a
    thousandth of a second for that, and would say on a busy machine that it killed a worker that had stopped as asked.
    """

    grace = GRACE

    def _stop_workers(self) -> None:
        for worker in self.wrks:
            worker.terminate()  # type: ignore[no-untyped-call]  # granian's, here and below
        until = time.monotonic() + self.grace
        while time.monotonic() < until and any(
            worker.is_alive()  # type: ignore[no-untyped-call]
            for worker in self.wrks
        ):
            time.sleep(0.01)
        super()._stop_workers()  # type: ignore[no-untyped-call]


def serve(
    app_target: str,
    host: str,
    port: int,
    workers: int,
    *,
    max_body: int | None = None,
    body_timeout: float = BODY_TIMEOUT,
    header_timeout: float = HEADER_TIMEOUT,
    grace: int = GRACE,
) -> None:
    """Serve a WSGI application until SIGTERM or SIGINT, then finish the requests in hand and return.

    A worker process that dies is replaced at once; one that dies again within five seconds ends the server.

    On Linux the application is imported once, here, and the workers begin as copies of this process: they start at
    once and share its memory. So an application must not open connections, or start threads, as it is imported.

    Args:
        app_target: Where the application is, as "module:attribute".
        host: The address to listen on.
        port: The port to listen on.
        workers: How many processes; each runs one request at a time.
        max_body: The largest request body, in bytes (413 beyond it); None for the limit that the application has
            itself, see `own_limit`.
        body_timeout: Seconds for a request's body to come whole (408 beyond it).
        header_timeout: Seconds for a request's headers to come whole; also how long an idle connection is kept.
        grace: Seconds that requests in hand have to finish in when the server is stopped.

    Raises:
        SystemExit: With a message when the port cannot be listened on, with 1 when the workers cannot run.
    """
    address = _free_address(host, port)
    _import_once(app_target)
    server = Server(
        app_target,
        address=address,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        http=HTTPModes.http1,
        websockets=False,
        backlog=1024,
        backpressure=_connections(),
        http1_settings=HTTP1Settings(header_read_timeout=int(header_timeout * 1000), max_buffer_size=HEADER_BYTES),
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=1,  # second: after `grace`
    )
    server.grace = grace
    click.echo(
        f"Listening on http://{f'[{host}]' if ':' in host else host}:{port} with {workers} worker processes", err=True
    )
    load = partial(_load, app_target, max_body, body_timeout, os.getpid())
    server.serve(target_loader=load, wrap_loader=False)


def _import_once(app_target: str) -> None:
    """Import the application before the workers are forked from this process."""
    if sys.platform != "linux":
        return
    multiprocessing.set_start_method("fork")
    for number in STOPS:
        signal.signal(number, _leave_at_once)
    hear_stops_in_children()
    gc.disable()  # an import makes much that stays
    import_string(app_target)
    gc.freeze()  # what is never looked at again stays shared with the workers
    gc.enable()


def _leave_at_once(_number: int, _frame: FrameType | None) -> None:
    """End in the middle of an import: there is nothing to finish yet."""
    os._exit(0)


def hear_stops_in_children() -> None:
    """Let a request to stop end each process that is forked from this one, from its first moment on.

    Until granian sets a worker's own signal handlers, it has a copy of the server's, which would swallow the request.
    What comes while a process is being forked waits until it has forgotten them.
    """
    hold = partial(signal.pthread_sigmask, signal.SIG_BLOCK, STOPS)
    os.register_at_fork(before=hold, after_in_parent=_hear_stops, after_in_child=_stop_by_default)


def _stop_by_default() -> None:
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
    _hear_stops()


def _hear_stops() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def _load(app_target: str, max_body: int | None, body_timeout: float, parent: int) -> BufferedWSGI:
    """Return the application as granian wants it; called in each worker process."""
    _stop_by_default()  # a worker that was not forked
    wsgi = import_string(app_target)
    app = BufferedWSGI(wsgi, own_limit(wsgi) if max_body is None else max_body, body_timeout, own_uploads(wsgi))
    threading.Thread(target=_end_with, args=(parent, app), name="parent", daemon=True).start()
    return app


def _end_with(parent: int, app: BufferedWSGI) -> None:
    """Have this worker stop once its parent has died, even by kill -9, and end it when what was asked is answered.

    Not by the signal that Linux sends at a parent's death: granian locks up for good, with Python's lock in its hand
    and its port open, where it is asked to stop as it begins to serve.  A fiftieth of the workers whose server was
    killed just then did.
    """
    time.sleep(_BEGINNING)
    while os.getppid() == parent:
        time.sleep(_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
    until = time.monotonic() + GRACE
    while app.unanswered and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(1)  # it should have ended by now
    os._exit(0)


def own_limit(app: "WSGIApplication") -> int:
    """Return the largest request body that an application takes by its own account, in bytes.

    That is Flask's MAX_CONTENT_LENGTH; 0 where it has none: what has not been thought about is not let in.
    """
    limit: int | None = getattr(app, "config", {}).get("MAX_CONTENT_LENGTH")
    return limit or 0


def own_uploads(app: "WSGIApplication") -> Uploads | None:
    """Return where an application takes files, by its own account: its config's UPLOADS."""
    uploads: tuple[str, int, float] | None = getattr(app, "config", {}).get("UPLOADS")
    return Uploads(*uploads) if uploads else None


def _free_address(host: str, port: int) -> str:
    """Return the host's numeric address if the port can be had there; otherwise say so and exit.

    granian shares its port among processes, so without this two servers on one port would take requests in turn.
    """
    try:
        found = min(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))  # IPv4 before IPv6
        with socket.socket(found[0]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[4])
    except OSError as error:
        sys.exit(f"Cannot listen on {host} port {port}: {error.strerror}. Stop what uses it, or set another PORT.")
    return str(found[4][0])


def _connections() -> int:
    """Return how many connections a worker may hold, after asking for as many open files as they may need."""
    wanted = 2 * CONNECTIONS + 200
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return min(CONNECTIONS, max(1, (soft - 200) // 2))


@click.command()
@click.argument("app_target")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="one for each CPU")
@click.option("--max-body", type=click.IntRange(1), show_default="the application's own", help="bytes")
@click.option("--body-timeout", type=click.FloatRange(0.1), default=BODY_TIMEOUT, show_default=True, help="seconds")
@click.option(
    "--header-timeout", type=click.FloatRange(0.1, 60), default=HEADER_TIMEOUT, show_default=True, help="seconds"
)
@click.option("--grace", type=click.IntRange(1), default=GRACE, show_default=True, help="seconds")
def main(
    app_target: str,
    host: str,
    port: int,
    workers: int,
    max_body: int | None,
    body_timeout: float,
    header_timeout: float,
    grace: int,
) -> None:
    """Serve the WSGI application APP_TARGET, "module:attribute", which Python can import."""
    serve(
        app_target,
        host,
        port,
        workers,
        max_body=max_body,
        body_timeout=body_timeout,
        header_timeout=header_timeout,
        grace=grace,
    )


if __name__ == "__main__":
    main()
