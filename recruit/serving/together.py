"""Doing once what several requests want done before they are answered.

A disk keeps ten commits in the time of one.  So where others are in hand, a task waits for them a little, and all who
want the same by then share it.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

LITTLE: Final = 0.008  # seconds that a task waits for others: two answers of the slow kind

Task = Callable[[], object]


class Together:
    """Runs tasks in threads; equal ones that were asked for before it begins are done at once for all who asked."""

    def __init__(self) -> None:
        self._waiting: dict[Task, asyncio.Future[None]] = {}
        self._alone = asyncio.Event()

    async def do(self, task: Task, *, others: bool) -> None:
        """Return when `task` has been done, from a moment on that is not before now.

        Args:
            task: what equals it is the same task.
            others: whether somebody else is in hand, who may want the same.

        Raises:
            Exception: what the task raised, to all who share it.
        """
        shared = self._waiting.get(task)
        if shared is None:
            if others:
                self._alone.clear()
            shared = self._waiting[task] = asyncio.ensure_future(self._soon(task, LITTLE if others else 0))
        await asyncio.shield(shared)  # who goes away leaves it to the others

    def hurry(self) -> None:
        """Begin what waits: nobody else is in hand any more."""
        self._alone.set()

    async def _soon(self, task: Task, delay: float) -> None:
        if delay:
            with suppress(TimeoutError):
                async with asyncio.timeout(delay):
                    await self._alone.wait()
        del self._waiting[task]  # whoever asks from here on may be too late for it
        await asyncio.get_running_loop().run_in_executor(None, task)
