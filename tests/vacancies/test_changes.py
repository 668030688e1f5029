"""When public vacancies changed."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from recruit.core.errors import NotFound
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.changes import last_changes, list_changed_at, public_slug
from recruit.vacancies.models import Vacancy, VacancyEvent
from tests.factories import NOW, VacancyFactory

DAY = timedelta(days=1)


def published(**kwargs) -> Vacancy:
    return VacancyFactory(published=True, **{"opens_at": NOW - 3 * DAY, "closes_at": NOW + DAY, **kwargs})


def event(session: Session, vacancy: Vacancy, at, target: str = "published") -> None:
    session.add(VacancyEvent(vacancy_id=vacancy.id, source="published", target=target, at=at))
    session.commit()


def test_an_open_vacancy_changed_when_it_opened_or_was_mended(session: Session):
    plain, scheduled, mended = published(), published(), published()
    event(session, scheduled, NOW - 9 * DAY)
    event(session, mended, NOW - 2 * DAY)
    event(session, mended, NOW - DAY)

    found = last_changes(NOW)

    opened = NOW - 3 * DAY
    assert found == {plain.id: opened, scheduled.id: opened, mended.id: NOW - DAY}
    assert last_changes(NOW, [plain.id]) == {plain.id: opened}
    assert last_changes(NOW, []) == {}


def test_what_is_not_open_is_not_there(session: Session):
    VacancyFactory()
    published(opens_at=NOW + timedelta(seconds=1))
    published(closes_at=NOW)
    published(status=VacancyStatus.CANCELLED)

    assert last_changes(NOW) == {}


def test_the_list_changed_when_somebody_did_something_or_one_closed(session: Session):
    assert list_changed_at(NOW) is None
    one = published(closes_at=NOW - DAY)
    published(closes_at=NOW + timedelta(seconds=1))
    assert list_changed_at(NOW) == NOW - DAY
    event(session, one, NOW, "cancelled")
    assert list_changed_at(NOW) == NOW


def test_a_reference_leads_to_what_has_opened(session: Session):
    open_one = published(reference="CSW-0042", slug="this")
    closed = published(closes_at=NOW)
    draft, later = VacancyFactory(), published(opens_at=NOW + timedelta(seconds=1))

    assert public_slug("CSW-0042", now=NOW) == "this"
    assert public_slug(closed.reference, now=NOW) == closed.slug
    for reference in (draft.reference, later.reference, "CSW-0001", open_one.slug, ""):
        with pytest.raises(NotFound):
            public_slug(reference, now=NOW)


@pytest.mark.parametrize("vacancies", [1, 3])
def test_each_is_one_query(session: Session, queries: list[str], vacancies: int):
    for _ in range(vacancies):
        published()
    queries.clear()

    last_changes(NOW)
    list_changed_at(NOW)

    assert len(queries) == 2
