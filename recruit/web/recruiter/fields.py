"""Fields of the vacancy's forms that WTForms lacks: hours, a time of day."""

import re
from datetime import time
from decimal import Decimal
from typing import Any

from recruit.rules import limits
from recruit.web.number_fields import Needed, TypedField, WholeNumberField

_WHOLE = re.compile(r"[0-9]{1,9}")
_HOURS = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,2})?")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?([ap])\.?m?\.?", re.IGNORECASE)
_TIME_24 = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")


def row_id(value: str) -> int | None:
    """Return the id that an option of a list stands for, or None for what is none."""
    return int(value) if _WHOLE.fullmatch(value) else None


def posts_field() -> Any:
    """Return the question about how many posts there are."""
    return WholeNumberField(
        "Posts", [Needed("Enter the number of posts")], thing="Posts", bounds=limits.POSTS, default=1
    )


class HoursField(TypedField):
    """Hours a week, up to full time, with up to two decimals."""

    def _read(self, typed: str) -> Decimal:
        if not _HOURS.fullmatch(typed):
            raise ValueError("Hours a week must be a number, like 37 or 22.2")
        hours = Decimal(typed)
        if not 0 < hours <= limits.FULL_TIME_HOURS:
            raise ValueError(f"Hours a week must be more than 0 and at most {limits.FULL_TIME_HOURS}")
        return hours

    def _shown(self, data: Decimal) -> str:
        return f"{data:f}".rstrip("0").rstrip(".") if "." in f"{data:f}" else f"{data:f}"


class TimeField(TypedField):
    """A time of day, like 5pm, 5:30pm, 17:30 or midday."""

    def _read(self, typed: str) -> time:
        if typed.casefold() in ("midday", "noon"):
            return time(12)
        found = _TIME.fullmatch(typed) or _TIME_24.fullmatch(typed)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if found and found.re is _TIME:
            hour = hour % 12 + (12 if found[3] in "pP" else 0) if 1 <= hour <= 12 else 99
        if hour > 23 or minute > 59:
            raise ValueError("Closing time must be a time, like 5pm or 11:59pm")
        return time(hour, minute)

    def _shown(self, data: time) -> str:
        minutes = f":{data.minute:02d}" if data.minute else ""
        return f"{data.hour % 12 or 12}{minutes}{'pm' if data.hour >= 12 else 'am'}"
