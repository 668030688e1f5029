"""Ways between the parts of a vacancy and the page that checks them."""

from flask import request, url_for

from recruit.core import clock
from recruit.vacancies import drafting
from recruit.vacancies.models import Vacancy
from recruit.vacancies.writing_models import Part

CHECK = "check"
"""What the address of a part says when somebody came to it from the check page, and goes back there."""

ANCHORS = {
    "opens_at": "opens_on-day",
    "closes_at": "closes_on-day",
    "promise_as_of": "promise_as_of-day",
    "interview_on": "interview_on-day",
}
"""Where the form mends what a finding names, when the control is called otherwise."""


def anchor_of(field: str) -> str:
    """Return the id of the control that mends what a finding names."""
    return ANCHORS.get(field, field)


def address_of(part: Part, vacancy: Vacancy, *, back: str | None = None, anchor: str | None = None) -> str:
    """Return where a part is written."""
    if part is Part.CRITERIA:
        return url_for(".list_criteria", reference=vacancy.reference, back=back, _anchor=anchor)
    return url_for(".edit_part", reference=vacancy.reference, part=part.value, back=back, _anchor=anchor)


def coming_back() -> str | None:
    """Return what an address carries on, if the reader came from the check page."""
    return CHECK if request.args.get("back") == CHECK else None


def back_to_check(vacancy: Vacancy) -> str:
    """Return the check page for somebody who came from it, else ""."""
    return url_for(".send_vacancy", reference=vacancy.reference) if coming_back() else ""


def onward(vacancy: Vacancy, part: Part) -> str:
    """Return the next part that is not done; the check page when all are."""
    progress = drafting.progress_of(vacancy, drafting.parts_of(vacancy), now=clock.now())
    following = drafting.next_part(progress, part)
    return address_of(following, vacancy) if following else url_for(".send_vacancy", reference=vacancy.reference)
