"""A person specification line by line; sets of criteria that are used again; templates."""

from typing import Any

import pytest
from sqlalchemy import func, select

from recruit.core.db import db
from recruit.vacancies.models import Criterion, CriterionKind, Team, Vacancy
from recruit.vacancies.writing_models import CriteriaSet
from tests import factories
from tests.visitor import Visitor

SETS = "/recruiter/criteria-sets"


def _path(vacancy: Vacancy, end: str = "") -> str:
    return f"/recruiter/vacancies/{vacancy.reference}/criteria{end}"


def _lines(page: Any) -> list[tuple[str, str]]:
    return [tuple(text.get_text() for text in item.select(".criteria__text")) for item in page.select(".criteria li")]


def _texts(page: Any) -> list[str]:
    return [line[0] for line in _lines(page)]


def _errors(page: Any) -> list[str]:
    return [item.get_text(strip=True) for item in page.select(".govuk-error-summary__list li")]


def _press(who: Visitor, page: Any, end: str, status: int = 302) -> Any:
    form = page.select_one(f"form[action*='{end}']")
    return who.post(form["action"], {"version": form.select_one("[name=version]")["value"]}, status=status)


@pytest.fixture
def draft(mine) -> Vacancy:
    return mine(criteria=[])


def test_criteria_are_added_changed_moved_and_removed_by_plain_forms(recruiter: Visitor, draft: Vacancy):
    recruiter.submit(_path(draft, "/add"), {"text": "Knows the court", "kind": "desirable"})
    recruiter.submit(_path(draft, "/add"), {"text": "Listens"})
    recruiter.submit(_path(draft, "/add"), {"text": "Chairs", "assessed_at": "interview", "weight": "3"})

    page = recruiter.get(_path(draft))
    assert _lines(page) == [
        ("Listens", "Assessed in the application"),
        ("Chairs", "Assessed at interview, counts three times"),
        ("Knows the court", "Assessed in the application"),
    ]
    _press(recruiter, page, "/2/up")
    page = recruiter.get(_path(draft))
    assert _texts(page) == ["Chairs", "Listens", "Knows the court"]
    assert page.select("form[action*='/3/']")[0]["action"].endswith("/3/remove"), (
        "the only one of its kind goes nowhere"
    )
    recruiter.submit(_path(draft, "/1"), {"text": "Chairs meetings", "weight": "2"})
    _press(recruiter, recruiter.get(_path(draft)), "/2/remove")
    assert _lines(recruiter.get(_path(draft))) == [
        ("Chairs meetings", "Assessed at interview, counts twice"),
        ("Knows the court", "Assessed in the application"),
    ]
    assert db.session.scalar(select(func.count()).select_from(Criterion)) == 2


def test_several_are_added_one_after_the_other_each_like_the_one_before(recruiter: Visitor, draft: Vacancy):
    another = {"then": "another"}
    recruiter.submit(
        _path(draft, "/add?back=check"),
        {"text": "Chairs", "kind": "desirable", "assessed_at": "interview", "weight": "2", **another},
    )
    page = recruiter.follow()
    assert "Criterion added. Write the next one" in page.get_text()
    assert [box["value"] for box in page.select("input[checked]")] == ["desirable", "interview", "1"]
    recruiter.submit(recruiter.response.request.full_path, {"text": "Chairs", **another}, status=200)
    recruiter.submit(recruiter.response.request.full_path, {"text": "Mentors", **another})
    recruiter.submit(_path(draft, "/add?kind=odd&assessed_at="), {"text": "Listens", **another})

    assert recruiter.response.headers["Location"].endswith("/add?kind=essential&assessed_at=application")
    assert _texts(recruiter.get(_path(draft))) == ["Listens", "Chairs", "Mentors"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"text": " \x00"}, "Enter the criterion"),
        ({"text": "x" * 301}, "Criterion must be 300 characters or fewer"),
        ({"text": "LISTENS"}, "This criterion is there already"),
        ({"text": "New", "kind": "nice"}, "Select essential or desirable"),
        ({"text": "New", "assessed_at": "never"}, "Select where it is assessed"),
        ({"text": "New", "weight": "4"}, "Select how much it counts"),
        ({"text": "New", "weight": "²"}, "Select how much it counts"),
    ],
)
def test_what_is_wrong_with_a_criterion_is_said_and_kept(recruiter: Visitor, draft: Vacancy, typed, message):
    recruiter.submit(_path(draft, "/add"), {"text": "Listens"})

    page = recruiter.submit(_path(draft, "/add"), typed, status=200)

    assert _errors(page) == [message]
    assert page.select_one("#text").get_text().strip() == typed["text"].replace("\x00", "").strip()
    assert _texts(recruiter.get(_path(draft))) == ["Listens"]


