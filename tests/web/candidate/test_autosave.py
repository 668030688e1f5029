"""Long texts of every section are saved while they are typed, and two windows never overwrite each other."""

import pytest

from recruit.applications import queries as kept
from recruit.applications import sections_lists
from recruit.applications.models import Application, Declaration, HistoryEntry, Registration, RegistrationAnswer
from recruit.applications.personal import RelationshipAnswer, SupportAnswer
from recruit.core.db import db
from tests.visitor import Visitor

TEXTS = {
    "relationships": ("details", {"is_related": "yes"}, lambda one: kept.personal_of(one, RelationshipAnswer)),
    "interview-support": (
        "adjustments",
        {"needs_adjustments": "yes"},
        lambda one: kept.personal_of(one, SupportAnswer),
    ),
    "registration": ("conditions", {"number": "SW1"}, kept.registration_of),
}


def autosave(candidate: Visitor, address: str, data: dict[str, str], status: int = 200) -> dict[str, str]:
    candidate.post(address, data, status, headers={"Accept": "application/json"})
    db.session.rollback()
    return candidate.response.json


def work(entry: HistoryEntry, **changes: str) -> dict[str, str]:
    return {
        "activity": "paid", "title": entry.title, "organisation": entry.organisation, "started_month-month": "9",
        "started_month-year": "2014", "still": "y", "with_children": "yes", "duties": entry.duties,
        "reason_for_leaving": entry.reason_for_leaving, **changes,
    }  # fmt: skip


@pytest.fixture
def post(ready: Application) -> HistoryEntry:
    return next(entry for entry in kept.entries_of(ready, HistoryEntry) if entry.duties)


@pytest.mark.parametrize("section", TEXTS)
def test_a_text_is_saved_as_far_as_it_is_typed_and_kept_from_a_second_window(
    candidate: Visitor, draft: Application, section: str
):
    name, others, stored = TEXTS[section]
    db.session.add(RegistrationAnswer(application_id=draft.id, state=Registration.REGISTERED))
    db.session.commit()
    address = f"/applications/{draft.reference}/{section}"
    version = candidate.get(address).select_one("input[name=version]")["value"]

    first = autosave(candidate, address, {**others, name: "My sis", "version": version})
    second = autosave(candidate, address, {**others, name: "My sister", "version": first["version"]})
    late = autosave(candidate, address, {**others, name: "Mine", "version": first["version"]}, 409)

    assert second["saved"].startswith("Saved at ")
    assert late == {"message": "Other answers were saved here in another window."}
    assert getattr(stored(draft), name) == "My sister"


def test_an_entry_is_saved_while_its_duties_are_typed_once_the_rest_is_right(
    candidate: Visitor, ready: Application, post: HistoryEntry
):
    address = f"/applications/{ready.reference}/history/{post.id}"
    version = candidate.get(address).select_one("input[name=version]")["value"]

    saved = autosave(candidate, address, work(post, duties="Court work", version=version))
    unread = autosave(candidate, address, work(post, title="", duties="More", version=saved["version"]), 422)
    late = autosave(candidate, address, work(post, duties="Other work", version=version), 409)

    assert unread == {"message": "Enter your job title"}
    assert late["message"].startswith("Other answers")
    assert kept.entry_of(ready, HistoryEntry, post.id).duties == "Court work"
    assert db.session.get(Declaration, ready.id) is None  # made of other answers


def test_the_page_tells_the_script_whose_it_is_and_that_an_entry_is_new(candidate: Visitor, draft: Application, ready):
    new = candidate.get(f"/applications/{draft.reference}/history/add")
    known = candidate.get(f"/applications/{ready.reference}/relationships")

    assert new.select_one("[data-module=autosave]").attrs["data-new"] == ""
    assert "data-new" not in known.select_one("[data-module=autosave]").attrs
    draft_of = known.select_one("[data-module=other-windows]")["data-draft"]
    assert draft_of == f"{ready.candidate_id}:{ready.reference}"


def test_a_second_window_does_not_overwrite_the_start_of_the_history(candidate: Visitor, draft: Application):
    address = f"/applications/{draft.reference}/history/start"
    version = candidate.get(address).select_one("input[name=version]")["value"]
    candidate.post(address, {"since-month": "7", "since-year": "2009", "version": version})

    page = candidate.post(address, {"since-month": "8", "since-year": "2010", "version": version}, 409)

    assert "July 2009" in page.select_one("#elsewhere ~ dl").text
    assert page.select_one("#since-year")["value"] == "2010"
    db.session.rollback()
    assert str(sections_lists.history_start(draft).since) == "2009-07-01"
    candidate.submit(address, {"since-month": "8", "since-year": "2010"})
