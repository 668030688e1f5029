"""Postcodes of the United Kingdom and the Crown dependencies."""

import re

WRONG_POSTCODE = "Enter a full UK postcode, like TS1 2PA, or enter the country if it is not in the UK"

_OUTWARD = "[A-PR-UWYZ](?:[0-9][0-9A-HJKPSTUW]?|[A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)"
_POSTCODE = re.compile(f"({_OUTWARD})([0-9][ABD-HJLNP-UW-Z]{{2}})")
_NO_PLACE = re.compile("(ZZ[0-9]{1,2})([0-9][A-Z]{2})")  # as the NHS writes "no fixed abode": ZZ99 3VZ
_SPECIAL = {"GIR0AA": "GIR 0AA"}
_FORCES = re.compile("BFPO([0-9]{1,4})")
_GAPS = re.compile(r"[\s.\-]+")
_LONGEST_TYPED = 20  # characters; the column's width
_HOME = frozenset(
    {
        "britain", "england", "gb", "great britain", "guernsey", "isle of man", "jersey", "northern ireland",
        "scotland", "uk", "united kingdom", "wales",
    }
)  # fmt: skip


def normalise_postcode(text: str) -> str | None:
    """Return a postcode as Royal Mail writes it, "TS1 2PA"; None if it cannot be one.

    Args:
        text: as typed; small letters, and spaces, dots and hyphens anywhere, are accepted.

    Source: the format of the Government Data Standards Catalogue (BS 7666), which Guernsey, Jersey and the Isle of Man
    share; British Forces numbers ("BFPO 12") are taken too.  Whether a postcode exists is not looked up.
    """
    bare = _GAPS.sub("", text[: _LONGEST_TYPED + 1]).upper() if text.isascii() and len(text) <= _LONGEST_TYPED else ""
    if forces := _FORCES.fullmatch(bare):
        return f"BFPO {forces[1]}"
    if found := _POSTCODE.fullmatch(bare) or _NO_PLACE.fullmatch(bare):
        return f"{found[1]} {found[2]}"
    return _SPECIAL.get(bare)


def is_abroad(country: str) -> bool:
    """Say whether a country that was typed is none that these postcodes are of; empty is at home."""
    return country.strip().casefold() not in _HOME | {""}
