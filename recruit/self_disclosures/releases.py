"""What the chair of a panel reads: the words that a safeguarding lead wrote for them, not what was disclosed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.panels.composition import Number, has_applied
from recruit.panels.models import PanelMember, ScoreSheet
from recruit.rules.access import Actor
from recruit.rules.lifecycle import OUTCOMES, ApplicationStatus
from recruit.rules.self_disclosure import Act, DisclosureStatus
from recruit.rules.sift import SheetStatus
from recruit.self_disclosures.contents import DisclosureText, TextKind
from recruit.self_disclosures.models import SelfDisclosure
from recruit.self_disclosures.noting import did_lately, note
from recruit.vacancies.models import Vacancy

NO_NOTE = "There is no note for you here. The safeguarding lead may have taken it back."


def notes_for(actor: Actor) -> Sequence[SelfDisclosure]:
    """Return the self-disclosures of which the lead told `actor`, as the chair of a panel; by application."""
    statement = (
        select(SelfDisclosure)
        .join(Application, Application.id == SelfDisclosure.application_id)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .where(
            SelfDisclosure.status == DisclosureStatus.RELEASED,
            Application.status.in_((ApplicationStatus.SHORTLISTED, *OUTCOMES)),
            exists().where(
                PanelMember.vacancy_id == Application.vacancy_id,
                PanelMember.user_id == actor.user_id,
                PanelMember.is_chair,
            ),
            ~has_applied(actor.user_id, Vacancy.id),
            ~has_declared(actor.user_id, Application.id),
        )
        .options(
            joinedload(SelfDisclosure.application).joinedload(Application.candidate),
            joinedload(SelfDisclosure.application).joinedload(Application.vacancy),
        )
        .order_by(SelfDisclosure.application_id)
    )
    return db.session.scalars(statement).all()


def has_declared(user_id: Number, application_id: Number) -> Exists:
    """Return the condition that somebody declared a connection with a candidate, at the sift or an interview."""
    return exists().where(
        ScoreSheet.application_id == application_id,
        ScoreSheet.scorer_id == user_id,
        ScoreSheet.status == SheetStatus.CONNECTED,
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
