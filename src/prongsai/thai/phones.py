"""Telephone numbers of offices: landline, mobile, extension, short number; Thai or Arabic digits, +66."""

import re
from typing import Literal, NamedTuple

from prongsai.thai.date_print import Digits
from prongsai.thai.numerals import to_arabic, to_thai

PhoneKind = Literal["landline", "mobile", "extension", "short"]

_LEAD = re.compile(
    r"(?:หมายเลข|เบอร์)? ?(?P<word>โทรศัพท์มือถือ|โทรศัพท์?|โทรสาร|แฟกซ์|มือถือ|สายใน|ภายใน|โทร|[Tt]el|[Ff]ax)?[ .:]*"
)
_SEP = "[-. )(]{0,2}"
_BODY = re.compile(
    rf"(?:\(?\+?66\)?{_SEP}(?:\(0\))?|\(?0){_SEP}"
    rf"(?P<rest>[2-7](?:{_SEP}[0-9]){{7}}|[689](?:{_SEP}[0-9]){{8}})(?![0-9])(?: ?(?:-|ถึง) ?(?P<until>[0-9]{{1,4}}))?"
)
_EXTENSION = re.compile(r" ?,? ?(?:\(?ต่อ|ext\.?|กด) ?(?P<extension>[0-9]{1,5}(?: ?[-,] ?[0-9]{1,5}){0,4})\)?")
_SHORT = re.compile(r"(?:ต่อ ?)?(?P<digits>[0-9]{3,4})")


class Phone(NamedTuple):
    """A telephone number. digits: national, bare, from the zero; of an extension or short number its own.

    extension: what follows ต่อ, or None; until: the last digits of a range (0-3600-0000-3), or None.
    """

    kind: PhoneKind
    digits: str
    extension: str | None
    until: str | None
    raw: str

    @property
    def e164(self) -> str | None:
        """The international form ``+6636000000``; None for an extension or a short number."""
        return f"+66{self.digits[1:]}" if self.kind in {"landline", "mobile"} else None


def read_phone(text: str) -> Phone | None:
    """Read a text that is one telephone number, with ``โทร.`` before it or not; None when it is none.

    Three or four digits alone are an extension after ``โทร.`` (inside a memo), else a short number such as 191.
    """
    plain = " ".join(to_arabic(text).split()).replace("–", "-").replace("—", "-")
    lead = _LEAD.match(plain)
    at = lead.end() if lead else 0
    short = _SHORT.fullmatch(plain, at)
    if short:
        inside = bool(lead and lead["word"]) or "ต่อ" in short[0]
        return Phone("extension" if inside else "short", short["digits"], None, None, text.strip())
    body = _BODY.match(plain, at)
    if not body:
        return None
    extension = _EXTENSION.match(plain, body.end())
    if (extension.end() if extension else body.end()) != len(plain.rstrip(" .")):
        return None
    digits = "0" + re.sub("[^0-9]", "", body["rest"])
    printed = extension["extension"].replace(" ", "") if extension else None
    return Phone("landline" if len(digits) == 9 else "mobile", digits, printed, body["until"], text.strip())


def format_phone(phone: Phone, *, digits: Digits = "arabic") -> str:
    """Print a number as offices do: ``0-3600-0000 ต่อ 126``, ``08-1234-5678``; short ones and extensions bare."""
    bare = phone.digits
    if phone.kind in {"landline", "mobile"}:
        bare = f"{bare[:-8]}-{bare[-8:-4]}-{bare[-4:]}"
    if phone.until:
        bare += f"-{phone.until}"
    if phone.extension:
        bare += f" ต่อ {phone.extension}"
    return to_thai(bare) if digits == "thai" else bare
