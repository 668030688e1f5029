"""What a history leaves to ask about."""

from datetime import date

import pytest

from recruit.applications.models import Section
from recruit.applications.prompts import PromptKind, prompts_of

pytestmark = pytest.mark.one_database
SENT = date(2026, 3, 14)


def entry(started: str, ended: str | None, **given):
    plain = {
        "activity": "paid", "title": "Social worker", "organisation": "Northshire Council", "with_children": True,
        "duties": "", "reason_for_leaving": "To work nearer to home",
    }  # fmt: skip
    day = f"{ended}-01" if ended else None
    return {**plain, "started_month": f"{started}-01", "ended_month": day, **given}


def asked(*entries, since="2011-07-01", **sections):
    content = {Section.HISTORY: {"since": since, "entries": list(entries)}, **sections}
    return [(one.kind, one.text, one.said) for one in prompts_of(content, SENT)]


STUDY = entry("2011-07", "2014-08", activity="education", title="BA Social Work", reason_for_leaving="")
GOES_ON = entry("2014-09", None)


def test_a_whole_history_leaves_nothing_to_ask():
    assert asked(STUDY, GOES_ON) == []
    assert asked(since=None) == []


def test_a_gap_is_asked_about_whether_the_candidate_explained_it_or_not():
    away = entry("2015-03", "2015-05", activity="other", title="Caring", duties="For my mother")

    found = asked(STUDY, entry("2014-09", "2015-02", with_children=False), away, entry("2015-07", None))

    assert found == [
        (PromptKind.GAP, "Nothing is entered for June 2015 (1 month).", ""),
        (PromptKind.GAP, "Not in work or study, March 2015 to May 2015: Caring.", "For my mother"),
    ]


@pytest.mark.parametrize(("ended", "shared"), [("2016-01", 0), ("2016-02", 2), ("2016-12", 12)])
def test_two_posts_at_once_are_asked_about_but_not_a_month_of_change(ended, shared):
    found = asked(STUDY, entry("2014-09", ended, with_children=False), entry("2016-01", None, title="Senior"))

    assert [kind for kind, *_ in found] == ([PromptKind.OVERLAP] if shared else [])
    assert all(f"at the same time for {shared} months from January 2016" in text for _, text, _ in found)


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ({"ended_month": "2015-01-01"}, [PromptKind.SHORT]),
        ({"ended_month": "2015-02-01"}, []),
        ({"ended_month": "2015-01-01", "activity": "agency"}, []),
        ({"ended_month": "2015-02-01", "with_children": True}, [PromptKind.LEAVING]),
        ({"ended_month": "2015-02-01", "reason_for_leaving": " "}, [PromptKind.LEAVING]),
        ({"ended_month": "2015-01-01", "activity": "voluntary", "with_children": True}, []),
    ],
)
def test_short_posts_and_reasons_for_leaving_are_asked_about(given, kinds):
    first = {**entry("2014-09", None, with_children=False), **given}
    follows = f"2015-{int(given['ended_month'][5:7]) + 1:02}"

    assert [kind for kind, *_ in asked(STUDY, first, entry(follows, None))] == kinds


def test_time_abroad_is_asked_about():
    awards = [{"award": "BSW", "country": "Kenya", "year": 2014}, {"award": "MA", "country": "Wales", "year": 2016}]

    found = asked(STUDY, GOES_ON, **{Section.QUALIFICATIONS: awards, Section.REGISTRATION: {"country": "Kenya"}})

    assert [kind for kind, *_ in found] == [PromptKind.ABROAD] * 2
    assert found[0][1].startswith("BSW was awarded in Kenya, 2014.")
    assert found[1][1].startswith("Comes to the register from Kenya.")


def test_work_and_study_abroad_are_asked_about_and_at_home_not():
    away = entry("2014-09", "2015-02", country="Spain", with_children=False)
    home = entry("2015-03", None, country=" England ")

    assert asked(STUDY, away, home) == [
        (PromptKind.ABROAD, "In Spain, September 2014 to February 2015: Social worker.", "")
    ]


def test_prompts_have_keys_that_stay_and_differ():
    entries = [entry(f"20{year}-01", f"20{year}-03") for year in range(12, 20)]
    content = {Section.HISTORY: {"since": "2011-07-01", "entries": entries}}
    keys = [one.key for one in prompts_of(content, SENT)]

    assert keys == [one.key for one in prompts_of(content, SENT)]
    assert len(set(keys)) == len(keys) == 25
