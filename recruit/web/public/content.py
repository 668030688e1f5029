"""The legal pages: Markdown files in the folder `pages` beside this, which change with the service and not by staff.

All other pages of words come from the shelf of published pages.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from flask import render_template
from flask.typing import ResponseReturnValue

from recruit.content.front_matter import read_file
from recruit.content.models import ContentKind
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import NotFound
from recruit.web import markdown
from recruit.web.content_shown import Page, Source, blanks, contact_of_settings, page_of
from recruit.web.public.keeping import keep_as_is
from recruit.web.shelf import shelf

FOLDER = Path(__file__).parent / "pages"
BLANK = "{{"
LISTED = (ContentKind.NEWS, ContentKind.STORY)  # kinds of which there are many, each like the others
OTHERS = 3  # of these shown in place of one that was withdrawn
NOT_FOUND = "There is no page at this address."


def published_page(kind: ContentKind, slug: str) -> Page:
    """Return a page that staff have published, as readers see it now.

    Raises:
        NotFound: there is none.
    """
    held = shelf()
    words = held.pages.get((kind, slug))
    if words is None:
        raise NotFound(NOT_FOUND)
    return page_of(words, held, london_day(clock.now()))


def answer(template: str, kind: ContentKind, slug: str) -> ResponseReturnValue:
    """Show a page that staff have published; of one that they withdrew, what there is instead, with 410.

    Args:
        template: what shows it, with the variable `page`.
        kind: of the page.
        slug: the last part of its address.

    Raises:
        NotFound: there never was one for the public.
    """
    held = shelf()
    if (kind, slug) in held.withdrawn:
        others = held.of_kind(kind)[:OTHERS] if kind in LISTED else ()
        return render_template("errors/page_withdrawn.html", others=others, kind=kind.value, canonical=""), 410
    keep_as_is()
    return render_template(template, page=published_page(kind, slug))


def content_page(name: str) -> Page:
    """Return the page in `pages/<name>.md`, read once, with its blanks filled in by the settings.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it has no front matter between two lines of `+++`, or a blank that nothing fills.
    """
    return _read(name, contact_of_settings())


@lru_cache
def _read(name: str, contact: str) -> Page:
    return parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"), blanks(contact))


def parse(text: str, blanks: Mapping[str, str] | None = None) -> Page:
    """Return the page that `text` says.

    Args:
        text: a front matter and Markdown.
        blanks: what stands for `{{ name }}` in the Markdown.

    Raises:
        ValueError: it has no front matter between two lines of `+++`, that lacks something, or a blank stays empty.
    """
    about, body = read_file(text)
    if missing := {"as_of", "sources"} - about.keys():
        raise ValueError(f"the front matter lacks {', '.join(sorted(missing))}")
    for name, words in (blanks or {}).items():
        body = body.replace(f"{BLANK} {name} }}}}", words)
    if BLANK in body:
        raise ValueError("nothing fills in a blank of the page")
    sources = tuple(Source(**source) for source in about["sources"])
    return Page(about["title"], about["summary"], about["as_of"], markdown.render(body), sources)
