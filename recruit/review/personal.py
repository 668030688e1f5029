"""Eligibility, relationships and support at interview as HR reads them, with what is for people to look at."""

from collections.abc import Mapping, Sequence
from typing import Any

from recruit.applications.models import Section
from recruit.applications.personal import Licence, WorksHere
from recruit.applications.reading_personal import (
    Lines,
    eligibility_lines,
    relationship_lines,
    schemes_of,
    support_lines,
)


def personal_rows(content: Mapping[str, Any], section: Section) -> Lines:
    """Return the questions and answers of one section about the person; none if it was not asked."""
    answers = content.get(section)
    return [(question, answer or "Not answered") for question, answer in _LINES[section](answers)] if answers else []


_LINES = {
    Section.ELIGIBILITY: eligibility_lines,
    Section.SUPPORT: support_lines,
    Section.RELATIONSHIPS: relationship_lines,
}


def personal_flags(content: Mapping[str, Any]) -> Sequence[str]:
    """Return what HR looks at: each a fact and what to do about it; none refuses anybody."""
    return [
        *_eligibility_flags(content.get(Section.ELIGIBILITY) or {}),
        *_relationship_flags(content.get(Section.RELATIONSHIPS) or {}),
        *_support_flags(content.get(Section.SUPPORT) or {}),
    ]


def _eligibility_flags(answers: Mapping[str, Any]) -> list[str]:
    flags = []
    if answers.get("right_to_work") is False:
        flags.append("Says that they do not have the right to work in the UK. Ask what they would need to start.")
    if answers.get("needs_sponsorship"):
        flags.append("Needs a sponsor for a visa, now or later. Ask what kind, and until when they may work.")
    if answers.get("works_here") == WorksHere.EMPLOYEE:
        flags.append("Works for the council now.")
    if answers.get("works_here") == WorksHere.AGENCY:
        flags.append(
            f"Works here now through an agency, {answers['agency']}. Check what its contract says of moving over. Look"
            " up what their checks here left: use again what is in date, and make every other check as for anybody."
        )
    return [*flags, *_driving_flags(answers)]


def _driving_flags(answers: Mapping[str, Any]) -> list[str]:
    """Return what is to be talked about where the post needs driving; the Equality Act wants adjustments looked for."""
    licence = answers.get("licence")
    if licence == Licence.NO:
        return ["Has no full driving licence, and the post needs driving. Ask how they would get to families."]
    if licence == Licence.ADJUSTMENT:
        return [
            "Would need an adjustment for driving because of a disability. It does not count against them: look for"
            " another way together when you plan what comes next."
        ]
    if licence == Licence.YES and answers.get("has_vehicle") is False:
        return [
            "Has a driving licence and no use of a car, and the post needs one. Ask how they would get to families."
        ]
    return []


def _relationship_flags(answers: Mapping[str, Any]) -> list[str]:
    if not answers.get("is_related"):
        return []
    return ["Related or close to a councillor or an employee. Keep that person out of the decisions."]


def _support_flags(answers: Mapping[str, Any]) -> list[str]:
    flags = [
        f"Applies under {scheme.words}. If they meet the essential criteria, offer an interview."
        for scheme in schemes_of(answers)
    ]
    if answers.get("needs_adjustments"):
        flags.append("Needs adjustments for an interview. See “Support at interview”.")
    return flags
