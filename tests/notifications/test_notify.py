"""GOV.UK Notify: the real client against a server on loopback that answers as Notify's reference says."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruit.notifications.delivery import render
from recruit.notifications.errors import Delayed, NotSent, Refused, Unreachable
from recruit.notifications.models import OutboxMessage
from recruit.notifications.stopping import Stop
from recruit.notifications.transports import Transport, transport_for
from recruit.notifications.worker import Worker
from tests.notifications.messages import NOW, SENDER, a_message, posted

KEY = "ab" * 16
API_KEY = f"Jobs-{'1' * 36}-{'2' * 36}"


@dataclass
class Api:
    """What Notify was asked, and what it says next."""

    port: int = 0
    status: int = 201
    accepted: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)
    page: int = 250

    def transport(self) -> Transport:
        url = f"notify://{API_KEY}?template=t-1&base_url=http://127.0.0.1:{self.port}"
        return transport_for(url, hostname="jobs.example", within=4)


@pytest.fixture
def api() -> Iterator[Api]:
    api = Api()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(path.query).items()}
            if "status" in query:
                self._answer_failed(query)
                return
            reference = query["reference"]
            api.asked.append(f"GET {path.path} {reference}")
            found = [one for one in api.accepted if one["reference"] == reference]
            self._answer(200, {"notifications": found, "links": {}})

        def _answer_failed(self, query: dict[str, str]) -> None:
            api.asked.append(f"GET {query['status']} {query['template_type']} {query.get('older_than', '')}".strip())
            ids = [one["id"] for one in api.failed]
            start = ids.index(query["older_than"]) + 1 if "older_than" in query else 0
            found = api.failed[start : start + api.page]
            self._answer(200 if api.status == 201 else api.status, {"notifications": found, "errors": [], "links": {}})

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


def test_all_that_did_not_arrive_is_read_page_by_page(api: Api):
    statuses = ["permanent-failure", "temporary-failure", "technical-failure"]
    api.failed = [{"id": f"n-{n}", "reference": f"key{n}", "status": why} for n, why in enumerate(statuses)]
    api.failed.append({"id": "n-9", "reference": "", "status": "permanent-failure"})  # of another program
    api.page = 2
    transport = api.transport()

    assert transport.returned() == {f"key{number}": f"notify: {why}" for number, why in enumerate(statuses)}
    transport.close()
    assert api.asked == ["GET failed email", "GET failed email n-1", "GET failed email n-9"]


@pytest.mark.parametrize(("status", "error"), [(403, Unreachable), (500, Delayed)])
def test_what_came_back_is_not_known_while_notify_does_not_say(api: Api, status: int, error: type[NotSent]):
    api.status, transport = status, api.transport()
    with pytest.raises(error, match=f"^notify: {status}$"):
        transport.returned()
    transport.close()


def test_the_worker_notes_once_what_came_back_and_goes_on_while_notify_is_away(api: Api, session: Session):
    first, _ = posted(2)
    Worker(SENDER, api.transport(), Stop()).drain()
    api.failed = [
        {"id": "n-1", "reference": first.key, "status": "permanent-failure"},
        {"id": "n-2", "reference": "of another service", "status": "permanent-failure"},
    ]
    moments = set()
    for _ in range(2):
        Worker(SENDER, api.transport(), Stop()).drain()
        session.rollback()
        back, arrived = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        moments.add(back.returned_at)
        assert (back.last_error, arrived.returned_at, arrived.last_error) == ("notify: permanent-failure", None, "")
    assert len(moments) == 1
    assert back.returned_at > back.sent_at

    api.status = 503
    Worker(SENDER, api.transport(), Stop()).drain()
