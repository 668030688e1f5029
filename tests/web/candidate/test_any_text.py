"""Any text in any field: no page breaks, and what can be kept is kept."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruit.applications import queries as kept
from recruit.applications.models import Application
from recruit.core.text import clean_line, clean_prose
from tests.visitor import Visitor

TEXT = st.text(max_size=60)  # any character that a browser can send
ODD = ["\x00", "\u202eevil", "' OR 1=1 --", "<script>alert(1)</script>", "😀" * 50, "{{ 7 * 7 }}", "%s%n", "\ud800"]
FORMS = {
    "contact-details": ("full_name", "other_names", "email", "phone", "address_line_1", "town", "postcode", "version"),
    "eligibility": ("right_to_work", "needs_sponsorship", "works_here", "agency", "hours_wanted", "finished"),
    "interview-support": ("needs_adjustments", "adjustments", "schemes", "finished"),
    "relationships": ("is_related", "details", "finished"),
    "registration": ("number", "has_conditions", "conditions"),
    "registration/situation": ("state", "version"),
    "qualifications/add": ("award", "institution", "country", "year", "is_social_work"),
    "history/start": ("since-month", "since-year"),
    "history/add": ("activity", "title", "organisation", "started_month-month", "started_month-year", "duties"),
    "referees/add": ("name", "job_title", "organisation", "relationship_", "email", "phone", "known_from-year"),
    "declaration": ("confirmed",),
    "qualifications": ("finished",),
    "check": ("anything",),
    "equality": ("sex", "ethnic_group"),
    "withdraw": ("reason", "detail"),
}


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("text", [*ODD, "word " * 3000])
def test_no_text_breaks_a_form(candidate: Visitor, draft: Application, path: str, text: str):
    token = candidate.token()
    data = dict.fromkeys(FORMS[path], text.encode("utf-8", "surrogatepass"))

    answer = candidate.client.post(f"/applications/{draft.reference}/{path}", data={"csrf_token": token, **data})

    assert answer.status_code in (200, 302, 409)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=TEXT, town=TEXT, number=st.text(max_size=40), evidence=st.text(max_size=300))
def test_what_is_typed_is_kept(
    candidate: Visitor, draft: Application, name: str, town: str, number: str, evidence: str
):
    home = f"/applications/{draft.reference}"
    criterion = draft.vacancy.criteria[0].id
    candidate.submit(f"{home}/contact-details", {"full_name": name, "town": town, "finished": "no"})
    if kept.registration_of(draft) is None:
        candidate.submit(f"{home}/registration/situation", {"state": "registered"})
    candidate.submit(f"{home}/registration", {"number": number, "finished": "no"})
    candidate.submit(f"{home}/evidence/{criterion}", {"text": evidence})

    contact = kept.contact_details_of(draft)
    assert (contact.full_name, contact.town) == (clean_line(name), clean_line(town))
    assert (
        kept.registration_of(draft).number.replace(" ", "").casefold() == clean_line(number).replace(" ", "").casefold()
    )
    assert kept.evidence_of(draft, criterion).text == clean_prose(evidence)
