"""What may stand in public of people: names, numbers and addresses with their tell-tale parts covered."""

import re

from prongsai.privacy.patterns import HIDDEN
from prongsai.thai.identity import find_ids, mask_id
from prongsai.thai.names import read_name, split_people
from prongsai.thai.numerals import to_arabic
from prongsai.thai.phones import read_phone
from prongsai.thai.text import collapse

_KEPT_DIGITS = 4
_LEADING_VOWELS = "เแโใไ"
_SEP = r"[-. )(]{0,2}"
_PHONE = re.compile(
    rf"(?<![0-9A-Za-z/])(?<![0-9][-.,/])(?:\(?\+66\)?{_SEP}(?:\(0\))?|\(?0){_SEP}"
    rf"(?:[689](?:{_SEP}[0-9]){{8}}|[2-7](?:{_SEP}[0-9]){{7}})(?![0-9])(?![-./,][0-9]{{4}})"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_PLACE = re.compile(r"(?:ตำบล|แขวง|ต\.|อำเภอ|เขต|กิ่งอำเภอ|อ\.|จังหวัด|จ\.|กรุงเทพ|กทม)")


def _first_letter(word: str) -> str:
    """Give the first consonant of a word with the vowel that is written before it."""
    return word[:2] if word[:1] in _LEADING_VOWELS else word[:1]


def mask_name(text: str) -> str:
    """Keep title and first letter: ``นายสมชาย ใจดี`` is ``นาย ส***``. Several people in a cell are masked each."""
    people = split_people(text)
    if len(people) > 1:
        return ", ".join(mask_name(person.name.raw) for person in people)
    name = people[0].name if people else read_name(text)
    if name and name.title:
        return f"{name.title} {_first_letter(name.given)}***"
    bare = collapse(text).strip("() ")
    return f"{_first_letter(bare)}***" if bare else ""


def mask_phone(text: str) -> str:
    """Keep the last four digits: ``08-1234-5678`` is ``xx-xxxx-5678``; of a shorter number nothing."""
    digits = sum(letter.isdecimal() for letter in text)
    cover = digits - _KEPT_DIGITS if digits > 2 * _KEPT_DIGITS else digits
    masked = ""
    for letter in text:
        masked += "x" if letter.isdecimal() and cover > 0 else letter
        cover -= letter.isdecimal()
    return masked


def mask_email(text: str) -> str:
    """Keep the first letter and the domain: ``s***@example.go.th``."""
    user, at, domain = text.rpartition("@")
    return f"{user[:1]}***@{domain}" if at and user else HIDDEN


def mask_address(text: str) -> str:
    """Keep an address from the subdistrict on; without one nothing is shown."""
    found = _PLACE.search(collapse(text))
    return collapse(text)[found.start() :] if found else HIDDEN


def mask_text(text: str, *, names: bool = False) -> str:
    """Cover 13-digit numbers, telephone numbers and e-mail addresses in running text; also titled names if asked."""
    plain = to_arabic(text)  # letter for letter, so that places agree
    spans = [(one.start, one.end, mask_id(one.digits, 0)) for one in find_ids(text)]
    spans += [(one.start(), one.end(), _covered(one[0])) for one in _PHONE.finditer(plain) if read_phone(one[0])]
    spans += [(one.start(), one.end(), HIDDEN) for one in _EMAIL.finditer(plain)]
    shown, at = "", 0
    for start, end, cover in sorted(spans):
        if start >= at:
            shown += text[at:start] + cover
        at = max(at, end)
    shown += text[at:]
    return _without_names(shown) if names else shown


def mask_ids(text: str) -> str:
    """Cover only valid 13-digit numbers: for short texts, where numbers of contracts and things stand."""
    for one in reversed(find_ids(text)):
        if one.valid:
            text = text[: one.start] + mask_id(one.digits, 0) + text[one.end :]
    return text


def _covered(text: str) -> str:
    return "".join("x" if letter.isdecimal() else letter for letter in text)


def _without_names(text: str) -> str:
    for person in split_people(text):
        text = re.sub(re.escape(person.name.raw).replace(r"\ ", r"\s+"), lambda found: mask_name(found[0]), text)
    return text
