"""Details before a start in words, part by part, with what is hidden left hidden."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from recruit.applications.chronology import Month
from recruit.appointments.employment_answers import ENTRIES
from recruit.appointments.employment_numbers import hidden_but_last
from recruit.core.calendar import short_date
from recruit.rules.employment import PART_WORDS, PROOF_WORDS, Part, WorkProof

BANK_NUMBERS = frozenset({"sort_code", "account_number", "roll_number"})
"""What is hidden from everybody once it is saved, from whoever typed it too."""
AFTER_SENDING = BANK_NUMBERS | {"ni_number", "share_code"}
"""What is hidden in the copy that the candidate reads afterwards."""
NOTHING: frozenset[str] = frozenset()

Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class PartRead:
    """One part as people read it: question and answer as rows; the entries of a list, each with its rows."""

    part: Part
    title: str
    rows: Rows
    entries: list[Rows]


def part_read(part: Part, answers: Mapping[str, Any], *, hidden: frozenset[str]) -> PartRead:
    """Return a part in words.

    Args:
        hidden: names of answers of which only the last characters are shown.
    """
    shown = {
        name: hidden_but_last(value) if name in hidden and isinstance(value, str) else value
        for name, value in answers.items()
    }
    entries = [_entry(entry) for entry in answers.get(ENTRIES) or ()]
    return PartRead(part, PART_WORDS[part].title, _READERS[part](shown), entries)


def months_words(entry: Mapping[str, Any]) -> str:
    """Return the months of an address or a stay in words."""
    if entry.get("from_month") is None:
        return ""
    ended = entry.get("to_month")
    return f"{Month.of(entry['from_month']).label} to {Month.of(ended).label if ended else 'now'}"


def address_words(entry: Mapping[str, Any]) -> str:
    """Return an address on one line."""
    names = ("address_line_1", "address_line_2", "town", "postcode", "country")
    return ", ".join(entry[name] for name in names if entry.get(name))


def _entry(entry: Mapping[str, Any]) -> Rows:
    where = address_words(entry)
    question = "Address" if entry.get("address_line_1") else "Country"
    return [_row(question, where), _row("When", months_words(entry))]


def _identity(answers: Mapping[str, Any]) -> Rows:
    has_none = answers.get("has_no_ni")
    return [
        _row("Date of birth", _day(answers.get("born_on"))),
        _row("Other names", answers.get("other_names")),
        _row("National Insurance number", "I do not have one yet" if has_none else answers.get("ni_number")),
    ]


def _dbs(answers: Mapping[str, Any]) -> Rows:
    rows = [_row("On the DBS Update Service", _yes_no(answers.get("on_update_service")))]
    if answers.get("on_update_service"):
        rows += [
            _row("Certificate number", answers.get("certificate_number")),
            _row("Name on the certificate", answers.get("certificate_name")),
            _row("Date of the certificate", _day(answers.get("issued_on"))),
            _row("We may check its status", _yes_no(answers.get("may_check"))),
        ]
    return rows


def _right_to_work(answers: Mapping[str, Any]) -> Rows:
    proof = answers.get("proof")
    rows = [_row("How you will show it", PROOF_WORDS[WorkProof(proof)] if proof else "")]
    if proof == WorkProof.SHARE_CODE:
        rows.append(_row("Share code", answers.get("share_code")))
    return rows


def _abroad(answers: Mapping[str, Any]) -> Rows:
    return [_row("Lived or worked outside the UK", _yes_no(answers.get("has_stayed")))]


def _health(answers: Mapping[str, Any]) -> Rows:
    return [_row("Occupational health should contact you", _yes_no(answers.get("wants_contact")))]


def _bank(answers: Mapping[str, Any]) -> Rows:
    rows = [
        _row("Name on the account", answers.get("account_name")),
        _row("Sort code", answers.get("sort_code")),
        _row("Account number", answers.get("account_number")),
    ]
    return [*rows, _row("Roll number", answers["roll_number"])] if answers.get("roll_number") else rows


_READERS: Mapping[Part, Callable[[Mapping[str, Any]], Rows]] = {
    Part.IDENTITY: _identity,
    Part.ADDRESSES: lambda _answers: [],
    Part.DBS: _dbs,
    Part.RIGHT_TO_WORK: _right_to_work,
    Part.ABROAD: _abroad,
    Part.HEALTH: _health,
    Part.BANK: _bank,
}


def _row(question: str, answer: str | None) -> dict[str, str]:
    return {"key": question, "value": answer or ""}


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "Yes" if value else "No"


def _day(value: date | None) -> str:
    return short_date(value) if value else ""
