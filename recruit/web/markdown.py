"""Markdown from staff, made into HTML that can do no harm."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
TAGS = set(
    "p br h2 h3 h4 ul ol li strong em a blockquote table thead tbody tr th td hr".split()  # noqa: SIM905  reads better
)
CLASSES = {
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "h4": "govuk-heading-s",
    "table": "govuk-table",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}


def _no_other_host(_tag: str, name: str, value: str) -> str | None:
    """Drop an address like //host: it names no scheme, so it would pass for one of our own."""
    return None if name == "href" and value.startswith(("//", "/\\")) else value


def without_looks(html: str) -> str:
    """Return what `render` made without its classes: for other programs, which have looks of their own."""
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, link_rel=None)


@lru_cache(maxsize=2_048)
def render(text: str) -> Markup:
    """Return `text` as HTML with the Design System's classes.  A heading of the text starts at level 2."""
    html = nh3.clean(
        _parser.render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>"),
        tags=TAGS,
        attributes={"a": {"href"}, "th": {"scope"}},
        url_schemes={"http", "https", "mailto", "tel"},
        set_tag_attribute_values={
            tag: {"class": names, **({"scope": "col"} if tag == "th" else {})} for tag, names in CLASSES.items()
        },
        link_rel="noopener",
        attribute_filter=_no_other_host,
    )
    return Markup(html)  # noqa: S704  nh3 has just cleaned it
