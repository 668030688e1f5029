"""Keeping that somebody of staff was shown an application, and who was shown what."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, literal, select

from recruit.accounts.sessions import signed_in_as
from recruit.applications.models import Application
from recruit.applications.openings import Opening
from recruit.core.beside import Keeping, keep_beside
from recruit.core.db import table_of
from recruit.review.queries import reviewable_by
from recruit.rules.access import Role
from recruit.rules.openings import Part

_OPENING = table_of(Opening)
_KEEP = insert(_OPENING)
_SENT, _READER = table_of(Application).c, signed_in_as(Role.HR)
_KEEP_AHEAD = (
    insert(_OPENING)
    .from_select(
        ["application_id", "actor_id", "part", "at"],
        select(_SENT.id, _READER.c.id, literal(Part.APPLICATION, _OPENING.c.part.type), _READER.c.at).where(
            _SENT.reference == bindparam("reference"), reviewable_by(_READER.c.id)
        ),
    )
    .returning(_OPENING.c.application_id, _OPENING.c.actor_id, _OPENING.c.part)
)


class Shown(NamedTuple):
    """One application, or a part of it, that somebody is shown."""

    application_id: int
    actor_id: int
    part: Part
    at: datetime


def keep_openings(shown: Sequence[Shown]) -> None:
    """Keep what somebody is about to be shown: it is there before they are, whatever becomes of this process.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: it cannot be kept.
    """
    keep_beside(_KEEP, *(one._asdict() for one in shown))


def opening_ahead(reference: str, *, now: datetime) -> Keeping:
    """Return what keeps, with what is read of it, that HR is shown an application whole.

    It keeps nothing unless the token that is given with it opens a session of HR, and the application is there for
    them: a page that then fails to be made leaves a row, one that is refused does not.

    Args:
        reference: as we write references.
    """
    return Keeping(_KEEP_AHEAD, {"reference": reference, "now": now})
