"""Equality answers: sealed, counted together, by stage, and told to nobody in small numbers.

The tests that try to join an answer to a person look at everything that the database holds, as somebody would who has
it and all its backups.
"""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import DateTime, func, inspect, select, text

from recruit.applications import equality_figures
from recruit.applications.counts import EqualityBox, EqualityCount, EqualitySlip
from recruit.applications.equality import PREFER_NOT, QUESTIONS, count_answers, stage_to_ask
from recruit.applications.models import Application
from recruit.core.db import db
from recruit.core.errors import Conflict, NotAllowed
from recruit.core.memory_keys import MemoryKeys
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.equality import EqualityStage, shown
from recruit.rules.lifecycle import ApplicationStatus
from tests import factories
from tests.factories import NOW, TeamFactory, UserFactory, VacancyFactory

ABOUT_EQUALITY = (EqualityCount, EqualityBox, EqualitySlip)
FIVE = [{"sex": "Female", "age": "30 to 34"}, {"sex": "Female"}, {"sex": "Male"}, {}, {"sex": PREFER_NOT}]


@pytest.fixture
def keys(tmp_path: Path) -> MemoryKeys:
    return MemoryKeys(tmp_path / "memory")


@pytest.fixture
def sent(session):
    """Return a way to make one more sent application, at a status."""
    vacancy = VacancyFactory(published=True, team=TeamFactory())

    def make(status: ApplicationStatus = ApplicationStatus.SUBMITTED) -> Application:
        application = factories.ApplicationFactory(submitted=True, vacancy=vacancy)
        set_status(application, status)
        return application

    return make


def set_status(application: Application, status: ApplicationStatus) -> None:
    statement = text("UPDATE application SET status = :status WHERE id = :id")
    db.session.execute(statement, {"status": status.value, "id": application.id})
    db.session.commit()
    db.session.refresh(application)


def answer(application: Application, keys: MemoryKeys, answers: dict[str, str], *, actor=None, now=NOW) -> None:
    with transaction():
        ended = count_answers(actor or application.candidate.as_actor(), application, answers, keys, now=now)
    for name in ended:
        keys.destroy(name)


def counts() -> dict[tuple[int, str, str, str], int]:
    found = db.session.scalars(select(EqualityCount).execution_options(populate_existing=True))
    return {(row.year, row.stage.value, row.question, row.answer): row.number for row in found}


def backup() -> dict[str, Counter[str]]:
    """Return everything that the database holds, as a backup has it."""
    db.session.rollback()
    tables = db.metadata.sorted_tables
    return {table.name: Counter(repr(tuple(row)) for row in db.session.execute(select(table))) for table in tables}


def sealed_slips() -> list[tuple[str, bytes]]:
    return [(slip.box_key, slip.sealed) for slip in db.session.scalars(select(EqualitySlip))]


def test_five_peoples_answers_become_counts_together(sent, keys):
    for answers in FIVE[:-1]:
        answer(sent(), keys, answers)
        assert counts() == {}
    answer(sent(), keys, FIVE[-1])

    assert counts() == {
        (2026, "sent", "sex", "Female"): 2,
        (2026, "sent", "sex", "Male"): 1,
        (2026, "sent", "sex", PREFER_NOT): 1,
        (2026, "sent", "age", "30 to 34"): 1,
    }
    for answers in FIVE:
        answer(sent(), keys, answers)
    assert counts()[2026, "sent", "sex", "Female"] == 4


def test_no_two_backups_show_what_one_person_answered(sent, keys):
    """From before and after each submission: either no count has moved, or five people's have."""
    applications = [sent() for _ in range(11)]
    backups = [backup()]
    for number, application in enumerate(applications):
        answer(application, keys, {"sex": "Male" if number % 3 else "Female", "religion": "Sikh"})
        backups.append(backup())

    for before, after in zip(backups, backups[1:], strict=False):
        changed = {name for name in after if before[name] != after[name]}
        moved = "equality_count" in changed
        assert changed == {"application", "equality_slip"} | (
            {"equality_count", "equality_box"} if moved else changed & {"equality_box"}
        )
    grown = [sum(one["equality_count"].values()) > 0 for one in backups]
    assert grown.index(True) == limits.EQUALITY_TOGETHER
    assert counts()[2026, "sent", "religion", "Sikh"] == 10
    plain = " ".join(row for one in backups for name in ("application", "equality_slip") for row in one[name])
    assert not any(word in plain for word in ("Sikh", "Male", "Female"))


def test_a_slip_says_nothing_not_even_that_somebody_skipped(sent, keys):
    for answers in ({}, {"sex": "Male"}, {"sex": "Male"}, {"height": "tall"}):
        answer(sent(), keys, answers)

    slips = [sealed for _, sealed in sealed_slips()]
    assert len({len(sealed) for sealed in slips}) == 1
    assert len(set(slips)) == 4


def test_nothing_that_is_kept_opens_a_slip_once_its_box_is_counted(sent, keys):
    for answers in FIVE[:-1]:
        answer(sent(), keys, answers)
    stolen, (box,) = sealed_slips(), keys.names()
    answer(sent(), keys, FIVE[-1])

    assert (sealed_slips(), keys.names(), db.session.query(EqualityBox).count()) == ([], set(), 0)
    with pytest.raises(FileNotFoundError):
        keys.unseal(box, stolen[0][1])
    another = keys.make()
    with pytest.raises(InvalidTag):
        keys.unseal(another, stolen[0][1])


