"""Starting an application, the first and a further one."""

from tests import factories

FILLED_IN = "Your last application fills in"


def tasks(page) -> dict[str, str]:
    """Return the words beside each section of a task list."""
    rows = page.select(".govuk-task-list__item")
    return {row.select_one("a").text.strip(): row.select_one(".govuk-task-list__status").text.strip() for row in rows}


def test_a_further_application_says_what_it_takes_over(candidate, ready):
    vacancy = factories.VacancyFactory(published=True)
    assert FILLED_IN in candidate.get(f"/jobs/{vacancy.slug}/apply").text

    candidate.submit(f"/jobs/{vacancy.slug}/apply")
    page = candidate.get("/applications")
    reference = [
        a["href"] for a in page.select("main a[href^='/applications/A-']") if ready.reference not in a["href"]
    ][0]
    page = candidate.get(reference)
    assert sorted(set(tasks(page).values())) == ["Check it", "Not started"]
    assert [name for name, status in tasks(page).items() if status == "Not started"] == [
        "How you meet the criteria",
        "Declaration",
    ]
    assert page.text.count("From your last application") == 8


def test_a_first_application_promises_nothing(candidate):
    vacancy = factories.VacancyFactory(published=True)
    assert FILLED_IN not in candidate.get(f"/jobs/{vacancy.slug}/apply").text
