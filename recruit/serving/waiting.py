"""Letting one request wait in the middle of what it does, while its process serves others.

The application runs in a greenlet.  What it waits for is made by another thread; the event loop has the thread of the
application until then.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final, TypeVar

from greenlet import getcurrent, greenlet  # type: ignore[import-untyped]  # its types are not installed

WAIT: Final = "recruit.wait"
"""Where the environ has `wait`.  Whoever calls it holds no connection to a database and no lock."""

T = TypeVar("T")


async def run(function: Callable[..., T], *given: Any) -> T:
    """Run a part of the application; where it waits, serve others until that has come."""
    here = getcurrent()
    part = greenlet(function)
    part.gr_context = here.gr_context  # one context for all parts of a request, as without greenlets
    answer = part.switch(*given)
    while not part.dead:
        try:
            made = await asyncio.wrap_future(answer)
        except BaseException as error:  # or that nobody wants it any more: told where it is waited for
            answer = part.throw(error)
        else:
            answer = part.switch(made)
    return answer  # type: ignore[no-any-return]  # what the function returned


def wait(future: "Future[T]") -> T:
    """Return what comes of `future`, or raise what it raises.  To be called inside `run` alone."""
    parent = getcurrent().parent
    assert parent is not None  # noqa: S101  the loop's own greenlet runs no part of an application
    return parent.switch(future)  # type: ignore[no-any-return]  # what the future has
