"""Money in whole pence, and how it is written.

GOV.UK style: "£5,000", commas, pence only if needed, "to" in ranges.  Written by hand because a list page formats
hundreds of figures and Babel takes many times as long for the same text.
"""


def pounds(pence: int) -> str:
    """`pence` in pounds: 2867200 is "£28,672", 1250 is "£12.50", -500 is "-£5"."""
    sign = "-" if pence < 0 else ""
    whole, rest = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}.{rest:02d}" if rest else f"{sign}£{whole:,}"


def pounds_and_pence(pence: int) -> str:
    """`pence` in pounds with two places, for a column of figures: 2500 is "£25.00".

    Args:
        pence: 0 or more.
    """
    return f"£{pence // 100:,}.{pence % 100:02d}"


def pounds_range(low: int, high: int) -> str:
    """A range of pay: "£28,672 to £36,922"; one figure if both are the same.

    Args:
        low: pence.
        high: pence, at least `low`.

    Raises:
        ValueError: `low` is more than `high`.
    """
    if low > high:
        raise ValueError(f"a range from {low} down to {high} pence")
    return pounds(low) if low == high else f"{pounds(low)} to {pounds(high)}"
