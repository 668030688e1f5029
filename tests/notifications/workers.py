"""Real worker processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from recruit.config import Settings

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Workers:
    """Starts workers on a database and a way out, and ends those that are left.

    Args:
        settings: of the database and the data folder.
        mail_url: the way out.
        options: of the command.
        log: where they all write.
    """

    settings: Settings
    mail_url: str
    options: tuple[str, ...]
    log: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> subprocess.Popen[bytes]:
        environment = {
            "PATH": os.environ["PATH"],
            "RECRUIT_ENV": "demo",
            "DATA_DIR": str(self.settings.data_dir),
            "DATABASE_URL": self.settings.database_url,
            "MAIL_URL": self.mail_url,
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "wsgi", "worker", *self.options],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End it as kill -9 does."""
        process.kill()
        assert process.wait(10) == -signal.SIGKILL
        self.running.remove(process)

    def stop(self, process: subprocess.Popen[bytes], number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop, once it listens, and return its status: who is stopped while starting just ends."""
        wait_for(lambda: f'"pid": {process.pid},' in self.log.read_text() or process.poll() is not None, self)
        process.send_signal(number)
        self.running.remove(process)
        return process.wait(20)


@contextmanager
def working(settings: Settings, mail_url: str, tmp_path: Path, *options: str) -> Iterator[Workers]:
    """Give a way to start workers; the rest are stopped at the end and must stop with status 0."""
    workers = Workers(settings, mail_url, options, tmp_path / "workers.log")
    try:
        yield workers
    finally:
        statuses = [workers.stop(process) for process in list(workers.running)]
    assert statuses == [0] * len(statuses), workers.log.read_text()


def wait_for(condition: Callable[[], bool], workers: Workers, seconds: float = 30) -> None:
    """Wait until `condition` holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, workers.log.read_text()[-5000:]
        time.sleep(0.01)
