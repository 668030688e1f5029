"""What is somebody else's does not exist, on any address; references are read as people type them."""

import pytest

from recruit.applications import queries as kept
from recruit.applications.models import Application, HistoryEntry, Qualification, Referee
from tests import factories
from tests.applications.answers import complete_application
from tests.visitor import Visitor

ADDRESSES = (
    "", "/contact-details", "/registration", "/qualifications", "/qualifications/add", "/qualifications/1",
    "/qualifications/1/remove", "/history", "/history/start", "/history/add", "/history/1", "/history/1/remove",
    "/evidence", "/evidence/1", "/referees", "/referees/add", "/referees/1", "/referees/1/remove", "/declaration",
    "/check", "/confirmation", "/copy", "/copy.pdf", "/withdraw", "/equality",
)  # fmt: skip
READ_ONLY = {"", "/confirmation", "/copy", "/copy.pdf"}


@pytest.mark.parametrize("submitted", [False, True])
@pytest.mark.parametrize("path", ADDRESSES)
def test_somebody_elses_application_is_not_found(candidate: Visitor, path: str, submitted: bool):
    theirs = factories.ApplicationFactory(submitted=submitted)

    candidate.get(f"/applications/{theirs.reference}{path}", 404)
    if path not in READ_ONLY:
        candidate.post(f"/applications/{theirs.reference}{path}", {"finished": "yes"}, 404)


@pytest.mark.parametrize("path", ["/qualifications", "/history", "/referees"])
def test_an_entry_of_another_application_is_not_found(candidate: Visitor, draft: Application, path: str):
    theirs = complete_application(factories.ApplicationFactory(vacancy=draft.vacancy))
    model = {"/qualifications": Qualification, "/history": HistoryEntry, "/referees": Referee}[path]
    entry = kept.entries_of(theirs, model)[0]

    for method in (candidate.get, candidate.post):
        for verb in ("", "/remove"):
            method(f"/applications/{draft.reference}{path}/{entry.id}{verb}", status=404)

    assert entry in kept.entries_of(theirs, model)


def test_a_criterion_of_another_vacancy_is_not_found(candidate: Visitor, draft: Application):
    other = factories.VacancyFactory(published=True).criteria[0]

    candidate.get(f"/applications/{draft.reference}/evidence/{other.id}", 404)
    candidate.post(f"/applications/{draft.reference}/evidence/{other.id}", {"text": "x"}, 404)


@pytest.mark.parametrize("number", ["9" * 23, "0", "-1", "x", "%00", "1.5"])
def test_odd_numbers_are_not_found(candidate: Visitor, draft: Application, number: str):
    for path in ("qualifications", "history", "referees", "evidence"):
        candidate.get(f"/applications/{draft.reference}/{path}/{number}", 404)


def test_a_reference_as_typed_leads_to_its_address(candidate: Visitor, draft: Application):
    typed = draft.reference.lower().replace("-", " ")

    candidate.get(f"/applications/{typed}/check?from=check", 302)

    assert candidate.response.location == f"/applications/{draft.reference}/check?from=check"


def test_a_form_sent_to_a_reference_as_typed_is_kept(candidate: Visitor, draft: Application):
    candidate.post(
        f"/applications/{draft.reference.lower()}/contact-details", {"version": "", "town": "Yarm", "finished": "no"}
    )

    assert kept.contact_details_of(draft).town == "Yarm"


@pytest.mark.parametrize("reference", ["A-1", "CSW-0001", "<script>", "A" * 500, "%F0%9F%98%80"])
def test_what_is_no_reference_is_not_found(candidate: Visitor, reference: str):
    candidate.get(f"/applications/{reference}", 404)
