"""The forms of what can be done with many rows of the queue at once."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar, Final

from wtforms import RadioField, SelectField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from recruit.applications.labels import Label
from recruit.applications.models import Application
from recruit.core.errors import Incomplete
from recruit.review.bulk import why_left
from recruit.review.choices import Choice
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.merge_fields import MERGE_FIELDS, refuse_unknown_fields
from recruit.vacancies.models import Criterion
from recruit.web.forms import Form, MaxCharacters, ProseField
from recruit.web.review.forms import NOBODYS
from recruit.web.review.label_forms import live
from recruit.web.row_values import whole_number

_SHORT = MaxCharacters(limits.NOTE_CHARACTERS, "What you write")


class Which(StrEnum):
    """Which rows are meant."""

    TICKED = "ticked"
    PAGE = "page"
    LIST = "list"


class BulkForm(Form):
    """Base of what is done with many rows: its heading, its button, and what the rows are afterwards."""

    title: ClassVar[str]
    button: ClassVar[str]
    done: ClassVar[str]

    def done_words(self) -> str:
        """Return what the rows are afterwards, with what was chosen."""
        return self.done

    def problem(self, applications: Sequence[Application]) -> str:
        """Return why it cannot be done with these together; "" where it can."""
        return ""

    def why_left(self, application: Application) -> str:
        """Return why it cannot be done with this one; "" where nothing on it says so."""
        return ""


class BulkDecideForm(BulkForm):
    """Base of decisions: some may have to wait for their panel."""

    without_scores = ProseField(
        "Why decide without the panel’s scores?",
        [_SHORT],
        description="If you leave this empty, those that wait are left as they are. It is kept in the panel’s history"
        " with each that does not wait.",
    )

    def problem(self, applications: Sequence[Application]) -> str:
        is_possible = not applications or any(not why_left(one) for one in applications)
        return "" if is_possible else "None of these waits for a decision about shortlisting."

    def why_left(self, application: Application) -> str:
        return why_left(application)


class BulkShortlistForm(BulkDecideForm):
    """Shortlist all, with one note for the record."""

    title = "Shortlist these applications"
    button = "Shortlist them"
    done = "shortlisted. The candidates are told when their messages are released"
    reason = ProseField(
        "Why, for the record (optional)",
        [_SHORT],
        description="Kept with each decision for HR. The candidates are not shown it.",
    )


class BulkDeclineForm(BulkDecideForm):
    """Mark all as unsuccessful, for one criterion of their vacancy."""

    title = "Mark these applications as unsuccessful"
    button = "Mark them as unsuccessful"
    done = "marked as unsuccessful. The candidates are told when their messages are released"
    criterion = RadioField(
        "Which criterion decided it?", validators=[InputRequired("Select the criterion that decided it")]
    )
    reason = ProseField(
        "What would you have liked to read?",
        [DataRequired("Enter what you would have liked to read"), _SHORT],
        description="Each candidate is sent this as feedback, word for word, so it must be true of all of them.",
    )

    def offer(self, criteria: Sequence[Criterion]) -> None:
        """Give the choice of the vacancy's criteria."""
        self.criterion.choices = [(str(line.id), line.text) for line in criteria]

    def problem(self, applications: Sequence[Application]) -> str:
        if len({one.vacancy_id for one in applications if not why_left(one)}) > 1:
            return (
                "These are for several vacancies. A reason is about a criterion of one vacancy, so filter the queue by "
                "vacancy and tick again."
            )
        return super().problem(applications)


class BulkAssignForm(BulkForm):
    """Give all to one person."""

    title = "Assign these applications"
    button = "Assign them"
    done = "assigned to {}"
    assignee = SelectField("Assign them to")

    def offer(self, actor: Actor, people: Sequence[Choice]) -> None:
        """Give the choice of everybody in HR, the reader first."""
        others = [(str(person.id), person.name) for person in people if person.id != actor.user_id]
        self.assignee.choices = [(str(actor.user_id), f"{actor.name} (me)"), (NOBODYS, "Nobody"), *others]

    def done_words(self) -> str:
        return self.done.format(_chosen(self.assignee).replace(" (me)", "").replace("Nobody", "nobody"))

    def chosen(self) -> int | None:
        """Return who was chosen; None for nobody."""
        return None if self.assignee.data == NOBODYS else whole_number(self.assignee.data)


class BulkMessageForm(BulkForm):
    """Write to each candidate, with fields filled in; looked over before it is sent."""

    title = "Write to these candidates"
    button = "See each message"
    done = "written to. Each candidate is told by email that there is a message"
    text = ProseField(
        "Message",
        [DataRequired("Enter a message"), MaxCharacters(limits.CONVERSATION_CHARACTERS, "Your message")],
        description="Fields in braces are filled in for each: "
        + ", ".join(f"{{{name}}}" for name in MERGE_FIELDS)
        + ". You see each message before anything is sent.",
    )

    def validate_text(self, field: Any) -> None:
        """Refuse a field that there is not."""
        try:
            refuse_unknown_fields(field.data or "")
        except Incomplete as refusal:
            raise ValidationError(str(refusal)) from refusal


class BulkLabelForm(BulkForm):
    """Put a label on all."""

    title = "Put a label on these applications"
    button = "Put it on"
    done = "labelled ‘{}’"
    is_on: ClassVar[bool] = True
    label = SelectField("Label", validators=[InputRequired("Select a label")], validate_choice=False)

    def offer(self, labels: Sequence[Label]) -> None:
        """Give the choice of the labels: to take off, also of those that are retired."""
        self.label.choices = live(labels) if self.is_on else [(str(one.id), one.name) for one in labels]

    def done_words(self) -> str:
        return self.done.format(_chosen(self.label))

    def problem(self, applications: Sequence[Application]) -> str:
        return "" if self.label.choices else "There are no labels yet. Name one under “Labels” first."


class BulkUnlabelForm(BulkLabelForm):
    """Take a label off all."""

    title = "Take a label off these applications"
    button = "Take it off"
    done = "without ‘{}’ now"
    is_on = False


def _chosen(field: SelectField) -> str:
    """Return the words of what was chosen."""
    return next((str(words) for value, words, *_ in field.iter_choices() if value == field.data), "")


FORMS: Final[Mapping[str, type[BulkForm]]] = {
    "shortlist": BulkShortlistForm,
    "unsuccessful": BulkDeclineForm,
    "assign": BulkAssignForm,
    "message": BulkMessageForm,
    "label": BulkLabelForm,
    "unlabel": BulkUnlabelForm,
}
"""What can be done, by what an address says."""