def test_no_column_leads_to_a_person_a_vacancy_a_moment_or_an_order(session):
    inspector = inspect(db.engine)
    for model in ABOUT_EQUALITY:
        table = model.__table__
        assert {key["referred_table"] for key in inspector.get_foreign_keys(table.name)} <= {"equality_box"}
        assert not [column for column in table.columns if isinstance(column.type, DateTime)]
        assert all(column.autoincrement in ("auto", False) and not column.identity for column in table.columns)
    assert {column.name for column in EqualitySlip.__table__.columns} == {"key", "box_key", "sealed"}
    if db.engine.dialect.name == "sqlite":
        made = db.session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'equality_slip'"))
        assert "WITHOUT ROWID" in made
    to_equality = [
        table.name
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name.startswith("equality")
    ]
    assert to_equality == ["equality_slip"]


def test_the_application_keeps_the_same_whether_somebody_answered_or_skipped(sent, keys):
    one, other = sent(), sent()
    answer(one, keys, {"sex": "Male"})
    answer(other, keys, {})

    columns = [name for name in inspect(Application).columns.keys() if "equality" in name]  # noqa: SIM118  not a dict
    assert (
        [getattr(one, name) for name in columns] == [getattr(other, name) for name in columns] == [True, False, False]
    )


def test_each_stage_is_asked_and_counted_apart(sent, keys):
    people = [sent() for _ in range(5)]
    for application in people:
        answer(application, keys, {"sex": "Female"})
        with pytest.raises(Conflict):
            answer(application, keys, {"sex": "Female"})
    for application in people[:4]:
        set_status(application, ApplicationStatus.SHORTLISTED)
        answer(application, keys, {"sex": "Female"})
    set_status(people[0], ApplicationStatus.APPOINTED)
    answer(people[0], keys, {"sex": "Female"})
    assert counts() == {(2026, "sent", "sex", "Female"): 5}
    set_status(people[4], ApplicationStatus.NOT_APPOINTED)
    answer(people[4], keys, {"sex": "Male"})

    assert counts() == {
        (2026, "sent", "sex", "Female"): 5,
        (2026, "shortlisted", "sex", "Female"): 4,
        (2026, "shortlisted", "sex", "Male"): 1,
    }
    assert stage_to_ask(people[0]) is None


def test_a_decision_that_is_not_told_gives_itself_away_nowhere(sent, keys):
    application = sent(ApplicationStatus.SHORTLISTED)
    application.told_status, application.untold_since = ApplicationStatus.SUBMITTED, NOW
    db.session.commit()
    assert stage_to_ask(application) is EqualityStage.SENT
    application.told_status = application.untold_since = None
    db.session.commit()

    assert stage_to_ask(application) is EqualityStage.SHORTLISTED


def test_a_restart_loses_what_waited_and_counting_goes_on(sent, keys, tmp_path):
    for _ in range(4):
        answer(sent(), keys, {"sex": "Male"})
    emptied = MemoryKeys(tmp_path / "after")
    for _ in range(5):
        answer(sent(), emptied, {"sex": "Female"})

    assert counts() == {(2026, "sent", "sex", "Female"): 5}
    assert len(sealed_slips()) == 4
    answer(sent(), emptied, {"sex": "Female"}, now=NOW + timedelta(days=366))
    assert [box for box, _ in sealed_slips()] == [*emptied.names()]


def test_the_keys_are_for_this_account_of_the_machine_alone(keys, tmp_path):
    name = keys.make()

    assert (tmp_path / "memory").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "memory" / name).stat().st_mode & 0o777 == 0o600


def test_a_draft_is_asked_nothing(session, keys):
    with pytest.raises(Conflict):
        answer(factories.ApplicationFactory(), keys, {"sex": "Male"})


def test_nobody_else_answers(sent, keys):
    with pytest.raises(NotAllowed):
        answer(sent(), keys, {"sex": "Male"}, actor=UserFactory().as_actor())
    assert db.session.scalar(select(func.count()).select_from(EqualitySlip)) == 0


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_whatever_is_shown_fits_every_small_number_that_it_may_hide(numbers):
    """Somebody with the view, and all but one of the numbers themselves, learns nothing of the last but its five."""
    view = [shown(number) for number in numbers]

    for place, number in enumerate(numbers):
        low = number // limits.EQUALITY_SHOWN_FROM * limits.EQUALITY_SHOWN_FROM
        for other in range(low, low + limits.EQUALITY_SHOWN_FROM):
            assert [shown(one) for one in (*numbers[:place], other, *numbers[place + 1 :])] == view
    assert all(seen is None or seen >= limits.EQUALITY_SHOWN_FROM for seen in view)


@pytest.mark.parametrize("role", [None, *Role])
def test_only_hr_and_administrators_read_the_figures(session, role):
    actor = UserFactory(roles=[role] if role else []).as_actor()
    if role in (Role.HR, Role.ADMIN):
        assert equality_figures.years(actor) == []
        assert len(equality_figures.figures_of(actor, 2026)) == len(QUESTIONS)
        return
    with pytest.raises(NotAllowed):
        equality_figures.years(actor)
    with pytest.raises(NotAllowed):
        equality_figures.figures_of(actor, 2026)
