"""The words that come with the service: what a database that has none of its own shows, and what is loaded into it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from recruit.content.addresses import FIXED
from recruit.content.front_matter import read_file
from recruit.content.models import ContentKind, WhenStale
from recruit.content.shelf import Fact, Words
from recruit.core.text import clean_prose

FOLDER = Path(__file__).parent / "pages"
CLAIMS = Path(__file__).parent / "claims.toml"


@cache
def shipped_pages() -> Mapping[tuple[ContentKind, str], Words]:
    """Return the pages of the folder `pages`, in the order of the service."""
    return {(ContentKind.PAGE, slug): page_of_file(FOLDER / f"{slug}.md", ContentKind.PAGE) for slug in FIXED}


@cache
def shipped_facts() -> Mapping[str, Fact]:
    """Return the claims of `claims.toml`."""
    return {fact.slug: fact for fact in facts_of_file(CLAIMS)}


def page_of_file(file: Path, kind: ContentKind) -> Words:
    """Return the page that a file is; its name is the slug.

    Raises:
        ValueError: the file is not one.
    """
    about, body = read_file(file.read_text(encoding="utf-8"))
    return Words(
        kind,
        file.stem,
        about["title"],
        about["summary"],
        clean_prose(body),
        about["as_of"],
        about.get("recording_url", ""),
        clean_prose(about.get("transcript", "")),
    )


def facts_of_file(file: Path) -> list[Fact]:
    """Return the claims that a file of [[claims]] has."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["claims"]
    return [Fact(**{**row, "when_stale": WhenStale(row["when_stale"])}) for row in rows]
