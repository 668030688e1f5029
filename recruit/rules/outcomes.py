"""Why a vacancy ends without all of its posts filled, as a table: what is chosen, its words, and when it can be."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from recruit.rules.lifecycle import VacancyStatus


class OutcomeReason(StrEnum):
    """The main reason.  More about it is in the words beside it."""

    NOBODY_APPLIED = "nobody_applied"
    TOO_FEW_APPLIED = "too_few_applied"
    NOBODY_MET_CRITERIA = "nobody_met_criteria"
    NOBODY_AT_INTERVIEW = "nobody_at_interview"
    CANDIDATES_WITHDREW = "candidates_withdrew"
    OFFER_DECLINED = "offer_declined"
    CHECKS_NOT_MET = "checks_not_met"
    FILLED_OTHERWISE = "filled_otherwise"
    POST_CHANGED = "post_changed"
    NO_FUNDING = "no_funding"
    MISTAKE = "mistake"
    OTHER = "other"


WORDS: Mapping[OutcomeReason, str] = {
    OutcomeReason.NOBODY_APPLIED: "Nobody applied",
    OutcomeReason.TOO_FEW_APPLIED: "Too few people applied",
    OutcomeReason.NOBODY_MET_CRITERIA: "Nobody met the essential criteria",
    OutcomeReason.NOBODY_AT_INTERVIEW: "Nobody could be appointed after the interviews",
    OutcomeReason.CANDIDATES_WITHDREW: "Candidates withdrew",
    OutcomeReason.OFFER_DECLINED: "An offer was declined",
    OutcomeReason.CHECKS_NOT_MET: "Checks before the start were not met",
    OutcomeReason.FILLED_OTHERWISE: "Filled in another way, such as a move within the council",
    OutcomeReason.POST_CHANGED: "The post changed or is not needed any more",
    OutcomeReason.NO_FUNDING: "There is no money for the post",
    OutcomeReason.MISTAKE: "The vacancy was published by mistake or with a mistake",
    OutcomeReason.OTHER: "Another reason",
}

_OF_THE_POST = (
    OutcomeReason.FILLED_OTHERWISE,
    OutcomeReason.POST_CHANGED,
    OutcomeReason.NO_FUNDING,
    OutcomeReason.OTHER,
)
REASONS: Mapping[VacancyStatus, Sequence[OutcomeReason]] = {
    VacancyStatus.UNFILLED: tuple(reason for reason in OutcomeReason if reason is not OutcomeReason.MISTAKE),
    VacancyStatus.PART_FILLED: tuple(
        reason for reason in OutcomeReason if reason not in (OutcomeReason.NOBODY_APPLIED, OutcomeReason.MISTAKE)
    ),
    VacancyStatus.CANCELLED: (OutcomeReason.MISTAKE, *_OF_THE_POST),
}
"""The reasons that can be chosen for each way to end; a vacancy that is filled needs none."""


def is_needed_words(reason: OutcomeReason | None) -> bool:
    """Say whether the reason says nothing without words beside it."""
    return reason is OutcomeReason.OTHER
