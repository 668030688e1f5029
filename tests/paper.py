"""PDFs as a reader has them: their words, and what a screen reader goes by."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests import pango

needs_pango = pytest.mark.skipif(
    not pango.find() and not os.environ.get("CI"), reason=f"there is no Pango. {pango.HOW}"
)
"""Elsewhere `make test` says what could not run; in CI a test without Pango fails."""


@dataclass(frozen=True)
class Paper:
    """One PDF.

    Args:
        text: its words, page by page, with single spaces.
        tags: the kinds of things that it says it has, such as "H1" and "Table".
    """

    title: str
    language: str
    is_marked: bool
    tags: frozenset[str]
    pages: int
    text: str


def read(body: bytes) -> Paper:
    """Return what a PDF says."""
    found = PdfReader(BytesIO(body))
    root = found.trailer["/Root"]
    return Paper(
        title=found.metadata.title if found.metadata and found.metadata.title else "",
        language=root.get("/Lang", ""),
        is_marked=bool(root.get("/MarkInfo", {}).get("/Marked")),
        tags=frozenset(_tags(root["/StructTreeRoot"])) if "/StructTreeRoot" in root else frozenset(),
        pages=len(found.pages),
        text=" ".join(" ".join(page.extract_text() for page in found.pages).split()),
    )


def _tags(thing: Any) -> Iterator[str]:
    """Go through what stands in a document's tree of tags."""
    if "/S" in thing:
        yield str(thing["/S"]).removeprefix("/")
    inside = thing.get("/K")
    for child in inside if isinstance(inside, list) else []:
        found = child.get_object()
        if isinstance(found, dict):
            yield from _tags(found)
