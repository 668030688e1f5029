"""The record of a vacancy in words."""

from collections.abc import Sequence
from typing import Any

from recruit.core import clock
from recruit.core.calendar import closing_words, london_day, long_moment, short_date
from recruit.core.money import pounds, pounds_range
from recruit.panels.standings import Stage, ranked
from recruit.record.readers import Readings
from recruit.record.vacancy_inspection import Change, InterviewRound, VacancyInspection
from recruit.rules import limits
from recruit.rules.interviews import KIND_WORDS
from recruit.rules.lifecycle import STAFF_WORDS, ApplicationStatus
from recruit.rules.sift import SheetStatus
from recruit.vacancies.models import Assessment, Criterion, Vacancy
from recruit.vacancies.presentation import contract_words, hours_words
from recruit.vacancies.standing import standing_of
from recruit.web.ranking import points
from recruit.web.review.exporting import taken_shown
from recruit.web.review.record_shown import event, panel_shown
from recruit.web.standing_words import WORDS
from recruit.web.vacancy_thread import comments_shown, happenings

_ASSESSED = {
    Assessment.APPLICATION: "in the application",
    Assessment.INTERVIEW: "at interview",
    Assessment.CHECK: "by a check",
}
_INVITED = frozenset(
    {
        ApplicationStatus.SHORTLISTED,
        ApplicationStatus.APPOINTED,
        ApplicationStatus.RESERVE,
        ApplicationStatus.NOT_APPOINTED,
    }
)
"""Where applications stand that were above the line."""


def shown(record: VacancyInspection, reason: str) -> dict[str, Any]:
    """Return what the page and the PDF of a vacancy's record show alike."""
    rows = _ranking(record)
    return {
        "record": record,
        "facts_shown": _facts(record.vacancy),
        "criteria": [{"key": one.text, "value": _criterion(one)} for one in record.criteria],
        "events": happenings(record.events),
        "comments": comments_shown(record.comments),
        "changes": [_change(one) for one in record.changes],
        "panel": panel_shown(record.panel),
        "sift": _sift(record),
        "sift_events": [event(one.what, one.at, one.actor.name, one.note) for one in record.sift_events],
        "rows": _listed(record),
        "ranking": rows,
        "line": _line(record),
        "decisions": [event(f"{ref}: {one.title}", one.at, one.who, one.note) for ref, one in record.decisions],
        "interviews": _interviews(record),
        "rounds": [_round(one, record) for one in record.rounds],
        "openings": _opened(record.openings),
        "reads": [event(reference, at, name) for reference, name, at in record.reads],
        "taken": taken_shown(record.taken),
        "made_at": clock.now(),
        "reason": reason,
    }


def _opened(readings: Sequence[Readings]) -> list[tuple[str, str]]:
    """Return who opened which application, how often, first and last: a short row for each application."""
    found: dict[str, list[str]] = {}
    for one in readings:
        days = dict.fromkeys((short_date(london_day(one.first)), short_date(london_day(one.last))))
        often = "once" if one.times == 1 else f"{one.times} times"
        found.setdefault(one.reference, []).append(f"{one.who} {often}, {' to '.join(days)}")
    return [(reference, "; ".join(readers)) for reference, readers in found.items()]


