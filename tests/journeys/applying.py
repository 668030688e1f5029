"""A person applies for a job, from the front page to the reference, section by section as the task list has them."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.candidates import EVIDENCE, Answers, Person, ago
from tests.journeys.mailbox import Mailbox, link_in
from tests.journeys.walker import Walker

PASSWORD = "kettle-window-lantern-42"


class Applicant:
    """A person of `candidates` at a browser."""

    def __init__(self, person: Person, walker: Walker, mailbox: Mailbox) -> None:
        self.person, self.walker, self.mailbox = person, walker, mailbox
        self.sections: dict[str, Callable[[], None]] = {
            "Contact details": lambda: self._page(person.contact),
            "Eligibility": lambda: self._page(person.eligibility),
            "Social Work England registration": self._fill_in_registration,
            "Qualifications": self._fill_in_qualifications,
            "Work, study and other activity": self._fill_in_history,
            "How you meet the criteria": self._write_evidence,
            "Referees": self._fill_in_referees,
            "Support at interview": lambda: self._page(person.support),
            "Relationships": lambda: self._page(person.relationships),
            "Declaration": self._declare,
        }

    @property
    def page(self) -> Page:
        return self.walker.page

    def find(self, vacancy: str) -> None:
        """Look for a vacancy, and get to where an application for it begins."""
        self.page.goto("/")
        self.walker.answer("Search vacancies", vacancy)
        self.walker.press("Search")
        self.walker.follow(vacancy)
        self.walker.follow("Apply for this job")

    def register(self) -> None:
        """Create an account, and come back by the link in the mail."""
        self.walker.follow("Create an account")
        self._answer([
            ("Full name", self.person.name),
            ("Email address", self.person.email),
            ("Choose a password", PASSWORD),
        ])  # fmt: skip
        self.walker.press("Create account")
        self.page.goto(link_in(self.mailbox.wait_for(self.person.email, "confirm")))
        self.walker.answer("Password", PASSWORD)
        self.walker.press("Confirm and sign in")

    def sign_in(self) -> None:
        self._answer([("Email address", self.person.email), ("Password", PASSWORD)])
        self.walker.press("Sign in")

    def fill_in(self, section: str) -> None:
        """Open a section from the task list, fill it in and say that it is finished."""
        self.walker.follow(section)
        self.sections[section]()
        if section != "Declaration":  # which leads on to the answers
            expect(self.status(section)).to_have_text("Completed")

    def look_through(self) -> None:
        """Read what is filled in from the last application, and say that it is right."""
        expect(self.status("Referees")).to_have_text("Check it")
        self.walker.follow("look through them on one page")
        expect(self.page.locator("main")).to_contain_text(self.person.name)
        self.walker.press("All of it is still right")
        expect(self.status("Referees")).to_have_text("Completed")

    def send(self) -> str:
        """Check the answers and send them; return the reference that the page and the mail name."""
        expect(self.page.locator("h1")).to_have_text("Check your answers before you send")
        expect(self.page.locator("main")).to_contain_text(self.person.name)
        self.walker.press("Send application")
        expect(self.page.locator("h1")).to_contain_text("Application sent")
        expect(self.page.get_by_role("heading", name="What happens next")).to_be_visible()
        found = re.search(r"A-[0-9A-Z]{5,}", self.page.locator("main").inner_text())
        assert found
        return found[0]

    def at(self, walker: Walker) -> "Applicant":
        """Return the same person at another window, whose pages and fields count with the others."""
        walker.effort = self.walker.effort
        return Applicant(self.person, walker, self.mailbox)

    def status(self, task: str) -> Locator:
        """Return where a task list says how far a task is."""
        item = self.page.locator(".govuk-task-list__item").filter(
            has=self.page.get_by_role("link", name=task, exact=True)
        )
        return item.locator(".govuk-task-list__status")

    def _answer(self, answers: Answers) -> None:
        for question, answer in answers:
            self.walker.answer(question, answer)

    def _finish(self) -> None:
        self.walker.answer("Have you finished this section?", "Yes, I have finished this section")
        self.walker.press("Save and continue")

    def _page(self, answers: Answers) -> None:
        self._answer(answers)
        self._finish()

    def _fill_in_registration(self) -> None:
        self.walker.answer("How do you stand with Social Work England?", self.person.situation)
        self.walker.press("Continue")
        self._page(self.person.registration)

    def _fill_in_qualifications(self) -> None:
        for answers in self.person.qualifications:
            self.walker.follow("Add ")
            self._answer(answers)
            self.walker.press("Save qualification")
        self._finish()

    def _fill_in_history(self) -> None:
        self.walker.answer("When did you leave secondary education?", ago(self.person.left_school))
        self.walker.press("Save and continue")
        for kind, answers in self.person.history:
            self.walker.follow(kind)
            self._answer(answers)
            self.walker.press("Save")
        for doing in self.person.gaps:
            self.walker.follow("Tell us what you did")
            self.walker.answer("What were you doing?", doing)  # the months are filled in
            self.walker.press("Save")
        expect(self.page.get_by_text("Nothing entered", exact=True)).to_have_count(0)
        self._finish()

    def essential(self) -> list[str]:
        """Return the criteria to be answered, as the page of the evidence lists them."""
        return self.page.locator("[aria-describedby^='essential-']").all_inner_texts()

    def _write_evidence(self) -> None:
        missing = [one for one in self.essential() if not re.search(r"\d words", self.status(one).inner_text())]
        self.walker.follow(missing[0])
        for criterion in missing:  # each leads to the next
            expect(self.page.locator("h1")).to_have_text(criterion)
            self.walker.answer("Your evidence", EVIDENCE)
            self.walker.press("Save and continue")
        self._finish()

    def _fill_in_referees(self) -> None:
        for answers in self.person.referees:
            self.walker.follow("Add a")
            self._answer(answers)
            self.walker.press("Save referee")
        self._finish()

    def _declare(self) -> None:
        self.walker.answer("I confirm all of this", True)
        self.walker.press("Save and continue")
