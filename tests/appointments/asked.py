"""Somebody who is to be appointed and has been told so by a released letter, and what they answer."""

from datetime import date
from typing import Any

from recruit.applications import moves
from recruit.applications.models import Application
from recruit.applications.saving import Entered
from recruit.appointments import employment_service as service
from recruit.appointments.employment_answers import Known
from recruit.appointments.employment_models import EmploymentDetails
from recruit.appointments.employment_opening import open_details
from recruit.appointments.employment_queries import details_of, saved_part
from recruit.core import clock
from recruit.core.db import db
from recruit.review.service import move_application
from recruit.rules.access import Actor
from recruit.rules.employment import Part
from recruit.rules.lifecycle import APPLICATION_MOVES, ApplicationStatus, permit
from tests.review.sent import release, sent_application

NI, SORT_CODE, ACCOUNT, BORN = "AB123456C", "309430", "87654321", date(1987, 6, 5)
CANARIES = (NI, SORT_CODE, ACCOUNT, "5 June 1987", "1987-06-05", "W8A6CX7D2")
ANSWERS: dict[Part, dict[str, Any]] = {
    Part.IDENTITY: {"born_on": BORN, "ni_number": "ab 12 34 56 c", "has_no_ni": False, "other_names": ""},
    Part.DBS: {"on_update_service": False},
    Part.RIGHT_TO_WORK: {"proof": "share_code", "share_code": "w8a 6cx 7d2"},
    Part.ABROAD: {"has_stayed": False},
    Part.HEALTH: {"wants_contact": False},
    Part.BANK: {"account_name": "A Sample", "sort_code": "30-94-30", "account_number": ACCOUNT, "roll_number": ""},
}
HOME = {
    "address_line_1": "1 High Street",
    "address_line_2": "",
    "town": "Middlesbrough",
    "postcode": "TS1 2PA",
    "country": "",
    "from_month": date(2015, 1, 1),
    "to_month": None,
}
NOTHING = Known()


def appointed(hr: Actor, **given: Any) -> Application:
    """Return an application whose appointment was released, by the services that do it."""
    application = on_the_reserve_list(hr, **given)
    appoint(hr, application)
    return application


def on_the_reserve_list(hr: Actor, **given: Any) -> Application:
    application = sent_application(**given)
    for target in (ApplicationStatus.SHORTLISTED, ApplicationStatus.RESERVE):
        move = permit(APPLICATION_MOVES, hr, application, target)
        moves.take(move, hr, application, now=clock.now())
        db.session.commit()
    return application


def appoint(hr: Actor, application: Application) -> None:
    """Decide, and let the candidate know."""
    now = clock.now()
    move_application(hr, application, ApplicationStatus.APPOINTED, seen_version=application.version, now=now)
    db.session.commit()
    assert [one.refusal for one in release(hr, application)] == [""]


def asked_on(application: Application) -> EmploymentDetails:
    details = details_of(application.id)
    assert details is not None
    return details


def answer(details: EmploymentDetails, part: Part, values: dict[str, Any] | None = None, *, finished: bool = True):
    """Save a part as its page does that shows it as it stands; return what is wrong."""
    actor, seen = details.application.candidate.as_actor(), saved_part(details.application_id, part, NOTHING).mark
    entered = Entered(ANSWERS.get(part, {}) if values is None else values, seen, finished=finished)
    problems = service.save_part(actor, details, part, entered, NOTHING, now=clock.now())
    db.session.commit()
    return problems


def add_home(details: EmploymentDetails, **values: Any) -> None:
    actor = details.application.candidate.as_actor()
    seen = saved_part(details.application_id, Part.ADDRESSES, NOTHING).mark
    entered = Entered({**HOME, **values}, seen)
    service.save_entry(actor, details, Part.ADDRESSES, None, entered, NOTHING, now=clock.now())
    db.session.commit()


def answer_all(details: EmploymentDetails) -> None:
    add_home(details)
    for part in Part:
        assert answer(details, part) == []


def send(details: EmploymentDetails) -> None:
    actor = details.application.candidate.as_actor()
    service.send_details(actor, details, NOTHING, seen_version=details.version, now=clock.now())
    db.session.commit()


def quickly_appointed(**given: Any) -> Application:
    """Return an application of somebody who is asked for the details, without the letter that comes with it."""
    application = sent_application(**given)
    told_of_appointment(application)
    return application


def told_of_appointment(application: Application) -> EmploymentDetails:
    """Let somebody be to be appointed, and know it."""
    application.status = ApplicationStatus.APPOINTED
    db.session.flush()
    open_details(Actor(), [application], now=clock.now())
    db.session.commit()
    return asked_on(application)
