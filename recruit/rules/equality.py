"""When equality questions are asked, and how much of the counts anybody may see."""

from collections.abc import Mapping
from enum import StrEnum

from recruit.rules import limits
from recruit.rules.lifecycle import ApplicationStatus


class EqualityStage(StrEnum):
    """How far a candidate has come.  The questions are asked afresh at each: nothing kept says who answered before."""

    SENT = "sent"
    SHORTLISTED = "shortlisted"
    APPOINTED = "appointed"


STAGE_WORDS = {
    EqualityStage.SENT: "Applied",
    EqualityStage.SHORTLISTED: "Shortlisted",
    EqualityStage.APPOINTED: "Appointed",
}
REACHED: Mapping[ApplicationStatus, EqualityStage] = {
    ApplicationStatus.SUBMITTED: EqualityStage.SENT,
    ApplicationStatus.NOT_SHORTLISTED: EqualityStage.SENT,
    ApplicationStatus.WITHDRAWN: EqualityStage.SENT,
    ApplicationStatus.SHORTLISTED: EqualityStage.SHORTLISTED,
    ApplicationStatus.RESERVE: EqualityStage.SHORTLISTED,
    ApplicationStatus.NOT_APPOINTED: EqualityStage.SHORTLISTED,
    ApplicationStatus.APPOINTED: EqualityStage.APPOINTED,
}
"""The furthest stage of an application that stands where its candidate knows that it does."""


def shown(number: int) -> int | None:
    """Return what may be seen of `number`: rounded down to fives, or None for one under five, nought included.

    Every number is treated alike and no totals are shown, so that nothing under five is left when two of them are
    taken from each other: whatever is seen fits every small number that it may hide.
    """
    step = limits.EQUALITY_SHOWN_FROM
    return number // step * step or None
