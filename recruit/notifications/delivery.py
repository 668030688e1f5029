"""From a row of the outbox to a mail: the words of its template, and headers that nobody else can write."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError

from recruit.core.calendar import span_words
from recruit.notifications.calendar_entry import FILE_NAME, calendar_entry, has_entry
from recruit.notifications.errors import Delayed, Refused
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.notifications import Notification

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "notifications"
SUBJECT = "Subject: "
UNFOLDED = SMTP.clone(max_line_length=900)  # characters, under RFC 5322's 998: a link in a header stays one piece


@dataclass(frozen=True)
class Sender:
    """Who writes, and what every template may name.

    Args:
        address: the sender's e-mail address, alone or as "Name <address>".
        site: `name`, `organisation` and `public_url` of the service, as on its pages.
    """

    address: str
    site: Mapping[str, str | bool]

    @property
    def host(self) -> str:
        """The host that the service is known by; "localhost" when its address has none."""
        return urlsplit(str(self.site["public_url"])).hostname or "localhost"

    @property
    def mailbox(self) -> Address:
        """The sender for the From header, by the organisation's name if no other was set."""
        name, address = parseaddr(self.address)
        return Address(name or _one_line(str(self.site["organisation"])), addr_spec=address)


def render(message: OutboxMessage, sender: Sender, *, at: datetime) -> EmailMessage:
    """Return the mail that `message` is to be.

    The first line of its template is the subject, a blank line follows, the rest is the text.  The subject is one line
    whatever the context holds, so no value can add a header or a recipient.  The Message-ID follows from the message's
    key: a second try is the same mail, which a receiver that has it already can drop.  A context that has the path
    `unsubscribe` gives the headers of RFC 8058: a mail program can then end the emails with one press of a button.  One
    that was sent before goes again word for word (`as_sent`).

    Args:
        message: of which `key`, `notification`, `recipient` and `context` are read.
        sender: who writes.
        at: the mail's date.

    Raises:
        Refused: the template is missing, misshapen or names what the context lacks, or the address cannot be written.
    """
    try:
        subject, body = _words_of(message, sender)
        mail = EmailMessage(policy=UNFOLDED)
        mail["Subject"] = _one_line(subject)
        mail["From"] = sender.mailbox
        mail["To"] = Address(addr_spec=_address(message.recipient))
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{message.key}@{sender.host}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday reply is sent to it
        if path := message.context.get("unsubscribe"):
            mail["List-Unsubscribe"] = f"<{sender.site['public_url']}{path}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
        mail.set_content(_writable(body).strip() + "\n", cte="quoted-printable")
        if has_entry(message.context):
            _attach_entry(mail, message, sender, at)
    except TemplateError as error:  # a slip of ours: tried again for days, so that mending it sends the message
        raise Delayed(f"text: {error.message or type(error).__name__}") from error
    except (
        MessageError,
        ValueError,
        IndexError,
    ) as error:  # the standard library's parser of addresses raises all three
        raise Refused(f"mail: {type(error).__name__}") from error
    return mail


def as_sent(subject: str, text: str) -> dict[str, str]:
    """Return the context of a message that says what another said, word for word, whatever its template says now."""
    return {_SUBJECT: subject, _TEXT: text}


def _words_of(message: OutboxMessage, sender: Sender) -> tuple[str, str]:
    """Return what a message says: its subject and its text."""
    if _TEXT in message.context:
        return message.context[_SUBJECT], message.context[_TEXT]
    words = {**message.context, "site": sender.site}
    subject, body = _template(message.notification.value)
    return subject.render(words), body.render(words)


_SUBJECT, _TEXT = "subject_as_sent", "text_as_sent"


def _attach_entry(mail: EmailMessage, message: OutboxMessage, sender: Sender, at: datetime) -> None:
    entry = calendar_entry(message.context, sender.mailbox, mail["To"].addresses[0].addr_spec, host=sender.host, at=at)
    mail.add_attachment(
        entry,
        subtype="calendar",
        cte="base64",  # its lines end with CR LF, which a mail server must not touch
        filename=FILE_NAME,
        params={"method": message.context["calendar_method"]},
    )


def own_words(notification: Notification, context: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of a message's text that people may word instead, as we would word them, by their names.

    They are the blocks of its template.
    """
    _, body = _template(notification.value)
    return {name: "".join(block(body.new_context(dict(context)))).strip() for name, block in body.blocks.items()}


def text_of(mail: EmailMessage) -> str:
    """Return the text of a mail, without what is attached."""
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  plain text, no markup
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["limits"] = limits
    environment.filters["span"] = span_words
    return environment


@cache
def _template(name: str) -> tuple[Template, Template]:
    """Return the templates of the subject and of the text.  They are parted before a value is put in, not after."""
    environment = _environment()
    source = (TEMPLATES / f"{name}.txt").read_text(encoding="utf-8") if (TEMPLATES / f"{name}.txt").exists() else ""
    first, blank, body = [*source.split("\n", 2), "", "", ""][:3]
    if not first.startswith(SUBJECT) or blank or not body:
        raise TemplateError(f"{name}.txt needs a first line “{SUBJECT}…”, a blank line and a text")
    return environment.from_string(first.removeprefix(SUBJECT)), environment.from_string(body)


def _one_line(text: str) -> str:
    """Return `text` without line breaks and control characters, however they are written."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in _writable(text)).split())


def _writable(text: str) -> str:
    """Return `text` without halves of surrogate pairs, which no mail can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _address(recipient: str) -> str:
    """Return `recipient` with its domain as the mail system writes it.

    Raises:
        ValueError: it is no single address on one line.
    """
    local, at, domain = recipient.strip().rpartition("@")
    if not (local and at and domain) or recipient.strip() != _one_line(recipient):
        raise ValueError("not an address")
    return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
