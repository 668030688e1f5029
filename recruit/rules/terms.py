"""Where the terms of a welcome payment stand, and what may happen to them next."""

from enum import StrEnum

from recruit.rules.access import Permission
from recruit.rules.lifecycle import Move


class TermsStatus(StrEnum):
    """Approved terms are never edited: a later version takes their place."""

    DRAFT = "draft"
    APPROVED = "approved"
    DISCARDED = "discarded"


T, P = TermsStatus, Permission

# fmt: off
TERMS_MOVES: tuple[Move[TermsStatus], ...] = (
    Move(T.DRAFT, T.APPROVED,  P.TERMS_APPROVE, "Approve these terms"),
    Move(T.DRAFT, T.DISCARDED, P.PAY_MANAGE,    "Delete this draft"),
)
# fmt: on

TERMS_WORDS = {T.DRAFT: "Draft", T.APPROVED: "Approved", T.DISCARDED: "Deleted draft"}
