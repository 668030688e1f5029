"""Whether a vacancy is open, which the clock decides: for its model, and for rows that are only read."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from recruit.rules.lifecycle import ENDED, VacancyStatus

PUBLIC = (VacancyStatus.PUBLISHED, VacancyStatus.PAUSED, *ENDED)
"""The statuses of what was approved and not cancelled."""


class Opening:
    """What is true of a vacancy at a moment, by its status, its two moments and how its applications are read."""

    if TYPE_CHECKING:
        status: Any
        opens_at: Any
        closes_at: Any
        is_rolling: Any

    def is_open(self, now: datetime) -> bool:
        """Say whether candidates can apply at `now`."""
        return bool(self.status == VacancyStatus.PUBLISHED and self.is_public(now) and not self.has_closed(now))

    def is_public(self, now: datetime) -> bool:
        """Say whether its page can be read at `now`: open, paused or closed."""
        return bool(self.status in PUBLIC and self.opens_at is not None and self.opens_at <= now)

    def has_closed(self, now: datetime) -> bool:
        """Say whether its closing moment has passed at `now`."""
        return self.closes_at is not None and self.closes_at <= now

    @property
    def read_from_at(self) -> datetime | None:
        """When its applications begin to be read, all at once; None where each is read as it arrives."""
        return None if self.is_rolling else self.closes_at
