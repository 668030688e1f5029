"""Ticking rows of the queue and doing the same with all of them."""

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.panels import setup
from recruit.panels.models import SiftEvent
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.factories import UserFactory
from tests.panels.sifting import open_sift, score
from tests.review.sent import open_vacancy, sent_application

S = ApplicationStatus


def sent(number, **given):
    vacancy = open_vacancy()
    return [sent_application(vacancy=vacancy, **given) for _ in range(number)]


def ask(hr, do, applications, **more):
    ticked = [one if isinstance(one, str) else one.reference for one in applications]
    return hr.get("/review/bulk", query_string={"do": do, "which": "ticked", "ticked": ticked, **more})


def rows(page):
    return [field["value"] for field in page.select("input[name=row]")]


def test_the_queue_has_a_box_for_each_row_and_the_search_has_none(hr):
    application = sent(1, candidate=UserFactory(name="Kim Lee"))[0]
    page = hr.get("/review?assigned=nobody")
    assert [box["value"] for box in page.select("table.queue input[form=bulk]")] == [application.reference]
    assert [(field["name"], field["value"]) for field in page.select("#bulk input[type=hidden]")] == [
        ("assigned", "nobody")
    ]
    assert hr.get("/review/search?q=lee").select("input[form=bulk]") == []


def test_the_ticked_are_shortlisted_and_the_list_comes_back(hr):
    made = sent(2)
    page = ask(hr, "shortlist", made, assigned="nobody")
    hr.post("/review/bulk?assigned=nobody", {"do": "shortlist", "row": rows(page), "reason": "Good"}, status=302)
    assert hr.response.headers["Location"] == "/review?assigned=nobody"
    assert "2 applications are shortlisted." in hr.get("/review").text
    db.session.expire_all()
    assert [one.status for one in made] == [S.SHORTLISTED, S.SHORTLISTED]


@pytest.mark.parametrize(("key", "said"), [(None, "Harper Reed"), ("0", "nobody")])
def test_it_is_said_to_whom_they_are_assigned(hr, key, said):
    officer = UserFactory(name="Harper Reed", roles=[Role.HR])
    (one,) = sent(1, assigned_to=UserFactory(roles=[Role.HR]))
    page = ask(hr, "assign", [one])
    hr.post("/review/bulk", {"do": "assign", "row": rows(page), "assignee": key or str(officer.id)})
    assert f"1 application is assigned to {said}." in hr.follow().text


@pytest.mark.parametrize(("which", "number"), [("page", 25), ("list", 27)])
def test_all_of_the_page_or_of_the_list_can_be_meant(hr, which, number):
    sent(27)
    page = hr.get(f"/review/bulk?do=assign&which={which}")
    assert len(rows(page)) == number


def test_what_cannot_be_done_is_named_and_the_rest_is_done(hr, visit_as):
    made = sent(2)
    form = rows(ask(hr, "shortlist", made))
    other = visit_as(UserFactory(name="Hollis Ray", roles=[Role.HR]))
    one = f"/review/applications/{made[0].reference}/shortlist"
    other.post(one, {"version": str(made[0].version)}, status=302)
    page = hr.post("/review/bulk", {"do": "shortlist", "row": form, "reason": "Meets all"}, status=409)
    assert (
        f"{made[0].reference}: Hollis Ray shortlisted this application" in page.select_one(".govuk-error-summary").text
    )
    assert "1 application is shortlisted." in page.text
    assert rows(page) == []  # it is past this now, so it is not offered again
    assert "Meets all" in page.text


@pytest.mark.parametrize("do", ["shortlist", "unsuccessful"])
def test_what_cannot_be_done_is_said_before_and_is_left_out(hr, do):
    made = sent(3)
    hr.post(f"/review/applications/{made[0].reference}/shortlist", {"version": str(made[0].version)}, status=302)
    page = ask(hr, do, made)
    said = " ".join(page.main.text.split())
    assert "This can be done with 2 of the 3 applications. The other is left as it is" in said
    assert "It is at “Shortlisted” already." in said
    assert sorted(one.split(":")[0] for one in rows(page)) == sorted(one.reference for one in made[1:])
    left = [field["value"] for field in page.select("input[name=left]")]
    assert left == [made[0].reference]

    data = {"do": do, "row": rows(page), "left": left, "reason": "x" * 2001}
    again = hr.post("/review/bulk", data, status=200)
    assert (rows(again), len(again.select("input[name=left]"))) == (rows(page), 1)


def test_of_those_with_nothing_to_decide_nothing_is_asked(hr):
    made = sent(1)
    hr.post(f"/review/applications/{made[0].reference}/shortlist", {"version": str(made[0].version)}, status=302)
    page = ask(hr, "shortlist", made)
    assert "None of these waits for a decision about shortlisting." in page.text
    assert page.main.select("form") == []


def test_feedback_that_was_typed_is_kept_though_nobody_of_the_rows_waits_any_more(hr):
    made = sent(1)
    form = rows(ask(hr, "unsuccessful", made))
    key = str(made[0].vacancy.criteria[0].id)
    hr.post(f"/review/applications/{made[0].reference}/shortlist", {"version": str(made[0].version)}, status=302)
    data = {"do": "unsuccessful", "row": form, "criterion": key, "reason": "Say what you did."}
    page = hr.post("/review/bulk", data, status=200)
    assert "None of these waits for a decision about shortlisting." in page.text
    assert "Say what you did." in page.text
    assert rows(page) == []


