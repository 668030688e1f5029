"""Being asked to stop, without being torn from what is in hand."""

import os
import select
import signal
import time
from types import FrameType


class Stop:
    """Whether somebody has asked this process to stop, and a sleep that ends when they do.

    A pipe and not `threading.Event`: a signal's handler that sets an event can wait for the lock of the very
    `Event.wait` that it interrupted.
    """

    def __init__(self) -> None:
        self.asked_at: float | None = None
        self._out, self._in = os.pipe()

    def on_signals(self) -> None:
        """Be asked by SIGTERM and SIGINT from now on."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note)

    def ask(self) -> None:
        """Ask to stop."""
        if self.asked_at is None:
            self.asked_at = time.monotonic()
            os.write(self._in, b"s")

    def wait(self, seconds: float) -> bool:
        """Sleep for `seconds`, less if asked to stop; say whether asked."""
        if self.asked_at is None:
            select.select([self._out], [], [], seconds)
        return self.asked_at is not None

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.ask()
