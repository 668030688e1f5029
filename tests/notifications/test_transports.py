"""Folder and SMTP, against a real folder and a real server."""

import socket
import threading
import time
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from recruit.notifications.delivery import render
from recruit.notifications.errors import Delayed, NotSent, Refused, Unreachable
from recruit.notifications.folder import Folder
from recruit.notifications.notify import Notify
from recruit.notifications.smtp import Server, Smtp
from recruit.notifications.transports import Transport, transport_for
from tests.notifications.messages import NOW, SENDER, WITHDRAWN, a_message
from tests.notifications.sink import Sink, listening
from tests.serving.wire import free_port

KEY = "ab" * 16
WITHIN = 2.0  # seconds
NOTIFY_KEY = f"Jobs_live-{'1' * 36}-{'2' * 36}"


def way(url: str) -> Transport:
    return transport_for(url, hostname="jobs.example", within=WITHIN)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", Server("mail.example", 25)),
        ("smtp://mail.example:2525?starttls=1", Server("mail.example", 2525, starttls=True)),
        ("smtps://mail.example", Server("mail.example", 465, is_tls=True)),
        ("smtps://me%40x:p%2Fw%3A@mail.example:99", Server("mail.example", 99, "me@x", "p/w:", is_tls=True)),
    ],
)
def test_an_address_names_a_mail_server(url: str, server: Server):
    transport = way(url)

    assert isinstance(transport, Smtp)
    assert (transport.server, transport.hostname, transport.within) == (server, "jobs.example", WITHIN)


def test_an_address_names_a_folder_or_notify():
    folder, notify = way("file:///srv/50% #1/mail"), way(f"notify://{NOTIFY_KEY}?template=t-1")

    assert isinstance(folder, Folder)
    assert folder.path == Path("/srv/50% #1/mail")
    assert isinstance(notify, Notify)
    assert (notify.template, notify.client.service_id, notify.client.api_key) == ("t-1", "1" * 36, "2" * 36)
    assert notify.client.base_url == "https://api.notifications.service.gov.uk"


@pytest.mark.parametrize(
    "url", ["", "mail.example", "smtp://", "http://x", f"notify://{NOTIFY_KEY}", "notify://k?template=t"]
)
def test_another_address_is_refused_without_repeating_it(url: str):
    with pytest.raises(ValueError, match=r"^MAIL_URL must be file:///folder, smtp://…, smtps://… or notify://api-key"):
        way(url)


def test_a_folder_gets_one_legible_file_a_message_however_often(tmp_path: Path):
    folder = Folder(tmp_path / "new" / "mail")
    link = "https://jobs.example/" + "a" * 200
    mail = render(a_message(context=WITHDRAWN | {"name": f"Zoë {link}"}), SENDER, at=NOW)
    folder.path.mkdir(parents=True)
    (folder.path / f".{KEY}").write_text("half of a mail")  # left by a worker that was killed

    folder.send(mail, KEY, is_retry=False)
    folder.send(mail, KEY, is_retry=True)

    [file] = folder.path.iterdir()
    kept = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert file.name == f"{KEY}.eml"
    assert f"Hello Zoë {link}," in file.read_text()
    assert kept.get_content().splitlines() == mail.get_content().splitlines()
    assert {name: kept[name] for name in ("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted")} == {
        name: mail[name] for name in ("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted")
    }


def test_a_folder_that_cannot_be_made_is_out_of_reach(tmp_path: Path):
    (tmp_path / "file").touch()

    with pytest.raises(Unreachable, match=r"^folder: Not a directory$"):
        Folder(tmp_path / "file" / "mail").send(render(a_message(), SENDER, at=NOW), KEY, is_retry=False)


