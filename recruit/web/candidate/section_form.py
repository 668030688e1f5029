"""From a form to what a service keeps, and back to the form with what is wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol

from wtforms import HiddenField

from recruit.applications.chronology import Month
from recruit.applications.saving import Entered, SavedElsewhere, version_of
from recruit.core.calendar import long_date
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.web.candidate.fields import YES
from recruit.web.fields import ChoiceField, MonthYearField
from recruit.web.forms import Form


class AnswersForm(Form):
    """Base of the pages that answers are typed on.  `columns` names the fields that are kept, as the model does."""

    columns: ClassVar[tuple[str, ...]] = ()
    version = HiddenField()

    def values(self) -> dict[str, Any]:
        """Return what could be read, by column."""
        return {name: _value(self[name]) for name in self.columns if name in self and not self[name].errors}

    def entered(self, *, is_whole: bool) -> Entered:
        """Return what was sent, for a service."""
        finished = "finished" in self and self["finished"].data == YES
        return Entered(self.values(), self.version.data or "", finished, is_whole)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a form.

    Args:
        status: to answer with when the form is shown (again).
        is_done: saved, with nothing left to say.
        is_kept: saved, and something is still to be mended.
        elsewhere: question and answer of what another window saved, where it differs; None if none did.
    """

    status: int = 200
    is_done: bool = False
    is_kept: bool = False
    elsewhere: Sequence[tuple[str, str]] | None = None


class Told(Protocol):
    """Something to mend: the field that it is about, and a sentence that says how."""

    @property
    def field(self) -> str:
        """The field's name; empty where it is about none."""
        ...

    @property
    def message(self) -> str:
        """The sentence."""
        ...


Save = Callable[[Entered], Sequence[Told] | None]


def attempt(
    form: AnswersForm,
    save: Save,
    stored: Callable[[], Any],
    *,
    in_parts: bool,
    version: Callable[[Any], str] = version_of,
) -> Outcome:
    """Save what was sent, if anything was.

    Args:
        form: as sent.
        save: the service; returns what is wrong with what it kept.
        stored: reads the row afresh, to compare it with what was typed.
        in_parts: whether what is right is kept although something else is wrong.
        version: tells one state of what `stored` returns from another.
    """
    if not form.is_submitted():
        form.version.data = version(stored())
        return Outcome()
    is_whole = form.validate()
    if not (is_whole or in_parts):
        return Outcome()
    try:
        with transaction():
            problems = save(form.entered(is_whole=is_whole)) or ()
    except SavedElsewhere as refusal:
        row = stored()
        form.version.data = version(row)
        form.form_errors.append(f"{refusal} Yours are below and not saved yet. Compare the two, then save.")
        return Outcome(409, elsewhere=_differences(form, row))
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        return Outcome(409)
    show_problems(form, problems)
    if is_whole and not problems:
        return Outcome(302, is_done=True)
    form.version.data = version(stored())
    return Outcome(is_kept=True)


def show_problems(form: Form, problems: Sequence[Told]) -> None:
    """Put each problem beside its field, the first of a field alone; what is about no field stands at the top."""
    for problem in problems:
        if problem.field not in form:
            form.form_errors.append(problem.message)
        elif not form[problem.field].errors:
            form[problem.field].errors = [problem.message]


def _differences(form: AnswersForm, row: Any) -> list[tuple[str, str]]:
    typed = form.values()
    return [
        (form[name].label.text, _words(getattr(row, name, None), form[name]))
        for name in form.columns
        if name in form and typed.get(name) != getattr(row, name, None)
    ]


def _words(value: Any, field: Any) -> str:
    if isinstance(value, date):
        return Month.of(value).label if isinstance(field, MonthYearField) else long_date(value)
    if value is None or value == "":
        return "Nothing"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        labels = {str(one.value): str(one.label) for one in field.iter_choices()}
        return ", ".join(str(labels.get(item, item)) for item in value) or "Nothing"
    return str(getattr(value, "label", value))


def _value(field: Any) -> Any:
    return field.kept if isinstance(field, ChoiceField) else field.data
