"""What is still missing of eligibility, relationships and support at interview.  No answer is a wrong one.

Each yields what is missing as (message, field).
"""

from collections.abc import Iterator
from datetime import date

from recruit.applications.answers import Answers
from recruit.applications.personal import EligibilityAnswer, Licence, WorksHere
from recruit.applications.words import too_long
from recruit.rules import limits

Missing = Iterator[tuple[str, str]]


BEGAN_LATER = "The month you began here must be this month or earlier"


def eligibility_missing(answers: Answers, today: date) -> Missing:
    """Whether they may work in the UK, need sponsorship, and work here now; an agency has a name, and has begun.

    And whether they can drive, where the post needs it.
    """
    eligibility = answers.eligibility
    if eligibility is None or eligibility.right_to_work is None:
        yield "Select whether you have the right to work in the UK", "right_to_work"
    if eligibility is None or eligibility.needs_sponsorship is None:
        yield "Select whether you need a sponsor for a visa", "needs_sponsorship"
    if eligibility is None or eligibility.works_here is None:
        yield "Select whether you work for the council now", "works_here"
    elif eligibility.works_here == WorksHere.AGENCY:
        yield from _assignment_missing(eligibility, today)
    if answers.application.vacancy.driving_required:
        yield from _driving_missing(eligibility)


def _assignment_missing(eligibility: EligibilityAnswer, today: date) -> Missing:
    if not eligibility.agency:
        yield "Enter the name of your agency", "agency"
    if eligibility.here_since and eligibility.here_since > today:
        yield BEGAN_LATER, "here_since"


def _driving_missing(eligibility: EligibilityAnswer | None) -> Missing:
    if eligibility is None or eligibility.licence is None:
        yield "Select whether you have a full driving licence", "licence"
    elif eligibility.licence == Licence.YES and eligibility.has_vehicle is None:
        yield "Select whether you have the use of a car for work", "has_vehicle"


def relationships_missing(answers: Answers) -> Missing:
    """Whether they are close to a councillor or an employee; and if so, to whom and how."""
    relationships = answers.relationships
    if relationships is None or relationships.is_related is None:
        yield "Select whether you are related or close to a councillor or an employee", "is_related"
    elif relationships.is_related:
        yield from _explained(relationships.details, "Enter who it is and how you know them", "details")


def support_missing(answers: Answers) -> Missing:
    """Only what would help, of somebody who said that something would: all else may be left out."""
    support = answers.support
    if support is not None and support.needs_adjustments:
        yield from _explained(support.adjustments, "Enter what would help you", "adjustments")


def _explained(text: str, missing: str, field: str) -> Missing:
    if not text:
        yield missing, field
    elif message := too_long("Your answer", text, limits.EXPLANATION_WORDS):
        yield message, field
