from collections.abc import Iterator

import pytest

from tests.serving import wire

MAX_BODY = 100_000  # bytes


@pytest.fixture(scope="session")
def server() -> Iterator[wire.Server]:
    """The sample application on a real server, shared by tests that leave it as it was."""
    with wire.running("--max-body", str(MAX_BODY)) as running:
        yield running


@pytest.fixture(scope="session")
def impatient_server() -> Iterator[wire.Server]:
    """The same in one process, with no patience for headers and bodies."""
    with wire.running("--workers", "1", "--body-timeout", "0.5", "--header-timeout", "0.5") as running:
        yield running
