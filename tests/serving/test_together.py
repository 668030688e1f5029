"""Doing once what several requests want done before they are answered."""

import asyncio
from dataclasses import dataclass

import pytest

from recruit.serving import together
from recruit.serving.together import Together


@dataclass(frozen=True)
class Count:
    """A task that equals another of the same name, and counts what was done of it."""

    name: str
    done: list[str]
    fails: bool = False

    def __call__(self) -> None:
        self.done.append(self.name)
        if self.fails:
            raise OSError(self.name)

    def __hash__(self) -> int:
        return hash(self.name)


async def all_of(*asked: tuple[Count, bool]) -> list[BaseException | None]:
    together = Together()
    return await asyncio.gather(*(together.do(task, others=others) for task, others in asked), return_exceptions=True)


def test_equal_tasks_that_wait_together_are_done_once():
    done: list[str] = []

    assert asyncio.run(all_of(*[(Count("disk", done), True)] * 3, (Count("other", done), False))) == [None] * 4

    assert sorted(done) == ["disk", "other"]


def test_who_asks_once_it_has_begun_has_it_done_again():
    done: list[str] = []

    async def one_by_one() -> None:
        together = Together()
        first = asyncio.ensure_future(together.do(Count("disk", done), others=False))
        while not done:
            await asyncio.sleep(0)
        await asyncio.gather(first, together.do(Count("disk", done), others=False))

    asyncio.run(one_by_one())

    assert done == ["disk", "disk"]


def test_a_failure_is_that_of_all_who_share_it():
    failures = asyncio.run(all_of(*[(Count("disk", [], fails=True), True)] * 2))

    assert [repr(one) for one in failures] == ["OSError('disk')"] * 2


def test_who_goes_away_leaves_it_to_the_others():
    done: list[str] = []

    async def leave() -> None:
        together = Together()
        gone, stays = (asyncio.ensure_future(together.do(Count("disk", done), others=True)) for _ in range(2))
        await asyncio.sleep(0)
        gone.cancel()
        await stays
        with pytest.raises(asyncio.CancelledError):
            await gone

    asyncio.run(leave())

    assert done == ["disk"]


def test_nobody_is_waited_for_who_is_not_there(monkeypatch):
    done: list[str] = []
    monkeypatch.setattr(together, "LITTLE", 60)

    async def hurried() -> None:
        shared = Together()
        asked = asyncio.ensure_future(shared.do(Count("disk", done), others=True))
        await asyncio.sleep(0.01)
        assert done == []
        shared.hurry()
        async with asyncio.timeout(5):
            await asked

    asyncio.run(hurried())

    assert done == ["disk"]
