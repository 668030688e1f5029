"""Scoring as tables: what is scored, what may become of a score sheet, and what each score means."""

from enum import StrEnum

from recruit.rules.access import Permission as P
from recruit.rules.lifecycle import ENDED, OUTCOMES, ApplicationStatus, Move, VacancyStatus

OVER = (VacancyStatus.CANCELLED, *ENDED)
"""The statuses of a vacancy of which nothing is scored any more."""


class Round(StrEnum):
    """What is scored: the nameless sift, or an interview of one kind (values of `rules.interviews.InterviewKind`)."""

    SIFT = "sift"
    COMPETENCY = "competency"
    SAFEGUARDING = "safeguarding"
    PRACTICAL = "practical"


class SheetStatus(StrEnum):
    """Where one scorer stands with one application."""

    TO_SCORE = "to_score"
    SUBMITTED = "submitted"
    CONNECTED = "connected"
    ABSTAINED = "abstained"
    REMOVED = "removed"


S = SheetStatus

# fmt: off
SHEET_MOVES: tuple[Move[SheetStatus], ...] = (
    Move(S.TO_SCORE,  S.SUBMITTED, P.SHEET_SCORE,  "Submit scores"),
    Move(S.SUBMITTED, S.TO_SCORE,  P.SHEET_SCORE,  "Open scores again", needs_reason=True, is_undo=True),
    Move(S.TO_SCORE,  S.ABSTAINED, P.SHEET_SCORE,  "Leave to another member", needs_reason=True),
    Move(S.TO_SCORE,  S.CONNECTED, P.SHEET_SCORE,  "Declare a connection"),
    Move(S.SUBMITTED, S.CONNECTED, P.SHEET_SCORE,  "Declare a connection"),
    Move(S.TO_SCORE,  S.REMOVED,   P.SHEET_REMOVE, "Take the scorer off", needs_reason=True),
    Move(S.SUBMITTED, S.REMOVED,   P.SHEET_REMOVE, "Take the scorer off", needs_reason=True),
)
# fmt: on

LIVE = (S.TO_SCORE, S.SUBMITTED)
"""The statuses of a scorer who counts for an application; of the others the record stays."""

SHEET_WORDS = {
    S.TO_SCORE: "To score",
    S.SUBMITTED: "Scores in",
    S.CONNECTED: "Connection declared",
    S.ABSTAINED: "Left to another member",
    S.REMOVED: "Taken off by HR",
}

STOPPED_WORDS = {
    S.CONNECTED: "declared a connection",
    S.ABSTAINED: "left it to another member",
    S.REMOVED: "was taken off",
}
"""What became of a scorer who stopped, as the panel's history says it after their name."""

SIFTED_WORDS = {
    ApplicationStatus.NOT_SHORTLISTED: "Decided",
    ApplicationStatus.SHORTLISTED: "Shortlisted",
    **dict.fromkeys(OUTCOMES, "Shortlisted"),
}
"""What became of an application that was scored.  Others wait for a decision, or left with all that was scored."""

SCORE_WORDS = {
    0: ("Not shown", "There is no evidence for it, or it points the other way."),
    1: ("Partly shown", "There is some evidence, but an important part of it is missing."),
    2: ("Shown", "The evidence meets it: a clear example of what the candidate did."),
    3: ("Strongly shown", "The evidence goes further: what they did, why, and what changed for a child."),
}
"""What each score means: its name, and a sentence that scorers read beside it."""
