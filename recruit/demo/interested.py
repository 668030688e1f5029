"""People who are not ready to apply, or found no vacancy that fits: they registered interest over the last months."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from recruit.applications.models import Registration
from recruit.applications.saving import Entered
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.demo.applications import Applications
from recruit.demo.people import People
from recruit.interest.consent import consent_words
from recruit.interest.service import save_interest
from recruit.pay.models import Grade
from recruit.vacancies.models import Team

ORGANISATION = "the council"
DAYS_AGO = (3, 16, 41, 75, 130, 210, 330)
HOURS = ("", "30 hours over four days", "", "A job share, mornings", "", "Term time if there is such a post", "")
STATES = (
    Registration.REGISTERED,
    Registration.NEWLY_QUALIFIED,
    Registration.REGISTERED,
    Registration.RETURNING,
    Registration.OVERSEAS,
    Registration.NOT_REQUIRED,
    Registration.REGISTERED,
)


def load_interest(applications: Applications, people: People, *, now: datetime) -> int:
    """Add them; return how many."""
    teams = db.session.scalars(select(Team.slug).order_by(Team.id)).all()
    grades = db.session.scalars(select(Grade.code).order_by(Grade.id)).all()
    for place, days in enumerate(DAYS_AGO):
        at = now - timedelta(days=days)
        user, _ = applications.account(people.draw())
        db.session.flush()
        user.created_at = user.confirmed_at = at
        entered = Entered(_told(place, people.registration_number(), teams, grades, at))
        save_interest(user.as_actor(), user, entered, consent_words(ORGANISATION), secret="", now=at)
    return len(DAYS_AGO)


def _told(place: int, number: str, teams: Sequence[str], grades: Sequence[str], at: datetime) -> dict[str, Any]:
    return {
        "state": STATES[place],
        "number": number,
        "expected_on": london_day(at) + timedelta(days=400),
        "right_to_work": place != 4,
        "needs_sponsorship": place == 4,
        "teams": list(teams[place : place + 2]) if place % 3 else [],
        "grades": list(grades[:1]) if place == 1 else [],
        "hours_wanted": HOURS[place],
    }
