"""What a history leaves to ask about at an interview.  It is for a conversation: it scores and decides nothing.

Source: safer recruitment asks panels to look for gaps, repeated changes of employment and reasons for leaving, and to
explore them at the interview (domain research, 4.1, 4.4 and 4.6, rule 8).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any

from recruit.applications.chronology import Month, Period, uncovered_months
from recruit.applications.models import Activity, Section
from recruit.rules import limits

EMPLOYED = (Activity.PAID, Activity.AGENCY)


class PromptKind(StrEnum):
    """What a prompt is about, in the order in which they are asked.  The value is its heading."""

    GAP = "Gaps"
    OVERLAP = "Posts at the same time"
    SHORT = "Short posts"
    LEAVING = "Reasons for leaving"
    ABROAD = "Time abroad"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to ask about.

    Args:
        key: names it among those of the same application; made of what it is about, so that it stays.
        said: what the candidate wrote about it in the application; "" for nothing.
    """

    key: str
    kind: PromptKind
    text: str
    said: str = ""


def prompts_of(content: Mapping[str, Any], until: date) -> Sequence[Prompt]:
    """Return what to ask about an application that was sent, the oldest of each kind first.

    Args:
        content: its snapshot, whose shape `applications.snapshot` describes.
        until: the day it was sent.
    """
    history = content.get(Section.HISTORY) or {"since": None, "entries": []}
    entries = sorted(history["entries"], key=lambda row: (row["started_month"], row["title"]))
    posts = [row for row in entries if Activity(row["activity"]) in EMPLOYED]
    found = [
        *_gaps(history["since"], entries, until),
        *_overlaps(posts, until),
        *_short(posts),
        *_leaving(posts),
        *_lived_abroad(entries),
        *_abroad(content.get(Section.QUALIFICATIONS) or ()),
        *_registered_abroad((content.get(Section.REGISTRATION) or {}).get("country") or ""),
    ]
    return list({prompt.key: prompt for prompt in found}.values())


def _gaps(since: str | None, entries: Sequence[Mapping[str, Any]], until: date) -> Iterator[Prompt]:
    if since:
        missing = uncovered_months(map(Period.of, entries), Month.of(date.fromisoformat(since)), Month.of(until))
        for gap in missing:
            yield Prompt(f"gap {gap.start}", PromptKind.GAP, f"Nothing is entered for {gap.label}.")
    for row in entries:
        if Activity(row["activity"]) == Activity.OTHER:
            text = f"Not in work or study, {_months(row)}: {row['title'].rstrip('.')}."
            yield Prompt(f"other {row['started_month'][:7]}", PromptKind.GAP, text, row["duties"])


def _overlaps(posts: Iterable[Mapping[str, Any]], until: date) -> Iterator[Prompt]:
    for one, other in combinations(posts, 2):
        start = max(Period.of(one).start, Period.of(other).start)
        end = min(period.end or Month.of(until) for period in (Period.of(one), Period.of(other)))
        shared = start.until(end) + 1
        if shared >= limits.OVERLAP_MONTHS:
            key = f"overlap {one['started_month'][:7]} {other['started_month'][:7]} {other['title']}"
            text = (
                f"{_named(one)} and {_named(other)} were held at the same time for {shared} months from {start.label}."
            )
            yield Prompt(key[:KEY_CHARACTERS], PromptKind.OVERLAP, text)


def _short(posts: Iterable[Mapping[str, Any]]) -> Iterator[Prompt]:
    """Yield paid posts that ended soon; an agency's assignments are short by their nature."""
    for row in posts:
        period = Period.of(row)
        if Activity(row["activity"]) == Activity.AGENCY or period.end is None:
            continue
        lasted = period.start.until(period.end) + 1
        if lasted < limits.SHORT_POST_MONTHS:
            months = "1 month" if lasted == 1 else f"{lasted} months"
            text = f"{_named(row)} ended after {months}, in {period.end.label}."
            yield Prompt(_key("short", row), PromptKind.SHORT, text, row["reason_for_leaving"])


def _leaving(posts: Iterable[Mapping[str, Any]]) -> Iterator[Prompt]:
    """Yield why somebody left each post with children, and whatever post they give no reason for."""
    for row in posts:
        said, end = row["reason_for_leaving"].strip(), Period.of(row).end
        if end is not None and (row["with_children"] or not said):
            text = f"Left {_named(row)} in {end.label}" + (": check the reason." if said else ", and gives no reason.")
            yield Prompt(_key("left", row), PromptKind.LEAVING, text, said)


def _abroad(qualifications: Iterable[Mapping[str, Any]]) -> Iterator[Prompt]:
    for row in qualifications:
        country = (row.get("country") or "").strip()
        if country and country.casefold() not in HERE:
            text = f"{row['award']} was awarded in {country}, {row['year']}. Ask where they lived and worked, and when."
            yield Prompt(f"abroad {row['year']} {country}"[:KEY_CHARACTERS], PromptKind.ABROAD, text)


def _lived_abroad(entries: Iterable[Mapping[str, Any]]) -> Iterator[Prompt]:
    for row in entries:
        country = (row.get("country") or "").strip()
        if country and country.casefold() not in HERE:
            key = f"lived {row['started_month'][:7]} {country} {row['title']}"
            yield Prompt(key[:KEY_CHARACTERS], PromptKind.ABROAD, f"In {country}, {_months(row)}: {row['title']}.")


def _registered_abroad(country: str) -> Iterator[Prompt]:
    if country:
        text = f"Comes to the register from {country}. Ask where they lived and worked in the last 5 years, and when."
        yield Prompt("abroad registration", PromptKind.ABROAD, text)


HERE = ("united kingdom", "uk", "england", "scotland", "wales", "northern ireland", "great britain")
KEY_CHARACTERS = 200  # the width of the column that a note is kept by


def _key(what: str, row: Mapping[str, Any]) -> str:
    return f"{what} {row['started_month'][:7]} {row['title']}"[:KEY_CHARACTERS]


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['title']}, {row['organisation']}" if row["organisation"] else str(row["title"])


def _months(row: Mapping[str, Any]) -> str:
    period = Period.of(row)
    return f"{period.start.label} to {period.end.label if period.end else 'now'}"