def _facts(vacancy: Vacancy) -> list[dict[str, str]]:
    low, high, welcome = vacancy.salary_min_pence, vacancy.salary_max_pence, vacancy.welcome
    rows = [
        ("Status", WORDS[standing_of(vacancy, clock.now())][0]),
        ("Team", vacancy.team.name),
        ("Grade", vacancy.grade.title),
        ("Pay", f"{pounds_range(low, high)} a year" if low and high else ""),
        ("Hours", hours_words(vacancy)),
        ("Contract", contract_words(vacancy.contract, vacancy.fixed_term_months)),
        ("Welcome payment", f"{pounds(welcome.amount_pence)}, terms number {welcome.number}" if welcome else "No"),
        ("Posts to fill", str(vacancy.posts)),
        ("Posts filled", "Not recorded yet" if vacancy.filled is None else str(vacancy.filled)),
        ("Opened", long_moment(vacancy.opens_at) if vacancy.opens_at else ""),
        ("Closes", closing_words(vacancy.closes_at) if vacancy.closes_at else ""),
        ("Read", "As applications arrive" if vacancy.is_rolling else "After closing"),
        ("Written by", vacancy.author.name),
        ("Sent for approval by", vacancy.sent_by.name if vacancy.sent_by else ""),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def _criterion(one: Criterion) -> str:
    gone = f". Taken away on {short_date(one.retired_at)}" if one.retired_at else ""
    return f"{one.kind.value.capitalize()}, judged {_ASSESSED[one.assessed_at]}, weight {one.weight}{gone}"


def _change(change: Change) -> dict[str, Any]:
    one = change.revision
    sent = f"Sent by {one.sent_by.name} at {long_moment(one.sent_at)}" if one.sent_by and one.sent_at else "Not sent"
    return {
        "title": f"{one.status.value.replace('_', ' ').capitalize()}. {sent}.",
        "reason": one.reason,
        "comment": one.comment,
        "rows": change.rows,
    }


def _sift(record: VacancyInspection) -> str:
    if record.sift is None or record.sift.opened_at is None:
        return "The sift was not opened."
    hidden = "hidden from" if record.sift.hides_employers else "shown to"
    return f"Opened at {long_moment(record.sift.opened_at)}. Employers’ names are {hidden} the panel."


def _listed(record: VacancyInspection) -> list[tuple[str, ...]]:
    return [
        (
            one.reference,
            long_moment(one.submitted_at),
            STAFF_WORDS[one.status],
            _in_sift(record, one.reference),
        )
        for one in record.applications
    ]


def _in_sift(record: VacancyInspection, reference: str) -> str:
    """Return how far the panel was with an application: of one that is decided, nothing waits for a scorer any more."""
    standing = record.standings.get(reference)
    opened = record.sift is not None and record.sift.opened_at is not None
    waits = standing is not None and standing.status == ApplicationStatus.SUBMITTED
    if standing is None or not opened or not (standing.sheets or waits):
        return "Not in the sift"
    if waits or standing.stage == Stage.SCORED:
        return standing.stage.value
    done = sum(one.status == SheetStatus.SUBMITTED for one in standing.sheets)
    return f"{done} of {limits.SCORERS} scores in{', not settled' if standing.both_in else ''}"


def _ranking(record: VacancyInspection) -> list[tuple[str, ...]]:
    """Return what both scorers scored, the most points first: place, totals, and what became of it."""
    status = {one.reference: one.status for one in record.applications}
    return [
        (
            one.reference,
            str(place),
            points(one.essential_points),
            points(one.desirable_points),
            "Yes" if one.meets_all else "No",
            STAFF_WORDS[status[one.reference]] if one.reference in status else "",
        )
        for place, one in enumerate(ranked(list(record.standings.values())), 1)
    ]


def _line(record: VacancyInspection) -> str:
    """Return where the line was: it is not kept, because it decides nothing, so it is told by who was shortlisted."""
    status = {one.reference: one.status for one in record.applications}
    scored = ranked(list(record.standings.values()))
    invited = [one.essential_points for one in scored if status.get(one.reference) in _INVITED]
    if not invited:
        return "Nobody in the ranking was shortlisted."
    return f"The lowest total of essential criteria that was shortlisted is {points(min(invited))}."


def _round(one: InterviewRound, record: VacancyInspection) -> dict[str, Any]:
    """Return what one kind of interview asked, and its candidates by what all who held it gave them together."""
    status = {row.reference: row.status for row in record.applications}
    return {
        "title": KIND_WORDS[one.kind],
        "questions": [
            f"{question.text} ({question.criterion.text if question.criterion else 'not about a criterion'}, "
            f"weight {question.weight})"
            for question in one.questions
        ],
        "rows": [
            (
                standing.reference,
                points(standing.all_points),
                str(standing.stage),
                STAFF_WORDS[status[standing.reference]] if standing.reference in status else "",
            )
            for standing in sorted(one.scored, key=lambda row: (-row.all_points, row.reference))
        ],
    }


def _interviews(record: VacancyInspection) -> list[dict[str, str]]:
    found = []
    for one in record.interviews:
        about, who = one.application, one.actor.name
        if about is not None and about.candidate_id == one.actor_id:
            who = "The candidate"
        found.append(event(f"{about.reference}: {one.what}" if about else one.what, one.at, who))
    return found
