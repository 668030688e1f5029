"""An application as a reviewer reads it: built from what was frozen when it was sent, and from nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from recruit.applications.chronology import Gap, Month, Period, uncovered_months
from recruit.applications.covered import is_covered
from recruit.applications.experience import experience_lines
from recruit.applications.models import Activity, Application, Section
from recruit.applications.personal import ContactBy
from recruit.applications.private_email import is_private_email
from recruit.applications.queries import sent_content
from recruit.applications.reading_vacancy import pay_lines
from recruit.applications.referees import Relationship
from recruit.applications.words import CONTACT_BY_WORDS, STAFF_ACTIVITY_WORDS
from recruit.core.calendar import closing_words, london_day, long_moment
from recruit.core.text import word_count
from recruit.review.employers import employer_flags
from recruit.review.personal import personal_flags, personal_rows
from recruit.review.registration import registration_flags, registration_rows

Rows = Sequence[tuple[str, str]]
KEPT = 64  # readings that a process keeps, of some 30 kilobytes each


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of somebody's life: something that they did, a gap that they explained, or one that they did not."""

    title: str
    months: str
    kind: str
    organisation: str = ""
    with_children: bool = False
    duties: str = ""
    reason_for_leaving: str = ""
    is_gap: bool = False
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the candidate wrote for one criterion."""

    criterion: str
    is_essential: bool
    text: str
    words: int
    is_covered: bool = False  # by the section about registration


@dataclass(frozen=True, slots=True)
class RefereeRead:
    """One referee, with whether their address is a private one."""

    name: str
    rows: Rows
    has_private_email: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All sections of one application."""

    name: str
    vacancy: Rows
    contact: Rows
    eligibility: Rows
    registration: Rows
    registration_number: str
    qualifications: Sequence[tuple[str, str]]
    chronology: Sequence[Stretch]
    answers: Sequence[Answer]
    referees: Sequence[RefereeRead]
    support: Rows
    relationships: Rows
    declared: str
    flags: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sent:
    """Which application was sent when: what tells what was frozen then from any other, for what is kept of it."""

    application_id: int
    reference: str
    at: datetime

    @classmethod
    def of(cls, application: Application) -> "Sent":
        """Return it of an application that was sent."""
        assert application.submitted_at is not None  # noqa: S101  a reviewer meets no draft
        return cls(application.id, application.reference, application.submitted_at)


@lru_cache(maxsize=KEPT)
def reading_of_sent(sent: Sent) -> Reading:
    """Return what was frozen when an application was sent, as `reading_of` does; to be read and not to be changed."""
    return reading_of(sent_content(sent.application_id, sent.reference), sent_at=sent.at)


def reading_of(content: Mapping[str, Any], *, sent_at: datetime) -> Reading:
    """Return the sections of a snapshot, whose shape `applications.snapshot` describes.

    Args:
        content: what was frozen.
        sent_at: when: the history is complete up to then.
    """
    contact = content[Section.CONTACT]
    registration = content[Section.REGISTRATION]
    chronology = _chronology(content[Section.HISTORY], london_day(sent_at))
    referees = [_referee(row) for row in content[Section.REFEREES]]
    declared_at = content[Section.DECLARATION].get("declared_at")
    return Reading(
        name=contact.get("full_name", ""),
        vacancy=_vacancy(content["vacancy"]),
        contact=_contact(contact),
        eligibility=personal_rows(content, Section.ELIGIBILITY),
        registration=registration_rows(registration),
        registration_number=registration.get("number", ""),
        qualifications=[
            *(_qualification(row) for row in content[Section.QUALIFICATIONS]),
            *experience_lines(content, london_day(sent_at)),
        ],
        chronology=chronology,
        answers=[
            Answer(
                row["criterion"],
                row["kind"] == "essential",
                row["text"],
                word_count(row["text"]),
                is_covered(row["criterion"]),
            )
            for row in content[Section.EVIDENCE]
        ],
        referees=referees,
        support=personal_rows(content, Section.SUPPORT),
        relationships=personal_rows(content, Section.RELATIONSHIPS),
        declared=long_moment(datetime.fromisoformat(declared_at)) if declared_at else "",
        flags=[
            *registration_flags(registration, london_day(sent_at)),
            *_history_flags(chronology),
            *employer_flags(content),
            *_referee_flags(referees),
            *personal_flags(content),
        ],
    )


