"""Several commands as one, in the foreground: started together, restarted when they die, stopped together.

    python recruit/serving/supervisor.py "web=…" "worker=…"

For `make run`, and for places without systemd. The first command is the one the others are there for: when it cannot
start, nothing is left running. This file imports nothing of the project, so run as a file it starts at once and stays
small beside what it watches over.
"""

import ctypes
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from types import FrameType
from typing import Final

import click

GRACE: Final = 15.0  # seconds: longer than the web server gives its own workers
HEAD_START: Final = 1.0  # seconds that the first command has to itself, to be there the sooner
STEADY: Final = 10.0  # seconds after which a command counts as having started
KILLED_PAUSE: Final = 0.1  # seconds before the restart of what was killed: that says nothing about the next start
FIRST_PAUSE: Final = 0.5  # seconds before the first restart of what ended by itself; doubled up to
LONGEST_PAUSE: Final = 30.0
_TICK: Final = 0.1
_PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
_libc: Final = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded before any fork
_STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end_with(parent: int) -> None:
    """Have this process sent SIGTERM when its parent dies, even by kill -9; does nothing where there is no Linux.

    A server whose parent was killed would go on answering beside its replacement, with old code and old settings.

    Args:
        parent: The parent's process id as it was at the fork: if it is another by now, the parent is gone already.
    """
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


@dataclass(frozen=True)
class Command:
    """A program to keep running.

    Args:
        name: What messages call it.
        argv: The program and its arguments.
    """

    name: str
    argv: tuple[str, ...]


@dataclass
class _Kept:
    """A command with the process that runs it now, if one does."""

    command: Command
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = field(default=0.0)
    was_steady: bool = False

    def start(self, now: float) -> None:
        """Start the process in a session of its own: a terminal's Ctrl-C comes to the supervisor alone."""
        self.process = subprocess.Popen(  # noqa: S603 - the commands are the operator's own
            self.command.argv, start_new_session=True, preexec_fn=partial(end_with, os.getpid())
        )
        self.started = now

    def signal(self, number: int, *, group: bool = False) -> None:
        """Send a signal to the process, or to all that it has started and left behind too."""
        if self.process:
            with suppress(ProcessLookupError):
                (os.killpg if group else os.kill)(self.process.pid, number)


def supervise(
    commands: Sequence[Command],
    *,
    grace: float = GRACE,
    steady: float = STEADY,
    say: Callable[[str], object] = click.echo,
) -> int:
    """Run commands until SIGINT, SIGTERM or SIGHUP, then stop them all.

    The first is started a second before the others: people wait for it, and starting takes all of a processor.
    A command that ends is started again after a pause that doubles from half a second to half a minute; it is the
    first again once the command has run for `steady` seconds. One that was killed waits for a tenth of a second only.
    A second signal stops without grace.

    Args:
        commands: What to run; the first is essential.
        grace: Seconds from SIGTERM to SIGKILL when stopping.
        steady: Seconds after which a command counts as having started. An essential one that exits with an error
            before that, the first time, cannot start: everything is stopped.
        say: Where messages go.

    Returns:
        0 when stopped by a signal, the essential command's status when it cannot start.

    Raises:
        OSError: A program is not there or may not be run.
    """
    signals: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        signals.append(number)

    before = {number: signal.signal(number, note) for number in _STOPPING}
    others_due = time.monotonic() + HEAD_START
    kept = [_Kept(command, due=others_due if number else 0.0) for number, command in enumerate(commands)]
    try:
        return _watch(kept, signals, steady, say)
    finally:
        _stop(kept, grace, signals)
        for number, handler in before.items():
            signal.signal(number, handler)


def _watch(kept: list[_Kept], signals: list[int], steady: float, say: Callable[[str], object]) -> int:
    """Start, and restart, until a signal comes or the first command turns out not to start."""
    while not signals:
        now = time.monotonic()
        for one in kept:
            if one.process is None:
                if now >= one.due:
                    one.start(now)
                continue
            if now - one.started >= steady:
                one.was_steady, one.pause = True, FIRST_PAUSE
            status = one.process.poll()
            if status is None:
                continue
            if status > 0 and one is kept[0] and not one.was_steady:
                say(f"{one.command.name} could not start (status {status}); stopping.")
                return status
            _retire(one, status, now, say)
        time.sleep(_TICK)
    return 0


def _retire(one: _Kept, status: int, now: float, say: Callable[[str], object]) -> None:
    """Clear away what a dead process left behind and set the moment of the next start."""
    if status == -signal.SIGKILL:
        pause, one.pause = KILLED_PAUSE, FIRST_PAUSE
    else:
        pause, one.pause = one.pause, min(2 * one.pause, LONGEST_PAUSE)
    say(f"{one.command.name} ended (status {status}); starting it again in {pause:g} s.")
    one.signal(signal.SIGKILL, group=True)
    one.process = None
    one.due = now + pause


def _stop(kept: list[_Kept], grace: float, signals: list[int]) -> None:
    """End every process and all that they have started, first by asking."""
    asked = len(signals)
    for one in kept:
        one.signal(signal.SIGTERM)
    deadline = time.monotonic() + grace
    running = [one.process for one in kept if one.process]
    while any(process.poll() is None for process in running) and time.monotonic() < deadline and len(signals) <= asked:
        time.sleep(_TICK)
    for one in kept:
        one.signal(signal.SIGKILL, group=True)
    for process in running:
        process.wait()


@click.command()
@click.argument("commands", nargs=-1, required=True, metavar="NAME=COMMAND...")
@click.option("--grace", type=click.FloatRange(0), default=GRACE, show_default=True, help="seconds to stop in")
@click.option(
    "--steady", type=click.FloatRange(0), default=STEADY, show_default=True, help="seconds to count as started"
)
def main(commands: Sequence[str], grace: float, steady: float) -> None:
    """Run commands together, each given as NAME=COMMAND; the first is essential."""
    named = [argument.partition("=") for argument in commands]
    if any(not command for _, _, command in named):
        raise click.UsageError("each command is given as NAME=COMMAND")
    try:
        status = supervise(
            [Command(name, tuple(shlex.split(line))) for name, _, line in named], grace=grace, steady=steady
        )
    except OSError as error:
        sys.exit(f"Cannot run {error.filename}: {error.strerror}")
    sys.exit(status)


if __name__ == "__main__":
    main()
