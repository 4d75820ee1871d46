"""Text as it was printed: the same look in one code, nothing that a person would see changed.

Lint must still see a doubled tone mark or a wrong order of marks, so this does less than ``thai.text.normalise``.
"""

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|([\u0e48-\u0e4b])\u0e4d\u0e32")


def as_printed(text: str) -> str:
    """Give NFC text with ำ as one character, no invisible characters, plain spaces; white-space runs become one."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
        text = _SARA_AM.sub(lambda found: f"{found.group(1) or found.group(2) or ''}\u0e33", text)
    return " ".join(text.split())
