"""Details before a start, and the checks that are made with them: what HR reads and writes down."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from recruit.applications.models import Application
from recruit.appointments import employment_checks as checks
from recruit.appointments import employment_opening as opening
from recruit.appointments.employment_answers import Known
from recruit.appointments.employment_models import EmploymentCheck, EmploymentDetails
from recruit.appointments.employment_queries import details_of, events_of, number_finished, saved_parts
from recruit.appointments.employment_reading import BANK_NUMBERS, NOTHING, PartRead, part_read
from recruit.appointments.employment_service import is_conditional_offer
from recruit.core import clock
from recruit.core.calendar import london_day, short_date
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.employment import ACT_WORDS, CHECK_WORDS, FINDING_WORDS, Check, Finding, Part
from recruit.rules.openings import Part as ShownPart
from recruit.web.fields import ChoiceField, DatePartsField
from recruit.web.forms import Form, LineField, MaxCharacters, ProseField, VersionedForm
from recruit.web.openings import note_opening
from recruit.web.review.applications import address_of, find
from recruit.web.review.blueprint import blueprint
from recruit.web.review.record_shown import event

PATH = "/applications/<reference>/employment"
TAGS = {Finding.NOT_STARTED: "plain", Finding.UNDER_REVIEW: "wait", Finding.CLEAR: "good", Finding.NOT_CLEAR: "bad"}


class CheckForm(VersionedForm):
    """How one check stands.  Its version is the number of the finding that the page showed."""

    finding = ChoiceField(
        "How does it stand?", FINDING_WORDS.items(), missing="Select how the check stands", kind=Finding
    )
    checked_on = DatePartsField(
        "When was it checked?", [InputRequired("Enter the day it was checked")], thing="The day of the check"
    )
    evidence = LineField(
        "What have you seen?",
        description="What kind of document or answer, like “Passport, original”. Not its number, and no copy of it.",
    )
    note: TextAreaField = ProseField(
        "Note (optional)",
        [MaxCharacters(limits.NOTE_CHARACTERS, "The note")],
        description="For HR. The candidate can ask to read it.",
    )

    def validate_checked_on(self, field: DatePartsField) -> None:
        """Refuse a day that has not come."""
        if field.data and field.data > london_day(clock.now()):
            raise ValidationError("The day of the check must be today or in the past")

    def validate_evidence(self, field: LineField) -> None:
        """Refuse a result without what it rests on."""
        if self.finding.kept in (Finding.CLEAR, Finding.NOT_CLEAR) and not field.data:
            raise ValidationError("Enter what you have seen")


class CorrectionForm(VersionedForm):
    """What should be put right."""

    reason = ProseField("What should be put right?", [DataRequired("Say what should be put right")])


@blueprint.get(PATH)
def show_employment(reference: str) -> ResponseReturnValue:
    """How far the details and the checks are.  No answer is on it."""
    return _page(find(reference))


@blueprint.post(f"{PATH}/ask")
def ask_for_details(reference: str) -> ResponseReturnValue:
    """Ask for the details, where nobody has: of somebody who was to be appointed before there was this form."""
    application = find(reference)
    try:
        with transaction():
            opening.ask_for_details(g.actor, application, now=clock.now())
    except Conflict as refusal:
        flash(str(refusal), "notice")
        return _page(find(reference), 409)
    return redirect(url_for(".show_employment", reference=application.reference))


@blueprint.post(f"{PATH}/answers")
def open_answers(reference: str) -> ResponseReturnValue:
    """Keep that the answers are opened and by whom, then show them, without the numbers of the account."""
    return _opened(reference, checks.open_answers, BANK_NUMBERS)


@blueprint.post(f"{PATH}/bank")
def show_bank(reference: str) -> ResponseReturnValue:
    """Keep that the bank details are shown and to whom, then show them."""
    return _opened(reference, checks.show_bank, NOTHING)


def _opened(reference: str, keep: Any, hidden: frozenset[str]) -> ResponseReturnValue:
    application = find(reference)
    details = _asked(application)
    try:
        with transaction():
            keep(g.actor, details, now=clock.now())
    except Conflict as refusal:
        flash(str(refusal), "notice")
        return _page(find(reference), 409)
    application = find(reference)
    note_opening(ShownPart.EMPLOYMENT_DETAILS, application.id)
    parts = saved_parts(application.id, Known())
    shown = parts if hidden else {Part.BANK: parts[Part.BANK]}
    return _page(application, read=[part_read(part, one.answers, hidden=hidden) for part, one in shown.items()])


@blueprint.route(f"{PATH}/correction", methods=["GET", "POST"])
def ask_for_correction(reference: str) -> ResponseReturnValue:
    """Let the candidate correct what they sent, and tell them what."""
    application, status = find(reference), 200
    details, form = _asked(application), CorrectionForm()
    if form.validate_on_submit():
        try:
            with transaction():
                seen, reason = form.seen_version(), form.reason.data or ""
                opening.reopen_details(g.actor, details, reason, seen_version=seen, now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            application, status = find(reference), 409 if isinstance(refusal, Conflict) else 200
            details = _asked(application)
        else:
            flash("The candidate is told by email what to put right.")
            return redirect(url_for(".show_employment", reference=application.reference))
    if not form.is_submitted():
        form.version.data = str(details.version)
    back = url_for(".show_employment", reference=application.reference)
    return render_template("review/ask_for_correction.html", application=application, form=form, back_href=back), status


@blueprint.route(f"{PATH}/checks/<check>", methods=["GET", "POST"])
def record_check(reference: str, check: str) -> ResponseReturnValue:
    """What was found in one check so far, and writing down what is found now."""
    application, status = find(reference), 200
    _asked(application)
    kind = _kind(check)
    form = CheckForm(data={"checked_on": london_day(clock.now())})
    if form.validate_on_submit() and form.checked_on.data:
        try:
            with transaction():
                checks.record_check(
                    g.actor,
                    application,
                    kind,
                    form.finding.kept,
                    form.checked_on.data,
                    form.evidence.data or "",
                    form.note.data or "",
                    seen_number=form.seen_version(),
                    now=clock.now(),
                )
        except Incomplete as refusal:
            form.form_errors.append(str(refusal))
            application = find(reference)
        except Conflict as refusal:
            form.form_errors.append(str(refusal))
            application, status = find(reference), 409
        else:
            flash(f"Written down: {CHECK_WORDS[kind]}, {FINDING_WORDS[form.finding.kept].lower()}")
            return redirect(url_for(".show_employment", reference=application.reference))
    earlier = [one for one in checks.findings_of(application.id) if one.kind is kind]
    if not form.is_submitted() or status == 409:
        form.version.data = str(len(earlier))
    page = render_template(
        "review/record_check.html",
        application=application,
        title=CHECK_WORDS[kind],
        form=form,
        events=[_finding(one) for one in reversed(earlier)],
        back_href=url_for(".show_employment", reference=application.reference),
    )
    return page, status


def _asked(application: Application) -> EmploymentDetails:
    details = details_of(application.id)
    if details is None:
        raise NotFound("Nothing is asked on this application before a start.")
    return details


def _kind(check: str) -> Check:
    try:
        return Check(check)
    except ValueError:
        raise NotFound("There is no such check.") from None


def _page(application: Application, status: int = 200, *, read: list[PartRead] | None = None) -> ResponseReturnValue:
    details = details_of(application.id)
    standing = checks.standing_of(application.id)
    events = events_of(application.id)
    page = render_template(
        "review/show_employment.html",
        application=application,
        details=details,
        can_ask=is_conditional_offer(application) and (details is None or details.closed_at is not None),
        finished=number_finished(application.id) if details else 0,
        parts=len(Part),
        checks=[_check(application, kind, standing.get(kind), can_check=details is not None) for kind in Check],
        read=read,
        is_bank=read is not None and len(read) == 1,
        events=[
            event(ACT_WORDS[one.act], one.at, one.actor.name if one.actor else "the service", one.note)
            for one in events
        ],
        form=Form(),
        back_href=address_of(application.reference),
    )
    return page, status


def _check(application: Application, kind: Check, found: EmploymentCheck | None, *, can_check: bool) -> dict[str, Any]:
    finding = found.finding if found else Finding.NOT_STARTED
    return {
        "text": CHECK_WORDS[kind],
        "status": FINDING_WORDS[finding],
        "kind": TAGS[finding],
        "hint": f"{short_date(found.checked_on)}, {found.actor.name}. {_seen(found)}".strip() if found else "",
        "href": url_for(".record_check", reference=application.reference, check=kind.value) if can_check else "",
    }


def _finding(one: EmploymentCheck) -> dict[str, str]:
    title = f"{FINDING_WORDS[one.finding]}, checked on {short_date(one.checked_on)}"
    return event(title, one.at, one.actor.name, " ".join(words for words in (_seen(one), one.note) if words))


def _seen(one: EmploymentCheck) -> str:
    return f"Seen: {one.evidence}." if one.evidence else ""
