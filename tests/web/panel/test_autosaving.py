"""Scores and notes are kept while somebody types them, and are not handed in by it."""

from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.panels import reading
from recruit.panels.entry import Entry
from recruit.rules.sift import SheetStatus
from recruit.web.score_forms import score_form
from recruit.web.score_saving import refused
from tests.panels.sifting import open_sift, score, sheet_of
from tests.visitor import Visitor


def autosave(scorer: Visitor, address: str, status: int = 200, **data: str) -> dict[str, object]:
    scorer.post(f"{address}/scores", data, status, headers={"Accept": "application/json"})
    answer: dict[str, object] = scorer.response.json
    return answer


def test_what_is_entered_is_saved_version_after_version_and_never_handed_in(visit_as):
    vacancy, (one,), members, _ = open_sift(1)
    scorer, address = visit_as(members[0]), f"/panel/{vacancy.reference}/{one.reference}"
    scorer.post(f"{address}/declaration", {"connection": "none"})
    key, version = vacancy.criteria[0].id, scorer.get(address).select_one("[name=version]")["value"]

    first = autosave(scorer, address, version=version, **{f"note_{key}": "Saw each child"})
    assert str(first["saved"]).startswith("Saved at ")
    autosave(
        scorer, address, version=str(first["version"]), submit="yes", **{f"score_{key}": "3", f"note_{key}": "Saw them"}
    )
    same = autosave(scorer, address, version=version, **{f"score_{key}": "3", f"note_{key}": "Saw them"})
    late = autosave(scorer, address, 409, version=version, **{f"score_{key}": "0"})
    odd = autosave(scorer, address, 422, version=str(first["version"]), **{f"note_{key}": "x" * 1001})

    db.session.rollback()
    sheet = sheet_of(one, members[0])
    assert (sheet.status, reading.entries_of(sheet)[key]) == (SheetStatus.TO_SCORE, Entry(3, "Saw them"))
    assert same["version"] == sheet.version  # the answer to the first was lost on the way
    assert late == {"message": "You saved these scores in another window since. Nothing of this page was saved."}
    assert odd == {"message": "What you write must be 1,000 characters or fewer"}


def test_who_was_second_sees_what_was_saved_and_keeps_their_own_words(visit_as):
    vacancy, (one,), members, _ = open_sift(1)
    scorer, address = visit_as(members[0]), f"/panel/{vacancy.reference}/{one.reference}"
    sheet = score(one, members[0], [1, 2, 3], submit=False)
    first, second, third = (line.id for line in vacancy.criteria)
    typed = {
        f"score_{first}": "0",
        f"note_{first}": "Nothing seen",
        f"score_{second}": "2",
        f"note_{second}": "Because 2",
    }

    page = scorer.post(f"{address}/scores", {"version": "1", **typed}, 409)

    assert "Save again to put this in its place." in page.select_one(".govuk-error-summary").text
    stands = [one.get_text(" ", strip=True) for one in page.select("form .govuk-inset-text")]
    assert stands == ["Saved in the other window: 1 Because 1", "Saved in the other window: 3 Because 3"]
    assert page.select_one(f"[name=note_{first}]").text.strip() == "Nothing seen"
    scorer.post(f"{address}/scores", {"version": page.select_one("[name=version]")["value"], **typed})
    db.session.rollback()
    assert reading.entries_of(sheet) == {
        first: Entry(0, "Nothing seen"),
        second: Entry(2, "Because 2"),
        third: Entry(None, ""),
    }


def test_what_was_typed_is_shown_where_the_other_window_handed_scores_in(visit_as):
    vacancy, (one,), members, _ = open_sift(1)
    score(one, members[0], [1, 2, 3])
    typed = {f"note_{vacancy.criteria[0].id}": "Nothing seen"}

    page = visit_as(members[0]).post(
        f"/panel/{vacancy.reference}/{one.reference}/scores", {"version": "1", **typed}, 409
    )

    assert "These scores are not open to you any more." in page.text
    assert "Nothing seen" in page.text


def test_what_lacks_something_is_not_said_to_stand_beside_what_another_window_saved(app, session):
    vacancy, (one,), members, _ = open_sift(1)
    sheet = score(one, members[0], [1, 2, 3], submit=False)
    kept = reading.entries_of(sheet)
    refusals = (Incomplete("Enter a note"), Conflict("Saved since."))
    with app.test_request_context():
        for refusal, typed, said, differing in zip(
            refusals,
            (kept, {key: Entry(0, "Nothing seen") for key in kept}),
            ("Enter a note", "Saved since. What that saved is shown with each score. Save again"),
            ({}, kept),
            strict=True,
        ):
            form = score_form(vacancy.asked, label="Note", entries=typed, version=0)
            assert refused(sheet, form, typed, refusal) == differing
            assert form.form_errors[0].startswith(said)
            assert ("What that saved" in form.form_errors[0]) == bool(differing)
            assert form.version.data == str(sheet.version)


def test_nothing_is_saved_into_scores_that_are_in(visit_as):
    vacancy, (one,), members, _ = open_sift(1)
    scorer, address = visit_as(members[0]), f"/panel/{vacancy.reference}/{one.reference}"
    sheet = score(one, members[0], [2, 2, 2])

    answer = autosave(scorer, address, 409, version=str(sheet.version))

    assert answer == {"message": "These scores are not open to you any more. Nothing was saved."}
