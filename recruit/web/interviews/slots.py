"""Setting times, changing one, taking one off."""

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import LONDON, london_day, long_moment, short_date
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.interviews import hosting, queries
from recruit.interviews.queries import SetSlot
from recruit.panels import interviewing
from recruit.panels.composition import Member
from recruit.rules.interviews import KIND_WORDS
from recruit.vacancies.models import Vacancy
from recruit.web.interviews.blueprint import blueprint
from recruit.web.interviews.forms import HINTS, CancelForm, SlotForm, SlotsForm
from recruit.web.interviews.overview import change_limit, find_vacancy, where_words
from recruit.web.row_values import whole_number

NOBODYS = "0"


@blueprint.route("/new", methods=["GET", "POST"])
def add_slots(reference: str) -> ResponseReturnValue:
    """Set times of one kind, one after the other."""
    vacancy = find_vacancy(reference)
    members = interviewing.interviewers_to_choose(vacancy.id)
    form = SlotsForm()
    form.offer(members)
    if request.method == "GET":
        form.people.data = [str(member.id) for member in members]
        _say_day(form, vacancy)
        return _form_page("interviews/add_slots.html", vacancy, form, members=members)
    if not form.validate():
        return _form_page("interviews/add_slots.html", vacancy, form, members=members)
    try:
        with transaction():
            slots = interviewing.add_slots(
                g.actor,
                vacancy,
                form.kind.kept,
                form.plan(),
                number=whole_number(form.number.data),
                pause=whole_number(form.pause.data),
                now=clock.now(),
            )
    except (Conflict, Incomplete) as refusal:
        return _refused("interviews/add_slots.html", reference, form, refusal)
    flash(f"{len(slots)} {'time is' if len(slots) == 1 else 'times are'} set.")
    return redirect(_back(vacancy))


@blueprint.route("/<int:slot_id>", methods=["GET", "POST"])
def change_slot(reference: str, slot_id: int) -> ResponseReturnValue:
    """Change one time: whoever has it is told."""
    vacancy = find_vacancy(reference)
    one = _find_slot(vacancy, slot_id)
    members = interviewing.interviewers_to_choose(vacancy.id)
    form = SlotForm(data=_shown(one))
    form.offer(members)
    if request.method == "GET":
        return _form_page("interviews/change_slot.html", vacancy, form, one=one, members=members)
    if not form.validate():
        return _form_page("interviews/change_slot.html", vacancy, form, one=one, members=members)
    try:
        with transaction():
            interviewing.change_slot(
                g.actor,
                vacancy,
                one.slot,
                form.plan(),
                seen_version=whole_number(form.version.data),
                seen_booking_id=_seen(form.booking.data),
                limit=change_limit(),
                now=clock.now(),
            )
    except (Conflict, Incomplete) as refusal:
        return _refused("interviews/change_slot.html", reference, form, refusal, slot_id)
    off = "".join(f" {name} does not interview then any more." for name in _left(one, members))
    flash("The time is changed." + (" Everybody in it has been told." if one.booking else "") + off)
    return redirect(_back(vacancy))


@blueprint.route("/<int:slot_id>/cancel", methods=["GET", "POST"])
def cancel_slot(reference: str, slot_id: int) -> ResponseReturnValue:
    """Ask, then take one time off: whoever has it is told."""
    vacancy = find_vacancy(reference)
    one = _find_slot(vacancy, slot_id)
    form = CancelForm()
    if request.method == "GET":
        form.version.data, form.booking.data = str(one.slot.version), _booking_key(one)
        return _form_page("interviews/cancel_slot.html", vacancy, form, one=one)
    if not form.validate():
        return _form_page("interviews/cancel_slot.html", vacancy, form, one=one)
    try:
        with transaction():
            hosting.cancel_slot(
                g.actor,
                one.slot,
                seen_version=whole_number(form.version.data),
                seen_booking_id=_seen(form.booking.data),
                now=clock.now(),
            )
    except Conflict as refusal:
        return _refused("interviews/cancel_slot.html", reference, form, refusal, slot_id)
    flash("The time is taken off." + (" Everybody in it has been told." if one.booking else ""))
    return redirect(_back(vacancy))


def _left(one: SetSlot, members: Sequence[Member]) -> list[str]:
    """Return who interviews at a time and cannot be chosen for it any more: whatever is changed takes them off."""
    able = {member.id for member in members}
    return [person.name for person in one.interviewers if person.id not in able]


def _find_slot(vacancy: Vacancy, slot_id: int) -> SetSlot:
    return queries.slot_of(vacancy.id, slot_id)


def _refused(template: str, reference: str, form: Any, refusal: Exception, slot_id: int = 0) -> ResponseReturnValue:
    """Show the form again with what was typed, beside how things stand now, which the next try is then about."""
    vacancy = find_vacancy(reference)
    form.form_errors.append(str(refusal))
    one = _find_slot(vacancy, slot_id) if slot_id else None
    if one is not None:
        form.version.data, form.booking.data = str(one.slot.version), _booking_key(one)
    members = interviewing.interviewers_to_choose(vacancy.id)
    return _form_page(template, vacancy, form, one=one, members=members), 409 if isinstance(refusal, Conflict) else 200


def _form_page(template: str, vacancy: Vacancy, form: Any, *, one: SetSlot | None = None, members: Any = ()) -> str:
    return render_template(
        template,
        vacancy=vacancy,
        form=form,
        one=one,
        when=long_moment(one.slot.starts_at) if one else "",
        kind=KIND_WORDS[one.slot.kind] if one else "",
        where=where_words(one) if one else "",
        members=members,
        left=_left(one, members) if one else [],
        hints=HINTS,
        trained={str(member.id): _training(member) for member in members},
        back_href=_back(vacancy),
    )


def _training(member: Any) -> str:
    if member.valid_until is None:
        return "No safer-recruitment training recorded"
    counts = "counts" if member.valid_until >= london_day(clock.now()) else "counted"
    return f"Safer-recruitment training {counts} until {short_date(member.valid_until)}"


def _say_day(form: SlotsForm, vacancy: Vacancy) -> None:
    """Begin with the day of interviews that the vacancy names, while it is to come; else with the year."""
    today, named = london_day(clock.now()), vacancy.interview_on
    if named is None or named < today:
        form.day.parts[2].text = str(today.year)
        return
    for part, number in zip(form.day.parts, (named.day, named.month, named.year), strict=True):
        part.text = str(number)
    form.day.description = "The day that the vacancy names. It can be another."


def _shown(one: SetSlot) -> dict[str, Any]:
    """Return what the form starts from."""
    local = one.slot.starts_at.astimezone(LONDON)
    return {
        "version": str(one.slot.version),
        "booking": _booking_key(one),
        "day": local.date(),
        "start": f"{local:%H:%M}",
        "minutes": str(one.slot.minutes),
        "place": one.slot.place,
        "link": one.slot.link,
        "people": [str(person.id) for person in one.interviewers],
    }


def _booking_key(one: SetSlot) -> str:
    return str(one.booking.id) if one.booking else NOBODYS


def _seen(text: Any) -> int | None:
    return None if text == NOBODYS else whole_number(text)


def _back(vacancy: Vacancy) -> str:
    return url_for(".show_interviews", reference=vacancy.reference)
