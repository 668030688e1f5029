"""Boxes that equality answers wait in until there are enough of them to be counted together.

An answer that changed a count at once could be read from two backups, one from before and one from after.  So it is
sealed, by a key in memory alone, and the fifth of a stage opens the box: five answers become counts in one step, slips
and key go.  Whoever has the database, all its backups and its log has what five people said together, and slips that
nothing opens.
"""

import secrets
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import delete, func, select, text

from recruit.applications.counts import EqualityBox, EqualitySlip
from recruit.core.db import db, hold
from recruit.core.memory_keys import MemoryKeys
from recruit.rules import limits
from recruit.rules.equality import EqualityStage

_ADD = text(
    "INSERT INTO equality_count (year, stage, question, answer, number)"
    " VALUES (:year, :stage, :question, :answer, :number)"
    " ON CONFLICT (year, stage, question, answer) DO UPDATE SET number = equality_count.number + :number"
)
_SLIP_BYTES = 16
Offered = Sequence[tuple[str, Sequence[str]]]
"""Each question's key and its answers, in an order that never changes within a box's life."""


def put(stage: EqualityStage, year: int, answers: dict[str, str], offered: Offered, keys: MemoryKeys) -> set[str]:
    """Seal `answers` into the open box of their stage and year, and count what is in it when it is full.

    Args:
        answers: words by question; none for somebody who skipped, whose slip looks like any other.

    Returns:
        The names of keys that nothing needs any more once this is committed: destroy them then.
    """
    hold("equality boxes")  # one answer at a time, so that two cannot both be the fifth
    box = _open_box(stage, year, keys)
    slip = bytes([_number(answers.get(question, ""), words) for question, words in offered])
    db.session.add(EqualitySlip(key=secrets.token_hex(_SLIP_BYTES), box_key=box.key, sealed=keys.seal(box.key, slip)))
    db.session.flush()
    inside = select(func.count()).select_from(EqualitySlip).where(EqualitySlip.box_key == box.key)
    if (db.session.scalar(inside) or 0) >= limits.EQUALITY_TOGETHER:
        _count(box, offered, keys)
    return keys.names() - set(db.session.scalars(select(EqualityBox.key)))


def _open_box(stage: EqualityStage, year: int, keys: MemoryKeys) -> EqualityBox:
    """Return the box of this machine; a new one if there is none, or its key went with a restart."""
    boxes = select(EqualityBox).where(EqualityBox.year == year, EqualityBox.stage == stage).order_by(EqualityBox.key)
    for box in db.session.scalars(boxes):
        if keys.has(box.key):
            return box
    db.session.execute(
        delete(EqualityBox).where(EqualityBox.year < year)
    )  # never to be filled: nobody answers for then
    box = EqualityBox(key=keys.make(), year=year, stage=stage)
    db.session.add(box)
    db.session.flush()
    return box


def _count(box: EqualityBox, offered: Offered, keys: MemoryKeys) -> None:
    """Add what is in the box to the counts, all at once, and remove box and slips."""
    counted: Counter[tuple[str, str]] = Counter()
    for sealed in db.session.scalars(select(EqualitySlip.sealed).where(EqualitySlip.box_key == box.key)):
        for (question, words), number in zip(offered, keys.unseal(box.key, sealed), strict=True):
            if number:
                counted[question, words[number - 1]] += 1
    rows = [
        {"year": box.year, "stage": box.stage.value, "question": question, "answer": answer, "number": number}
        for (question, answer), number in sorted(counted.items())
    ]
    if rows:
        db.session.execute(_ADD, rows)
    db.session.execute(delete(EqualitySlip).where(EqualitySlip.box_key == box.key))
    db.session.delete(box)
    db.session.flush()


def _number(answer: str, words: Sequence[str]) -> int:
    """Return the place of `answer`, from one; nought for what was not answered or not offered."""
    return words.index(answer) + 1 if answer in words else 0
