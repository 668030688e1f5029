"""A page as a file: a front matter in TOML between two lines of `+++`, then Markdown."""

import tomllib
from typing import Any, NamedTuple

FENCE = "+++\n"


class File(NamedTuple):
    """What such a file says of its page, and the page's Markdown."""

    about: dict[str, Any]
    body: str


def read_file(text: str) -> File:
    """Return the parts of `text`.

    Raises:
        ValueError: it has no front matter between two lines of `+++`, or that lacks something.
    """
    start, fence, rest = text.partition(FENCE)
    front, end, body = rest.partition(FENCE)
    if start or not fence or not end:
        raise ValueError("a page begins with a front matter between two lines of +++")
    about: dict[str, Any] = tomllib.loads(front)
    if missing := {"title", "summary"} - about.keys():
        raise ValueError(f"the front matter lacks {', '.join(sorted(missing))}")
    return File(about, body.strip("\n"))
