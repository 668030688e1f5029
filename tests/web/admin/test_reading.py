"""The administrator's pages."""

from datetime import date

import pytest

from tests import factories
from tests.visitor import Visitor

PATHS = ("", "/pay-tables", "/pay-tables/import", "/grades", "/teams", "/welcome-payment", "/accounts", "/emails")


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_there_with_and_without_content(admin: Visitor, path: str):
    admin.get(f"/admin{path}")
    factories.VacancyFactory(published=True, welcome=factories.WelcomeSchemeVersionFactory())
    admin.get(f"/admin{path}")


@pytest.mark.parametrize("who", ["candidate", "hr", "recruiter"])
def test_the_area_is_for_administrators(request: pytest.FixtureRequest, who: str):
    visitor = request.getfixturevalue(who)

    for path in PATHS:
        visitor.get(f"/admin{path}", status=403)
    visitor.post("/admin/pay-tables/confirm", status=403)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "cost"),
    [("pay-tables", 4), ("grades", 4), ("teams", 2), ("welcome-payment", 2), ("accounts", 3)],
)
def test_a_list_costs_the_same_however_long(admin: Visitor, queries: list[str], path: str, cost: int, count: int):
    for year in range(count):
        factories.PayTableFactory(effective_on=date(2020 + year, 4, 1))
        factories.GradeFactory(code=f"grade-{year}")
        factories.WelcomeSchemeVersionFactory()
        factories.VacancyFactory()
    queries.clear()

    page = admin.get(f"/admin/{path}")

    assert page.select("tbody tr")
    assert len(queries) == cost, queries


def test_accounts_are_paged_without_names_in_the_address(admin: Visitor):
    for number in range(51):
        factories.UserFactory(name=f"Person {number}")

    first = admin.get("/admin/accounts")
    second = admin.get(first.select_one("a[rel=next]")["href"])

    names = [cell.get_text() for page in (first, second) for cell in page.select("tbody th")]
    assert sorted(names) == sorted(["Alex Stone", *(f"Person {number}" for number in range(51))])


def test_accounts_can_be_narrowed_by_role(admin: Visitor):
    factories.UserFactory(name="Harper Reed", roles=["hr", "panel"])

    page = admin.get("/admin/accounts?role=hr")

    cells = page.select("tbody th, tbody td:nth-of-type(2)")
    assert [cell.get_text() for cell in cells] == ["Harper Reed", "HR, Panel member"]


@pytest.mark.parametrize("query", ["role=nobody", "before=-1", "before=²", "before=" + "9" * 30, "role=%00&before=x"])
def test_an_odd_address_still_shows_a_page(admin: Visitor, query: str):
    admin.get(f"/admin/accounts?{query}")
