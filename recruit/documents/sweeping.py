"""Removing bytes that no row stands for: of forms that were broken off, and of what was removed or refused."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import structlog
from sqlalchemy import select

from recruit.core.db import db
from recruit.core.transaction import end_reading
from recruit.documents.models import Document, DocumentState
from recruit.documents.storage import DocumentStore
from recruit.rules import limits

AT_ONCE = 500  # names that one statement asks for
log = structlog.get_logger(__name__)


class Sweep:
    """The sweeps of one worker.  Two at the same time do no harm.

    Args:
        store: what is swept.
    """

    def __init__(self, store: DocumentStore) -> None:
        self._store = store
        self._due_at: datetime | None = None

    def remove_orphans(self, now: datetime) -> None:
        """Remove what has no row, once in `SWEEP_EVERY`.

        Raises:
            Unavailable: the store does not answer; the next round tries again.
        """
        if self._due_at is not None and now < self._due_at:
            return
        removed, names = 0, self._store.names_before(now - limits.ORPHAN_KEPT)
        while batch := list(islice(names, AT_ONCE)):
            orphans = _without_row(batch)
            self._store.forget(orphans)
            removed += len(orphans)
        self._due_at = now + limits.SWEEP_EVERY
        if removed:
            log.info("bytes without a document removed", number=removed)


def _without_row(names: Sequence[str]) -> list[str]:
    wanted = Document.stored_as.in_(names), Document.state != DocumentState.REFUSED
    kept = set(db.session.scalars(select(Document.stored_as).where(*wanted)))
    end_reading()
    return [name for name in names if name not in kept]
