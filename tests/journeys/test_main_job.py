"""Browse, register, apply, send; HR reads and shortlists; the candidate sees it.  In a real browser, with real mail.

More candidates, at other widths, without a script and by keyboard: test_candidates.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD as DEMO_PASSWORD
from tests.journeys.conftest import Service
from tests.journeys.mailbox import link_in
from tests.journeys.visiting import NARROW, follow, press, sign_in

pytestmark = pytest.mark.browser
EVIDENCE = "I assessed a family where neglect was a worry, saw each child alone and wrote a plan that they understood."
PASSWORD = "kettle-window-lantern-42"


def month(page: Page, legend: str, typed: str) -> None:
    """Fill in a month, like "9 2019"."""
    group = page.get_by_role("group", name=legend)
    number, year = typed.split()
    group.get_by_label("Month").fill(number)
    group.get_by_label("Year").fill(year)


def finish(page: Page) -> None:
    """Say that the section is finished and go on."""
    page.get_by_label("Yes, I have finished this section").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()


def open_section(page: Page, task_list: str, name: str) -> None:
    page.goto(task_list)
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).click()


def register(page: Page, service: Service, email: str) -> None:
    """Create an account from the page that asks for one, and come back by the link in the mail."""
    follow(page, "Create an account")
    page.get_by_label("Full name").fill("Marlow Ellerby")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Choose a password", exact=True).fill(PASSWORD)
    press(page, "Create account")
    expect(page.locator("h1")).to_have_text("Check your email")
    page.goto(link_in(service.mailbox.wait_for(email, "confirm")))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Confirm and sign in")


def fill_in_contact_details(page: Page, task_list: str) -> None:
    open_section(page, task_list, "Contact details")
    expect(page.get_by_label("Full name")).to_have_value("Marlow Ellerby")
    page.get_by_label("Phone number").fill("07700 900 123")
    page.get_by_label("Address line 1").fill("12 Larch Rise")
    page.get_by_label("Town or city").fill("Northmoor")
    page.get_by_label("Postcode").fill("ZZ1 1AA")
    finish(page)


def fill_in_eligibility(page: Page, task_list: str) -> None:
    open_section(page, task_list, "Eligibility")
    page.get_by_role("group", name="Do you have the right to work in the UK?").get_by_label("Yes").check()
    page.get_by_role("group", name="Do you need a sponsor for a visa").get_by_label("No").check()
    page.get_by_label("Yes, through an agency").check()
    page.get_by_label("Name of the agency").fill("Fernway Social Care")
    finish(page)


def fill_in_support(page: Page, task_list: str) -> None:
    open_section(page, task_list, "Support at interview")
    page.get_by_label("Disability Confident").check()
    finish(page)


def fill_in_relationships(page: Page, task_list: str) -> None:
    open_section(page, task_list, "Relationships")
    page.get_by_role("group", name="Are you related, or close").get_by_label("No", exact=True).check()
    finish(page)


def fill_in_registration(page: Page, task_list: str) -> None:
    open_section(page, task_list, "Social Work England registration")
    page.get_by_label("I am registered", exact=True).check()
    press(page, "Continue")
    page.get_by_label("Registration number").fill("sw 12345")
    page.get_by_role("group", name="Are there conditions on your registration?").get_by_label("No").check()
    finish(page)


def fill_in_qualifications(page: Page, task_list: str) -> None:
    open_section(page, task_list, "Qualifications")
    follow(page, "Add ")
    page.get_by_label("Qualification", exact=True).fill("BA Social Work")
    page.get_by_label(re.compile("Where|School|Institution|College|University")).first.fill("Northmoor University")
    page.get_by_label("Year you got it, or expect to").fill("2018")
    page.get_by_label("This is a social work qualification").check()
    press(page, "Save qualification")
    finish(page)


def fill_in_history(page: Page, task_list: str) -> None:
    open_section(page, task_list, "Work, study and other activity")
    month(page, "When did you leave secondary education?", "7 2015")
    with page.expect_navigation():
        page.locator("main form button").last.click()
    follow(page, "Add study or training")
    page.get_by_label("Course").fill("BA Social Work")
    page.get_by_label("School, college or university").fill("Northmoor University")
    month(page, "When did it start?", "7 2015")
    month(page, "When did it end?", "6 2018")
    press(page, "Save")
    follow(page, "Add work")
    page.get_by_label("Paid", exact=False).first.check()
    page.get_by_label("Job title").fill("Social worker")
    page.get_by_label("Employer or organisation").fill("Northmoor Council")
    month(page, "When did you start?", "10 2018")
    page.get_by_label("I still work here").check()
    page.get_by_role("group", name="Did you work with children or their families?").get_by_label("Yes").check()
    page.get_by_label("Your main duties").fill("Assessments and plans for children.")
    page.get_by_label("Why did you leave, or why do you want to?").fill("I want to work closer to home.")
    press(page, "Save")
    explain_the_gap(page)
    finish(page)


def explain_the_gap(page: Page) -> None:
    """July to September 2018 is not covered: the page says so, and its link brings the months along."""
    expect(page.get_by_text("July 2018 to September 2018").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Tell us what you did")).first.click()
    expect(page.get_by_role("group", name="When did it start?").get_by_label("Year")).to_have_value("2018")
    page.get_by_label("What were you doing?").fill("Looking for my first post")
    press(page, "Save")


def fill_in_evidence(page: Page, task_list: str) -> None:
    open_section(page, task_list, "How you meet the criteria")
    criteria = page.locator("[aria-describedby^='essential-']").all_inner_texts()
    follow(page, criteria[0])
    for criterion in criteria:  # each leads to the next
        expect(page.locator("h1")).to_have_text(criterion)
        page.get_by_label("Your evidence").fill(EVIDENCE)
        press(page, "Save and continue")
    finish(page)


def fill_in_referees(page: Page, task_list: str) -> None:
    open_section(page, task_list, "Referees")
    for number, (name, relation) in enumerate([("Imre Dale", "Line manager"), ("Jo Kirk", "Colleague")]):
        follow(page, "Add ")
        page.get_by_label("Full name").fill(name)
        page.get_by_label("Job title").fill("Team manager")
        page.get_by_label("Organisation").fill("Northmoor Council")
        page.get_by_label(relation).check()
        page.get_by_label("Work email address").fill(f"referee{number}@northmoor.example")
        month(page, "Since when have they known your work?", "10 2018")
        page.get_by_label("They still do").check()
        if number == 0:
            page.get_by_label("They are from my current or most recent employer").check()
        page.get_by_label("They know my work with children or families").check()
        page.get_by_role("group", name="May we contact them before your interview?").get_by_label("Yes").check()
        press(page, "Save referee")
    finish(page)


def declare(page: Page, task_list: str) -> None:
    open_section(page, task_list, "Declaration")
    page.get_by_label("I confirm all of this").check()
    with page.expect_navigation():
        page.locator("main form button").last.click()


SECTIONS = (
    fill_in_contact_details,
    fill_in_eligibility,
    fill_in_registration,
    fill_in_qualifications,
    fill_in_history,
    fill_in_evidence,
    fill_in_referees,
    fill_in_support,
    fill_in_relationships,
    declare,
)


def apply(page: Page, service: Service, email: str) -> str:
    """Find a vacancy, register and send an application for it; return the application's reference."""
    page.goto("/")
    page.get_by_label("Search vacancies").fill("children in care")
    press(page, "Search")
    page.locator("main").get_by_role("link", name="Social worker, children in care", exact=True).click()
    expect(page.locator("main")).to_contain_text("£28,672 to £36,922")
    expect(page.locator("main")).to_contain_text("£5,000")
    follow(page, "Apply for this job")
    register(page, service, email)
    press(page, "Start application")
    task_list = page.url
    for fill_in in SECTIONS:
        fill_in(page, task_list)
    page.goto(task_list + "/check")
    press(page, "Send application")
    expect(page.locator("h1")).to_contain_text("Application sent")
    found = re.search(r"A-[0-9A-Z]{5,}", page.locator("main").inner_text())
    assert found
    assert found[0] in service.mailbox.wait_for(email, "We have your application")
    return found[0]


