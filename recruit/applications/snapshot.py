"""The answers and the vacancy's words as they were when the application was sent.

What reviewers read is built from this and nothing else, so a later edit of a vacancy or an account changes no record.
The shape is plain JSON, each section under its own key, so that a view without identity is a choice of keys.
"""

from datetime import date
from typing import Any

from recruit.applications.answers import Answers
from recruit.applications.models import Section
from recruit.applications.situations import asked
from recruit.applications.snapshot_personal import personal_sections

FORMAT = 5
"""Grows when the shape changes, old snapshots keep theirs: 2 added the vacancy's text, 3 the person's sections, 4 paid
weeks and payments beside salary, 5 how to be reached, the supported year and the country of what is in the history."""


def snapshot_of(answers: Answers) -> dict[str, Any]:
    """Return `answers` as JSON: {"format", "vacancy", and each section by its address}."""
    vacancy, contact, registration = answers.application.vacancy, answers.contact, answers.registration
    state = registration.state if registration else None
    return {
        "format": FORMAT,
        "vacancy": {
            "reference": vacancy.reference,
            "title": vacancy.title,
            "team": vacancy.team.name,
            "workplace": vacancy.workplace,
            "weekly_hours": str(vacancy.weekly_hours),
            "paid_weeks": str(vacancy.paid_weeks) if vacancy.paid_weeks is not None else None,
            "summary": vacancy.summary,
            "description": vacancy.description,
            "salary_min_pence": vacancy.salary_min_pence,
            "salary_max_pence": vacancy.salary_max_pence,
            "additions": vacancy.additions,
            "closes_at": vacancy.closes_at.isoformat() if vacancy.closes_at else None,
            "welcome_id": vacancy.welcome_id,
        },
        Section.CONTACT: _columns(contact),
        Section.REGISTRATION: {"state": state, **asked(state, _columns(registration))} if registration else {},
        Section.QUALIFICATIONS: [_columns(row) for row in answers.qualifications],
        Section.HISTORY: {
            "since": answers.application.history_since.isoformat() if answers.application.history_since else None,
            "entries": [_entry(entry) for entry in answers.history],
        },
        Section.EVIDENCE: [
            {
                "criterion_id": criterion.id,
                "kind": criterion.kind.value,
                "criterion": criterion.text,
                "text": answers.evidence.get(criterion.id, ""),
            }
            for criterion in answers.criteria
        ],
        Section.REFEREES: [_referee(referee) for referee in answers.referees],
        **personal_sections(answers),
        Section.DECLARATION: {
            "declared_at": answers.declaration.declared_at.isoformat() if answers.declaration else None
        },
    }


def _columns(row: Any) -> dict[str, Any]:
    """Return the columns of a row, or of an object of a model, as JSON, without its keys."""
    if row is None:
        return {}
    is_row = isinstance(row, tuple)
    values = row._asdict() if is_row else {column.name: getattr(row, column.name) for column in row.__table__.c}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if name not in ("id", "application_id")
    }


def _entry(entry: Any) -> dict[str, Any]:
    return _columns(entry) | {"activity": entry.activity.value}


def _referee(referee: Any) -> dict[str, Any]:
    columns = _columns(referee)
    return columns | {"relationship": columns.pop("relationship_").value}
