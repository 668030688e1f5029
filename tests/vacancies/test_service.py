"""Writing and publishing vacancies."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from recruit.core.calendar import closing_moment, london_moment
from recruit.core.counters import public_revision
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.rules.access import Actor, Role
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies import approval, criteria_sets, drafting, revisions, service
from recruit.vacancies.details import CriterionText, Terms, Wording, wording_of
from recruit.vacancies.models import Criterion, CriterionKind, Team, Vacancy, VacancyEvent
from recruit.vacancies.readiness import NotReady, worth_a_look
from recruit.vacancies.writing_models import CriteriaSet
from tests import factories
from tests.factories import NOW

WORDS = Wording(
    title="Social worker, assessment team",
    summary="Meet families first.",
    description="You meet families first.",
    workplace="Civic Centre",
    caseload_typical=15,
    caseload_maximum=18,
    supervision="every 4 weeks",
    promise_source="Team performance report",
    promise_as_of=date(2026, 3, 1),
    contact_role="Team manager",
    contact_email="assessment@demo.example",
    interview_on=date(2026, 4, 21),
)
ESSENTIAL = CriterionText(CriterionKind.ESSENTIAL, "Assesses the needs of children")
DESIRABLE = CriterionText(CriterionKind.DESIRABLE, "Knows the family court")
TOO_SHORT = "The closing date must be at least 7 days after the vacancy opens"
TOO_LONG = "The closing date must be at most 366 days after the vacancy opens"
TOO_LATE = "The opening date has passed: choose to open now, or a later date"
NO_PROMISE = {
    "caseload_typical": None,
    "caseload_maximum": None,
    "supervision": "",
    "promise_source": "",
    "promise_as_of": None,
}
CLOSES_AT = closing_moment(date(2026, 4, 7))


@pytest.fixture
def actor(session) -> Actor:
    team = factories.TeamFactory()
    user = factories.UserFactory(name="Robin Carter", roles=[Role.RECRUITER])
    return user.as_actor(frozenset({team.id}))


@pytest.fixture
def terms(actor: Actor) -> Terms:
    return Terms(
        team_id=min(actor.team_ids),
        grade_id=factories.GradeFactory().id,
        pay_table_id=factories.PayTableFactory().id,
        closes_at=CLOSES_AT,
        criteria=(DESIRABLE, ESSENTIAL),
    )


@pytest.fixture
def draft(actor: Actor, terms: Terms) -> Vacancy:
    with transaction():
        return service.create_vacancy(actor, WORDS, terms, now=NOW)


@pytest.fixture
def published(actor: Actor, draft: Vacancy) -> Vacancy:
    _publish(actor, draft)
    return draft


def _publish(actor: Actor, vacancy: Vacancy, now: datetime = NOW) -> None:
    """Send the vacancy, and have it approved by somebody in HR."""
    officer = factories.UserFactory(name="Harper Reed", roles=[Role.HR]).as_actor()
    with transaction():
        approval.send_for_approval(actor, vacancy, now=now)
    with transaction():
        approval.approve_vacancy(officer, vacancy, seen_version=vacancy.version, now=now)


def _edit(
    actor: Actor, vacancy: Vacancy, wording: Wording, terms: Terms | None = None, seen: int | None = None
) -> None:
    with transaction():
        seen_version = vacancy.version if seen is None else seen
        service.edit_vacancy(actor, vacancy, wording, terms, seen_version=seen_version, now=NOW)


def _events() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(select(VacancyEvent).order_by(VacancyEvent.id))
    return [(event.source, event.target, event.reason) for event in rows]


def test_a_new_vacancy_is_a_draft_with_the_next_reference(actor: Actor, terms: Terms, session):
    with transaction():
        first = service.create_vacancy(actor, WORDS, terms, now=NOW)
        second = service.create_vacancy(actor, WORDS, terms, now=NOW)

    assert [(v.reference, v.slug, v.status) for v in (first, second)] == [
        ("CSW-0001", "social-worker-assessment-team-0001", VacancyStatus.DRAFT),
        ("CSW-0002", "social-worker-assessment-team-0002", VacancyStatus.DRAFT),
    ]
    assert (first.author_id, first.created_at, wording_of(first)) == (actor.user_id, NOW, WORDS)
    assert service.terms_of(first) == replace(terms, criteria=(ESSENTIAL, DESIRABLE))
    assert [criterion.position for criterion in first.criteria] == [1, 2]


def test_a_draft_needs_a_title_a_team_and_a_grade_only(actor: Actor, terms: Terms):
    with transaction():
        vacancy = service.create_vacancy(
            actor, Wording(title="…"), Terms(team_id=terms.team_id, grade_id=terms.grade_id), now=NOW
        )

    assert (vacancy.slug, vacancy.closes_at, vacancy.criteria) == ("0001", None, [])


def test_a_very_long_title_makes_a_slug_that_fits(actor: Actor, terms: Terms):
    with transaction():
        vacancy = service.create_vacancy(actor, replace(WORDS, title="Wordy " * 33), terms, now=NOW)

    assert len(vacancy.slug) <= 120
    assert vacancy.slug.endswith("-wordy-0001")


def test_nobody_writes_for_a_team_that_is_not_theirs(actor: Actor, terms: Terms, draft: Vacancy):
    other = factories.TeamFactory()

    with pytest.raises(NotAllowed), transaction():
        service.create_vacancy(actor, WORDS, replace(terms, team_id=other.id), now=NOW)
    with pytest.raises(NotAllowed):
        _edit(actor, draft, WORDS, replace(terms, team_id=other.id))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RECRUITER}))
def test_only_recruiters_write_send_and_delete(actor: Actor, terms: Terms, draft: Vacancy, role: Role):
    other = Actor(actor.user_id, frozenset({role}), actor.team_ids)

    for attempt in (
        lambda: service.create_vacancy(other, WORDS, terms, now=NOW),
        lambda: service.copy_vacancy(other, draft, now=NOW),
        lambda: service.edit_vacancy(other, draft, WORDS, terms, seen_version=draft.version, now=NOW),
        lambda: approval.send_for_approval(other, draft, now=NOW),
        lambda: service.cancel_vacancy(other, draft, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.parametrize("part", ["grade_id", "pay_table_id"])
def test_what_is_not_there_cannot_be_chosen(actor: Actor, terms: Terms, part: str):
    with pytest.raises(NotFound), transaction():
        service.create_vacancy(actor, WORDS, replace(terms, **{part: 10**15}), now=NOW)


def test_a_vacancy_closes_after_it_opens(actor: Actor, terms: Terms):
    with pytest.raises(Incomplete, match=r"^The closing date must be after the opening date$"), transaction():
        service.create_vacancy(actor, WORDS, replace(terms, opens_at=CLOSES_AT), now=NOW)


def test_there_are_at_most_12_essential_criteria(actor: Actor, terms: Terms):
    many = tuple(CriterionText(CriterionKind.ESSENTIAL, f"Criterion {number}") for number in range(13))

    with transaction():
        service.create_vacancy(actor, WORDS, replace(terms, criteria=(*many[:12], DESIRABLE)), now=NOW)
    with pytest.raises(Incomplete, match=r"^There can be at most 12 essential criteria$"), transaction():
        service.create_vacancy(actor, WORDS, replace(terms, criteria=many), now=NOW)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((replace(ESSENTIAL, text=" "),), "Enter the criterion"),
        ((replace(ESSENTIAL, text="w" * 301),), "Criterion must be 300 characters or fewer"),
        ((ESSENTIAL, replace(DESIRABLE, text=ESSENTIAL.text.upper())), "This criterion is there already"),
        (tuple(replace(DESIRABLE, text=f"Line {n}") for n in range(13)), "There can be at most 12 desirable criteria"),
    ],
)
@pytest.mark.parametrize("writer", ["draft", "part", "change", "set", "kept set"])
def test_criteria_that_cannot_be_are_kept_nowhere(actor: Actor, terms: Terms, published, lines, reason, writer: str):
    team = db.session.get_one(Team, terms.team_id)
    with transaction():
        draft = service.create_vacancy(actor, WORDS, terms, now=NOW)
        change = revisions.start_revision(actor, published, now=NOW)
        kept = criteria_sets.keep_set(actor, team, "Usual", [ESSENTIAL], is_shared=False, now=NOW)
    writers: dict[str, Callable[[], object]] = {
        "draft": lambda: service.create_vacancy(actor, WORDS, replace(terms, criteria=lines), now=NOW),
        "part": lambda: drafting.save_criteria(actor, draft, lines, seen_version=draft.version, now=NOW),
        "change": lambda: revisions.change_criteria(actor, change, lines, seen_version=change.version),
        "set": lambda: criteria_sets.change_set(actor, kept, lines, seen_version=kept.version, now=NOW),
        "kept set": lambda: criteria_sets.keep_set(actor, team, "Other", lines, is_shared=False, now=NOW),
    }

    with pytest.raises(Incomplete, match=f"^{reason}$"), transaction():
        writers[writer]()


def test_a_team_has_one_set_of_a_name_until_it_is_retired(actor: Actor, terms: Terms):
    team = db.session.get_one(Team, terms.team_id)
    with transaction():
        first = criteria_sets.keep_set(actor, team, "Usual", [ESSENTIAL], is_shared=False, now=NOW)

    with pytest.raises(Incomplete, match="Your team has a set of this name"), transaction():
        criteria_sets.keep_set(actor, team, "usual", [ESSENTIAL], is_shared=True, now=NOW)
    other = CriteriaSet(team_id=team.id, author_id=actor.user_id, name="Usual", is_shared=True, lines=[])
    other.created_at = other.changed_at = NOW
    db.session.add(other)  # as if somebody kept theirs at the same moment
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    with transaction():
        criteria_sets.retire_set(actor, first, seen_version=first.version, now=NOW)
        db.session.flush()
        criteria_sets.keep_set(actor, team, "Usual", [ESSENTIAL], is_shared=False, now=NOW)


def test_full_time_is_the_whole_week(actor: Actor, terms: Terms):
    fewer = replace(terms, weekly_hours=Decimal("36.99"))

    with pytest.raises(Incomplete, match=r"^Hours a week must be 37 while full time is selected$"), transaction():
        service.create_vacancy(actor, WORDS, fewer, now=NOW)
    with pytest.raises(IntegrityError, match="full_time_hours"):
        factories.VacancyFactory(weekly_hours=Decimal("36.99"))
    db.session.rollback()
    with transaction():
        service.create_vacancy(actor, WORDS, replace(fewer, full_time=False, part_time=True), now=NOW)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"weekly_hours": Decimal("-22.2")}, "weekly_hours"),
        ({"weekly_hours": Decimal(0)}, "weekly_hours"),
        ({"weekly_hours": Decimal("37.01")}, "weekly_hours"),
        ({"paid_weeks": Decimal("19.99")}, "paid_weeks"),
        ({"posts": 0}, "posts"),
        ({"posts": 51}, "posts"),
        ({"full_time": False, "part_time": False}, "some_hours"),
    ],
)
def test_the_database_keeps_no_post_that_nobody_could_work(session, values: dict[str, Any], rule: str):
    with pytest.raises(IntegrityError, match=rule):
        factories.VacancyFactory(**{"full_time": False, "part_time": True, **values})
    db.session.rollback()


def test_all_of_a_draft_can_be_changed_and_its_address_follows_its_title(actor: Actor, terms: Terms, draft: Vacancy):
    other = replace(terms, posts=3, closes_at=None, criteria=(CriterionText(CriterionKind.ESSENTIAL, "Listens"),))

    _edit(actor, draft, replace(WORDS, title="Senior social worker"), other)

    assert (draft.slug, draft.posts, draft.closes_at) == ("senior-social-worker-0001", 3, None)
    assert [criterion.text for criterion in draft.criteria] == ["Listens"]
    assert db.session.scalar(select(func.count()).select_from(Criterion)) == 1
    assert _events() == [("draft", "draft", "Draft started"), ("draft", "draft", "Draft saved")]


def test_the_second_of_two_is_told_who_saved_and_when(actor: Actor, terms: Terms, draft: Vacancy):
    seen = draft.version
    _edit(actor, draft, WORDS, replace(terms, criteria=(ESSENTIAL,)), seen)

    with pytest.raises(Conflict) as refusal:
        _edit(actor, draft, replace(WORDS, title="Mine"), terms, seen)

    assert str(refusal.value) == (
        "Robin Carter saved this vacancy at 9:30am on Tuesday 10 March 2026, after you opened it."
        " Nothing of yours was saved over theirs."
    )
    assert draft.title == WORDS.title


def test_publication_takes_pay_from_the_grade_and_the_chosen_table(actor: Actor, published: Vacancy):
    assert (published.status, published.opens_at, published.published_at) == (VacancyStatus.PUBLISHED, NOW, NOW)
    assert (published.point_min, published.point_max) == (24, 33)
    assert (published.salary_min_pence, published.salary_max_pence) == (28_672_00, 36_922_00)
    assert _events()[-1] == ("awaiting_approval", "published", "")
    assert published.is_open(NOW)


def test_a_later_change_of_the_grade_rewrites_no_advert(published: Vacancy, session):
    published.grade.point_max = 30
    session.commit()

    assert (published.point_max, published.salary_max_pence) == (33, 36_922_00)


def test_publication_renews_the_public_pages(actor: Actor, draft: Vacancy):
    before = public_revision()

    _publish(actor, draft)

    assert public_revision() > before


def test_a_scheduled_vacancy_opens_on_its_day(actor: Actor, terms: Terms, draft: Vacancy):
    opens_at = london_moment(date(2026, 3, 20), time(0))
    _edit(actor, draft, WORDS, replace(terms, opens_at=opens_at))

    _publish(actor, draft)

    assert draft.opens_at == opens_at
    assert not draft.is_public(NOW)
    assert draft.is_public(opens_at)


def test_a_vacancy_scheduled_for_today_opens_at_once(actor: Actor, terms: Terms, draft: Vacancy):
    _edit(actor, draft, WORDS, replace(terms, opens_at=london_moment(date(2026, 3, 10), time(0))))

    _publish(actor, draft)

    assert draft.opens_at == NOW


def test_the_welcome_payment_is_the_version_in_force_at_publication(actor: Actor, terms: Terms, draft: Vacancy):
    scheme = factories.WelcomeSchemeFactory()
    factories.WelcomeSchemeVersionFactory(scheme=scheme, number=1, valid_from=date(2026, 1, 1))
    _edit(actor, draft, WORDS, replace(terms, has_welcome_payment=True))
    newer = factories.WelcomeSchemeVersionFactory(scheme=scheme, number=2, valid_from=date(2026, 3, 11))

    _publish(actor, draft, NOW + timedelta(days=1))

    assert draft.welcome_id == newer.id


def test_without_a_welcome_payment_in_force_none_is_promised(actor: Actor, terms: Terms, draft: Vacancy):
    with pytest.raises(Incomplete) as refusal:
        _edit(actor, draft, WORDS, replace(terms, has_welcome_payment=True))

    assert str(refusal.value) == "No welcome payment is in force today, so a vacancy cannot come with one."


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        ({"summary": ""}, ["Enter the summary"]),
        ({"description": ""}, ["Enter the description"]),
        ({"workplace": ""}, ["Enter the workplace"]),
        ({"contact_role": ""}, ["Enter who candidates can talk to"]),
        ({"contact_email": ""}, ["Enter an email address or a phone number for an informal chat"]),
        ({"contact_email": "", "contact_phone": "01632 960 100"}, []),
        ({"promise_source": ""}, ["Enter where the figures for caseload and supervision come from"]),
        ({"promise_as_of": None}, ["Enter the date of the figures for caseload and supervision"]),
        ({"promise_as_of": date(2026, 3, 11)}, ["The date of the figures must be today or in the past"]),
        ({"promise_as_of": date(2026, 3, 10)}, []),
        ({"caseload_maximum": None}, ["Enter the most cases beside the typical caseload"]),
        ({"caseload_typical": None}, ["Enter the typical caseload beside the most cases"]),
        (NO_PROMISE, []),
        ({"interview_on": date(2026, 4, 7)}, ["The interview date must be after the closing date"]),
        ({"interview_on": date(2026, 4, 8)}, []),
        ({"interview_on": None}, []),
    ],
)  # fmt: skip
def test_the_wording_is_whole_before_publication_and_after(
    actor: Actor, terms: Terms, draft: Vacancy, words: dict[str, Any], messages: list[str]
):
    wording = replace(WORDS, **words)
    _edit(actor, draft, wording, terms)

    assert _refused(lambda: _publish(actor, draft)) == messages

    if messages:
        _edit(actor, draft, WORDS, terms)
        _publish(actor, draft)
    assert _refused(lambda: _edit(actor, draft, wording)) == messages


@pytest.mark.parametrize(
    ("changed", "messages"),
    [
        ({"pay_table_id": None}, []),
        ({"criteria": (DESIRABLE,)}, ["Enter at least 1 essential criterion"]),
        ({"criteria": (ESSENTIAL,)}, []),
        ({"closes_at": None}, ["Enter the closing date"]),
        ({"closes_at": NOW}, ["The closing date must be in the future"]),
        ({"closes_at": NOW + timedelta(days=7, seconds=-1)}, [TOO_SHORT]),
        ({"closes_at": NOW + timedelta(days=7)}, []),
        ({"opens_at": london_moment(date(2026, 4, 2), time(0))}, [TOO_SHORT]),
        ({"opens_at": london_moment(date(2026, 3, 24), time(0)), "closes_at": closing_moment(date(2026, 3, 30))}, []),
        ({"closes_at": NOW + timedelta(days=366, hours=-1)}, []),
        ({"closes_at": NOW + timedelta(days=367)}, [TOO_LONG]),
        ({"opens_at": london_moment(date(2026, 3, 9), time(0))}, [TOO_LATE]),
    ],
)  # fmt: skip
def test_dates_pay_and_criteria_are_checked_before_approval(
    actor: Actor, terms: Terms, draft: Vacancy, changed: dict[str, Any], messages: list[str]
):
    _edit(actor, draft, replace(WORDS, interview_on=None), replace(terms, **changed))

    assert _refused(lambda: _publish(actor, draft)) == messages


def _refused(attempt: Any) -> list[str]:
    try:
        attempt()
    except NotReady as refusal:
        return [finding.message for finding in refusal.findings]
    return []


def test_a_pay_table_that_lacks_a_point_publishes_nothing(actor: Actor, terms: Terms, draft: Vacancy):
    grade = factories.GradeFactory(code="TM", title="Team manager", point_min=36, point_max=37)
    _edit(actor, draft, WORDS, replace(terms, grade_id=grade.id))

    with pytest.raises(Incomplete) as refusal:
        _publish(actor, draft)

    assert (
        str(refusal.value) == "The pay table of 1 April 2020 has no point 37, so it cannot pay the grade Team manager."
    )
    assert draft.status is VacancyStatus.DRAFT


def test_days_that_are_not_working_days_are_pointed_out_and_allowed(actor: Actor, terms: Terms, draft: Vacancy):
    words = replace(WORDS, interview_on=date(2026, 4, 11), promise_as_of=date(2025, 12, 1))
    _edit(actor, draft, words, replace(terms, closes_at=closing_moment(date(2026, 4, 3))))

    assert [finding.message for finding in worth_a_look(draft, now=NOW)] == [
        "Friday 3 April 2026 is a bank holiday: nobody may be here to help candidates on the last day",
        "The interviews are on Saturday 11 April 2026, not a working day",
        "Candidates hear by Monday 20 April 2026 and are promised 5 working days’ notice,"
        " so interviews before Monday 27 April 2026 may come too soon for some",
        "The figures for caseload and supervision are more than 90 days old",
    ]
    _publish(actor, draft)


def test_words_that_keep_people_from_applying_are_pointed_at_and_allowed(actor: Actor, terms: Terms, draft: Vacancy):
    words = replace(WORDS, summary="A young team.", description="He or she leads, prior to court.")
    criterion = CriterionText(CriterionKind.ESSENTIAL, "Has a driving licence")
    _edit(actor, draft, words, replace(terms, criteria=(criterion,)))

    found = [finding for finding in worth_a_look(draft, now=NOW) if finding.message.startswith("“")]

    assert [finding.field for finding in found] == ["summary", "description", "description", "criteria"]
    assert found[0].message == "“young” in the summary suggests an age: say what the work asks for"
    assert found[3].message.startswith("“driving licence” in the criteria leaves out people who cannot drive")
    _publish(actor, draft)


def test_the_wording_of_a_published_vacancy_can_change_and_its_address_stays(actor: Actor, published: Vacancy):
    slug = published.slug

    _edit(actor, published, replace(WORDS, title="Social worker", contact_phone="01632 960 100"))

    assert (published.title, published.slug) == ("Social worker", slug)
    assert _events()[-1] == ("published", "published", "Changed: title, contact phone")


def test_saving_a_published_vacancy_unchanged_is_no_event(actor: Actor, published: Vacancy):
    before = _events()

    _edit(actor, published, WORDS)

    assert _events() == before


def test_the_terms_of_a_published_vacancy_are_settled(actor: Actor, terms: Terms, published: Vacancy):
    with pytest.raises(Conflict, match="^This vacancy has been published"):
        _edit(actor, published, WORDS, replace(terms, criteria=()))

    assert [criterion.text for criterion in published.criteria] == [ESSENTIAL.text, DESIRABLE.text]


def test_cancelling_needs_a_reason_that_is_kept(actor: Actor, published: Vacancy):
    for reason in ("", " \n\x00"):
        with pytest.raises(Incomplete, match=r"^Enter why the vacancy is cancelled$"), transaction():
            service.cancel_vacancy(actor, published, reason, now=NOW)

    with transaction():
        service.cancel_vacancy(actor, published, "The post was filled.", now=NOW)

    assert published.status is VacancyStatus.CANCELLED
    assert _events()[-1] == ("published", "cancelled", "The post was filled.")
    with pytest.raises(Conflict):
        _edit(actor, published, WORDS)


def test_a_draft_is_deleted_without_a_reason(actor: Actor, draft: Vacancy):
    with transaction():
        service.cancel_vacancy(actor, draft, now=NOW)

    assert _events()[-1] == ("draft", "cancelled", "")


def test_a_copy_is_a_new_draft_without_dates_and_pay_table(actor: Actor, terms: Terms, published: Vacancy):
    with transaction():
        copy = service.copy_vacancy(actor, published, now=NOW)

    assert (copy.reference, copy.status) == ("CSW-0002", VacancyStatus.DRAFT)
    assert _events()[-1] == ("draft", "draft", f"Copied from {published.reference}")
    assert wording_of(copy) == replace(WORDS, interview_on=None)
    assert service.terms_of(copy) == replace(
        terms, criteria=(ESSENTIAL, DESIRABLE), closes_at=None, opens_at=None, pay_table_id=None
    )
    assert [criterion.text for criterion in published.criteria] == [ESSENTIAL.text, DESIRABLE.text]
