"""An application as a document: what was entered, in words, section by section.

Made from the snapshot's content and nothing else, so that what somebody checks before sending is what is sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from recruit.applications.chronology import Month
from recruit.applications.completeness import SECTION_TITLES
from recruit.applications.covered import SEE, is_covered
from recruit.applications.models import Activity, Registration, Section
from recruit.applications.personal import ContactBy
from recruit.applications.reading_personal import Lines, eligibility_lines, relationship_lines, support_lines, yes_no
from recruit.applications.reading_registration import registration_lines
from recruit.applications.referees import Relationship
from recruit.applications.words import CANDIDATE_ACTIVITY_WORDS, CANDIDATE_REGISTRATION_WORDS, CONTACT_BY_WORDS
from recruit.core.calendar import long_moment
from recruit.vacancies.models import CriterionKind


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer; an empty answer was not given."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of a section, or the whole of it.  `key` tells which: its place in a list, a criterion's id, or 0."""

    title: str
    lines: Sequence[Line]
    key: int = 0


@dataclass(frozen=True, slots=True)
class Chapter:
    """One section."""

    section: Section
    title: str
    parts: Sequence[Part]


def chapters_of(content: Mapping[str, Any]) -> list[Chapter]:
    """Return the sections of a snapshot's `content`, in the order of the form."""
    return [
        Chapter(section, SECTION_TITLES[section], _READERS[section](content[section] or {}))
        for section in Section
        if section in content  # what was sent before a section was asked does not have it
    ]


def _contact(answers: Mapping[str, Any]) -> list[Part]:
    contact_by = answers.get("contact_by")
    address = [answers.get(name, "") for name in ("address_line_1", "address_line_2", "town", "postcode", "country")]
    return [
        Part(
            "",
            [
                Line("Full name", answers.get("full_name", "")),
                Line("Other names", answers.get("other_names", "")),
                Line("Email address", answers.get("email", "")),
                Line("Phone number", answers.get("phone", "")),
                Line("Address", ", ".join(part for part in address if part)),
                *([Line("Contact by", CONTACT_BY_WORDS[ContactBy(contact_by)])] if contact_by else []),
            ],
        )
    ]


def _registration(answers: Mapping[str, Any]) -> list[Part]:
    state = answers.get("state")
    said = CANDIDATE_REGISTRATION_WORDS[Registration(state)] if state else ""
    details = registration_lines(answers) if state else []
    return [Part("", [Line("Social Work England", said), *(Line(*line) for line in details)])]


def _personal(lines: Callable[[Mapping[str, Any]], Lines]) -> Callable[[Mapping[str, Any]], list[Part]]:
    return lambda answers: [Part("", [Line(question, answer) for question, answer in lines(answers)])]


def _qualifications(rows: Any) -> list[Part]:
    return [
        Part(
            row["award"],
            [
                Line("School, college or university", row["institution"]),
                Line("Country", row["country"] or "United Kingdom"),
                Line("Year", str(row["year"])),
                Line("Social work qualification", yes_no(row["is_social_work"])),
            ],
            place,
        )
        for place, row in enumerate(rows or [])
    ]


def _history(history: Mapping[str, Any]) -> list[Part]:
    since = Part("", [Line("Left secondary education", _month(history.get("since")))], -1)
    return [since, *(_history_entry(row, place) for place, row in enumerate(history.get("entries", [])))]


def _history_entry(row: Mapping[str, Any], place: int) -> Part:
    activity = Activity(row["activity"])
    ended = _month(row["ended_month"]) or "now"
    lines = [
        Line("When", f"{_month(row['started_month'])} to {ended}"),
        Line("What it was", CANDIDATE_ACTIVITY_WORDS[activity]),
    ]
    if activity in (Activity.PAID, Activity.AGENCY, Activity.VOLUNTARY):
        lines.append(Line("With children or families", yes_no(row["with_children"])))
    if row.get("country"):
        lines.append(Line("Country", row["country"]))
    if row["duties"]:
        lines.append(Line("Details" if activity == Activity.OTHER else "Main duties", row["duties"]))
    if row["reason_for_leaving"]:
        lines.append(Line("Reason for leaving", row["reason_for_leaving"]))
    return Part(", ".join(name for name in (row["title"], row["organisation"]) if name), lines, place)


def _evidence(rows: Any) -> list[Part]:
    return [
        Part(
            row["criterion"],
            [
                Line(
                    "Essential" if row["kind"] == CriterionKind.ESSENTIAL else "Desirable",
                    row["text"] or (SEE if is_covered(row["criterion"]) else ""),
                )
            ],
            row["criterion_id"],
        )
        for row in rows or []
    ]


def _referees(rows: Any) -> list[Part]:
    return [
        Part(
            row["name"],
            [
                Line("Job title and organisation", f"{row['job_title']}, {row['organisation']}"),
                Line("How they know you", Relationship(row["relationship"]).label),
                Line("Email address", row["email"]),
                Line("Phone number", row["phone"]),
                Line("Has known your work", f"{_month(row['known_from'])} to {_month(row['known_until']) or 'now'}"),
                Line("Current or most recent employer", yes_no(row["is_most_recent_employer"])),
                Line("Knows your work with children", yes_no(row["from_work_with_children"])),
                Line("May be contacted before an interview", yes_no(row["contact_before_interview"])),
            ],
            place,
        )
        for place, row in enumerate(rows or [])
    ]


def _declaration(answers: Mapping[str, Any]) -> list[Part]:
    at = answers.get("declared_at")
    return [Part("", [Line("Declared true and complete", long_moment(datetime.fromisoformat(at)) if at else "")])]


_READERS: Mapping[Section, Callable[[Any], Sequence[Part]]] = {
    Section.CONTACT: _contact,
    Section.ELIGIBILITY: _personal(eligibility_lines),
    Section.REGISTRATION: _registration,
    Section.QUALIFICATIONS: _qualifications,
    Section.HISTORY: _history,
    Section.EVIDENCE: _evidence,
    Section.REFEREES: _referees,
    Section.SUPPORT: _personal(support_lines),
    Section.RELATIONSHIPS: _personal(relationship_lines),
    Section.DECLARATION: _declaration,
}


def _month(iso: str | None) -> str:
    return Month.of(date.fromisoformat(iso)).label if iso else ""
