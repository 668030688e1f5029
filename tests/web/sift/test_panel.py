"""HR's pages of a panel: what is refused is said where it can be mended, and what they cost."""

import pytest

from recruit.applications.personal import SupportAnswer
from recruit.core.db import db
from recruit.panels.models import PanelMember, Redaction
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.rules.outcomes import OutcomeReason
from tests.factories import UserFactory
from tests.panels.sifting import closed_vacancy, open_sift, panel_member, score, with_panel
from tests.review.sent import open_vacancy, sent_application


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("role", "path", "cost"),
    [
        ("hr", "/review/vacancies/{vacancy}/panel", 12),
        ("hr", "/review/vacancies/{vacancy}/panel/ranking?line=2", 6),
        ("hr", "/review/vacancies/{vacancy}/panel/applications", 3),
        ("hr", "/review/vacancies/{vacancy}/panel/applications/{application}", 12),
        ("panel", "/panel", 8),
        ("panel", "/panel/{vacancy}", 6),
        ("panel", "/panel/{vacancy}/ranking", 5),
        ("panel", "/panel/{vacancy}/{application}", 11),
    ],
)
def test_a_page_costs_the_same_however_many(visit_as, queries, number, role, path, cost):
    vacancy, applications, members, hr = open_sift(number)
    for application in applications:
        for member in members:
            score(application, member, [2, 2, 2])
    visitor = visit_as(hr if role == "hr" else members[0])
    address = path.format(vacancy=vacancy.reference, application=applications[0].reference)
    visitor.get(address)
    queries.clear()

    visitor.get(address)

    assert len([one for one in queries if one.startswith("SELECT")]) == cost


def test_a_line_shows_who_is_invited_whom_a_scheme_adds_and_who_waits_for_a_person(visit_as):
    vacancy, (met, unmet, plain), members, hr = open_sift(3)
    for application, schemes in ((met, ["armed-forces"]), (unmet, ["disability-confident"])):
        db.session.get_one(SupportAnswer, application.id).schemes = schemes
    db.session.commit()
    for application, points in ((met, [2, 2, 0]), (unmet, [1, 3, 3]), (plain, [3, 3, 3])):
        for member in members:
            score(application, member, points)
    address = f"/review/vacancies/{vacancy.reference}/panel/ranking"

    page = visit_as(hr).get(f"{address}?line=5")
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")[1:]] for row in page.select("tbody")[0]("tr")]
    assert rows == [
        [plain.reference, "6", "3", "Met", "–", "Would be invited"],
        *sorted(
            [
                [met.reference, "4", "0", "Met", "Yes", "Would be invited: interview scheme"],
                [unmet.reference, "4", "3", "Not all met", "Asked, not all met", "Below the line"],
            ],
            key=lambda row: row[2],
            reverse=True,
        ),
    ]
    assert "2 of 3 would be invited: 1 by their points, 1 more by an interview scheme." in page.text
    ticked = [box["value"].partition(":")[0] for box in page.select("[name=ticked][checked]")]
    assert sorted(ticked) == sorted([met.reference, plain.reference])
    below = page.select("[aria-labelledby=below] li")
    assert [line.get_text() for line in below] == [f"Decide on {unmet.reference}: 4 essential, 3 desirable"]
    assert "Armed Forces" not in page.text
    lower = visit_as(hr).get(f"{address}?line=4")
    assert "Above the line, not all met" in lower.select_one("tbody").text
    assert "2 of 3 would be invited. 1 more above the line does not meet" in lower.text

    chair = visit_as(members[0]).get(f"/panel/{vacancy.reference}/ranking?line=5").text
    assert met.reference in chair
    assert "scheme" not in chair


def test_nobody_is_revealed_as_asking_for_a_scheme_before_both_scores_are_in(visit_as):
    vacancy, (one,), members, hr = open_sift(1)
    db.session.get_one(SupportAnswer, one.id).schemes = ["armed-forces"]
    score(one, members[0], [2, 2, 2])

    page = visit_as(hr).get(f"/review/vacancies/{vacancy.reference}/panel/ranking?line=0")

    assert f"{one.reference}: being scored" in page.text
    assert "nterview scheme" not in page.text


def test_whoever_applied_sees_nothing_of_the_panel(visit_as):
    vacancy = open_vacancy()
    user = UserFactory(roles=[Role.CANDIDATE, Role.HR])
    sent_application(vacancy=vacancy, candidate=user)

    visit_as(user).get(f"/review/vacancies/{vacancy.reference}/panel", 404)


def test_of_a_vacancy_that_is_over_nobody_is_told_to_open_or_score_and_the_way_on_is_said(visit_as):
    vacancy, (one, _), members, hr = open_sift(2)
    closed, (waits,) = closed_vacancy(1)
    with_panel(closed, members, hr)
    for found in (vacancy, closed):
        found.status, found.filled, found.outcome_reason = VacancyStatus.UNFILLED, 0, OutcomeReason.NOBODY_AT_INTERVIEW
    db.session.commit()
    officer, member = visit_as(hr), visit_as(members[0])
    page = officer.get(f"/review/vacancies/{closed.reference}/panel")
    assert "This vacancy is over (unfilled)" in page.text
    assert "1 application still waits, and its candidate has heard nothing: decide it from" in page.text
    assert "Open the sift" not in page.text
    assert "The panel is complete" not in page.text
    for path in (f"applications/{waits.reference}", f"vacancies/{closed.reference}"):
        assert "take back the outcome" in officer.get(f"/review/{path}").text

    listed = member.get("/panel").text
    assert (listed.count("Vacancy over"), "HR opens it soon" in listed) == (2, False)
    for found in (vacancy, closed):
        shown = member.get(f"/panel/{found.reference}").text
        assert "This vacancy is over (unfilled), so nothing of it is scored any more." in shown
        assert "opens the sift" not in shown
        assert f"Score {one.reference}" not in shown


