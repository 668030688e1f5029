"""Working out somebody's pay, the pay points behind it, and the check of the welcome payment."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.factories import PayTableFactory, VacancyFactory, WelcomeSchemeVersionFactory
from tests.visitor import Visitor

SUMMARY = ".govuk-error-summary__list li"
CHECK = "/welcome-payment/welcome-aboard-1/check"


def published(**given):
    return VacancyFactory(**{"published": True, "slug": "this", **given})


def _answer(page) -> list[str]:
    return [place.get_text() for place in page.select("[data-pay]")]


def test_the_panel_answers_for_the_post_before_anything_is_chosen(visitor: Visitor):
    published(weekly_hours=Decimal("22.2"), full_time=False, part_time=True, welcome=WelcomeSchemeVersionFactory())

    page = visitor.get("/jobs/this")

    form = page.select_one("form.your-pay")
    assert (form["action"], form["method"], form["data-most"], form["data-first"]) == (
        "/jobs/this/pay",
        "get",
        "2220",
        "500000",
    )
    assert [option["value"] for option in form.select("option")] == [str(point) for point in range(24, 34)]
    assert _answer(page) == ["£17,203", "£1,434", "£3,000", "£20,203"]
    assert form.select("[name=csrf_token]") == []


def test_without_a_script_the_server_answers(visitor: Visitor, queries: list[str]):
    published(welcome=None)
    visitor.get("/jobs/this")
    queries.clear()

    page = visitor.get("/jobs/this/pay?point=33&hours=18.5")

    assert _answer(page) == ["£18,461", "£1,538"]
    assert page.select_one("option[selected]")["value"] == "33"
    assert [query for query in queries if "counter" not in query] == []


@pytest.mark.parametrize("hours", ["", "0", "-1", "37.01", "99999999999", "%00", "%ED%A0%80", "<b>", "٣٧", "x" * 5000])
def test_hours_that_cannot_be_are_said_beside_the_field(visitor: Visitor, hours: str):
    published()

    page = visitor.get(f"/jobs/this/pay?hours={hours}")

    assert [link.get_text() for link in page.select(SUMMARY)] == ["Hours a week must be a number from 1 to 37"]
    assert page.title.get_text().startswith("Error: ")
    assert page.select_one("[data-your-pay-answer]").has_attr("hidden")


def test_the_answer_stands_in_no_memory_and_in_no_index(app, visitor: Visitor):
    published()
    visitor.get("/jobs/this/pay?hours=20")

    assert not [key for key in app.extensions["public_pages"]._pages if "pay" in key[0]]
    assert visitor.get("/jobs/this/pay?hours=20").select_one("meta[name=robots]")["content"] == "noindex"


def test_only_open_vacancies_with_whole_pay_have_a_panel(visitor: Visitor):
    published(closes_at=datetime.now(UTC) - timedelta(days=1))
    published(slug="beyond", point_max=99)

    assert visitor.get("/jobs/this").select("form.your-pay") == []
    visitor.get("/jobs/this/pay", status=302)
    assert visitor.get("/jobs/beyond").select("form.your-pay") == []
    visitor.get("/jobs/beyond/pay", status=404)
    visitor.get("/jobs/none/pay", status=404)


def test_pay_points_show_the_table_in_force_and_each_older_one(visitor: Visitor):
    PayTableFactory()
    PayTableFactory(effective_on=date(2021, 4, 1), source="A circular")
    PayTableFactory(effective_on=datetime.now(UTC).date() + timedelta(days=2))

    current, older = visitor.get("/pay-points"), visitor.get("/pay-points/2020-04-01")

    assert "at rates from 1 April 2021" in current.get_text()
    assert "Source: A circular." in current.get_text()
    first = [[cell.get_text() for cell in row.select("th, td")] for row in current.select("tbody tr")][4]
    assert first == ["24", "£28,672", "£2,389", "£14.86"]
    assert "A newer pay table is in force" in older.get_text()
    for day in ("2019-04-01", "x", "2021-02-30", "%00", str(datetime.now(UTC).date() + timedelta(days=2))):
        visitor.get(f"/pay-points/{day}", status=404)


def test_without_a_table_there_are_no_points(visitor: Visitor):
    assert "There is no pay table yet" in visitor.get("/pay-points").get_text()


def test_every_version_of_the_terms_has_a_page(visitor: Visitor):
    WelcomeSchemeVersionFactory(number=1, amount_pence=4_000_00, valid_until=date(2023, 1, 1))
    WelcomeSchemeVersionFactory(number=2)
    WelcomeSchemeVersionFactory(number=3, valid_from=datetime.now(UTC).date() + timedelta(days=2))

    older = visitor.get("/welcome-payment/welcome-aboard-1")

    assert "A one-off £4,000" in older.get_text()
    assert older.select_one("a[href='/welcome-payment']")
    assert visitor.get("/welcome-payment").select_one("a[href='/welcome-payment/welcome-aboard-2']")
    for name in ("welcome-aboard-3", "welcome-aboard-9", "other-1", "welcome-aboard-٢", "1", "%00-1", f"a-{9**20}"):
        visitor.get(f"/welcome-payment/{name}", status=404)


def test_the_worked_example_follows_the_terms(visitor: Visitor):
    WelcomeSchemeVersionFactory()

    lines = [line.get_text() for line in visitor.get("/welcome-payment").select("li") if "Sam" in line.get_text()]

    assert lines == [
        "After 1 month, Sam is paid £1,500 before tax.",
        "After 6 months, Sam is paid £1,500 before tax.",
        "If Sam leaves after 6 months, Sam repays £3,000.",
        "If Sam leaves after 12 months or later, Sam repays nothing.",
    ]


@pytest.mark.parametrize(
    ("answers", "heading"),
    [
        ("post=permanent&employed=no&agency=yes&newly_qualified=no", "You are likely to get it"),
        ("post=permanent&employed=now&agency=no&newly_qualified=no", "You are not likely to get it"),
        ("post=permanent&employed=unsure&agency=no&newly_qualified=no", "Ask us"),
    ],
)
def test_the_check_answers_and_never_promises(visitor: Visitor, answers: str, heading: str):
    WelcomeSchemeVersionFactory(number=1)

    page = visitor.get(f"{CHECK}?{answers}")

    assert page.select_one("#answer").get_text() == heading
    assert "This is not a promise." in page.get_text()
    assert page.select_one(".govuk-inset-text a")["href"] == "/welcome-payment/welcome-aboard-1"


@pytest.mark.parametrize("query", ["post=", "post=x&employed=%00", "agency=perhaps", "post=permanent"])
def test_a_question_without_an_answer_is_asked_again(visitor: Visitor, query: str):
    WelcomeSchemeVersionFactory(number=1)

    page = visitor.get(f"{CHECK}?{query}")

    assert page.select("#answer") == []
    assert "Select if the council employs you, or did" in [line.get_text() for line in page.select(SUMMARY)]


def test_terms_without_facts_have_no_check(visitor: Visitor):
    published(welcome=WelcomeSchemeVersionFactory(number=1, eligibility=None))

    visitor.get(CHECK, status=404)
    assert visitor.get("/welcome-payment").select("a[href$='/check']") == []
    assert visitor.get("/jobs/this").select("a[href$='/check']") == []


def test_the_vacancy_leads_to_its_own_terms_and_their_check(visitor: Visitor):
    published(welcome=WelcomeSchemeVersionFactory(number=1))
    WelcomeSchemeVersionFactory(number=2, valid_from=date(2023, 1, 1))

    page = visitor.get("/jobs/this")

    assert page.select_one(".your-pay a[href$='/check']")["href"] == CHECK
