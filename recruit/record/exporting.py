"""A list of applications as rows of text.  Who asks is in the WHERE clause: no draft, no own application is in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Row, select

from recruit.accounts.models import User
from recruit.applications.labels import label_names
from recruit.applications.models import Application, ContactDetails, RegistrationAnswer, Snapshot
from recruit.applications.promises import due_day
from recruit.applications.situations import NUMBERED
from recruit.applications.words import STAFF_REGISTRATION_WORDS
from recruit.core.calendar import LONDON
from recruit.core.db import db
from recruit.core.errors import Incomplete
from recruit.review.filters import Filters
from recruit.review.queries import queue_ids
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import STAFF_WORDS, WAITING
from recruit.vacancies.models import Team, Vacancy

HEADINGS: Final = (
    "Application", "Status", "Sent", "Due", "Vacancy reference", "Vacancy", "Team", "Name", "Email", "Phone",
    "Social Work England", "Registration number", "Assigned to", "Labels",
)  # fmt: skip
ROWS_A_STATEMENT: Final = 500

_ASSIGNEE = User.__table__.alias("assignee")


def ids_to_export(actor: Actor, filters: Filters, *, now: datetime) -> Sequence[int]:
    """Return the ids of the list, oldest first; one more than may be exported where it is too long.

    Raises:
        NotAllowed: not HR.
    """
    authorise(actor, Permission.APPLICATION_EXPORT)
    return queue_ids(actor, filters, now=now, most=limits.EXPORTED_APPLICATIONS + 1)


def rows_to_export(ids: Sequence[int]) -> list[tuple[str, ...]]:
    """Return a row for each application of `ids_to_export`, in its order, under `HEADINGS`.

    Raises:
        Incomplete: there are none, or too many.
    """
    if not ids:
        raise Incomplete("There is no application in this list")
    if len(ids) > limits.EXPORTED_APPLICATIONS:
        raise Incomplete(
            f"A file takes {limits.EXPORTED_APPLICATIONS:,} applications: use the filters to ask for fewer"
        )
    found: dict[int, tuple[str, ...]] = {}
    for start in range(0, len(ids), ROWS_A_STATEMENT):
        wanted = ids[start : start + ROWS_A_STATEMENT]
        labels = label_names(wanted)
        found |= {
            row[0]: (*_written(row), ", ".join(labels.get(row[0], ())))
            for row in db.session.execute(_ROWS.where(Application.id.in_(wanted)))
        }
    return [found[key] for key in ids]


class Sent(NamedTuple):
    """One application as it was sent."""

    reference: str
    submitted_at: datetime
    content: Mapping[str, Any]


def applications_to_zip(ids: Sequence[int]) -> list[Sent]:
    """Return each application of `ids_to_export` as it was sent, in its order.

    Raises:
        Incomplete: there are none, or too many.
    """
    if not ids:
        raise Incomplete("There is no application in this list")
    if len(ids) > limits.ZIPPED_APPLICATIONS:
        raise Incomplete(f"A zip takes {limits.ZIPPED_APPLICATIONS} applications: use the filters to ask for fewer")
    rows = db.session.execute(
        select(Application.id, Application.reference, Application.submitted_at, Snapshot.content)
        .join(Snapshot, Snapshot.application_id == Application.id)
        .where(Application.id.in_(ids))
    )
    found = {key: Sent(reference, at, content) for key, reference, at, content in rows if at is not None}
    return [found[key] for key in ids]


_ROWS = (
    select(
        Application.id,
        Application.reference,
        Application.status,
        Application.submitted_at,
        Application.due_at,
        Vacancy.reference.label("vacancy_reference"),
        Vacancy.title,
        Team.name.label("team"),
        User.name.label("account"),
        ContactDetails.full_name,
        ContactDetails.email,
        ContactDetails.phone,
        RegistrationAnswer.state,
        RegistrationAnswer.number,
        _ASSIGNEE.c.name.label("assignee"),
    )
    .join(Vacancy, Vacancy.id == Application.vacancy_id)
    .join(Team, Team.id == Application.team_id)
    .join(User, User.id == Application.candidate_id)
    .outerjoin(ContactDetails, ContactDetails.application_id == Application.id)
    .outerjoin(RegistrationAnswer, RegistrationAnswer.application_id == Application.id)
    .outerjoin(_ASSIGNEE, _ASSIGNEE.c.id == Application.assigned_to_id)
)


def _written(row: Row[tuple[object, ...]]) -> tuple[str, ...]:
    return (
        row.reference,
        STAFF_WORDS[row.status],
        f"{row.submitted_at.astimezone(LONDON):%Y-%m-%d %H:%M}",
        due.isoformat() if row.status in WAITING and (due := due_day(row.due_at)) else "",
        row.vacancy_reference,
        row.title,
        row.team,
        row.full_name or row.account,
        row.email or "",
        row.phone or "",
        STAFF_REGISTRATION_WORDS[row.state] if row.state else "",
        row.number if row.state in NUMBERED else "",
        row.assignee or "",
    )
