"""Interviews as HR sets them, candidates choose them and panel members hold them: pages."""

import re
from datetime import time, timedelta

import pytest
from icalendar import Calendar

from recruit.applications.personal import SupportAnswer
from recruit.core import clock
from recruit.core.calendar import london_day, long_moment
from recruit.core.db import db
from recruit.interviews.models import InterviewBooking, InterviewSlot
from recruit.rules.access import Role
from recruit.rules.interviews import InterviewKind
from recruit.rules.lifecycle import ApplicationStatus
from tests import factories
from tests.interviews.planning import Interviews, day_ahead, held, planned
from tests.review.sent import release
from tests.visitor import Visitor


@pytest.fixture
def interviews(session) -> Interviews:
    return planned(2)


@pytest.fixture
def officer(interviews: Interviews, visit_as) -> Visitor:
    return visit_as(interviews.hr)


def base(interviews: Interviews) -> str:
    return f"/review/vacancies/{interviews.vacancy.reference}/interviews"


def own(interviews: Interviews, place: int = 0) -> str:
    return f"/applications/{interviews.applications[place].reference}/interview"


def errors(page) -> list[str]:
    return [one.text.strip() for one in page.select(".govuk-error-summary li")]


def new_times(interviews: Interviews, **given) -> dict[str, object]:
    day = day_ahead()
    people = [str(one.id) for one in interviews.members[:2]]
    plain = {
        "kind": "competency",
        "day-day": str(day.day),
        "day-month": str(day.month),
        "day-year": str(day.year),
        "start": "09:30",
        "minutes": "60",
        "place": "Civic Centre, room 4",
        "link": "",
        "people": people,
        "number": "3",
        "pause": "15",
    }
    return plain | given


def slot_with(interviews: Interviews, place: int) -> InterviewSlot:
    interviews.choose(interviews.applications[place], interviews.slots[place])
    return interviews.slots[place]


def test_hr_sets_times_invites_and_sees_who_chose(officer, interviews, visit_as):
    page = officer.get(base(interviews))
    assert "There are no times yet that they could choose from." in page.text
    assert not page.select("form[action$='/invite']")
    interviews.vacancy.interview_on = named = london_day(clock.now()) + timedelta(days=20)
    db.session.commit()
    page = officer.get(f"{base(interviews)}/new")
    parts = [page.select_one(f"#day-{part}")["value"] for part in ("day", "month", "year")]
    assert parts == [str(named.day), str(named.month), str(named.year)]
    hints = [one.text.strip() for one in page.select(".govuk-radios__hint")]
    assert len(hints) == len(InterviewKind)
    assert not re.search(r"\byour?\b", " ".join(hints))  # these are staff
    officer.submit(f"{base(interviews)}/new", new_times(interviews))
    page = officer.follow()
    assert "3 times are set." in page.text
    assert "0 taken, 3 free." in page.text
    officer.post(f"{base(interviews)}/invite")
    assert "2 people are invited to choose a time." in officer.follow().text

    visitor = visit_as(interviews.applications[0].candidate)
    page = visitor.get(own(interviews))
    chosen = page.select_one("input[name='competency-slot']")
    visitor.post(f"{own(interviews)}/competency", {"competency-slot": chosen["value"]})
    assert "Your panel interview is at 9:30am on" in visitor.follow().text
    page = officer.get(base(interviews))
    assert "1 taken, 2 free." in page.text
    assert interviews.applications[0].candidate.name in page.text


