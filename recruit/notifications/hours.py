"""When somebody may be reminded."""

from datetime import datetime

from recruit.core.calendar import LONDON
from recruit.rules import limits


def is_by_day(now: datetime) -> bool:
    """Say whether it is an hour, in London, at which a reminder may be posted: nobody's phone buzzes at night."""
    first, last = limits.REMIND_HOURS
    return first <= now.astimezone(LONDON).hour < last