def test_there_are_at_most_12_of_a_kind(recruiter: Visitor, mine):
    lines = [Criterion(kind=CriterionKind.ESSENTIAL, position=place, text=f"Criterion {place}") for place in range(12)]
    vacancy = mine(criteria=lines)

    page = recruiter.submit(_path(vacancy, "/add"), {"text": "One more"}, status=200)

    assert _errors(page) == ["There can be at most 12 essential criteria"]
    recruiter.submit(_path(vacancy, "/add"), {"text": "One more", "kind": "desirable"})


def test_the_second_of_two_is_told_and_nothing_is_lost(recruiter: Visitor, draft: Vacancy):
    recruiter.submit(_path(draft, "/add"), {"text": "Listens"})
    old = recruiter.get(_path(draft))
    seen = old.select_one("[name=version]")["value"]
    recruiter.submit(_path(draft, "/add"), {"text": "Chairs"})

    page = recruiter.submit(_path(draft, "/add"), {"text": "Mine", "version": seen}, status=409)
    assert "Nothing of yours was saved over theirs." in _errors(page)[0]
    assert page.select_one("#text").get_text().strip() == "Mine"
    page = _press(recruiter, old, "/1/remove", status=409)
    assert _texts(page) == ["Listens", "Chairs"]
    recruiter.get(_path(draft, "/3"), status=409)
    recruiter.get(_path(draft, "/0"), status=409)
    recruiter.get(_path(draft, "/99999999999999999999"), status=409)


def test_they_are_whole_with_one_that_is_essential(recruiter: Visitor, draft: Vacancy):
    recruiter.submit(_path(draft, "/add"), {"text": "Knows the court", "kind": "desirable"})
    page = recruiter.get(_path(draft))

    form = page.select("main form")[-1]
    token = {"csrf_token": form.select_one("[name=csrf_token]")["value"]}
    assert _errors(recruiter.post(_path(draft), token, status=200)) == ["Enter at least 1 essential criterion."]
    recruiter.submit(_path(draft, "/add"), {"text": "Listens"})
    recruiter.post(_path(draft), token)
    statuses = recruiter.get(f"/recruiter/vacancies/{draft.reference}/edit").select(".govuk-task-list__status")
    assert statuses[3].get_text(strip=True) == "Completed"
    recruiter.post(f"{_path(draft)}?back=check", token)
    assert recruiter.response.headers["Location"].endswith("/send")


def test_criteria_of_what_is_published_are_settled(recruiter: Visitor, mine):
    vacancy = mine(published=True)

    for end in ("", "/add", "/1", "/use"):
        recruiter.get(_path(vacancy, end), status=409)
    recruiter.post(_path(vacancy, "/1/remove"), status=409)
    assert len(db.session.get_one(Vacancy, vacancy.id).criteria) == 3


def test_a_set_is_kept_from_a_vacancy_and_used_in_another_without_doubles(recruiter: Visitor, mine):
    vacancy = mine(published=True)
    recruiter.submit(_path(vacancy, "/keep"), {"name": "The usual three"})
    other = mine(criteria=[Criterion(kind=CriterionKind.ESSENTIAL, position=1, text="Works with risk")])

    page = recruiter.get(_path(other, "/use"))
    form = page.select_one("main form")
    fields = {field["name"]: field["value"] for field in form.select("input[name]")}
    recruiter.post(form["action"], fields)

    assert "2 criteria added from “The usual three”" in recruiter.follow().get_text()
    assert _texts(recruiter.get(_path(other))) == [
        "Works with risk", "Assesses the needs of children", "Knows the family court",
    ]  # fmt: skip
    page = recruiter.post(form["action"], fields, status=409)
    assert "Nothing of yours was saved over theirs." in _errors(page)[0]
    seen = recruiter.get(_path(other, "/use")).select_one("main [name=version]")["value"]
    assert _errors(recruiter.post(form["action"], {"version": seen, "set": "²"}, status=200)) == [
        "Choose a set from the list"
    ]


def _set(recruiter: Visitor, mine: Any, **typed: Any) -> CriteriaSet:
    recruiter.submit(_path(mine(), "/keep"), {"name": "Ours", **typed})
    db.session.rollback()
    return db.session.scalars(select(CriteriaSet)).one()


