"""What a candidate does: answer in their own time, send it once or ask to talk instead, and add to it later.

Nothing that was typed is lost, and what another window saved is never overwritten, as in the application itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import select

from recruit.accounts.models import RoleGrant, User
from recruit.applications.models import Application
from recruit.applications.saving import Entered, SavedElsewhere, version_of
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.text import clean_prose
from recruit.notifications import outbox
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, Role, authorise
from recruit.rules.lifecycle import permit
from recruit.rules.notifications import Notification
from recruit.rules.reasons import refuse_long
from recruit.rules.self_disclosure import DISCLOSURE_MOVES, UNSENT, Act, DisclosureStatus, Question
from recruit.self_disclosures import answers as kept
from recruit.self_disclosures.answers import Answers, Matter
from recruit.self_disclosures.asking import begin, call_back_reminder
from recruit.self_disclosures.contents import DisclosureAnswers, DisclosureText, TextKind
from recruit.self_disclosures.models import SelfDisclosure
from recruit.self_disclosures.noting import note, take
from recruit.self_disclosures.standing import disclosure_of, is_open_to

SENT = "You have sent it, so its answers cannot be changed. You can add to it."
NOT_ASKED = "Nothing is asked of you here. We ask for a self-disclosure once you are on a shortlist."
CHANGED = "Your answers have changed since you opened this page, in another window. Read them again, then send it."
NO_MATTER = "This is not in your self-disclosure, or not any more."

Part = TypeVar("Part", bound=NamedTuple)


@dataclass(frozen=True, slots=True)
class Own:
    """A self-disclosure as its candidate sees it.

    Args:
        disclosure: how it stands; None where the service has not asked yet, or in so many words.
        additions: what they added after sending, oldest first.
    """

    disclosure: SelfDisclosure | None
    answers: Answers
    additions: Sequence[DisclosureText]

    @property
    def is_sent(self) -> bool:
        return self.disclosure is not None and self.disclosure.status not in UNSENT

    @property
    def mark(self) -> str:
        """What changes with every answer: whoever sends has read these and no others."""
        return version_of((kept.written(self.answers),))


def own_disclosure(application: Application) -> Own:
    """Return what a candidate has answered for an application of theirs.

    Raises:
        NotFound: it was never asked for.
    """
    disclosure = disclosure_of(application.id)
    is_sent = disclosure is not None and disclosure.status not in UNSENT
    if not is_sent and not is_open_to(application, disclosure):
        raise NotFound(NOT_ASKED)
    return Own(disclosure, _answers_of(application.id), texts_of(application.id, TextKind.ADDITION))


def texts_of(application_id: int, *kinds: TextKind) -> Sequence[DisclosureText]:
    """Return the texts of some kinds beside the answers, oldest first."""
    statement = select(DisclosureText).where(
        DisclosureText.application_id == application_id, DisclosureText.kind.in_(kinds)
    )
    return db.session.scalars(statement.order_by(DisclosureText.id)).all()


def answer_questions(actor: Actor, application: Application, entered: Entered, *, now: datetime) -> None:
    """Keep which questions are answered with yes or no, and what else they want to say.

    Raises:
        NotAllowed: it is somebody else's.
        NotFound: it is not asked for.
        Conflict: it was sent.
        Incomplete: more was written than is kept.
        SavedElsewhere: another window saved other answers.
    """
    _refuse_long(entered)
    _begin(actor, application, now)
    answers = _answers_of(application.id)
    given = _changed(answers.given, entered)
    _keep(application.id, Answers(given, answers.matters), now)


def save_matter(
    actor: Actor, application: Application, question: Question, number: int | None, entered: Entered, *, now: datetime
) -> None:
    """Keep what stands behind a yes.

    Args:
        number: which; None for another one.  The same words a second time are a second click.

    Raises:
        NotAllowed, Conflict, Incomplete, SavedElsewhere: as `answer_questions`.
        NotFound: it is not asked for, or another window removed it.
    """
    _refuse_long(entered)
    _begin(actor, application, now)
    answers = _answers_of(application.id)
    if number is None:
        matter = Matter(**entered.values)
        if (question, matter) in answers.matters.values():
            return
        if len(answers.matters) >= limits.DISCLOSURE_MATTERS:
            raise Conflict(f"At most {limits.DISCLOSURE_MATTERS} can be told of here. Tell us the rest by phone.")
    else:
        matter = _changed(matter_of(answers, question, number), entered)
    _keep(application.id, answers.with_matter(number, question, matter), now)


def matter_of(answers: Answers, question: Question, number: int) -> Matter:
    """Return one matter.

    Raises:
        NotFound: there is none of that number behind that question.
    """
    about, matter = answers.matters.get(number, (None, Matter()))
    if about is not question:
        raise NotFound(NO_MATTER)
    return matter


def remove_matter(actor: Actor, application: Application, question: Question, number: int, *, now: datetime) -> None:
    """Take out what stands behind a yes.

    Raises:
        NotAllowed, Conflict: as `answer_questions`.
        NotFound: as `save_matter`.
    """
    _begin(actor, application, now)
    answers = _answers_of(application.id)
    matter_of(answers, question, number)
    _keep(application.id, answers.without_matter(number), now)


def send(actor: Actor, application: Application, *, confirmed: bool, seen_mark: str, now: datetime) -> None:
    """Hand it to the safeguarding lead, once.  From then on it can be added to and not changed.

    Args:
        confirmed: that they say that it is true.
        seen_mark: `Own.mark` of the answers on the page that this was sent from.

    Raises:
        NotAllowed, NotFound, Conflict: as `answer_questions`, or the answers have changed since that page was opened.
        Incomplete: an answer is missing, or it was not confirmed.
    """
    disclosure = _begin(actor, application, now)
    move = permit(DISCLOSURE_MOVES, actor, disclosure, DisclosureStatus.RECEIVED)
    answers = _answers_of(application.id)
    if version_of((kept.written(answers),)) != seen_mark:
        raise Conflict(CHANGED)
    for _, problem in kept.missing_in(answers):
        raise Incomplete(problem)
    if not confirmed:
        raise Incomplete("Confirm that what you tell us is true and complete")

    _keep(application.id, answers.as_sent(), now)
    disclosure.sent_at = disclosure.news_since = now
    take(move, actor, disclosure, now=now)
    call_back_reminder(disclosure, now=now)
    _tell_leads(application, now)


def ask_to_talk(actor: Actor, application: Application, *, now: datetime) -> None:
    """Say that they would rather talk about it.  They can still send it; a second time changes nothing.

    Raises:
        NotAllowed, NotFound, Conflict: as `answer_questions`.
    """
    disclosure = _begin(actor, application, now)
    if disclosure.status is DisclosureStatus.TO_TALK:
        return
    move = permit(DISCLOSURE_MOVES, actor, disclosure, DisclosureStatus.TO_TALK)
    disclosure.news_since = now
    take(move, actor, disclosure, now=now)
    call_back_reminder(disclosure, now=now)
    _tell_leads(application, now)


def add_words(actor: Actor, application: Application, words: str, *, now: datetime) -> None:
    """Add to what was sent.  The same words again, as the last, are a second click.

    Raises:
        NotAllowed: it is somebody else's.
        NotFound: nothing was asked for.
        Conflict: it was not sent, the application is over, or much was added before.
        Incomplete: nothing was written, or too much.
    """
    authorise(actor, Permission.DISCLOSURE_SEND, application)
    words = clean_prose(words)
    disclosure = _held(application)
    if disclosure is None or disclosure.status in UNSENT:
        raise Conflict("You have not sent it yet, so you can still change the answers themselves.")
    if not is_open_to(application, disclosure):
        raise Conflict("This application has ended, so nothing can be added for it any more.")
    if not words or len(words) > limits.DISCLOSURE_CHARACTERS:
        raise Incomplete(f"Enter what you want to add, in at most {limits.DISCLOSURE_CHARACTERS:,} characters")
    added = texts_of(application.id, TextKind.ADDITION)
    if added and added[-1].words == words:
        return
    if len(added) >= limits.DISCLOSURE_ADDITIONS:
        raise Conflict("You have added a lot already. Tell us the rest by phone.")

    db.session.add(
        DisclosureText(
            application_id=application.id, kind=TextKind.ADDITION, author_id=actor.user_id, words=words, at=now
        )
    )
    disclosure.news_since = disclosure.news_since or now
    note(actor, application.id, Act.ADDED, now=now)
    _tell_leads(application, now)


def _begin(actor: Actor, application: Application, now: datetime) -> SelfDisclosure:
    """The first lines of every change: may it, can it.  The application stays locked until the transaction ends."""
    authorise(actor, Permission.DISCLOSURE_SEND, application)
    disclosure = _held(application)
    if disclosure is not None and disclosure.status not in UNSENT:
        raise Conflict(SENT)
    if not is_open_to(application, disclosure):
        raise NotFound(NOT_ASKED)
    return disclosure or begin(application, now=now)


def _held(application: Application) -> SelfDisclosure | None:
    """Lock the application, and return how its self-disclosure stands since then."""
    db.session.refresh(application, with_for_update={"of": Application})
    return db.session.get(SelfDisclosure, application.id, populate_existing=True)


def _answers_of(application_id: int) -> Answers:
    row = db.session.get(DisclosureAnswers, application_id, populate_existing=True)
    return kept.read(row.answers) if row else Answers()


def _keep(application_id: int, answers: Answers, now: datetime) -> None:
    row = db.session.get(DisclosureAnswers, application_id)
    if row is None:
        db.session.add(DisclosureAnswers(application_id=application_id, answers=kept.written(answers), saved_at=now))
    else:
        row.answers, row.saved_at = kept.written(answers), now


def _refuse_long(entered: Entered) -> None:
    for value in entered.values.values():
        if isinstance(value, str):
            refuse_long(value, most=limits.DISCLOSURE_CHARACTERS)


def _changed(part: Part, entered: Entered) -> Part:
    differs = {name: value for name, value in entered.values.items() if getattr(part, name) != value}
    if differs and entered.seen != version_of(part):
        raise SavedElsewhere("You saved other answers here in another window.")
    return part._replace(**differs)


def _tell_leads(application: Application, now: datetime) -> None:
    """Tell the safeguarding leads that there is something to open; not whose it is, and never what it says."""
    leads = db.session.scalars(
        select(User.email)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.role == Role.SAFEGUARDING, User.disabled_at.is_(None), User.id != application.candidate_id)
        .order_by(User.id)
    )
    for address in leads:
        path = f"/review/disclosures/{application.reference}"
        outbox.post(Notification.SELF_DISCLOSURE_CAME, address, at=now, reference=application.reference, path=path)
