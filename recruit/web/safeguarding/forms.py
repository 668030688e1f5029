"""The forms of the area."""

from collections.abc import Sequence

from wtforms.validators import DataRequired

from recruit.rules import limits
from recruit.rules.lifecycle import Move
from recruit.rules.self_disclosure import DisclosureStatus
from recruit.web.fields import ChoiceField, choice
from recruit.web.forms import Form, MaxCharacters, ProseField, VersionedForm

MOST = limits.DISCLOSURE_CHARACTERS


class ConclusionForm(VersionedForm):
    """What is made of it; what the chair is told belongs to one of the choices."""

    conclusion = ChoiceField("What do you conclude?", missing="Select what you conclude", kind=DisclosureStatus)
    told = ProseField(
        "What the chair is to know",
        [MaxCharacters(MOST, "What the chair is to know")],
        description="In your own words, and no more than bears on the work. The chair reads this and nothing else.",
    )
    reason = ProseField(
        "Why the chair has to know it",
        [MaxCharacters(MOST, "Why the chair has to know it")],
        description="For safeguarding leads. The chair does not read it.",
    )
    words = ProseField(
        "Your note (optional)",
        [MaxCharacters(MOST, "Your note")],
        description="For safeguarding leads, such as what was said when you talked about it.",
    )

    def offer(self, moves: Sequence[Move[DisclosureStatus]]) -> None:
        """Offer what can be concluded from here."""
        self.conclusion.choices = [choice(move.target.value, move.label) for move in moves]


class HeardForm(VersionedForm):
    """What somebody told in person."""

    words = ProseField(
        "What were you told?",
        [DataRequired("Enter what you were told"), MaxCharacters(MOST, "What you were told")],
        description="When you talked, the eight questions and the answers. Only safeguarding leads read it.",
    )


class NoteForm(Form):
    """A note for the leads."""

    note = ProseField("Note", [DataRequired("Enter your note"), MaxCharacters(MOST, "Your note")])
