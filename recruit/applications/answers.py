"""All that a candidate has entered, read together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from recruit.applications.chronology import Gap, Month, Period, uncovered_months
from recruit.applications.covered import is_covered
from recruit.applications.models import (
    Activity,
    Application,
    ContactDetails,
    Declaration,
    RegistrationAnswer,
    Section,
)
from recruit.applications.personal import EligibilityAnswer, RelationshipAnswer, SupportAnswer
from recruit.applications.referees import Post, RefereeFacts
from recruit.vacancies.models import CriterionKind

WORK = frozenset({Activity.PAID, Activity.AGENCY, Activity.VOLUNTARY})


@dataclass(frozen=True, slots=True)
class Answers:
    """One application as its candidate, its snapshot and its checks see it.

    All but the application are rows with the columns of their tables (see `models`).

    Args:
        evidence: text by criterion id.
        states: what the candidate said of each section; a section that was never saved is not in it.
        criteria: those that evidence is asked for.
        unasked: those that it was written for before the vacancy changed, and is not asked for any more.
    """

    application: Application
    contact: ContactDetails | None
    registration: RegistrationAnswer | None
    eligibility: EligibilityAnswer | None
    relationships: RelationshipAnswer | None
    support: SupportAnswer | None
    qualifications: Sequence[Any]
    history: Sequence[Any]
    evidence: Mapping[int, str]
    referees: Sequence[Any]
    declaration: Declaration | None
    states: Mapping[Section, Any]
    criteria: Sequence[Any]
    unasked: Sequence[Any] = ()

    @property
    def essential(self) -> list[Any]:
        """The criteria that need an answer here."""
        return [one for one in self.criteria if one.kind == CriterionKind.ESSENTIAL and one not in self.covered]

    @property
    def desirable(self) -> list[Any]:
        """The criteria that may have one."""
        return [one for one in self.criteria if one.kind == CriterionKind.DESIRABLE and one not in self.covered]

    @property
    def covered(self) -> list[Any]:
        """The criteria that the section about registration answers, and that nothing was written for."""
        needed = self.application.vacancy.registration_required
        return [one for one in self.criteria if needed and is_covered(one.text) and not self.evidence.get(one.id)]

    def is_complete(self, section: Section) -> bool:
        """Say whether the candidate said that they have finished `section`."""
        state = self.states.get(section)
        return state is not None and state.is_complete

    def gaps(self, today: date) -> list[Gap]:
        """Return the months since secondary education that nothing in the history covers, oldest first."""
        left = self.application.history_since
        if left is None:
            return []
        first = Month.of(left).plus(1)  # in the month of leaving they were still at school
        return uncovered_months([period_of(entry) for entry in self.history], first, Month.of(today))

    def posts(self) -> list[Post]:
        """Return the work in the history, as the rules for referees want it."""
        return [
            Post(
                entry.organisation or entry.title,
                period_of(entry),
                entry.with_children,
                is_employment=entry.activity != Activity.VOLUNTARY,
            )
            for entry in self.history
            if entry.activity in WORK
        ]

    def referee_facts(self) -> list[RefereeFacts]:
        """Return the referees, as the rules want them."""
        return [
            RefereeFacts(
                name=referee.name,
                email=referee.email,
                organisation=referee.organisation,
                relationship=referee.relationship_,
                known_from=Month.of(referee.known_from),
                known_until=Month.of(referee.known_until) if referee.known_until else None,
                is_most_recent_employer=referee.is_most_recent_employer,
                from_work_with_children=referee.from_work_with_children,
            )
            for referee in self.referees
        ]


def period_of(entry: Any) -> Period:
    """Return the months that `entry` covers."""
    return Period(Month.of(entry.started_month), Month.of(entry.ended_month) if entry.ended_month else None)
