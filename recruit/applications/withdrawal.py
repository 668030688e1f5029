"""Why candidates withdraw: offered as choices, kept in words."""

from enum import StrEnum


class WithdrawalReason(StrEnum):
    """A reason, as its value in a form; `label` is what people read, and what is kept."""

    OTHER_JOB = "other_job"
    PAY = "pay"
    HOURS = "hours"
    PLACE = "place"
    TOO_LONG = "too_long"
    CHANGED = "changed"
    OTHER = "other"
    NOT_SAID = "not_said"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    WithdrawalReason.OTHER_JOB: "I have taken another job",
    WithdrawalReason.PAY: "The pay does not suit me",
    WithdrawalReason.HOURS: "The hours or the way of working do not suit me",
    WithdrawalReason.PLACE: "The place does not suit me",
    WithdrawalReason.TOO_LONG: "It is taking too long",
    WithdrawalReason.CHANGED: "My circumstances have changed",
    WithdrawalReason.OTHER: "Another reason",
    WithdrawalReason.NOT_SAID: "I prefer not to say",
}


def reason_words(reason: WithdrawalReason, detail: str) -> str:
    """Return what is kept: "I have taken another job: nearer to home", or the label alone."""
    return f"{reason.label}: {detail}" if detail else reason.label
