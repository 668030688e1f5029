"""From an empty panel to a ranking: HR, two members, one of them the chair."""

from recruit.core.db import db
from recruit.panels.models import ScoreSheet
from recruit.rules.lifecycle import ApplicationStatus
from tests.panels.sifting import closed_vacancy, hr_person, panel_member, with_panel


def test_a_panel_is_made_scores_settles_and_hr_shortlists(visit_as):
    vacancy, (first,) = closed_vacancy(1)
    hr, one, two = visit_as(hr_person()), panel_member("Perrin Osgodby"), panel_member("Paloma Quayle")
    base = f"/review/vacancies/{vacancy.reference}/panel"
    criteria = [line.id for line in vacancy.criteria]

    page = hr.get(base)
    assert "It needs 2 more members: 2 people at least score." in page.text
    for member in (one, two):
        hr.post(f"{base}/members", {"person": str(member.id)})
    assert "HR opens it soon" in visit_as(one).get("/panel").text
    assert "HR checks that the panel is complete" in visit_as(one).get(f"/panel/{vacancy.reference}").text
    assert "Open the sift" not in [button.text for button in hr.get(base).select("button")]
    day = {"trained_on-day": "5", "trained_on-month": "1", "trained_on-year": "2026"}
    hr.post(f"{base}/training", {"member": str(one.id), **day})
    assert "The panel is complete." in hr.get(base).text
    hr.post(f"{base}/open")

    for member, points in ((one, "232"), (two, "212")):
        scorer = visit_as(member)
        scorer.get("/panel")
        page = scorer.get(f"/panel/{vacancy.reference}")
        assert "You have scored 0 of 1" in page.text
        address = f"/panel/{vacancy.reference}/{first.reference}"
        assert "How I show it" not in scorer.get(address).text
        scorer.post(f"{address}/declaration", {"connection": "none"})
        page = scorer.get(address)
        assert "How I show it: Works with risk" in page.text
        version = page.select_one("[name=version]")["value"]
        scores = {f"score_{key}": point for key, point in zip(criteria, points, strict=True)}
        notes = {f"note_{key}": "Seen alone, each of them" for key in criteria}
        scorer.post(f"{address}/scores", {"version": version, **scores, **notes, "submit": "yes"})
        assert "Your scores" in scorer.get(address).text

    chair = visit_as(one)
    assert ["1 to settle" in visit_as(member).get("/panel").text for member in (one, two)] == [True, False]
    assert f"Settle {first.reference}" in chair.get(f"/panel/{vacancy.reference}").text
    settle = f"/panel/{vacancy.reference}/{first.reference}/settle"
    assert f"You and {two.name} differ here" in chair.get(settle).text
    chair.post(settle, {"version": "0", f"score_{criteria[1]}": "2", f"note_{criteria[1]}": "One clear example"})
    chair.get(f"/panel/{vacancy.reference}/ranking?line=4")

    page = hr.get(f"{base}/ranking?line=4")
    cells = [cell.get_text(strip=True) for cell in page.select("tbody tr")[0].select("th, td")]
    assert cells == ["Shortlist" + " " + first.reference, first.reference, "4", "2", "Met", "Would be invited"]
    hr.get(f"{base}/applications")
    assert "Settled by the chair: 2" in hr.get(f"{base}/applications/{first.reference}").text
    hr.post(f"{base}/ranking?line=4", {"ticked": page.select_one("[name=ticked][checked]")["value"]})
    assert f"1 shortlisted: {first.reference}." in hr.follow().text
    db.session.expire_all()
    assert first.status == ApplicationStatus.SHORTLISTED
    assert [sheet.status for sheet in db.session.query(ScoreSheet)] == ["submitted", "submitted"]


def test_a_panel_that_no_application_waits_for_is_told_that_there_is_nothing_to_score(visit_as):
    vacancy, (decided,) = closed_vacancy(1)
    member = panel_member("Perrin Osgodby")
    with_panel(vacancy, [member], hr_person())
    decided.status = ApplicationStatus.WITHDRAWN
    db.session.commit()
    reader = visit_as(member)
    assert "Nothing to score" in reader.get("/panel").text
    assert "There is nothing to score: the vacancy closed" in reader.get(f"/panel/{vacancy.reference}").text
