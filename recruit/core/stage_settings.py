"""The settings of how long each stage may take, in working days."""

from pydantic import Field
from pydantic_settings import BaseSettings

from recruit.core.stage_days import Targets


def _days(usual: int, what: str) -> int:
    days: int = Field(usual, ge=2, le=60, description=f"working days {what}")  # pages and mails say “days”
    return days


class StageSettings(BaseSettings):
    """Working days; samples until the council sets its own."""

    shortlist_working_days: int = _days(Targets.shortlist, "from closing until candidates hear about the shortlist")
    invite_working_days: int = _days(Targets.invite, "from that to times for interviews")
    choose_working_days: int = _days(Targets.choose, "to choose a time before HR asks them")
    outcome_working_days: int = _days(Targets.outcome, "from the last interview to what came of it")
    interview_notice_working_days: int = _days(Targets.notice, "between an invitation and an interview")
    details_working_days: int = _days(Targets.details, "to give the details before the start")
    details_reminder_working_days: int = _days(Targets.remind, "until somebody is reminded of that, once")

    def targets(self) -> Targets:
        """Return what this service works towards."""
        return Targets(
            self.shortlist_working_days,
            self.invite_working_days,
            self.choose_working_days,
            self.outcome_working_days,
            self.interview_notice_working_days,
            self.details_working_days,
            self.details_reminder_working_days,
        )
