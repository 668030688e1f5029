"""What holds criteria that are written line by line: a draft, or a set that is used again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from flask import g, url_for

from recruit.core import clock
from recruit.rules.lifecycle import RevisionStatus
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies import criteria_sets, drafting, revisions, service
from recruit.vacancies.criteria import Lines, in_order
from recruit.vacancies.models import Vacancy
from recruit.vacancies.writing_models import CriteriaSet, VacancyRevision


class Holder(Protocol):
    """Whatever holds criteria.  `address` is what the addresses of its pages are made of."""

    @property
    def lines(self) -> Lines: ...
    @property
    def version(self) -> int: ...
    @property
    def caption(self) -> str: ...
    @property
    def address(self) -> Mapping[str, Any]: ...
    @property
    def back_href(self) -> str: ...
    @property
    def is_of_vacancy(self) -> bool: ...

    def keep(self, lines: Lines, seen_version: int) -> None:
        """Keep the criteria as they are now."""
        ...


@dataclass(frozen=True, slots=True)
class OfDraft:
    """The person specification of a draft."""

    vacancy: Vacancy
    is_of_vacancy: bool = True

    @property
    def lines(self) -> Lines:
        return in_order([service.text_of(criterion) for criterion in self.vacancy.criteria])

    @property
    def version(self) -> int:
        return self.vacancy.version

    @property
    def caption(self) -> str:
        return f"{self.vacancy.reference}, {self.vacancy.title}"

    @property
    def address(self) -> Mapping[str, Any]:
        return {"reference": self.vacancy.reference}

    @property
    def back_href(self) -> str:
        return url_for(".edit_vacancy", reference=self.vacancy.reference)

    def keep(self, lines: Lines, seen_version: int) -> None:
        drafting.save_criteria(g.actor, self.vacancy, lines, seen_version=seen_version, now=clock.now())


@dataclass(frozen=True, slots=True)
class OfSet:
    """A set that is used again."""

    kept: CriteriaSet
    is_of_vacancy: bool = False

    @property
    def lines(self) -> Lines:
        return criteria_sets.lines_of(self.kept)

    @property
    def version(self) -> int:
        return self.kept.version

    @property
    def caption(self) -> str:
        return f"{self.kept.name}, {self.kept.team.name}"

    @property
    def address(self) -> Mapping[str, Any]:
        return {"number": self.kept.id}

    @property
    def back_href(self) -> str:
        return url_for(".list_criteria_sets")

    def keep(self, lines: Lines, seen_version: int) -> None:
        criteria_sets.change_set(g.actor, self.kept, lines, seen_version=seen_version, now=clock.now())


@dataclass(frozen=True, slots=True)
class OfRevision:
    """The person specification as a change of a published vacancy would make it."""

    revision: VacancyRevision
    is_of_vacancy: bool = True

    @property
    def lines(self) -> Lines:
        return revisions.lines_of(self.revision)

    @property
    def version(self) -> int:
        return self.revision.version

    @property
    def caption(self) -> str:
        return f"Change of {self.revision.vacancy.reference}, {self.revision.vacancy.title}"

    @property
    def address(self) -> Mapping[str, Any]:
        return {"reference": self.revision.vacancy.reference}

    @property
    def back_href(self) -> str:
        return url_for(".show_change", reference=self.revision.vacancy.reference)

    def keep(self, lines: Lines, seen_version: int) -> None:
        revisions.change_criteria(g.actor, self.revision, lines, seen_version=seen_version)


def holder_of(reference: str | None, number: int | None) -> Holder:
    """Return what an address names.

    Raises:
        NotFound: it is not one of theirs.
        Conflict: it is a vacancy whose criteria cannot be written now.
    """
    if reference is None:
        return OfSet(criteria_sets.set_of(g.actor, number or 0))
    vacancy = queries.vacancy_of(g.actor, reference)
    if (revision := revisions.open_revision(vacancy)) and revision.status is RevisionStatus.DRAFT:
        return OfRevision(revision)
    service.refuse_settled(vacancy)
    return OfDraft(vacancy)
