"""Importing pay tables by a file: look first, then keep."""

from io import BytesIO

import pytest
from sqlalchemy import select

from recruit.core.db import db
from recruit.pay.models import PayTable
from tests import factories
from tests.visitor import Visitor

IMPORT, CONFIRM = "/admin/pay-tables/import", "/admin/pay-tables/confirm"
GOOD = b"scp,2026-04-01\n2,24413\n3,24796\n"


def _choose(admin: Visitor, content: bytes, name: str = "spine.csv", source: str = "A circular", status: int = 200):
    return admin.post(IMPORT, {"file": (BytesIO(content), name), "source": source}, status=status)


def _kept() -> list[tuple[str, str]]:
    db.session.rollback()
    return [(str(table.effective_on), table.source) for table in db.session.scalars(select(PayTable))]


def _errors(page) -> list[str]:
    return [link.get_text(strip=True) for link in page.select(".govuk-error-summary__list li")]


def test_a_file_is_looked_at_and_then_kept(admin: Visitor):
    page = _choose(admin, GOOD)

    assert [cell.get_text() for cell in page.select("tbody th, tbody td")] == ["1 April 2026", "2 (2 to 3)", "New", ""]
    assert _kept() == []
    admin.post(CONFIRM, {"signed": page.select_one("[name=signed]")["value"]})
    assert "1 pay table imported" in admin.follow().get_text()
    assert _kept() == [("2026-04-01", "A circular")]


def test_a_file_that_changes_nothing_has_nothing_to_confirm(admin: Visitor):
    signed = _choose(admin, GOOD).select_one("[name=signed]")["value"]
    admin.post(CONFIRM, {"signed": signed})

    assert _choose(admin, GOOD).select("[name=signed]") == []


def test_a_used_table_is_not_changed_even_if_it_was_free_when_looked_at(admin: Visitor, session):
    admin.post(CONFIRM, {"signed": _choose(admin, GOOD).select_one("[name=signed]")["value"]})
    other = _choose(admin, GOOD.replace(b"24796", b"25000")).select_one("[name=signed]")["value"]
    factories.VacancyFactory(pay_table=session.scalars(select(PayTable)).one())

    page = admin.post(CONFIRM, {"signed": other}, status=409)

    assert "Vacancies use the pay table of 1 April 2026" in page.get_text()
    assert _choose(admin, GOOD.replace(b"24796", b"25000")).select("[name=signed]") == []


def test_of_two_who_import_tables_of_one_day_the_second_is_told_and_nothing_is_overwritten(admin: Visitor, visit_as):
    colleague = visit_as(factories.UserFactory(roles=["admin"]))
    mine, theirs = (
        {"signed": _choose(who, file).select_one("[name=signed]")["value"]}
        for who, file in ((admin, GOOD), (colleague, GOOD.replace(b"24796", b"25000")))
    )
    colleague.post(CONFIRM, theirs)

    page = admin.post(CONFIRM, mine, status=409)

    assert "Somebody imported a pay table of the same day after you looked at yours" in page.get_text()
    assert [point.annual_pence for point in db.session.scalars(select(PayTable)).one().points] == [24_413_00, 25_000_00]
    colleague.post(CONFIRM, theirs)
    assert "0 pay tables imported" in colleague.follow().get_text(), "a second click"
    admin.post(CONFIRM, {"signed": _choose(admin, GOOD).select_one("[name=signed]")["value"]})


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (GOOD, "spine.xlsx", "The file must be a CSV file, with a name that ends in .csv"),
        (b"", "spine.csv", "The file is empty."),
        (b"PK\x03\x04\x00\xff", "spine.csv", "Line 1 is not UTF-8 text. Save the file again as “CSV UTF-8”."),
        (b"x" * 200_000, "spine.csv", "The file must be smaller than 100 kB."),
        (GOOD, "", "Select a CSV file"),
    ],
)
def test_a_wrong_file_is_refused_beside_its_field(admin: Visitor, content: bytes, name: str, message: str):
    page = _choose(admin, content, name)

    assert _errors(page) == [message]
    assert page.select_one("#source")["value"] == "A circular"


def test_all_that_is_wrong_in_a_file_is_listed(admin: Visitor):
    page = _choose(admin, GOOD + b"x,1\n4,y\n")

    assert [item.get_text() for item in page.select("main .prose li")] == [
        "Line 4, column 1: “x” is not a point of the spine, from 1 to 99.",
        "Line 5, column 2 (2026-04-01): “y” is not a year’s pay in pounds, like 28672.",
    ]


@pytest.mark.parametrize("signed", ["", "x", "\x00", "a.b.c", "9" * 1000])
def test_what_was_not_looked_at_is_not_kept(admin: Visitor, signed: str):
    admin.post(CONFIRM, {"signed": signed}, status=409)

    assert _kept() == []


def test_one_administrators_preview_is_not_anothers(admin: Visitor, visit_as):
    signed = _choose(admin, GOOD).select_one("[name=signed]")["value"]

    visit_as(factories.UserFactory(roles=["admin"])).post(CONFIRM, {"signed": signed}, status=409)

    assert _kept() == []


def test_a_table_is_looked_into(admin: Visitor, session, queries: list[str]):
    vacancy = factories.VacancyFactory(published=True)
    path = f"/admin/pay-tables/{vacancy.pay_table_id}"
    queries.clear()

    page = admin.get(path)

    assert len(queries) == 5, queries  # the session, the table, its vacancies, their number, its points
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert rows[0] == [vacancy.reference, vacancy.title, vacancy.team.name, "Published", "£28,672 to £36,922"]
    assert rows[5] == ["24", "£28,672", "£2,389", "£14.86"]
    for odd in ("0", "9" * 19, "9" * 23):
        admin.get(f"/admin/pay-tables/{odd}", status=404)


def test_a_preview_names_the_live_vacancies_that_it_would_change(admin: Visitor, session):
    vacancy = factories.VacancyFactory(published=True)
    lines = "".join(f"{point},{20_000 + point * 1_000}\n" for point in range(20, 37))

    page = _choose(admin, f"scp,2021-04-01\n{lines}".encode())

    assert [cell.get_text() for cell in page.select("table")[1].select("tbody th, tbody td")] == [
        f"{vacancy.reference}, {vacancy.title}", "£28,672 to £36,922", "£44,000 to £53,000", vacancy.team.name
    ]  # fmt: skip

    lines = "".join(f"{point},{19_000 + point * 1_000},{20_000 + point * 1_000}\n" for point in range(20, 37))
    refused = _choose(admin, f"scp,2020-04-01,2021-04-01\n{lines}".encode())
    assert "Nothing of this file can be imported" in refused.get_text()
    assert len(refused.select("table")) == 1
