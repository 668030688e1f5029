"""How many candidates were told of something, in words."""


def told_words(number: int) -> str:
    """Return a sentence that follows another, with its space; "" where nobody was told."""
    if not number:
        return ""
    return f" {'1 candidate is' if number == 1 else f'{number:,} candidates are'} told by email."
