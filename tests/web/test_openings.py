"""Whoever of staff is shown an application has that kept: each time, by the server, and else is shown nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta

import pytest
import time_machine
from sqlalchemy import text

from recruit.accounts.models import RoleGrant, UserSession
from recruit.applications.openings import Opening
from recruit.applications.personal import SupportAnswer
from recruit.core import clock
from recruit.core.calendar import london_day, london_moment
from recruit.core.db import db, is_postgresql
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.openings import Part
from recruit.web.openings import NOT_KEPT
from tests.factories import ApplicationFactory, UserFactory
from tests.panels.interview_scoring import declare, interviewed
from tests.panels.sifting import open_sift, score
from tests.review.sent import sent_application


@pytest.fixture
def application(session):
    return sent_application(candidate=UserFactory(name="Kim Lee"))


def path_of(application, more=""):
    return f"/review/applications/{application.reference}{more}"


def kept() -> list[tuple[int, int, Part]]:
    """Return what was kept since this was last asked: what was opened, by whom, which part of it."""
    with transaction():
        rows = db.session.query(Opening).order_by(Opening.id).all()
        found = [(row.application_id, row.actor_id, row.part) for row in rows]
        db.session.query(Opening).delete()
    return found


@contextmanager
def nowhere_to_keep() -> Iterator[None]:
    """Take the table away for a while: what is kept there cannot be."""
    _rename("opening", "opening_away")
    try:
        yield
    finally:
        _rename("opening_away", "opening")


def _rename(before: str, after: str) -> None:
    with transaction():
        db.session.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))


def test_each_time_is_a_row(hr, visit_as, application):
    other = visit_as(UserFactory(roles=[Role.HR]))
    key = application.id
    for reader in (hr, hr, other):
        reader.get(path_of(application))

    assert kept() == [(key, who, Part.APPLICATION) for who in (hr.user.id, hr.user.id, other.user.id)]


@pytest.mark.one_database
def test_who_is_shown_nothing_leaves_none(visit_as, visitor, candidate, application):
    hr = visit_as(UserFactory(roles=[Role.CANDIDATE, Role.HR]))
    own = sent_application(candidate=hr.user)
    assert hr.client.head(path_of(application)).status_code == 200
    for path in (path_of(own), path_of(ApplicationFactory()), "/review/applications/A-22222"):
        hr.get(path, 404)
    candidate.get(path_of(application), 403)
    visitor.get(path_of(application), 302)
    hr.post(path_of(application, "/read"))
    hr.get("/review")
    hr.get(f"/review/search?q={application.reference}")

    assert kept() == []


def test_a_page_that_is_asked_ahead_keeps_it_in_the_same_turn(hr, application, queries):
    for _ in range(3):
        queries.clear()
        hr.get(path_of(application))
        kept_by = [text for text in queries if "INSERT INTO opening" in text]

    assert len(kept_by) == 1
    assert ("user_session" in kept_by[0]) == is_postgresql(), "SQLite's writers wait for a turn of their own"
    assert kept() == [(application.id, hr.user.id, Part.APPLICATION)] * 3


def ends_every_session(hr):
    db.session.query(UserSession).filter_by(user_id=hr.user.id).delete()


def takes_the_role(hr):
    db.session.query(RoleGrant).filter_by(user_id=hr.user.id, role=Role.HR).delete()


def disables(hr):
    hr.user.disabled_at = clock.now()


@pytest.mark.parametrize(
    ("change", "status"), [(ends_every_session, 302), (takes_the_role, 403), (disables, 302), (None, 302)]
)
def test_who_could_open_it_a_moment_ago_and_cannot_now_leaves_none(visit_as, application, change, status):
    hr, path = visit_as(UserFactory(roles=[Role.CANDIDATE, Role.HR])), path_of(application)
    hr.get(path)
    later = timedelta(0) if change else limits.SESSION_IDLE_STAFF + timedelta(minutes=1)
    if change:
        with transaction():
            change(hr)
    assert len(kept()) == 1

    with time_machine.travel(clock.now() + later, tick=False):
        for _ in range(2):
            hr.get(path, status)

    assert kept() == []


def test_what_is_not_there_for_its_reader_leaves_none(visit_as, application):
    hr = visit_as(UserFactory(roles=[Role.CANDIDATE, Role.HR]))
    own, draft = sent_application(candidate=hr.user), ApplicationFactory()
    hr.get(path_of(application))
    assert len(kept()) == 1

    for path in (path_of(own), path_of(draft), "/review/applications/A-22222"):
        hr.get(path, 404)
    assert hr.client.head(path_of(application)).status_code == 200

    assert kept() == []


def test_another_account_in_the_same_browser_leaves_its_own(hr, application):
    colleague = UserFactory(roles=[Role.HR])
    hr.get(path_of(application))
    first = hr.user.id
    hr.sign_in(colleague)
    for _ in range(2):
        hr.get(path_of(application))

    assert [who for _, who, _ in kept()] == [first, colleague.id, colleague.id]


@pytest.mark.one_database
def test_hr_is_shown_parts(hr, application):
    key, who = application.id, hr.user.id
    hr.get(path_of(application, "/messages"))
    assert kept() == [(key, who, Part.CONVERSATION)]
    hr.post(path_of(application, "/notes"), {"text": ""}, status=200)
    assert kept() == [(key, who, Part.APPLICATION)], "a page with a refused form shows the application as well"
    hr.post(path_of(application, "/notes"), {"text": "Ask for the certificate"})
    assert kept() == []


@pytest.mark.one_database
def test_the_panel_is_shown_it_after_saying_that_no_connection_is_known(session, visit_as):
    vacancy, (first,), (one, two), hr = open_sift(1)
    scorer, address = visit_as(one), f"/panel/{vacancy.reference}/{first.reference}"
    scorer.get(f"/panel/{vacancy.reference}")
    scorer.get(address)
    assert kept() == []
    score(first, one, [1, 1, 1], submit=False)
    scorer.get(address)
    scorer.post(f"{address}/scores", {"version": "0"}, status=409)
    assert kept() == [(first.id, one.id, Part.BLIND)] * 2
    score(first, one, [2, 2, 2])
    score(first, two, [2, 0, 2])
    scorer.get(f"{address}/settle")
    officer = visit_as(hr)
    officer.get(f"/review/vacancies/{vacancy.reference}/panel/applications")
    officer.get(f"/review/vacancies/{vacancy.reference}/panel/applications/{first.reference}")
    assert kept() == [(first.id, one.id, Part.BLIND), (first.id, hr.id, Part.BLIND)]


@pytest.mark.one_database
def test_who_interviews_is_shown_whom(session, visit_as):
    found = interviewed(2)
    shown, other = found.applications
    slot = found.slots[0]
    with transaction():
        for one in (shown, other):
            support = db.session.query(SupportAnswer).filter_by(application_id=one.id).one()
            support.needs_adjustments, support.adjustments = one is shown, "A quiet room" if one is shown else ""
    member = found.members[0]
    visitor, base = visit_as(member), f"/interviews/{slot.id}"
    visitor.get("/interviews")
    visitor.get(base)
    declare(member, slot)
    visitor.get(base)
    visitor.get(f"{base}/history")
    visit_as(found.hr).get(f"/review/vacancies/{found.vacancy.reference}/interviews")

    assert kept() == [
        *((shown.id, member.id, part) for part in (Part.SUPPORT, Part.INTERVIEW, Part.INTERVIEW, Part.HISTORY)),
        (shown.id, found.hr.id, Part.SUPPORT),
    ]


def test_what_cannot_be_kept_is_not_shown(hr, application):
    for _ in range(2):
        hr.get(path_of(application))  # so that the database has made ready what it is asked next
    with nowhere_to_keep():
        page = hr.get(path_of(application), 503)
        assert NOT_KEPT in page.text
        assert "Kim Lee" not in hr.response.text
        assert hr.response.headers["Content-Security-Policy"]
        hr.get("/review")
        hr.get(path_of(application), 503)  # of whom it is known who they are
    hr.get(path_of(application))

    assert len(kept()) == 3


def opened(application, who, part=Part.APPLICATION, *, at=None):
    """Keep an opening, as a page would have."""
    key, moment = application.id, at or clock.now()
    db.session.add(Opening(application_id=key, actor_id=who.id, part=part, at=moment))
    db.session.commit()


def cells(page):
    return [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.select("tbody tr")]


def test_hr_reads_who_opened_it_a_page_at_a_time(hr, visit_as, application, monkeypatch):
    monkeypatch.setattr(limits, "OPENINGS_A_PAGE", 2)
    other = UserFactory(name="Hollis Grant")
    for part in (Part.APPLICATION, Part.CONVERSATION, Part.APPLICATION):
        opened(application, other, part)
    opened(sent_application(), other)
    page = hr.get(path_of(application, "/openings"))
    words = ["The whole application", "Messages with the candidate", "The whole application"]
    assert [row[1:] for row in cells(page)] == [["Hollis Grant", one] for one in words[:2]]
    page = hr.get(page.select_one("a[rel=next]")["href"])
    assert [row[1:] for row in cells(page)] == [["Hollis Grant", words[2]]]
    assert page.select_one("a[rel=next]") is None
    assert "?" not in page.select_one("a[rel=prev]")["href"]
    assert "Who opened it" in hr.get(path_of(application)).text
    visit_as(UserFactory(roles=[Role.PANEL])).get(path_of(application, "/openings"), 403)
    hr.get(path_of(sent_application(candidate=UserFactory()), "/openings?earlier=odd"))
    own = visit_as(UserFactory(roles=[Role.CANDIDATE, Role.HR]))
    own.get(path_of(sent_application(candidate=own.user), "/openings"), 404)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_at_any_length(hr, application, queries, rows):
    for _ in range(rows):
        opened(application, hr.user)
    path = path_of(application, "/openings")
    hr.get(path)
    queries.clear()
    hr.get(path)
    assert len(queries) == 3  # the session, the application, the openings


def test_administrators_read_how_much_each_person_opened_on_a_day(visit_as, application):
    admin = visit_as(UserFactory(roles=[Role.CANDIDATE, Role.ADMIN]))
    reader, other, day = UserFactory(name="Hollis Grant"), UserFactory(name="Jo Bell"), timedelta(days=1)
    noon = london_moment(london_day(clock.now()) - day, time(12))
    for at in (noon, noon + timedelta(minutes=5), noon + day, noon - day):
        opened(application, reader, at=min(at, clock.now()))
    opened(sent_application(), reader, at=noon)
    opened(application, other, at=noon)
    own = sent_application(candidate=admin.user)
    for who in (reader, UserFactory(name="Only Theirs")):
        opened(own, who, at=noon)
    yesterday = london_day(noon).isoformat()

    page = admin.get(f"/admin/openings?day={yesterday}")
    assert cells(page) == [
        ["Hollis Grant", "3", "2", "midday to 12:05pm"],
        ["Jo Bell", "1", "1", "midday"],
    ]
    assert [row[0] for row in cells(admin.get("/admin/openings?day=2999-01-01"))] == ["Hollis Grant"]
    page = admin.get(page.select_one("tbody a")["href"])
    assert sorted(row[1] for row in cells(page)) == sorted([application.reference] * 2 + [cells(page)[0][1]])
    assert own.reference not in page.text
    assert "Kim Lee" not in page.text
    assert "Nothing on this day." in admin.get(f"/admin/openings/{admin.user.id}?day=odd").text
    for number in (987654321, 2**70):
        admin.get(f"/admin/openings/{number}", 404)
    visit_as(UserFactory(roles=[Role.HR])).get("/admin/openings", 403)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_day_takes_the_same_queries_for_any_number_of_people(admin, application, queries, rows):
    for _ in range(rows):
        opened(application, UserFactory())
    admin.get("/admin/openings")
    queries.clear()
    admin.get("/admin/openings")
    assert len(queries) == 2  # the session, the readers


def test_the_record_and_the_candidate_are_told(hr, visit_as, application):
    other = UserFactory(name="Hollis Grant")
    noon = london_moment(london_day(clock.now()) - timedelta(days=1), time(12))
    for hours, part in ((0, Part.APPLICATION), (2, Part.CONVERSATION), (26, Part.APPLICATION)):
        opened(application, other, part, at=min(noon + timedelta(hours=hours), clock.now()))
    for path in (path_of(application, "/record"), f"/review/vacancies/{application.vacancy.reference}/record"):
        hr.post(path, {"reason": "For the inspection"}, status=200)
        found = " ".join(hr.response.text.split())
        assert ("Opened 2 times" in found) == ("applications" in path)
        assert ("The whole application, messages with the candidate. The last time was at 2pm." in found) == (
            "applications" in path
        )
        assert ("Hollis Grant 3 times, " in found) == ("vacancies" in path)
        assert "Hollis Grant" in found
    kim = visit_as(application.candidate)
    page = kim.get("/account/data").select_one("main")
    assert f"{application.reference}: 3 times" in page.text
    assert "Hollis" not in page.text
    kim.get("/account/data.json")
    assert [(one["application"], one["what"]) for one in kim.response.json["openings"]] == [
        (application.reference, what) for what in ("application", "conversation", "application")
    ]
