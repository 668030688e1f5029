"""Whoever works here through an agency: what they told us once fills in the rest.  Every check stays the same.

The assignment is a post of the history and their manager here a practice reference, because that is what safer
recruitment asks of everybody: the path is shorter in typing, not in what is looked at.
"""

from datetime import date
from typing import TypedDict

from recruit.applications.answers import Answers
from recruit.applications.models import Activity
from recruit.applications.personal import EligibilityAnswer, WorksHere
from recruit.applications.referees import Relationship


class Assignment(TypedDict):
    """The post here, as the form of work takes it."""

    activity: Activity
    organisation: str
    started_month: date | None
    still: bool
    with_children: bool


class Manager(TypedDict):
    """The manager here, as the form of a referee takes them."""

    organisation: str
    relationship_: Relationship
    known_from: date | None
    still: bool
    is_most_recent_employer: bool
    from_work_with_children: bool


def is_here(eligibility: EligibilityAnswer | None) -> bool:
    """Say whether somebody works here through an agency now."""
    return eligibility is not None and eligibility.works_here == WorksHere.AGENCY


def assignment_of(eligibility: EligibilityAnswer, organisation: str) -> Assignment:
    """Return the post that the answers tell of.

    Args:
        eligibility: of somebody who works here through an agency.
        organisation: the council, as people know it.
    """
    return Assignment(
        activity=Activity.AGENCY,
        organisation=_place(eligibility, organisation, through=True),
        started_month=eligibility.here_since,
        still=True,
        with_children=True,
    )


def manager_of(eligibility: EligibilityAnswer, organisation: str) -> Manager:
    """Return the manager that the answers tell of, all but the name and how to reach them."""
    return Manager(
        organisation=_place(eligibility, organisation, through=False),
        relationship_=Relationship.LINE_MANAGER,
        known_from=eligibility.here_since,
        still=True,
        is_most_recent_employer=True,
        from_work_with_children=True,
    )


def _place(eligibility: EligibilityAnswer, organisation: str, *, through: bool) -> str:
    place = f"{organisation}, {eligibility.team}" if eligibility.team else organisation
    return f"{place}, through {eligibility.agency}" if through and eligibility.agency else place


def lacks_assignment(answers: Answers) -> bool:
    """Say whether the assignment here is still to be added to the history."""
    current = [one for one in answers.history if one.activity == Activity.AGENCY and one.ended_month is None]
    return is_here(answers.eligibility) and not current


def lacks_manager(answers: Answers) -> bool:
    """Say whether the manager here is still to be added to the referees."""
    return is_here(answers.eligibility) and not any(one.is_most_recent_employer for one in answers.referees)
