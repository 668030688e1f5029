"""Answers of one part as they are kept and used: what is known already, what a number must look like, JSON and back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from recruit.applications.models import Section
from recruit.appointments import employment_numbers as numbers
from recruit.appointments.employment_months import stays_in
from recruit.rules.employment import Part

Answers = dict[str, Any]
"""Answers by name.  A name that ends in `_on` is a day, one in `_month` the first day of a month; `entries` is a list
of addresses or stays, the newest first."""

ENTRIES = "entries"
LISTS = (Part.ADDRESSES, Part.ABROAD)
_DATES = ("_on", "_month")

NORMAL: Mapping[str, Callable[[str], str | None]] = {
    "ni_number": numbers.ni_number,
    "share_code": numbers.share_code,
    "certificate_number": numbers.certificate_number,
    "sort_code": numbers.sort_code,
    "account_number": numbers.account_number,
    "roll_number": numbers.roll_number,
}
"""How what is typed under a name is kept; None for what cannot be kept."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the application says already, so that nothing is typed twice.

    Args:
        home: the address of the application, without months; empty where it has none.
        stays: long stays outside the UK that are in the history.
    """

    other_names: str = ""
    home: Mapping[str, str] = field(default_factory=dict)
    right_to_work: bool | None = None
    needs_sponsorship: bool | None = None
    stays: list[Answers] = field(default_factory=list)


def known_from(content: Mapping[str, Any], today: date, *, overseas_months: int) -> Known:
    """Return what is known from a snapshot's `content`."""
    contact, eligibility = content.get(Section.CONTACT) or {}, content.get(Section.ELIGIBILITY) or {}
    names = ("address_line_1", "address_line_2", "town", "postcode", "country")
    home = {name: contact.get(name, "") for name in names} if contact.get("address_line_1") else {}
    history = (content.get(Section.HISTORY) or {}).get(ENTRIES, [])
    stays = stays_in(history, today, months=overseas_months)
    return Known(
        contact.get("other_names", ""),
        home,
        eligibility.get("right_to_work"),
        eligibility.get("needs_sponsorship"),
        newest_first(stays),
    )


def first_answers(part: Part, known: Known) -> Answers:
    """Return what a part begins with before anything is saved in it."""
    if part is Part.IDENTITY:
        return {"other_names": known.other_names}
    if part is Part.ADDRESSES:
        return {ENTRIES: [{**known.home, "from_month": None, "to_month": None}] if known.home else []}
    if part is Part.ABROAD:
        return {"has_stayed": True if known.stays else None, ENTRIES: list(known.stays)}
    return {}


def newest_first(entries: list[Answers]) -> list[Answers]:
    """Return addresses or stays with those that go on first, then by their last month; what has no month leads."""
    return sorted(entries, key=_order)


def _order(entry: Mapping[str, Any]) -> tuple[bool, bool, int]:
    last, first = entry.get("to_month"), entry.get("from_month")
    return first is not None, last is not None, -((last or first or date.max).toordinal())


def normalised(values: Mapping[str, Any]) -> Answers:
    """Return `values` as they are kept, without those that cannot be."""
    kept: Answers = {}
    for name, value in values.items():
        if value and name in NORMAL:
            value = NORMAL[name](value)
            if value is None:
                continue
        kept[name] = value
    return kept


def packed(answers: Mapping[str, Any]) -> str:
    """Return answers as one text."""
    return json.dumps(answers, default=date.isoformat, ensure_ascii=True, separators=(",", ":"))


def unpacked(text: str) -> Answers:
    """Return the answers in a text that `packed` made."""
    return _with_dates(json.loads(text))


def _with_dates(answers: Mapping[str, Any]) -> Answers:
    return {
        name: [_with_dates(entry) for entry in value]
        if name == ENTRIES
        else date.fromisoformat(value)
        if value and name.endswith(_DATES)
        else value
        for name, value in answers.items()
    }
