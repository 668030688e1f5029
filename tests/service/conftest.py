import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.place import Place, Service, made_place, running


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory, shared_folder: Path) -> Iterator[Place]:
    """A whole service's folder and database, shared by the tests, which each use people of their own."""
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    with made_place(kind, tmp_path_factory.mktemp("service"), shared_folder) as made:
        yield made


@pytest.fixture(scope="module")
def service(place: Place) -> Iterator[Service]:
    """That service, running as `make run` starts it."""
    with running(place) as service:
        yield service
