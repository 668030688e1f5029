"""Writing a vacancy: a new draft, its parts one by one, and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies import drafting, service
from recruit.vacancies.models import Vacancy
from recruit.vacancies.readiness import NotReady
from recruit.vacancies.templates import templates_for
from recruit.vacancies.unfinished import PART_TITLES
from recruit.vacancies.writing_models import Part, VacancyPart
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.offering import offer, pay_shown
from recruit.web.recruiter.part_forms import DatesForm, PartForm, PayForm, PostForm, WorkForm
from recruit.web.recruiter.ways import address_of, anchor_of, back_to_check, onward

FORMS: Mapping[Part, type[PartForm]] = {
    Part.POST: PostForm,
    Part.PAY: PayForm,
    Part.WORK: WorkForm,
    Part.DATES: DatesForm,
}
KINDS = {"Completed": "", "There is a problem": "bad"}
KEPT = "What you typed is kept as it is. Finish it when you come back: HR reads only what is saved."


@dataclass(frozen=True, slots=True)
class Sent:
    """How a form was sent: to be saved, to be saved for later, or only to be shown again with its pay worked out."""

    is_sent: bool
    is_later: bool


@blueprint.route("/vacancies/new", methods=["GET", "POST"])
def create_vacancy() -> ResponseReturnValue:
    """The first part of a new draft."""
    teams = queries.teams_of(g.actor)
    only = str(teams[0].id) if len(teams) == 1 else ""
    form = PostForm(data={"team_id": only, "registration_required": True})
    offer(form)
    sent = _sent(form)
    if sent.is_sent and form.validate():
        try:
            with transaction():
                values, now = form.values(), clock.now()
                vacancy = drafting.start_vacancy(g.actor, values, now=now, finished=not sent.is_later)
        except Incomplete as refusal:
            form.form_errors.append(str(refusal))
        else:
            return _go_on(vacancy, Part.POST, form, sent)
    return render_template("recruiter/create_vacancy.html", form=form, has_templates=bool(templates_for(g.actor)))


@blueprint.get("/vacancies/<reference>/edit")
def edit_vacancy(reference: str) -> ResponseReturnValue:
    """The parts of a draft and how far each is; of what is published, those whose words can change."""
    vacancy, now = queries.vacancy_of(g.actor, reference), clock.now()
    _refuse_to_open(vacancy)
    if vacancy.published_at is not None:
        parts = [
            {"text": text, "href": address_of(part, vacancy)}
            for part, text in ((Part.POST, "Title and workplace"), (Part.WORK, PART_TITLES[Part.WORK]),
                               (Part.DATES, "Contact and interview date"))
        ]  # fmt: skip
        parts.append({"text": "Documents", "href": url_for(".list_documents", reference=vacancy.reference)})
        return render_template("recruiter/edit_vacancy.html", vacancy=vacancy, parts=parts, progress=None)
    progress = drafting.progress_of(vacancy, drafting.parts_of(vacancy), now=now)
    tasks = [
        {
            "text": PART_TITLES[one.part],
            "href": address_of(one.part, vacancy),
            "hint": one.hint,
            "status": one.status,
            "kind": KINDS.get(one.status, "info"),
        }
        for one in progress
    ]
    tasks.append(_documents(vacancy))
    following = drafting.next_part(progress)
    return render_template(
        "recruiter/edit_vacancy.html",
        vacancy=vacancy,
        parts=[],
        progress=progress,
        tasks=tasks,
        done=sum(one.is_done for one in progress),
        to_check=sum(one.is_to_check for one in progress),
        following=PART_TITLES[following] if following else "",
        following_href=address_of(following, vacancy) if following else "",
    )


def _documents(vacancy: Vacancy) -> dict[str, str]:
    """Return the row of the documents: no part that has to be finished."""
    number = len(vacancy.documents)
    return {
        "text": "Documents",
        "href": url_for(".list_documents", reference=vacancy.reference),
        "hint": "",
        "status": "Optional" if not number else "1 document" if number == 1 else f"{number} documents",
        "kind": "info" if not number else "",
    }


@blueprint.route('/vacancies/<reference>/edit/<any("post", "pay", "work", "dates"):part>', methods=["GET", "POST"])
def edit_part(reference: str, part: str) -> ResponseReturnValue:
    """One part of a draft; of what is published, its wording."""
    vacancy, which = queries.vacancy_of(g.actor, reference), Part(part)
    _refuse_to_open(vacancy)
    is_draft = vacancy.published_at is None  # what waits is refused, with what was typed kept
    if not is_draft and which is Part.PAY:
        raise Conflict(service.SETTLED)
    row = drafting.parts_of(vacancy).get(which) if is_draft and request.method == "GET" else None
    form, is_resumed = _form(vacancy, which, row)
    sent, status = _sent(form), 200
    if is_draft:
        offer(form)
    else:
        form.settle()
    if sent.is_sent and (form.validate() or (sent.is_later and is_draft)):
        try:
            with transaction():
                _save(vacancy, which, form, sent, is_draft=is_draft)
        except NotReady as refusal:
            show_findings(form, refusal)
        except (Conflict, Incomplete) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 200
            form.form_errors.append(str(refusal))
            form.version.data = str(queries.vacancy_of(g.actor, reference).version)
        else:
            if not is_draft:
                flash("Vacancy changed")
                return redirect(url_for(".show_vacancy", reference=vacancy.reference))
            return _go_on(vacancy, which, form, sent)
    page = render_template(
        "recruiter/edit_part.html",
        vacancy=vacancy,
        form=form,
        part=which.value,
        title=PART_TITLES[which],
        is_draft=is_draft,
        is_resumed=is_resumed,
        missing=_missing(vacancy, which, row),
        pay=pay_shown(vacancy, form) if isinstance(form, PayForm) else None,
        back_href=back_to_check(vacancy) or url_for(".edit_vacancy", reference=vacancy.reference),
    )
    return page, status


@blueprint.post("/vacancies/<reference>/copy")
def copy_vacancy(reference: str) -> ResponseReturnValue:
    """A new draft from any vacancy of theirs."""
    vacancy = queries.vacancy_of(g.actor, reference)
    with transaction():
        copy = drafting.copy_vacancy(g.actor, vacancy, now=clock.now())
    flash(f"Copied to a new draft, {copy.reference}. Set its dates, then check it and send it for approval.")
    return redirect(url_for(".edit_vacancy", reference=copy.reference))


def show_findings(form: Any, refusal: NotReady) -> None:
    """Say what is missing beside the fields; above them where the page has no such field."""
    for finding in refusal.findings:
        if finding.field in form:
            form[finding.field].errors = [*form[finding.field].errors, finding.message]
        else:
            form.form_errors.append(finding.message)


def _form(vacancy: Vacancy, part: Part, row: VacancyPart | None) -> tuple[PartForm, bool]:
    """Return the form of a part, with what was typed and not saved where somebody comes back to it (`row`)."""
    kind = FORMS[part]
    if row is None or row.typed is None:
        return kind(data=kind.shown(vacancy)), False
    form = kind(formdata=MultiDict({**row.typed, "version": [str(vacancy.version)]}))
    return form, True


def _missing(vacancy: Vacancy, part: Part, row: VacancyPart | None) -> list[dict[str, str]]:
    """Return what somebody who comes back to a part is told that it lacks; what was just sent has its own messages."""
    payments = url_for(".list_payments", reference=vacancy.reference)
    return [
        {"text": finding.message, "href": payments if finding.field == "additions" else f"#{anchor_of(finding.field)}"}
        for finding in drafting.missing_in(vacancy, part, row, now=clock.now())
    ]


def _save(vacancy: Vacancy, part: Part, form: PartForm, sent: Sent, *, is_draft: bool) -> None:
    seen, now = form.seen_version(), clock.now()
    if not is_draft:
        service.edit_wording(g.actor, vacancy, form.values(), seen_version=seen, now=now)
    elif form.errors:
        drafting.keep_typed(g.actor, vacancy, part, form.typed(request.form), seen_version=seen, now=now)
    else:
        finished = not sent.is_later
        drafting.save_part(g.actor, vacancy, part, form.values(), seen_version=seen, now=now, finished=finished)


def _go_on(vacancy: Vacancy, part: Part, form: PartForm, sent: Sent) -> ResponseReturnValue:
    if sent.is_later:
        flash(KEPT if form.errors else "Draft saved", "notice" if form.errors else "message")
        return redirect(url_for(".edit_vacancy", reference=vacancy.reference))
    return redirect(back_to_check(vacancy) or onward(vacancy, part))


def _refuse_to_open(vacancy: Vacancy) -> None:
    """Say at once that nothing can be changed; what was typed before that was so is refused later, and kept."""
    is_waiting = vacancy.status is VacancyStatus.AWAITING_APPROVAL
    if vacancy.status in service.UNCHANGING and not (is_waiting and request.method == "POST"):
        raise Conflict(service.UNCHANGING[vacancy.status])


def _sent(form: PartForm) -> Sent:
    is_again = request.form.get("again", "") != ""
    return Sent(form.is_submitted() and not is_again, request.form.get("then") == "later")
