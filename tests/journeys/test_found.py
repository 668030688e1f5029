"""Being found, in a real browser: structured data under the policy, and the list on another site as documented."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.visiting import WIDE, new_page

pytestmark = [pytest.mark.browser, pytest.mark.one_database]  # what a browser does with it is the same on both
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "embedding.md"
SAMPLE = "https://jobs.example.gov.uk"


def test_structured_data_stands_under_the_policy(chromium: Browser, service):
    """A data block is not script to a browser, so the policy without 'unsafe-inline' has nothing to refuse."""
    page = new_page(chromium, service.url, WIDE)
    page.add_init_script(
        "window.refused = []; addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective))"
    )
    page.goto("/jobs")
    with page.expect_navigation():
        page.locator(".vacancy__link").first.click()

    [block] = page.locator("script[type='application/ld+json']").all()
    posting = json.loads(block.text_content() or "")

    assert posting["title"] == page.locator("h1").inner_text()
    assert page.evaluate("refused") == []
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    page.wait_for_function("refused.length > 0")
    assert page.evaluate("refused") == ["script-src-elem"], "the policy is on, and this is how a refusal shows"
    page.context.close()


@contextmanager
def main_site(folder: Path, service: str) -> Iterator[str]:
    """Serve `folder` from an origin of its own under a strict policy."""

    class Strict(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            policy = f"default-src 'none'; script-src 'self'; connect-src {service}"
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_the_documented_list_works_on_another_site(open_page: Callable[..., Page], service, tmp_path: Path):
    html, script = re.findall(r"```(?:html|js)\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    markup = html.replace(SAMPLE, service.url).replace("?team=fostering", "")
    (tmp_path / "index.html").write_text(f"<!doctype html><title>Council</title>{markup}")
    (tmp_path / "vacancies.js").write_text(script)
    with urlopen(f"{service.url}/api/v1/vacancies") as answer:  # noqa: S310  our own
        newest = json.load(answer)["vacancies"][:5]

    with main_site(tmp_path, service.url) as address:
        page = open_page()
        page.goto(address)
        page.wait_for_selector("#vacancies li")
        lines = page.locator("#vacancies li")

        assert page.locator("#vacancies a").all_inner_texts() == [one["title"] for one in newest]
        assert [link.get_attribute("href") for link in page.locator("#vacancies a").all()] == [
            one["url"] for one in newest
        ]
        assert re.search(r"£[\d,]+ to £[\d,]+ a year full time\. Closes \d+ \w+ \d{4}\.$", lines.first.inner_text())
