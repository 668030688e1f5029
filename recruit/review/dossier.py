"""Reading one application as a reviewer.  Its statements are made once: the page of an application sends them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import NAME_OF_USER, User
from recruit.applications.answer_rows import APPLICATIONS, HAS_NUMBER, application_of
from recruit.applications.deliveries import DELIVERIES, DeliveryEvent
from recruit.applications.labels import LabelEvent
from recruit.applications.models import Application, ApplicationEvent, RegistrationAnswer
from recruit.applications.queries import EVENTS, sent_content_query
from recruit.core.db import BigInt, db, rows_at_once, table_of
from recruit.core.errors import NotFound
from recruit.core.found import Query, rows_found
from recruit.core.joined import Joined, Linked, Listed, Several
from recruit.core.remembered import Remembered
from recruit.notifications.models import OutboxMessage
from recruit.review.choices import LABELS, PEOPLE, Offered, offered
from recruit.review.labels import LABEL_EVENTS
from recruit.review.models import ApplicationRead, Assignment, ReviewNote
from recruit.review.queries import reviewable_by
from recruit.rules.access import Actor
from recruit.vacancies.models import Team, Vacancy

NOT_FOUND = "There is no application with that reference."
_KEY = bindparam("application_id", type_=BigInt)
READER = bindparam("reader", type_=BigInt)


def application_for(actor: Actor, reference: str) -> Application:
    """Return an application that was sent, with its candidate, vacancy, team and whoever has taken it on.

    Raises:
        NotFound: there is none of that reference, it was never sent, or it is the reviewer's own.
    """
    application = db.session.scalars(_APPLICATION, {"reference": reference, "reader": actor.user_id}).one_or_none()
    if application is None:
        raise NotFound(NOT_FOUND)
    return application


_APPLICATION = (
    select(Application)
    .where(Application.reference == bindparam("reference"), reviewable_by(READER))
    .options(
        joinedload(Application.candidate, innerjoin=True),
        joinedload(Application.assigned_to),
        joinedload(Application.vacancy, innerjoin=True).joinedload(Vacancy.team, innerjoin=True),
    )
)


@dataclass(frozen=True)
class Opened:
    """An application as its page shows it, to be read and not to be changed.

    Args:
        application: with its candidate, vacancy and team, and of each what the page shows or asks about.
        row: all that was found of it: also whether the reader has read it (`is_read`), how many messages to its
            candidate did not arrive (`undelivered`), and whether other accounts sent applications with the registration
            number of this one (`has_same_number`).
        beside: what was found beside it. Where both are equal, it is the same application as it stands.
        is_again: whether this process has opened it lately.
    """

    application: Application
    row: Any
    beside: tuple[Any, ...]
    is_again: bool

    @property
    def happened(self) -> "Happened":
        """What happened to it."""
        return self._lists[0]

    @property
    def offer(self) -> Offered:
        """What can be chosen for it."""
        return self._lists[1]

    @cached_property
    def _lists(self) -> tuple["Happened", Offered]:
        *happened, people, labels = _BESIDE.told_apart(self.beside)
        return Happened(*happened), offered(people, labels)

    def kind(self) -> tuple[Any, ...]:
        """Return what of the row many applications may have alike: all but the columns of `_OWN`."""
        kind: tuple[Any, ...] = _of_a_kind(self.row._fields)(self.row)
        return kind


Found = Sequence[Sequence[Any]]


def reading_queries(actor: Actor, reference: str, statement: Select[Any] | None = None) -> Sequence[Query[Any]]:
    """Return the queries for an application with all that its page shows beside it: none needs what another finds.

    What was sent is among them where this process has not read it lately.

    Args:
        actor: who reads; of them the id.
        reference: as we write references.
        statement: made once of `ROW`, with columns for what packages above this one know; they are in the row.
    """
    row = Query(ROW if statement is None else statement, {"reference": reference, "reader": actor.user_id}, _only_one)
    beside = _BESIDE.query(reference=reference)
    return (row, beside) if _READ_LATELY.get(reference) else (row, beside, sent_content_query(reference))


def application_to_read(queries: Sequence[Query[Any]], rows: Found | None = None) -> Opened:
    """Return an application that was sent, with what its reader is told of beside it.

    Args:
        queries: from `reading_queries`.
        rows: what they have found, where they were asked already.

    Raises:
        NotFound: as `application_for`.
    """
    if rows is None:
        if db.session.registry.has():
            db.session.flush()  # rows are what the database has
        rows = rows_found(queries)
    (its_row, _, *of_what_was_sent), (found, beside, *sent) = queries, rows
    row = its_row.make(found)
    for query, its in zip(of_what_was_sent, sent, strict=True):
        query.make(its)  # it is remembered
    _READ_LATELY.note(row.reference_0, True)
    return Opened(application_of(row, _SHOWN), row, tuple(beside), is_again=not sent)


def _only_one(rows: Sequence[Any]) -> Any:
    if not rows:
        raise NotFound(NOT_FOUND)
    return rows[0]


_READ_LATELY: Remembered[str, bool] = Remembered(256)
"""The references of applications of which this process has read lately what was sent."""


_SENT, _VACANCY, _TEAM, _USER = table_of(Application).c, table_of(Vacancy).c, table_of(Team).c, table_of(User).c
_SHOWN = Joined(
    [
        _SENT.id, _SENT.reference, _SENT.candidate_id, _SENT.vacancy_id, _SENT.assigned_to_id, _SENT.status,
        _SENT.told_status, _SENT.submitted_at, _SENT.due_at, _SENT.message_waits, _SENT.version,
    ],
    [_VACANCY.id, _VACANCY.reference, _VACANCY.title, _VACANCY.status, _VACANCY.scores_first],
    [_TEAM.id, _TEAM.name],
    [_USER.id, _USER.name],
)  # fmt: skip
_OWN = frozenset(
    {
        "id_0", "reference_0", "candidate_id_0", "vacancy_id_0", "submitted_at_0", "due_at_0", "version_0",
        "id_1", "reference_1", "title_1", "id_2", "name_2", "id_3", "name_3",
    }
)  # fmt: skip
"""The columns of `_SHOWN` that tell one application from the next of its kind."""


@lru_cache
def _of_a_kind(fields: tuple[str, ...]) -> Callable[[Any], Any]:
    return itemgetter(*[place for place, name in enumerate(fields) if name not in _OWN])


_OWN_NUMBER, _NUMBER = table_of(RegistrationAnswer).alias("own_number").c, table_of(RegistrationAnswer).c
_OTHER = table_of(Application).alias("other").c
ROW = APPLICATIONS.with_only_columns(
    *_SHOWN.columns,
    exists().where(ApplicationRead.application_id == _SENT.id, ApplicationRead.user_id == READER).label("is_read"),
    select(func.count())
    .where(OutboxMessage.unsettled_since.is_not(None), OutboxMessage.about == bindparam("reference"))
    .scalar_subquery()
    .label("undelivered"),
    exists()
    .where(
        _NUMBER.number
        == select(_OWN_NUMBER.number)
        .where(_OWN_NUMBER.application_id == _SENT.id, _OWN_NUMBER.number != "")
        .correlate(table_of(Application))
        .scalar_subquery(),
        HAS_NUMBER,
        _OTHER.id == _NUMBER.application_id,
        _OTHER.candidate_id != _SENT.candidate_id,
        _OTHER.candidate_id != READER,
        _OTHER.submitted_at.is_not(None),
    )
    .label("has_same_number"),
).where(reviewable_by(READER))


class Happened(NamedTuple):
    """What happened to an application since it was begun, each oldest first, to be read and not to be changed.

    Args:
        events: its moves.
        assignments: who gave it to whom.
        labels: what was put on it and taken off.
        deliveries: what was done about messages that did not arrive.
        notes: what reviewers wrote about it.
    """

    events: Sequence[ApplicationEvent]
    assignments: Sequence[Assignment]
    labels: Sequence[LabelEvent]
    deliveries: Sequence[DeliveryEvent]
    notes: Sequence[ReviewNote]


def happened_to(application_id: int) -> Happened:
    """Return what happened to an application, in one statement."""
    return Happened(*_HAPPENED.rows(application_id=application_id))


_NOTE, _ASSIGNMENT = table_of(ReviewNote), table_of(Assignment)
_WRITTEN, _GIVEN = Linked(_NOTE, author=NAME_OF_USER), Linked(_ASSIGNMENT, actor=NAME_OF_USER, assignee=NAME_OF_USER)
_OF_HISTORY = (
    EVENTS,
    Listed(_GIVEN, _GIVEN.statement.where(_ASSIGNMENT.c.application_id == _KEY)),
    LABEL_EVENTS,
    DELIVERIES,
    Listed(_WRITTEN, _WRITTEN.statement.where(_NOTE.c.application_id == _KEY)),
)
_NAMED = table_of(Application).alias("named").c
_ITS_KEY = select(_NAMED.id).where(_NAMED.reference == bindparam("reference")).scalar_subquery()
_HAPPENED = Several(*_OF_HISTORY)
_BESIDE = Several(*(one.with_value("application_id", _ITS_KEY) for one in _OF_HISTORY), PEOPLE, LABELS)


def same_number_elsewhere(actor: Actor, application: Application, number: str) -> Sequence[str]:
    """Return the references of applications that other accounts sent with the registration number `number`."""
    if not number:
        return []
    values = {"number": number, "candidate_id": application.candidate_id, "reader": actor.user_id}
    return [row.reference for row in rows_at_once(_SAME_NUMBER, **values)]


_SAME_NUMBER = (
    select(Application.reference)
    .join(RegistrationAnswer, RegistrationAnswer.application_id == Application.id)
    .where(
        RegistrationAnswer.number == bindparam("number"),
        HAS_NUMBER,
        Application.candidate_id != bindparam("candidate_id"),
        reviewable_by(READER),
    )
    .order_by(Application.id)
    .limit(10)
)
