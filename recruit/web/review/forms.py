"""The forms of HR's area."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length

from recruit.applications.letters import LetterDraft
from recruit.applications.models import Application
from recruit.review.choices import Choice
from recruit.review.letters import SeenLetter
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus, Move
from recruit.vacancies.models import Criterion
from recruit.web.fields import ChoiceField, choice
from recruit.web.forms import Form, ProseField
from recruit.web.row_values import whole_number

NOBODYS = "0"


def assignees(actor: Actor, people: Sequence[Choice], application: Application) -> tuple[tuple[str, str], ...]:
    """Return who can take on an application, as choices: everybody in HR but the candidate, the reader first."""
    others = [(str(person.id), person.name) for person in people if person.id != actor.user_id]
    candidate = str(application.candidate_id)
    return ((str(actor.user_id), f"{actor.name} (me)"), *(pair for pair in others if pair[0] != candidate))


def _at_most(thing: str) -> Length:
    most = limits.NOTE_CHARACTERS
    return Length(max=most, message=f"{thing} must be {most:,} characters or fewer")


def _part(thing: str) -> Length:
    most = limits.LETTER_CHARACTERS
    return Length(max=most, message=f"{thing} must be {most:,} characters or fewer")


def _without_scores() -> ProseField:
    return ProseField(
        "Why decide without the panel’s scores?",
        [_at_most("What you write")],
        description="Both scores are not in yet, and this vacancy waits for them. Kept in the panel’s history.",
    )


class ShortlistForm(Form):
    """Shortlist, with a note for the record if one is wanted."""

    version = HiddenField()
    without_scores = _without_scores()
    reason = ProseField(
        "Why, for the record (optional)",
        [_at_most("What you write")],
        description="Kept with the decision for HR. The candidate is not shown it.",
    )


class OutcomeForm(Form):
    """What came of the interviews, but for a no, which has a page of its own for its reason."""

    version = HiddenField()
    outcome = RadioField(
        "What came of the interviews?", validators=[InputRequired("Select what came of the interviews")]
    )
    unexplained = ProseField(
        "Why appoint although the history leaves something to explain?",
        [_at_most("What you write")],
        description="Only if you appoint. Kept in the panel’s history.",
    )
    outcome_reason = ProseField(
        "Why, for the record (optional)",
        [_at_most("What you write")],
        description="Kept with the decision for HR. The candidate is not shown it.",
    )

    def offer(self, moves: Sequence[Move[ApplicationStatus]]) -> None:
        """Give the choice of the moves that need no words to the candidate."""
        self.outcome.choices = [choice(move.target.value, move.label) for move in moves if not move.needs_reason]


class UnsuccessfulForm(Form):
    """Mark as unsuccessful: the criterion that decided it, and what the candidate is told."""

    version = HiddenField()
    without_scores = _without_scores()
    criterion = RadioField(
        "Which criterion decided it?", validators=[InputRequired("Select the criterion that decided it")]
    )
    reason = ProseField(
        "What would you have liked to read?",
        [
            DataRequired("Enter what you would have liked to read"),
            _at_most("What you write"),
        ],
        description="The candidate is sent this as feedback, word for word. Write to them: “Your examples …”.",
    )

    def offer(self, criteria: list[Criterion]) -> None:
        """Give the choice of the vacancy's criteria."""
        self.criterion.choices = [(str(line.id), line.text) for line in criteria]


class NotAppointedForm(UnsuccessfulForm):
    """Mark as not appointed, after interviews: as the letter asks it."""

    reason = ProseField(
        "What would you have liked to hear?",
        [
            DataRequired("Enter what you would have liked to hear"),
            _at_most("What you write"),
        ],
        description="The candidate is sent this as feedback, word for word. Write to them: “Your answers …”.",
    )


class _OfLetter(Form):
    """About a letter that waits, as the page shows it."""

    event = HiddenField()
    version = HiddenField()

    def show(self, draft: LetterDraft) -> None:
        """Keep which letter the page shows."""
        self.event.data, self.version.data = str(draft.event_id), str(draft.version)

    @property
    def seen(self) -> SeenLetter:
        """Which letter the page showed."""
        return SeenLetter(whole_number(self.event.data), whole_number(self.version.data))


class LetterForm(_OfLetter):
    """The words of a letter that people change."""

    opening = ProseField("The opening", [DataRequired("Enter the opening"), _part("The opening")])
    next_steps = ProseField("What happens next", [DataRequired("Enter what happens next"), _part("What happens next")])
    feedback = ProseField(
        "More feedback (optional)",
        [_part("More feedback")],
        description="On other criteria, to the candidate: “Your example …”. Sent word for word.",
    )


class AsideForm(_OfLetter):
    """Let a decision stand without a message."""

    reason = ProseField(
        "How was the candidate told, and when?",
        [DataRequired("Enter how the candidate was told"), _at_most("What you write")],
        description="Kept in the record. For example: by phone on 3 March, by the chair.",
    )


class ReopenForm(Form):
    """Go back from a decision that the candidate knows of."""

    version = HiddenField()
    reason = ProseField(
        "Why is it reopened?",
        [DataRequired("Enter why it is reopened"), _at_most("The reason")],
        description="Kept in the record with your name. The candidate is not shown it.",
    )


class UndoForm(Form):
    """Take back a decision."""

    version = HiddenField()


class ExportForm(Form):
    """Take a list out of the service."""

    taking = ChoiceField(
        "Which file do you want?",
        [("xlsx", "Excel (XLSX)"), ("csv", "CSV, for other programs")],
        missing="Select a file",
    )
    reason = ProseField(
        "Why do you need it?",
        [DataRequired("Enter why you need it"), _at_most("The reason")],
        description="Kept in the record with your name, for auditors.",
    )

    def offer_zip(self) -> None:
        """Give the choice of a zip too, where PDFs can be made."""
        words = f"Zip of PDFs, one for each application as it was sent (at most {limits.ZIPPED_APPLICATIONS})"
        self.taking.choices = [*self.taking.choices, choice("zip", words)]  # type: ignore[misc]  # a list of ours


class RecordForm(Form):
    """Take the record of one application out of the service."""

    reason = ProseField(
        "Why do you need it?",
        [DataRequired("Enter why you need it"), _at_most("The reason")],
        description="Kept in the record with your name, and printed on it.",
    )


class NoteForm(Form):
    """A note for the others in HR."""

    text = ProseField(
        "Add a note",
        [DataRequired("Enter a note"), _at_most("Your note")],
        description="For HR only. The candidate could ask for a copy by law, so write what you would say to them.",
    )


class AssignForm(Form):
    """Who takes an application on."""

    seen = HiddenField()
    assignee = SelectField("Assigned to")

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Give the choice of `people`, and of nobody."""
        reader, *others = people
        self.assignee.choices = [reader, (NOBODYS, "Nobody"), *others]

    def chosen(self) -> int | None:
        """Return who was chosen; None for nobody."""
        return None if self.assignee.data == NOBODYS else whole_number(self.assignee.data)

    def seen_assignee(self) -> int | None:
        """Return who had the application when the form was made."""
        return None if self.seen.data == NOBODYS else whole_number(self.seen.data)
