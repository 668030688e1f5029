"""Pages whose words are a Markdown file with a front matter, in the folder `pages` beside this."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from recruit.web import markdown

FOLDER = Path(__file__).parent / "pages"
FENCE = "+++\n"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from."""

    title: str
    publisher: str
    published: date
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its words, the day they were true, and where its claims come from."""

    title: str
    summary: str
    as_of: date
    sources: Sequence[Source]
    body: Markup


@cache
def content_page(name: str) -> Page:
    """Return the page in `pages/<name>.md`, read once.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it has no front matter between two lines of `+++`.
    """
    return parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"))


def parse(text: str) -> Page:
    """Return the page that `text` says.

    Raises:
        ValueError: it has no front matter between two lines of `+++`, or that lacks something.
    """
    start, fence, rest = text.partition(FENCE)
    front, end, body = rest.partition(FENCE)
    if start or not fence or not end:
        raise ValueError("a page begins with a front matter between two lines of +++")
    about: dict[str, Any] = tomllib.loads(front)
    if missing := {"title", "summary", "as_of", "sources"} - about.keys():
        raise ValueError(f"the front matter lacks {', '.join(sorted(missing))}")
    sources = tuple(Source(**source) for source in about["sources"])
    return Page(about["title"], about["summary"], about["as_of"], sources, markdown.render(body))
