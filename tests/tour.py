"""`make tour`: a screenshot of every stop at 320 and 1280 px into tour/, with an index page to look through."""

import html
import os
import secrets
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import HOW, find_or_install
from tests.databases import fresh_database
from tests.journeys.extremes import load_extremes
from tests.journeys.stops import Stop, stops
from tests.journeys.visiting import FLAGS, NARROW, WIDE, by_role, new_page, open_stop, sign_in
from tests.servers import flask, free_port, serve

TOUR = Path(__file__).resolve().parent.parent / "tour"


def main() -> int:
    """Start the service with the demonstration, visit every stop, write the index; return the status to exit with."""
    path = find_or_install()
    if path is None:
        click.echo(f"Chromium is not installed. {HOW}")
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
        load_extremes(environment)
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
    for role, mine in by_role(wanted):
        page = new_page(browser, url, size)
        if role:
            sign_in(page, role, password)
        with click.progressbar(mine, label=f"{role or 'visitor'} at {size['width']} px") as bar:
            for stop in bar:
                open_stop(page, stop)
                page.screenshot(path=TOUR / f"{stop.name}-{size['width']}.png", full_page=True)
        page.context.close()


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
