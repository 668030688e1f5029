"""The whole service as people meet it: web server, worker, a mail server, and a real Chromium."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import templates
from tests.chromium import HOW, find
from tests.databases import fresh_database
from tests.journeys.extremes import load_extremes
from tests.journeys.mailbox import Mailbox
from tests.journeys.visiting import FLAGS, WIDE, new_page
from tests.servers import free_port, serve, worker
from tests.templates import PASSWORD


class Service:
    """The running service, its address, its mail."""

    def __init__(self, url: str, mailbox: Mailbox, environment: dict[str, str]) -> None:
        self.url, self.mailbox, self.environment = url, mailbox, environment


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, shared_folder: Path) -> Iterator[Service]:
    folder: Path = tmp_path_factory.mktemp("service")
    port, kind = free_port(), os.environ.get("TEST_DATABASE", "sqlite")
    with fresh_database(kind, folder) as database, Mailbox() as mailbox:
        environment = {
            "RECRUIT_ENV": "demo",
            "DATA_DIR": str(folder),
            "DATABASE_URL": database,
            "MAIL_URL": f"smtp://127.0.0.1:{mailbox.port}",
            "PORT": str(port),
            "RECRUIT_DEMO_PASSWORD": PASSWORD,
        }
        templates.demonstration(kind, shared_folder).copy_to(database, folder)
        load_extremes(environment)
        with serve("wsgi:app", environment, ready="/healthz"), worker(environment):
            yield Service(f"http://127.0.0.1:{port}", mailbox, environment)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find()
    assert path, f"Chromium is not installed. {HOW}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, service: Service) -> Iterator[Callable[..., Page]]:
    """Return a way to open a new browser window of its own; what goes wrong in a page fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def new(*, width: dict[str, int] = WIDE, javascript: bool = True, **options: Any) -> Page:
        page = new_page(chromium, service.url, width, faults=faults, java_script_enabled=javascript, **options)
        contexts.append(page.context)
        return page

    yield new
    for context in contexts:
        context.close()
    assert faults == []
