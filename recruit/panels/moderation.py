"""What the chair settles where two scorers differ."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from recruit.applications.models import Application
from recruit.core.db import db, hold
from recruit.core.errors import Conflict, Incomplete
from recruit.panels import records
from recruit.panels.entry import Entry
from recruit.panels.opening import refuse_unless_open
from recruit.panels.standings import TABLES, Line, Stage, pair_of, sifts_of, standings_of
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import Round
from recruit.vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class Chaired:
    """A vacancy's panel to the rules: who chairs it."""

    vacancy: Vacancy
    chair_id: int


def to_settle_at(vacancies: Collection[Vacancy]) -> Mapping[int, int]:
    """Return on how many applications of each sift two scorers differ, by the id of the vacancy.

    In five statements, or none for no vacancy.
    """
    if not vacancies:
        return {}
    keys = [vacancy.id for vacancy in vacancies]
    db.session.scalars(select(Vacancy).where(Vacancy.id.in_(keys)).options(selectinload(Vacancy.criteria))).all()
    waits = select(Application.id, Application.vacancy_id).where(
        Application.vacancy_id.in_(keys), Application.status == ApplicationStatus.SUBMITTED
    )
    of = dict(db.session.execute(waits).tuples().all())
    found = sifts_of(of, {vacancy.id: vacancy.asked for vacancy in vacancies})
    return Counter(of[one.application_id] for one in found if one.stage == Stage.DIFFERS)


def moderate(
    actor: Actor,
    panel: Chaired,
    application_id: int,
    entries: Mapping[int, Entry],
    *,
    round_: Round = Round.SIFT,
    lines: Sequence[Line] | None = None,
    now: datetime,
) -> None:
    """Keep the chair's points and reasons beside both scorers', which stay as they are.

    Args:
        entries: by line: one for each on which the scorers differ; others are left out.
        lines: what the round scores, where it is not the sift.

    Raises:
        NotAllowed: not the chair of this panel.
        Conflict: nothing is to be settled: settled already, a scorer left, the application was decided, or all is over.
        Incomplete: points or a reason are missing or out of range.
    """
    authorise(actor, Permission.SHEET_MODERATE, panel)
    hold(f"panel:{panel.vacancy.id}")
    if round_ == Round.SIFT:
        refuse_unless_open(panel.vacancy)
    scored = panel.vacancy.asked if lines is None else lines
    found = standings_of(panel.vacancy.id, scored, round_=round_, application_id=application_id)
    if not found or found[0].stage != Stage.DIFFERS:
        raise Conflict("There is nothing to settle here any more. Nothing was saved.")
    first, second = pair_of(found[0].sheets)
    moderated = TABLES[round_][1]
    least, most = limits.SCORES
    for key in found[0].differing:
        entry = entries.get(key, Entry(None, ""))
        if entry.score is None or not least <= entry.score <= most:
            raise Incomplete("Select a score for each")
        if not entry.note.strip() or len(entry.note) > limits.SCORE_NOTE_CHARACTERS:
            raise Incomplete("Enter the reason for each score")
        db.session.add(
            moderated(
                first_sheet_id=first,
                second_sheet_id=second,
                line_id=key,
                score=entry.score,
                reason=entry.note,
                chair_id=actor.user_id,
                at=now,
            )
        )
    what = f"{actor.name} settled where the scorers differ"
    records.record(actor, panel.vacancy.id, what, now=now, application_id=application_id)
