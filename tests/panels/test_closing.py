"""Closing a sift: who may, what is refused afterwards, and opening it again."""

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.panels import closing, moderation, setup, sheets
from recruit.panels.models import ScoreSheet, Sift, SiftEvent
from recruit.panels.moderation import Chaired
from recruit.panels.opening import share_arrivals
from recruit.rules.lifecycle import VacancyStatus
from recruit.rules.sift import SheetStatus
from tests.panels.sifting import closed_vacancy, entries, hr_person, open_sift, panel_member, score, sheet_of
from tests.review.sent import sent_application

pytestmark = pytest.mark.usefixtures("session")


def chaired(vacancy, members):
    return Chaired(vacancy, members[0].id)


def close(actor, panel):
    with transaction():
        closing.close_sift(actor.as_actor(), panel, now=clock.now())


def reopen(actor, panel, reason="One was away"):
    with transaction():
        closing.reopen_sift(actor.as_actor(), panel, reason, now=clock.now())


def last(vacancy):
    return db.session.query(SiftEvent).filter_by(vacancy_id=vacancy.id).order_by(SiftEvent.id.desc()).first()


@pytest.mark.parametrize("who", ["hr", "chair"])
def test_hr_or_the_chair_closes_and_reopens_with_a_reason_and_both_are_kept(who):
    vacancy, (one, _two), members, hr = open_sift(2)
    for member in members:
        score(one, member, [2, 2, 2])
    actor, panel = hr if who == "hr" else members[0], chaired(vacancy, members)

    close(actor, panel)
    assert (last(vacancy).what, last(vacancy).actor_id) == ("Sift closed with 1 application not scored", actor.id)
    reopen(actor, panel)
    assert (last(vacancy).what, last(vacancy).note) == ("Sift reopened", "One was away")
    score(_two, members[0], [2, 2, 2])


def test_with_everything_scored_the_history_says_so():
    vacancy, (one,), members, hr = open_sift(1)
    for member in members:
        score(one, member, [2, 2, 2])
    assert closing.unscored(vacancy) == []
    close(hr, chaired(vacancy, members))
    assert last(vacancy).what == "Sift closed with everything scored"


def test_nothing_is_declared_scored_left_or_settled_afterwards():
    vacancy, (one, two), members, hr = open_sift(2)
    score(one, members[0], [3, 2, 2])
    score(one, members[1], [1, 2, 2])
    panel, sheet, now = chaired(vacancy, members), sheet_of(two, members[0]), clock.now()
    with transaction():
        sheets.declare_none(members[0].as_actor(), sheet, now=now)
    close(hr, panel)

    own, seen = members[0].as_actor(), sheet.version
    for late in (
        lambda: sheets.save_scores(own, sheet, entries(two, [1, 1, 1]), seen_version=seen, now=now, submit=False),
        lambda: sheets.declare_none(members[1].as_actor(), sheet_of(two, members[1]), now=now),
        lambda: sheets.leave(own, sheet, SheetStatus.ABSTAINED, "Busy", now=now),
        lambda: moderation.moderate(own, panel, one.id, {}, now=now),
    ):
        with pytest.raises(Conflict, match=r"The sift was closed at .* nothing of this page was saved"):
            late()


def test_who_joins_and_what_arrives_meanwhile_is_given_out_when_it_opens_again():
    vacancy, _, members, hr = open_sift(1)
    panel, new = chaired(vacancy, members), panel_member("Member C")
    close(hr, panel)
    with transaction():
        setup.add_member(hr.as_actor(), vacancy, new.id, now=clock.now())
    late = sent_application(vacancy=vacancy, days_ago=2)
    with transaction():
        assert share_arrivals(clock.now()) is False
    assert db.session.query(ScoreSheet).filter_by(application_id=late.id).count() == 0
    reopen(hr, panel)
    assert db.session.query(ScoreSheet).filter_by(application_id=late.id).count() == 2


def test_nobody_else_closes_and_only_what_is_open():
    vacancy, _, members, hr = open_sift(1)
    panel = chaired(vacancy, members)
    with pytest.raises(NotAllowed):
        close(members[1], panel)
    with pytest.raises(NotAllowed):
        reopen(members[1], panel)
    with pytest.raises(Conflict, match="not closed"):
        reopen(hr, panel)
    close(hr, panel)
    with pytest.raises(Conflict, match="The sift was closed at"):
        close(members[0], panel)
    with pytest.raises(Incomplete, match="Enter why it is reopened"):
        reopen(hr, panel, " ")
    vacancy.status = VacancyStatus.CANCELLED
    db.session.commit()
    with pytest.raises(Conflict, match="this vacancy is over"):
        reopen(hr, panel)
    assert db.session.get(Sift, vacancy.id).closed_at is not None

    never, _ = closed_vacancy(1)
    with pytest.raises(Conflict, match="The sift is not open"):
        close(hr_person(), Chaired(never, 0))


def test_scores_that_come_too_late_are_kept_on_the_page_and_hr_reads_what_is_left_first(hr, visit_as):
    vacancy, (one,), members, _ = open_sift(1)
    scorer = visit_as(members[0])
    with transaction():
        sheets.declare_none(members[0].as_actor(), sheet_of(one, members[0]), now=clock.now())
    page = scorer.get(f"/panel/{vacancy.reference}/{one.reference}")
    version = page.select_one("[name=version]")["value"]
    base = f"/review/vacancies/{vacancy.reference}/panel"
    assert f"{one.reference}: being scored" in hr.get(f"{base}/close").text
    hr.post(f"{base}/close")
    assert "The sift is closed." in hr.follow().text

    key = vacancy.criteria[0].id
    typed = {"version": version, f"score_{key}": "3", f"note_{key}": "Names the risk"}
    late = scorer.post(f"/panel/{vacancy.reference}/{one.reference}/scores", typed, status=409)
    assert "The sift was closed at" in late.select_one(".govuk-error-summary").text
    assert late.select_one(f"[name=note_{key}]").text.strip() == "Names the risk"
    assert "The sift was closed at" in scorer.get(f"/panel/{vacancy.reference}").text
    assert "Sift closed" in scorer.get("/panel").text
    assert "The sift was closed at" in hr.post(f"{base}/close", status=409).text

    chair = f"/panel/{vacancy.reference}"
    assert "Enter why it is reopened" in scorer.post(f"{chair}/reopen", {"reason": ""}, status=200).text
    scorer.post(f"{chair}/reopen", {"reason": "One was away"})
    assert "The sift is open again." in scorer.follow().text
    scorer.post(f"{chair}/close")
    visit_as(members[1]).get(f"{chair}/close", status=403)
