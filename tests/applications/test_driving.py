"""A post that needs driving: what is asked, frozen and said to HR; no answer refuses anybody, others are not asked."""

import pytest

from recruit.applications.models import Section
from recruit.applications.personal import EligibilityAnswer, Licence
from recruit.applications.reading import chapters_of
from recruit.review.personal import personal_flags, personal_rows
from tests import factories
from tests.applications.answers import open_vacancy
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
            {"licence": Licence.NO, "has_vehicle": True},  # left from before the licence was changed
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


def test_who_applies_for_another_post_is_not_asked_and_what_was_carried_there_is_not_frozen(session):
    draft = factories.ApplicationFactory(vacancy=open_vacancy())

    assert save(draft, EligibilityAnswer, RIGHT | {"licence": Licence.NO}) == []

    content = frozen(draft)
    assert "licence" not in content[Section.ELIGIBILITY]
    assert personal_flags(content) == []
    assert "driving" not in str(chapters_of(content))
