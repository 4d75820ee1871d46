"""Finds what belongs to a person in words: numbers of cards, telephones and accounts, addresses, e-mail.

Numbers are read as people write them: in groups or bare, in Thai or Arabic digits, with any dash. What only looks like
one is told apart by its check digit, its groups and the words before it. A hit proposes; a person decides.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from prongsai.privacy.addresses import find_addresses
from prongsai.thai.identity import valid_national_id
from prongsai.thai.numerals import to_arabic

KINDS_TH = {
    "citizen_id": "เลขประจำตัวประชาชน",
    "phone": "หมายเลขโทรศัพท์",
    "account": "เลขที่บัญชีธนาคาร",
    "address": "ที่อยู่",
    "email": "อีเมล",
}
KINDS = tuple(KINDS_TH)
HIDDEN = "ปกปิด"

_ODD = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u200b\u200c\u200d\u2060\ufeff\u00ad\t"), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\ufe63"), "-"),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
}
_GAP = r"[- ]{0,3}"
_ID = re.compile(rf"(?<![0-9A-Za-z])(?<![0-9][-.])[1-8](?:{_GAP}[0-9]){{12}}(?![0-9])(?![-.]{{1,2}}[0-9])")
_ID_GROUPS = {(13,), (1, 4, 5, 2, 1), (1, 4, 5, 3), (1, 12), (12, 1), (1,) * 13}
_ID_CUE = re.compile(r"ประชาชน|ประจำตัว|บัตร|ID", re.IGNORECASE)
_SEP = r"[-. )(]{0,3}"
_PHONE = re.compile(
    rf"(?<![0-9A-Za-z/])(?<![0-9][-./])(?P<lead>\(?(?:\+|00)66\)?{_SEP}(?:\(0\))?|\(?0){_SEP}"
    rf"(?:[689](?:{_SEP}[0-9]){{8}}|[2-7](?:{_SEP}[0-9]){{7}})(?![0-9])(?![-./,][0-9]{{5}})"
    r"(?P<more> ?(?:-|ถึง) ?[0-9]{1,4}(?![0-9/.,-]))?"
    r"(?: {0,2},? ?\(?(?:ต่อ|ext\.?|กด) ?[0-9]{1,5}(?: ?[-,] ?[0-9]{1,5}(?![0-9]))?\)?)?",
    re.IGNORECASE,
)
_PHONE_CUE = re.compile(r"โทร|มือถือ|เบอร์|ติดต่อ|แฟกซ์|tel|phone|line|mobile", re.IGNORECASE)
_NOT_PHONE_CUE = re.compile(r"(?:รหัส|สัญญา|โครงการ|ครุภัณฑ์|e-?GP|ใบสั่งซื้อ|ฎีกา)[^\n]{0,20}\Z", re.IGNORECASE)
_ACCOUNT = re.compile(r"(?<![0-9A-Za-z.,/])(?<![0-9]-)[0-9](?:[- ]{0,3}[0-9]){9,14}(?![0-9A-Za-z])(?![-.,/][0-9])")
_ACCOUNT_GROUPS = {(3, 1, 5, 1), (3, 1, 6, 2), (3, 7, 1, 1)}
_ACCOUNT_CUE = re.compile(
    r"(?:เลข(?:ที่)? ?บัญชี|บัญชี ?เลขที่|บัญชี(?:เงินฝาก|ออมทรัพย์|กระแสรายวัน|ธนาคาร)|เงินฝาก|ออมทรัพย์|พร้อมเพย์|"
    r"prompt ?pay|เลขบัญชี|บ/ช|a/c|ธนาคาร|ธ\.ก\.ส|กรุงไทย|ออมสิน|กสิกร|ไทยพาณิชย์)[^\n]{0,60}\Z",
    re.IGNORECASE,
)
_NOT_ACCOUNT_CUE = re.compile(r"(?:สัญญา|ค้ำประกัน|โครงการ|เช็ค|e-?GP|ฎีกา|ผู้เสียภาษี|หนังสือ)[^\n]{0,20}\Z", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}"
)
_MAYBE = re.compile(r"@|(?:[0-9][-. )(]{0,4}){8}[0-9]")
_PLACE_WORD = re.compile(r"หมู่|ม\.|ตำบล|ต\.|แขวง|เขต|อำเภอ|อ\.|จังหวัด|จ\.|บ้าน|ถนน|ถ\.|ซอย|ซ\.|กรุงเทพ|กทม")
_DIGIT = re.compile("[0-9]")
_FIRST_GROUP = re.compile("[^0-9]*[0-9]+")
_BEFORE = 80  # characters looked back over for a word that tells what a number is
_NEAR = 25
_COUNTRY = re.compile(r"^\(?(?:\+|00)66[-. )(]{0,3}(?:0\))?[-. ]{0,2}")


@dataclass(frozen=True, slots=True)
class Hit:
    """What belongs to a person in a text: text[start:end]. kind: of KINDS; masked: what may stand there instead."""

    kind: str
    start: int
    end: int
    text: str
    masked: str


def personal(text: str, allowed: Collection[str] = (), *, near: str = "") -> tuple[Hit, ...]:
    """Find what belongs to a person, in order, without overlaps.

    allowed: numbers, addresses and e-mail of the office itself, in any writing; ``@domain`` allows a whole domain.
    near: words that stand by the text elsewhere, such as the head of its column.
    """
    plain = plain_of(text)
    if not may_hold(plain):
        return ()
    passes = _allowed(tuple(allowed))
    found: list[Hit] = []
    for kind, find in _FINDERS:
        for start, end in find(plain, near):
            if not passes(kind, plain[start:end]) and not any(hit.start < end and start < hit.end for hit in found):
                found.append(Hit(kind, start, end, text[start:end], _masked(kind, text[start:end])))
    return tuple(sorted(found, key=lambda hit: hit.start))


def plain_of(text: str) -> str:
    """Give a text with Arabic digits, common dashes and common spaces, letter for letter, so that places agree."""
    return to_arabic(text).translate(_ODD)


def may_hold(plain: str) -> bool:
    """Whether a text, as ``plain_of`` gives it, is worth a closer look: most are not, and files are full of them."""
    return bool(_MAYBE.search(plain) or (_PLACE_WORD.search(plain) and _DIGIT.search(plain)))


def digits_of(text: str) -> str:
    """Give the digits of a text alone, Arabic."""
    return re.sub("[^0-9]", "", plain_of(text))


def _ids(plain: str, near: str) -> Iterator[tuple[int, int]]:
    at = 0
    while found := _ID.search(plain, at):
        groups = _groups(found[0])
        is_told = "-" in found[0] or groups in _ID_GROUPS or _cued(_ID_CUE, plain, found.start(), near)
        if is_told and valid_national_id(digits_of(found[0])):
            yield found.span()
            at = found.end()
        else:
            at = _after_digits(plain, found.start())


def _phones(plain: str, near: str) -> Iterator[tuple[int, int]]:
    at = 0
    while found := _PHONE.search(plain, at):
        number = found[0][: found.start("more") - found.start()] if found["more"] else found[0]
        if _is_phone(number, plain, found.start(), near):
            yield found.start(), found.end() - (len(found[0]) - len(found[0].rstrip()))
            at = found.end()
        else:
            at = _after_digits(plain, found.start())


def _is_phone(number: str, plain: str, start: int, near: str) -> bool:
    if re.match(r"0\.[0-9]+$", number) or _NOT_PHONE_CUE.search(plain[max(0, start - _BEFORE) : start]):
        return False
    if _cued(_PHONE_CUE, plain, start, near):
        return True
    groups = _groups(_COUNTRY.sub("0", re.split("ต่อ|ext|กด", number)[0].lstrip(" (")))
    return all(size >= 3 for size in groups[1:]) or groups in {(1,) * 10, (1,) * 9, (1, 4, 4), (2, 4, 4)}


def _accounts(plain: str, near: str) -> Iterator[tuple[int, int]]:
    for found in _ACCOUNT.finditer(plain):
        digits, before = digits_of(found[0]), plain[max(0, found.start() - _BEFORE) : found.start()]
        if len(digits) == 13 or _NOT_ACCOUNT_CUE.search(before):  # a company's number, or a person's with a slip in it
            continue
        by_shape = "-" in found[0] and _groups(found[0]) in _ACCOUNT_GROUPS
        if by_shape or _ACCOUNT_CUE.search(before) or _ACCOUNT_CUE.search(near):
            yield found.span()


def _emails(plain: str, near: str) -> Iterator[tuple[int, int]]:
    yield from (found.span() for found in _EMAIL.finditer(plain))


def _addresses(plain: str, near: str) -> Iterator[tuple[int, int]]:
    return find_addresses(plain)


_FINDERS: tuple[tuple[str, Callable[[str, str], Iterator[tuple[int, int]]]], ...] = (
    ("citizen_id", _ids),
    ("email", _emails),
    ("account", _accounts),
    ("phone", _phones),
    ("address", _addresses),
)


def _groups(text: str) -> tuple[int, ...]:
    return tuple(map(len, re.findall("[0-9]+", text)))


def _cued(cue: re.Pattern[str], plain: str, start: int, near: str) -> bool:
    return bool(cue.search(plain, max(0, start - _NEAR), start) or cue.search(near))


def _after_digits(plain: str, start: int) -> int:
    """Give the place behind the first group of digits: the rest may still be a number of its own."""
    found = _FIRST_GROUP.match(plain, start)
    return found.end() if found else start + 1


def _masked(kind: str, text: str) -> str:
    if kind in {"citizen_id", "phone", "account"}:
        return "".join("x" if letter.isdecimal() else letter for letter in text)
    if kind == "address":
        place = re.search(r"(?:ตำบล|แขวง|ต\.|อำเภอ|เขต|กิ่งอำเภอ|อ\.|จังหวัด|จ\.|กรุงเทพ|กทม)", text)
        return f"{HIDDEN} {text[place.start() :]}" if place else HIDDEN
    return HIDDEN


class _Allowed:
    """What an office says of itself in public, compared without regard to how it is written."""

    def __init__(self, allowed: Collection[str]) -> None:
        self._numbers = {_national(one) for one in allowed} - {""}
        self._mails = {one.strip().lower() for one in allowed if "@" in one}
        self._addresses = [squeezed for one in allowed if len(squeezed := _squeezed(one)) > 3 and "@" not in one]

    def __call__(self, kind: str, text: str) -> bool:
        if kind == "email":
            mail = text.lower()
            return mail in self._mails or mail[mail.index("@") :] in self._mails
        if kind == "address":
            said = _squeezed(text)
            return any(said in one or said.startswith(one) for one in self._addresses)
        return _national(re.split("ต่อ|ext|กด", text)[0]) in self._numbers


def _national(text: str) -> str:
    """Give the digits of a number as dialled inside the country."""
    plain = plain_of(text).strip(" (")
    bare = _COUNTRY.sub("0", plain)
    body = re.match(r"[^0-9]*([0-9](?:[-. )(]{0,3}[0-9]){8,14})", re.split("ต่อ|ext|กด", bare)[0])
    digits = digits_of(body[1]) if body else digits_of(bare)
    is_range = digits.startswith("0") and len(digits) in {10, 11} and digits[1] in "234567"
    return digits[:9] if is_range else digits


@lru_cache(maxsize=64)
def _allowed(allowed: tuple[str, ...]) -> _Allowed:
    return _Allowed(allowed)


_SHORT = (
    ("บ้านเลขที่", ""),
    ("เลขที่", ""),
    ("หมู่ที่", "ม."),
    ("หมู่", "ม."),
    ("ตำบล", "ต."),
    ("แขวง", "ต."),
    ("อำเภอ", "อ."),
    ("เขต", "อ."),
    ("จังหวัด", "จ."),
    ("ถนน", "ถ."),
    ("ซอย", "ซ."),
)


def _squeezed(text: str) -> str:
    bare = re.sub(r"[\s,]+", "", plain_of(text))
    for long, short in _SHORT:
        bare = bare.replace(long, short)
    return re.sub("^(?:ที่อยู่|ตั้งอยู่|อยู่)+", "", bare)
