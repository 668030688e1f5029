"""Adding a passkey and signing in with it, with an authenticator that Chromium plays itself."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.visiting import NARROW

pytestmark = pytest.mark.browser
PASSKEY_BUTTON = "Sign in with a passkey"


def authenticator(page: Page) -> tuple[CDPSession, str]:
    """Give the window a device that keeps passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def test_a_passkey_is_added_and_used_to_sign_in(service, open_page: Callable[..., Page]):
    home = service.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to a number
    page = open_page(width=NARROW)
    session, device = authenticator(page)
    page.goto(f"{home}/sign-in")
    expect(page.get_by_role("button", name=PASSKEY_BUTTON)).to_be_visible()
    page.get_by_label("Email address").fill("candidate@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile("/applications$"))

    page.goto(f"{home}/account")
    page.get_by_role("link", name="Add passkeys").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Name of this passkey")).to_have_value(re.compile("^Chrome on "))
    page.get_by_label("Name of this passkey").fill("My phone")
    page.get_by_role("button", name="Create passkey").click()
    expect(page.get_by_role("heading", name="My phone")).to_be_visible()
    expect(page.get_by_text("Not used yet")).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name=PASSKEY_BUTTON).click()
    page.wait_for_url(re.compile("/applications$"))
    page.goto(f"{home}/account/passkeys")
    expect(page.get_by_text("Last used at")).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name=PASSKEY_BUTTON).click()
    expect(page.get_by_text("No passkey was used. Try again, or sign in with your password.")).to_be_visible()


def test_where_there_are_no_passkeys_the_password_is_enough(service, open_page: Callable[..., Page]):
    home = service.url.replace("127.0.0.1", "localhost")
    for page, address in ((open_page(), service.url), (open_page(javascript=False), home)):
        page.goto(f"{address}/sign-in")
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name=PASSKEY_BUTTON)).to_be_hidden()
