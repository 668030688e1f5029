"""A vacancy in words."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from recruit.vacancies.finder_rows import GradeRow, TeamRow, VacancyRow
from recruit.vacancies.models import Contract
from recruit.vacancies.presentation import card, contract_words, hours_number, hours_words, pro_rata_words

CLOSES = datetime(2026, 5, 31, 23, 0, tzinfo=UTC)  # the midnight in London that ends 31 May
ROW = VacancyRow(
    id=1,
    reference="CSW-0001",
    slug="social-worker-0001",
    title="Social worker",
    team=TeamRow(1, "assessment", "Assessment team", "Front door", "Middlesbrough"),
    grade=GradeRow(1, "SW", "Social worker"),
    workplace="Civic Centre",
    full_time=True,
    part_time=False,
    job_share=True,
    weekly_hours=Decimal(37),
    contract=Contract.PERMANENT,
    opens_at=CLOSES - timedelta(days=20),
    closes_at=CLOSES,
    newly_qualified=True,
    welcome_pence=5_000_00,
    salary_min_pence=28_672_00,
    salary_max_pence=36_922_00,
)


def test_a_card_is_ready_to_be_shown():
    shown = card(ROW)

    assert (shown.href, shown.pay, shown.pay_basis) == ("/jobs/social-worker-0001", "£28,672 to £36,922", "a year")
    assert (shown.hours, shown.closes) == ("37 hours a week, full time or job share", "11:59pm on Sunday 31 May 2026")
    assert (shown.welcome_payment, shown.newly_qualified) == ("£5,000", True)


def test_a_card_of_part_time_hours_says_that_pay_is_pro_rata():
    assert card(ROW._replace(weekly_hours=Decimal("22.20"))).pay_basis == "a year, pro rata"
    assert card(ROW._replace(welcome_pence=None)).welcome_payment == ""


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=3, seconds=1), ""),
        (timedelta(days=3), "Closing soon"),
        (timedelta(hours=24, seconds=1), "Closing soon"),
        (timedelta(hours=24), "Closes today"),
        (timedelta(seconds=1), "Closes today"),
    ],
)
def test_urgency(before: timedelta, words: str):
    assert card(ROW).urgency(CLOSES - before) == words


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        ((True, False, False), "37 hours a week, full time"),
        ((False, True, True), "37 hours a week, part time or job share"),
        ((True, True, True), "37 hours a week, full time, part time or job share"),
    ],
)
def test_hours_words(ways: tuple[bool, bool, bool], words: str):
    full, part, share = ways

    post = SimpleNamespace(full_time=full, part_time=part, job_share=share, weekly_hours=Decimal(37), paid_weeks=None)

    assert hours_words(post) == words


@pytest.mark.parametrize(
    ("hours", "text"), [("37", "37"), ("37.00", "37"), ("22.20", "22.2"), ("18.25", "18.25"), ("30.00", "30")]
)
def test_hours_number(hours: str, text: str):
    assert hours_number(Decimal(hours)) == text


@pytest.mark.parametrize(
    ("contract", "months", "words"),
    [
        (Contract.PERMANENT, None, "Permanent"),
        (Contract.FIXED_TERM, 1, "Fixed term, 1 month"),
        (Contract.FIXED_TERM, 12, "Fixed term, 12 months"),
        (Contract.SECONDMENT, None, "Secondment"),
    ],
)
def test_contract_words(contract: Contract, months: int | None, words: str):
    assert contract_words(contract, months) == words


def test_pro_rata_words():
    assert pro_rata_words(28_672_00, 36_922_00, Decimal("22.2")) == "£17,203 to £22,153 a year for 22.2 hours a week"
    assert pro_rata_words(28_672_00, 36_922_00, Decimal("37.00")) == ""


def test_a_term_time_post_says_its_weeks_and_what_they_pay():
    row = ROW._replace(paid_weeks=Decimal("44.60"))

    assert (card(row).pay_basis, card(row).hours) == (
        "a year, pro rata",
        "37 hours a week, full time or job share, term time (44.6 paid weeks a year)",
    )
    assert pro_rata_words(28_672_00, 36_922_00, Decimal(37), Decimal("44.60")) == (
        "£24,524 to £31,581 a year for 37 hours a week, 44.6 paid weeks a year"
    )


def test_dates_are_days_of_london():
    assert card(ROW).closes_on == "2026-05-31T23:59+01:00"
    assert CLOSES.date() == date(2026, 5, 31)
