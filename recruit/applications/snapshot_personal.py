"""Eligibility, relationships and support at interview as they are frozen: what was not asked for is not kept.

A question that stands under another answer, such as an agency's name, is frozen only with that answer.
"""

from typing import Any

from recruit.applications.answers import Answers
from recruit.applications.models import Section
from recruit.applications.personal import Licence, WorksHere


def personal_sections(answers: Answers) -> dict[str, Any]:
    """Return the sections about the person as JSON, by their address; empty for what was never saved."""
    eligibility, relationships, support = answers.eligibility, answers.relationships, answers.support
    return {
        Section.ELIGIBILITY: {
            "right_to_work": eligibility.right_to_work,
            "needs_sponsorship": eligibility.needs_sponsorship,
            "works_here": eligibility.works_here.value if eligibility.works_here else None,
            "agency": eligibility.agency if eligibility.works_here == WorksHere.AGENCY else "",
            **(_assignment(eligibility) if eligibility.works_here == WorksHere.AGENCY else {}),
            "hours_wanted": eligibility.hours_wanted,
            **(_driving(eligibility) if answers.application.vacancy.driving_required else {}),
        }
        if eligibility
        else {},
        Section.SUPPORT: {
            "needs_adjustments": support.needs_adjustments,
            "adjustments": support.adjustments if support.needs_adjustments else "",
            "schemes": list(support.schemes),
        }
        if support
        else {},
        Section.RELATIONSHIPS: {
            "is_related": relationships.is_related,
            "details": relationships.details if relationships.is_related else "",
        }
        if relationships
        else {},
    }


def _assignment(eligibility: Any) -> dict[str, Any]:
    since = eligibility.here_since
    return {"team": eligibility.team, "here_since": since.isoformat() if since else None}


def _driving(eligibility: Any) -> dict[str, Any]:
    licence = eligibility.licence
    has_vehicle = eligibility.has_vehicle if licence == Licence.YES else None
    return {"licence": licence.value if licence else None, "has_vehicle": has_vehicle}
