"""The forms of the area.  A field has the name of what it fills in."""

from collections.abc import Sequence
from typing import Any

from flask import current_app
from werkzeug.exceptions import HTTPException
from wtforms import ValidationError
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import Select

from recruit.content.models import WhenStale
from recruit.content.texts import NotFit
from recruit.content.wording import links_of
from recruit.core.text import slugify
from recruit.rules import limits
from recruit.web.fields import ChoiceField, DatePartsField
from recruit.web.forms import Form, LineField, MaxCharacters, ProseField, VersionedForm

SLUG_CHARACTERS = 80  # the column's width
DAYS = {
    30: "A month",
    90: "3 months",
    180: "6 months",
    365: "A year",
    730: "2 years",
}
WHEN_STALE = (
    (WhenStale.HIDE.value, "Hide it until somebody has checked it"),
    (WhenStale.SHOW.value, "Go on showing it, with its date"),
)


class PageForm(VersionedForm):
    """What one page says.  `is_story` leaves in what only stories have."""

    title = LineField("Title", [DataRequired("Enter the title")])
    slug = LineField(
        "Address",
        most=SLUG_CHARACTERS,
        description="The last part of its address, like “open-evening”. Leave it empty to make it from the title.",
    )
    summary = LineField(
        "Summary",
        [DataRequired("Enter the summary")],
        most=limits.SUMMARY_CHARACTERS,
        description="One or two sentences. They stand first on the page, in lists and in search engines.",
    )
    body = ProseField(
        "Text",
        [DataRequired("Enter the text")],
        description="Start a heading with ## and a line of a list with a hyphen. An empty line ends a paragraph.",
    )
    recording_url = LineField(
        "Recording",
        most=limits.ADDRESS_CHARACTERS,
        description="Where it can be heard or seen, like https://example.org/film. Leave it empty if there is none.",
    )
    transcript = ProseField(
        "Transcript", description="All that is said in the recording, and what must be seen to follow it."
    )
    note = LineField(
        "What you changed",
        most=limits.CONTENT_NOTE_CHARACTERS,
        description="For colleagues, in the history of the page. You can leave it empty.",
    )

    def validate_slug(self, field: Any) -> None:
        if field.data and slugify(field.data, SLUG_CHARACTERS) != field.data:
            raise ValidationError("Address must be lower-case letters, numbers and hyphens, like open-evening")

    def validate_body(self, field: Any) -> None:
        _refuse_dead_links(field.data or "")

    def validate_transcript(self, field: Any) -> None:
        _refuse_dead_links(field.data or "")


class PublishForm(VersionedForm):
    """Nothing but the version that was looked at."""


class WithdrawForm(VersionedForm):
    """Why a page is withdrawn."""

    reason = ProseField(
        "Why is it withdrawn?",
        [
            DataRequired("Enter why the page is withdrawn"),
            MaxCharacters(limits.CONTENT_NOTE_CHARACTERS, "Reason"),
        ],
    )


class ClaimForm(VersionedForm):
    """One claim."""

    slug = LineField(
        "Name",
        most=SLUG_CHARACTERS,
        description="What pages cite it by, like caseload-2026. It cannot be changed later.",
    )
    text = ProseField(
        "Claim",
        [DataRequired("Enter the claim"), MaxCharacters(limits.CLAIM_CHARACTERS, "Claim")],
        description="A sentence or two in our own words, without quotations. Say of when it is: “In June 2026 …”.",
    )
    source_name = LineField(
        "Source",
        [DataRequired("Enter where the claim comes from")],
        description="Who says so, and in what. Like “Ofsted, monitoring visit letter”.",
    )
    source_url = LineField(
        "Address of the source",
        [DataRequired("Enter the address of the source")],
        most=limits.ADDRESS_CHARACTERS,
        description="Where anybody can read it, like https://example.org/report.",
    )
    as_of_on = DatePartsField(
        "Date of the claim", [InputRequired("Enter the date of the claim")], thing="Date of the claim"
    )
    stale_after_days = ChoiceField(
        "Check it again after", missing="Select when it must be checked again", kind=int, widget=Select()
    )
    when_stale = ChoiceField(
        "When nobody has checked it in time",
        WHEN_STALE,
        missing="Select what readers see of it then",
        kind=WhenStale,
    )
    owner_id = ChoiceField("Who checks it", missing="Select who checks it", kind=int, widget=Select())


def show_findings(form: Form, refusal: NotFit) -> None:
    """Say what is wrong beside the fields; above them where the page has no such field."""
    for name, message in refusal.findings:
        if name in form:
            form[name].errors = [*form[name].errors, message]
        else:
            form.form_errors.append(message)


def _refuse_dead_links(text: str) -> None:
    """Raise for a link to a page of ours that the service does not have."""
    dead = [address for address in _own(links_of(text)) if not _is_page(address)]
    if dead:
        raise ValidationError(f"There is no page at “{dead[0][:60]}”: mend the link or take it out")


def _own(addresses: Sequence[str]) -> list[str]:
    return [address for address in addresses if address.startswith("/") and not address.startswith(("//", "/\\"))]


def _is_page(address: str) -> bool:
    adapter = current_app.url_map.bind("localhost")
    try:
        endpoint, _ = adapter.match(address.partition("?")[0].partition("#")[0], method="GET")
    except HTTPException:
        return False
    return endpoint.partition(".")[0] in ("public", "account", "candidate", "api")