def test_who_is_not_told_and_who_is_decided_on_is_counted_as_such(session, visit_as):
    interviews = planned(4)
    untold, to_invite, appointed, refused = interviews.applications
    untold.told_status, untold.untold_since = ApplicationStatus.SUBMITTED, clock.now()
    held(interviews, appointed)
    appointed.status = ApplicationStatus.APPOINTED
    appointed.told_status, appointed.untold_since = ApplicationStatus.SHORTLISTED, clock.now()
    refused.status = ApplicationStatus.NOT_APPOINTED
    session.commit()
    page = visit_as(interviews.hr).get(base(interviews))

    counts = {row.select_one("dt").text: row.select_one("dd").text for row in page.select(".govuk-summary-list__row")}
    assert counts == {
        "Shortlisted, message not released": "1",
        "To be invited": "1",
        "Invited, no time chosen": "0",
        "Interview booked": "0",
        "Interviewed": "0",
        "To be appointed": "1",
        "Not appointed": "1",
    }
    said = {
        row.select_one("th").text: row.select_one("td[data-label=Interviews]").get_text("; ", strip=True)
        for row in page.select("table")[0].select("tbody tr")
    }
    assert said == {
        untold.reference: "Shortlisted, message not released",
        to_invite.reference: "To be invited",
        appointed.reference: "To be appointed; Message not released",
        refused.reference: "Not appointed",
    }
    assert "1 person waits for an invitation." in page.text
    assert page.select_one("main a[href='/review/ready']")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"day-day": "31", "day-month": "2"}, "Day must be a real date"),
        ({"place": ""}, "Enter a place or a link, so that people know where to go"),
        ({"link": "http://x.example"}, "Enter the whole link, starting with https://"),
        ({"people": []}, "Select between 2 and 6 interviewers"),
        ({"people": ["nobody", "999999999999999999999999"]}, "Select interviewers from the list"),
        ({"number": "12", "minutes": "120"}, "The last would end after 6pm"),
        ({"day-year": "2019"}, "The day and the time must be in the future"),
    ],
)
def test_times_that_cannot_be_are_refused_and_what_was_typed_stays(officer, interviews, given, message):
    page = officer.submit(f"{base(interviews)}/new", new_times(interviews, **given), status=200)

    assert errors(page) == [message]
    assert page.select_one("[name=minutes] option[selected]")["value"] == given.get("minutes", "60")
    assert db.session.query(InterviewSlot).count() == 0


def test_a_member_who_is_busy_then_is_named(officer, interviews):
    officer.submit(f"{base(interviews)}/new", new_times(interviews))
    page = officer.submit(f"{base(interviews)}/new", new_times(interviews, start="10:00"), status=409)

    assert errors(page)[0].startswith("Member A is in another interview at ")
    assert db.session.query(InterviewSlot).count() == 3


def test_a_time_is_changed_and_taken_off(officer, interviews):
    interviews.add(2)
    interviews.invite()
    slot = slot_with(interviews, 0)
    page = officer.get(f"{base(interviews)}/{slot.id}")
    assert f"{interviews.applications[0].candidate.name} has this time." in page.text
    people = [str(one.id) for one in interviews.members[:2]]
    officer.submit(f"{base(interviews)}/{slot.id}", {"place": "Town Hall", "people": people})
    assert "The time is changed. Everybody in it has been told." in officer.follow().text
    officer.submit(f"{base(interviews)}/{slot.id}/cancel")
    assert "The time is taken off. Everybody in it has been told." in officer.follow().text
    officer.get(f"{base(interviews)}/{slot.id}", status=404)

    assert db.session.query(InterviewBooking).count() == 0


def test_who_takes_off_a_time_that_was_chosen_meanwhile_is_told(officer, interviews):
    interviews.add(2)
    interviews.invite()
    slot = interviews.slots[0]
    path = f"{base(interviews)}/{slot.id}/cancel"
    fields = {one["name"]: one["value"] for one in officer.get(path).select("main form input[type=hidden]")}
    interviews.choose(interviews.applications[0], slot)
    page = officer.post(path, fields, status=409)

    assert errors(page)[0].startswith("Somebody chose or gave up this time while you were looking at it.")
    assert "has this time." in page.text
    assert db.session.query(InterviewBooking).count() == 1


