"""What a total is made of: points, each as often as its criterion counts, essential and desirable ones apart."""

import pytest

from recruit.core.db import db
from recruit.panels.standings import ranked, standings_of
from recruit.vacancies.models import Assessment, Criterion, CriterionKind
from tests.panels.sifting import open_sift, score

pytestmark = pytest.mark.usefixtures("session")


def test_a_criterion_counts_as_often_as_its_weight_says_and_changes_the_order():
    vacancy, applications, members, _ = open_sift(2)
    vacancy.criteria[1].weight = 3
    db.session.commit()
    one, two = applications
    for application, first, second in ((one, [3, 2, 3], [3, 2, 2]), (two, [2, 3, 0], [2, 2, 0])):
        score(application, members[0], first)
        score(application, members[1], second)

    found = ranked(standings_of(vacancy.id, vacancy.asked))

    assert [row.reference for row in found] == [two.reference, one.reference]
    assert [(row.essential_points, row.desirable_points) for row in found] == [(9.5, 0), (9, 2.5)]


def test_the_page_shows_how_each_total_is_made(visit_as):
    vacancy, (one,), members, hr = open_sift(1)
    vacancy.criteria[1].weight = 2
    db.session.commit()
    for member in members:
        score(one, member, [2, 3, 1])

    for visitor, address in (
        (visit_as(hr), f"/review/vacancies/{vacancy.reference}/panel/ranking"),
        (visit_as(members[0]), f"/panel/{vacancy.reference}/ranking"),
    ):
        page = visitor.get(address)
        details = page.select_one("main details")
        assert [line.get_text(" ", strip=True) for line in details.select("ol li")] == [
            "Assesses the needs of children Essential, counts once",
            "Works with risk Essential, counts twice",
            "Knows the family court Desirable, counts once",
        ]
        row = [cell.get_text(strip=True) for cell in details.select("tbody tr th, tbody tr td")]
        assert row == [one.reference, "2", "3", "1", "8", "1"]
        assert "Essential, of 9" in page.text


def test_only_what_is_assessed_at_application_is_scored_and_a_later_criterion_is_not_held_against_anybody(visit_as):
    vacancy, (one,), members, hr = open_sift(1)
    vacancy.criteria[2].assessed_at = Assessment.INTERVIEW
    db.session.commit()
    for member in members:
        score(one, member, [2, 3, 1])
    vacancy.criteria.append(Criterion(kind=CriterionKind.DESIRABLE, position=4, text="Speaks another language"))
    db.session.commit()

    assert [line.text for line in vacancy.asked] == [
        "Assesses the needs of children", "Works with risk", "Speaks another language",
    ]  # fmt: skip
    assert "You: not scored" in visit_as(members[0]).get(f"/panel/{vacancy.reference}/{one.reference}").text
    visit_as(hr).get(f"/review/vacancies/{vacancy.reference}/panel/applications/{one.reference}")
    (found,) = standings_of(vacancy.id, vacancy.asked)
    assert (found.essential_points, found.desirable_points) == (5, 0)
