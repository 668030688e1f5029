"""What HR does with labels: names them, retires them, puts them on applications and takes them off.

No panel and no candidate is shown them in the service; whoever they are about can ask, and has them in their own data.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import joinedload

from recruit.accounts.models import NAME_OF_USER
from recruit.applications.labels import Label, LabelEvent, LabelRename
from recruit.applications.models import Application
from recruit.core.db import BigInt, db, table_of
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.joined import Linked, Listed
from recruit.core.text import clean_line
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus

_IDS = (bindparam("label_id", type_=BigInt), bindparam("application_id", type_=BigInt))
_PUT = text(
    "INSERT INTO application_label (label_id, application_id) VALUES (:label_id, :application_id)"
    " ON CONFLICT (label_id, application_id) DO NOTHING"
).bindparams(*_IDS)
_TAKE = text(
    "DELETE FROM application_label WHERE label_id = :label_id AND application_id = :application_id"
).bindparams(*_IDS)


_BY_NAME = (Label.retired_at.is_not(None), func.lower(Label.name), Label.id)


def all_labels() -> Sequence[Label]:
    """Return every label by name, the retired ones last."""
    return db.session.scalars(select(Label).order_by(*_BY_NAME)).all()


def label_of(label_id: int) -> Label:
    """Return one label.

    Raises:
        NotFound: there is none.
    """
    label = db.session.get(Label, label_id)
    if label is None:
        raise NotFound("There is no such label.")
    return label


def add_label(actor: Actor, name: str) -> None:
    """Name a new label.

    Raises:
        NotAllowed: not HR.
        Conflict: there are as many as can be.
        Incomplete: the name is missing, too long or taken.
    """
    authorise(actor, Permission.LABEL_MANAGE)
    labels = all_labels()
    name = _free_name(name, labels)
    if len(labels) >= limits.LABELS:
        raise Conflict(f"There are {limits.LABELS} labels, which is the most. Bring back one that was retired.")
    db.session.add(Label(name=name))


def rename_label(actor: Actor, label: Label, name: str, *, seen_name: str, now: datetime) -> None:
    """Give a label another name, wherever it is; the same name again changes nothing.

    Args:
        seen_name: what it was called on the page that this was decided on.

    Raises:
        NotAllowed: not HR.
        Conflict: somebody renamed it meanwhile.
        Incomplete: the name is missing, too long, or another label's.
    """
    authorise(actor, Permission.LABEL_MANAGE)
    db.session.refresh(label, with_for_update=True)
    name = _free_name(name, [one for one in all_labels() if one.id != label.id])
    if name == label.name:
        return
    if label.name != seen_name:
        raise Conflict(f"Somebody renamed this label to ‘{label.name}’ meanwhile. Nothing of yours was saved.")
    db.session.add(
        LabelRename(label_id=label.id, actor_id=actor.user_id, before=label.name, after=name, at=now),
    )
    label.name = name


def _free_name(name: str, others: Iterable[Label]) -> str:
    """Return a name as it is kept.

    Raises:
        Incomplete: it is missing, too long, or one of the others has it, in whatever case.
    """
    name = clean_line(name)
    if not name:
        raise Incomplete("Enter a name")
    if len(name) > limits.LABEL_CHARACTERS:
        raise Incomplete(f"The name must be {limits.LABEL_CHARACTERS} characters or fewer")
    taken = next((one for one in others if one.name.casefold() == name.casefold()), None)
    if taken is not None:
        raise Incomplete(
            "A retired label has that name. Bring it back" if taken.retired_at else "A label has that name"
        )
    return name


def renames() -> dict[int, list[LabelRename]]:
    """Return who renamed each label, the latest first; those that never were are left out."""
    statement = select(LabelRename).options(joinedload(LabelRename.actor)).order_by(LabelRename.id.desc())
    found: dict[int, list[LabelRename]] = {}
    for one in db.session.scalars(statement.limit(limits.LABEL_RENAMES_SHOWN)):
        found.setdefault(one.label_id, []).append(one)
    return found


def retire_label(actor: Actor, label: Label, *, now: datetime) -> None:
    """Offer a label no more.  It stays on the applications that have it; doing it twice does nothing.

    Raises:
        NotAllowed: not HR.
    """
    authorise(actor, Permission.LABEL_MANAGE)
    label.retired_at = label.retired_at or now


def bring_back_label(actor: Actor, label: Label) -> None:
    """Offer a retired label again.

    Raises:
        NotAllowed: not HR.
    """
    authorise(actor, Permission.LABEL_MANAGE)
    label.retired_at = None


def put_label(actor: Actor, application: Application, label: Label, *, now: datetime) -> None:
    """Put a label on an application.  Where it is already, nothing happens.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: the application was never sent, or the label was retired.
    """
    _refuse(actor, application)
    if label.retired_at is not None:
        raise Conflict(f"The label ‘{label.name}’ was retired, so it is put on nothing more.")
    _change(_PUT, actor, application, label, now, is_on=True)


def take_label(actor: Actor, application: Application, label: Label, *, now: datetime) -> None:
    """Take a label off an application.  Where it is not, nothing happens.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: the application was never sent.
    """
    _refuse(actor, application)
    _change(_TAKE, actor, application, label, now, is_on=False)


def _refuse(actor: Actor, application: Application) -> None:
    authorise(actor, Permission.APPLICATION_LABEL, application)
    if application.status == ApplicationStatus.DRAFT:
        raise Conflict("This application has not been sent.")


def _change(
    statement: Any, actor: Actor, application: Application, label: Label, now: datetime, *, is_on: bool
) -> None:
    """Change what is on it by one statement, and keep who did it; a second click changes nothing and is not kept."""
    done = db.session.execute(statement, {"label_id": label.id, "application_id": application.id})
    if done.rowcount == 1:  # type: ignore[attr-defined]  # a change gives a cursor's result
        db.session.add(
            LabelEvent(application_id=application.id, label_id=label.id, actor_id=actor.user_id, is_on=is_on, at=now)
        )


_ACT, _LABEL = table_of(LabelEvent), table_of(Label)
_ACTS = Linked(_ACT, label=(_LABEL.c.id, _LABEL.c.name), actor=NAME_OF_USER)
LABEL_EVENTS = Listed(
    _ACTS, _ACTS.statement.where(_ACT.c.application_id == bindparam("application_id", type_=BigInt)).order_by(_ACT.c.id)
)
"""What was put on an application and taken off, to be read with other lists."""


def labels_on(events: Iterable[LabelEvent]) -> list[Label]:
    """Return the labels that are on an application now, by name, from all its events."""
    last = {event.label_id: event for event in events}
    return sorted((event.label for event in last.values() if event.is_on), key=lambda one: one.name.casefold())
