"""Payments beside salary, kept as JSON, are what they can be: at most one of a kind, of known amounts and dates.

Revision ID: 0031
Revises: 0030
"""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = depends_on = None

NAME = "ck_vacancy_additions"
PLACES = range(3)


def upgrade() -> None:
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.create_check_constraint(op.f(NAME), _condition(op.get_bind().dialect.name))


def downgrade() -> None:
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")


def _condition(dialect):
    typed = "json_typeof" if dialect == "postgresql" else "json_type"
    kinds = [_value(dialect, place, "kind") for place in PLACES]
    return " AND ".join(
        [
            f"{typed}(additions) = 'array' AND json_array_length(additions) <= 3",
            *(_line(dialect, place) for place in PLACES),
            *(f"coalesce({kinds[one]} <> {kinds[other]}, TRUE)" for one, other in ((0, 1), (0, 2), (1, 2))),
        ]
    )


def _line(dialect, place):
    kind, paid, amount, months, review_on, ends_on = (
        _value(dialect, place, name)
        for name in ("kind", "paid", "amount_pence", "after_months", "review_on", "ends_on")
    )
    return (
        f"(json_array_length(additions) <= {place}"
        f" OR coalesce({kind} IN ('market_supplement', 'retention', 'relocation')"
        f" AND {paid} IN ('monthly', 'once', 'claimed')"
        f" AND CAST({amount} AS INTEGER) BETWEEN 100 AND 5000000"
        f" AND ({paid} = 'once') = ({months} IS NOT NULL)"
        f" AND ({kind} <> 'market_supplement' OR {review_on} IS NOT NULL OR {ends_on} IS NOT NULL), FALSE))"
    )


def _value(dialect, place, name):
    if dialect == "postgresql":
        return f"(additions -> {place} ->> '{name}')"
    return f"json_extract(additions, '$[{place}].{name}')"