def test_a_candidate_changes_and_gives_up_their_time(interviews, visit_as):
    interviews.add(3)
    interviews.invite()
    candidate = visit_as(interviews.applications[0].candidate)
    page = candidate.get(f"/applications/{interviews.applications[0].reference}")
    assert page.select_one(f"a[href='{own(interviews)}']")
    first, second = interviews.slots[:2]
    candidate.post(f"{own(interviews)}/competency", {"competency-slot": first.id})
    candidate.post(f"{own(interviews)}/competency", {"competency-slot": second.id})
    assert interviews.holders()[:2] == [None, interviews.applications[0].reference]
    candidate.post(f"{own(interviews)}/{second.id}/give-up")
    assert "You have given up your time. Choose another one below." in candidate.follow().text

    assert interviews.holders() == [None, None, None]


def test_a_time_that_was_taken_between_page_and_click_is_said_and_what_stood_stands(interviews, visit_as):
    interviews.add(3)
    interviews.invite()
    slot_with(interviews, 0)
    candidate = visit_as(interviews.applications[0].candidate)
    candidate.get(own(interviews))
    interviews.choose(interviews.applications[1], interviews.slots[1])
    page = candidate.post(f"{own(interviews)}/competency", {"competency-slot": interviews.slots[1].id}, status=409)

    assert "was taken by somebody else a moment ago. Choose another time." in errors(page)[0]
    assert long_moment(interviews.slots[0].starts_at) in page.select_one("main").text
    assert interviews.holders()[:2] == [one.reference for one in interviews.applications]


@pytest.mark.parametrize("value", ["", "nonsense", "999999999999999999999999", "-1", "٣"])
def test_a_choice_that_is_none_is_refused_in_words(interviews, visit_as, value):
    interviews.add(2)
    interviews.invite()
    candidate = visit_as(interviews.applications[0].candidate)
    page = candidate.post(f"{own(interviews)}/competency", {"competency-slot": value}, status=409 if value else 200)

    assert errors(page) == ["That time is not offered any more. Choose another one." if value else "Select a time"]
    candidate.post(f"{own(interviews)}/nonsense", {"competency-slot": value}, status=404)


def test_a_time_that_is_too_near_is_not_changed(interviews, visit_as):
    interviews.add(2)
    interviews.invite()
    slot = slot_with(interviews, 0)
    slot.starts_at, slot.ends_at = clock.now() + timedelta(hours=3), clock.now() + timedelta(hours=4)
    db.session.commit()
    candidate = visit_as(interviews.applications[0].candidate)
    page = candidate.get(own(interviews))
    assert "It is too near to be changed here. Tell us if you cannot come." in page.text
    page = candidate.post(f"{own(interviews)}/{slot.id}/give-up", status=409)

    assert "can no longer be changed here" in errors(page)[0]


def test_only_their_own_candidate_sees_the_page_and_only_once_invited(interviews, visit_as, candidate):
    interviews.add(2)
    owner = visit_as(interviews.applications[0].candidate)
    owner.get(own(interviews), status=404)
    assert not owner.get("/applications").select(f"a[href='{own(interviews)}']")
    interviews.invite()
    owner.get(own(interviews))
    listed = owner.get("/applications")
    assert listed.select_one(f"a[href='{own(interviews)}']").get_text().startswith("Your interview: choose")
    assert "We will write to you" not in listed.main.get_text()
    slot = slot_with(interviews, 0)
    for path in (own(interviews), f"{own(interviews)}/{slot.id}/calendar"):
        candidate.get(path, status=404)
        visit_as(interviews.members[0]).get(path, status=403)
    candidate.post(f"{own(interviews)}/competency", {"competency-slot": slot.id}, status=404)
    visit_as(interviews.applications[1].candidate).get(f"{own(interviews, 1)}/{slot.id}/calendar", status=404)


