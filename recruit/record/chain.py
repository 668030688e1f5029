"""What is sealed, and how: the only place that knows what a digest is made of.  Verification makes it again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Table

from recruit.applications.deliveries import DeliveryEvent
from recruit.applications.labels import LabelEvent, LabelRename
from recruit.applications.letters import Letter
from recruit.applications.models import ApplicationEvent
from recruit.applications.openings import Opening
from recruit.appointments.employment_models import EmploymentCheck, EmploymentEvent
from recruit.content.models import ContentEvent
from recruit.conversation.models import ConversationMessage
from recruit.core.db import table_of
from recruit.document_requests.models import DocumentRequestEvent
from recruit.interviews.models import InterviewEvent, PromptNote
from recruit.panels.models import SiftEvent
from recruit.pay.models import TermsEvent
from recruit.record.models import Disclosure
from recruit.review.models import ApplicationRead, Assignment
from recruit.self_disclosures.models import SelfDisclosureEvent
from recruit.vacancies.models import VacancyEvent
from recruit.vacancies.synonym_models import SynonymEvent

START = "0" * 64
"""What stands before the first link."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table whose rows are added to and never changed.

    Args:
        columns: what of a row is sealed, `id` and `at` among it.  They are named, not taken from the model: a column
            that a later migration adds would change every digest.
    """

    table: Table
    columns: Sequence[str]

    @property
    def name(self) -> str:
        return self.table.name

    def digest(self, row: Mapping[str, Any]) -> str:
        """Return the digest of one row, by the names of its columns."""
        return _digest([self.name, *(_plain(row[column]) for column in self.columns)])


SOURCES: Mapping[str, Source] = {
    source.name: source
    for source in (
        Source(
            table_of(ApplicationEvent),
            ("id", "application_id", "actor_id", "source", "target", "reason", "criterion_id", "message_id", "at"),
        ),
        Source(table_of(ApplicationRead), ("id", "application_id", "user_id", "at")),
        Source(table_of(Assignment), ("id", "application_id", "actor_id", "assignee_id", "at")),
        Source(
            table_of(Disclosure),
            ("id", "actor_id", "taking", "content", "number", "file_digest", "reason", "at"),
        ),
        Source(table_of(EmploymentEvent), ("id", "application_id", "actor_id", "act", "note", "at")),
        Source(
            table_of(EmploymentCheck),
            (
                *("id", "application_id", "kind", "number", "finding", "checked_on", "evidence", "note"),
                *("actor_id", "at"),
            ),
        ),
        Source(table_of(ContentEvent), ("id", "page_id", "claim_id", "actor_id", "act", "number", "note", "at")),
        Source(
            table_of(DocumentRequestEvent),
            ("id", "request_id", "actor_id", "source", "target", "reason", "file_digest", "at"),
        ),
        Source(table_of(ConversationMessage), ("id", "application_id", "author_id", "is_by_candidate", "text", "at")),
        Source(table_of(DeliveryEvent), ("id", "application_id", "message_id", "again_id", "actor_id", "reason", "at")),
        Source(table_of(LabelEvent), ("id", "application_id", "label_id", "actor_id", "is_on", "at")),
        Source(table_of(LabelRename), ("id", "label_id", "actor_id", "before", "after", "at")),
        Source(table_of(Letter), ("id", "application_id", "event_id", "message_id", "subject", "text", "at")),
        Source(table_of(InterviewEvent), ("id", "vacancy_id", "application_id", "actor_id", "what", "at")),
        Source(table_of(Opening), ("id", "application_id", "actor_id", "part", "at")),
        Source(table_of(PromptNote), ("id", "application_id", "prompt", "is_explained", "words", "author_id", "at")),
        Source(table_of(SelfDisclosureEvent), ("id", "application_id", "actor_id", "act", "at")),
        Source(table_of(SiftEvent), ("id", "vacancy_id", "application_id", "actor_id", "what", "note", "at")),
        Source(table_of(SynonymEvent), ("id", "group_id", "actor_id", "act", "phrases", "at")),
        Source(table_of(TermsEvent), ("id", "terms_id", "actor_id", "source", "target", "reason", "at")),
        Source(table_of(VacancyEvent), ("id", "vacancy_id", "actor_id", "source", "target", "reason", "at")),
    )
}
"""Every table that is sealed, by name."""


def link(before: str, position: int, source: str, row_id: int, digest: str, is_last: bool, at: datetime) -> str:
    """Return a link of the chain.

    Args:
        before: the link before it, or `START`.
        digest: of the row.
        at: when it is sealed.
    """
    return _digest([before, position, source, row_id, digest, is_last, _plain(at)])


def _digest(values: Sequence[Any]) -> str:
    return sha256(json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return a value as JSON writes it, the same whichever database it came from."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
