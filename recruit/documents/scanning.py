"""Having documents looked at by a virus scanner, where one is set: until then nobody but who sent one opens it."""

from datetime import datetime

import structlog
from sqlalchemy import select, update

from recruit.core.counters import renew_public_pages
from recruit.core.db import db
from recruit.core.errors import Unavailable
from recruit.core.transaction import end_reading, transaction
from recruit.documents.models import Document, DocumentState
from recruit.documents.scanner import Scanner
from recruit.documents.storage import DocumentStore

AT_ONCE = 50  # documents of one round
log = structlog.get_logger(__name__)


class Scans:
    """The scans of one worker.  Two that look at one document find the same.

    Args:
        store: where the bytes are.
        scanner: who looks at them.
    """

    def __init__(self, store: DocumentStore, scanner: Scanner) -> None:
        self._store, self._scanner = store, scanner

    def scan_documents(self, now: datetime) -> None:
        """Have those looked at that nobody has looked at.  No transaction is open meanwhile.

        Raises:
            Unavailable: the scanner does not answer: they wait for the next round, and are never clean.
        """
        waiting = db.session.execute(
            select(Document.stored_as)
            .where(Document.state == DocumentState.RECEIVED)
            .group_by(Document.stored_as)
            .order_by(Document.stored_as)
            .limit(AT_ONCE)
        )
        names = [row.stored_as for row in waiting]
        end_reading()
        for name in names:
            try:
                content = self._store.read(name)
            except Unavailable:
                continue  # perhaps it was removed meanwhile
            is_clean = self._scanner.is_clean(content)
            if is_clean is None:
                log.error("document not scanned", stored_as=name)
            else:
                _note(name, is_clean, now)


def _note(name: str, is_clean: bool, now: datetime) -> None:
    """Keep what was found, of the document and of copies on the same bytes."""
    state = DocumentState.CLEAN if is_clean else DocumentState.REFUSED
    with transaction():
        db.session.execute(
            update(Document)
            .where(Document.stored_as == name, Document.state == DocumentState.RECEIVED)
            .values(state=state, scanned_at=now)
        )
        renew_public_pages()
    if not is_clean:
        log.warning("virus found in a document", stored_as=name)
