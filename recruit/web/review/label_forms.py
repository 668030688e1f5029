"""Choosing a label."""

from collections.abc import Iterable

from wtforms import SelectField
from wtforms.validators import InputRequired

from recruit.applications.labels import Label
from recruit.review.choices import Choice
from recruit.web.forms import Form


class LabelForm(Form):
    """A label to put on an application.  One that was retired meanwhile is refused by the service, in its words."""

    label = SelectField("Label", validators=[InputRequired("Select a label")], validate_choice=False)

    def offer(self, labels: Iterable[Choice]) -> None:
        """Give the choice of those that can be put on."""
        self.label.choices = [(str(one.id), one.name) for one in labels]


def live(labels: Iterable[Label]) -> list[tuple[str, str]]:
    """Return the labels that can be put on applications, as choices."""
    return [(str(one.id), one.name) for one in labels if one.retired_at is None]
