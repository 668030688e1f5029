"""Saving the sections about the person: eligibility, support at interview, relationships."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from recruit.applications import queries, saving
from recruit.applications.completeness import Problem
from recruit.applications.models import Application, Section
from recruit.applications.personal import EligibilityAnswer, Licence, RelationshipAnswer, SupportAnswer
from recruit.applications.queries import Personal
from recruit.applications.saving import Entered
from recruit.core.db import db
from recruit.rules.access import Actor
from recruit.rules.schemes import Scheme

SECTIONS: Mapping[type[Any], Section] = {
    EligibilityAnswer: Section.ELIGIBILITY,
    RelationshipAnswer: Section.RELATIONSHIPS,
    SupportAnswer: Section.SUPPORT,
}


def save_personal(
    actor: Actor, application: Application, model: type[Personal], entered: Entered, *, now: datetime
) -> list[Problem]:
    """Keep the answers of the section that `model` is the table of, as entered.

    Returns:
        What keeps the section from being finished, if the candidate said that it is.

    Raises:
        NotAllowed: it is somebody else's application.
        Conflict: it was sent, the vacancy has closed, or another window saved other answers (`SavedElsewhere`).
    """
    saving.begin(actor, application, now=now)
    row = queries.personal_of(application, model)
    is_new = row is None
    row = row or model(application_id=application.id)
    if isinstance(row, EligibilityAnswer):
        entered = _car_with_licence(row, entered)
    changed = saving.put(row, entered, is_new=is_new)
    db.session.add(row)
    return saving.finish(application, SECTIONS[model], entered, changed=changed, now=now)


def _car_with_licence(row: EligibilityAnswer, entered: Entered) -> Entered:
    """Leave no answer about a car to whoever has no licence: it is not asked of them, so they could not clear it."""
    if entered.values.get("licence", row.licence) == Licence.YES:
        return entered
    is_asked = not entered.values.keys().isdisjoint(("licence", "has_vehicle"))
    return replace(entered, values={**entered.values, "has_vehicle": None}) if is_asked else entered


def save_support(
    actor: Actor, application: Application, entered: Entered, *, offered: Collection[Scheme], now: datetime
) -> list[Problem]:
    """Keep what would help at an interview, and the schemes asked for, of those that are `offered`.

    Returns, raises: as `save_personal`.
    """
    asked = entered.values.get("schemes") or []
    schemes = [scheme.value for scheme in Scheme if scheme in offered and scheme.value in asked]
    kept = replace(entered, values={**entered.values, "schemes": schemes})
    return save_personal(actor, application, SupportAnswer, kept, now=now)