def test_from_browsing_to_shortlisted(open_page, service):
    email = "marlow.ellerby@people.example"
    candidate = open_page(width=NARROW)
    reference = apply(candidate, service, email)

    candidate.goto(f"/applications/{reference}")
    expect(candidate.locator("h1")).to_have_text("With us")

    officer = open_page()
    sign_in(officer, "hr", DEMO_PASSWORD)
    officer.goto(f"/review/applications/{reference}")
    expect(officer.locator("main")).to_contain_text("Marlow Ellerby")
    expect(officer.locator("main")).to_contain_text("SW12345")
    expect(officer.locator("main")).to_contain_text("through an agency, Fernway Social Care")
    expect(officer.locator("main")).to_contain_text("Applies under Disability Confident")
    expect(officer.locator("main")).to_contain_text("Looking for my first post")
    officer.get_by_label(re.compile("^Why, for the record")).first.fill("Meets every essential criterion.")
    press(officer, "Shortlist and open next")

    officer.goto(f"/review/applications/{reference}")
    expect(officer.locator("main")).to_contain_text("Shortlisted")
    candidate.goto(f"/applications/{reference}")
    expect(candidate.locator("h1")).to_have_text("With us")
    reword_and_release(officer, reference, "We look forward to meeting you, Marlow.")
    text = service.mailbox.wait_for(email, f"Your application {reference} for Social")
    assert "We look forward to meeting you, Marlow." in text
    candidate.goto(f"/applications/{reference}")
    expect(candidate.locator("h1")).to_have_text("Shortlisted")


def reword_and_release(officer: Page, reference: str, opening: str) -> None:
    """Change the words of the message about a decision, then release it alone."""
    officer.goto(f"/review/ready/{reference}")
    officer.get_by_label("The opening").fill(opening)
    press(officer, "Save the words")
    expect(officer.locator("main")).to_contain_text("It is not sent yet.")
    for box in officer.get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("id") == reference)
    press(officer, "Release the ticked messages")
    expect(officer.locator("main")).to_contain_text("1 message is on the way.")


def test_a_mistake_in_a_form_is_said_at_the_field_and_keeps_what_was_typed(open_page, service):
    page = open_page(width=NARROW)
    page.goto("/register")
    page.get_by_label("Full name").fill("Ezra Northcote")
    page.get_by_label("Email address").fill("not an address")
    page.get_by_label("Choose a password", exact=True).fill("short")
    press(page, "Create account")

    assert page.title().startswith("Error: ")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Full name")).to_have_value("Ezra Northcote")
    expect(page.get_by_label("Email address")).to_have_value("not an address")
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Email address")).to_be_focused()