def test_a_set_is_changed_renamed_and_retired_and_vacancies_stay(recruiter: Visitor, mine):
    kept = _set(recruiter, mine)
    base = f"{SETS}/{kept.id}"
    recruiter.submit(f"{base}/2", {"text": "Weighs risk", "weight": "2"})
    _press(recruiter, recruiter.get(base), "/3/remove")
    recruiter.submit(f"{base}/name", {"name": "Ours, shorter", "is_shared": "y"})

    assert _texts(recruiter.get(base)) == ["Assesses the needs of children", "Weighs risk"]
    page = recruiter.get(SETS)
    assert "Ours, shorter" in page.get_text()
    assert [line.text for line in db.session.scalars(select(Vacancy)).one().criteria][1] == "Works with risk"
    stale = recruiter.get(f"{base}/name").select_one("main [name=version]")["value"]
    recruiter.submit(f"{base}/name", {"name": "Newer"})
    page = recruiter.submit(f"{base}/name", {"name": "Older", "version": stale}, status=409)
    assert "Nothing of yours was saved over theirs." in _errors(page)[0]
    assert page.select_one("#name")["value"] == "Older"
    _press(recruiter, recruiter.get(SETS), "/retire")
    assert "“Newer” is retired." in recruiter.follow().get_text()
    recruiter.get(base, status=404)


def test_a_set_needs_a_name_of_its_own_and_a_criterion(recruiter: Visitor, mine):
    kept = _set(recruiter, mine)

    assert _errors(recruiter.submit(_path(mine(), "/keep"), {"name": "OURS"}, status=200)) == [
        "Your team has a set of this name. Choose another"
    ]
    assert _errors(recruiter.submit(_path(mine(criteria=[]), "/keep"), {"name": "Empty"}, status=200)) == [
        "Add at least 1 criterion before you keep them as a set"
    ]
    base = f"{SETS}/{kept.id}"
    _press(recruiter, recruiter.get(base), "/3/remove")
    _press(recruiter, recruiter.get(base), "/2/remove")
    page = _press(recruiter, recruiter.get(base), "/1/remove", status=200)
    assert _errors(page)[0].startswith("A set needs at least 1 criterion.")


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_shared_set_is_for_its_service_area_and_changed_by_its_team_alone(
    recruiter: Visitor, mine, visit_as, is_shared: bool
):
    kept = _set(recruiter, mine, **({"is_shared": "y"} if is_shared else {}))
    seen = {}
    for area in (recruiter.team.service_area, "Fostering"):
        team: Team = factories.TeamFactory(service_area=area)
        user = factories.UserFactory(roles=["recruiter"])
        factories.TeamMemberFactory(team_id=team.id, user_id=user.id)
        who = visit_as(user)
        seen[area] = "Ours" in who.get(SETS).select_one("main").get_text()
        for end in ("", "/add", "/1", "/name"):
            who.get(f"{SETS}/{kept.id}{end}", status=404)
        who.post(f"{SETS}/{kept.id}/retire", status=404)

    assert seen == {recruiter.team.service_area: is_shared, "Fostering": False}


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_however_long(recruiter: Visitor, mine, queries: list[str], count: int):
    for number in range(count):
        vacancy = mine()
        recruiter.submit(_path(vacancy, "/keep"), {"name": f"Set {number}"})
        recruiter.submit(f"/recruiter/vacancies/{vacancy.reference}/template", {"name": f"Template {number}"})
    costs = {}
    for path in (SETS, "/recruiter/templates"):
        queries.clear()
        assert len(recruiter.get(path).select(".worklist__item")) == count
        costs[path] = len(queries)

    assert costs == {SETS: 3, "/recruiter/templates": 3}  # the session and the teams; the list


def test_a_template_starts_drafts_and_can_be_an_ended_vacancy(recruiter: Visitor, mine, session):
    vacancy = mine(published=True, status="unfilled", filled=0, title="Social worker, assessment")

    recruiter.submit(f"/recruiter/vacancies/{vacancy.reference}/template", {"name": "Assessment"})
    page = recruiter.get("/recruiter/templates")
    assert page.select_one(".worklist__title").get_text() == "Assessment"
    recruiter.post(page.select_one("form[action$='/copy']")["action"])

    assert recruiter.follow().h1.get_text() == "Finish the draft"
    copies = session.scalars(select(Vacancy).where(Vacancy.id != vacancy.id)).all()
    assert [(copy.title, copy.closes_at) for copy in copies] == [("Social worker, assessment", None)]
    page = recruiter.submit(f"/recruiter/vacancies/{vacancy.reference}/template", {"name": " "}, status=200)
    assert _errors(page) == ["Enter a name"]
    recruiter.submit(f"/recruiter/vacancies/{vacancy.reference}/template", {"name": "Assessment, full time"})
    page = recruiter.get("/recruiter/templates")
    assert page.select_one(".worklist__title").get_text() == "Assessment, full time"
    recruiter.post(page.select_one("form[action$='/template/drop']")["action"])
    assert recruiter.follow().select(".worklist__item") == []
