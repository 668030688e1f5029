"""How long the form takes, told before anybody starts."""

MINUTES_OF_FACTS = 45  # minutes for all but evidence; our own estimate
MINUTES_A_CRITERION = 15  # minutes to write up to 250 words; our own estimate


def words_to_apply(essential: int) -> str:
    """Return how long an application takes, to the next half hour: "2 hours", "2 and a half hours".

    Args:
        essential: essential criteria, each with an answer of its own.

    Source: our own estimate, until it can be measured.
    """
    halves = max(2, -(-(MINUTES_OF_FACTS + MINUTES_A_CRITERION * essential) // 30))
    hours, half = divmod(halves, 2)
    if half:
        return f"{hours} and a half hours"
    return "1 hour" if hours == 1 else f"{hours} hours"
