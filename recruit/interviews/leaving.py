"""What becomes of somebody's interviews and interest when they withdraw or close their account."""

from collections.abc import Iterable
from datetime import datetime

from recruit.accounts.attempts import Try
from recruit.accounts.models import User
from recruit.accounts.signing_in import Check
from recruit.applications import closing, service
from recruit.applications.models import Application
from recruit.core.calendar import long_moment
from recruit.interest.queries import interest_of
from recruit.interest.service import end_interest
from recruit.interviews.choosing import let_go, take_turns
from recruit.interviews.queries import bookings_of
from recruit.rules.access import Actor
from recruit.rules.interviews import KIND_WORDS
from recruit.vacancies.saved import forget_saved_vacancies


def withdraw_application(actor: Actor, application: Application, *, reason: str, now: datetime) -> None:
    """Withdraw as `applications.service` does, and give back every time that is still to come.

    Raises:
        NotAllowed, Conflict, Incomplete: as `applications.service.withdraw_application`.
    """
    service.withdraw_application(actor, application, reason=reason, now=now)
    _give_back(actor, [application], now, tells_candidate=True)


def close_account(actor: Actor, user: User, checked: Check, attempt: Try, *, now: datetime) -> None:
    """Close an account as `applications.closing` does, forget registered interest and saved vacancies, and give back
    every time to come.

    Raises:
        NotAllowed, Conflict: as `applications.closing.close_account`.
    """
    live = sorted(closing.holdings_of(actor, now=now).live, key=lambda one: one.id)
    _give_back(actor, live, now, tells_candidate=False)
    interest = interest_of(user.id, now=now)
    if interest is not None:
        end_interest(interest)
    forget_saved_vacancies(actor)
    closing.close_account(actor, user, checked, attempt, now=now)


def _give_back(actor: Actor, applications: Iterable[Application], now: datetime, *, tells_candidate: bool) -> None:
    for application in applications:
        for booking in bookings_of(application.id):
            if booking.slot.starts_at <= now:
                continue
            slot = take_turns(application, {booking.slot_id})[booking.slot_id]
            what = f"{KIND_WORDS[slot.kind]} at {long_moment(slot.starts_at)} given back: the application is withdrawn"
            let_go(actor, booking, slot, what, now=now, by_us=False, tells_candidate=tells_candidate)
