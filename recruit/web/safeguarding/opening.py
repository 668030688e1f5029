"""One self-disclosure: its cover, which says nothing of what is in it; opening it, which is kept; and what it says."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.appointments.employment_checks import dbs_findings
from recruit.core import clock
from recruit.core.calendar import long_date, long_moment, short_date
from recruit.core.errors import NotFound
from recruit.core.transaction import transaction
from recruit.rules.employment import CHECK_WORDS, FINDING_WORDS
from recruit.rules.lifecycle import OVER
from recruit.rules.openings import Part
from recruit.rules.self_disclosure import (
    CONCLUDED,
    LEAD_WORDS,
    UNSENT,
    Act,
    DisclosureStatus,
)
from recruit.self_disclosures.answers import rows_of
from recruit.self_disclosures.concluding import conclusions_open_to
from recruit.self_disclosures.models import SelfDisclosure
from recruit.self_disclosures.reading import content_of, open_disclosure, phone_of
from recruit.self_disclosures.standing import events_of, first_interviews
from recruit.web.forms import Form
from recruit.web.openings import note_opening
from recruit.web.safeguarding.blueprint import blueprint, find
from recruit.web.safeguarding.forms import ConclusionForm, HeardForm, NoteForm
from recruit.web.safeguarding.listing import KINDS

HAPPENED = {
    Act.ASKED: "Asked for",
    Act.TO_TALK: "Would rather talk about it",
    Act.RECEIVED: "Received",
    Act.HEARD: "Told in person",
    Act.ADDED: "The candidate added to it",
    Act.OPENED: "Opened",
    Act.NOTED: "Note kept",
    Act.LEFT: "Left to a colleague",
    Act.TO_DISCUSS: "To discuss",
    Act.NOTHING_RELEVANT: "Nothing relevant",
    Act.NO_CONCERN: "Discussed, no concern",
    Act.RELEASED: "Chair of the panel told",
    Act.READ_BY_CHAIR: "Note opened by the chair",
    Act.DRAFT_REMOVED: "Draft deleted",
}


@blueprint.get("/<reference>")
def show_disclosure(reference: str) -> ResponseReturnValue:
    """Whose it is, how it stands and what was done with it."""
    return cover_page(find(reference))


@blueprint.post("/<reference>/open")
def open_it(reference: str) -> ResponseReturnValue:
    """Keep that it is opened, then lead to what it says."""
    disclosure = find(reference)
    with transaction():
        open_disclosure(g.actor, disclosure, now=clock.now())
    return redirect(url_for(".show_content", reference=reference))


@blueprint.get("/<reference>/content")
def show_content(reference: str) -> ResponseReturnValue:
    """What it says, for whoever opened it just now; others are led to its cover."""
    disclosure = find(reference)
    try:
        return content_page(disclosure)
    except NotFound as refusal:
        flash(str(refusal), "notice")
        return redirect(url_for(".show_disclosure", reference=reference))


def cover_page(disclosure: SelfDisclosure, form: Form | None = None, status: int = 200) -> ResponseReturnValue:
    """Return the cover, with the form that was refused, if one was."""
    is_unsent = disclosure.status in UNSENT
    heard = form if isinstance(form, HeardForm) else HeardForm(formdata=None)
    heard.version.data = str(disclosure.version)
    page = render_template(
        "safeguarding/show_disclosure.html",
        **_frame(disclosure),
        is_unsent=is_unsent,
        is_over=disclosure.application.status in OVER,
        to_talk=disclosure.status is DisclosureStatus.TO_TALK,
        phone=phone_of(disclosure) if is_unsent else "",
        heard=heard,
        form=form,
    )
    return page, status


def content_page(disclosure: SelfDisclosure, form: Form | None = None, status: int = 200) -> ResponseReturnValue:
    """Return what it says, with the form that was refused, if one was.

    Raises:
        NotFound: it was not opened just now.
    """
    content = content_of(g.actor, disclosure, now=clock.now())
    if disclosure.status not in UNSENT:  # else there is nothing of the candidate's to read
        note_opening(Part.SELF_DISCLOSURE, disclosure.application_id)
    conclusion = form if isinstance(form, ConclusionForm) else ConclusionForm(formdata=None)
    conclusion.offer(conclusions_open_to(g.actor, disclosure))
    conclusion.version.data = str(disclosure.version)
    page = render_template(
        "safeguarding/show_content.html",
        **_frame(disclosure),
        content=content,
        rows=rows_of(content.answers) if content.answers else [],
        conclusion=conclusion,
        is_concluded=disclosure.status in CONCLUDED,
        is_unsent=disclosure.status in UNSENT,
        is_released=disclosure.status is DisclosureStatus.RELEASED,
        note=form if isinstance(form, NoteForm) else NoteForm(formdata=None),
        form=form,
    )
    return page, status


def _frame(disclosure: SelfDisclosure) -> dict[str, Any]:
    """Return what each page says of it."""
    application = disclosure.application
    interview_at = first_interviews([application.id]).get(application.id)
    return {
        "disclosure": disclosure,
        "application": application,
        "candidate": application.candidate.name,
        "words": LEAD_WORDS[disclosure.status],
        "kind": KINDS.get(disclosure.status, ""),
        "interview": long_moment(interview_at) if interview_at else "Not set yet",
        "asked_on": long_date(disclosure.asked_at),
        "sent": long_moment(disclosure.sent_at) if disclosure.sent_at else "",
        "checks": [
            {
                "key": CHECK_WORDS[one.kind],
                "value": f"{FINDING_WORDS[one.finding]}, {short_date(one.checked_on)}, {one.actor.name}",
            }
            for one in dbs_findings(g.actor, application)
        ],
        "history": [
            {
                "title": HAPPENED[event.act],
                "when": long_moment(event.at),
                "iso": event.at.isoformat(timespec="seconds"),
                "who": event.actor.name if event.actor else "The service",
            }
            for event in events_of(application.id)
        ],
    }
