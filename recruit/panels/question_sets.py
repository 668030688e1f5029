"""Sets of interview questions that are used again: kept from one vacancy, used in any, renamed, retired."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.core.db import db, hold
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.text import clean_line
from recruit.panels.models import QuestionSet
from recruit.panels.moderation import Chaired
from recruit.panels.questions import Draft, add_questions, questions_of
from recruit.panels.records import record
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.interviews import KIND_WORDS, InterviewKind

GONE = "This set was retired meanwhile. Nothing was changed. Here are the sets that there are now."


def sets_of(kind: InterviewKind) -> Sequence[QuestionSet]:
    """Return the sets for one kind of interview, by name."""
    return db.session.scalars(
        select(QuestionSet)
        .where(QuestionSet.kind == kind, QuestionSet.retired_at.is_(None))
        .options(joinedload(QuestionSet.author))
        .order_by(QuestionSet.name, QuestionSet.id)
        .limit(limits.QUESTION_SETS)
    ).all()


def set_of(kind: InterviewKind, set_id: int) -> QuestionSet:
    """Return one set, also one that is retired.

    Raises:
        NotFound: there is none of that id for this kind of interview.
    """
    one = db.session.get(QuestionSet, set_id) if set_id <= limits.LARGEST_ID else None
    if one is None or one.kind != kind:
        raise NotFound("There is no such set of questions.")
    return one


def keep_set(actor: Actor, panel: Chaired, kind: InterviewKind, name: str, *, now: datetime) -> QuestionSet:
    """Keep what one kind of interview of a vacancy asks, to be used again.

    Raises:
        NotAllowed: neither HR nor the panel's chair.
        Incomplete: there is no question or no name, there are too many sets, or there is one of this name.
    """
    authorise(actor, Permission.QUESTION_MANAGE, panel)
    hold("question sets")
    asked, there = questions_of(panel.vacancy.id, kind, is_fresh=True), sets_of(kind)
    if not asked:
        raise Incomplete("Write at least 1 question before you keep them as a set")
    name = _free_name(name, there)
    if len(there) >= limits.QUESTION_SETS:
        raise Incomplete(f"There are {limits.QUESTION_SETS} sets already. Retire one that nobody uses first")
    kept = QuestionSet(
        kind=kind,
        name=name,
        lines=[
            {"text": one.text, "banked": one.banked, "criterion": one.criterion.text if one.criterion else ""}
            for one in asked
        ],
        author_id=actor.user_id,
        kept_at=now,
    )
    db.session.add(kept)
    record(actor, panel.vacancy.id, f"{KIND_WORDS[kind]}: its questions were kept as a set", now=now, note=name)
    return kept


def use_set(actor: Actor, panel: Chaired, one: QuestionSet, *, now: datetime) -> int:
    """Add what a set asks and the vacancy does not ask yet; return how many questions.

    Raises:
        NotAllowed: neither HR nor the panel's chair.
        Conflict: the set was retired, or scores of this kind of interview have begun.
        Incomplete: all of it is asked already, or there would be too many questions.
    """
    authorise(actor, Permission.QUESTION_MANAGE, panel)
    _take_turn(one)
    added = add_questions(actor, panel, one.kind, [Draft(**line) for line in one.lines], now=now)
    if not added:
        raise Incomplete("All questions of this set are asked already")
    return added


def rename_set(actor: Actor, panel: Chaired, one: QuestionSet, name: str, *, seen_name: str, now: datetime) -> None:
    """Give a set another name; the same name again changes nothing.

    Args:
        panel: from whose page it is done; its history says so.
        seen_name: what it was called on the page that this was decided on.

    Raises:
        NotAllowed: neither HR nor whoever kept the set.
        Conflict: it was retired or renamed meanwhile.
        Incomplete: there is no name, or another set has it.
    """
    authorise(actor, Permission.QUESTION_SET_CHANGE, one)
    hold("question sets")
    _take_turn(one)
    name = _free_name(name, [other for other in sets_of(one.kind) if other.id != one.id])
    if name == one.name:
        return
    if one.name != seen_name:
        raise Conflict(f"Somebody renamed this set to “{one.name}” meanwhile. Nothing of yours was saved.")
    what = f"{KIND_WORDS[one.kind]}: a set of questions was renamed"
    record(actor, panel.vacancy.id, what, now=now, note=f"{one.name} is called {name}")
    one.name = name


def retire_set(actor: Actor, panel: Chaired, one: QuestionSet, *, now: datetime) -> None:
    """Offer a set no more.

    Args:
        panel: from whose page it is done; its history says so.

    Raises:
        NotAllowed: neither HR nor whoever kept the set.
        Conflict: it is retired already.
    """
    authorise(actor, Permission.QUESTION_SET_CHANGE, one)
    _take_turn(one)
    one.retired_at = now
    record(actor, panel.vacancy.id, f"{KIND_WORDS[one.kind]}: a set of questions was retired", now=now, note=one.name)


def _free_name(name: str, others: Iterable[QuestionSet]) -> str:
    name = clean_line(name)
    if not name or len(name) > limits.LINE_CHARACTERS:
        raise Incomplete(f"Enter a name of at most {limits.LINE_CHARACTERS} characters")
    if any(one.name.casefold() == name.casefold() for one in others):
        raise Incomplete("There is a set of this name. Choose another, or retire that one first")
    return name


def _take_turn(one: QuestionSet) -> None:
    db.session.refresh(one, with_for_update={"of": QuestionSet})
    if one.retired_at is not None:
        raise Conflict(GONE)
