"""Interview schemes: who may ask for an interview on meeting the essential criteria.  Which are offered is a setting.

Sources: Disability Confident, the offer of an interview to disabled people who meet the minimum criteria (Department
for Work and Pensions); councils do the same for people who serve or served (Armed Forces Covenant) and care leavers.
"""

from enum import StrEnum


class Scheme(StrEnum):
    """A scheme that a council can take part in.  The value is what its setting calls it."""

    DISABILITY_CONFIDENT = "disability-confident"
    ARMED_FORCES = "armed-forces"
    CARE_LEAVERS = "care-leavers"

    @property
    def words(self) -> str:
        """What the scheme is called."""
        return _WORDS[self]

    @property
    def claim(self) -> str:
        """What somebody says who asks for it."""
        return _CLAIMS[self]


_WORDS = {
    Scheme.DISABILITY_CONFIDENT: "Disability Confident",
    Scheme.ARMED_FORCES: "Armed Forces Covenant",
    Scheme.CARE_LEAVERS: "Interviews for care leavers",
}
_CLAIMS = {
    Scheme.DISABILITY_CONFIDENT: "Disability Confident: I have a disability or a long-term health condition",
    Scheme.ARMED_FORCES: "Armed Forces Covenant: I serve, or I have served, in the armed forces",
    Scheme.CARE_LEAVERS: "Care leavers: I was in care as a child",
}


def is_offered_interview(*, asks: bool, meets_all: bool) -> bool:
    """Say whether a scheme brings an interview, whatever the points: who asks and meets every essential criterion."""
    return asks and meets_all


def schemes_in(text: str) -> tuple[Scheme, ...]:
    """Return the schemes that a setting names, in our order.

    Args:
        text: values of `Scheme` with commas between them; empty for none.

    Raises:
        ValueError: it names something else; the message says what there is.
    """
    names = {name.strip() for name in text.split(",") if name.strip()}
    if unknown := names - set(Scheme):
        raise ValueError(f"{', '.join(Scheme)}, with commas between them, or empty; not {', '.join(sorted(unknown))}")
    return tuple(scheme for scheme in Scheme if scheme in names)
