"""What may happen next: one row a move.

Read by the columns' CHECKs, by services, forms and buttons, by tests and by `flask lifecycle`, which prints the
diagram in docs/lifecycle.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from recruit.core.errors import Conflict
from recruit.rules.access import Actor, Permission, authorise, can
from recruit.rules.notifications import Notification

S = TypeVar("S", bound=StrEnum)


class ApplicationStatus(StrEnum):
    """Where an application stands, in the words of staff."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SHORTLISTED = "shortlisted"
    NOT_SHORTLISTED = "not_shortlisted"
    APPOINTED = "appointed"
    RESERVE = "reserve"
    NOT_APPOINTED = "not_appointed"
    WITHDRAWN = "withdrawn"
    VACANCY_CANCELLED = "vacancy_cancelled"


class VacancyStatus(StrEnum):
    """What people decided about a vacancy.  Whether it is open now is a question to the clock.

    Published means approved; the last three before cancelled say what came of it, by how many posts were filled.
    """

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    CHANGES_REQUESTED = "changes_requested"
    PUBLISHED = "published"
    PAUSED = "paused"
    FILLED = "filled"
    PART_FILLED = "part_filled"
    UNFILLED = "unfilled"
    CANCELLED = "cancelled"


class VacancyChange(StrEnum):
    """What people do to a published vacancy that leaves its status as it is: the clock reads the new closing moment."""

    EXTEND = "extend"
    END = "end"


