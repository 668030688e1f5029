"""What a device is called."""

import pytest

from recruit.accounts.devices import BROWSERS, SYSTEMS, device_name
from recruit.accounts.models import UserSession

MOZILLA = "Mozilla/5.0 "
WEBKIT = " AppleWebKit/605.1.15 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"{MOZILLA}(Windows NT 10.0; Win64; x64){WEBKIT}Chrome/126.0.0.0 Safari/537.36", "Chrome on Windows"),
        (f"{MOZILLA}(Windows NT 10.0){WEBKIT}Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge on Windows"),
        (f"{MOZILLA}(iPhone; CPU iPhone OS 17_5 like Mac OS X){WEBKIT}Version/17.5 Safari/604.1", "Safari on iPhone"),
        (f"{MOZILLA}(iPhone; CPU iPhone OS 17_5 like Mac OS X){WEBKIT}CriOS/126.0 Safari/604.1", "Chrome on iPhone"),
        (f"{MOZILLA}(Macintosh; Intel Mac OS X 10_15_7){WEBKIT}Version/17.5 Safari/605.1.15", "Safari on Mac"),
        (f"{MOZILLA}(X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox on Linux"),
        (f"{MOZILLA}(X11; CrOS x86_64 14541){WEBKIT}Chrome/126.0.0.0 Safari/537.36", "Chrome on ChromeOS"),
        (f"{MOZILLA}(Linux; Android 14; SM-S911B){WEBKIT}SamsungBrowser/25.0 Chrome/121 Safari/537.36",
         "Samsung Internet on Android"),
        ("curl/8.5.0", ""),
        ("Firefox/127.0 <script>alert(1)</script>", "Firefox"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_device_is_called_by_browser_and_system(user_agent, name):
    assert device_name(user_agent) == name


def test_every_name_fits_its_column():
    longest = max(len(name) for _, name in BROWSERS) + len(" on ") + max(len(name) for _, name in SYSTEMS)

    assert longest <= UserSession.__table__.c.device.type.length
