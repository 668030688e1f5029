"""Words of search, as an administrator writes them."""

from flask import Flask

from tests.factories import VacancyFactory
from tests.visitor import Visitor

NEW, MASH = "/admin/synonyms/new", "/admin/synonyms/synfrontdoor"


def words(element) -> str:
    return " ".join(element.get_text(" ").split())


def test_a_group_is_previewed_kept_and_found_by(admin: Visitor, visitor: Visitor, app: Flask):
    VacancyFactory(published=True, title="Zephyr worker")
    VacancyFactory(published=True, title="Calm worker")

    page = admin.submit(NEW, {"phrases": "zephyr\nbreeze", "then": "preview"}, status=200)
    assert [[words(cell) for cell in row.select("th, td")] for row in page.select("tbody tr")] == [
        ["zephyr", "1", "1", "None"],
        ["breeze", "0", "1", "Zephyr worker"],
    ]
    assert page.select_one("#phrases").get_text().split() == ["zephyr", "breeze"]
    assert visitor.get("/jobs?q=breeze").select(".vacancy") == []
    admin.submit(NEW, {"phrases": "zephyr\nbreeze"})

    assert "breeze" in words(admin.follow().select_one("table"))
    app.extensions["public_pages"].clear()  # the public finds it within a second
    assert [mark.get_text() for mark in visitor.get("/jobs?q=breeze").select(".vacancy mark")] == ["Zephyr"]
    group = "/admin/synonyms/synzephyr"
    admin.submit(group, {"phrases": "zephyr\ngale"})
    version = admin.get(group).select_one("form[action$=retire] [name=version]")["value"]
    assert "Group changed" in words(admin.get(group).select_one(".timeline"))
    admin.post(f"{group}/retire", {"version": version})
    admin.get(group, 404)


def test_bad_words_are_said_beside_the_field_and_kept(admin: Visitor):
    page = admin.submit(NEW, {"phrases": "zephyr\nmash"}, status=200)

    assert "‘mash’ is in another group" in words(page.select_one("#phrases-error"))
    assert page.select_one("#phrases").get_text().split() == ["zephyr", "mash"]
    assert "Enter the words and phrases" in words(admin.submit(NEW, {"phrases": " "}, status=200).main)


def test_the_second_of_two_is_told_what_the_first_wrote(admin: Visitor):
    admin.submit(MASH, {"phrases": "mash\nhub"})

    page = admin.submit(MASH, {"phrases": "mash\nporch", "version": "0"}, status=409)

    assert "Theirs is: mash, hub" in words(page.select_one(".govuk-error-summary"))
    assert page.select_one("#phrases").get_text().split() == ["mash", "porch"]
    admin.post(f"{MASH}/retire", {"version": "0"}, status=409)


def test_others_do_not_see_it(hr: Visitor):
    hr.get("/admin/synonyms", 403)