class RevisionStatus(StrEnum):
    """Where a change of a published vacancy stands.  The published text is public until it is approved."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """One row: from where, to where, by whom, in what words, who is told, is a reason needed, does it take back a move."""

    source: S
    target: S
    permission: Permission
    label: str
    notification: Notification | None = None
    needs_reason: bool = False
    is_undo: bool = False


A, V, P, N = ApplicationStatus, VacancyStatus, Permission, Notification

# fmt: off
APPLICATION_MOVES: tuple[Move[ApplicationStatus], ...] = (
    Move(A.DRAFT,           A.SUBMITTED,       P.APPLICATION_SUBMIT,   "Send application",         N.APPLICATION_SUBMITTED),
    Move(A.SUBMITTED,       A.SHORTLISTED,     P.APPLICATION_REVIEW,   "Shortlist",                N.APPLICATION_SHORTLISTED),
    Move(A.SUBMITTED,       A.NOT_SHORTLISTED, P.APPLICATION_REVIEW,   "Mark as unsuccessful",     N.APPLICATION_NOT_SHORTLISTED, needs_reason=True),
    Move(A.SHORTLISTED,     A.SUBMITTED,       P.APPLICATION_REVIEW,   "Undo shortlisting",        is_undo=True),
    Move(A.NOT_SHORTLISTED, A.SUBMITTED,       P.APPLICATION_REVIEW,   "Undo marking as unsuccessful", is_undo=True),
    Move(A.SHORTLISTED,     A.APPOINTED,       P.APPLICATION_REVIEW,   "Appoint",                  N.APPLICATION_APPOINTED),
    Move(A.SHORTLISTED,     A.RESERVE,         P.APPLICATION_REVIEW,   "Put on the reserve list",  N.APPLICATION_RESERVE),
    Move(A.SHORTLISTED,     A.NOT_APPOINTED,   P.APPLICATION_REVIEW,   "Mark as not appointed",    N.APPLICATION_NOT_APPOINTED, needs_reason=True),
    Move(A.RESERVE,         A.APPOINTED,       P.APPLICATION_REVIEW,   "Appoint from the reserve list", N.APPLICATION_APPOINTED),
    Move(A.RESERVE,         A.NOT_APPOINTED,   P.APPLICATION_REVIEW,   "Mark as not appointed",    N.APPLICATION_NOT_APPOINTED, needs_reason=True),
    Move(A.APPOINTED,       A.SHORTLISTED,     P.APPLICATION_REVIEW,   "Undo appointing",          is_undo=True),
    Move(A.APPOINTED,       A.RESERVE,         P.APPLICATION_REVIEW,   "Undo appointing from the reserve list", is_undo=True),
    Move(A.RESERVE,         A.SHORTLISTED,     P.APPLICATION_REVIEW,   "Undo putting on the reserve list", is_undo=True),
    Move(A.NOT_APPOINTED,   A.SHORTLISTED,     P.APPLICATION_REVIEW,   "Undo marking as not appointed", is_undo=True),
    Move(A.NOT_APPOINTED,   A.RESERVE,         P.APPLICATION_REVIEW,   "Undo marking as not appointed from the reserve list", is_undo=True),
    Move(A.SUBMITTED,       A.WITHDRAWN,       P.APPLICATION_WITHDRAW, "Withdraw application",     N.APPLICATION_WITHDRAWN, needs_reason=True),
    Move(A.SHORTLISTED,     A.WITHDRAWN,       P.APPLICATION_WITHDRAW, "Withdraw application",     N.APPLICATION_WITHDRAWN, needs_reason=True),
    Move(A.NOT_SHORTLISTED, A.WITHDRAWN,       P.APPLICATION_WITHDRAW, "Withdraw application",     N.APPLICATION_WITHDRAWN, needs_reason=True),
    Move(A.APPOINTED,       A.WITHDRAWN,       P.APPLICATION_WITHDRAW, "Withdraw application",     N.APPLICATION_WITHDRAWN, needs_reason=True),
    Move(A.RESERVE,         A.WITHDRAWN,       P.APPLICATION_WITHDRAW, "Withdraw application",     N.APPLICATION_WITHDRAWN, needs_reason=True),
    Move(A.NOT_APPOINTED,   A.WITHDRAWN,       P.APPLICATION_WITHDRAW, "Withdraw application",     N.APPLICATION_WITHDRAWN, needs_reason=True),
    Move(A.SUBMITTED,       A.VACANCY_CANCELLED, P.VACANCY_CANCEL,     "Cancel vacancy",           N.APPLICATION_VACANCY_CANCELLED),
    Move(A.SHORTLISTED,     A.VACANCY_CANCELLED, P.VACANCY_CANCEL,     "Cancel vacancy",           N.APPLICATION_VACANCY_CANCELLED),
    Move(A.RESERVE,         A.VACANCY_CANCELLED, P.VACANCY_CANCEL,     "Cancel vacancy",           N.APPLICATION_VACANCY_CANCELLED),
    Move(A.APPOINTED,       A.VACANCY_CANCELLED, P.VACANCY_CANCEL,     "Cancel vacancy",           N.APPLICATION_VACANCY_CANCELLED),
)

APPLICATION_REOPENINGS: tuple[Move[ApplicationStatus], ...] = (
    Move(A.SHORTLISTED,     A.SUBMITTED,       P.APPLICATION_REOPEN,   "Reopen",                   N.APPLICATION_CORRECTED, needs_reason=True),
    Move(A.NOT_SHORTLISTED, A.SUBMITTED,       P.APPLICATION_REOPEN,   "Reopen",                   N.APPLICATION_CORRECTED, needs_reason=True),
    Move(A.APPOINTED,       A.SHORTLISTED,     P.APPLICATION_REOPEN,   "Reopen",                   N.APPLICATION_CORRECTED, needs_reason=True),
    Move(A.APPOINTED,       A.RESERVE,         P.APPLICATION_REOPEN,   "Reopen",                   N.APPLICATION_CORRECTED, needs_reason=True),
    Move(A.RESERVE,         A.SHORTLISTED,     P.APPLICATION_REOPEN,   "Reopen",                   N.APPLICATION_CORRECTED, needs_reason=True),
    Move(A.NOT_APPOINTED,   A.SHORTLISTED,     P.APPLICATION_REOPEN,   "Reopen",                   N.APPLICATION_CORRECTED, needs_reason=True),
    Move(A.NOT_APPOINTED,   A.RESERVE,         P.APPLICATION_REOPEN,   "Reopen",                   N.APPLICATION_CORRECTED, needs_reason=True),
    Move(A.SUBMITTED,       A.SHORTLISTED,     P.APPLICATION_REOPEN,   "Undo reopening",           is_undo=True),
    Move(A.SUBMITTED,       A.NOT_SHORTLISTED, P.APPLICATION_REOPEN,   "Undo reopening",           is_undo=True),
    Move(A.SHORTLISTED,     A.APPOINTED,       P.APPLICATION_REOPEN,   "Undo reopening",           is_undo=True),
    Move(A.RESERVE,         A.APPOINTED,       P.APPLICATION_REOPEN,   "Undo reopening",           is_undo=True),
    Move(A.SHORTLISTED,     A.RESERVE,         P.APPLICATION_REOPEN,   "Undo reopening",           is_undo=True),
    Move(A.SHORTLISTED,     A.NOT_APPOINTED,   P.APPLICATION_REOPEN,   "Undo reopening",           is_undo=True),
    Move(A.RESERVE,         A.NOT_APPOINTED,   P.APPLICATION_REOPEN,   "Undo reopening",           is_undo=True),
)
"""Going back from a decision that the candidate knows of, and taking that back while they do not know of it."""

VACANCY_MOVES: tuple[Move[VacancyStatus], ...] = (
    Move(V.DRAFT,             V.AWAITING_APPROVAL, P.VACANCY_SEND,    "Send for approval"),
    Move(V.AWAITING_APPROVAL, V.DRAFT,             P.VACANCY_SEND,    "Take back", is_undo=True),
    Move(V.AWAITING_APPROVAL, V.CHANGES_REQUESTED, P.VACANCY_APPROVE, "Ask for changes",   N.VACANCY_CHANGES_REQUESTED, needs_reason=True),
    Move(V.CHANGES_REQUESTED, V.AWAITING_APPROVAL, P.VACANCY_SEND,    "Send for approval again"),
    Move(V.AWAITING_APPROVAL, V.PUBLISHED,         P.VACANCY_APPROVE, "Approve",           N.VACANCY_APPROVED),
    Move(V.PUBLISHED,         V.CANCELLED,         P.VACANCY_CANCEL,  "Cancel vacancy",    needs_reason=True),
    Move(V.DRAFT,             V.CANCELLED,         P.VACANCY_EDIT,    "Delete draft"),
    Move(V.CHANGES_REQUESTED, V.CANCELLED,         P.VACANCY_EDIT,    "Delete draft"),
    Move(V.PUBLISHED,         V.PAUSED,            P.VACANCY_STEER,   "Pause",             N.VACANCY_PAUSED, needs_reason=True),
    Move(V.PAUSED,            V.PUBLISHED,         P.VACANCY_STEER,   "Resume",            N.VACANCY_RESUMED),
    Move(V.PAUSED,            V.CANCELLED,         P.VACANCY_CANCEL,  "Cancel vacancy",    needs_reason=True),
    Move(V.PUBLISHED,         V.FILLED,            P.VACANCY_STEER,   "Record that all posts are filled"),
    Move(V.PUBLISHED,         V.PART_FILLED,       P.VACANCY_STEER,   "Record that some posts are filled"),
    Move(V.PUBLISHED,         V.UNFILLED,          P.VACANCY_STEER,   "Record that no post is filled"),
    Move(V.PAUSED,            V.FILLED,            P.VACANCY_STEER,   "Record that all posts are filled", N.VACANCY_ENDED),
    Move(V.PAUSED,            V.PART_FILLED,       P.VACANCY_STEER,   "Record that some posts are filled", N.VACANCY_ENDED),
    Move(V.PAUSED,            V.UNFILLED,          P.VACANCY_STEER,   "Record that no post is filled", N.VACANCY_ENDED),
    Move(V.FILLED,            V.PUBLISHED,         P.VACANCY_STEER,   "Take back the outcome", is_undo=True),
    Move(V.PART_FILLED,       V.PUBLISHED,         P.VACANCY_STEER,   "Take back the outcome", is_undo=True),
    Move(V.UNFILLED,          V.PUBLISHED,         P.VACANCY_STEER,   "Take back the outcome", is_undo=True),
)

R = RevisionStatus
REVISION_MOVES: tuple[Move[RevisionStatus], ...] = (
    Move(R.DRAFT,             R.AWAITING_APPROVAL, P.VACANCY_SEND,    "Send the change for approval", needs_reason=True),
    Move(R.DRAFT,             R.WITHDRAWN,         P.VACANCY_SEND,    "Drop the change"),
    Move(R.AWAITING_APPROVAL, R.WITHDRAWN,         P.VACANCY_SEND,    "Drop the change"),
    Move(R.AWAITING_APPROVAL, R.APPROVED,          P.VACANCY_APPROVE, "Approve the change",           N.VACANCY_CHANGED),
    Move(R.AWAITING_APPROVAL, R.DECLINED,          P.VACANCY_APPROVE, "Decline the change",           N.VACANCY_CHANGE_DECIDED, needs_reason=True),
)

VACANCY_CHANGES: Mapping[VacancyChange, Move[VacancyStatus]] = {
    VacancyChange.EXTEND: Move(V.PUBLISHED, V.PUBLISHED, P.VACANCY_STEER, "Extend the closing date", N.VACANCY_EXTENDED, needs_reason=True),
    VacancyChange.END:    Move(V.PUBLISHED, V.PUBLISHED, P.VACANCY_STEER, "End early",               N.VACANCY_ENDED,    needs_reason=True),
}
# fmt: on

STAFF_WORDS = {
    A.DRAFT: "Draft",
    A.SUBMITTED: "To review",
    A.SHORTLISTED: "Shortlisted",
    A.NOT_SHORTLISTED: "Unsuccessful",
    A.APPOINTED: "To be appointed",
    A.RESERVE: "Reserve list",
    A.NOT_APPOINTED: "Not appointed",
    A.WITHDRAWN: "Withdrawn",
    A.VACANCY_CANCELLED: "Vacancy cancelled",
}
"""What staff read for each status."""

UNTOLD_WORDS = "Message not released"
"""What staff read beside the status where a decision is not told yet."""

CANDIDATE_WORDS = {
    A.DRAFT: "Not sent yet",
    A.SUBMITTED: "With us",
    A.SHORTLISTED: "Shortlisted",
    A.NOT_SHORTLISTED: "Not taken forward",
    A.APPOINTED: "We want to appoint you",
    A.RESERVE: "On our reserve list",
    A.NOT_APPOINTED: "Not appointed this time",
    A.WITHDRAWN: "Withdrawn by you",
    A.VACANCY_CANCELLED: "The vacancy was cancelled",
}
"""What candidates read for each status."""

WRITABLE = (V.DRAFT, V.CHANGES_REQUESTED)
"""The statuses in which all of a vacancy can be changed."""

ENDED = (V.FILLED, V.PART_FILLED, V.UNFILLED)
"""What came of a vacancy, once that is recorded."""

OUTCOMES = (A.APPOINTED, A.RESERVE, A.NOT_APPOINTED)
"""What can come of interviews."""

REFUSALS = (A.NOT_SHORTLISTED, A.NOT_APPOINTED)
"""The statuses of a no."""

OVER = (*REFUSALS, A.WITHDRAWN, A.VACANCY_CANCELLED)
"""The statuses after which a candidate has nothing left to withdraw."""

QUEUE = (A.SUBMITTED, A.SHORTLISTED, A.NOT_SHORTLISTED, *OUTCOMES, A.WITHDRAWN, A.VACANCY_CANCELLED)
"""The statuses that HR's queue shows, in its order.  A draft is the candidate's alone."""

WAITING = (A.SUBMITTED, A.SHORTLISTED)
"""The statuses in which a candidate waits for us, and was promised to hear by a day."""


def permit(moves: Iterable[Move[S]], actor: Actor, thing: Any, target: S) -> Move[S]:
    """Return the row that takes `thing` from its status to `target`: the first line of every service that moves one.

    Raises:
        Conflict: the table has no such row.
        NotAllowed: the row is not this actor's to use.
    """
    for move in moves:
        if (move.source, move.target) == (thing.status, target):
            authorise(actor, move.permission, thing)
            return move
    raise Conflict("This has changed since you opened the page, so that is no longer possible.")


def moves_open_to(moves: Iterable[Move[S]], actor: Actor, thing: Any) -> list[Move[S]]:
    """Return the rows that `actor` could use on `thing` now: the buttons on its page, in the table's order."""
    return [move for move in moves if move.source == thing.status and can(actor, move.permission, thing)]


def mermaid(moves: Iterable[Move[S]]) -> str:
    """Return the table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {move.source} --> {move.target}: {move.label}" for move in moves]
    return "\n".join(lines)
