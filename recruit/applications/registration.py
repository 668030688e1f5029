"""The registration number of Social Work England, and the supported year that follows the first registration."""

import re
from enum import StrEnum

MISSING_NUMBER = "Enter your Social Work England registration number"
WRONG_NUMBER = "Enter a Social Work England registration number in the correct format, like SW123456"


class SupportedYear(StrEnum):
    """How far somebody is with the assessed and supported year in employment (ASYE)."""

    COMPLETED = "completed"
    UNDER_WAY = "under_way"
    NOT_STARTED = "not_started"
    NOT_FOR_ME = "not_for_me"  # qualified before there was one, or worked where there is none


_NUMBER = re.compile(r"SW[1-9][0-9]{0,5}")
_SPACES = re.compile(r"\s+")
_LONGEST_TYPED = 40  # characters; with a space after each it still fits


def normalise_registration_number(text: str) -> str | None:
    """Return a registration number as the register writes it, "SW123456"; None if it cannot be one.

    Args:
        text: as typed; small letters and spaces anywhere are accepted.

    Source: "SW" and 1 to 6 digits without a leading zero, as the Department for Education's social work induction
    service checks it.
    """
    if len(text) > _LONGEST_TYPED:
        return None
    bare = _SPACES.sub("", text)
    number = bare.upper() if bare.isascii() else ""  # the capital of "ſ" is an S
    return number if _NUMBER.fullmatch(number) else None
