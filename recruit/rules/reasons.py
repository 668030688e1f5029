"""Reasons that people must give before something is kept."""

from recruit.core.errors import Incomplete
from recruit.core.text import clean_prose
from recruit.rules import limits


def needed_reason(
    written: str, *, missing: str = "Enter a reason", thing: str = "The reason", most: int = limits.NOTE_CHARACTERS
) -> str:
    """Return what somebody wrote, as it is kept.

    Args:
        missing: what is said where nothing is written.
        thing: what it is called where it is too long.
        most: the characters that are kept.

    Raises:
        Incomplete: nothing is written, or too much.
    """
    reason = clean_prose(written)
    if not reason:
        raise Incomplete(missing)
    refuse_long(reason, thing=thing, most=most)
    return reason


def refuse_long(written: str, *, thing: str = "What you write", most: int = limits.NOTE_CHARACTERS) -> None:
    """Refuse more than is kept.

    Raises:
        Incomplete: as said.
    """
    if len(written) > most:
        raise Incomplete(f"{thing} must be {most:,} characters or fewer")
