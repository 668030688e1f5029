"""One version of a page: what it changed, what it said, and going back to it."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.content import queries, service
from recruit.content.differences import Line, differences
from recruit.content.models import ContentVersion
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.rules.content import CONTENT_WORDS
from recruit.web.content.blueprint import blueprint
from recruit.web.content.forms import PublishForm
from recruit.web.content.overview import KINDS_OF_TAG, author_of

LARGEST_NUMBER = 2**31
PARTS = (
    ("Title", "title"),
    ("Summary", "summary"),
    ("Text", "body"),
    ("Recording", "recording_url"),
    ("Transcript", "transcript"),
)
"""The parts of a version that are compared: their names and columns."""


@blueprint.get("/<kind>/<slug>/versions/<int:number>")
def show_version(kind: str, slug: str, number: int) -> ResponseReturnValue:
    """What a version changed, and all that it said."""
    listed = queries.find_page(kind, slug)
    version = queries.version_of(listed.page, _number(number))
    before = queries.version_before(listed.page, number)
    newest = listed.draft or listed.published
    return render_template(
        "content/show_version.html",
        page=listed.page,
        title=listed.title,
        version=version,
        before=before,
        author=author_of(version),
        status=(CONTENT_WORDS[version.status], KINDS_OF_TAG.get(version.status, "plain")),
        changes=_changes(before, version) if before is not None else [],
        can_restore=newest is None or newest.number != number,
    )


@blueprint.post("/<kind>/<slug>/versions/<int:number>/restore")
def restore_version(kind: str, slug: str, number: int) -> ResponseReturnValue:
    """Make a draft of an old version."""
    listed = queries.find_page(kind, slug)
    form = PublishForm()
    with transaction():
        service.restore_version(g.actor, listed, _number(number), seen_version=form.seen_version(), now=clock.now())
    flash(f"Version {number} is the draft now. Look at it, then publish it.")
    return redirect(url_for(".show_page", kind=kind, slug=slug))


def _number(number: int) -> int:
    return number if number < LARGEST_NUMBER else abort(404)


def _changes(before: ContentVersion, after: ContentVersion) -> list[tuple[str, list[Line]]]:
    """Return each part that changed, with its differences."""
    compared = [(name, differences(getattr(before, part), getattr(after, part))) for name, part in PARTS]
    return [(name, lines) for name, lines in compared if lines]
