"""Four people apply: newly qualified, experienced, qualified overseas, and one whose connection is lost.

Between them: 320 and 1280 px, with a script and without, and by the keyboard alone.  What each application took is
printed: pages, fields, words, and minutes by an estimate that `walker` states.
"""

from collections.abc import Callable
from copy import copy

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.applying import Applicant
from tests.journeys.candidates import EVIDENCE, EXPERIENCED, NEWLY_QUALIFIED, QUALIFIED_OVERSEAS, RETURNING, Person
from tests.journeys.conftest import Service
from tests.journeys.visiting import NARROW, WIDE
from tests.journeys.walker import KeyboardWalker, Walker

pytestmark = pytest.mark.browser
NEVER_TAKEN_OVER = ("How you meet the criteria", "Declaration")


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Return a way to print a line that is seen although the test passes."""

    def out(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}")

    return out


def apply_first(applicant: Applicant) -> str:
    """Go from the front page to the reference; the mail names it too."""
    applicant.find(applicant.person.vacancies[0])
    applicant.register()
    applicant.walker.press("Start application")
    for section in applicant.sections:
        applicant.fill_in(section)
    reference = applicant.send()
    assert reference in applicant.mailbox.wait_for(applicant.person.email, "We have your application")
    return reference


def apply_again(applicant: Applicant) -> str:
    """Apply for the second vacancy: what was entered is there, and is looked through on one page."""
    applicant.find(applicant.person.vacancies[1])
    applicant.walker.press("Start application")
    applicant.look_through()
    for section in NEVER_TAKEN_OVER:
        applicant.fill_in(section)
    return applicant.send()


def applicant_of(person: Person, page: Page, service: Service, walker: type[Walker] = Walker) -> Applicant:
    return Applicant(person, walker(page), service.mailbox)


def test_newly_qualified_on_a_phone_without_a_script_applies_twice(open_page, service, say):
    applicant = applicant_of(NEWLY_QUALIFIED, open_page(width=NARROW, javascript=False), service)
    reference = apply_first(applicant)
    first = copy(applicant.walker.effort)
    again = apply_again(applicant)
    second = applicant.walker.effort - first

    say(f"{NEWLY_QUALIFIED.called}: first application {first}; second {second}")
    assert reference != again
    assert second.fields < first.fields / 4
    applicant.walker.follow("Read what you sent")
    for taken_over in ("Pip Sandell", "Newly qualified, not registered yet", "On holiday between school"):
        expect(applicant.page.locator("main")).to_contain_text(taken_over)


def test_experienced_with_gaps_and_agency_work_applies_by_the_keyboard_alone(open_page, service, say):
    applicant = applicant_of(EXPERIENCED, open_page(width=WIDE), service, KeyboardWalker)
    apply_first(applicant)

    say(f"{EXPERIENCED.called}, by keyboard: {applicant.walker.effort}")
    applicant.walker.follow("Read what you sent")
    for entered in (
        "SW71234",
        "ASYE completed in",
        "Fernway Social Care",
        "Travelling in Spain",
        "Disability Confident",
    ):
        expect(applicant.page.locator("main")).to_contain_text(entered)


def test_qualified_overseas_without_a_script_applies(open_page, service, say):
    applicant = applicant_of(QUALIFIED_OVERSEAS, open_page(width=WIDE, javascript=False), service)
    apply_first(applicant)

    say(f"{QUALIFIED_OVERSEAS.called}: {applicant.walker.effort}")
    applicant.walker.follow("Read what you sent")
    for entered in ("South Africa", "Qualified outside the UK, not registered yet", "My cousin is a clerk"):
        expect(applicant.page.locator("main")).to_contain_text(entered)


def test_who_loses_the_connection_goes_on_another_evening(open_page, service, say):
    applicant = applicant_of(RETURNING, open_page(width=NARROW), service)
    applicant.find(RETURNING.vacancies[0])
    applicant.register()
    applicant.walker.press("Start application")
    applicant.fill_in("Contact details")
    applicant.walker.follow("How you meet the criteria")
    criterion = applicant.essential()[0]
    applicant.walker.follow(criterion)
    applicant.page.context.set_offline(True)
    applicant.walker.answer("Your evidence", EVIDENCE)
    expect(applicant.page.locator("p.saved")).to_contain_text("Your text is kept in this browser")
    kept = applicant.page.context.storage_state()
    applicant.page.context.close()

    # Another evening, the same browser; that they were signed in, it has forgotten.
    evening = open_page(width=NARROW, storage_state={**kept, "cookies": []})
    applicant = applicant.at(Walker(evening))
    evening.goto("/applications")
    applicant.sign_in()
    applicant.walker.follow(RETURNING.vacancies[0])
    expect(applicant.status("Contact details")).to_have_text("Completed")
    applicant.walker.follow("How you meet the criteria")
    applicant.walker.follow(criterion)
    expect(evening.get_by_label("Your evidence")).to_have_value(EVIDENCE)
    applicant.walker.press("Save and continue")
    applicant.walker.follow("Back")  # to the criteria, and to the task list
    applicant.walker.follow("Back")
    for section in list(applicant.sections)[1:]:
        applicant.fill_in(section)
    applicant.send()

    say(f"{RETURNING.called}: {applicant.walker.effort}")