def test_both_sides_can_save_it_to_their_calendar(interviews, visit_as):
    interviews.add(2, link="https://meet.example/room-4")
    interviews.invite()
    slot = slot_with(interviews, 0)
    candidate, member = visit_as(interviews.applications[0].candidate), visit_as(interviews.members[0])
    for who, path in (
        (candidate, f"{own(interviews)}/{slot.id}/calendar"),
        (member, f"/interviews/{slot.id}/calendar"),
    ):
        who.get(path)
        event = Calendar.from_ical(who.response.text).walk("VEVENT")[0]
        assert who.response.mimetype == "text/calendar"
        assert event["ATTENDEE"] == f"mailto:{who.user.email}"
        assert (event.decoded("DTSTART"), event["LOCATION"]) == (
            slot.starts_at, "Civic Centre, room 4, https://meet.example/room-4",
        )  # fmt: skip
    visit_as(interviews.members[2]).get(f"/interviews/{slot.id}/calendar", status=404)


def test_what_somebody_asked_for_is_seen_by_those_who_need_it(officer, interviews, visit_as, candidate):
    application = interviews.applications[0]
    answer = db.session.get(SupportAnswer, application.id) or SupportAnswer(application_id=application.id)
    answer.needs_adjustments, answer.adjustments, answer.schemes = True, "The questions in writing", []
    db.session.add(answer)
    db.session.commit()
    interviews.add(2)
    interviews.invite()
    slot_with(interviews, 0)

    assert "The questions in writing" in officer.get(base(interviews)).text
    assert "The questions in writing" in visit_as(interviews.members[0]).get("/interviews").text
    assert "The questions in writing" in visit_as(application.candidate).get(own(interviews)).text
    assert "The questions in writing" not in visit_as(interviews.members[2]).get("/interviews").text
    assert "The questions in writing" not in visit_as(interviews.applications[1].candidate).get(own(interviews, 1)).text


def test_who_asked_for_nothing_asked_for_nothing(officer, interviews):
    """Words that were typed before "No" was chosen are nobody's business."""
    for application, needs in zip(interviews.applications, (False, None), strict=True):
        answer = db.session.get(SupportAnswer, application.id) or SupportAnswer(application_id=application.id)
        answer.needs_adjustments, answer.adjustments, answer.schemes = needs, "Typed, then taken back", []
        db.session.add(answer)
    db.session.commit()

    assert "Typed, then taken back" not in officer.get(base(interviews)).text


def test_a_member_sees_a_name_without_the_reference_that_the_sift_goes_by(interviews, visit_as):
    interviews.add(2)
    interviews.invite()
    slot_with(interviews, 0)
    page = visit_as(interviews.members[0]).get("/interviews")

    assert interviews.applications[0].candidate.name in page.text
    assert interviews.applications[0].reference not in str(page)
    assert "nobody has chosen this time yet" in page.text
    other = visit_as(factories.UserFactory(roles=[Role.PANEL])).get("/interviews")
    assert "You hold no interviews." in other.text


@pytest.mark.parametrize(("rows", "expected"), [(1, 13), (3, 13)])
def test_the_page_takes_the_same_queries_at_any_length(officer, interviews, queries, rows, expected):
    interviews.add(rows)
    officer.get(base(interviews))
    queries.clear()
    officer.get(base(interviews))

    assert len(queries) == expected


def test_an_application_offers_what_can_come_of_its_interviews_as_they_stand(officer, interviews):
    first, second = interviews.applications[:2]
    offers = []

    def note(application):
        page = officer.get(f"/review/applications/{application.reference}")
        chosen = [one["value"] for one in page.select("#decide [name=outcome]")]
        offers.append((chosen, page.select_one("#decide a[href*='/unsuccessful']") is not None, page.text))

    note(first)
    interviews.add(2)
    interviews.invite()
    note(first)
    interviews.choose(first, interviews.slots[0])
    note(first)
    held(interviews, second)
    note(second)

    assert [offered[:2] for offered in offers] == [
        ([], True), ([], True), ([], False), (["appointed", "reserve"], True),
    ]  # fmt: skip
    assert ["none was held" in words for *_, words in offers] == [True, True, False, False]
    assert ["still to come" in words for *_, words in offers] == [False, False, True, False]


