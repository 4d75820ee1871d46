"""Which encoding a page is in, and whether a browser that believes what the page says shows gibberish.

A browser takes a byte order mark, then what the server says, then what the page says; only then it guesses.
"""

import codecs
import re
from collections.abc import Mapping
from typing import NamedTuple

HEAD_BYTES = 4_096
_SAID = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_SAID_IN_PAGE = re.compile(rb"<meta[^>]{0,300}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_SAID_IN_XML = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_THAI_PAGES = frozenset({"tis-620", "tis620", "windows-874", "iso-8859-11", "cp874", "dos-874", "x-windows-874", "874"})

# What UTF-8 Thai looks like when it was read as something else, and the other way round.
_THAI = re.compile("[ก-๛]")
_AS_LATIN = re.compile(
    "à[¸¹][\\u0080-\\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]?"
)
_AS_THAI = re.compile("เ[ธน]")
_LATIN_HIGH = re.compile("[\u00a1-\u00ff]")
_LOST = "\ufffd"
GARBLED_SHARE_MIN = 0.3  # of what is no ASCII
BEYOND_ASCII_MIN = 8
HIGH_ALLOWED = 12  # a few accents are a name


class Decoded(NamedTuple):
    """The words of a page. said: the encoding that a browser believes, "" when nobody says one.

    is_shown_garbled: whether a browser that believes it shows gibberish where the bytes hold Thai.
    """

    text: str
    encoding: str
    said: str
    is_shown_garbled: bool


def is_garbled(text: str) -> bool:
    """Whether a text is what comes of Thai read in the wrong encoding."""
    beyond = sum(character > "\x7f" and not character.isspace() for character in text)
    if beyond < BEYOND_ASCII_MIN:
        return False
    thai = len(_THAI.findall(text))
    if 3 * len(_AS_THAI.findall(text)) > 0.6 * beyond:
        return True
    pairs = 3 * len(_AS_LATIN.findall(text))
    high = len(_LATIN_HIGH.findall(text)) if thai < 0.1 * beyond else 0
    return max(pairs, high - HIGH_ALLOWED, text.count(_LOST)) > GARBLED_SHARE_MIN * beyond


def decoded(content: bytes, headers: Mapping[str, str] | None = None) -> Decoded:
    """Decode a page as well as its bytes allow, and say what a browser makes of it."""
    said = said_charset(content, headers or {})
    text, encoding = _best(content, said)
    if not said:
        return Decoded(text, encoding, said, False)
    shown = _as(content, said)
    return Decoded(text, encoding, said, is_garbled(shown))


def said_charset(content: bytes, headers: Mapping[str, str]) -> str:
    """Give the encoding that a browser believes, lower case; "" when neither mark, server nor page says one."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    sent = _SAID.search(headers.get("content-type", ""))
    if sent:
        return sent[1].lower()
    head = content[:HEAD_BYTES]
    found = _SAID_IN_PAGE.search(head) or _SAID_IN_XML.search(head)
    return found[1].decode("ascii").lower() if found else ""


def _best(content: bytes, said: str) -> tuple[str, str]:
    """UTF-8 proves itself; else what is said, if it gives Thai; else the Thai code page."""
    if said in ("utf-16", "utf-8-sig"):
        return _as(content, said), said
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    lenient = content.decode("utf-8", "replace")
    if lenient.count(_LOST) < 0.02 * len(lenient):
        return lenient, "utf-8"
    if said and said not in ("utf-8", "utf8", "iso-8859-1", "windows-1252", "latin1", "us-ascii"):
        return _as(content, said), said
    return content.decode("cp874", "replace"), "cp874"


def _as(content: bytes, said: str) -> str:
    """Decode as a browser does that believes what is said."""
    name = "cp874" if said in _THAI_PAGES else {"iso-8859-1": "cp1252", "latin1": "cp1252"}.get(said, said)
    try:
        if not getattr(codecs.lookup(name), "_is_text_encoding", False):
            name = "utf-8"
        return content.decode(name, "replace")
    except (LookupError, UnicodeError):
        return content.decode("utf-8", "replace")
