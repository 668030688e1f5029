"""Word limits of long answers, and what is said about them."""

from datetime import datetime, timedelta

from recruit.core.calendar import days_ago
from recruit.core.text import word_count


def too_long(subject: str, text: str, limit: int) -> str | None:
    """Return what is wrong if `text` has more words than `limit`, and how to mend it; None if it fits.

    Args:
        subject: the field as its error begins, like "Your answer".
        text: what was typed.
        limit: words, as the browser's counter counts them (`word_count`).
    """
    over = word_count(text) - limit
    if over <= 0:
        return None
    return f"{subject} must be {words(limit)} or fewer. Take out {words(over)}"


def words_left(text: str, limit: int) -> str:
    """Return the hint under a box, for pages without JavaScript: "You have 12 words remaining", "… 3 words too many".

    Args:
        text: what was typed.
        limit: words.
    """
    left = limit - word_count(text)
    return f"You have {words(left)} remaining" if left >= 0 else f"You have {words(-left)} too many"


def words(count: int) -> str:
    """Return a number of words: "1 word", "1,500 words"."""
    return "1 word" if count == 1 else f"{count:,} words"


def saved_ago(moment: datetime, now: datetime) -> str:
    """Return how long ago something was saved: "just now", "2 minutes ago", "3 hours ago", "yesterday", "4 days ago".

    A moment that is still to come, as when two servers' clocks differ, is "just now".
    """
    past = now - moment
    if past < timedelta(minutes=1):
        return "just now"
    if past < timedelta(hours=1):
        return _ago(past // timedelta(minutes=1), "minute")
    words = days_ago(moment, now)
    return _ago(past // timedelta(hours=1), "hour") if words == "today" else words


def _ago(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'} ago"
