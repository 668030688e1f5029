"""Taking files in and handing them out: what each page that does so stands on."""

from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app
from flask_wtf.file import FileField
from wtforms import ValidationError

from recruit.core.errors import Incomplete, NotFound, Unavailable
from recruit.core.transaction import end_reading
from recruit.documents import sentences
from recruit.documents.inspecting import Inspected, inspect
from recruit.documents.models import DocumentState
from recruit.documents.names import tidy_name
from recruit.documents.receiving import Kept, keep_bytes
from recruit.documents.storage import DocumentStore
from recruit.rules import limits
from recruit.rules.uploads import KINDS, UPLOAD_END, FileKind, endings_of, kinds_in_words
from recruit.web.current import g, request
from recruit.web.forms import Form

SANDBOX = "sandbox; default-src 'none'"
GONE = "This document is not there any more."


def init_app(app: Flask) -> None:
    """Give `app` its store, and let the forms that take a file be longer than others."""
    settings = app.config["SETTINGS"]
    app.extensions["documents"] = DocumentStore(settings.storage_url, settings.data_dir / "documents")

    @app.before_request
    def allow_files() -> None:
        if request.method == "POST" and request.path.endswith(UPLOAD_END) and g.actor.is_signed_in:
            request.max_content_length = limits.UPLOAD_REQUEST_BYTES


def store() -> DocumentStore:
    """Return the store of the app that answers this request."""
    found: DocumentStore = current_app.extensions["documents"]
    return found


class FileForm(Form):
    """One file.  It is a form of its own, so that nothing else that is wrong can lose it.

    Once valid, `inspected` is what was sent.  `kinds` is what is taken.
    """

    file = FileField("File")
    kinds: tuple[FileKind, ...] = ()
    inspected: Inspected | None = None

    @property
    def accepted(self) -> str:
        """What the browser's dialogue offers: endings and types, so that a phone offers its camera too."""
        return ",".join([*endings_of(self.kinds), *(KINDS[kind].media_type for kind in self.kinds)])

    @property
    def taken(self) -> str:
        """What is taken, in words."""
        return kinds_in_words(self.kinds)

    def validate_file(self, field: Any) -> None:
        """Look at the file, at most a little more than one may hold."""
        if not field.data or not field.data.filename:
            raise ValidationError(sentences.MISSING)
        content = field.data.stream.read(limits.DOCUMENT_BYTES + 1)
        try:
            self.inspected = inspect(field.data.filename, content, self.kinds)
        except Incomplete as refusal:
            raise ValidationError(str(refusal)) from None

    def kept(self) -> Kept | None:
        """Keep the bytes of a valid file; None, with the reason beside the field, where the store does not answer."""
        assert self.inspected is not None  # noqa: S101  asked of a valid form alone
        end_reading()
        try:
            return keep_bytes(store(), self.inspected)
        except Unavailable as refusal:
            self.file.errors = [str(refusal)]
            return None


def can_open(document: Any) -> bool:
    """Say whether others than who sent it may open a document: where a scanner is set, only once it found nothing."""
    if document.state == DocumentState.RECEIVED:
        return not current_app.config["SETTINGS"].scanner_url
    return bool(document.state == DocumentState.CLEAN)


def waits_for_scan(document: Any) -> bool:
    """Say whether nobody can open a document yet."""
    return bool(document.state == DocumentState.RECEIVED and not can_open(document))


def handed_out(document: Any, *called: str) -> Response:
    """Return a document to be saved, under a name of ours; it runs nothing and is shown in no page of this site.

    Args:
        document: its row, or what is shown of it.
        called: what its name is made of.

    Raises:
        NotFound: its bytes are gone.
    """
    row = KINDS[document.kind]
    end_reading()
    try:
        body = store().read(document.stored_as)
    except Unavailable as refusal:
        if isinstance(refusal.__cause__, FileNotFoundError):
            raise NotFound(GONE) from None
        raise
    name = tidy_name(*called, ending=row.endings[0])
    response = Response(body, content_type=row.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
