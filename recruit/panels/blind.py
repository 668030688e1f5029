"""An application as the panel reads it: a choice of what tells of somebody's work and not of who they are.

Built from the snapshot by naming what is shown; whatever is added to an application later is not shown until it is
named here.  Not shown at all: contact details, registration number and how somebody comes to the register, dates and
places of study, dates of work, referees, gaps and reasons for leaving, eligibility, support at interview,
relationships, the declaration.  Gaps and leaving are for the interview, not for merit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from recruit.applications.experience import experience_lines
from recruit.applications.models import Activity, Registration, Section
from recruit.applications.registration import SupportedYear
from recruit.applications.words import PANEL_REGISTRATION_WORDS, STAFF_ACTIVITY_WORDS, SUPPORTED_YEAR_WORDS
from recruit.panels.masking import Masking

WORK = (Activity.PAID, Activity.AGENCY, Activity.VOLUNTARY)


@dataclass(frozen=True, slots=True)
class BlindPost:
    """One post: what it was and how long, not when; "" for an employer that is not shown."""

    title: str
    kind: str
    length: str
    with_children: bool
    employer: str
    duties: str


@dataclass(frozen=True, slots=True)
class BlindReading:
    """All that a panel member is shown of one application.

    Args:
        answers: what was written, by the criterion's id.
        hidden: how many passages were hidden.
    """

    registration: str
    supported_year: str
    experience: str
    qualifications: Sequence[str]
    posts: Sequence[BlindPost]
    answers: Mapping[int, str]
    hidden: int


def blind_reading(
    content: Mapping[str, Any],
    *,
    account: tuple[str, str],
    redactions: Iterable[str],
    hides_employers: bool,
    until: date,
) -> BlindReading:
    """Return what the panel may see of a snapshot, whose shape `applications.snapshot` describes.

    Args:
        account: name and email address of the candidate's account, to be hidden in what they wrote.
        redactions: what HR hides.
        hides_employers: whether employers are hidden, also where they are named in the text.
        until: the day that posts which go on are counted to.
    """
    contact, history = content[Section.CONTACT], content[Section.HISTORY]["entries"]
    work = [row for row in history if Activity(row["activity"]) in WORK]
    employers = [row["organisation"] for row in work] if hides_employers else []
    lines = [contact.get(name, "") for name in ("address_line_1", "address_line_2", "postcode", "phone", "email")]
    referees = [row[name] for row in content[Section.REFEREES] for name in ("name", "email", "phone")]
    number = content[Section.REGISTRATION].get("number") or ""
    masking = Masking(
        names=[contact.get("full_name", ""), contact.get("other_names", ""), account[0]],
        phrases=[*lines, account[1], *referees, number, *employers],
        by_hr=list(redactions),
    )
    state = content[Section.REGISTRATION].get("state")
    return BlindReading(
        registration=PANEL_REGISTRATION_WORDS[Registration(state)] if state else "",
        supported_year=_supported_year(content[Section.REGISTRATION]),
        experience=next((length for _, length in experience_lines(content, until)), ""),
        qualifications=[
            masking.hide_with_years(row["award"]) + (" (social work)" if row["is_social_work"] else "")
            for row in content[Section.QUALIFICATIONS]
        ],
        posts=[_post(row, masking, hides_employers, until) for row in work],
        answers={row["criterion_id"]: masking.hide(row["text"]) for row in content[Section.EVIDENCE]},
        hidden=masking.hidden,
    )


def _supported_year(registration: Mapping[str, Any]) -> str:
    """Return how far somebody is with the supported year; not that they qualified before there was one."""
    value = registration.get("supported_year")
    year = SupportedYear(value) if value else SupportedYear.NOT_FOR_ME
    return "" if year == SupportedYear.NOT_FOR_ME else SUPPORTED_YEAR_WORDS[year]


def _post(row: Mapping[str, Any], masking: Masking, hides_employers: bool, until: date) -> BlindPost:
    return BlindPost(
        title=masking.hide_with_years(row["title"]),
        kind=STAFF_ACTIVITY_WORDS[Activity(row["activity"])],
        length=length_words(row["started_month"], row["ended_month"], until),
        with_children=row["with_children"],
        employer="" if hides_employers else masking.hide(row["organisation"]),
        duties=masking.hide(row["duties"]),
    )


def length_words(started: str, ended: str | None, until: date) -> str:
    """Return how long a post lasted, both months counted: "3 years 2 months", "5 months".

    Args:
        started: the first day of its first month, ISO.
        ended: the same of its last; None for one that goes on.
        until: the day that a post which goes on is counted to.
    """
    first, last = date.fromisoformat(started), date.fromisoformat(ended) if ended else until
    years, months = divmod(max(1, (last.year - first.year) * 12 + last.month - first.month + 1), 12)
    parts = [
        f"{number} {unit}{'' if number == 1 else 's'}"
        for number, unit in ((years, "year"), (months, "month"))
        if number
    ]
    return " ".join(parts)
