"""What people type, made safe to keep: one form of each character, nothing invisible that deceives or breaks.

Cleaning never escapes markup: that is the business of whoever writes the text out.
"""

import re
import unicodedata

# What JavaScript's `\s` and `trim()` call white space (ECMAScript, WhiteSpace and LineTerminator).  Python's own idea
# differs: it adds U+001C to U+001F and U+0085 and lacks U+FEFF, so `str.split()` is for text with none of them.
WHITESPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)

_CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x9f"
_BIDI = r"\u202a-\u202e\u2066-\u2069"  # embeddings, overrides, isolates: they can show text in another order
_PLANES = range(0, 0x110000, 0x10000)
_NONCHARACTERS = r"\ufdd0-\ufdef" + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in _PLANES)
_REMOVED = re.compile(f"[{_CONTROLS}{_BIDI}{_NONCHARACTERS}]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n|[\v\f\r\u2028\u2029]")
_SPACES = re.compile(f"[{WHITESPACE}]+")
_WORD = re.compile(f"[^{WHITESPACE}]+")
_NOT_SPACE_TO_BOTH = "\x1c\x1d\x1e\x1f\x85\ufeff"  # white space to one of Python and JavaScript
_INVISIBLE = frozenset({"Cf", "Mn", "Me", "Zs", "Zl", "Zp", "Cc"})  # Unicode general categories
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters and a symbol that are drawn as nothing

_MOST_MARKS = 30  # combining marks on one letter; UAX 15, Stream-Safe Text Format; no language needs more than a few

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def clean_line(value: str) -> str:
    """Text for a single line: a name, a title, an address.

    Args:
        value: anything, as typed or pasted.

    Returns:
        NFC, with each run of white space (line ends too) as one space, none at either end; without control characters,
        bidirectional controls and noncharacters; with U+FFFD for a lone surrogate.  Right-to-left letters, joiners and
        emoji stay.  Empty if nothing visible is left.
    """
    return _seen(_SPACES.sub(" ", _printable(value)).strip(WHITESPACE))


def clean_prose(value: str) -> str:
    """Text of several lines: as `clean_line`, but inner spaces, tabs and line ends stay, and every line end is LF.

    Args:
        value: anything, as typed or pasted.

    Returns:
        The cleaned text, with no white space at either end.  Empty if nothing visible is left.
    """
    text = _LINE_END.sub("\n", _printable(value)).replace("\ufeff", " ")
    return _seen(text.strip(WHITESPACE))


def is_plain(value: str) -> bool:
    """Whether `value` is a clean single line already, so that keeping it changes nothing."""
    return value == clean_line(value)


def word_count(text: str) -> int:
    """Number of words: runs of anything but white space.

    Agrees with `text.trim().split(/\\s+/)` in a browser, so that the count beside the box and the count that refuses
    are the same.  (JavaScript gives one empty word for empty text; this gives 0.)
    """
    if any(mark in text for mark in _NOT_SPACE_TO_BOTH):
        return len(_WORD.findall(text))
    return len(text.split())  # several times as quick, and what the form is checked by


def slugify(text: str, max_length: int = 80) -> str:
    """The part of an address that names a thing: "Children's Social Worker" is "childrens-social-worker".

    Args:
        text: a title.
        max_length: characters; a longer slug is cut, between words if it can be.

    Returns:
        Lower-case ASCII letters, digits and single hyphens.  Empty if the text has no Latin letter or digit, so an
        address needs something beside it (the reference).
    """
    plain = unaccented(_APOSTROPHES.sub("", text).replace("&", " and "))
    slug = _NOT_SLUG.sub("-", plain).strip("-")
    if len(slug) <= max_length:
        return slug
    whole_words, hyphen, _ = slug[: max_length + 1].rpartition("-")
    return whole_words if hyphen else slug[:max_length]


def unaccented(text: str) -> str:
    """`text` without accents, capitals and other differences that a search or an address does not care about (NFKD)."""
    return _unmarked(unicodedata.normalize("NFKD", _unmarked(text))).casefold()


def _unmarked(text: str) -> str:
    return "".join(character for character in text if not unicodedata.combining(character))


def _printable(value: str) -> str:
    if _SURROGATE.search(value):  # a pair is joined, a lone half becomes U+FFFD
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", _stream_safe(_REMOVED.sub("", value)))


def _stream_safe(text: str) -> str:
    """Without marks beyond the 30th on one letter: the time to normalise grows with the square of their number."""
    if text.isascii():
        return text
    kept, run = [], 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _seen(text: str) -> str:
    for character in text:
        if unicodedata.category(character) not in _INVISIBLE and character not in _BLANK_LETTERS:
            return text
    return ""
