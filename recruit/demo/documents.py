"""Files of the demonstration, made here: plain PDFs that say that they are samples."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from recruit.accounts.models import User
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.document_requests.service import ask_for_document, send_document
from recruit.documents.inspecting import inspect
from recruit.documents.receiving import keep_bytes
from recruit.documents.storage import DocumentStore
from recruit.interviews.queries import shortlist_of
from recruit.rules.access import Actor
from recruit.rules.uploads import OF_CANDIDATE, OF_VACANCY
from recruit.vacancies.documents import add_document
from recruit.vacancies.models import Vacancy

WHY = "We check the qualification of everybody whom we want to appoint. All of one page is enough."
NAME = "Degree certificate"
LINE = 24  # points between two lines


def load_documents(vacancies: Sequence[Vacancy], recruiter: Actor, store: DocumentStore, *, now: datetime) -> None:
    """Give the first open vacancy a job description."""
    vacancy = next(one for one in vacancies if one.is_open(now))
    lines = ("Job description", vacancy.title, f"{vacancy.team.name}, {vacancy.grade.title}", "A sample.")
    found = inspect("Job description.pdf", pdf_of(*lines), OF_VACANCY)
    add_document(recruiter, vacancy, keep_bytes(store, found), now=now - timedelta(hours=6))


def ask_for_documents(
    vacancies: Sequence[Vacancy], people: Mapping[str, User], store: DocumentStore, *, now: datetime
) -> None:
    """Ask the demo's candidate for a certificate; somebody else on the same shortlist has sent theirs.

    Args:
        vacancies: those of the data file.
        people: the demo accounts by address.
    """
    hr, candidate = people["hr@demo.example"].as_actor(), people["candidate@demo.example"]
    at, due_on = now - timedelta(hours=1), london_day(now) + timedelta(days=6)
    for vacancy in vacancies:
        shortlist = [one.application for one in shortlist_of(vacancy.id)]
        if any(one.candidate_id == candidate.id for one in shortlist):
            other = next(one for one in shortlist if one.candidate_id != candidate.id)
            mine = next(one for one in shortlist if one.candidate_id == candidate.id)
            ask_for_document(hr, mine, NAME, WHY, due_on, now=at)
            request = ask_for_document(hr, other, NAME, WHY, due_on, now=at)
            db.session.flush()  # it is read again when it is sent
            found = inspect("certificate.pdf", pdf_of(NAME, "A sample."), OF_CANDIDATE)
            sender, kept = other.candidate.as_actor(), keep_bytes(store, found)
            send_document(sender, request, kept, seen_version=request.version, now=now)
            return


def pdf_of(*lines: str) -> bytes:
    """Return a PDF of one page with these lines, the first one large."""
    shown = [
        f"BT /F {22 if not place else 12} Tf 60 {760 - place * LINE} Td ({_plain(line)}) Tj ET"
        for place, line in enumerate(lines)
    ]
    content = "\n".join(shown).encode("cp1252", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(en-GB)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return body + head + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))


def _plain(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
