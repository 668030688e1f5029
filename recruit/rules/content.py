"""The pages that staff write, as tables: where a version stands, and what may become of it."""

from enum import StrEnum

from recruit.rules.access import Permission as P
from recruit.rules.lifecycle import Move


class ContentStatus(StrEnum):
    """Where one version of a page stands.  A page has one draft and one published version at most."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


S = ContentStatus

# fmt: off
CONTENT_MOVES: tuple[Move[ContentStatus], ...] = (
    Move(S.DRAFT,     S.PUBLISHED,  P.CONTENT_EDIT, "Publish"),
    Move(S.DRAFT,     S.SUPERSEDED, P.CONTENT_EDIT, "Save a newer draft"),
    Move(S.DRAFT,     S.WITHDRAWN,  P.CONTENT_EDIT, "Delete draft"),
    Move(S.PUBLISHED, S.SUPERSEDED, P.CONTENT_EDIT, "Publish a newer version"),
    Move(S.PUBLISHED, S.WITHDRAWN,  P.CONTENT_EDIT, "Withdraw", needs_reason=True),
)
# fmt: on

LIVE = (S.DRAFT, S.PUBLISHED)
"""The statuses of what the public reads or may read next; the others are history."""

CONTENT_WORDS = {
    S.DRAFT: "Draft",
    S.PUBLISHED: "Published",
    S.SUPERSEDED: "Replaced",
    S.WITHDRAWN: "Withdrawn",
}
