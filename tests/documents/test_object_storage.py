"""Documents in a bucket: the same calls as for a folder, as they arrive at a server that checks every signature."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from recruit.core import clock
from recruit.core.errors import Unavailable
from recruit.documents.storage import DocumentStore
from tests.documents.object_storage import BUCKET, ObjectStorage, object_storage

LATER = timedelta(hours=1)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStorage]:
    with object_storage() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def store(bucket: ObjectStorage, tmp_path: Path) -> DocumentStore:
    return DocumentStore(f"s3://{BUCKET}/of/the/council", tmp_path / "unused")


def test_what_is_kept_in_a_bucket_is_read_back_listed_and_removed(
    bucket: ObjectStorage, store: DocumentStore, tmp_path: Path
):
    small, large = b"a certificate", bytes(range(256)) * 40_960  # 10 MB, as large as a document may be
    names = [store.keep(content) for content in (small, large)]

    assert {path: content for path, (content, _) in bucket.kept.items()} == {
        f"of/the/council/{name}": content for name, content in zip(names, (small, large), strict=True)
    }
    assert store.read(names[0]) == small
    bucket.kept["of/another/service"] = small, clock.now()
    assert sorted(store.names_before(clock.now() + LATER)) == sorted(names)
    assert list(store.names_before(clock.now() - LATER)) == []
    store.forget([names[0], "never-there"])
    assert set(bucket.kept) == {f"of/the/council/{names[1]}", "of/another/service"}
    assert not (tmp_path / "unused").exists()


def test_what_is_not_there_any_more_is_told_from_a_bucket_that_does_not_answer(
    bucket: ObjectStorage, store: DocumentStore
):
    with pytest.raises(Unavailable) as refusal:
        store.read("never-there")
    assert isinstance(refusal.value.__cause__, FileNotFoundError)

    bucket.is_down = True
    with pytest.raises(Unavailable, match="try again in a few minutes") as refusal:
        store.read("never-there")
    assert not isinstance(refusal.value.__cause__, FileNotFoundError)


def test_bytes_that_come_back_as_others_are_not_kept(bucket: ObjectStorage, store: DocumentStore):
    bucket.spoils = True

    with pytest.raises(Unavailable):
        store.keep(b"a certificate")


def test_nobody_keeps_anything_with_another_key(
    bucket: ObjectStorage, store: DocumentStore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")

    with pytest.raises(Unavailable):
        store.keep(b"a certificate")
    assert bucket.kept == {}
