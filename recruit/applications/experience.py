"""How long somebody has worked with children since they qualified, worked out from what they entered.

It is a fact to read: nothing is scored or refused by it.  Awards have a year and no month, so it is counted from the
end of that year: never more than there was.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from recruit.applications.answers import Answers
from recruit.applications.chronology import Month, Period, length_words, uncovered_months
from recruit.applications.models import Activity, Section

PAID = (Activity.PAID, Activity.AGENCY)
Lines = Sequence[tuple[str, str]]


def months_since_qualifying(qualified: int, posts: Iterable[Period], until: Month) -> int:
    """Return how many months after the year `qualified`, through `until`, one of `posts` or more touches."""
    first = Month(qualified + 1, 1)
    if until < first:
        return 0
    return first.until(until) + 1 - sum(gap.months for gap in uncovered_months(posts, first, until))


def experience_lines(content: Mapping[str, Any], until: date) -> Lines:
    """Return it as (what it is, how long), by a snapshot's `content`; nothing for who has not qualified before `until`.

    Args:
        content: its shape is what `applications.snapshot` describes.
        until: the day that it is counted to.
    """
    years = [row["year"] for row in content.get(Section.QUALIFICATIONS) or () if row["is_social_work"]]
    entries = content[Section.HISTORY].get("entries") or ()
    posts = [Period.of(row) for row in entries if Activity(row["activity"]) in PAID and row["with_children"]]
    return _lines(years, posts, until)


def experience_of(answers: Answers, today: date) -> Lines:
    """Return the same of a draft, as it stands."""
    years = [row.year for row in answers.qualifications if row.is_social_work]
    return _lines(years, [post.period for post in answers.posts() if post.is_employment and post.with_children], today)


def _lines(years: Sequence[int], posts: Sequence[Period], until: date) -> Lines:
    if not years or min(years) >= until.year:
        return []
    months = months_since_qualifying(min(years), posts, Month.of(until))
    return [(f"Paid work with children or families since the end of {min(years)}", length_words(months) or "None")]
