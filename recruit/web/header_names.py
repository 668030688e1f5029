"""The names of an answer's headers, read at once."""

from operator import itemgetter
from typing import Final

from werkzeug.datastructures import Headers


def names_of(headers: Headers) -> frozenset[str]:
    """Return the names of headers in small letters.

    To ask Werkzeug whether one is there reads each in Python, and an error says that it is not: a fiftieth of a page.
    """
    return frozenset(map(str.lower, map(_NAME, headers._list)))


_NAME: Final = itemgetter(0)
