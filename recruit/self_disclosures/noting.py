"""The one writer of what was done with a self-disclosure, and of its status."""

from datetime import datetime

from sqlalchemy import exists, select

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.lifecycle import Move
from recruit.rules.self_disclosure import Act, DisclosureStatus
from recruit.self_disclosures.models import SelfDisclosure, SelfDisclosureEvent


def note(actor: Actor | None, application_id: int, act: Act, *, now: datetime) -> None:
    """Keep that `act` was done; by the service itself where there is no actor."""
    who = actor.user_id if actor else None
    db.session.add(SelfDisclosureEvent(application_id=application_id, actor_id=who, act=act, at=now))


def hold_application(disclosure: SelfDisclosure) -> None:
    """Take the lock that its candidate takes first too: what both do at one moment is done one after the other."""
    db.session.refresh(disclosure.application, with_for_update={"of": Application})


def take(move: Move[DisclosureStatus], actor: Actor, disclosure: SelfDisclosure, *, now: datetime) -> None:
    """Do a move that `rules.lifecycle.permit` allowed."""
    disclosure.status = move.target
    note(actor, disclosure.application_id, Act(move.target.value), now=now)


def did_lately(actor: Actor, application_id: int, act: Act, *, now: datetime) -> bool:
    """Say whether `actor` did this within the time for which one opening lets somebody read."""
    done = exists().where(
        SelfDisclosureEvent.application_id == application_id,
        SelfDisclosureEvent.actor_id == actor.user_id,
        SelfDisclosureEvent.act == act,
        SelfDisclosureEvent.at > now - limits.DISCLOSURE_OPEN,
    )
    return bool(db.session.scalar(select(done)))
