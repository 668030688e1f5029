"""GOV.UK Notify: the real client against a server on loopback that answers as Notify's reference says."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from recruit.notifications.delivery import render
from recruit.notifications.errors import Delayed, NotSent, Refused, Unreachable
from recruit.notifications.transports import Transport, transport_for
from tests.notifications.messages import NOW, SENDER, a_message

KEY = "ab" * 16
API_KEY = f"Jobs-{'1' * 36}-{'2' * 36}"


@dataclass
class Api:
    """What Notify was asked, and what it says next."""

    port: int = 0
    status: int = 201
    accepted: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def transport(self) -> Transport:
        url = f"notify://{API_KEY}?template=t-1&base_url=http://127.0.0.1:{self.port}"
        return transport_for(url, hostname="jobs.example", within=4)


@pytest.fixture
def api() -> Iterator[Api]:
    api = Api()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path)
            [reference] = parse_qs(path.query)["reference"]
            api.asked.append(f"GET {path.path} {reference}")
            found = [one for one in api.accepted if one["reference"] == reference]
            self._answer(200, {"notifications": found, "links": {}})

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            api.asked.append(f"POST {self.path} {asked['reference']}")
            if api.status == 201:
                api.accepted.append(asked)
                self._answer(201, {"id": "n-1"})
            else:
                self._answer(api.status, {"errors": [{"error": "E", "message": f"no {asked['email_address']}"}]})

        def _answer(self, status: int, content: dict[str, Any]) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        api.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield api
        server.shutdown()


def test_notify_gets_address_subject_text_and_our_key(api: Api):
    mail, transport = render(a_message(), SENDER, at=NOW), api.transport()

    transport.send(mail, KEY, is_retry=False)
    transport.close()

    assert api.asked == [f"POST /v2/notifications/email {KEY}"]
    assert api.accepted == [
        {
            "email_address": "sam@people.example",
            "template_id": "t-1",
            "personalisation": {"subject": "You have withdrawn your application A-7K3QF", "body": mail.get_content()},
            "reference": KEY,
        }
    ]


@pytest.mark.parametrize(("has_it", "sent"), [(True, 0), (False, 1)])
def test_a_second_try_asks_first_whether_notify_has_it(api: Api, has_it: bool, sent: int):
    transport = api.transport()
    api.accepted += [{"reference": KEY if has_it else "another"}]

    transport.send(render(a_message(), SENDER, at=NOW), KEY, is_retry=True)
    transport.close()

    assert api.asked == [f"GET /v2/notifications {KEY}", f"POST /v2/notifications/email {KEY}"][: 1 + sent]


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, Refused), (401, Unreachable), (403, Unreachable), (429, Delayed), (500, Delayed), (503, Unreachable)],
)
def test_notifys_refusal_is_lasting_or_not_and_names_nobody(
    api: Api, status: int, error: type[NotSent], caplog: pytest.LogCaptureFixture
):
    api.status, transport = status, api.transport()

    with pytest.raises(NotSent) as refused:
        transport.send(render(a_message(), SENDER, at=NOW), KEY, is_retry=False)
    transport.close()

    assert (type(refused.value), str(refused.value)) == (error, f"notify: {status}")
    assert "people.example" not in caplog.text


def test_notify_away(api: Api):
    gone = transport_for(
        f"notify://{API_KEY}?template=t-1&base_url=http://127.0.0.1:1", hostname="jobs.example", within=4
    )

    with pytest.raises(Unreachable, match=r"^notify: 503$"):
        gone.send(render(a_message(), SENDER, at=NOW), KEY, is_retry=False)
    gone.close()
