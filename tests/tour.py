"""`make tour`: a screenshot of every stop at 320 and 1280 px into tour/, with an index page to look through."""

import html
import os
import secrets
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from playwright.sync_api import Browser, Page, sync_playwright

from tests.databases import fresh_database
from tests.everything import chromium
from tests.journeys.conftest import FLAGS, NARROW, SUBMIT, WIDE
from tests.journeys.stops import Stop, stops
from tests.servers import flask, free_port, serve

TOUR = Path(__file__).resolve().parent.parent / "tour"


def main() -> int:
    """Start the service with the demonstration, visit every stop, write the index; return the status to exit with."""
    path = chromium()
    if path is None:
        click.echo("Chromium is not installed. Install it with your system's package manager (Debian: chromium).")
        return 1
    TOUR.mkdir(exist_ok=True)
    for old in TOUR.glob("*.png"):
        old.unlink()
    password, port = secrets.token_urlsafe(16), free_port()
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    with TemporaryDirectory() as folder, fresh_database(kind, Path(folder)) as database:
        environment = {
            "RECRUIT_ENV": "demo",
            "DATA_DIR": folder,
            "DATABASE_URL": database,
            "PORT": str(port),
            "RECRUIT_DEMO_PASSWORD": password,
        }
        flask(environment, "db", "upgrade")
        flask(environment, "demo", "load")
        wanted = [stop for stop in stops(environment) if not sys.argv[1:] or sys.argv[1] in stop.name]
        with serve("wsgi:app", environment, ready="/healthz"), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            for size in (NARROW, WIDE):
                visit(browser, f"http://127.0.0.1:{port}", wanted, size, password)
            browser.close()
    write_index(wanted)
    click.echo(f"Look at {TOUR / 'index.html'}")
    return 0


def visit(browser: Browser, url: str, wanted: list[Stop], size: dict[str, int], password: str) -> None:
    """Take the pictures of one width."""
    for role in dict.fromkeys(stop.role for stop in wanted):
        context = browser.new_context(base_url=url, viewport=size, locale="en-GB", timezone_id="Europe/London")  # type: ignore[arg-type]
        page = context.new_page()
        if role:
            sign_in(page, role, password)
        mine = [stop for stop in wanted if stop.role == role]
        with click.progressbar(mine, label=f"{role or 'visitor'} at {size['width']} px") as bar:
            for stop in bar:
                open_stop(page, stop)
                page.screenshot(path=TOUR / f"{stop.name}-{size['width']}.png", full_page=True)
        context.close()


def sign_in(page: Page, role: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(f"{role}@demo.example")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def open_stop(page: Page, stop: Stop) -> None:
    """Open a stop, in its error state where it asks for it."""
    answer = page.goto(stop.path)
    assert answer is not None, stop.path
    assert answer.status == stop.status, f"{answer.status} {stop.path}"
    if stop.send:
        page.locator(SUBMIT).first.click()
        page.wait_for_load_state()


def write_index(wanted: list[Stop]) -> None:
    """Write one page with every picture, narrow beside wide."""
    rows = "".join(
        f"<h2>{html.escape(stop.name)} <small>{stop.role or 'visitor'} {html.escape(stop.path)}</small></h2>"
        f'<p><img src="{stop.name}-320.png" alt="" width="320"> <img src="{stop.name}-1280.png" alt="" width="900"></p>'
        for stop in wanted
    )
    (TOUR / "index.html").write_text(f'<!doctype html><html lang="en"><title>Tour</title><h1>Tour</h1>{rows}</html>')


if __name__ == "__main__":
    sys.exit(main())
