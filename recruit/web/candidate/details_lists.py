"""The parts of the details before a start that are lists: addresses, and stays outside the UK."""

from typing import Any

from flask import abort, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from recruit.appointments import employment_service as service
from recruit.appointments.employment_answers import ENTRIES
from recruit.appointments.employment_completeness import Problem, problems_of
from recruit.appointments.employment_months import first_month_asked, months_without_address
from recruit.appointments.employment_queries import Saved
from recruit.appointments.employment_reading import address_words, months_words
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules.employment import Part
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.details_forms import AddressesForm, AddressForm, MonthsForm, StayForm, StaysForm
from recruit.web.candidate.details_places import (
    BASE,
    as_row,
    known_in,
    link,
    onward,
    overseas_months,
    own_open_details,
    part_of,
    part_page,
)
from recruit.web.candidate.fields import NO, YES
from recruit.web.candidate.section_form import AnswersForm, Outcome, attempt

LISTS = {Part.ADDRESSES: "candidate.list_addresses", Part.ABROAD: "candidate.list_stays"}


@blueprint.route(f"{BASE}/addresses", methods=["GET", "POST"])
def list_addresses(reference: str) -> ResponseReturnValue:
    return _list(reference, Part.ADDRESSES, AddressesForm, "candidate/list_addresses.html")


@blueprint.route(f"{BASE}/addresses/add", defaults={"place": None}, methods=["GET", "POST"])
@blueprint.route(f"{BASE}/addresses/<int:place>", methods=["GET", "POST"])
def edit_address(reference: str, place: int | None) -> ResponseReturnValue:
    return _edit(reference, Part.ADDRESSES, place, AddressForm, "candidate/edit_address.html")


@blueprint.route(f"{BASE}/addresses/<int:place>/remove", methods=["GET", "POST"])
def remove_address(reference: str, place: int) -> ResponseReturnValue:
    return _remove(reference, Part.ADDRESSES, place, "candidate/remove_address.html")


@blueprint.route(f"{BASE}/time-abroad", methods=["GET", "POST"])
def list_stays(reference: str) -> ResponseReturnValue:
    return _list(reference, Part.ABROAD, StaysForm, "candidate/list_stays.html")


@blueprint.route(f"{BASE}/time-abroad/add", defaults={"place": None}, methods=["GET", "POST"])
@blueprint.route(f"{BASE}/time-abroad/<int:place>", methods=["GET", "POST"])
def edit_stay(reference: str, place: int | None) -> ResponseReturnValue:
    return _edit(reference, Part.ABROAD, place, StayForm, "candidate/edit_stay.html")


@blueprint.route(f"{BASE}/time-abroad/<int:place>/remove", methods=["GET", "POST"])
def remove_stay(reference: str, place: int) -> ResponseReturnValue:
    return _remove(reference, Part.ABROAD, place, "candidate/remove_stay.html")


def _list(reference: str, part: Part, kind: type[AnswersForm], template: str) -> ResponseReturnValue:
    details = own_open_details(reference)
    known, today = known_in(details), london_day(clock.now())
    saved = part_of(details, part, known)
    form = kind(data={**saved.answers, "finished": YES if saved.is_complete else None})
    outcome = attempt(
        form,
        lambda entered: service.save_part(g.actor, details, part, entered, known, now=clock.now()),
        lambda: as_row(part_of(details, part, known)),
        in_parts=True,
        version=lambda row: str(row.mark),
    )
    if outcome.is_done:
        return redirect(onward(details, is_finished=form["finished"].data != NO))
    saved = part_of(details, part, known)
    entries = saved.answers.get(ENTRIES, [])
    return part_page(
        template,
        outcome,
        details,
        part,
        saved,
        form=form,
        rows=[{"words": address_words(entry), "months": months_words(entry)} for entry in entries],
        gaps=months_without_address(entries, today) if part is Part.ADDRESSES else [],
        mend=[_mending(one) for one in problems_of(part, saved.answers, today)],
        is_found=not saved.is_saved and bool(entries),
        since=first_month_asked(today),
        months=overseas_months(),
    )


def _mending(problem: Problem) -> dict[str, str]:
    """Return what is to be mended and where on the page: an entry, a gap, a question, or where entries are added."""
    if problem.place is not None:
        return {"text": problem.message, "href": f"#entry-{problem.place}"}
    if problem.field.startswith("gap-"):
        return {"text": problem.message, "href": f"#{problem.field}"}
    return {"text": problem.message, "href": f"#{problem.field}-0" if problem.field else "#add-entry"}


def _edit(reference: str, part: Part, place: int | None, kind: type[MonthsForm], template: str) -> ResponseReturnValue:
    details = own_open_details(reference)
    known = known_in(details)
    saved = part_of(details, part, known)
    entry = _entry(saved, place) if place is not None else None
    form = kind.of(entry, request.args)

    def stored() -> Any:
        return as_row(part_of(details, part, known))

    try:
        outcome = attempt(
            form,
            lambda entered: service.save_entry(g.actor, details, part, place, entered, known, now=clock.now()),
            stored,
            in_parts=False,
            version=lambda row: str(row.mark),
        )
    except Incomplete as refusal:
        form.form_errors.append(str(refusal))
        outcome = Outcome()
    back = link(LISTS[part], details)
    if outcome.is_done:
        return redirect(back)
    if outcome.elsewhere is not None:  # what this is the place of may be another entry now
        outcome = Outcome(409)
    return part_page(template, outcome, details, part, saved, form=form, place=place, back_href=back)


def _remove(reference: str, part: Part, place: int, template: str) -> ResponseReturnValue:
    details = own_open_details(reference)
    known = known_in(details)
    saved = part_of(details, part, known)
    entry, form, back = _entry(saved, place), AnswersForm(), link(LISTS[part], details)
    if not form.is_submitted():
        form.version.data = saved.mark
    elif form.validate():
        try:
            with transaction():
                seen = form.version.data or ""
                service.remove_entry(g.actor, details, part, place, known, seen=seen, now=clock.now())
        except Conflict as refusal:
            flash(str(refusal), "notice")
        else:
            flash("Removed")
        return redirect(back)
    what = ", ".join(words for words in (address_words(entry), months_words(entry)) if words)
    return part_page(template, Outcome(), details, part, saved, form=form, what=what, back_href=back)


def _entry(saved: Saved, place: int) -> Any:
    entries = saved.answers.get(ENTRIES, [])
    return entries[place] if place < len(entries) else abort(404)
