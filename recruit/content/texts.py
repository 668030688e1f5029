"""What somebody wrote for a page, and what keeps it from standing there."""

from dataclasses import dataclass
from datetime import date

from recruit.content.markers import claims_of
from recruit.content.models import ContentVersion
from recruit.content.queries import citable
from recruit.content.wording import fault_of_address, faults
from recruit.core.errors import Incomplete
from recruit.core.text import clean_line, clean_prose
from recruit.rules import limits


class NotFit(Incomplete):
    """The words cannot stand as they are.  `findings` say why: the part that it concerns, and a sentence."""

    def __init__(self, findings: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(f"{message}." for _, message in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote for a page.

    Args:
        recording_url: of a story, where a recording can be heard or seen; "" for none.
        transcript: of the recording.
        note: what was changed, for colleagues.
        dated_on: the day that it is shown as of; the day of the change when not given.
    """

    title: str
    summary: str
    body: str
    recording_url: str = ""
    transcript: str = ""
    note: str = ""
    dated_on: date | None = None


def words_of(text: Text) -> dict[str, str]:
    """Return the words, cleaned, by the columns that keep them."""
    return {
        "title": clean_line(text.title),
        "summary": clean_line(text.summary),
        "body": clean_prose(text.body),
        "recording_url": clean_line(text.recording_url),
        "transcript": clean_prose(text.transcript),
    }


def says(version: ContentVersion) -> dict[str, str]:
    """Return what `words_of` gave for a version that is kept."""
    return {name: getattr(version, name) for name in ("title", "summary", "body", "recording_url", "transcript")}


def check(text: Text) -> None:
    """Raise `NotFit` with all that is wrong with the words."""
    words = words_of(text)
    findings = [*_lengths(words)]
    findings += [("body", fault) for fault in faults(words["body"])]
    findings += [("transcript", fault) for fault in faults(words["transcript"])]
    findings += [("body", message) for message in _unknown_claims(words["body"])]
    if claims_of(words["transcript"]):
        findings.append(("transcript", "A transcript is what was said, so it cites no claims"))
    if words["recording_url"]:
        if fault := fault_of_address(words["recording_url"]):
            findings.append(("recording_url", fault))
        if not words["transcript"]:
            findings.append(("transcript", "Enter the transcript, for everybody who cannot hear or see the recording"))
    if findings:
        raise NotFit(findings)


def _lengths(words: dict[str, str]) -> list[tuple[str, str]]:
    found = []
    for name, thing, most in (
        ("title", "title", limits.LINE_CHARACTERS),
        ("summary", "summary", limits.SUMMARY_CHARACTERS),
        ("body", "text", limits.PROSE_CHARACTERS),
    ):
        if not words[name]:
            found.append((name, f"Enter the {thing}"))
        elif len(words[name]) > most:
            found.append((name, f"{thing.capitalize()} must be {most:,} characters or fewer"))
    if len(words["transcript"]) > limits.PROSE_CHARACTERS:
        found.append(("transcript", f"Transcript must be {limits.PROSE_CHARACTERS:,} characters or fewer"))
    if len(words["recording_url"]) > limits.ADDRESS_CHARACTERS:
        found.append(("recording_url", f"The address must be {limits.ADDRESS_CHARACTERS} characters or fewer"))
    return found


def _unknown_claims(body: str) -> list[str]:
    cited = claims_of(body)
    known = citable() if cited else {}
    return [f"There is no claim “{slug}” to cite. Add it to the claims first" for slug in cited if slug not in known]
