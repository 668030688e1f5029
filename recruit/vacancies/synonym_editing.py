"""Writing groups of words that mean the same: adding, changing, retiring."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from sqlalchemy import select

from recruit.core.db import db, hold
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.text import clean_line, slugify
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.vacancies.synonym_groups import Group, groups_now
from recruit.vacancies.synonym_models import SynonymAct, SynonymEvent, SynonymGroup, SynonymPhrase
from recruit.vacancies.vocabulary import SHIPPED, asks_for_something, stems_of, token_of

STALE = "Somebody changed this group after you opened it. Nothing of yours was saved over theirs."


def add_group(actor: Actor, typed: str, *, now: datetime) -> SynonymGroup:
    """Let phrases find each other.

    Args:
        actor: an administrator.
        typed: the phrases, one a line.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: not theirs to do.
        Incomplete: the phrases cannot be a group.
    """
    authorise(actor, Permission.SYNONYM_EDIT)
    hold("synonyms")
    groups = groups_now()
    phrases = checked(typed, groups)
    if len(groups) >= limits.SYNONYM_GROUPS:
        raise Incomplete(f"There can be at most {limits.SYNONYM_GROUPS} groups: retire one that finds nothing")
    group = SynonymGroup(token=_new_token(phrases[0]), phrases=list(phrases), changed_at=now)
    _keep(actor, group, SynonymAct.ADDED, phrases, now)
    return group


def change_group(actor: Actor, token: str, typed: str, *, seen_version: int, now: datetime) -> None:
    """Let other phrases stand in a group; nothing is done where they are the same.

    Raises:
        NotAllowed: not theirs to do.
        NotFound: there is no such group.
        Conflict: somebody changed it since `seen_version`.
        Incomplete: the phrases cannot be a group.
    """
    authorise(actor, Permission.SYNONYM_EDIT)
    group, known = _held(token, seen_version, now)
    phrases = checked(typed, [other for other in groups_now() if other.token != token])
    if phrases != known.phrases:
        group.phrases, group.changed_at = list(phrases), now
        _keep(actor, group, SynonymAct.CHANGED, phrases, now)


def retire_group(actor: Actor, token: str, *, seen_version: int, now: datetime) -> None:
    """Let the phrases of a group find each other no more.

    Raises:
        NotAllowed, NotFound, Conflict: as `change_group`.
    """
    authorise(actor, Permission.SYNONYM_EDIT)
    group, _ = _held(token, seen_version, now)
    group.retired_at = group.changed_at = now
    _keep(actor, group, SynonymAct.RETIRED, (), now)


def checked(typed: str, others: Sequence[Group]) -> tuple[str, ...]:
    """Return the phrases that were typed, one a line.

    Args:
        typed: as it came.
        others: the groups that they are not to be in.

    Raises:
        Incomplete: they are too few, too many, too long, alike, or in another group.
    """
    phrases = [line for line in map(clean_line, typed.splitlines()) if line]
    elsewhere = {tuple(stems_of(phrase)): group for group in others for phrase in group.phrases}
    seen: dict[tuple[str, ...], str] = {}
    for phrase in phrases:
        stems = tuple(stems_of(phrase))
        if fault := _fault(phrase, stems, seen, elsewhere):
            raise Incomplete(fault)
        seen[stems] = phrase
    if len(phrases) < 2:
        raise Incomplete("Enter at least 2 words or phrases, each on a line: a word alone finds itself already")
    if len(phrases) > limits.SYNONYM_PHRASES:
        raise Incomplete(f"Enter at most {limits.SYNONYM_PHRASES} words or phrases")
    return tuple(phrases)


def _fault(
    phrase: str, stems: tuple[str, ...], seen: dict[tuple[str, ...], str], elsewhere: dict[tuple[str, ...], Group]
) -> str:
    """Why `phrase` cannot stand, as a sentence without a full stop; "" if it can."""
    shown = phrase if len(phrase) <= limits.SYNONYM_CHARACTERS else f"{phrase[: limits.SYNONYM_CHARACTERS]}…"
    if len(phrase) > limits.SYNONYM_CHARACTERS:
        return f"‘{shown}’ must be {limits.SYNONYM_CHARACTERS} characters or fewer"
    if not asks_for_something(phrase):
        return f"‘{shown}’ has no word to look for: nearly every vacancy says it"
    if stems in seen:
        return f"‘{shown}’ finds what ‘{seen[stems]}’ finds already: leave one of them out"
    if stems in elsewhere:
        return f"‘{shown}’ is in another group: {', '.join(elsewhere[stems].phrases[:4])}. Take it out there first"
    return ""


def _held(token: str, seen_version: int, now: datetime) -> tuple[SynonymGroup, Group]:
    """Return the row of a group, made now for one that is as it came, and what it says."""
    hold("synonyms")
    known = next((group for group in groups_now() if group.token == token), None)
    row = db.session.scalars(select(SynonymGroup).where(SynonymGroup.token == token)).one_or_none()
    if known is None and row is None:
        raise NotFound("There is no such group of words.")
    if known is None or known.version != seen_version:
        raise Conflict(STALE)
    return row or SynonymGroup(token=token, phrases=list(known.phrases), changed_at=now), known


def _keep(actor: Actor, group: SynonymGroup, act: SynonymAct, phrases: Sequence[str], now: datetime) -> None:
    """Keep `group` with what its phrases are known by; none of one that is retired, so that others can have them."""
    db.session.add(group)
    group.keys = [SynonymPhrase(stems=" ".join(stems_of(phrase))) for phrase in phrases]
    db.session.add(SynonymEvent(group=group, actor_id=actor.user_id, act=act, phrases=list(group.phrases), at=now))


def _new_token(phrase: str) -> str:
    """Return a token that no group has had."""
    start = token_of(slugify(phrase, 60) or "group")
    taken = set(db.session.scalars(select(SynonymGroup.token))) | SHIPPED.groups.keys()
    return next(token for number in count(1) if (token := start if number == 1 else f"{start}{number}") not in taken)
