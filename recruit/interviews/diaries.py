"""Who is where at which quarter of an hour.

The primary key of a piece is what keeps a person from being in two interviews, whatever asks for it and on both
databases; asking first is only there to say whose time it is.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import delete, insert, select

from recruit.accounts.models import User
from recruit.core.db import db, hold, table_of
from recruit.interviews.models import DiaryPiece
from recruit.rules import limits


def first_clash(
    user_ids: Collection[int], starts_at: datetime, ends_at: datetime, *, besides: Collection[int] = ()
) -> tuple[int, str, datetime] | None:
    """Return id and name of somebody who is in another interview then, and from when; None if nobody is.

    Their diaries are held until the transaction ends: the answer stays true.

    Args:
        user_ids: whose diaries are looked at.
        starts_at: the first moment that is wanted.
        ends_at: the first moment that no longer is.
        besides: slots that do not count, such as the one that is given up in the same step.
    """
    for user_id in sorted(user_ids):  # always in this order, so that two transactions never wait for each other
        hold(f"diary {user_id}")
    found = db.session.execute(
        select(DiaryPiece.user_id, User.name, DiaryPiece.at)
        .join(User, User.id == DiaryPiece.user_id)
        .where(
            DiaryPiece.user_id.in_(user_ids),
            DiaryPiece.at >= starts_at,
            DiaryPiece.at < ends_at,
            DiaryPiece.slot_id.not_in(besides),
        )
        .order_by(DiaryPiece.at, DiaryPiece.user_id)
        .limit(1)
    ).first()
    return (found[0], found[1], found[2]) if found else None


def occupy(slot_id: int, user_ids: Collection[int], starts_at: datetime, ends_at: datetime) -> None:
    """Write a slot into diaries, in the caller's transaction: a piece that is taken refuses all of it."""
    rows = [
        {"user_id": user_id, "at": at, "slot_id": slot_id}
        for user_id in sorted(user_ids)
        for at in _pieces(starts_at, ends_at)
    ]
    if rows:
        db.session.execute(insert(table_of(DiaryPiece)), rows)


def free(slot_id: int, user_id: int | None = None) -> None:
    """Take a slot out of one person's diary, or out of everybody's."""
    whose = [] if user_id is None else [DiaryPiece.user_id == user_id]
    db.session.execute(delete(DiaryPiece).where(DiaryPiece.slot_id == slot_id, *whose))


def _pieces(starts_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    at = starts_at
    while at < ends_at:
        yield at
        at += limits.INTERVIEW_STEP
