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

KIND_MEANINGS = {
    InterviewKind.COMPETENCY: "Questions about the criteria of the vacancy, the same for every candidate.",
    InterviewKind.SAFEGUARDING: (
        "A conversation about why somebody works with children, about boundaries, and about what they have lived "
        "through in this work. It also goes through the dates in their application."
    ),
    InterviewKind.PRACTICAL: "A task like those of the job, such as reading a referral and saying what to do.",
}
"""What staff are told that each is for."""


BANK = {
    "why_children": "Why do you want to work with children and families, and what has made you stay, or come back?",
    "hard_case": "Tell us about work that stayed with you afterwards. What did you do to look after yourself?",
    "boundaries": "When was it hard to keep a boundary with a child or a parent? What did you do, whom did you tell?",
    "power": "Tell us about a time when you had power over a family. How did you use it, how did they see it?",
    "child_voice": "Tell us about a child whom adults did not believe or did not hear. What did you do?",
    "anger": "When has a child or a parent made you angry at work? What happened next?",
    "colleague": "A colleague whom you like is alone with a child more than the plan says. What do you do, and when?",
    "told_wrong": "When has somebody told you that you were wrong about a child? What did you change?",
    "safe_place": "What makes an organisation a safe one for children? Tell us what you have done to make one safer.",
}
"""Questions that a panel can take for a safeguarding interview, by the name that is kept with what was taken.

The words are our own.  What they ask about is the practice since the Warner inquiry of 1992, as local safeguarding
manuals describe it: motivation, attitudes to children, emotional resilience, boundaries and the use of authority, each
with questions that follow up (domain research, 4.4).
"""
