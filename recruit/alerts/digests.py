"""When an alert writes: at once, each morning, or each Monday morning, by the clocks of London."""

from datetime import datetime, timedelta

from recruit.alerts.models import Frequency
from recruit.core.calendar import london_day, london_moment
from recruit.rules import limits

OFTEN = {
    Frequency.INSTANT: "As soon as a vacancy opens",
    Frequency.DAILY: "Once a day, at 8am",
    Frequency.WEEKLY: "Once a week, on Monday at 8am",
}
"""In words, as people choose."""
DAY = timedelta(days=1)


def due_up_to(frequency: Frequency, now: datetime) -> datetime:
    """Return the latest moment by which a match must have been found to be told at `now`.

    A morning that the worker was away for is made up for when it is back: the latest one counts, whatever the time.
    """
    if frequency is Frequency.INSTANT:
        return now
    day = london_day(now)
    if london_moment(day, limits.ALERT_DIGEST_AT) > now:
        day -= DAY
    if frequency is Frequency.WEEKLY:
        day -= DAY * ((day.weekday() - limits.ALERT_DIGEST_WEEKDAY) % 7)
    return london_moment(day, limits.ALERT_DIGEST_AT)
