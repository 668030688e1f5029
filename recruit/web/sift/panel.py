"""A vacancy's panel: members, what is missing, what they are shown, opening the sift, and how far it is."""

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import closing_words, london_day, long_moment, short_date
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.references import normalise_vacancy_reference
from recruit.core.transaction import transaction
from recruit.panels import opening, reading, setup
from recruit.panels.composition import closing_day, members_of, missing, people_to_choose
from recruit.panels.deciding import scores_first
from recruit.panels.interviewing import still_interviewing
from recruit.panels.lacking import lacking_of, stopped_at
from recruit.panels.models import Sift
from recruit.panels.moderation import Chaired
from recruit.panels.standings import Stage, in_sift
from recruit.rules import limits
from recruit.rules.sift import SHEET_WORDS
from recruit.web.forms import Form
from recruit.web.row_values import whole_number
from recruit.web.sift.blueprint import blueprint
from recruit.web.sift.forms import EmployersForm, MemberForm, ScoresFirstForm, TrainingForm
from recruit.web.sift_closing import over_words, standing_words

STAGE_KINDS = {Stage.LACKS: "bad", Stage.SCORING: "plain", Stage.DIFFERS: "wait", Stage.SCORED: "good"}


@blueprint.get("")
def show_panel(reference: str) -> ResponseReturnValue:
    """Who is on the panel, what is missing, and how far the sift is."""
    return panel_page(reference)


@blueprint.post("/members")
def add_member(reference: str) -> ResponseReturnValue:
    """Put somebody on the panel."""
    panel, _ = find_panel(reference)
    form = MemberForm()
    form.offer(people_to_choose(panel.vacancy.id))
    if not form.validate():
        return panel_page(reference, refused=form)
    if not form.person.data:
        form.person.errors = ["Choose a person"]
        return panel_page(reference, refused=form)
    return _do(reference, form, "The member is on the panel.", setup.add_member, whole_number(form.person.data))


@blueprint.post("/members/remove")
def remove_member(reference: str) -> ResponseReturnValue:
    """Take somebody off the panel."""
    member = whole_number(request.form.get("member"))
    return _do(reference, Form(), "The member is off the panel.", setup.remove_member, member)


@blueprint.post("/chair")
def choose_chair(reference: str) -> ResponseReturnValue:
    """Make a member the chair."""
    member = whole_number(request.form.get("member"))
    return _do(reference, Form(), "The panel has another chair.", setup.choose_chair, member)


@blueprint.post("/training")
def record_training(reference: str) -> ResponseReturnValue:
    """Keep when a member had their safer-recruitment training."""
    panel, _ = find_panel(reference)
    form = TrainingForm()
    form.offer(members_of(panel.vacancy.id))
    if not form.validate():
        return panel_page(reference, refused=form)
    given = (whole_number(form.member.data), form.trained_on.data)
    return _do(reference, form, "The training is recorded.", setup.record_training, *given)


@blueprint.post("/employers")
def choose_employers(reference: str) -> ResponseReturnValue:
    """Say whether the panel is shown employers' names."""
    form = EmployersForm()
    if not form.validate():
        return panel_page(reference, refused=form)
    hides = bool(form.hides.data)
    said = f"The panel {'is not' if hides else 'is'} shown employers’ names."
    return _do(reference, form, said, setup.choose_employers, hides=hides)


@blueprint.post("/scores-first")
def choose_scores_first(reference: str) -> ResponseReturnValue:
    """Say whether decisions on this vacancy's sift wait for the panel."""
    form = ScoresFirstForm()
    if not form.validate():
        return panel_page(reference, refused=form)
    needed = bool(form.needed.data)
    said = "Decisions wait for both scores." if needed else "Decisions do not wait for scores."
    return _do(reference, form, said, setup.choose_scores_first, needed=needed)


@blueprint.post("/open")
def open_sift(reference: str) -> ResponseReturnValue:
    """Share the applications out, so that the panel can score."""
    return _do(reference, Form(), "The sift is open, and the applications are shared out.", opening.open_sift)


