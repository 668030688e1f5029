"""The interviews of a vacancy: which times there are, who has them, who was invited; and inviting."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.promises import due_day
from recruit.core import clock
from recruit.core.calendar import clock_time, london_day, long_date, long_moment
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.references import normalise_vacancy_reference
from recruit.core.transaction import transaction
from recruit.interviews import hosting, queries
from recruit.interviews.models import InterviewSlot
from recruit.interviews.queries import SetSlot, Shortlisted
from recruit.panels import reading
from recruit.panels.questions import questions_of
from recruit.rules.interview_stages import STAGE_WORDS, InterviewStage, stage_of
from recruit.rules.interviews import KIND_WORDS
from recruit.rules.lifecycle import OUTCOMES, STAFF_WORDS, UNTOLD_WORDS, ApplicationStatus
from recruit.rules.openings import Part
from recruit.rules.self_disclosure import UNSENT
from recruit.self_disclosures.models import SelfDisclosure
from recruit.self_disclosures.standing import hr_words, standings_of
from recruit.vacancies.models import Vacancy
from recruit.web.forms import Form
from recruit.web.interviews.blueprint import blueprint
from recruit.web.openings import note_opening

KINDS = {
    InterviewStage.TO_INVITE: "wait",
    InterviewStage.INVITED: "wait",
    InterviewStage.BOOKED: "info",
    InterviewStage.INTERVIEWED: "good",
}
"""How the tag of each stage looks; its words say the same."""

TO_RELEASE = f"{STAFF_WORDS[ApplicationStatus.SHORTLISTED]}, {UNTOLD_WORDS.lower()}"
"""What is said of somebody who cannot be invited, because they do not know yet that they are on the shortlist."""


@blueprint.get("")
def show_interviews(reference: str) -> ResponseReturnValue:
    """Which times there are, who has them, and who was invited."""
    return interviews_page(find_vacancy(reference))


@blueprint.post("/invite")
def invite_shortlist(reference: str) -> ResponseReturnValue:
    """Ask everybody on the shortlist who was not asked yet to choose times."""
    vacancy, form = find_vacancy(reference), Form()
    try:
        with transaction():
            number = hosting.invite_shortlist(g.actor, vacancy, limit=change_limit(), now=clock.now())
    except (Conflict, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return interviews_page(find_vacancy(reference), 409, refused=form)
    flash(f"{number} {'person is' if number == 1 else 'people are'} invited to choose a time.")
    return redirect(url_for(".show_interviews", reference=vacancy.reference))


def find_vacancy(reference: str) -> Vacancy:
    """Return the vacancy that an address names, however its reference is written."""
    found = normalise_vacancy_reference(reference)
    if found is None:
        raise NotFound("There is no published vacancy of that reference.")
    return reading.panel_for_hr(g.actor, found)[0].vacancy


def change_limit() -> timedelta:
    """Return how long before an interview its candidate can still change it: a setting."""
    return timedelta(hours=current_app.config["SETTINGS"].interview_change_hours)


def interviews_page(vacancy: Vacancy, status: int = 200, *, refused: Any = None) -> ResponseReturnValue:
    """Return the page of a vacancy's interviews.

    Args:
        status: of the answer.
        refused: the form that was sent and not taken.
    """
    now = clock.now()
    slots = queries.slots_of(vacancy.id)
    people = queries.ever_shortlisted(vacancy.id)
    support = queries.support_asked_for([one.application.id for one in people if not _is_decided(one)])
    disclosures = standings_of([one.application.id for one in people])
    shown = [
        _person(one, slots, support.get(one.application.id, ""), now)
        | _disclosure(one, disclosures.get(one.application.id))
        for one in people
    ]
    note_opening(Part.SUPPORT, *support)
    return (
        render_template(
            "interviews/show_interviews.html",
            vacancy=vacancy,
            days=_days(slots, now),
            free=sum(one.booking is None and one.slot.starts_at > now for one in slots),
            taken=sum(one.booking is not None for one in slots),
            people=shown,
            stages=_counted(one["standing"] for one in shown),
            untold=any(one["standing"] == TO_RELEASE for one in shown),
            waiting=sum(one["standing"] == STAGE_WORDS[InterviewStage.TO_INVITE] for one in shown),
            missing=hosting.missing_for_invitations(vacancy, now=now, limit=change_limit()),
            form=refused,
            history=_history(vacancy.id),
            asked=len(questions_of(vacancy.id)),
        ),
        status,
    )


def _days(slots: Any, now: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the times by day, in order."""
    days: dict[str, list[dict[str, Any]]] = {}
    for one in slots:
        days.setdefault(long_date(one.slot.starts_at), []).append(
            {
                "slot": one.slot,
                "time": f"{clock_time(one.slot.starts_at)} to {clock_time(one.slot.ends_at)}",
                "kind": KIND_WORDS[one.slot.kind],
                "where": where_words(one),
                "people": ", ".join(person.name for person in one.interviewers),
                "application": one.booking.application if one.booking else None,
                "is_over": one.slot.starts_at <= now,
            }
        )
    return list(days.items())


