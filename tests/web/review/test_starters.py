"""HR's list of everybody who is to start: what waits and since when, and how far the checks are."""

from datetime import timedelta

import pytest

from recruit.appointments.employment_checks import record_check
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.rules.access import Role
from recruit.rules.employment import Check, Finding
from tests import factories
from tests.appointments.asked import answer_all, asked_on, quickly_appointed, send
from tests.visitor import Visitor


def statuses(page) -> list[str]:
    return [" ".join(one.text.split()) for one in page.select(".govuk-task-list__status")]


def found(details, kind: Check, finding: Finding) -> None:
    hr, now = factories.UserFactory(roles=[Role.HR]).as_actor(), clock.now()
    record_check(hr, details.application, kind, finding, london_day(now), "Seen", "", seen_number=0, now=now)
    db.session.commit()


@pytest.mark.one_database
def test_it_says_of_each_what_is_waited_for(hr: Visitor):
    assert "Nobody is to start at the moment" in hr.get("/review/starters").text
    details = asked_on(quickly_appointed(candidate=factories.UserFactory(name="Kim Lee")))
    page = hr.get("/review/starters")
    assert "Kim Lee" in page.text
    assert statuses(page) == ["Asked for"]
    assert "Details are due by" in page.text
    details.due_on = london_day(clock.now()) - timedelta(days=1)
    db.session.commit()
    assert statuses(hr.get("/review/starters")) == ["Late"]

    answer_all(details)
    send(details)
    assert statuses(hr.get("/review/starters")) == ["To check"]
    for kind in Check:
        found(details, kind, Finding.CLEAR)
    assert statuses(hr.get("/review/starters")) == ["All clear"]
    assert "7 of 7 checks clear" in hr.get("/review/starters").text


@pytest.mark.one_database
def test_it_takes_the_same_queries_for_any_number_and_leaves_out_ones_own(hr: Visitor, queries, visit_as):
    own = factories.UserFactory(roles=[Role.HR, Role.CANDIDATE])
    for added in (1, 2):  # 1 and 3 people
        for _ in range(added):
            found(asked_on(quickly_appointed()), Check.DBS, Finding.NOT_CLEAR)
        queries.clear()
        hr.get("/review/starters")
        assert len(queries) == 3
    quickly_appointed(candidate=own)
    assert len(statuses(visit_as(own).get("/review/starters"))) == 3
    assert len(statuses(hr.get("/review/starters"))) == 4
