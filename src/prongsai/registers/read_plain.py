"""Texts, numbers, numbers of people and telephones, addresses of mail and pages, as offices write them."""

import re
import unicodedata
from decimal import Decimal
from urllib.parse import urlsplit

from prongsai.registers.model import Field, FieldType
from prongsai.registers.refusals import quoted, refusal
from prongsai.thai.identity import valid_national_id
from prongsai.thai.numerals import read_number, to_arabic
from prongsai.thai.phones import format_phone, read_phone
from prongsai.thai.text import collapse, normalise, squeeze

TEXT_MAX, LONG_TEXT_MAX, LINK_MAX, EMAIL_MAX = 500, 5000, 2000, 254
NUMBER_MAX = Decimal(10) ** 15  # below: what is kept for sums has eighteen digits, two of them behind the point

_MULTILINE = frozenset({FieldType.LONG_TEXT, FieldType.ADDRESS})
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_HOST = re.compile(r"(?:[\w](?:[\w-]{0,61}[\w])?\.)*[\w](?:[\w-]{0,61}[\w])?", re.UNICODE)


def limit_of(field: Field) -> int:
    """Give how many letters a text field takes."""
    if field.max_length:
        return field.max_length
    by_type = {FieldType.LONG_TEXT: LONG_TEXT_MAX, FieldType.LINK: LINK_MAX, FieldType.EMAIL: EMAIL_MAX}
    return by_type.get(field.type, TEXT_MAX)


def is_blank(text: str) -> bool:
    """Whether nothing is written but white space and invisible marks."""
    return not _UNSEEN.sub("", text).strip()


