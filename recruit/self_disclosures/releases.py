"""What the chair of a panel reads: the words that a safeguarding lead wrote for them, not what was disclosed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, literal, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import BigInt, db
from recruit.core.errors import NotFound
from recruit.panels.composition import has_applied
from recruit.panels.models import PanelMember, ScoreSheet
from recruit.rules.access import Actor
from recruit.rules.lifecycle import OUTCOMES, ApplicationStatus
from recruit.rules.self_disclosure import Act, DisclosureStatus
from recruit.rules.sift import SheetStatus
from recruit.self_disclosures.contents import DisclosureText, TextKind
from recruit.self_disclosures.models import SelfDisclosure
from recruit.self_disclosures.noting import did_lately, note

NO_NOTE = "There is no note for you here. The safeguarding lead may have taken it back."


def notes_for(actor: Actor) -> Sequence[SelfDisclosure]:
    """Return the self-disclosures of which the lead told `actor`, as the chair of a panel; by application."""
    statement = (
        select(SelfDisclosure)
        .join(Application, Application.id == SelfDisclosure.application_id)
        .where(SelfDisclosure.status == DisclosureStatus.RELEASED, *_may_be_told(literal(actor.user_id, BigInt)))
        .options(
            joinedload(SelfDisclosure.application).joinedload(Application.candidate),
            joinedload(SelfDisclosure.application).joinedload(Application.vacancy),
        )
        .order_by(SelfDisclosure.application_id)
    )
    return db.session.scalars(statement).all()


def chairs_of(application_id: int) -> Sequence[User]:
    """Return who chairs the panel and can read what the lead writes for them about an application."""
    statement = (
        select(User)
        .join(PanelMember, PanelMember.user_id == User.id)
        .join(Application, Application.vacancy_id == PanelMember.vacancy_id)
        .where(Application.id == application_id, User.disabled_at.is_(None), *_may_be_told(User.id))
    )
    return db.session.scalars(statement).all()


def _may_be_told(user_id: ColumnElement[int] | InstrumentedAttribute[int]) -> Sequence[ColumnElement[bool]]:
    """Return the conditions of whom the lead can tell about an application: who chairs its panel, in fairness."""
    chaired, declared = aliased(PanelMember), aliased(ScoreSheet)
    return (
        Application.status.in_((ApplicationStatus.SHORTLISTED, *OUTCOMES)),
        exists().where(chaired.vacancy_id == Application.vacancy_id, chaired.user_id == user_id, chaired.is_chair),
        ~has_applied(user_id, Application.vacancy_id),
        ~exists().where(
            declared.application_id == Application.id,
            declared.scorer_id == user_id,
            declared.status == SheetStatus.CONNECTED,  # with the candidate, at the sift or an interview
        ),
    )


def note_for(actor: Actor, application_id: int) -> SelfDisclosure:
    """Return one of them.

    Raises:
        NotFound: the actor was not told of it, declared a connection or does not chair that panel any more; or the
            lead took it back.
    """
    for one in notes_for(actor):
        if one.application_id == application_id:
            return one
    raise NotFound(NO_NOTE)


def open_note(actor: Actor, disclosure: SelfDisclosure, *, now: datetime) -> None:
    """Keep that the chair reads it, before it is shown.

    Raises:
        NotFound: it is not theirs to read.
    """
    disclosure = note_for(actor, disclosure.application_id)
    if not _is_open(actor, disclosure, now):
        note(actor, disclosure.application_id, Act.READ_BY_CHAIR, now=now)


def words_for(actor: Actor, disclosure: SelfDisclosure, *, now: datetime) -> DisclosureText | None:
    """Return what the lead wrote for the chair; None where they have not opened it lately.

    Raises:
        NotFound: it is not theirs to read.
    """
    disclosure = note_for(actor, disclosure.application_id)
    if not _is_open(actor, disclosure, now):
        return None
    statement = select(DisclosureText).where(
        DisclosureText.application_id == disclosure.application_id, DisclosureText.kind == TextKind.TOLD
    )
    return db.session.scalars(statement.order_by(DisclosureText.id.desc()).limit(1)).first()


def _is_open(actor: Actor, disclosure: SelfDisclosure, now: datetime) -> bool:
    return did_lately(actor, disclosure.application_id, Act.READ_BY_CHAIR, now=now)
