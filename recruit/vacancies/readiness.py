"""What stands between a vacancy and its publication, said once for the form, the check page and the service."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recruit.core.calendar import (
    LONDON,
    is_bank_holiday,
    is_working_day,
    london_day,
    long_date,
    shown_closing,
    working_days_after,
)
from recruit.core.errors import Incomplete
from recruit.core.targets import targets
from recruit.pay.additions import additions_of
from recruit.rules import limits
from recruit.rules.fair_words import pointed_at
from recruit.vacancies.models import CriterionKind, Vacancy

PLACES = {"hybrid": "part about working from home", "supervision": "promise of supervision"}
"""How a place is called, where it is not by the name of its field."""
STALE_PROMISE_DAYS = 90  # days after which a figure about caseloads deserves another look; sample policy


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend, or to look at: the part of the vacancy that it concerns, and a sentence."""

    field: str
    message: str


class NotReady(Incomplete):
    """The vacancy cannot stand as it is.  `findings` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(f"{finding.message}." for finding in findings))
        self.findings = findings


def missing_to_send(vacancy: Vacancy, *, now: datetime) -> list[Finding]:
    """Return what keeps `vacancy` from being sent for approval at `now`, in the order of the form."""
    return [*missing_to_approve(vacancy, now=now), *_too_short(vacancy, now)]


def missing_to_approve(vacancy: Vacancy, *, now: datetime) -> list[Finding]:
    """Return what keeps `vacancy` from being approved at `now`: the same, but for days that went by while it waited."""
    return [*missing_wording(vacancy, now=now), *_missing_terms(vacancy, now)]


def missing_wording(vacancy: Vacancy, *, now: datetime) -> list[Finding]:
    """Return what the wording of a published vacancy must not lack."""
    return [*_missing_text(vacancy), *_missing_promise(vacancy, now), *wrong_interview(vacancy)]


def worth_a_look(vacancy: Vacancy, *, now: datetime) -> list[Finding]:
    """Return what is allowed, but may be a slip."""
    return list(_doubts(vacancy, now))


def worth_a_look_before_approval(vacancy: Vacancy, *, now: datetime) -> list[Finding]:
    """Return the same for whoever approves, with days that went by while it waited."""
    return [*_too_short(vacancy, now), *_doubts(vacancy, now)]


def opening_moment(vacancy: Vacancy, now: datetime) -> datetime:
    """Return when `vacancy` opens, or would, if it were published at `now`."""
    return max(vacancy.opens_at, now) if vacancy.opens_at else now


def is_too_long(closes_at: datetime, vacancy: Vacancy, now: datetime) -> bool:
    """Say whether `vacancy`, if it closed at `closes_at`, would be open for more days than a vacancy may."""
    return _length(closes_at, vacancy, now) > timedelta(days=limits.MAXIMUM_ADVERT_DAYS)


def _missing_text(vacancy: Vacancy) -> Iterator[Finding]:
    wanted = {
        "title": "Enter the title",
        "summary": "Enter the summary",
        "description": "Enter the description",
        "workplace": "Enter the workplace",
        "contact_role": "Enter who candidates can talk to",
    }
    for name, message in wanted.items():
        if not getattr(vacancy, name):
            yield Finding(name, message)
    if not vacancy.contact_email and not vacancy.contact_phone:
        yield Finding("contact_email", "Enter an email address or a phone number for an informal chat")


def _missing_promise(vacancy: Vacancy, now: datetime) -> Iterator[Finding]:
    """A claim about caseloads or supervision has a source and a date; figures come as a pair."""
    if vacancy.caseload_typical is None and vacancy.caseload_maximum is not None:
        yield Finding("caseload_typical", "Enter the typical caseload beside the most cases")
    if vacancy.caseload_typical is not None and vacancy.caseload_maximum is None:
        yield Finding("caseload_maximum", "Enter the most cases beside the typical caseload")
    if vacancy.caseload_typical is None and vacancy.caseload_maximum is None and not vacancy.supervision:
        return
    if not vacancy.promise_source:
        yield Finding("promise_source", "Enter where the figures for caseload and supervision come from")
    if vacancy.promise_as_of is None:
        yield Finding("promise_as_of", "Enter the date of the figures for caseload and supervision")
    elif vacancy.promise_as_of > london_day(now):
        yield Finding("promise_as_of", "The date of the figures must be today or in the past")


def wrong_interview(vacancy: Vacancy) -> Iterator[Finding]:
    """Yield that the interviews would come before the closing date, if they would."""
    if (
        vacancy.interview_on
        and vacancy.closes_at
        and vacancy.interview_on <= london_day(shown_closing(vacancy.closes_at))
    ):
        yield Finding("interview_on", "The interview date must be after the closing date")


def _missing_terms(vacancy: Vacancy, now: datetime) -> Iterator[Finding]:
    for one in additions_of(vacancy.additions):
        if min(one.review_on or date.max, one.ends_on or date.max) <= london_day(now):
            yield Finding("additions", f"{one.name}: the date on which it is reviewed or ends has passed")
    if not any(criterion.kind is CriterionKind.ESSENTIAL for criterion in vacancy.criteria):
        yield Finding("criteria", "Enter at least 1 essential criterion")
    if vacancy.opens_at is not None and london_day(vacancy.opens_at) < london_day(now):
        yield Finding("opens_at", "The opening date has passed: choose to open now, or a later date")
    if vacancy.closes_at is None:
        yield Finding("closes_at", "Enter the closing date")
    elif vacancy.closes_at <= now:
        yield Finding("closes_at", "The closing date must be in the future")
    elif is_too_long(vacancy.closes_at, vacancy, now):
        yield Finding(
            "closes_at", f"The closing date must be at most {limits.MAXIMUM_ADVERT_DAYS} days after the vacancy opens"
        )


def _too_short(vacancy: Vacancy, now: datetime) -> Iterator[Finding]:
    shortest = timedelta(days=limits.MINIMUM_ADVERT_DAYS)
    if vacancy.closes_at and vacancy.closes_at > now and _length(vacancy.closes_at, vacancy, now) < shortest:
        yield Finding(
            "closes_at", f"The closing date must be at least {limits.MINIMUM_ADVERT_DAYS} days after the vacancy opens"
        )


def is_promise_stale(vacancy: Vacancy, now: datetime) -> bool:
    """Say whether the figures about caseload and supervision deserve another look."""
    as_of = vacancy.promise_as_of
    return as_of is not None and (london_day(now) - as_of).days > STALE_PROMISE_DAYS


def _length(closes_at: datetime, vacancy: Vacancy, now: datetime) -> timedelta:
    """Length is counted in clock time of London, so that the change of clocks makes no week too short."""
    opens_at = opening_moment(vacancy, now)
    return closes_at.astimezone(LONDON).replace(tzinfo=None) - opens_at.astimezone(LONDON).replace(tzinfo=None)


def _doubts(vacancy: Vacancy, now: datetime) -> Iterator[Finding]:
    if vacancy.closes_at and not is_working_day(day := london_day(shown_closing(vacancy.closes_at))):
        kind = "a bank holiday" if is_bank_holiday(day) else "at a weekend"
        yield Finding("closes_at", f"{long_date(day)} is {kind}: nobody may be here to help candidates on the last day")
    if vacancy.interview_on and not is_working_day(vacancy.interview_on):
        yield Finding("interview_on", f"The interviews are on {long_date(vacancy.interview_on)}, not a working day")
    if vacancy.closes_at and vacancy.interview_on and (early := _too_early(vacancy.closes_at, vacancy.interview_on)):
        yield Finding("interview_on", early)
    if vacancy.closes_at and vacancy.interview_on is None:
        yield Finding("interview_on", "Candidates plan ahead: an interview date helps them")
    if is_promise_stale(vacancy, now):
        yield Finding(
            "promise_as_of", f"The figures for caseload and supervision are more than {STALE_PROMISE_DAYS} days old"
        )
    yield from _wording(vacancy)


def _wording(vacancy: Vacancy) -> Iterator[Finding]:
    """Point at words that keep people from applying, each place by itself."""
    said = {name: getattr(vacancy, name) for name in ("title", "summary", "description", "hybrid", "supervision")}
    for name, text in {**said, "criteria": "\n".join(line.text for line in vacancy.criteria)}.items():
        for words, advice in pointed_at(text):
            yield Finding(name, f"“{words}” in the {PLACES.get(name, name)} {advice}")


def _too_early(closes_at: datetime, interview_on: date) -> str:
    """Say that who hears last would have less notice than the mail about shortlisting promises; "" if not so."""
    told_by = working_days_after(london_day(shown_closing(closes_at)), targets().shortlist)
    first = working_days_after(told_by, targets().notice)
    if interview_on >= first:
        return ""
    return (
        f"Candidates hear by {long_date(told_by)} and are promised {targets().notice} working days’"
        f" notice, so interviews before {long_date(first)} may come too soon for some"
    )
