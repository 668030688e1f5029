"""Eligibility, relationships and support at interview: what is missing, what is frozen, what HR is told."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from recruit.applications import queries, sections_personal
from recruit.applications.models import Application, Section
from recruit.applications.personal import EligibilityAnswer, RelationshipAnswer, SupportAnswer, WorksHere
from recruit.applications.reading import chapters_of
from recruit.applications.saving import Entered, SavedElsewhere, version_of
from recruit.applications.snapshot import snapshot_of
from recruit.core.db import db
from recruit.core.errors import Conflict, NotAllowed
from recruit.core.transaction import transaction
from recruit.review.personal import personal_flags, personal_rows
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.schemes import Scheme, schemes_in
from tests import factories
from tests.applications.answers import complete_application, open_vacancy
from tests.factories import NOW

RIGHT = {"right_to_work": True, "needs_sponsorship": False, "works_here": WorksHere.NO}
BY_AGENCY = RIGHT | {"works_here": WorksHere.AGENCY, "agency": "Fernway"}


@pytest.fixture
def draft(session) -> Application:
    """A draft for a vacancy that is open at NOW."""
    return factories.ApplicationFactory(vacancy=open_vacancy())


def save(
    application: Application, model: type[Any], values: Mapping[str, Any], *, seen: str = "", now=NOW
) -> list[str]:
    """Save a section as its candidate, finished; return what is wrong as fields."""
    actor, entered = application.candidate.as_actor(), Entered(values, seen, finished=True)
    with transaction():
        if model is SupportAnswer:
            offered = (Scheme.ARMED_FORCES, Scheme.DISABILITY_CONFIDENT)
            found = sections_personal.save_support(actor, application, entered, offered=offered, now=now)
        else:
            found = sections_personal.save_personal(actor, application, model, entered, now=now)
    return [problem.field for problem in found]


def frozen(application: Application) -> dict[str, Any]:
    return snapshot_of(queries.answers_of(application))


@pytest.mark.parametrize(
    ("model", "values", "missing"),
    [
        (EligibilityAnswer, {}, ["right_to_work", "needs_sponsorship", "works_here"]),
        (EligibilityAnswer, RIGHT, []),
        (EligibilityAnswer, RIGHT | {"right_to_work": False, "needs_sponsorship": True}, []),
        (EligibilityAnswer, RIGHT | {"works_here": WorksHere.EMPLOYEE}, []),
        (EligibilityAnswer, RIGHT | {"works_here": WorksHere.AGENCY}, ["agency"]),
        (EligibilityAnswer, RIGHT | {"works_here": WorksHere.AGENCY, "agency": "Fernway"}, []),
        (EligibilityAnswer, BY_AGENCY | {"here_since": date(2026, 3, 1)}, []),
        (EligibilityAnswer, BY_AGENCY | {"here_since": NOW.date().replace(day=1)}, []),
        (EligibilityAnswer, BY_AGENCY | {"here_since": date(NOW.year + 1, 1, 1)}, ["here_since"]),
        (EligibilityAnswer, RIGHT | {"here_since": date(NOW.year + 1, 1, 1)}, []),
        (RelationshipAnswer, {}, ["is_related"]),
        (RelationshipAnswer, {"is_related": False}, []),
        (RelationshipAnswer, {"is_related": True}, ["details"]),
        (RelationshipAnswer, {"is_related": True, "details": "word " * 151}, ["details"]),
        (RelationshipAnswer, {"is_related": True, "details": "word " * 150}, []),
        (SupportAnswer, {}, []),
        (SupportAnswer, {"needs_adjustments": False}, []),
        (SupportAnswer, {"needs_adjustments": True}, ["adjustments"]),
        (SupportAnswer, {"needs_adjustments": True, "adjustments": "word " * 151}, ["adjustments"]),
        (SupportAnswer, {"needs_adjustments": True, "adjustments": "A lift"}, []),
    ],
)
def test_only_what_is_missing_keeps_a_section_unfinished(draft: Application, model, values, missing: list[str]):
    assert save(draft, model, values) == missing

    assert queries.state_of(draft, sections_personal.SECTIONS[model]).is_complete is not bool(missing)
    row = queries.personal_of(draft, model)
    assert {name: getattr(row, name) for name in values} == values


@pytest.mark.parametrize("model", [EligibilityAnswer, RelationshipAnswer, SupportAnswer])
def test_nobody_else_saves_and_nothing_is_saved_after_sending_or_closing(draft: Application, model):
    stranger = factories.UserFactory().as_actor()
    with pytest.raises(NotAllowed), transaction():
        sections_personal.save_personal(stranger, draft, model, Entered(), now=NOW)
    with pytest.raises(Conflict, match=r"^This vacancy closed at"):
        save(draft, model, {}, now=draft.vacancy.closes_at)
    draft.status, draft.submitted_at, draft.due_at = ApplicationStatus.SUBMITTED, NOW, NOW
    db.session.commit()
    with pytest.raises(Conflict, match=r"^You have sent this application"):
        save(draft, model, {})


def test_another_window_is_not_overwritten(draft: Application):
    save(draft, SupportAnswer, {"schemes": ["armed-forces"]})
    seen = version_of(queries.personal_of(draft, SupportAnswer))
    save(draft, SupportAnswer, {"schemes": []}, seen=seen)

    with pytest.raises(SavedElsewhere):
        save(draft, SupportAnswer, {"schemes": ["disability-confident"]}, seen=seen)

    assert queries.personal_of(draft, SupportAnswer).schemes == []


def test_only_schemes_that_are_offered_are_kept_in_our_order(draft: Application):
    save(draft, SupportAnswer, {"schemes": ["care-leavers", "armed-forces", "disability-confident", "\ud800", "x"]})

    assert queries.personal_of(draft, SupportAnswer).schemes == ["disability-confident", "armed-forces"]


def test_what_stands_under_another_answer_is_frozen_with_that_answer_only(draft: Application):
    save(draft, EligibilityAnswer, RIGHT | {"agency": "Fernway"})
    save(draft, RelationshipAnswer, {"is_related": False, "details": "My aunt"})
    save(draft, SupportAnswer, {"needs_adjustments": False, "adjustments": "My knee"})

    content = frozen(draft)

    assert content[Section.ELIGIBILITY] == {
        "right_to_work": True, "needs_sponsorship": False, "works_here": "no", "agency": "", "hours_wanted": "",
    }  # fmt: skip
    assert content[Section.RELATIONSHIPS] == {"is_related": False, "details": ""}
    assert content[Section.SUPPORT] == {"needs_adjustments": False, "adjustments": "", "schemes": []}


def test_the_candidate_reads_what_they_said(draft: Application):
    save(draft, EligibilityAnswer, RIGHT | {"works_here": WorksHere.AGENCY, "agency": "Fernway", "hours_wanted": "20"})
    save(draft, RelationshipAnswer, {"is_related": True, "details": "My aunt"})
    save(draft, SupportAnswer, {"needs_adjustments": True, "adjustments": "A lift", "schemes": ["armed-forces"]})

    chapters = {one.title: [(line.question, line.answer) for line in one.parts[0].lines]
                for one in chapters_of(frozen(draft)) if one.parts}  # fmt: skip

    assert chapters["Eligibility"] == [
        ("Right to work in the UK", "Yes"),
        ("Needs a sponsor for a visa", "No"),
        ("Works for the council now", "Yes, through an agency"),
        ("Agency", "Fernway"),
        ("Hours wanted", "20"),
    ]
    assert chapters["Support at interview"] == [
        ("Adjustments for an interview", "Yes"),
        ("What would help", "A lift"),
        ("Interview schemes", "Armed Forces Covenant"),
    ]
    assert chapters["Relationships"] == [
        ("Related or close to a councillor or an employee", "Yes"),
        ("Who it is, and how they know them", "My aunt"),
    ]


def test_what_was_sent_before_the_sections_were_asked_is_shown_without_them(draft: Application):
    content = frozen(complete_application(draft))
    asked = (Section.ELIGIBILITY, Section.SUPPORT, Section.RELATIONSHIPS)
    old = {key: value for key, value in content.items() if key not in asked}

    assert [chapter.section for chapter in chapters_of(old)] == [one for one in Section if one not in asked]
    assert [personal_rows(old, section) for section in asked] == [[], [], []]
    assert personal_flags(old) == []


def test_usual_answers_are_no_flag(draft: Application):
    assert personal_flags(frozen(complete_application(draft))) == []


@pytest.mark.parametrize(
    ("section", "answers", "flag"),
    [
        ("eligibility", {"right_to_work": False}, "Says that they do not have the right to work in the UK."),
        ("eligibility", {"needs_sponsorship": True}, "Needs a sponsor for a visa, now or later."),
        ("eligibility", {"works_here": "employee"}, "Works for the council now."),
        ("eligibility", {"works_here": "agency", "agency": "Fernway"}, "Works here now through an agency, Fernway."),
        ("relationships", {"is_related": True}, "Related or close to a councillor or an employee."),
        ("interview-support", {"needs_adjustments": True}, "Needs adjustments for an interview."),
        ("interview-support", {"schemes": ["disability-confident"]}, "Applies under Disability Confident."),
    ],
)
def test_hr_is_told_what_to_look_at(section: str, answers: dict[str, Any], flag: str):
    (found,) = personal_flags({section: answers})
    assert found.startswith(flag)


def test_schemes_are_named_by_the_setting():
    assert schemes_in("") == ()
    assert schemes_in(" care-leavers,disability-confident ,") == (Scheme.DISABILITY_CONFIDENT, Scheme.CARE_LEAVERS)
    with pytest.raises(ValueError, match=r"or empty; not disability confident$"):
        schemes_in("disability confident")


def test_sections_are_saved_at_their_moment(draft: Application):
    later = NOW + timedelta(hours=1)
    save(draft, RelationshipAnswer, {"is_related": False}, now=later)
    assert queries.state_of(draft, Section.RELATIONSHIPS).saved_at == later
