"""Going to the stops in a browser: signing in, opening a page, bringing it into the state that is asked for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Response

from tests.journeys.stops import Stop

NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
SEND = "main form[method=post] .form__actions button"
"""The buttons that send a form; the first is the main one."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def sign_in(page: Page, who: str, password: str) -> None:
    """Sign in as the demo account `who`, such as "hr"."""
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(f"{who}@demo.example")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: not address.endswith("/sign-in"))


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button that sends a form, and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def follow(page: Page, words: str) -> None:
    """Follow the first link of the page's own with `words` in it; some look like buttons."""
    with page.expect_navigation():
        page.locator("main a", has_text=words).first.click()


def open_stop(page: Page, stop: Stop) -> Response:
    """Open a stop and bring it into its state; return the answer that is shown.

    Raises:
        AssertionError: the server does not answer with the stop's status.
    """
    answer = page.goto(stop.path)
    assert answer is not None, stop.path
    assert answer.status == stop.status, f"{answer.status} {stop.path}"
    for selector, text in stop.fill.items():
        _fill(page.locator(selector).first, text)
    if stop.fill or stop.is_faulty:
        with page.expect_navigation() as navigation:
            page.locator(SEND).first.click()
        answer = navigation.value
    return answer


def change_size(page: Page, size: Mapping[str, int]) -> None:
    """Make the window as large as `size`, with the focus nowhere, and wait until the page has noticed."""
    if page.viewport_size != size:
        page.set_viewport_size(size)
        page.evaluate("document.activeElement.blur(), scrollTo(0, 0), new Promise(requestAnimationFrame)")


def by_role(wanted: Sequence[Stop]) -> Iterator[tuple[str, list[Stop]]]:
    """Give the stops of each role together, so that each signs in once."""
    for role in dict.fromkeys(stop.role for stop in wanted):
        yield role, [stop for stop in wanted if stop.role == role]


def new_page(
    browser: Browser, address: str, width: Mapping[str, int], *, faults: list[str] | None = None, **options: Any
) -> Page:
    """Open a window of its own, as somebody in England has it.

    Args:
        browser: what opens it.
        address: the service's.
        width: the size of the window.
        faults: where to note what goes wrong in the page: script errors, what the policy refuses, answers of 500.
        options: as Playwright's new_context takes them.
    """
    context = browser.new_context(
        base_url=address, viewport=width, locale="en-GB", timezone_id="Europe/London", **options
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    if faults is not None:
        _note_faults(page, faults)
    return page


def _note_faults(page: Page, faults: list[str]) -> None:
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "console", lambda line: faults.append(f"{page.url}: {line.text}") if "Content Security" in line.text else None
    )
    page.on("response", lambda one: faults.append(f"{one.status} {one.url}") if one.status >= 500 else None)


def _fill(control: Locator, text: str) -> None:
    kind = control.get_attribute("type") or ""
    if kind == "file":
        control.set_input_files({"name": "table.csv", "mimeType": "text/csv", "buffer": text.encode()})
    elif re.fullmatch("radio|checkbox", kind):
        control.check()
    else:
        control.fill(text)
