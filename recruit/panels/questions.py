"""What every candidate of a vacancy is asked in its interviews, as HR or the panel's chair writes it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.core.db import db, hold
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.text import clean_line
from recruit.panels.models import InterviewQuestion, QuestionScore
from recruit.panels.moderation import Chaired
from recruit.panels.records import record
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.interviews import BANK, KIND_WORDS, InterviewKind
from recruit.vacancies.models import Assessment, Criterion, Vacancy

BEGUN = "Scores of this interview have begun, so its questions stay as they are: everybody is asked the same."
GONE = "This question was changed or taken out meanwhile. Nothing was saved. Here is how the questions stand now."


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that is added: its words, and where they come from.

    Args:
        text: the words.
        banked: the name of the question in the bank; "" for others.
        criterion: the words of the criterion that it is about: where the vacancy judges one of these words at
            interview, the question has its weight; else it counts once.
    """

    text: str
    banked: str = ""
    criterion: str = ""


def questions_of(
    vacancy_id: int, kind: InterviewKind | None = None, *, is_fresh: bool = False
) -> Sequence[InterviewQuestion]:
    """Return the questions of a vacancy's interviews, in the order in which they are asked.

    Args:
        kind: only those of one kind.
        is_fresh: as the database has them now, whatever was read before.
    """
    statement = select(InterviewQuestion).where(InterviewQuestion.vacancy_id == vacancy_id)
    if kind is not None:
        statement = statement.where(InterviewQuestion.kind == kind)
    order = (InterviewQuestion.kind, InterviewQuestion.position, InterviewQuestion.id)
    statement = statement.options(joinedload(InterviewQuestion.criterion)).order_by(*order)
    return db.session.scalars(statement.execution_options(populate_existing=is_fresh)).all()


def criteria_to_ask(vacancy: Vacancy) -> Sequence[Criterion]:
    """Return the criteria of a vacancy that are judged at interview."""
    return vacancy.assessed(Assessment.INTERVIEW)


def banked_left(vacancy_id: int) -> dict[str, str]:
    """Return the questions of the bank that a vacancy's safeguarding interview does not ask yet."""
    taken = {one.banked for one in questions_of(vacancy_id, InterviewKind.SAFEGUARDING)}
    return {name: text for name, text in BANK.items() if name not in taken}


def begun_kinds(vacancy_id: int) -> Collection[InterviewKind]:
    """Return the kinds of interview whose scores have begun, so that their questions stay."""
    begun = (
        select(InterviewQuestion.kind)
        .join(QuestionScore, QuestionScore.question_id == InterviewQuestion.id)
        .where(InterviewQuestion.vacancy_id == vacancy_id)
        .distinct()
    )
    return db.session.scalars(begun).all()


def add_question(
    actor: Actor,
    panel: Chaired,
    kind: InterviewKind,
    text: str,
    *,
    criterion_id: int | None = None,
    now: datetime,
) -> InterviewQuestion:
    """Add a question at the end.

    Args:
        criterion_id: the criterion that it asks about, whose weight it has; None for a question of the panel's own.

    Raises:
        NotAllowed: neither HR nor the panel's chair.
        Conflict: scores of this kind of interview have begun.
        Incomplete: no words or too many, there already, too many questions, or no criterion judged at interview.
    """
    existing = _take_turn(actor, panel, kind)
    text = _checked(text, existing)
    criterion = next((one for one in criteria_to_ask(panel.vacancy) if one.id == criterion_id), None)
    if criterion_id is not None and criterion is None:
        raise Incomplete("Select a criterion that is assessed at interview")
    return _add(actor, panel, kind, existing, text, criterion=criterion, now=now)


def add_banked(actor: Actor, panel: Chaired, names: Collection[str], *, now: datetime) -> int:
    """Add questions of the bank to the safeguarding interview; return how many.

    Raises:
        NotAllowed, Conflict: as `add_question`.
        Incomplete: none that is in the bank, or too many questions.
    """
    wanted = [Draft(BANK[name], banked=name) for name in BANK if name in names]
    if not wanted:
        raise Incomplete("Select at least one question")
    return add_questions(actor, panel, InterviewKind.SAFEGUARDING, wanted, now=now)


