"""What can be done next in the life of a published vacancy: by where it stands, which the clock has a say in."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from recruit.rules.access import Actor, Permission, can
from recruit.vacancies.models import Vacancy
from recruit.vacancies.standing import Standing, standing_of


class Step(StrEnum):
    """In the order in which a page offers them."""

    EXTEND = "extend"
    PAUSE = "pause"
    END = "end"
    RESUME = "resume"
    OUTCOME = "outcome"
    TAKE_BACK = "take_back"


STEPS: Mapping[Standing, tuple[Step, ...]] = {
    Standing.SCHEDULED: (Step.EXTEND,),
    Standing.OPEN: (Step.EXTEND, Step.PAUSE, Step.END),
    Standing.PAUSED: (Step.RESUME, Step.OUTCOME),
    Standing.CLOSED: (Step.OUTCOME,),
    Standing.FILLED: (Step.TAKE_BACK,),
    Standing.PART_FILLED: (Step.TAKE_BACK,),
    Standing.UNFILLED: (Step.TAKE_BACK,),
}
"""No row, nothing to do."""
OVER = (Standing.CLOSED, Standing.FILLED, Standing.PART_FILLED, Standing.UNFILLED, Standing.CANCELLED)
"""Where a vacancy stands when it can be relisted."""


def steps_open_to(actor: Actor, vacancy: Vacancy, now: datetime) -> tuple[Step, ...]:
    """Return what `actor` could do with `vacancy` at `now`: the buttons on its page."""
    return STEPS.get(standing_of(vacancy, now), ()) if can(actor, Permission.VACANCY_STEER, vacancy) else ()
