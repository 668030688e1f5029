"""Numbers, months and what a part lacks: plain rules, with the sources that the modules name."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.applications.chronology import Month
from recruit.appointments import employment_numbers as numbers
from recruit.appointments.employment_answers import ENTRIES, known_from, newest_first, packed, unpacked
from recruit.appointments.employment_completeness import birth_problem, problems_of, unfinished
from recruit.appointments.employment_months import first_month_asked, months_without_address, stays_in
from recruit.appointments.employment_reading import AFTER_SENDING, NOTHING, part_read
from recruit.rules.employment import Check, Finding, Part, overall

TODAY = date(2026, 11, 29)
FIRST = date(2021, 11, 1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("AB 12 34 56 C", "AB123456C"),
        ("ab-12.34 56c", "AB123456C"),
        ("AO123456D", None),  # O is never second
        ("OA123456D", "OA123456D"),
        *[(f"{prefix}123456A", None) for prefix in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ", "DA", "AD", "QQ", "AV")],
        ("AB123456E", None),
        ("AB12345C", None),
        ("AB1234567C", None),
        ("ＡＢ１２３４５６Ｃ", None),
        ("AB 12 34 56 C" + " " * 60, None),
        ("", None),
    ],
)
def test_a_national_insurance_number_has_the_shape_that_hmrc_gives_out(typed, kept):
    assert numbers.ni_number(typed) == kept


@pytest.mark.parametrize(
    ("read", "typed", "kept"),
    [
        (numbers.share_code, "w8a 6cx 7d2", "W8A6CX7D2"),
        (numbers.share_code, "R12345678", "R12345678"),
        (numbers.share_code, "S-1234-5678", "S12345678"),
        (numbers.share_code, "A12345678", None),
        (numbers.share_code, "W1234567", None),
        (numbers.certificate_number, "0012 3456 7890", "001234567890"),
        (numbers.certificate_number, "12345678901", None),
        (numbers.certificate_number, "١٢٣٤٥٦٧٨٩٠١٢", None),
        (numbers.sort_code, "30-94-30", "309430"),
        (numbers.sort_code, "30943", None),
        (numbers.account_number, "123 456", "00123456"),
        (numbers.account_number, "12345678", "12345678"),
        (numbers.account_number, "12345", None),
        (numbers.account_number, "123456789", None),
        (numbers.roll_number, "", ""),
        (numbers.roll_number, " RN/12-3.4 ", "RN/12-3.4"),
        (numbers.roll_number, "x" * 19, None),
        (numbers.roll_number, "<b>", None),
    ],
)
def test_other_numbers_are_read_however_they_are_spaced(read, typed, kept):
    assert read(typed) == kept


@given(st.text("ABCDWRSZ0123456789 -.aé", max_size=16))
def test_odd_text_is_a_number_or_none_and_stays_what_it_became(typed):
    for read in (numbers.ni_number, numbers.share_code, numbers.certificate_number, numbers.account_number):
        kept = read(typed)
        assert kept is None or read(kept) == kept


def test_only_the_last_two_characters_are_shown():
    assert [numbers.hidden_but_last(text) for text in ("12345678", "309430", "")] == ["••••••78", "••••30", ""]


@pytest.mark.parametrize(
    ("born_on", "is_fine"),
    [
        (date(2010, 11, 29), True),
        (date(2010, 11, 30), False),
        (date(1926, 11, 29), True),
        (date(1925, 11, 29), False),
        (date(2027, 1, 1), False),
    ],
)
def test_somebody_is_16_to_100_years_old(born_on, is_fine):
    assert (birth_problem(born_on, TODAY) == "") is is_fine


def entry(start: date | None, end: date | None = None, **more):
    return {"from_month": start, "to_month": end, **more}


@pytest.mark.parametrize(
    ("entries", "gaps"),
    [
        ([], ["2021-11 2026-11"]),
        ([entry(None)], ["2021-11 2026-11"]),
        ([entry(date(2023, 2, 1), date(2023, 1, 1))], ["2021-11 2026-11"]),
        ([entry(date(2015, 1, 1))], []),
        ([entry(date(2023, 2, 1)), entry(FIRST, date(2022, 12, 1))], ["2023-01 2023-01"]),
        ([entry(date(2023, 1, 1)), entry(FIRST, date(2022, 12, 1))], []),
        ([entry(date(2022, 1, 1), date(2026, 9, 1)), entry(FIRST, date(2024, 1, 1))], ["2026-10 2026-11"]),
    ],
)
def test_every_month_of_five_years_needs_an_address(entries, gaps):
    assert [f"{gap.start} {gap.end}" for gap in months_without_address(entries, TODAY)] == gaps


@given(st.lists(st.tuples(st.integers(-70, 0), st.integers(0, 40)), max_size=12))
def test_months_are_covered_or_missing_and_never_both(spans):
    this = Month.of(TODAY)
    periods = [(this.plus(start), min(this, this.plus(start).plus(length))) for start, length in spans]
    missing = set()
    for gap in months_without_address([entry(a.first_day, b.first_day) for a, b in periods], TODAY):
        missing |= {gap.start.plus(step) for step in range(gap.months)}
    wanted = {first_month_asked(TODAY).plus(step) for step in range(61)}
    covered = {start.plus(step) for start, end in periods for step in range(start.until(end) + 1)}
    assert missing == wanted - covered


@pytest.mark.parametrize(
    ("country", "started", "ended", "is_found"),
    [
        ("Spain", "2024-01-01", "2024-03-01", True),
        ("Spain", "2024-01-01", "2024-02-01", False),
        ("Spain", "2015-01-01", "2021-10-01", False),
        ("Spain", "2015-01-01", "2021-11-01", True),
        ("Spain", "2026-09-01", None, True),
        ("", "2024-01-01", "2024-12-01", False),
    ],
)
def test_long_stays_are_found_in_the_history(country, started, ended, is_found):
    history = [{"country": country, "started_month": started, "ended_month": ended}]
    assert bool(stays_in(history, TODAY, months=3)) is is_found


def test_nothing_is_typed_twice():
    content = {
        "contact-details": {"other_names": "Ann Other", "address_line_1": "1 High Street", "postcode": "TS1 2PA"},
        "eligibility": {"right_to_work": True, "needs_sponsorship": False},
        "history": {"entries": [{"country": "Spain", "started_month": "2024-01-01", "ended_month": "2024-06-01"}]},
    }
    known = known_from(content, TODAY, overseas_months=3)
    assert (known.other_names, known.home["address_line_1"], known.right_to_work) == (
        "Ann Other",
        "1 High Street",
        True,
    )
    assert [stay["country"] for stay in known.stays] == ["Spain"]
    assert known_from({}, TODAY, overseas_months=3).home == {}


def test_answers_come_back_as_they_were_packed():
    answers = {
        "born_on": date(1990, 2, 1),
        "ni_number": "",
        "has_no_ni": True,
        ENTRIES: [entry(FIRST, None, address_line_1="Ł Street")],
    }
    assert unpacked(packed(answers)) == answers


def test_what_goes_on_leads_and_the_newest_follows():
    old, now, newer, unknown = entry(FIRST, FIRST), entry(FIRST), entry(FIRST, date(2025, 1, 1)), entry(None)
    assert newest_first([old, now, newer, unknown]) == [unknown, now, newer, old]


WHOLE = {
    Part.IDENTITY: {"born_on": date(1990, 2, 1), "ni_number": "AB123456C"},
    Part.ADDRESSES: {ENTRIES: [entry(FIRST, address_line_1="1 High Street", town="Middlesbrough", postcode="TS1 2PA")]},
    Part.DBS: {
        "on_update_service": True,
        "certificate_number": "001234567890",
        "certificate_name": "A",
        "issued_on": TODAY - timedelta(days=9),
        "may_check": False,
    },
    Part.RIGHT_TO_WORK: {"proof": "share_code", "share_code": "W8A6CX7D2"},
    Part.ABROAD: {"has_stayed": True, ENTRIES: [entry(FIRST, country="Spain")]},
    Part.HEALTH: {"wants_contact": False},
    Part.BANK: {"account_name": "A", "sort_code": "309430", "account_number": "12345678"},
}
NEEDED = [
    (part, name)
    for part, answers in WHOLE.items()
    for name in answers
    if (part, name) != (Part.DBS, "on_update_service")
]


@pytest.mark.parametrize("part", list(Part))
def test_a_whole_part_lacks_nothing(part):
    assert problems_of(part, WHOLE[part], TODAY) == []


@pytest.mark.parametrize(("part", "name"), NEEDED)
def test_each_answer_is_needed_and_its_lack_is_told_beside_it(part, name):
    answers = {**WHOLE[part], name: [] if name == ENTRIES else None}
    problems = problems_of(part, answers, TODAY)
    lacks = {(Part.ADDRESSES, ENTRIES): "gap-2021-11", (Part.ABROAD, ENTRIES): ""}
    assert [one.field for one in problems] == [lacks.get((part, name), name)]


SOON, BEFORE = date(2026, 12, 1), date(2021, 10, 1)


@pytest.mark.parametrize(
    ("part", "changed", "words"),
    [
        (Part.ADDRESSES, {"address_line_1": ""}, "first line and the town"),
        (Part.ADDRESSES, {"town": ""}, "first line and the town"),
        (Part.ADDRESSES, {"postcode": "nowhere"}, "full postcode"),
        (Part.ADDRESSES, {"postcode": "nowhere", "country": "Spain"}, ""),
        (Part.ADDRESSES, {"to_month": BEFORE}, "Check the months at 1 High Street"),
        (Part.ADDRESSES, {"from_month": SOON}, "Check the months at 1 High Street"),
        (Part.ADDRESSES, {"to_month": SOON}, "Check the months at 1 High Street"),
        (Part.ADDRESSES, {"to_month": TODAY.replace(day=1)}, ""),
        (Part.ABROAD, {"country": ""}, "Enter the country"),
        (Part.ABROAD, {"from_month": None}, "from which you were in Spain"),
        (Part.ABROAD, {"to_month": BEFORE}, "Check the months in Spain"),
        (Part.ABROAD, {"from_month": SOON}, "Check the months in Spain"),
        (Part.ABROAD, {"to_month": SOON}, "Check the months in Spain"),
    ],
)
def test_an_entry_that_cannot_be_is_told_at_its_place(part, changed, words):
    (whole,) = WHOLE[part][ENTRIES]
    told = [one for one in problems_of(part, {**WHOLE[part], ENTRIES: [{**whole, **changed}]}, TODAY) if not one.field]
    assert [one.place for one in told] == ([0] if words else [])
    assert all(words in one.message for one in told)


def test_a_certificate_is_not_of_tomorrow():
    answers = {**WHOLE[Part.DBS], "issued_on": TODAY + timedelta(days=1)}
    assert [one.field for one in problems_of(Part.DBS, answers, TODAY)] == ["issued_on"]
    assert problems_of(Part.DBS, {**answers, "issued_on": TODAY}, TODAY) == []


def test_what_another_answer_makes_needless_is_not_asked():
    assert problems_of(Part.DBS, {"on_update_service": False}, TODAY) == []
    assert problems_of(Part.RIGHT_TO_WORK, {"proof": "passport"}, TODAY) == []
    assert problems_of(Part.ABROAD, {"has_stayed": False}, TODAY) == []
    assert problems_of(Part.IDENTITY, {"born_on": date(1990, 2, 1), "has_no_ni": True}, TODAY) == []


def test_all_parts_must_be_said_to_be_finished():
    whole = {part: (answers, True) for part, answers in WHOLE.items()}
    assert unfinished(whole, TODAY) == []
    assert [part for part, _ in unfinished({**whole, Part.BANK: (WHOLE[Part.BANK], False)}, TODAY)] == [Part.BANK]
    assert {part for part, _ in unfinished({}, TODAY)} == set(Part)


def test_numbers_are_hidden_in_a_copy_and_whole_where_asked_for():
    def values(part, hidden):
        read = part_read(part, WHOLE[part], hidden=hidden)
        return [row["value"] for row in read.rows]

    assert values(Part.BANK, AFTER_SENDING) == ["A", "••••30", "••••••78"]
    assert values(Part.BANK, NOTHING) == ["A", "309430", "12345678"]
    assert values(Part.IDENTITY, AFTER_SENDING)[2] == "•••••••6C"


@pytest.mark.parametrize(
    ("findings", "told"),
    [
        ([], Finding.UNDER_REVIEW),
        ([Finding.CLEAR] * (len(Check) - 1), Finding.UNDER_REVIEW),
        ([Finding.CLEAR] * len(Check), Finding.CLEAR),
        ([*[Finding.CLEAR] * (len(Check) - 1), Finding.NOT_CLEAR], Finding.UNDER_REVIEW),
    ],
)
def test_outside_hr_checks_are_clear_or_under_review(findings, told):
    assert overall(findings) is told