def test_the_outcome_is_decided_on_the_page_of_the_application(officer, interviews, visit_as):
    application = interviews.applications[0]
    path = f"/review/applications/{application.reference}"
    version = application.version
    typed = {"version": version, "outcome": "appointed", "outcome_reason": "Typed too early."}
    page = officer.post(f"{path}/outcome", typed, status=409)
    assert "without an interview, and none was held" in page.text
    assert page.select_one("[name=outcome_reason]").text.strip() == "Typed too early."
    held(interviews, application)
    officer.post(f"{path}/outcome", {"version": version, "outcome": "appointed", "outcome_reason": "The best."})
    db.session.refresh(application)
    assert application.status == ApplicationStatus.APPOINTED
    assert "appoint" not in visit_as(application.candidate).get(f"/applications/{application.reference}").text.lower()
    release(officer.user.as_actor(), application)

    assert (
        "We want to appoint you" in visit_as(application.candidate).get(f"/applications/{application.reference}").text
    )


def test_a_faulty_outcome_of_what_a_colleague_decided_meanwhile_says_that_and_leads_nowhere_else(
    officer, interviews, visit_as
):
    application = interviews.applications[0]
    held(interviews, application)
    path, seen = f"/review/applications/{application.reference}", application.version
    colleague = visit_as(factories.UserFactory(name="Hollis Grant", roles=[Role.HR]))
    colleague.post(f"{path}/outcome", {"version": seen, "outcome": "reserve"})

    page = officer.post(f"{path}/outcome", {"version": seen, "outcome_reason": "The best on safety plans"}, status=409)

    summary = page.select_one(".govuk-error-summary")
    assert "Hollis Grant put this candidate on the reserve list at" in summary.text
    assert "Nothing of yours was saved" in summary.text
    assert summary.select("a") == []
    assert page.select_one("#decide .govuk-inset-text").text == "The best on safety plans"


def test_each_kind_has_its_own_times(interviews, visit_as):
    interviews.add(2)
    interviews.add(2, InterviewKind.SAFEGUARDING, start=time(14))
    interviews.invite()
    candidate = visit_as(interviews.applications[0].candidate)
    for kind, slot in (("competency", interviews.slots[0]), ("safeguarding", interviews.slots[2])):
        candidate.post(f"{own(interviews)}/{kind}", {f"{kind}-slot": slot.id})
    page = candidate.get(own(interviews))

    assert [heading.text for heading in page.select("main .prose > h2")] == [
        "Panel interview",
        "Safeguarding interview",
    ]
    assert interviews.holders() == [interviews.applications[0].reference, None] * 2


def test_who_left_the_panel_is_said_to_interview_until_the_times_are_changed(officer, interviews):
    (slot,) = interviews.add(1)
    panel, leaver = base(interviews).replace("/interviews", "/panel"), interviews.members[1]
    officer.post(f"{panel}/members/remove", {"member": str(leaver.id)})
    link = officer.get(panel).select_one(f"a[href='{base(interviews)}/{slot.id}']")
    assert link.parent.text == f"{leaver.name}: {long_moment(slot.starts_at)}"

    page = officer.get(f"{base(interviews)}/{slot.id}")
    assert f"{leaver.name} interviews at this time and is not on the panel any more." in page.text
    people = [str(one.id) for one in interviews.members if one is not leaver]
    officer.post(f"{base(interviews)}/{slot.id}", new_times(interviews, version="1", booking="0", people=people))

    assert f"The time is changed. {leaver.name} does not interview then any more." in officer.follow().text
    assert "Interviews of people who left the panel" not in officer.get(panel).text
