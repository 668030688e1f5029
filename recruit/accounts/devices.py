"""What a person calls the device they signed in with, as far as its browser says: coarse on purpose."""

BROWSERS = (  # the first of these that a browser names: nearly all name Chrome and Safari besides themselves
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (  # likewise: Android names Linux, and iPhones name Mac OS X
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Return such as "Chrome on Android" for what a browser says of itself; empty if that says neither.

    Nothing of what was sent is in the name: it is put together from words of our own.
    """
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return " on ".join(word for word in (browser, system) if word)
