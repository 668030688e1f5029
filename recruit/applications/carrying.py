"""What a new application takes over from the last one, so that nobody types a thing twice.

Evidence, declarations and equality answers are never taken over: evidence answers the criteria of one vacancy, and a
declaration is made of one application.  What is asked for posts that need driving stays with those.  Nothing that is
taken over counts as finished: each section is checked again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, select

from recruit.applications import queries
from recruit.applications.models import (
    Application,
    ContactDetails,
    HistoryEntry,
    Qualification,
    Referee,
    RegistrationAnswer,
    Section,
    SectionState,
)
from recruit.applications.personal import EligibilityAnswer, RelationshipAnswer, SupportAnswer
from recruit.core.db import Model, db
from recruit.rules.lifecycle import ApplicationStatus

CARRIED = (
    Section.CONTACT,
    Section.ELIGIBILITY,
    Section.REGISTRATION,
    Section.QUALIFICATIONS,
    Section.HISTORY,
    Section.REFEREES,
    Section.SUPPORT,
    Section.RELATIONSHIPS,
)
_OWN_KEYS = frozenset({"id", "application_id"})
_OF_THE_ACCOUNT = frozenset({"full_name", "email"})  # as the account has them now
_OF_DRIVING = frozenset({"licence", "has_vehicle"})  # where they are not asked, nobody could see or clear them


def last_application(candidate_id: int) -> Application | None:
    """Return the application that a new one starts from: the last that was sent, else the last draft; None for none."""
    is_draft = case((Application.status == ApplicationStatus.DRAFT, 1), else_=0)
    return db.session.scalars(
        select(Application)
        .where(Application.candidate_id == candidate_id)
        .order_by(is_draft, Application.created_at.desc(), Application.id.desc())
        .limit(1)
    ).one_or_none()


def carry_over(last: Application, application: Application) -> None:
    """Fill a new draft with what its candidate entered in `last`, each section still to be checked.

    Args:
        application: added to the session, with an id and its contact details.
    """
    answers = queries.answers_of(last)
    found: dict[Section, Sequence[tuple[type[Model], Any]]] = {
        Section.CONTACT: [(ContactDetails, answers.contact)] if answers.contact else [],
        Section.ELIGIBILITY: [(EligibilityAnswer, answers.eligibility)] if answers.eligibility else [],
        Section.REGISTRATION: [(RegistrationAnswer, answers.registration)] if answers.registration else [],
        Section.QUALIFICATIONS: [(Qualification, row) for row in answers.qualifications],
        Section.HISTORY: [(HistoryEntry, row) for row in reversed(answers.history)],  # of two that began at once, too
        Section.REFEREES: [(Referee, row) for row in answers.referees],
        Section.SUPPORT: [(SupportAnswer, answers.support)] if answers.support else [],
        Section.RELATIONSHIPS: [(RelationshipAnswer, answers.relationships)] if answers.relationships else [],
    }
    application.history_since = last.history_since
    left: dict[type[Model], frozenset[str]] = {ContactDetails: _OF_THE_ACCOUNT}
    if not application.vacancy.driving_required:
        left[EligibilityAnswer] = _OF_DRIVING
    for section in CARRIED:
        for model, row in found[section]:
            db.session.merge(model(application_id=application.id, **_columns(model, row, left)))
        if found[section] or (section == Section.HISTORY and last.history_since):
            db.session.add(_to_check(application, section))


def _columns(model: type[Model], row: Any, left: Mapping[type[Model], frozenset[str]]) -> dict[str, Any]:
    own = _OWN_KEYS | left.get(model, frozenset())
    names = [name for name in model.__mapper__.column_attrs.keys() if name not in own]  # noqa: SIM118  not a mapping
    return {name: getattr(row, name) for name in names}


def _to_check(application: Application, section: Section) -> SectionState:
    return SectionState(
        application_id=application.id, section=section, is_complete=False, saved_at=application.created_at
    )


def is_unchecked(state: Any, started_at: datetime) -> bool:
    """Say whether a section is as it was taken over: saved at the moment of starting, and never since."""
    return bool(state.section in CARRIED and state.saved_at == started_at and not state.is_complete)
