"""Writing a page: a new one, or changes."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.widgets import Select

from recruit.content import queries, service
from recruit.content.differences import differences
from recruit.content.models import ContentKind, ContentVersion
from recruit.content.queries import Listed
from recruit.content.texts import NotFit, Text, says
from recruit.core import clock
from recruit.core.errors import Conflict
from recruit.core.text import slugify
from recruit.core.transaction import transaction
from recruit.vacancies import authoring_queries as vacancies
from recruit.web.content.blueprint import blueprint
from recruit.web.content.forms import SLUG_CHARACTERS, PageForm, show_findings
from recruit.web.content.overview import KIND_WORDS
from recruit.web.fields import ChoiceField, choice


class TeamPageForm(PageForm):
    """The words about a team, whose address is the team's."""

    slug = ChoiceField("Team", missing="Select the team", widget=Select())  # type: ignore[assignment]


@blueprint.route("/new/<kind>", methods=["GET", "POST"])
def create_page(kind: str) -> ResponseReturnValue:
    """The first draft of a page, a story, news, or the words about a team."""
    if kind not in list(ContentKind):
        abort(404)
    form = _new_form(ContentKind(kind))
    if form.validate_on_submit():
        slug = form.slug.data or slugify(form.title.data or "", SLUG_CHARACTERS)
        try:
            if not slug:
                raise NotFit([("slug", "Enter an address: none can be made from the title")])
            with transaction():
                page = service.create_page(g.actor, ContentKind(kind), slug, _text(form), now=clock.now())
        except NotFit as refusal:
            show_findings(form, refusal)
        else:
            return _go_on(page.kind, page.slug)
    return render_template("content/create_page.html", form=form, kind=kind, what=KIND_WORDS[ContentKind(kind)][1])


@blueprint.route("/<kind>/<slug>/edit", methods=["GET", "POST"])
def edit_page(kind: str, slug: str) -> ResponseReturnValue:
    """The draft of a page; where it has none, the words that the public reads."""
    listed = queries.find_page(kind, slug)
    form = PageForm(data=_filled_in(listed))
    del form.slug
    _leave_out(form, listed.page.kind)
    status, behind = 200, None
    if form.validate_on_submit():
        try:
            with transaction():
                service.save_draft(g.actor, listed, _text(form), seen_version=form.seen_version(), now=clock.now())
        except NotFit as refusal:
            show_findings(form, refusal)
        except Conflict as refusal:
            status = 409
            form.form_errors.append(f"{refusal} What you typed is still here: compare it with theirs.")
            newest = queries.find_page(kind, slug)
            form.version.data = str(newest.page.version)
            behind = differences(_filled_in(newest).get("body", ""), form.body.data or "")
        else:
            return _go_on(listed.page.kind, slug)
    return render_template(
        "content/edit_page.html", form=form, page=listed.page, title=listed.title, behind=behind
    ), status


def _new_form(kind: ContentKind) -> PageForm:
    if kind is not ContentKind.TEAM:
        form = PageForm()
        _leave_out(form, kind)
        return form
    teams = TeamPageForm()
    taken = {one.page.slug for one in queries.pages_listed() if one.page.kind is ContentKind.TEAM}
    free = [team for team, _ in vacancies.teams_with_recruiters() if team.slug not in taken]
    teams.slug.choices = [choice("", "Select a team"), *(choice(team.slug, team.name) for team in free)]
    _leave_out(teams, kind)
    return teams


def _leave_out(form: PageForm, kind: ContentKind) -> None:
    if kind is not ContentKind.STORY:
        del form.recording_url, form.transcript


def _filled_in(listed: Listed) -> dict[str, str]:
    newest: ContentVersion | None = listed.draft or listed.published
    if newest is None:  # all of it is history
        newest = next(iter(queries.versions_of(listed.page)), None)
    words = says(newest) if newest is not None else {}
    return {**words, "version": str(listed.page.version)}


def _text(form: PageForm) -> Text:
    is_story = "transcript" in form
    return Text(
        form.title.data or "",
        form.summary.data or "",
        form.body.data or "",
        (form.recording_url.data or "") if is_story else "",
        (form.transcript.data or "") if is_story else "",
        form.note.data or "",
    )


def _go_on(kind: ContentKind, slug: str) -> ResponseReturnValue:
    if request.form.get("then") == "stay":
        flash("Draft saved")
        return redirect(url_for(".edit_page", kind=kind.value, slug=slug))
    return redirect(url_for(".preview_page", kind=kind.value, slug=slug))
