"""The pages about the person: what is asked, kept, refused; and what HR, and nobody else, reads of it."""

import pytest

from recruit.applications import queries as kept
from recruit.applications.models import Application
from recruit.applications.personal import EligibilityAnswer, RelationshipAnswer, SupportAnswer
from recruit.core.db import db
from tests.visitor import Visitor


def errors(page) -> list[str]:
    return [item.get_text(strip=True) for item in page.select(".govuk-error-summary__list li")]


@pytest.mark.parametrize(
    ("path", "answers", "messages"),
    [
        (
            "eligibility",
            {"right_to_work": "perhaps"},
            [
                "Select whether you have the right to work in the UK",
                "Select whether you need a sponsor for a visa",
                "Select whether you work for the council now",
            ],
        ),
        (
            "eligibility",
            {"right_to_work": "no", "needs_sponsorship": "yes", "works_here": "agency"},
            ["Enter the name of your agency"],
        ),
        ("relationships", {}, ["Select whether you are related or close to a councillor or an employee"]),
        ("relationships", {"is_related": "yes"}, ["Enter who it is and how you know them"]),
        ("interview-support", {"needs_adjustments": "yes"}, ["Enter what would help you"]),
        (
            "interview-support",
            {"needs_adjustments": "yes", "adjustments": "a " * 152},
            ["Your answer must be 150 words or fewer. Take out 2 words"],
        ),
    ],
)
def test_a_page_says_how_to_mend(candidate: Visitor, draft: Application, path: str, answers, messages: list[str]):
    page = candidate.submit(f"/applications/{draft.reference}/{path}", {**answers, "finished": "yes"}, 200)

    assert errors(page) == messages


def test_driving_is_asked_where_the_post_needs_it(candidate: Visitor, draft: Application):
    address = f"/applications/{draft.reference}/eligibility"
    first = {"right_to_work": "yes", "needs_sponsorship": "no", "works_here": "no", "finished": "yes"}
    assert not candidate.get(address).select("[name=licence]")
    candidate.submit(address, {**first, "licence": "no"})
    assert kept.personal_of(draft, EligibilityAnswer).licence is None

    draft.vacancy.driving_required = True
    db.session.commit()
    page = candidate.submit(address, {**first, "licence": "yes"}, 200)
    assert errors(page) == ["Select whether you have the use of a car for work"]
    assert page.select_one("[name=licence][value=yes]").has_attr("checked")
    candidate.submit(address, {**first, "licence": "adjustment"})
    text = candidate.get(f"/applications/{draft.reference}/check").text
    assert "Needs an adjustment because of a disability" in text


def test_answers_that_are_no_good_news_are_taken_like_any_other(candidate: Visitor, draft: Application):
    home = f"/applications/{draft.reference}"
    candidate.submit(
        f"{home}/eligibility",
        {"right_to_work": "no", "needs_sponsorship": "yes", "works_here": "no", "finished": "yes"},
    )
    assert candidate.response.location == home
    assert kept.personal_of(draft, EligibilityAnswer).right_to_work is False

    candidate.submit(f"{home}/relationships", {"is_related": "yes", "details": "My aunt", "finished": "yes"})
    assert kept.personal_of(draft, RelationshipAnswer).details == "My aunt"


def test_what_was_answered_stands_there_again(candidate: Visitor, draft: Application):
    address = f"/applications/{draft.reference}/interview-support"
    candidate.submit(
        address, {"needs_adjustments": "yes", "adjustments": "A lift", "schemes": "armed-forces", "finished": "yes"}
    )

    page = candidate.get(address)

    ticked = [box["value"] for box in page.select("main input[checked]")]
    assert ticked == ["yes", "armed-forces", "yes"]
    assert page.select_one("#adjustments").get_text().strip() == "A lift"


def test_support_can_be_left_out(candidate: Visitor, draft: Application):
    candidate.submit(f"/applications/{draft.reference}/interview-support", {"finished": "yes"})

    support = kept.personal_of(draft, SupportAnswer)
    assert (support.needs_adjustments, support.adjustments, support.schemes) == (None, "", [])
    assert candidate.response.location == f"/applications/{draft.reference}"


@pytest.mark.parametrize(
    ("setting", "offered"),
    [("", []), ("armed-forces", ["armed-forces"]), ("care-leavers,disability-confident",
     ["disability-confident", "care-leavers"])],
)  # fmt: skip
def test_only_the_schemes_of_the_setting_are_offered_and_taken(
    app, monkeypatch, candidate: Visitor, draft: Application, setting: str, offered: list[str]
):
    monkeypatch.setattr(app.config["SETTINGS"], "interview_schemes", setting)
    address = f"/applications/{draft.reference}/interview-support"

    page = candidate.get(address)
    assert [box["value"] for box in page.select("[name=schemes]")] == offered
    every = ["care-leavers", "armed-forces", "disability-confident"]
    candidate.submit(address, {"schemes": every, "finished": "yes"})

    assert kept.personal_of(draft, SupportAnswer).schemes == offered


def test_another_window_is_told_in_words(candidate: Visitor, draft: Application):
    address = f"/applications/{draft.reference}/interview-support"
    version = candidate.get(address).select_one("[name=version]")["value"]
    candidate.submit(address, {"schemes": "armed-forces", "finished": "no"})

    page = candidate.post(address, {"version": version, "schemes": "care-leavers", "finished": "no"}, 409)

    assert "Armed Forces Covenant" in page.select_one("[aria-labelledby=elsewhere]").get_text()


def test_no_page_asks_why(candidate: Visitor, draft: Application):
    page = candidate.get(f"/applications/{draft.reference}/interview-support")

    assert sorted({field["name"] for field in page.select("main [name]")}) == [
        "adjustments", "csrf_token", "finished", "needs_adjustments", "schemes", "version",
    ]  # fmt: skip


def test_hr_reads_it_in_words_with_what_to_look_at(candidate: Visitor, ready: Application, hr):
    home = f"/applications/{ready.reference}"
    eligibility = {"right_to_work": "no", "needs_sponsorship": "yes", "works_here": "agency", "agency": "Fernway"}
    candidate.submit(f"{home}/eligibility", {**eligibility, "finished": "yes"})
    support = {"needs_adjustments": "yes", "adjustments": "<b>A lift</b>", "schemes": "disability-confident"}
    candidate.submit(f"{home}/interview-support", {**support, "finished": "yes"})
    candidate.submit(f"{home}/relationships", {"is_related": "yes", "details": "My aunt", "finished": "yes"})
    candidate.submit(f"{home}/declaration", {"confirmed": "y"})
    candidate.submit(f"{home}/check")

    page = hr.get(f"/review/applications/{ready.reference}")

    flags = [line.get_text(" ", strip=True).partition(".")[0] for line in page.select(".dossier__flags li")]
    assert flags[:6] == [
        "Says that they do not have the right to work in the UK",
        "Needs a sponsor for a visa, now or later",
        "Works here now through an agency, Fernway",
        "Related or close to a councillor or an employee",
        "Applies under Disability Confident",
        "Needs adjustments for an interview",
    ]
    rows = {row.dt.get_text(): row.dd.get_text() for row in page.select(".govuk-summary-list__row")}
    assert (rows["Right to work in the UK"], rows["What would help"], rows["Hours wanted"]) == (
        "No", "<b>A lift</b>", "Not answered",
    )  # fmt: skip
    assert rows["Who it is, and how they know them"] == "My aunt"
    assert page.select_one("#decide form") is not None
