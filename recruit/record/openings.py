"""Keeping that somebody of staff was shown an application, and who was shown what."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert

from recruit.applications.openings import Opening
from recruit.core.beside import keep_beside
from recruit.core.db import table_of
from recruit.rules.openings import Part

_OPENING = table_of(Opening)
_KEEP = insert(_OPENING)


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
