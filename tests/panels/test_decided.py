"""What a panel scored once HR has decided: it stays in the counts and in the ranking, and is not offered again."""

from fractions import Fraction

import pytest

from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.panels.deciding import decide
from recruit.rules.lifecycle import ApplicationStatus
from recruit.web.ranking import points
from tests.panels.sifting import open_sift, score
from tests.review.sent import sent_application

pytestmark = pytest.mark.usefixtures("session")


def decided(hr, application, target, **given):
    with transaction():
        decide(
            hr.as_actor(),
            application,
            target,
            needs_scores=False,
            seen_version=application.version,
            now=clock.now(),
            **given,
        )


@pytest.fixture
def sift():
    """A sift with four applications: shortlisted and turned down once scored, decided with one score in, and to score.

    The chair scored all but the last.
    """
    vacancy, applications, (chair, member), hr = open_sift(4)
    for application in applications[:3]:
        score(application, chair, [2, 1, 2] if application is applications[1] else [2, 2, 2])
    for application in applications[:2]:
        score(application, member, [2, 1, 2] if application is applications[1] else [2, 3, 2])
    no = {"reason": "More examples", "criterion_id": vacancy.criteria[0].id}
    decided(hr, applications[0], ApplicationStatus.SHORTLISTED)
    decided(hr, applications[1], ApplicationStatus.NOT_SHORTLISTED, **no)
    decided(hr, applications[2], ApplicationStatus.SHORTLISTED)
    db.session.commit()
    return vacancy, [one.reference for one in applications], chair, member, hr


def rows_of(page, selector):
    return [" ".join(row.text.split()) for row in page.select(selector)]


def test_what_a_member_scored_stays_in_their_list(sift, visit_as):
    vacancy, (one, two, three, four), chair, member, _ = sift
    page = visit_as(chair).get(f"/panel/{vacancy.reference}")
    assert rows_of(page, ".govuk-task-list__item") == [
        f"{one} Scores in, shortlisted", f"{two} Scores in, decided", f"{three} Scores in, shortlisted",
        f"{four} To score",
    ]  # fmt: skip
    assert "You have scored 3 of 4." in page.text
    assert "2 of 3 are complete" in page.text
    assert "You have scored 3 of 4" in visit_as(chair).get("/panel").text
    reader = visit_as(member)
    assert "You have scored 2 of 3" in reader.get(f"/panel/{vacancy.reference}").text
    page = reader.get(f"/panel/{vacancy.reference}/{one}")
    assert page.select_one(".govuk-caption-l").text == "1 of 3 in your list, you have scored 2"
    assert "Both scorers are in" in page.text
    assert reader.get(f"/panel/{vacancy.reference}/{three}").select_one(".govuk-caption-l").text.startswith("Not in")


def test_who_scored_alone_reads_that_hr_decided_and_nothing_of_the_others_scores(sift, visit_as):
    vacancy, (_, _, three, _), chair, member, _ = sift
    page = visit_as(chair).get(f"/panel/{vacancy.reference}/{three}")
    assert "HR decided before the other scorer’s were" in page.text
    assert member.name not in page.text
    assert not page.select(f"a[href$='{three}/reopen']")


def test_the_ranking_keeps_what_is_decided_and_offers_it_no_more(sift, visit_as):
    vacancy, (one, two, _, four), chair, _, hr = sift
    officer, base = visit_as(hr), f"/review/vacancies/{vacancy.reference}/panel"
    page = officer.get(f"{base}/ranking?line=4")
    assert [rows_of(row, "td, th") for row in page.select(".stacked tbody tr")] == [
        ["Shortlisted", one, "4.5", "2", "Met", "Shortlisted"], ["Decided", two, "3", "2", "Not all met", "Decided"],
    ]  # fmt: skip
    assert "Nothing here waits for a decision." in " ".join(page.text.split())
    assert not page.select("[name=ticked]")
    assert "Shortlist those ticked" not in page.text
    page = visit_as(chair).get(f"/panel/{vacancy.reference}/ranking")
    assert rows_of(page, ".stacked tbody th") == [f"{one}, shortlisted", f"{two}, decided"]
    page = officer.get(base)
    assert "2 of 3 scored" in page.text
    assert rows_of(page, ".stacked tbody [data-label=Stage]") == ["Shortlisted", "Decided", "Being scored"]
    assert rows_of(page, ".stacked tbody th") == [one, two, four]
    assert "Evidence and scores" in officer.get(f"{base}/applications/{one}").text


NOT_WHOLE = "does not meet every essential criterion"


@pytest.mark.parametrize(
    ("points", "is_ticked", "short"),
    [
        ([2, 2, 2], True, ""),
        ([3, 1, 2], False, f" 1 more above the line {NOT_WHOLE}, and is yours to tick or not."),
    ],
)
def test_the_line_ticks_who_waits_and_meets_every_essential_criterion(sift, visit_as, points, is_ticked, short):
    vacancy, (*_, four), chair, member, hr = sift
    waiting = db.session.query(Application).filter_by(reference=four).one()
    for person in (chair, member):
        score(waiting, person, points)
    page = visit_as(hr).get(f"/review/vacancies/{vacancy.reference}/panel/ranking?line=4")
    (box,) = page.select("[name=ticked]")
    assert (box["value"].split(":")[0], box.has_attr("checked")) == (four, is_ticked)
    assert f"{int(is_ticked)} of 1 would be invited.{short} 2 are decided already" in " ".join(page.text.split())


def test_the_record_says_of_what_is_decided_how_far_the_panel_was_and_of_none_that_it_needs_a_scorer(sift, visit_as):
    vacancy, (one, two, three, four), *_, hr = sift
    outside = sent_application(vacancy=vacancy)
    outside.status = ApplicationStatus.WITHDRAWN
    db.session.commit()
    page = visit_as(hr).post(f"/review/vacancies/{vacancy.reference}/record", {"reason": "For the inspection"}, 200)
    assert {row.th.text: row.select("td")[-1].text for row in page.select("[aria-label=Applications] tbody tr")} == {
        one: "Scored", two: "Scored", three: "1 of 2 scores in", four: "Being scored",
        outside.reference: "Not in the sift",
    }  # fmt: skip


@pytest.mark.parametrize(("number", "words"), [(Fraction(14, 3), "4.67"), (Fraction(15, 2), "7.5"), (Fraction(7), "7")])
def test_points_have_two_decimals_at_most(number, words):
    assert points(number) == words