def test_who_waits_for_a_panel_is_left_and_one_reason_is_enough_for_all_of_them(hr):
    made = sent(3)
    with transaction():
        setup.choose_scores_first(hr.user.as_actor(), made[0].vacancy, needed=True, now=clock.now())
    other = sent(1)
    first = ask(hr, "shortlist", [*made, *other])
    assert "3 of them wait for the panel’s scores, as marked below" in first.text
    assert len(first.select("[name=without_scores]")) == 1
    assert len(first.find_all("strong", string="Waits for scores")) == 3
    assert ask(hr, "shortlist", other).select("[name=without_scores]") == []
    assert "Waits for scores" not in ask(hr, "assign", made).text

    page = hr.post("/review/bulk", {"do": "shortlist", "row": rows(first), "reason": "Meets all"}, status=409)
    assert "1 application is shortlisted." in page.text
    assert len(rows(page)) == 3
    assert page.select_one("textarea[name=reason]").text.strip() == "Meets all"
    again = {"do": "shortlist", "row": rows(page), "reason": "Meets all", "without_scores": "The panel is ill"}
    hr.post("/review/bulk", again, status=302)

    db.session.expire_all()
    assert {one.status for one in [*made, *other]} == {S.SHORTLISTED}
    early = db.session.query(SiftEvent).filter_by(note="The panel is ill").all()
    assert {event.application_id for event in early} == {one.id for one in made}


def test_unsuccessful_asks_for_a_criterion_of_one_vacancy_and_for_feedback(hr):
    made = sent(2)
    page = ask(hr, "unsuccessful", made)
    assert len(page.select("input[name=criterion]")) == len(made[0].vacancy.criteria)
    again = hr.post("/review/bulk", {"do": "unsuccessful", "row": rows(page)}, status=200)
    assert [link.text for link in again.select(".govuk-error-summary__list a")] == [
        "Select the criterion that decided it",
        "Enter what you would have liked to read",
    ]
    assert rows(again) == rows(page)
    mixed = ask(hr, "unsuccessful", [made[0], sent(1)[0]])
    assert "These are for several vacancies." in mixed.text
    assert rows(mixed) == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("do=assign&which=ticked", "Tick the applications that you mean first."),
        ("do=x&ticked=A-22222", "Choose what to do"),
    ],
)
def test_nothing_ticked_or_nothing_to_do_leads_back_and_says_so(hr, query, sentence):
    sent(1)
    hr.get(f"/review/bulk?{query}", status=302)
    assert sentence in hr.get("/review").text


def test_what_was_chosen_to_do_stays_chosen_where_nothing_was_ticked(hr):
    sent(1)
    hr.get("/review/bulk?do=shortlist&which=ticked&assigned=nobody", status=302)
    assert hr.response.headers["Location"] == "/review?assigned=nobody&do=shortlist"
    assert hr.follow().select_one("#bulk-do option[selected]")["value"] == "shortlist"
    assert hr.get("/review?assigned=nobody").select("#bulk-do option[selected]") == []


def test_made_up_rows_do_nothing(hr):
    data = {"do": "assign", "row": ["nonsense", "A-22222:1:0", ":::", "A-22222"], "assignee": str(hr.user.id)}
    page = hr.post("/review/bulk", data, status=409)
    assert "A-22222: There is no such application." in page.text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_to_look_over_takes_the_same_queries_at_any_length(hr, queries, number):
    made = [one.reference for one in sent(number)]
    queries.clear()
    ask(hr, "shortlist", made)
    assert len(queries) == 3  # the session, the applications, how many scores are in


@pytest.mark.parametrize("number", [2, 3])
def test_of_many_vacancies_the_panels_are_asked_together(hr, queries, number):
    made = [sent(1)[0] for _ in range(number)]
    for one in made:
        one.vacancy.scores_first = True
    db.session.commit()
    references = [one.reference for one in made]
    queries.clear()
    page = ask(hr, "shortlist", references)
    assert len(page.find_all("strong", string="Waits for scores")) == number
    assert len(queries) == 8  # those three, vacancies, criteria, scorers, scores, what chairs settled


@pytest.mark.parametrize(
    ("needed", "settled", "said"),
    [
        (True, None, "1 of 2 scores in"),
        (True, [0, 3, 3], "2 of 2 scores in, and the chair is to settle where they differ"),
        (True, [2, 2, 2], ""),
        (False, None, "1 of 2 scores in"),
        (False, [0, 3, 3], ""),
    ],
)
def test_how_far_the_panel_is_with_each_is_said_before(hr, needed, settled, said):
    vacancy, (one,), members, officer = open_sift(1)
    with transaction():
        setup.choose_scores_first(officer.as_actor(), vacancy, needed=needed, now=clock.now())
    score(one, members[0], [2, 2, 2])
    if settled:
        score(one, members[1], settled)
    page = ask(hr, "shortlist", [one])
    waits = needed and bool(said)
    assert bool(page.find("strong", string="Waits for scores")) == waits == bool(page.select("[name=without_scores]"))
    assert " ".join(page.select_one(".bulk-rows").text.split()).endswith(said or "assigned to nobody")
    assert ("What it has not scored by then stays unscored." in page.text) == (bool(said) and not needed)


def test_who_applied_for_a_vacancy_is_not_told_how_far_its_panel_is(hr):
    vacancy, (one,), members, _ = open_sift(1)
    score(one, members[0], [2, 2, 2])
    sent_application(vacancy=vacancy).candidate_id = hr.user.id
    db.session.commit()
    assert "scores in" not in ask(hr, "shortlist", [one]).text


def test_keys_are_listed_on_a_page(hr):
    page = hr.get("/review/keys")
    assert [key.text for key in page.select("kbd")] == ["j", "k", "o", "x", "a", "n", "p", "u", "?"]
