"""What a part still lacks before it can be called finished.  No answer is right or wrong: a person checks each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from recruit.applications.postcode import is_abroad, normalise_postcode
from recruit.appointments.employment_answers import ENTRIES
from recruit.appointments.employment_months import months_without_address
from recruit.rules import limits
from recruit.rules.employment import PART_WORDS, Part, WorkProof

MONTHS = "the last must be the first or later, and neither can be in the future"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where ("gap-2021-11" for a gap), how, and the entry of a list that it is about."""

    field: str
    message: str
    place: int | None = None


def problems_of(part: Part, answers: Mapping[str, Any], today: date) -> list[Problem]:
    """Return what keeps `part` from being finished."""
    return list(_CHECKS[part](answers, today))


def birth_problem(born_on: date, today: date) -> str:
    """Return what is wrong with a date of birth; "" for one that can be."""
    youngest, oldest = limits.AGES
    if born_on >= today:
        return "Your date of birth must be in the past"
    age = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    if not youngest <= age <= oldest:
        return f"Check your date of birth: it must be {youngest} to {oldest} years ago"
    return ""


def _identity(answers: Mapping[str, Any], today: date) -> Iterator[Problem]:
    born_on = answers.get("born_on")
    if born_on is None:
        yield Problem("born_on", "Enter your date of birth")
    elif wrong := birth_problem(born_on, today):
        yield Problem("born_on", wrong)
    if not answers.get("ni_number") and not answers.get("has_no_ni"):
        yield Problem("ni_number", "Enter your National Insurance number, or say that you do not have one yet")


def _addresses(answers: Mapping[str, Any], today: date) -> Iterator[Problem]:
    entries = answers.get(ENTRIES, [])
    for place, entry in enumerate(entries):
        where = entry.get("address_line_1") or "this address"
        if not entry.get("address_line_1") or not entry.get("town"):
            yield Problem("", f"Enter the first line and the town or city of {where}", place)
        if not is_abroad(entry.get("country") or "") and normalise_postcode(entry.get("postcode") or "") is None:
            yield Problem("", f"Enter the full postcode of {where}, or its country if it is not in the UK", place)
        if entry.get("from_month") is None:
            yield Problem("", f"Enter the month from which you have lived at {where}", place)
        elif _are_wrong_months(entry, today):
            yield Problem("", f"Check the months at {where}: {MONTHS}", place)
    for gap in months_without_address(entries, today):
        yield Problem(f"gap-{gap.start}", f"Add where you lived: {gap.label}")


def _are_wrong_months(entry: Mapping[str, Any], today: date) -> bool:
    """Say whether the months of an entry are the wrong way round, or have not come; one that goes on has no last."""
    first: date = entry["from_month"]
    last: date = entry.get("to_month") or max(first, today)
    return last < first or first > today or last > today


def _dbs(answers: Mapping[str, Any], today: date) -> Iterator[Problem]:
    is_on = answers.get("on_update_service")
    if is_on is None:
        yield Problem("on_update_service", "Select whether you are on the DBS Update Service")
    elif is_on:
        if not answers.get("certificate_number"):
            yield Problem("certificate_number", "Enter the number of your certificate")
        if not answers.get("certificate_name"):
            yield Problem("certificate_name", "Enter the name on your certificate")
        if answers.get("issued_on") is None:
            yield Problem("issued_on", "Enter the date on your certificate")
        elif answers["issued_on"] > today:
            yield Problem("issued_on", "The date on the certificate must be in the past")
        if answers.get("may_check") is None:
            yield Problem("may_check", "Select whether we may check its status")


def _right_to_work(answers: Mapping[str, Any], _today: date) -> Iterator[Problem]:
    if not answers.get("proof"):
        yield Problem("proof", "Select how you will show your right to work")
    elif answers["proof"] == WorkProof.SHARE_CODE and not answers.get("share_code"):
        yield Problem("share_code", "Enter your share code")


def _abroad(answers: Mapping[str, Any], today: date) -> Iterator[Problem]:
    if answers.get("has_stayed") is None:
        yield Problem("has_stayed", "Select whether you have lived or worked outside the UK")
    elif answers["has_stayed"] and not answers.get(ENTRIES):
        yield Problem("", "Add each country, with the months")
    for place, entry in enumerate(answers.get(ENTRIES) or ()):
        where = entry.get("country")
        if not where:
            yield Problem("", "Enter the country", place)
        elif entry.get("from_month") is None:
            yield Problem("", f"Enter the month from which you were in {where}", place)
        elif _are_wrong_months(entry, today):
            yield Problem("", f"Check the months in {where}: {MONTHS}", place)


def _health(answers: Mapping[str, Any], _today: date) -> Iterator[Problem]:
    if answers.get("wants_contact") is None:
        yield Problem("wants_contact", "Select whether occupational health should contact you")


def _bank(answers: Mapping[str, Any], _today: date) -> Iterator[Problem]:
    if not answers.get("account_name"):
        yield Problem("account_name", "Enter the name on the account")
    if not answers.get("sort_code"):
        yield Problem("sort_code", "Enter the sort code")
    if not answers.get("account_number"):
        yield Problem("account_number", "Enter the account number")


_CHECKS: Mapping[Part, Callable[[Mapping[str, Any], date], Iterator[Problem]]] = {
    Part.IDENTITY: _identity,
    Part.ADDRESSES: _addresses,
    Part.DBS: _dbs,
    Part.RIGHT_TO_WORK: _right_to_work,
    Part.ABROAD: _abroad,
    Part.HEALTH: _health,
    Part.BANK: _bank,
}


def unfinished(parts: Mapping[Part, tuple[Mapping[str, Any], bool]], today: date) -> list[tuple[Part, str]]:
    """Return what keeps the whole from being sent, in the order of the task list.

    Args:
        parts: answers, and whether the candidate said that the part is finished.
    """
    found = []
    for part in Part:
        answers, is_complete = parts.get(part, ({}, False))
        problems = problems_of(part, answers, today)
        found += [(part, problem.message) for problem in problems]
        if not problems and not is_complete:
            found.append((part, f"Say that you have finished “{PART_WORDS[part].title}”"))
    return found
