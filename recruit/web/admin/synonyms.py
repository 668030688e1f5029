"""Which words of search mean the same: groups of phrases, and what a change of one would find."""

from typing import Any, NamedTuple

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired

from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.vacancies import synonym_editing as service
from recruit.vacancies import synonym_groups as queries
from recruit.vacancies.finder_query import Query
from recruit.vacancies.synonym_models import SynonymAct, SynonymEvent
from recruit.vacancies.vocabulary import Vocabulary
from recruit.web.admin.blueprint import blueprint
from recruit.web.finding import finder
from recruit.web.forms import ProseField, VersionedForm

NEW = "synnew"  # the token of a group that is looked at before it is kept
SHOWN = 3  # titles of what a phrase would find, too
ACTS = {SynonymAct.ADDED: "Group added", SynonymAct.CHANGED: "Group changed", SynonymAct.RETIRED: "Group retired"}


class SynonymForm(VersionedForm):
    """The phrases of one group, one a line."""

    phrases = ProseField(
        "Words and phrases",
        [DataRequired("Enter the words and phrases, each on a line")],
        description=f"Each on a line of its own, up to {limits.SYNONYM_CHARACTERS} characters. Plurals, capitals and"
        " hyphens need no line.",
    )


class Found(NamedTuple):
    """What one phrase finds among the open vacancies: now, with the change, and titles of those that it adds."""

    phrase: str
    now: int
    then: int
    titles: list[str]


@blueprint.get("/synonyms")
def list_synonyms() -> ResponseReturnValue:
    """Every group."""
    return render_template("admin/list_synonyms.html", groups=queries.groups_now())


@blueprint.route("/synonyms/new", methods=["GET", "POST"])
def add_synonyms() -> ResponseReturnValue:
    """A new group; or what it would find."""
    form, found = SynonymForm(), None
    if form.validate_on_submit():
        typed = form.phrases.data or ""
        try:
            if _is_preview():
                found = _found(NEW, service.checked(typed, queries.groups_now()))
            else:
                with transaction():
                    service.add_group(g.actor, typed, now=clock.now())
                flash("Group added. Searches find by it within a second.")
                return redirect(url_for(".list_synonyms"))
        except (Conflict, Incomplete) as refusal:
            form.phrases.errors = [str(refusal)]
    return render_template("admin/edit_synonyms.html", form=form, group=None, found=found, events=[])


@blueprint.route("/synonyms/<token>", methods=["GET", "POST"])
def edit_synonyms(token: str) -> ResponseReturnValue:
    """One group: to change, to look at what a change would find, and what was done to it."""
    group = queries.group_of(token)
    form = SynonymForm(data={"version": str(group.version), "phrases": "\n".join(group.phrases)})
    found, status = None, 200
    if form.validate_on_submit():
        typed, others = form.phrases.data or "", [one for one in queries.groups_now() if one.token != token]
        try:
            if _is_preview():
                found = _found(token, service.checked(typed, others))
            else:
                with transaction():
                    service.change_group(g.actor, token, typed, seen_version=form.seen_version(), now=clock.now())
                flash("Group changed. Searches find by it within a second.")
                return redirect(url_for(".list_synonyms"))
        except Incomplete as refusal:
            form.phrases.errors = [str(refusal)]
        except Conflict as refusal:
            status, group = 409, queries.group_of(token)
            form.form_errors.append(f"{refusal} Theirs is: {', '.join(group.phrases)}. What you typed is still here.")
            form.version.data = str(group.version)
    events = [_happened(event) for event in queries.events_of(token)]
    return render_template("admin/edit_synonyms.html", form=form, group=group, found=found, events=events), status


@blueprint.post("/synonyms/<token>/retire")
def retire_synonyms(token: str) -> ResponseReturnValue:
    """Let the phrases of a group find each other no more."""
    form = VersionedForm()
    with transaction():
        service.retire_group(g.actor, token, seen_version=form.seen_version(), now=clock.now())
    flash("Group retired. Its words find only themselves now.")
    return redirect(url_for(".list_synonyms"))


def _is_preview() -> bool:
    return request.form.get("then") == "preview"


def _found(token: str, phrases: tuple[str, ...]) -> list[Found]:
    """Return what each of `phrases` finds among the open vacancies, as it is and if the group had them."""
    now = clock.now()
    index = finder().index(now)
    trial = finder().trial(Vocabulary({**index.vocabulary.groups, token: phrases}), now)
    return [_found_by(phrase, index, trial, now) for phrase in phrases]


def _found_by(phrase: str, index: Any, trial: Any, now: Any) -> Found:
    most = index.live(now).bit_count() or 1
    before, after = (one.search(Query(phrase), now, most) for one in (index, trial))
    added = [number for number in after.ids if number not in set(before.ids)]
    return Found(phrase, before.total, after.total, [row.title for row in trial.rows(added[:SHOWN])])


def _happened(event: SynonymEvent) -> dict[str, str]:
    note = ", ".join(event.phrases)
    return {"title": ACTS[event.act], "when": long_moment(event.at), "who": event.actor.name, "note": note}
