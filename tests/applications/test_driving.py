"""A post that needs driving: what is asked, frozen and said to HR; no answer refuses anybody, others are not asked."""

import pytest
from sqlalchemy.exc import IntegrityError

from recruit.applications import queries
from recruit.applications.models import Section
from recruit.applications.personal import EligibilityAnswer, Licence
from recruit.applications.reading import chapters_of
from recruit.applications.saving import version_of
from recruit.applications.service import start_application
from recruit.core.transaction import transaction
from recruit.review.personal import personal_flags, personal_rows
from tests import factories
from tests.applications.answers import complete_application, open_vacancy
from tests.applications.test_personal import RIGHT, frozen, save

BY_LAW = "It does not count against them"


@pytest.mark.parametrize(
    ("answers", "missing", "rows", "flag"),
    [
        ({}, ["licence"], [("Full driving licence", "Not answered")], ""),
        (
            {"licence": Licence.YES},
            ["has_vehicle"],
            [("Full driving licence", "Yes"), ("Use of a car for work", "Not answered")],
            "",
        ),
        (
            {"licence": Licence.YES, "has_vehicle": True},
            [],
            [("Full driving licence", "Yes"), ("Use of a car for work", "Yes")],
            "",
        ),
        (
            {"licence": Licence.YES, "has_vehicle": False},
            [],
            [("Full driving licence", "Yes"), ("Use of a car for work", "No")],
            "Has a driving licence and no use of a car",
        ),
        (
            {"licence": Licence.NO, "has_vehicle": True},  # ticked before the licence was changed
            [],
            [("Full driving licence", "No")],
            "Has no full driving licence",
        ),
        (
            {"licence": Licence.ADJUSTMENT},
            [],
            [("Full driving licence", "Needs an adjustment because of a disability")],
            BY_LAW,
        ),
    ],
)
def test_what_is_asked_frozen_and_looked_at(session, answers, missing: list[str], rows, flag: str):
    draft = factories.ApplicationFactory(vacancy=open_vacancy(driving_required=True))

    assert save(draft, EligibilityAnswer, RIGHT | answers) == missing

    content = frozen(draft)
    assert personal_rows(content, Section.ELIGIBILITY)[-len(rows) :] == rows
    flags = personal_flags(content)
    assert len(flags) == bool(flag)
    assert flag in "".join(flags)


def answers_of(application) -> tuple[Licence | None, bool | None]:
    row = queries.personal_of(application, EligibilityAnswer)
    return row.licence, row.has_vehicle


@pytest.mark.parametrize(
    ("then", "kept"),
    [
        ({"licence": Licence.YES}, (Licence.YES, True)),
        ({"licence": Licence.NO}, (Licence.NO, None)),
        ({"licence": Licence.ADJUSTMENT, "has_vehicle": False}, (Licence.ADJUSTMENT, None)),
        ({"licence": None, "has_vehicle": True}, (None, None)),
        ({"has_vehicle": False}, (Licence.YES, False)),
        ({}, (Licence.YES, True)),
    ],
)
def test_a_car_goes_with_a_licence(session, then, kept):
    draft = factories.ApplicationFactory(vacancy=open_vacancy(driving_required=True))
    save(draft, EligibilityAnswer, RIGHT | {"licence": Licence.YES, "has_vehicle": True})

    seen = version_of(queries.personal_of(draft, EligibilityAnswer))
    save(draft, EligibilityAnswer, RIGHT | then, seen=seen)

    assert answers_of(draft) == kept
    save(draft, EligibilityAnswer, RIGHT | then, seen=seen)  # a second click


@pytest.mark.parametrize("licence", [None, Licence.NO, Licence.ADJUSTMENT])
def test_the_database_has_no_car_without_a_licence(session, licence):
    draft = factories.ApplicationFactory()
    session.add(EligibilityAnswer(application_id=draft.id, licence=licence, has_vehicle=False))

    with pytest.raises(IntegrityError, match="vehicle_with_licence"):
        session.flush()


@pytest.mark.parametrize(("is_asked", "kept"), [(True, (Licence.YES, True)), (False, (None, None))])
def test_driving_is_carried_only_to_posts_that_need_it(session, is_asked, kept):
    last = complete_application(factories.ApplicationFactory(vacancy=open_vacancy(driving_required=True)))
    candidate = last.candidate

    with transaction():
        vacancy = open_vacancy(driving_required=is_asked)
        again = start_application(candidate.as_actor(), candidate, vacancy, now=factories.NOW)

    assert answers_of(again) == kept
    assert queries.personal_of(again, EligibilityAnswer).right_to_work is True


def test_who_applies_for_another_post_is_not_asked_and_what_was_carried_there_is_not_frozen(session):
    draft = factories.ApplicationFactory(vacancy=open_vacancy())

    assert save(draft, EligibilityAnswer, RIGHT | {"licence": Licence.NO}) == []

    content = frozen(draft)
    assert "licence" not in content[Section.ELIGIBILITY]
    assert personal_flags(content) == []
    assert "driving" not in str(chapters_of(content))
