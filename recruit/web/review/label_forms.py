"""Choosing a label."""

from collections.abc import Iterable

from wtforms import SelectField
from wtforms.validators import InputRequired

from recruit.applications.labels import Label
from recruit.web.forms import Form


class LabelForm(Form):
    """A label to put on an application.  One that was retired meanwhile is refused by the service, in its words."""

    label = SelectField("Label", validators=[InputRequired("Select a label")], validate_choice=False)

    def offer(self, labels: Iterable[Label]) -> None:
        """Give the choice of those that are not retired."""
        self.label.choices = live(labels)


def live(labels: Iterable[Label]) -> list[tuple[str, str]]:
    """Return the labels that can be put on applications, as choices."""
    return [(str(one.id), one.name) for one in labels if one.retired_at is None]
