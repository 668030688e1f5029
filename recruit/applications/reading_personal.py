"""Eligibility, relationships and support at interview in words, as (question, answer), for candidates and for HR."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from recruit.applications.chronology import Month
from recruit.applications.personal import Licence, WorksHere
from recruit.applications.words import LICENCE_WORDS, WORKS_HERE_WORDS
from recruit.rules.schemes import Scheme

Lines = list[tuple[str, str]]


def eligibility_lines(answers: Mapping[str, Any]) -> Lines:
    """Return the section "Eligibility" of a snapshot."""
    works_here = answers.get("works_here")
    lines = [
        ("Right to work in the UK", yes_no(answers.get("right_to_work"))),
        ("Needs a sponsor for a visa", yes_no(answers.get("needs_sponsorship"))),
        ("Works for the council now", WORKS_HERE_WORDS[WorksHere(works_here)] if works_here else ""),
    ]
    if works_here == WorksHere.AGENCY:
        since = answers.get("here_since")
        lines.append(("Agency", answers.get("agency", "")))
        lines += [("Team here", answers["team"])] if answers.get("team") else []
        lines += [("Here since", Month.of(date.fromisoformat(since)).label)] if since else []
    return [*lines, ("Hours wanted", answers.get("hours_wanted", "")), *_driving_lines(answers)]


def _driving_lines(answers: Mapping[str, Any]) -> Lines:
    """Return what was asked of driving: nothing for a post that does not need it."""
    if "licence" not in answers:
        return []
    licence = answers["licence"]
    lines = [("Full driving licence", LICENCE_WORDS[Licence(licence)] if licence else "")]
    return [*lines, ("Use of a car for work", yes_no(answers["has_vehicle"]))] if licence == Licence.YES else lines


def relationship_lines(answers: Mapping[str, Any]) -> Lines:
    """Return the section "Relationships" of a snapshot."""
    is_related = answers.get("is_related")
    lines = [("Related or close to a councillor or an employee", yes_no(is_related))]
    return [*lines, ("Who it is, and how they know them", answers.get("details", ""))] if is_related else lines


def support_lines(answers: Mapping[str, Any]) -> Lines:
    """Return the section "Support at interview" of a snapshot."""
    needs = answers.get("needs_adjustments")
    lines = [("Adjustments for an interview", yes_no(needs))]
    if needs:
        lines.append(("What would help", answers.get("adjustments", "")))
    return [*lines, ("Interview schemes", ", ".join(scheme.words for scheme in schemes_of(answers)) or "None")]


def schemes_of(answers: Mapping[str, Any]) -> list[Scheme]:
    """Return the schemes that somebody asks for in the section "Support at interview" of a snapshot."""
    return [Scheme(value) for value in answers.get("schemes", [])]


def yes_no(value: bool | None) -> str:
    """Return an answer to a question of yes or no; empty for none."""
    return {True: "Yes", False: "No", None: ""}[value]
