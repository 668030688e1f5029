"""The groups of words that mean the same, as they count now: those of the service, changed by administrators."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.rules import limits
from recruit.vacancies.synonym_models import SynonymEvent, SynonymGroup
from recruit.vacancies.vocabulary import SHIPPED, Vocabulary


class Group(NamedTuple):
    """Phrases that find each other.  `version` is 0 for one that is as it came with the service."""

    token: str
    phrases: tuple[str, ...]
    version: int = 0
    changed_at: datetime | None = None


def groups_now() -> Sequence[Group]:
    """Return every group that counts, by its first phrase, in one statement."""
    found = {token: Group(token, phrases) for token, phrases in SHIPPED.groups.items()}
    for row in db.session.scalars(select(SynonymGroup)):
        found.pop(row.token, None)
        if row.retired_at is None:
            found[row.token] = Group(row.token, tuple(row.phrases), row.version, row.changed_at)
    return sorted(found.values(), key=lambda group: group.phrases[0].casefold())


def group_of(token: str) -> Group:
    """Return one group.

    Raises:
        NotFound: there is none, or it is retired.
    """
    found = next((group for group in groups_now() if group.token == token), None)
    if found is None:
        raise NotFound("There is no such group of words. Somebody may have retired it.")
    return found


def vocabulary_now(kept: Vocabulary) -> Vocabulary:
    """Return the vocabulary of the groups that count now; `kept` itself where it has the same."""
    groups = {group.token: group.phrases for group in groups_now()}
    return kept if groups == kept.groups else Vocabulary(groups)


def events_of(token: str) -> Sequence[SynonymEvent]:
    """Return what was done to a group, with who did it, the newest first."""
    return db.session.scalars(
        select(SynonymEvent)
        .join(SynonymGroup, SynonymGroup.id == SynonymEvent.group_id)
        .where(SynonymGroup.token == token)
        .options(joinedload(SynonymEvent.actor))
        .order_by(SynonymEvent.id.desc())
        .limit(limits.SYNONYM_EVENTS_SHOWN)
    ).all()