def odd_characters(text: str) -> tuple[str, ...]:
    """List the control characters and halves of characters in a text, as U+0000; line ends and tabs are none."""
    odd = {letter for letter in text if unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\t\n\r"}
    return tuple(f"U+{ord(letter):04X}" for letter in sorted(odd))


def too_long(field: Field, length: int) -> tuple[str, str, str]:
    """Give code, message and mend for a text that is too long."""
    limit = limit_of(field)
    return "TOO_LONG", f"{field.label_th}ยาว {length:,} ตัวอักษร เกินที่รับได้ {limit:,} ตัวอักษร", "เขียนให้สั้นลง หรือแนบเป็นไฟล์"


def clean(field: Field, text: str) -> str:
    """Give a text as it is kept: one spelling, no invisible marks, on one line unless the field is a long text."""
    if len(text) > 4 * limit_of(field) + 1000:  # before anything that takes time
        raise refusal(field, *too_long(field, len(text)))
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    if odd := odd_characters(text):
        said = ", ".join(odd[:3])
        raise refusal(field, "CONTROL_CHARACTER", f"{field.label_th}มีอักขระควบคุมที่มองไม่เห็น ({said})", "พิมพ์ข้อความใหม่")
    text = _UNSEEN.sub("", normalise(text))
    if field.type in _MULTILINE:
        return "\n".join(collapse(line) for line in text.split("\n")).strip()
    return collapse(text)


def read_text(field: Field, text: str) -> str | None:
    """Read a text, long text or address; None when nothing is written."""
    kept = clean(field, text)
    if len(kept) > limit_of(field):
        raise refusal(field, *too_long(field, len(kept)))
    if field.pattern and kept and not re.fullmatch(field.pattern, kept):
        raise refusal(field, "PATTERN", f"{field.label_th} {quoted(kept)} ไม่ตรงรูปแบบที่กำหนด", by_example(field))
    return kept or None


def by_example(field: Field) -> str:
    """Say how a field is written, by its example."""
    return f"ตัวอย่าง {field.example}" if field.example else ""


def decimals_of(field: Field) -> int:
    """Give how many places behind the point a number of the field may have."""
    return 2 if field.type is FieldType.MONEY else field.decimals


def read_amount(field: Field, text: str) -> Decimal:
    """Read a number or an amount of money, with its unit or without."""
    cell = squeeze(normalise(text))
    for unit in (field.unit_th, "บาท" if field.type is FieldType.MONEY else ""):
        bare = squeeze(unit)
        cell = cell.removesuffix(bare) if bare else cell
    cell = cell.removesuffix(".-").removeprefix("฿")
    number = read_number(cell) if len(cell) <= 60 else None
    if number is None:
        thing = "จำนวนเงิน" if field.type is FieldType.MONEY else "ตัวเลข"
        mend = by_example(field) or "ใส่เฉพาะตัวเลข เช่น 12,500 หรือ ๑๒,๕๐๐"
        raise refusal(field, "NUMBER_UNREADABLE", f"อ่าน{thing} {quoted(text)} ไม่ได้", mend)
    if fault := amount_fault(field, number):
        raise refusal(field, *fault)
    return settled(field, number)


def amount_fault(field: Field, number: Decimal) -> tuple[str, str, str] | None:
    """Give code, message and mend when a number has too many digits or no value; None when it is good."""
    if not number.is_finite():
        return "NUMBER_UNREADABLE", f"{field.label_th}ไม่ใช่ตัวเลข", "ใส่ตัวเลข"
    if abs(number) >= NUMBER_MAX:
        return "NUMBER_TOO_LARGE", f"{field.label_th}ใหญ่เกินกว่าที่รับได้ (15 หลัก)", "ตรวจตัวเลขอีกครั้ง"
    places = decimals_of(field)
    if number.is_zero() or -number.normalize().as_tuple().exponent <= places:  # type: ignore[operator]
        return None
    if places == 0:
        return "DECIMALS", f"{field.label_th} {number:,f} ต้องเป็นจำนวนเต็ม", "ตัดทศนิยมออก"
    return "DECIMALS", f"{field.label_th} {number:,f} มีทศนิยมเกิน {places} ตำแหน่ง", f"ปัดให้เหลือ {places} ตำแหน่ง"


def settled(field: Field, number: Decimal) -> Decimal:
    """Give a number with the places its field declares: money always two."""
    number = number.quantize(Decimal(1).scaleb(-decimals_of(field))) if abs(number) < NUMBER_MAX else number
    return abs(number) if number.is_zero() else number


def read_phone_number(field: Field, text: str) -> str:
    """Read a telephone number; it is kept as offices print it, with Arabic digits."""
    phone = read_phone(normalise(text)) if len(text) <= 100 else None
    if phone is None:
        mend = by_example(field) or "เขียนอย่าง 0-3600-0000 ต่อ 126 หรือ 08-1234-5678 ช่องละหนึ่งหมายเลข"
        raise refusal(field, "PHONE_UNREADABLE", f"อ่านหมายเลขโทรศัพท์ {quoted(text)} ไม่ได้", mend)
    return format_phone(phone)


def read_id(field: Field, text: str) -> str:
    """Read a 13-digit number of a person or a company; it is kept as bare Arabic digits."""
    digits = re.sub(r"[\s.\-–—]", "", to_arabic(normalise(text[:100])))
    if fault := id_fault(field, digits):
        raise refusal(field, *fault)
    return digits


def id_fault(field: Field, digits: str) -> tuple[str, str, str] | None:
    """Give code, message and mend when digits are no valid 13-digit number; the digits are not said back."""
    if not re.fullmatch("[0-9]{13}", digits):
        return "ID_LENGTH", f"{field.label_th}ต้องเป็นตัวเลข 13 หลัก", "ตรวจจำนวนหลักอีกครั้ง"
    if not valid_national_id(digits):
        return "ID_CHECK_DIGIT", f"{field.label_th}ไม่ถูกต้อง หลักตรวจสอบไม่ตรง", "ตรวจตัวเลขกับบัตรหรือหนังสือรับรองอีกครั้ง"
    return None


def read_email(field: Field, text: str) -> str:
    """Read an address of e-mail."""
    kept = clean(field, text)
    if len(kept) > EMAIL_MAX or not _EMAIL.fullmatch(kept) or ".." in kept:
        raise refusal(field, "EMAIL_UNREADABLE", f"{quoted(text)} ไม่ใช่ที่อยู่อีเมล", "เขียนอย่าง saraban@example.go.th")
    return kept


def read_link(field: Field, text: str) -> str:
    """Read an address of a page: only http and https, without a user's name in it."""
    kept = clean(field, text)
    if len(kept) > limit_of(field):
        raise refusal(field, *too_long(field, len(kept)))
    if not is_link(kept):
        raise refusal(
            field, "LINK_UNREADABLE", f"{quoted(text)} ไม่ใช่ลิงก์ที่เปิดได้", "คัดลอกทั้งลิงก์ ขึ้นต้นด้วย https:// หรือ http://"
        )
    return kept


def is_link(text: str) -> bool:
    """Whether a text is one address of a page that is safe to link to."""
    if not re.match("https?://", text, re.IGNORECASE) or re.search(r"[\s\\<>\"'`{}|^]", text):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and "@" not in parts.netloc and port != 0 and bool(_HOST.fullmatch(host or ""))
