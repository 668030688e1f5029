"""What kinds of interview there are, in words."""

from enum import StrEnum


class InterviewKind(StrEnum):
    """What an interview is for.  A candidate has one of each kind that a vacancy offers times for."""

    COMPETENCY = "competency"
    SAFEGUARDING = "safeguarding"
    PRACTICAL = "practical"


KIND_WORDS = {
    InterviewKind.COMPETENCY: "Panel interview",
    InterviewKind.SAFEGUARDING: "Safeguarding interview",
    InterviewKind.PRACTICAL: "Practical exercise",
}

KIND_HINTS = {
    InterviewKind.COMPETENCY: "Questions about the criteria of the vacancy. Everybody is asked the same ones.",
    InterviewKind.SAFEGUARDING: (
        "A conversation about why you work with children, about boundaries, and about what you have lived through in "
        "this work. It also goes through the dates in your application."
    ),
    InterviewKind.PRACTICAL: "A task like those of the job, such as reading a referral and saying what you would do.",
}
"""What a candidate is told to expect.  Source of the second: the Warner inquiry's separate interview (domain, 4.5)."""