def add_questions(actor: Actor, panel: Chaired, kind: InterviewKind, drafts: Iterable[Draft], *, now: datetime) -> int:
    """Add questions at the end; return how many.  What is asked already is passed over.

    Raises:
        NotAllowed, Conflict: as `add_question`.
        Incomplete: there would be too many questions; none is added.
    """
    existing = list(_take_turn(actor, panel, kind))
    before = len(existing)
    by_words = {line.text.casefold(): line for line in criteria_to_ask(panel.vacancy)}
    for draft in drafts:
        asked = {one.banked for one in existing if one.banked} | {one.text.casefold() for one in existing}
        if draft.banked in asked or draft.text.casefold() in asked:
            continue
        if len(existing) >= limits.INTERVIEW_QUESTIONS:
            raise Incomplete(f"An interview has {limits.INTERVIEW_QUESTIONS} questions at most")
        about = by_words.get(draft.criterion.casefold())
        text, banked = draft.text, draft.banked
        existing.append(_add(actor, panel, kind, existing, text, criterion=about, banked=banked, now=now))
    return len(existing) - before


def change_question(
    actor: Actor, panel: Chaired, question: InterviewQuestion, text: str, *, seen_version: int, now: datetime
) -> None:
    """Put a question in other words.

    Raises:
        NotAllowed, Conflict, Incomplete: as `add_question`; or it was changed meanwhile.
    """
    existing = _take_turn(actor, panel, question.kind)
    if question not in existing or question.version != seen_version:
        raise Conflict(GONE)
    text = _checked(text, [one for one in existing if one is not question], is_more=False)
    if text != question.text:
        question.text = text
        record(actor, panel.vacancy.id, f"{KIND_WORDS[question.kind]}: a question was put in other words", now=now)


def remove_question(actor: Actor, panel: Chaired, question: InterviewQuestion, *, now: datetime) -> None:
    """Take a question out.

    Raises:
        NotAllowed, Conflict: as `add_question`; or it is out already.
    """
    if question not in _take_turn(actor, panel, question.kind):
        raise Conflict(GONE)
    db.session.delete(question)
    what = f"{KIND_WORDS[question.kind]}: a question was taken out"
    record(actor, panel.vacancy.id, what, now=now, note=question.text)


def move_question(actor: Actor, panel: Chaired, question: InterviewQuestion, *, down: bool) -> None:
    """Ask a question earlier or later; nothing happens at either end.

    Raises:
        NotAllowed, Conflict: as `remove_question`.
    """
    existing = list(_take_turn(actor, panel, question.kind))
    if question not in existing:
        raise Conflict(GONE)
    place = existing.index(question)
    other = place + (1 if down else -1)
    if 0 <= other < len(existing):
        existing[place], existing[other] = existing[other], existing[place]
        for position, one in enumerate(existing):
            one.position = position


def _take_turn(actor: Actor, panel: Chaired, kind: InterviewKind) -> Sequence[InterviewQuestion]:
    """Return the questions as they are now, if they can still be changed."""
    authorise(actor, Permission.QUESTION_MANAGE, panel)
    hold(f"panel:{panel.vacancy.id}")  # whoever begins to score at this moment comes before or after
    if kind in begun_kinds(panel.vacancy.id):
        raise Conflict(BEGUN)
    return questions_of(panel.vacancy.id, kind, is_fresh=True)


def question_of(vacancy_id: int, question_id: int) -> InterviewQuestion:
    """Return one question of a vacancy.

    Raises:
        NotFound: it has none of that id.
    """
    question = db.session.get(InterviewQuestion, question_id) if question_id <= limits.LARGEST_ID else None
    if question is None or question.vacancy_id != vacancy_id:
        raise NotFound("There is no such question. It may have been taken out meanwhile.")
    return question


def _checked(text: str, others: Sequence[InterviewQuestion], *, is_more: bool = True) -> str:
    text = clean_line(text)
    if not text:
        raise Incomplete("Enter the question")
    if len(text) > limits.QUESTION_CHARACTERS:
        raise Incomplete(f"The question must be {limits.QUESTION_CHARACTERS} characters or fewer")
    if any(one.text.casefold() == text.casefold() for one in others):
        raise Incomplete("This question is asked already")
    if is_more and len(others) >= limits.INTERVIEW_QUESTIONS:
        raise Incomplete(f"An interview has {limits.INTERVIEW_QUESTIONS} questions at most")
    return text


def _add(
    actor: Actor,
    panel: Chaired,
    kind: InterviewKind,
    existing: Sequence[InterviewQuestion],
    text: str,
    *,
    criterion: Criterion | None = None,
    banked: str = "",
    now: datetime,
) -> InterviewQuestion:
    question = InterviewQuestion(
        vacancy_id=panel.vacancy.id,
        kind=kind,
        position=max((one.position for one in existing), default=-1) + 1,
        criterion_id=criterion.id if criterion else None,
        banked=banked,
        text=text,
        weight=criterion.weight if criterion else 1,
    )
    db.session.add(question)
    db.session.flush()
    record(actor, panel.vacancy.id, f"{KIND_WORDS[kind]}: a question was added", now=now, note=text)
    return question
