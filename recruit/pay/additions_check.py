"""What each database asks of the payments beside salary that a vacancy keeps as JSON: what `Addition` asks, nearly all.

A table would have its checks for nothing, but the page of a vacancy would need a fourth query.
"""

from recruit.pay.additions import AMOUNT_PENCE, Kind, Paid

_PLACES = range(len(Kind))  # one payment of a kind


def additions_check(dialect: str) -> str:
    """Return the condition that the column `additions` keeps on "sqlite" or "postgresql"."""
    typed = "json_typeof" if dialect == "postgresql" else "json_type"
    is_list = f"{typed}(additions) = 'array' AND json_array_length(additions) <= {len(_PLACES)}"
    return " AND ".join([is_list, *(_line(dialect, place) for place in _PLACES), *_unlike(dialect)])


def _line(dialect: str, place: int) -> str:
    kind, paid, amount, months, review_on, ends_on = (
        _value(dialect, place, name)
        for name in ("kind", "paid", "amount_pence", "after_months", "review_on", "ends_on")
    )
    return (
        f"(json_array_length(additions) <= {place} OR coalesce({kind} IN ({_listed(Kind)})"
        f" AND {paid} IN ({_listed(Paid)})"
        f" AND CAST({amount} AS INTEGER) BETWEEN {AMOUNT_PENCE[0]} AND {AMOUNT_PENCE[1]}"
        f" AND ({paid} = 'once') = ({months} IS NOT NULL)"
        f" AND ({kind} <> 'market_supplement' OR {review_on} IS NOT NULL OR {ends_on} IS NOT NULL), FALSE))"
    )


def _unlike(dialect: str) -> list[str]:
    kinds = [_value(dialect, place, "kind") for place in _PLACES]
    pairs = [(one, other) for place, one in enumerate(kinds) for other in kinds[place + 1 :]]
    return [f"coalesce({one} <> {other}, TRUE)" for one, other in pairs]


def _value(dialect: str, place: int, name: str) -> str:
    if dialect == "postgresql":
        return f"(additions -> {place} ->> '{name}')"
    return f"json_extract(additions, '$[{place}].{name}')"


def _listed(values: type[Kind] | type[Paid]) -> str:
    return ", ".join(f"'{value.value}'" for value in values)
