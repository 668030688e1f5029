"""How long the form takes, told before anybody starts."""

MINUTES_OF_FACTS = 45  # minutes for all but evidence; our own estimate
MINUTES_OF_CHECKING = 15  # minutes, where the last application fills them in; our own estimate
MINUTES_A_CRITERION = 15  # minutes to write up to 250 words; our own estimate


def words_to_apply(essential: int, *, has_earlier: bool = False) -> str:
    """Return how long an application takes, to the next half hour: "2 hours", "2 and a half hours".

    Args:
        essential: essential criteria, each with an answer of its own.
        has_earlier: the last application fills in all but these answers and the declaration.

    Source: our own estimate, until it can be measured.
    """
    facts = MINUTES_OF_CHECKING if has_earlier else MINUTES_OF_FACTS
    halves = max(2, -(-(facts + MINUTES_A_CRITERION * essential) // 30))
    hours, half = divmod(halves, 2)
    if half:
        return f"{hours} and a half hours"
    return "1 hour" if hours == 1 else f"{hours} hours"
