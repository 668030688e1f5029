"""Whoever of staff is shown an application has that kept: each time, by the server, and else is shown nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from recruit.applications.personal import SupportAnswer
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.record.models import Opening, Part
from recruit.rules.access import Role
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


def test_hr_is_shown_parts(hr, application):
    key, who = application.id, hr.user.id
    hr.get(path_of(application, "/messages"))
    assert kept() == [(key, who, Part.CONVERSATION)]
    hr.post(path_of(application, "/notes"), {"text": ""}, status=200)
    assert kept() == [(key, who, Part.APPLICATION)], "a page with a refused form shows the application as well"
    hr.post(path_of(application, "/notes"), {"text": "Ask for the certificate"})
    assert kept() == []


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
    with nowhere_to_keep():
        page = hr.get(path_of(application), 503)
        assert NOT_KEPT in page.text
        assert "Kim Lee" not in hr.response.text
        assert hr.response.headers["Content-Security-Policy"]
        hr.get("/review")
    hr.get(path_of(application))

    assert len(kept()) == 1
