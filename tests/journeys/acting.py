"""What people in a journey do on every page: sign in, press a button."""

from playwright.sync_api import Page

from tests.journeys.conftest import PASSWORD


def enter(page: Page, email: str) -> Page:
    """Sign in."""
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()
    return page


def press(page: Page, name: str) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()
