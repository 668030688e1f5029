"""What the queue can be narrowed down to, and where in it somebody stands."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from recruit.applications.stages import ALL, of_team, of_vacancy
from recruit.rules.access import NOBODY
from recruit.rules.interview_stages import InterviewStage
from recruit.rules.lifecycle import QUEUE, WAITING, ApplicationStatus

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"([0-9]{1,17})-([0-9]{1,18})", re.ASCII)  # microseconds since 1970, id: both fit 64 bits


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the queue to show; what is None narrows nothing.

    Args:
        vacancy_id: of one vacancy.
        team_id: of one team's vacancies; not looked at where there is a vacancy, which has one team.
        status: at one status; None is every status but a draft's.
        waiting: where `status` is None, only what somebody waits for us with: the list of what to do next.
        due_within: whose promise is broken within so many working days; 0 is broken already.
        assigned_to: of one person; `NOBODY` is what nobody has taken on.
        unread: only what the reader has not read.
        label_id: with this label on it.
        interview: on the shortlist with their interviews so far; `status` is not looked at then.
        is_mine: of the reader's vacancies: those that name them as contact, or of which they have an application.

    Raises:
        ValueError: a draft is asked for, which is its candidate's alone.
    """

    vacancy_id: int | None = None
    team_id: int | None = None
    status: ApplicationStatus | None = ApplicationStatus.SUBMITTED
    waiting: bool = False
    due_within: int | None = None
    assigned_to: int | None = None
    unread: bool = False
    label_id: int | None = None
    is_mine: bool = False
    interview: InterviewStage | None = None

    def __post_init__(self) -> None:
        if self.status == ApplicationStatus.DRAFT:
            raise ValueError("a draft is in no queue")

    @property
    def statuses(self) -> tuple[ApplicationStatus, ...]:
        """The statuses that are wanted."""
        if self.interview is not None:
            return (ApplicationStatus.SHORTLISTED,)
        return (self.status,) if self.status else WAITING if self.waiting else QUEUE

    @property
    def scope(self) -> str:
        """The kept counts that this list is a part of."""
        if self.vacancy_id is not None:
            return of_vacancy(self.vacancy_id)
        return ALL if self.team_id is None else of_team(self.team_id)

    @property
    def is_narrower(self) -> bool:
        """Whether the list is narrower than the scope and the status, so that the kept counts are not its own."""
        is_of_some = self.due_within is not None or self.assigned_to is not None or self.label_id is not None
        return is_of_some or self.unread or self.is_mine or self.interview is not None

    @property
    def is_unassigned(self) -> bool:
        """Whether only what nobody has taken on is wanted."""
        return self.assigned_to == NOBODY


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue's order: until when what was promised holds, and an id to tell equals apart."""

    due_at: datetime
    id: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a place as `str` writes it; None for anything else."""
        match = _PLACE.fullmatch(text)
        if match is None:
            return None
        try:
            return cls(_EPOCH + timedelta(microseconds=int(match[1])), int(match[2]))
        except OverflowError:
            return None

    def __str__(self) -> str:
        return f"{(self.due_at - _EPOCH) // timedelta(microseconds=1)}-{self.id}"
