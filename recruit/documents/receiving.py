"""Taking a file in: its bytes are kept and read back, then it can have a row."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from recruit.documents.inspecting import Inspected
from recruit.documents.models import Document, DocumentState
from recruit.documents.storage import DocumentStore
from recruit.rules.access import NOBODY, Actor
from recruit.rules.uploads import FileKind

KEY_BYTES = 16  # of the random part of an address


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose bytes are in the store."""

    name: str
    kind: FileKind
    size: int
    sha256: str
    stored_as: str


def keep_bytes(store: DocumentStore, found: Inspected) -> Kept:
    """Keep the bytes of a file that was looked at.  Outside of any transaction: this can take seconds.

    Raises:
        Unavailable: they are not there as they were given.
    """
    name = store.keep(found.content)
    return Kept(found.name, found.kind, len(found.content), sha256(found.content).hexdigest(), name)


def document_of(actor: Actor, kept: Kept, title: str, *, now: datetime) -> Document:
    """Return the row of a file that is kept, for whatever owns it."""
    return Document(
        key=new_key(),
        title=title,
        name=kept.name,
        kind=kept.kind,
        size=kept.size,
        sha256=kept.sha256,
        stored_as=kept.stored_as,
        state=DocumentState.RECEIVED,
        uploaded_by_id=actor.user_id if actor.user_id != NOBODY else None,
        received_at=now,
    )


def copy_of(actor: Actor, document: Document, *, now: datetime) -> Document:
    """Return another row for the same bytes.  Whoever calls it holds the row that is copied, or they could be swept."""
    kept = Kept(document.name, document.kind, document.size, document.sha256, document.stored_as)
    copy = document_of(actor, kept, document.title, now=now)
    copy.state, copy.scanned_at = document.state, document.scanned_at
    return copy


def new_key() -> str:
    """Return a name for addresses that nobody can guess."""
    return secrets.token_hex(KEY_BYTES)