def where_words(one: SetSlot) -> str:
    """Return where a slot is, in words."""
    if not one.slot.link:
        return one.slot.place
    return f"{one.slot.place} and by video" if one.slot.place else "By video"


def _counted(standings: Iterable[str]) -> list[dict[str, str]]:
    """Return how many stand where: every stage of interviews, and what else there is."""
    numbers = Counter(standings)
    stages = list(STAGE_WORDS.values())
    outcomes = [STAFF_WORDS[status] for status in OUTCOMES]
    order = [TO_RELEASE, *stages, *outcomes]
    return [{"key": words, "value": str(numbers[words])} for words in order if numbers[words] or words in stages]


def _is_decided(one: Shortlisted) -> bool:
    return one.application.status in OUTCOMES


def _is_told(one: Shortlisted) -> bool:
    return one.application.told_status is None


def _disclosure(one: Shortlisted, found: SelfDisclosure | None) -> dict[str, str]:
    """Return whether the self-disclosure came; an interview does not wait for it, and a person decides."""
    if found is not None and found.status not in UNSENT:
        return {"disclosure": hr_words(one.application, found), "disclosure_kind": ""}
    if _is_decided(one):
        return {"disclosure": "Not received", "disclosure_kind": ""}
    if found is None and not _is_told(one):
        return {"disclosure": "Not asked for yet", "disclosure_kind": ""}
    return {"disclosure": "Not received yet", "disclosure_kind": "wait"}


def _person(one: Shortlisted, slots: Sequence[SetSlot], support: str, now: datetime) -> dict[str, Any]:
    own = [
        set_slot.slot
        for set_slot in slots
        if set_slot.booking and set_slot.booking.application_id == one.application.id
    ]
    return {
        "application": one.application,
        "times": [f"{KIND_WORDS[slot.kind]} {long_moment(slot.starts_at)}" for slot in own],
        "support": "Not shown once decided" if _is_decided(one) else support or "Nothing",
    } | _standing(one, own, now)


def _standing(one: Shortlisted, slots: Sequence[InterviewSlot], now: datetime) -> dict[str, str]:
    """Return where somebody stands, in words, how its tag looks, and what else is said with it."""
    if _is_decided(one):
        words = STAFF_WORDS[one.application.status]
        return {"standing": words, "kind": "plain", "further": "" if _is_told(one) else UNTOLD_WORDS}
    if not _is_told(one):
        return {"standing": TO_RELEASE, "kind": "wait", "further": ""}
    stage = stage_of([slot.ends_at for slot in slots], is_invited=one.invited_at is not None, now=now)
    invited = f"Invited {long_date(one.invited_at)}" if one.invited_at else ""
    if stage == InterviewStage.INVITED and (by := due_day(one.application.due_at)) and by >= london_day(now):
        invited += f", to choose by {long_date(by)}"
    return {"standing": STAGE_WORDS[stage], "kind": KINDS[stage], "further": invited}


def _history(vacancy_id: int) -> list[dict[str, str]]:
    return [
        {
            "title": event.what,
            "when": long_moment(event.at),
            "iso": event.at.isoformat(timespec="seconds"),
            "who": event.actor.name,
            "note": event.application.reference if event.application else "",
        }
        for event in queries.happenings(vacancy_id)
    ]
