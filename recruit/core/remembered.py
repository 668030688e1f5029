"""What a process remembers of what it asked lately: so that it asks for less, or for more in one turn.

What may be otherwise by now is never shown and never relied on: whoever asks by it compares it with what the database
says in the same answer, and asks again where it is so no more.
"""

from collections import OrderedDict
from collections.abc import Hashable
from contextlib import suppress
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """What a process remembers of each key, those that were used last.

    Args:
        most: how many.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """Return what was noted; None where nothing was, or too long ago."""
        with suppress(KeyError):  # also where another thread drops it meanwhile
            self._values.move_to_end(key)
        return self._values.get(key)

    def note(self, key: K, value: V) -> None:
        """Remember what is so now."""
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > self._most:
            self._values.popitem(last=False)
