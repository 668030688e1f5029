"""What of an application staff can be shown: each time that they are is kept."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """What of an application somebody was shown."""

    APPLICATION = "application"
    BLIND = "blind"
    INTERVIEW = "interview"
    HISTORY = "history"
    SUPPORT = "support"
    CONVERSATION = "conversation"
    SELF_DISCLOSURE = "self_disclosure"
    EMPLOYMENT_DETAILS = "employment_details"


PART_WORDS: Final[Mapping[Part, str]] = {
    Part.APPLICATION: "The whole application",
    Part.BLIND: "The application without names",
    Part.INTERVIEW: "The page of an interview",
    Part.HISTORY: "What to ask about the history",
    Part.SUPPORT: "Support at the interview",
    Part.CONVERSATION: "Messages with the candidate",
    Part.SELF_DISCLOSURE: "The self-disclosure",
    Part.EMPLOYMENT_DETAILS: "Details before the start",
}
"""What staff and candidates call each part."""
