"""Applications that nobody of the panel is left to score."""

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.panels import closing, setup, sheets
from recruit.panels.lacking import lacking_of
from recruit.panels.models import Sift
from recruit.panels.moderation import Chaired
from recruit.panels.standings import in_sift
from recruit.rules.sift import SheetStatus
from tests.panels.sifting import open_sift, panel_member, score, sheet_of

pytestmark = pytest.mark.usefixtures("session")
REASON = "She is my neighbour’s daughter"


@pytest.fixture
def sift():
    """A sift with one application, of which the second of two members declared a connection."""
    vacancy, (one,), (chair, member), hr = open_sift(1)
    score(one, chair, [2, 2, 2])
    with transaction():
        sheets.leave(member.as_actor(), sheet_of(one, member), SheetStatus.CONNECTED, REASON, now=clock.now())
    return vacancy, one, chair, member, hr


def words_of(page):
    return " ".join(page.main.text.split())


def test_hr_is_told_whom_it_needs_and_why_beside_the_application(sift, visit_as):
    vacancy, one, chair, member, hr = sift
    page = visit_as(hr).get(f"/review/vacancies/{vacancy.reference}/panel")
    assert f"Add a member: {one.reference} has one scorer" in words_of(page)
    assert "The panel is complete" not in page.text
    cell = page.select_one("[data-label=Scorers]").text
    assert " ".join(cell.split()) == f"{chair.name}: scores in; {member.name}: connection declared ({REASON})"


def test_the_chair_is_told_what_to_ask_for_and_neither_who_stopped_nor_why(sift, visit_as):
    vacancy, one, chair, member, _ = sift
    page = visit_as(chair).get(f"/panel/{vacancy.reference}")
    assert f"Ask HR to add a member: {one.reference} has one scorer" in words_of(page)
    for word in ("Nothing is to be settled", member.name, REASON):
        assert word not in page.text


def test_it_is_said_until_another_member_has_it_and_not_once_nobody_scores_any_more(sift, visit_as):
    vacancy, one, chair, _, hr = sift
    visitor, address = visit_as(hr), f"/review/vacancies/{vacancy.reference}/panel"
    with transaction():
        closing.close_sift(hr.as_actor(), Chaired(vacancy, chair.id), now=clock.now())
    assert "The panel is complete" in visitor.get(address).text
    assert "Ask HR" not in visit_as(chair).get(f"/panel/{vacancy.reference}").text
    with transaction():
        closing.reopen_sift(hr.as_actor(), Chaired(vacancy, chair.id), "Closed too early", now=clock.now())
    assert "Add a member" in words_of(visitor.get(address))
    with transaction():
        setup.add_member(hr.as_actor(), vacancy, panel_member("Member C").id, now=clock.now())
    page = visitor.get(address)
    assert "The panel is complete" in page.text
    assert REASON not in page.select_one("[data-label=Scorers]").text


def test_of_two_who_stopped_the_reasons_are_each_beside_its_name(sift):
    vacancy, one, chair, member, hr = sift
    with transaction():
        sheets.remove_scorer(hr.as_actor(), sheet_of(one, chair), "A cousin", now=clock.now())
    (lacking,) = lacking_of(vacancy, db.session.get(Sift, vacancy.id), in_sift(vacancy.id, vacancy.asked))
    assert lacking.words == f"{one.reference} has no scorer"
    assert {stopped.name: stopped.reason for stopped in lacking.stopped} == {
        chair.name: "A cousin",
        member.name: REASON,
    }