def _vacancy(vacancy: Mapping[str, Any]) -> Rows:
    if not vacancy:
        return []
    rows = [("Vacancy", f"{vacancy['title']} ({vacancy['reference']})")]
    rows += pay_lines(vacancy)
    if vacancy["closes_at"]:
        rows.append(("Closes", closing_words(datetime.fromisoformat(vacancy["closes_at"]))))
    return rows


def _contact(contact: Mapping[str, Any]) -> Rows:
    if not contact:
        return []
    lines = [contact[name] for name in ("address_line_1", "address_line_2", "town", "postcode")]
    lines.append(contact.get("country", ""))
    contact_by = contact.get("contact_by")
    return [
        ("Name", contact["full_name"]),
        ("Other names", contact["other_names"] or "None"),
        ("Email", contact["email"]),
        ("Phone", contact["phone"]),
        ("Address", ", ".join(line for line in lines if line)),
        *([("Wants to be contacted by", CONTACT_BY_WORDS[ContactBy(contact_by)])] if contact_by else []),
    ]


def _qualification(row: Mapping[str, Any]) -> tuple[str, str]:
    place = ", ".join(part for part in (row["institution"], row["country"]) if part)
    kind = ". Social work qualification" if row["is_social_work"] else ""
    return (f"{row['award']}, {row['year']}", f"{place}{kind}")


def _chronology(history: Mapping[str, Any], until: date) -> Sequence[Stretch]:
    """Return the history with what it leaves out in its place, newest first."""
    periods = [Period.of(row) for row in history["entries"]]
    found = [(period.start, _stretch(row, period)) for row, period in zip(history["entries"], periods, strict=True)]
    if history["since"]:
        gaps = uncovered_months(periods, Month.of(date.fromisoformat(history["since"])), Month.of(until))
        found += [(gap.start, _missing(gap)) for gap in gaps]
    return [stretch for _, stretch in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _stretch(row: Mapping[str, Any], period: Period) -> Stretch:
    activity = Activity(row["activity"])
    return Stretch(
        title=row["title"],
        organisation=", ".join(part for part in (row["organisation"], row.get("country")) if part),
        months=f"{period.start.label} to {period.end.label if period.end else 'now'}",
        kind=STAFF_ACTIVITY_WORDS[activity],
        with_children=row["with_children"],
        duties=row["duties"],
        reason_for_leaving=row["reason_for_leaving"],
        is_gap=activity == Activity.OTHER,
    )


def _missing(gap: Gap) -> Stretch:
    return Stretch(
        title="Nothing entered", months=gap.label, kind="Gap that is not explained", is_gap=True, is_missing=True
    )


def _history_flags(chronology: Sequence[Stretch]) -> Sequence[str]:
    flags = [f"Nothing entered for {stretch.months}. Ask about it." for stretch in chronology if stretch.is_missing]
    explained = sum(stretch.is_gap and not stretch.is_missing for stretch in chronology)
    if explained:
        flags.append(f"{explained} {'gap' if explained == 1 else 'gaps'} in work and study, explained in the history.")
    return flags


def _referee(row: Mapping[str, Any]) -> RefereeRead:
    until = Month.of(date.fromisoformat(row["known_until"])).label if row["known_until"] else "now"
    says = [
        "most recent employer" if row["is_most_recent_employer"] else "",
        "from work with children" if row["from_work_with_children"] else "",
    ]
    return RefereeRead(
        name=row["name"],
        has_private_email=is_private_email(row["email"]),
        rows=[
            ("Role", f"{row['job_title']}, {row['organisation']}"),
            ("Knows the candidate as", Relationship(row["relationship"]).label),
            ("Known", f"{Month.of(date.fromisoformat(row['known_from'])).label} to {until}"),
            (
                "Speaks for",
                ", ".join(part for part in says if part).capitalize()
                or "Neither the most recent employer nor work with children",
            ),
            ("Email", row["email"]),
            ("Phone", row["phone"]),
            ("May be asked before interview", "Yes" if row["contact_before_interview"] else "No"),
        ],
    )


def _referee_flags(referees: Sequence[RefereeRead]) -> Sequence[str]:
    private = [referee.name for referee in referees if referee.has_private_email]
    return [f"{name} has a private email address. Find out by phone who they are." for name in private]
