"""What the public can read: every published page and every claim, as values without the database."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recruit.content.markers import claims_of, filled_in
from recruit.content.models import ContentKind, WhenStale
from recruit.core.calendar import short_date

_SPECIAL = str.maketrans({letter: f"\\{letter}" for letter in r"\`*_[]<>&"})


@dataclass(frozen=True, slots=True)
class Words:
    """What one page says.

    Args:
        dated_on: the day that it is shown as changed on, or as news of.
        published_at: when the public first could read it; none for words that only stand in the service's files.
        changed_at: when what they read changed last.
    """

    kind: ContentKind
    slug: str
    title: str
    summary: str
    body: str
    dated_on: date
    recording_url: str = ""
    transcript: str = ""
    published_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim as pages show it."""

    slug: str
    text: str
    source_name: str
    source_url: str
    as_of_on: date
    checked_on: date
    stale_after_days: int
    when_stale: WhenStale

    @property
    def checked_until(self) -> date:
        """The last day on which it need not be checked again."""
        return self.checked_on + timedelta(days=self.stale_after_days)

    def is_stale(self, today: date) -> bool:
        """Say whether nobody has checked it in time."""
        return today > self.checked_until

    def is_shown(self, today: date) -> bool:
        """Say whether readers see it."""
        return self.when_stale is WhenStale.SHOW or not self.is_stale(today)

    def markdown(self) -> str:
        """Return the claim with its source and its date: never without."""
        source = self.source_name.translate(_SPECIAL)
        return f"{self.text} Source: [{source}](<{self.source_url}>), as of {short_date(self.as_of_on)}."


@dataclass(frozen=True, slots=True)
class Shelf:
    """All of it at one moment.

    Args:
        pages: every published page, by kind and slug.
        facts: every claim, by slug.
        withdrawn: kind and slug of pages that the public could read once, and cannot now.
    """

    pages: Mapping[tuple[ContentKind, str], Words]
    facts: Mapping[str, Fact]
    withdrawn: Set[tuple[ContentKind, str]] = frozenset()

    def of_kind(self, kind: ContentKind) -> Sequence[Words]:
        """Return the pages of one kind, the newest first."""
        found = [words for words in self.pages.values() if words.kind is kind]
        return sorted(found, key=_age, reverse=True)

    def claim_markdown(self, slug: str, today: date) -> str:
        """Return a claim with its source and date as Markdown; "" where readers do not see it."""
        fact = self.facts.get(slug)
        return fact.markdown() if fact is not None and fact.is_shown(today) else ""

    def hidden_claims(self, text: str, today: date) -> list[str]:
        """Return the names of the claims that `text` cites and readers do not see on `today`."""
        return [slug for slug in claims_of(text) if not self.claim_markdown(slug, today)]

    def markdown_of(self, text: str, today: date, blanks: Mapping[str, str]) -> str:
        """Return the Markdown of a page with its claims and its blanks filled in, as readers see it on `today`."""
        return filled_in(text, lambda slug: self.claim_markdown(slug, today), blanks)


def _age(words: Words) -> tuple[date, float, str]:
    published = words.published_at.timestamp() if words.published_at else 0.0
    return (words.dated_on, published, words.slug)
