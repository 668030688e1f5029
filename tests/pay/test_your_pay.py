"""What one person would be paid: on the server, and the same in the browser."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.core.money import pounds
from recruit.pay import service
from recruit.pay.import_table import read_spines
from recruit.pay.your_pay import read_hours, your_pay

ROOT = Path(__file__).parents[2]
NODE = Path(sys.executable).parent / "node"
SPINE = Path(service.__file__).parent / "data" / "njc-pay-spine.csv"
HOURS = [*range(100, 3701, 37), 1, 101, 2220, 1850, 3699, 3700]  # hundredths of an hour a week
WEEKS = [0, 4460, 3900, 5200, 2000, 4333]  # hundredths of a paid week; 0 for all of the year
ADDITIONS = [(), (2_000_00,), (1_234_56, 3_000_00)]
WELCOMES = [(0, 0), (5_000_00, 5_000_00), (5_000_00, 2_500_00), (3_333_33, 1_111_11)]
SCRIPT = """
import { pounds, readHours, yourPay } from "./static/js/your_pay_sums.js";
const asked = JSON.parse(await new Response(process.stdin).text());
const shown = asked.sums.map((one) => Object.values(yourPay(...one)).flat().map(pounds));
console.log(JSON.stringify({ shown, read: asked.typed.map(([text, most]) => readHours(text, most)) }));
"""
TYPED = [
    *(" 22.2 ", "37", "37.0", "37.00", "37.01", "1", "0.99", "0", "", ".", "5.", ".5", "22,2", "1e1", "-5", "+5"),
    *("٣٧", "22.222", "100", "022", "07", "NaN", "22.2 hours", "<b>", "2 2"),
]


def test_the_browser_works_out_the_same_to_the_penny():
    annual = sorted({pence for spine in read_spines(SPINE.read_bytes()) for pence in spine.points.values()})
    sums = [
        (
            pence,
            hours,
            *WELCOMES[(place + number) % 4],
            WEEKS[(place + number) % 6],
            ADDITIONS[number % 3],
            number % 5 != 0,
        )
        for place, pence in enumerate(annual)
        for number, hours in enumerate(HOURS)
    ]
    typed = [(text, most) for text in TYPED for most in (3700, 1850, 50)]

    asked = json.dumps({"sums": sums, "typed": typed})
    command = [NODE, "--input-type=module", "-e", SCRIPT]
    out = subprocess.run(command, cwd=ROOT, input=asked, capture_output=True, text=True, check=True, timeout=60)
    answered = json.loads(out.stdout)

    pays = [
        your_pay(
            pence,
            Decimal(hours) / 100,
            welcome,
            first,
            is_shared=is_shared,
            paid_weeks=Decimal(weeks) / 100 if weeks else None,
            additions=additions,
        )
        for pence, hours, welcome, first, weeks, additions, is_shared in sums
    ]
    assert len(sums) > 25_000
    assert answered["shown"] == [
        [pounds(p) for p in (pay.year, pay.month, pay.welcome, pay.welcome_first_year, *pay.additions, pay.first_year)]
        for pay in pays
    ]
    hours = [read_hours(text, Decimal(most) / 100) for text, most in typed]
    assert answered["read"] == [None if one is None else int(one * 100) for one in hours]


def test_the_welcome_payment_stands_beside_salary():
    pay = your_pay(28_672_00, Decimal("22.2"), 5_000_00, 2_500_00)

    assert (pay.year, pay.month) == (17_203_00, 1_434_00)
    assert (pay.welcome, pay.welcome_first_year, pay.first_year) == (3_000_00, 1_500_00, 18_703_00)


def test_the_first_year_adds_payments_that_are_certain_each_for_the_hours_and_weeks():
    pay = your_pay(28_672_00, Decimal(37), 5_000_00, 5_000_00, paid_weeks=Decimal("44.6"), additions=[2_000_00])

    assert (pay.year, pay.additions) == (24_524_00, (1_711_00,))
    assert pay.first_year == 24_524_00 + 5_000_00 + 1_711_00


@pytest.mark.parametrize("text", [" 22.2 ", "1", "37", "36.99"])
def test_hours_are_read(text: str):
    assert read_hours(text, Decimal(37)) == Decimal(text.strip())


@given(st.text(max_size=12))
def test_any_text_is_hours_or_nothing(text: str):
    hours = read_hours(text, Decimal(37))

    assert hours is None or 1 <= hours <= 37


@given(st.integers(0, 200_000_00), st.decimals("0.25", 37, places=2), st.integers(0, 10_000_00), st.integers(0, 100))
def test_a_year_is_salary_and_never_more_than_the_payment(annual: int, hours: Decimal, welcome: int, percent: int):
    pay = your_pay(annual, hours, welcome, welcome * percent // 100)

    assert pay.year == your_pay(annual, hours).year
    assert 0 <= pay.welcome_first_year <= pay.welcome <= welcome + 50
    assert abs(pay.month * 12 - pay.year) <= 600
