"""Saving the sections that are lists: qualifications, history, referees.  One entry at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from recruit.applications import queries, saving
from recruit.applications.chronology import Period
from recruit.applications.models import Activity, Application, HistoryEntry, Qualification, Referee, Section
from recruit.applications.queries import Entry
from recruit.applications.saving import Entered, SavedElsewhere
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.rules import limits
from recruit.rules.access import Actor


@dataclass(frozen=True, slots=True)
class Listed:
    """One kind of entry: which section it stands in, how many there may be, and what one is called."""

    section: Section
    most: int
    noun: str


KINDS: Mapping[type[Any], Listed] = {
    Qualification: Listed(Section.QUALIFICATIONS, limits.QUALIFICATIONS, "qualifications"),
    HistoryEntry: Listed(Section.HISTORY, limits.HISTORY_ENTRIES, "entries"),
    Referee: Listed(Section.REFEREES, limits.REFEREES[1], "referees"),
}


def add_entry(
    actor: Actor, application: Application, model: type[Entry], values: Mapping[str, Any], *, now: datetime
) -> None:
    """Add one entry.  One that is there already, word for word, is not added again: a form sent twice is one entry.

    Args:
        actor: whoever asks; must be the candidate.
        application: a draft of an open vacancy.
        model: which list.
        values: every column of the entry but its keys.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: it is somebody else's application.
        Conflict: it was sent, the vacancy has closed, or there are as many entries as there may be.
    """
    saving.begin(actor, application, now=now)
    kind = KINDS[model]
    entries = queries.entries_of(application, model)
    if any(all(getattr(entry, name) == value for name, value in values.items()) for entry in entries):
        return
    if len(entries) >= kind.most:
        raise Conflict(f"You can add up to {kind.most} {kind.noun}. Remove one before you add another.")

    db.session.add(model(application_id=application.id, **values))
    saving.touch(application, kind.section, now=now)


def explain_gaps(actor: Actor, application: Application, gaps: Sequence[Period], title: str, *, now: datetime) -> int:
    """Add one entry of other activity for each of `gaps`, all in the same words, and return how many were added.

    Args:
        gaps: months that nothing covers, as `Answers.gaps` gives them; one that is covered by now is left out.
        title: what the candidate did.

    Raises: as `add_entry`.
    """
    saving.begin(actor, application, now=now)
    open_ones = {(gap.start, gap.end) for gap in queries.answers_of(application).gaps(london_day(now))}
    chosen = [gap for gap in gaps if (gap.start, gap.end) in open_ones and gap.end is not None]
    if len(queries.entries_of(application, HistoryEntry)) + len(chosen) > limits.HISTORY_ENTRIES:
        raise Conflict(f"You can add up to {limits.HISTORY_ENTRIES} entries. Remove one before you add another.")
    for gap in chosen:
        db.session.add(
            HistoryEntry(
                application_id=application.id,
                activity=Activity.OTHER,
                title=title,
                started_month=gap.start.first_day,
                ended_month=gap.end.first_day if gap.end else None,
            )
        )
    if chosen:
        saving.touch(application, Section.HISTORY, now=now)
    return len(chosen)


def change_entry(
    actor: Actor, application: Application, model: type[Entry], entry_id: int, entered: Entered, *, now: datetime
) -> None:
    """Change one entry to what was entered.

    Raises:
        NotFound: this application has no such entry (any more).
        NotAllowed: it is somebody else's application.
        Conflict: it was sent, the vacancy has closed, or another window changed the entry (`SavedElsewhere`).
    """
    saving.begin(actor, application, now=now)
    changed = saving.put(queries.entry_of(application, model, entry_id), entered)
    saving.touch(application, KINDS[model].section, changed=changed, now=now)


def save_entry(
    actor: Actor,
    application: Application,
    model: type[Entry],
    entry_id: int | None,
    entered: Entered,
    *,
    now: datetime,
) -> None:
    """Add an entry, or change the one with `entry_id`.

    Raises: as `add_entry` and `change_entry`.
    """
    if entry_id is None:
        add_entry(actor, application, model, entered.values, now=now)
    else:
        change_entry(actor, application, model, entry_id, entered, now=now)


def remove_entry(actor: Actor, application: Application, model: type[Entry], entry_id: int, *, now: datetime) -> None:
    """Remove one entry.

    Raises: as `change_entry`.
    """
    saving.begin(actor, application, now=now)
    db.session.delete(queries.entry_of(application, model, entry_id))
    saving.touch(application, KINDS[model].section, now=now)


class HistoryStart(NamedTuple):
    """The month in which a candidate left secondary education, as its first day."""

    since: date


def history_start(application: Application) -> HistoryStart | None:
    """Return when the history of `application` begins, if that was entered."""
    return HistoryStart(application.history_since) if application.history_since else None


def save_history_start(actor: Actor, application: Application, entered: Entered, *, now: datetime) -> None:
    """Keep the month in which the candidate left secondary education, the value "since".

    Raises:
        NotAllowed: it is somebody else's application.
        Conflict: it was sent, the vacancy has closed, or another window saved another month (`SavedElsewhere`).
    """
    saving.begin(actor, application, now=now)
    since = entered.values["since"]
    changed = since != application.history_since
    if changed and entered.seen != saving.version_of(history_start(application)):
        raise SavedElsewhere("You saved another month here in another window.")
    application.history_since = since
    saving.touch(application, Section.HISTORY, changed=changed, now=now)
