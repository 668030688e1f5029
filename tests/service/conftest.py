import os
from collections.abc import Iterator

import pytest

from tests.service.place import Place, Service, made_place, running


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A whole service's folder and database, shared by the tests, which each use people of their own."""
    with made_place(os.environ.get("TEST_DATABASE", "sqlite"), tmp_path_factory.mktemp("service")) as made:
        yield made


@pytest.fixture(scope="module")
def service(place: Place) -> Iterator[Service]:
    """That service, running as `make run` starts it."""
    with running(place) as service:
        yield service