def test_wrong_entries_are_told_beside_their_field(hr):
    vacancy, _ = closed_vacancy(1)
    base = f"/review/vacancies/{vacancy.reference}/panel"

    assert "Choose a person" in hr.post(f"{base}/members", {"person": ""}, 200).text
    for odd in ("9" * 30, "-1", "x", "\x00"):
        hr.post(f"{base}/members", {"person": odd}, 200)
        hr.post(f"{base}/members/remove", {"member": odd}, 409)
    assert "The vacancy has not closed" not in hr.post(f"{base}/open", status=409).text
    assert db.session.query(PanelMember).count() == 0


def test_hr_hides_words_and_shows_them_again(hr):
    vacancy, (one,) = closed_vacancy(1)
    base = f"/review/vacancies/{vacancy.reference}/panel/applications/{one.reference}"

    hr.post(f"{base}/hide", {"phrase": "works with risk"})
    assert "How I show it: [hidden by HR]" in hr.get(base).text
    assert "This is hidden already" in hr.post(f"{base}/hide", {"phrase": "works with risk"}, 200).text
    assert "Enter the words to hide" in hr.post(f"{base}/hide", {"phrase": " "}, 200).text
    hr.post(f"{base}/show", {"phrase": str(db.session.query(Redaction).one().id)})

    assert "How I show it: Works with risk" in hr.get(base).text
    hr.post(f"{base}/show", {"phrase": "1" * 25}, 409)


def test_of_several_ticked_what_cannot_be_shortlisted_is_told_and_the_rest_stands(hr):
    vacancy, (one, two), members, _ = open_sift(2)
    for application in (one, two):
        for member in members:
            score(application, member, [2, 2, 2])
    address = f"/review/vacancies/{vacancy.reference}/panel/ranking"
    page = hr.get(f"{address}?line=4")
    ticked = [box["value"] for box in page.select("[name=ticked]")]
    odd = hr.get(f"{address}?line=nonsense")
    assert (odd.select_one(".govuk-form-group--error #line")["value"], "in halves" in odd.text) == ("nonsense", True)
    assert "Tick the applications" in hr.post(f"{address}?line=4", {"ticked": "nonsense"}, 200).text
    hr.post(f"/review/applications/{one.reference}/shortlist", {"version": str(one.version), "reason": ""})

    page = hr.post(f"{address}?line=4", {"ticked": [*ticked, "A-22222:1"]}, 409)

    assert f"1 shortlisted: {two.reference}." in page.text
    assert [line.text for line in page.select(".govuk-error-summary__list li")] == [
        f"{name}: It is not in the ranking any more." for name in sorted([one.reference, "A-22222"])
    ]
    db.session.expire_all()
    assert [one.status, two.status] == [ApplicationStatus.SHORTLISTED] * 2


def test_hr_takes_a_scorer_off_with_a_reason(visit_as):
    vacancy, (one,), members, hr = open_sift(1)
    visitor = visit_as(hr)
    address = f"/review/vacancies/{vacancy.reference}/panel/applications/{one.reference}/scorers/{members[0].id}"

    assert "Enter a reason" in visitor.post(address, {"reason": ""}, 200).text
    visitor.post(address, {"reason": "A cousin of the candidate"})

    assert "Needs another scorer" in visitor.get(f"/review/vacancies/{vacancy.reference}/panel").text
    visitor.get(address, 404)


def test_scores_are_saved_and_faults_are_told_where_they_are(visit_as):
    vacancy, (one,), members, _ = open_sift(1)
    scorer, address = visit_as(members[0]), f"/panel/{vacancy.reference}/{one.reference}"
    scorer.post(f"{address}/declaration", {}, 200)
    scorer.post(f"{address}/declaration", {"connection": "none"})
    keys = [line.id for line in vacancy.criteria]
    version = scorer.get(address).select_one("[name=version]")["value"]

    scores = {f"score_{keys[0]}": "3", f"note_{keys[0]}": "", f"score_{keys[1]}": "9"}
    scorer.post(f"{address}/scores", {"version": version, **scores, "submit": "yes"}, 200)
    page = scorer.post(f"{address}/scores", {"version": version, f"score_{keys[0]}": "3", "submit": "yes"}, 200)
    assert [error.text for error in page.select(".govuk-error-summary li")] == [
        "Enter the evidence for your score of 3 for “Assesses the needs of children”",
        "Select a score for “Works with risk”",
        "Select a score for “Knows the family court”",
    ]
    scorer.post(f"{address}/scores", {"version": version, f"score_{keys[0]}": "3", "save": "yes"})
    assert scorer.follow().select_one(f"[name=score_{keys[0]}][checked]")["value"] == "3"
    scorer.post(f"{address}/scores", {"version": version, f"score_{keys[0]}": "0", "save": "yes"}, 409)


def test_somebody_on_no_panel_sees_none(visit_as):
    vacancy, (one,), _, _ = open_sift(1)
    stranger = visit_as(panel_member("Stranger"))

    assert "You are on no panel yet" in stranger.get("/panel").text
    for address in ("", f"/{one.reference}", "/ranking", f"/{one.reference}/settle"):
        stranger.get(f"/panel/{vacancy.reference}{address}", 404)


def test_only_the_chair_settles_and_ranks(visit_as):
    vacancy, (one,), members, _ = open_sift(1)
    other = visit_as(members[1])

    other.get(f"/panel/{vacancy.reference}/ranking", 403)
    other.get(f"/panel/{vacancy.reference}/{one.reference}/settle", 403)
