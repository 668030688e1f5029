"""The forms of the area."""

from collections.abc import Sequence

from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired, InputRequired

from recruit.panels.composition import Member
from recruit.rules import limits
from recruit.web.fields import DatePartsField
from recruit.web.forms import Form, LineField, MaxCharacters, ProseField


class MemberForm(Form):
    """Somebody to put on the panel."""

    person = SelectField("Add a member")

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        """Give the choice of who can join."""
        self.person.choices = [("", "Choose a person"), *((str(key), name) for key, name in people)]


class TrainingForm(Form):
    """When a member had their training."""

    member = SelectField("Member")
    trained_on = DatePartsField(
        "Day of the training",
        [InputRequired("Enter the day of the training")],
        thing="Day of the training",
        description="For example, 27 3 2025",
    )

    def offer(self, members: Sequence[Member]) -> None:
        """Give the choice of the members."""
        self.member.choices = [(str(member.id), member.name) for member in members]


class EmployersForm(Form):
    """Whether the panel is shown employers' names."""

    hides = BooleanField(
        "Hide the names of employers from the panel",
        description="Also where candidates name them in what they write. It can be changed until the sift opens.",
    )


class ScoresFirstForm(Form):
    """Whether HR waits for the panel."""

    needed = BooleanField(
        "Decide on the sift only once both scores are in",
        description="Anybody who decides earlier must say why. It is kept in the panel’s history.",
    )


class PhraseForm(Form):
    """Words to hide from the panel."""

    phrase = LineField(
        "Words to hide",
        [DataRequired("Enter the words to hide")],
        description="Exactly as they are written, such as a project that everybody here connects with one person.",
    )


class RemoveScorerForm(Form):
    """Why a scorer is taken off an application."""

    reason = ProseField(
        "Why is the scorer taken off?",
        [DataRequired("Enter a reason"), MaxCharacters(limits.SCORE_NOTE_CHARACTERS, "The reason")],
        description="Kept with the record. Another member is given the application.",
    )
