"""The forms of the administrator's area."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, ValidationError
from wtforms.validators import DataRequired

from recruit.pay.import_table import FILE_BYTES, Spine, Unreadable, read_spines
from recruit.web.forms import Form, LineField


class ImportPayTablesForm(Form):
    """A file of pay tables and where its figures come from.  Once valid, `content` and `spines` are what it holds."""

    file = FileField("CSV file")
    source = LineField(
        "Where the figures come from",
        [DataRequired("Enter where the figures come from")],
        description="Like “NJC pay circular of 23 July 2025”. It is kept with the tables.",
    )
    content: bytes = b""
    spines: tuple[Spine, ...] = ()
    faults: tuple[str, ...] = ()

    def validate_file(self, field: Any) -> None:
        """Read the file, at most a little more than one may hold."""
        if not field.data:
            raise ValidationError("Select a CSV file")
        if not str(field.data.filename).casefold().endswith(".csv"):
            raise ValidationError("The file must be a CSV file, with a name that ends in .csv")
        self.content = field.data.stream.read(FILE_BYTES + 1)
        try:
            self.spines = tuple(read_spines(self.content))
        except Unreadable as refusal:
            self.faults = tuple(refusal.faults)
            raise ValidationError(refusal.faults[0]) from None


class ConfirmPayTablesForm(Form):
    """The file again, signed when it was previewed."""

    signed = HiddenField()
