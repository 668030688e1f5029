"""Dates in boxes: what is read, what is refused and in which words, and that nothing typed is ever an exception."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired, Optional

from recruit.web.fields import DateBetween, DatePartsField, MonthYearField


class VacancyForm(Form):
    closes = DatePartsField("When does it close?", [InputRequired("Enter the closing date")], thing="Closing date")


class PostForm(Form):
    left = MonthYearField(
        "When did you leave?",
        [Optional(), DateBetween(latest=lambda: date(2022, 5, 1), too_late="The month you left must be in the past")],
        thing="The month you left",
        not_real="Enter the month you left, like 9 2019",
    )


def closes(day: str = "", month: str = "", year: str = "") -> VacancyForm:
    form = VacancyForm(MultiDict({"closes-day": day, "closes-month": month, "closes-year": year}))
    form.validate()
    return form


def left(month: str = "", year: str = "") -> PostForm:
    form = PostForm(MultiDict({"left-month": month, "left-year": year}))
    form.validate()
    return form


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (("29", "5", "2022"), date(2022, 5, 29)),
        (("29", "2", "2024"), date(2024, 2, 29)),
        ((" 01 ", "05", "2022\t"), date(2022, 5, 1)),
        (("3", "Sept", "2022"), date(2022, 9, 3)),
        (("3", "september", "2022"), date(2022, 9, 3)),
        (("3", "Jan.", "2022"), date(2022, 1, 3)),
        (("1", "1", "1900"), date(1900, 1, 1)),
        (("31", "12", "2100"), date(2100, 12, 31)),
    ],
)
def test_a_date_is_read(typed: tuple[str, str, str], read: date):
    form = closes(*typed)

    assert (form.closes.data, form.errors) == (read, {})


@pytest.mark.parametrize(
    ("typed", "message", "faulty"),
    [
        (("", "", ""), "Enter the closing date", "day month year"),
        ((" ", "\x00", "\u200b"), "Enter the closing date", "day month year"),
        (("", "5", "2022"), "Closing date must include a day", "day"),
        (("", "", "2022"), "Closing date must include a day and month", "day month"),
        (("29", "5", ""), "Closing date must include a year", "year"),
        (("31", "2", "2022"), "Closing date must be a real date", "day"),
        (("29", "2", "2022"), "Closing date must be a real date", "day"),
        (("0", "5", "2022"), "Closing date must be a real date", "day"),
        (("29", "13", "2022"), "Closing date must be a real date", "month"),
        (("29", "ju", "2022"), "Closing date must be a real date", "month"),
        (("-1", "5", "2022"), "Closing date must be a real date", "day"),
        (("٢٩", "5", "2022"), "Closing date must be a real date", "day"),
        (("²", "5", "2022"), "Closing date must be a real date", "day"),
        (("9" * 5000, "5", "2022"), "Closing date must be a real date", "day"),
        (("<b>", "5", "22"), "Closing date must be a real date", "day year"),
        (("29", "5", "22"), "Closing date must have a year of 4 numbers, like 2019", "year"),
        (("29", "5", "２０２２"), "Closing date must have a year of 4 numbers, like 2019", "year"),
        (("29", "5", "0000"), "Closing date must have a year between 1900 and 2100", "year"),
        (("29", "5", "1899"), "Closing date must have a year between 1900 and 2100", "year"),
        (("29", "5", "2101"), "Closing date must have a year between 1900 and 2100", "year"),
    ],
)
def test_a_date_is_refused_in_words(typed: tuple[str, str, str], message: str, faulty: str):
    form = closes(*typed)

    assert (form.errors, form.closes.data) == ({"closes": [message]}, None)
    assert form.closes.faulty == set(faulty.split())
    assert form.closes.focus_id == f"closes-{faulty.split()[0]}"


def test_what_was_typed_is_kept():
    assert [part.text for part in closes("31", "<b>", "2022 or so").closes.parts] == ["31", "<b>", "2022 or so"]


def test_what_was_typed_is_kept_only_so_far_and_without_what_cannot_be_shown():
    assert [part.text for part in closes("9" * 5000, "5\x00", "20\ud80022").closes.parts] == ["9" * 40, "5", "2022"]


def test_a_month_is_read_as_its_first_day():
    assert (left("9", "2019").left.data, left("9", "2019").errors) == (date(2019, 9, 1), {})


def test_a_month_may_be_left_out():
    assert (left().left.data, left().errors) == (None, {})


@pytest.mark.parametrize(
    ("typed", "message", "focus"),
    [
        (("13", "2019"), "Enter the month you left, like 9 2019", "left-month"),
        (("9", ""), "The month you left must include a year", "left-year"),
        (("6", "2022"), "The month you left must be in the past", "left-month"),
    ],
)
def test_a_month_is_refused_in_words(typed: tuple[str, str], message: str, focus: str):
    form = left(*typed)

    assert (form.errors, form.left.focus_id) == ({"left": [message]}, focus)


def test_a_bound_lets_its_own_day_pass():
    assert left("5", "2022").errors == {}


def test_a_stored_date_is_shown():
    form = VacancyForm(data={"closes": date(2022, 5, 9)})

    assert [(part.name, part.width, part.text) for part in form.closes.parts] == [
        ("day", 2, "9"), ("month", 2, "5"), ("year", 4, "2022"),
    ]  # fmt: skip


def test_what_was_typed_wins_over_what_is_stored():
    form = VacancyForm(MultiDict({"closes-day": "1"}), data={"closes": date(2022, 5, 9)})

    assert [part.text for part in form.closes.parts] == ["1", "", ""]


def test_two_forms_do_not_share_their_boxes():
    closes("1", "2", "2022")

    assert [part.text for part in VacancyForm().closes.parts] == ["", "", ""]


def test_parts_sent_twice_or_under_the_bare_name_are_no_trouble():
    form = VacancyForm(MultiDict([("closes", "x"), ("closes-day", "1"), ("closes-day", "2")]))

    assert (form.validate(), form.closes.parts[0].text) == (False, "1")


@given(st.lists(st.tuples(st.sampled_from(["closes", "closes-day", "closes-month", "closes-year"]), st.text())))
def test_nothing_typed_is_an_exception(sent: list[tuple[str, str]]):
    form = VacancyForm(MultiDict(sent))

    assert form.validate() == (form.closes.data is not None)
    assert "".join(part.text for part in form.closes.parts).isprintable()
