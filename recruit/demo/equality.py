"""Equality counts of the demonstration: made up, as from some hundred candidates of last year and fewer of this one."""

from recruit.applications.counts import EqualityCount
from recruit.applications.equality import PREFER_NOT, QUESTIONS
from recruit.core.db import db
from recruit.rules.equality import EqualityStage

SHARES = {
    "sex": (82, 14),
    "gender": (94, 1),
    "age": (6, 18, 19, 17, 14, 10, 8, 5, 1, 1),
    "condition": (19, 75),
    "condition-effect": (3, 9, 7),
    "ethnic-group": (70, 1, 0, 0, 4, 1, 1, 1, 0, 3, 6, 1, 0, 1, 5, 1, 1, 1, 1),
    "marital-status": (38, 43, 1, 3, 0, 9, 0, 1, 0),
    "religion": (46, 33, 1, 1, 0, 8, 2, 2),
    "orientation": (87, 4, 3, 1),
    "caring": (81, 8, 4, 2, 1, 1),
}
"""Per cent of those who answer, by question, for its answers in turn; the others skip it."""
PREFERRING = 4
"""Per cent who prefer not to say."""
ANSWERED = {
    (-1, EqualityStage.SENT): 148,
    (-1, EqualityStage.SHORTLISTED): 56,
    (-1, EqualityStage.APPOINTED): 21,
    (0, EqualityStage.SENT): 67,
    (0, EqualityStage.SHORTLISTED): 24,
    (0, EqualityStage.APPOINTED): 8,
}
"""How many answered, by years from this one and stage."""


def load_equality(year: int) -> None:
    """Add the counts of `year` and of the year before."""
    for (ago, stage), answered in ANSWERED.items():
        for question in QUESTIONS:
            shares = SHARES[question.key]
            for answer, share in zip((*question.answers, PREFER_NOT), (*shares, PREFERRING), strict=True):
                number = round(answered * share / 100)
                if number:
                    row = EqualityCount(
                        year=year + ago, stage=stage, question=question.key, answer=answer, number=number
                    )
                    db.session.add(row)