def test_a_mail_server_gets_the_mail_as_it_was_written():
    sink = Sink()
    mail = render(a_message(context=WITHDRAWN | {"name": "Zoë 🌱\n.\nQUIT"}), SENDER, at=NOW)
    with listening(sink, free_port()) as url:
        transport = way(url)

        transport.send(mail, KEY, is_retry=False)
        transport.send(mail, KEY, is_retry=False)
        transport.close()
        transport.send(mail, KEY, is_retry=False)
        transport.close()

    assert sink.recipients == ["sam@people.example"] * 3
    assert [came.get_content().splitlines() for came in sink.mails] == [mail.get_content().splitlines()] * 3
    assert all(came[name] == mail[name] for came in sink.mails for name in mail)


@pytest.mark.parametrize(
    ("who", "answer", "error", "words"),
    [
        ("sam@people.example", "550 5.1.1 no sam@people.example here", Refused, "smtp: recipient 550 5.1.1"),
        ("sam@people.example", "553 never heard of sam@people.example", Refused, "smtp: recipient 553"),
        ("sam@people.example", "450 4.2.1 sam@people.example is busy", Delayed, "smtp: recipient 450 4.2.1"),
        ("sam@people.example", "421 4.3.2 going down", Delayed, "smtp: recipient 421 4.3.2"),
        ("MAIL", "550 5.7.1 jobs@demo.example may not send here", Delayed, "smtp: sender 550 5.7.1"),
        ("DATA", "554 5.7.1 looks like an advertisement", Refused, "smtp: text 554 5.7.1"),
        ("DATA", "452 4.3.1 the disk is full", Delayed, "smtp: text 452 4.3.1"),
    ],
)
def test_a_mail_servers_refusal_is_lasting_or_not_and_names_nobody(
    who: str, answer: str, error: type[NotSent], words: str
):
    sink = Sink(answers={who: answer})
    mail = render(a_message(), SENDER, at=NOW)
    with listening(sink, free_port()) as url:
        transport = way(url)
        with pytest.raises(NotSent) as refused:
            transport.send(mail, KEY, is_retry=False)
        sink.answers.clear()
        transport.send(mail, KEY, is_retry=True)  # the next one goes, on the same connection or a new one
        transport.close()

    assert (type(refused.value), str(refused.value)) == (error, words)
    assert len(sink.mails) == 1


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("smtp://127.0.0.1:{port}", r"smtp: ConnectionRefusedError \(Connection refused\)"),
        ("smtps://127.0.0.1:{port}", r"smtp: ConnectionRefusedError \(Connection refused\)"),
    ],
)
def test_no_server_there(address: str, words: str):
    with pytest.raises(Unreachable, match=f"^{words}$"):
        way(address.format(port=free_port())).send(render(a_message(), SENDER, at=NOW), KEY, is_retry=False)


@pytest.mark.parametrize(("login", "query"), [("", "?starttls=1"), ("me:secret@", "")])
def test_a_server_that_cannot_encrypt_or_does_not_let_us_in_is_not_given_the_mail(login: str, query: str):
    sink = Sink()
    with listening(sink, free_port()) as url:
        url = url.replace("smtp://", f"smtp://{login}") + query
        with pytest.raises(Unreachable, match=r"^smtp: SMTPNotSupportedError$"):
            way(url).send(render(a_message(), SENDER, at=NOW), KEY, is_retry=False)

    assert sink.mails == []


def test_a_server_that_trickles_is_cut_off_in_time():
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        threading.Thread(target=_trickle, args=[server], daemon=True).start()
        began = time.monotonic()
        with pytest.raises(Delayed, match=r"^smtp: SMTPServerDisconnected$"):
            way(f"smtp://127.0.0.1:{server.getsockname()[1]}").send(
                render(a_message(), SENDER, at=NOW), KEY, is_retry=False
            )

    assert WITHIN <= time.monotonic() - began < WITHIN + 1


def _trickle(server: socket.socket) -> None:
    """Greet, then answer EHLO with a line that never ends, so that no single read takes long."""
    line, _ = server.accept()
    with closing(line):
        line.sendall(b"220 hello\r\n")
        line.recv(1000)
        try:
            while True:
                line.sendall(b"2")
                time.sleep(0.1)
        except OSError:
            return
