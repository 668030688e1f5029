"""What the safeguarding lead sees: the list, the cover of each, and what it says once they have opened it.

Opening is an act of its own that is kept first, with who and when; it lets that person read for a quarter of an hour.
Who applied for the same vacancy, is on its panel or interviews for it, or has left it to a colleague, sees none of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, literal, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import User
from recruit.applications.models import Application, ContactDetails
from recruit.core.db import UTCDateTime, db
from recruit.core.errors import NotFound
from recruit.interviews.models import InterviewBooking, InterviewSlot, SlotInterviewer
from recruit.panels.composition import has_applied
from recruit.panels.models import PanelMember
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.self_disclosure import ASKABLE, CONCLUDED, UNSENT, Act, DisclosureStatus
from recruit.self_disclosures import answers as kept
from recruit.self_disclosures.answers import Answers
from recruit.self_disclosures.contents import DisclosureAnswers, DisclosureText, TextKind
from recruit.self_disclosures.models import SelfDisclosure, SelfDisclosureEvent
from recruit.self_disclosures.noting import did_lately, hold_application, note

NOT_YOURS = "There is no self-disclosure here that you can open. A colleague may have it, or it was not asked for."
NOT_OPEN = "Open it first: each opening is kept, with your name."


class Group(StrEnum):
    """The parts of the list, in the order of what has to be done."""

    TO_READ = "to_read"
    TO_DISCUSS = "to_discuss"
    WAITING = "waiting"
    CONCLUDED = "concluded"


class Place(NamedTuple):
    """Where a line stands in the list: its first interview, in seconds since 1970, and its application."""

    seconds: int
    application_id: int


@dataclass(frozen=True, slots=True)
class Line:
    """One self-disclosure in the list.  `interview_at` is the first interview, None where none is set."""

    disclosure: SelfDisclosure
    interview_at: datetime | None

    @property
    def place(self) -> Place:
        moment = self.interview_at.timestamp() if self.interview_at else _LATER.timestamp()
        return Place(int(moment), self.disclosure.application_id)


def counts(actor: Actor) -> Mapping[Group, int]:
    """Return how many there are of each group, for this reader."""
    columns = [func.count().filter(_within(group)).label(group.value) for group in Group]
    row = db.session.execute(_theirs(actor, *columns)).one()
    return {group: getattr(row, group.value) for group in Group}


def disclosures(actor: Actor, group: Group, after: Place | None = None) -> Sequence[Line]:
    """Return a page of a group and one more, the next interview first, in one query.

    Raises:
        NotAllowed: no safeguarding lead.
    """
    first = (
        select(func.min(InterviewSlot.starts_at, type_=UTCDateTime()))
        .join(InterviewBooking, InterviewBooking.slot_id == InterviewSlot.id)
        .where(InterviewBooking.application_id == SelfDisclosure.application_id)
        .scalar_subquery()
    )
    moment = func.coalesce(first, literal(_LATER, UTCDateTime()), type_=UTCDateTime())
    statement = _theirs(actor, SelfDisclosure, first).where(_within(group))
    if after is not None:
        at = datetime.fromtimestamp(after.seconds, tz=_LATER.tzinfo)
        statement = statement.where(
            (moment > at) | ((moment == at) & (SelfDisclosure.application_id > after.application_id))
        )
    statement = statement.options(*_WITH).order_by(moment, SelfDisclosure.application_id)
    rows = db.session.execute(statement.limit(limits.DISCLOSURES_A_PAGE + 1)).tuples()
    return [Line(disclosure, interview_at) for disclosure, interview_at in rows]


_LATER = datetime.fromisoformat("9999-01-01T00:00:00+00:00")
LAST = int(_LATER.timestamp())
"""Where those stand for whom no interview is set, in seconds since 1970."""
_WITH = (
    joinedload(SelfDisclosure.application).joinedload(Application.candidate),
    joinedload(SelfDisclosure.application).joinedload(Application.vacancy),
)


def _within(group: Group) -> ColumnElement[bool]:
    """Return the condition of a group.  What was sent for an application that is over needs nobody any more."""
    going_on, status = Application.status.in_(ASKABLE), SelfDisclosure.status
    is_news = SelfDisclosure.news_since.is_not(None)
    return {
        Group.TO_READ: going_on & is_news,
        Group.TO_DISCUSS: going_on & ~is_news & status.in_(_OPEN),
        Group.WAITING: going_on & (status == DisclosureStatus.ASKED),
        Group.CONCLUDED: status.not_in(UNSENT) & (~going_on | (~is_news & status.in_(CONCLUDED))),
    }[group]


_OPEN = (DisclosureStatus.TO_TALK, DisclosureStatus.RECEIVED, DisclosureStatus.HEARD, DisclosureStatus.TO_DISCUSS)


def _theirs(actor: Actor, *what: Any) -> Select[Any]:
    """Return a query of what this reader may open.

    Raises:
        NotAllowed: no safeguarding lead.
    """
    authorise(actor, Permission.DISCLOSURE_VIEW)
    return (
        select(*what)
        .select_from(SelfDisclosure)
        .join(Application, Application.id == SelfDisclosure.application_id)
        .where(
            Application.candidate_id != actor.user_id,
            ~has_applied(actor.user_id, Application.vacancy_id),
            ~exists().where(PanelMember.vacancy_id == Application.vacancy_id, PanelMember.user_id == actor.user_id),
            ~exists().where(
                InterviewSlot.vacancy_id == Application.vacancy_id,
                SlotInterviewer.slot_id == InterviewSlot.id,
                SlotInterviewer.user_id == actor.user_id,
            ),
            ~exists().where(
                SelfDisclosureEvent.application_id == SelfDisclosure.application_id,
                SelfDisclosureEvent.actor_id == actor.user_id,
                SelfDisclosureEvent.act == Act.LEFT,
            ),
        )
    )


def disclosure_for(actor: Actor, reference: str) -> SelfDisclosure:
    """Return the cover of one: whose it is, and how it stands.

    Raises:
        NotAllowed: no safeguarding lead.
        NotFound: there is none for this reader.
    """
    statement = _theirs(actor, SelfDisclosure).where(Application.reference == reference).options(*_WITH)
    found: SelfDisclosure | None = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound(NOT_YOURS)
    return found


def phone_of(disclosure: SelfDisclosure) -> str:
    """Return the number that the candidate gave in the application, for whoever would rather talk; "" for none."""
    details = db.session.get(ContactDetails, disclosure.application_id)
    return details.phone if details else ""


def open_disclosure(actor: Actor, disclosure: SelfDisclosure, *, now: datetime) -> None:
    """Keep that it is opened, before it is shown.  What was new is read.

    Raises:
        NotAllowed: no safeguarding lead, or their own.
        NotFound: nothing has come yet.
    """
    authorise(actor, Permission.DISCLOSURE_CONCLUDE, disclosure)
    hold_application(disclosure)
    if disclosure.status is DisclosureStatus.ASKED:
        raise NotFound("It is not received yet, so there is nothing to open.")
    if may_read(actor, disclosure, now=now):
        return
    disclosure.news_since = None
    note(actor, disclosure.application_id, Act.OPENED, now=now)


def may_read(actor: Actor, disclosure: SelfDisclosure, *, now: datetime) -> bool:
    """Say whether `actor` opened it just now, and nothing has come since."""
    return disclosure.news_since is None and did_lately(actor, disclosure.application_id, Act.OPENED, now=now)


@dataclass(frozen=True, slots=True)
class Content:
    """What one says, and what was written about it.

    Args:
        answers: as they were sent; None where it was told in person, or is not sent.
        additions: of the candidate; `notes` of the leads; `told` the chair, the newest last, with `reasons`.
    """

    answers: Answers | None
    additions: Sequence[DisclosureText]
    notes: Sequence[DisclosureText]
    told: Sequence[DisclosureText]
    reasons: Sequence[DisclosureText]


def content_of(actor: Actor, disclosure: SelfDisclosure, *, now: datetime) -> Content:
    """Return what one says.  A draft is its candidate's alone.

    Raises:
        NotAllowed: no safeguarding lead, or their own.
        NotFound: they have not opened it, or not lately.
    """
    authorise(actor, Permission.DISCLOSURE_CONCLUDE, disclosure)
    if not may_read(actor, disclosure, now=now):
        raise NotFound(NOT_OPEN)
    is_sent = disclosure.status not in UNSENT
    row = db.session.get(DisclosureAnswers, disclosure.application_id) if is_sent else None
    texts = db.session.scalars(
        select(DisclosureText)
        .where(DisclosureText.application_id == disclosure.application_id)
        .options(joinedload(DisclosureText.author).load_only(User.name))
        .order_by(DisclosureText.id)
    ).all()
    by_kind = {kind: [one for one in texts if one.kind is kind] for kind in TextKind}
    return Content(kept.read(row.answers) if row else None, *(by_kind[kind] for kind in _ORDER))


_ORDER = (TextKind.ADDITION, TextKind.NOTE, TextKind.TOLD, TextKind.REASON)
