"""`flask --app wsgi pay`: the council's pay tables."""

from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from recruit.core import clock
from recruit.core.calendar import short_date
from recruit.core.errors import DomainError
from recruit.core.transaction import transaction
from recruit.pay import service
from recruit.pay.import_table import FILE_BYTES, Unreadable, read_spines
from recruit.rules.access import SYSTEM
from recruit.vacancies.authoring_queries import is_pay_table_used

group = AppGroup("pay", help="Keep the dated pay tables.")

WORDS = {
    service.Change.NEW: "new, {points} points",
    service.Change.CHANGED: "changed, {points} points differ",
    service.Change.SAME: "the same as before",
}


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--effective-on", type=click.DateTime(["%Y-%m-%d"]), help="import only the table of this day, 2025-04-01")
def import_tables(file: Path, effective_on: datetime | None) -> None:
    """Import pay tables from FILE, a CSV: scp, then a column for each day that a table takes effect."""
    day: date | None = effective_on.date() if effective_on else None
    try:
        with file.open("rb") as opened:
            spines = read_spines(opened.read(FILE_BYTES + 1))
        with transaction():
            done = service.import_pay_tables(
                SYSTEM, spines, source=file.name, is_used=is_pay_table_used, now=clock.now(), effective_on=day
            )
    except Unreadable as refusal:
        raise click.ClickException("\n".join(["nothing was imported.", *refusal.faults])) from None
    except (DomainError, OSError) as refusal:
        raise click.ClickException(str(refusal)) from None
    for item in done:
        click.echo(f"{short_date(item.spine.effective_on)}: {WORDS[item.change].format(points=item.points)}")
