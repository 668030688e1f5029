import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.core.money import pounds, pounds_range


@pytest.mark.parametrize(
    ("pence", "written"),
    [
        (2867200, "£28,672"),
        (500000, "£5,000"),
        (1250, "£12.50"),
        (1205, "£12.05"),
        (7, "£0.07"),
        (0, "£0"),
        (100000000, "£1,000,000"),
        (-50, "-£0.50"),
        (-500, "-£5"),
        (123456789, "£1,234,567.89"),
    ],
)
def test_money_is_written(pence: int, written: str):
    assert pounds(pence) == written


@given(st.integers(-(10**12), 10**12))
def test_money_reads_back(pence: int):
    figure = pounds(pence).replace("£", "").replace(",", "")
    whole, _, rest = figure.partition(".")

    assert int(whole + (rest or "00")) == pence
    assert re.fullmatch(r"-?£\d{1,3}(,\d{3})*(\.\d\d)?", pounds(pence))


def test_a_range_is_written():
    assert pounds_range(2867200, 3692200) == "£28,672 to £36,922"
    assert pounds_range(2867200, 2867200) == "£28,672"


def test_a_range_downwards_is_refused():
    with pytest.raises(ValueError, match="from 2 down to 1"):
        pounds_range(2, 1)
