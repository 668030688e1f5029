"""The interest that somebody registered, in words, for whoever it is about (UK GDPR, articles 15 and 20)."""

from dataclasses import dataclass
from datetime import datetime

from recruit.alerts.searches import names
from recruit.interest.queries import own_interest
from recruit.interest.reading import interest_lines
from recruit.rules.access import Actor


@dataclass(frozen=True, slots=True)
class OwnInterest:
    """What they told us, what they agreed to and until when it is kept."""

    answers: list[tuple[str, str]]
    consent: str
    agreed_at: datetime
    until: datetime


def own_interest_data(actor: Actor, *, now: datetime) -> OwnInterest | None:
    """Return the interest of `actor`, if there is one."""
    interest = own_interest(actor, now=now)
    if interest is None:
        return None
    return OwnInterest(interest_lines(interest, names()), interest.consent, interest.consented_at, interest.expires_at)
