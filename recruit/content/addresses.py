"""Where the public finds a page."""

from collections.abc import Mapping

from recruit.content.models import ContentKind

FIXED = ("why-work-here", "how-we-recruit", "newly-qualified", "teams", "living-here")
"""Pages that others lead to, so that they are changed but never withdrawn."""

_FOLDERS: Mapping[ContentKind, str] = {
    ContentKind.PAGE: "/about",
    ContentKind.TEAM: "/teams",
    ContentKind.STORY: "/stories",
    ContentKind.NEWS: "/news",
}


def is_fixed(kind: ContentKind, slug: str) -> bool:
    """Say whether the service itself leads to this page."""
    return kind is ContentKind.PAGE and slug in FIXED


def path_of(kind: ContentKind, slug: str) -> str:
    """Return the path of a page's public address."""
    return f"/{slug}" if is_fixed(kind, slug) else f"{_FOLDERS[kind]}/{slug}"
