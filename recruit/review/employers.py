"""Whether the referee from the most recent employer names that employer: something to look at, never a refusal.

Source: safer recruitment practice wants one referee from the current or most recent employer; the months that somebody
has known the candidate are checked before sending, the name of the organisation only a person can judge.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from recruit.applications.models import Activity, Section
from recruit.core.text import unaccented

_EMPLOYMENT = (Activity.PAID, Activity.AGENCY)


def employer_flags(content: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each referee marked as the most recent employer who names another organisation than it.

    Names are the same without regard to capitals, accents, spaces and punctuation, and where one holds the other:
    "Northshire" and "Northshire Council".

    Args:
        content: a snapshot, whose shape `applications.snapshot` describes.
    """
    latest = _latest_employers(content[Section.HISTORY]["entries"])
    if not latest:
        return []
    names = " or ".join(f"“{name}”" for name in latest)
    return [
        f"The referee for the most recent employer names “{row['organisation']}”; the latest post is with {names}."
        for row in content[Section.REFEREES]
        if row["is_most_recent_employer"] and not any(_is_same(row["organisation"], name) for name in latest)
    ]


def _latest_employers(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return whom the paid posts that go on are with; if none does, those that ended last."""
    posts = [row for row in entries if row["activity"] in _EMPLOYMENT]
    going_on = [row for row in posts if row["ended_month"] is None]
    last = max((row["ended_month"] for row in posts if row["ended_month"]), default=None)
    latest = going_on or [row for row in posts if row["ended_month"] == last]
    return list(dict.fromkeys(row["organisation"] for row in latest))


def _is_same(one: str, other: str) -> bool:
    first, second = _bare(one), _bare(other)
    return first == second or (bool(first and second) and (first in second or second in first))


def _bare(name: str) -> str:
    return "".join(character for character in unaccented(name) if character.isalnum())
