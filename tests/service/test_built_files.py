"""A new build of the front end under a running server."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import ROOT, serve
from tests.service.place import Place, ask

pytestmark = [pytest.mark.slow, pytest.mark.one_database]

CONTENT = "body { color: black }"


@pytest.fixture
def built(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A file that the front end's build has made."""
    file = ROOT / "static" / "dist" / f"passing.{secrets.token_hex(6)}.css"
    file.write_text(CONTENT)
    yield file
    file.unlink(missing_ok=True)


def test_a_built_file_that_is_gone_is_not_found(place: Place, built: Path):
    address = f"/static/{built.name}"
    with serve("wsgi:app", place.environment, ready="/healthz") as server:
        before = ask(server.port, "GET", address)
        built.unlink()
        after = [ask(server.port, method, address) for method in ("GET", "GET")]
        never = ask(server.port, "GET", "/static/never.0123456789ab.css")

    assert (before.status, before.text) == (200, CONTENT)
    assert before.headers["cache-control"] == "max-age=315360000, public, immutable"
    assert [answer.status for answer in after] == [404, 404]
    assert {answer.headers["cache-control"] for answer in after} == {"no-store"}
    assert "<title>Page not found" in after[0].text
    assert never.status == 404