def _do(reference: str, form: Any, said: str, action: Any, *given: Any, **named: Any) -> ResponseReturnValue:
    """Do one thing with the panel, and say so; a refusal is shown on its page, with what was entered."""
    panel, _ = find_panel(reference)
    try:
        with transaction():
            action(g.actor, panel.vacancy, *given, **named, now=clock.now())
    except (Conflict, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return panel_page(reference, 409, refused=form)
    flash(f"{said} It is in the panel’s history.")
    return redirect(url_for(".show_panel", reference=panel.vacancy.reference))


def find_panel(reference: str) -> tuple[Chaired, Sift | None]:
    """Return the panel that an address names, however its reference is written."""
    found = normalise_vacancy_reference(reference)
    if found is None:
        raise NotFound("There is no published vacancy of that reference.")
    return reading.panel_for_hr(g.actor, found)


def panel_page(reference: str, status: int = 200, *, refused: Any = None) -> ResponseReturnValue:
    """Return the page of a panel.

    Args:
        status: of the answer.
        refused: the form that was sent and not taken; it keeps what was entered.
    """
    panel, sift = find_panel(reference)
    vacancy, now = panel.vacancy, clock.now()
    members, day = members_of(vacancy.id), closing_day(vacancy, now)
    opened_at = sift.opened_at if sift else None
    forms = {"member": MemberForm(formdata=None), "training": TrainingForm(formdata=None)}
    forms["employers"] = EmployersForm(formdata=None, data={"hides": sift is None or sift.hides_employers})
    first = scores_first(vacancy, needs_scores=current_app.config["SETTINGS"].panel_scores_first)
    forms["scores_first"] = ScoresFirstForm(formdata=None, data={"needed": first})
    for name, form in forms.items():
        if isinstance(refused, type(form)):
            forms[name] = refused
    forms["member"].offer(people_to_choose(vacancy.id))
    forms["training"].offer(members)
    standings = in_sift(vacancy.id, vacancy.asked) if opened_at else []
    return (
        render_template(
            "sift/show_panel.html",
            vacancy=vacancy,
            members=[
                {"member": one, "trained": one.is_trained(day), "training": _training(one.trained_on, one.valid_until)}
                for one in members
            ],
            missing=missing(members, day),
            interviewing=[
                (name, slot.id, long_moment(slot.starts_at)) for name, slot in still_interviewing(vacancy.id, now)
            ],
            stopped=stopped_at([one.application_id for one in standings]) if standings else {},
            lacking={one.reference: one for one in lacking_of(vacancy, sift, standings)},
            forms=forms,
            form=refused,
            over=over_words(vacancy, now),
            is_full=len(members) >= limits.PANEL_MEMBERS[1],
            can_open=vacancy.is_rolling or vacancy.has_closed(now),
            closes=closing_words(vacancy.closes_at) if vacancy.closes_at else "",
            **standing_words(sift),
            hides_employers=sift is None or sift.hides_employers,
            waiting=reading.number_waiting(vacancy.id),
            standings=[(one, one.sifted or one.stage.value, STAGE_KINDS[one.stage]) for one in standings],
            scored=sum(one.stage == Stage.SCORED for one in standings),
            words=SHEET_WORDS,
            history=history_shown(vacancy.id),
        ),
        status,
    )


def _training(trained_on: Any, valid_until: Any) -> str:
    if not trained_on:
        return "Not recorded"
    counts = "counts" if valid_until >= london_day(clock.now()) else "counted"
    return f"{short_date(trained_on)}, {counts} until {short_date(valid_until)}"


def history_shown(vacancy_id: int, application_id: int | None = None) -> list[dict[str, str]]:
    """Return what happened, as the timeline wants it."""
    return [
        {
            "title": event.what,
            "when": long_moment(event.at),
            "iso": event.at.isoformat(timespec="seconds"),
            "who": event.actor.name,
            "note": event.note,
        }
        for event in reading.happenings(vacancy_id, application_id)
    ]
