from bs4 import BeautifulSoup
from flask import Flask

from recruit.vacancies.finder_query import Facet
from recruit.vacancies.finder_rows import GradeRow, TeamRow
from recruit.web.public.choices import Choices, choices_of

GRADES = (GradeRow(1, "sw", "Social worker"),)
ODD = '<b>"A & B"</b>\0(9)'


def team(name: str, slug: str = "a") -> TeamRow:
    return TeamRow(1, slug, name, "", "")


def read(choices: Choices, facet: Facet, *args, **kwargs) -> list[tuple[str, str, bool]]:
    """Each choice shown: its value, its words, whether it is chosen."""
    page = BeautifulSoup(choices.markup(facet, *args, **kwargs), "html.parser")
    shown = []
    for control in page.select("input, option"):
        label = page.select_one(f"label[for='{control['id']}']") if control.name == "input" else control
        is_chosen = control.has_attr("checked") or control.has_attr("selected")
        shown.append((control["value"], " ".join(label.get_text().split()), is_chosen))
    return shown


def test_shows_what_would_find_something_or_is_chosen(app: Flask):
    teams = (team("A", "a"), team("B", "b"), team("C", "c"))
    with app.app_context():
        choices = Choices(GRADES, teams)

    assert read(choices, Facet.TEAM, ("b",), {"a": 3}) == [("a", "A (3)", False), ("b", "B (0)", True)]
    assert read(choices, Facet.TEAM, (), {}) == []
    assert read(choices, Facet.SALARY_MIN, ("30000",), {"25000": 12, "30000": 7}) == [
        ("25000", "£25,000 or more (12)", False),
        ("30000", "£30,000 or more (7)", True),
    ]
    assert read(choices, Facet.NEWLY_QUALIFIED, (), {}, all_of_them=True) == [
        ("1", "Newly qualified welcome (0)", False)
    ]


def test_escapes_what_people_wrote_and_puts_the_number_last(app: Flask):
    with app.app_context():
        markup = Choices(GRADES, (team(ODD, '"><i>'),)).markup(Facet.TEAM, (), {'"><i>': 4})

    assert "<b>" not in markup
    assert "<i>" not in markup
    assert markup.count("(9) <span") == markup.count("(4)") == 1


def test_another_name_gives_other_choices_and_the_same_the_same(app: Flask):
    with app.app_context():
        first, same, other = (choices_of(GRADES, (team(name),)) for name in ("A", "A", "B"))

    assert first is same
    assert [choices.text(Facet.TEAM, "a") for choices in (first, other)] == ["A", "B"]
