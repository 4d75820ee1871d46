"""Finds the address of a house in running Thai text: a house number and the village, road or subdistrict after it."""

import re
from collections.abc import Iterator

LENGTH_MAX = 160

_CUE = re.compile(r"(?P<sure>บ้านเลขที่|บ้าน ?เลข ?ที่)|(?P<likely>เลขที่|ที่อยู่(?:[ก-๙]{0,30})|อยู่(?:ที่)?)")
_HOUSE = re.compile(r"[ :.\n]{0,3}(?P<number>[0-9]{1,5}(?:[/-][0-9]{1,5}){0,2})(?![0-9/,.-]*[0-9/])")
_BARE = re.compile(
    r"(?<![0-9A-Za-z/.,-])(?<![0-9] )[0-9]{1,5}(?:[/-][0-9]{1,5})? ?(?=(?:หมู่ที่|หมู่|ม\.) ?[0-9]{1,2}[^0-9])"
    r"|(?<![0-9A-Za-z/.,-])[0-9]{1,5}/[0-9]{1,5} {0,2}(?=(?:ถนน|ถ\.|ซอย|ซ\.|ตำบล|ต\.|แขวง))"
)
_PART = re.compile(
    r"[ ,\n]{0,3}(?:"
    r"(?:หมู่ที่|หมู่|ม\.) {0,2}[0-9]{1,2}(?![0-9])"
    r"|(?:หมู่บ้าน|อาคาร|ชั้น(?:ที่)?|ห้อง(?:เลขที่)?|ตรอก|ซอย|ซ\.|ถนน|ถ\.|บ้าน|บ\.)"
    r" {0,2}[^\s,:;()]{1,40}(?: [0-9]{1,3}(?![0-9/]))?"
    r"|(?P<place>(?:ตำบล|แขวง|ต\.|อำเภอ|กิ่งอำเภอ|อ\.|เขต|จังหวัด|จ\.) {0,2}[ก-๙]{2,40}|กรุงเทพ(?:มหานคร|ฯ)?|กทม\.?)"
    r"|(?:รหัสไปรษณีย์ {0,2})?[1-9][0-9]{4}(?![0-9/,.-])"
    r")"
)
_SOME_PART = re.compile(r"(?:หมู่|ม\.|หมู่บ้าน|ซอย|ซ\.|ถนน|ถ\.|ตรอก)")
_NOT_HOUSE = re.compile(r"(?:หนังสือ|คำสั่ง|ประกาศ|สัญญา|โครงการ|จำนวน|ระยะทาง|ยาว|กว้าง|มาตรา|ข้อ|ครั้งที่) ?(?:ที่)? ?\Z")


def find_addresses(plain: str) -> Iterator[tuple[int, int]]:
    """Give where each address stands, from its house number to its last part. plain: with Arabic digits."""
    at = 0
    for start, number_end, is_sure in sorted(_houses(plain)):
        if start < at or _NOT_HOUSE.search(plain, max(0, start - 20), start):
            continue
        end, has_place, parts = _parts(plain, number_end, start + LENGTH_MAX)
        if is_sure or has_place or parts and _SOME_PART.search(plain, number_end, end) and _is_told(plain, start):
            yield start, end
            at = end


def _houses(plain: str) -> Iterator[tuple[int, int, bool]]:
    """Give house numbers: where they begin and end, and whether the word before says that they are."""
    for cue in _CUE.finditer(plain):
        found = _HOUSE.match(plain, cue.end())
        if found:
            yield found.start("number"), found.end("number"), bool(cue["sure"])
    for found in _BARE.finditer(plain):
        yield found.start(), found.end(), False


def _is_told(plain: str, start: int) -> bool:
    return bool(re.search(r"อยู่[^\n]{0,20}\Z", plain[max(0, start - 40) : start]))


def _parts(plain: str, at: int, until: int) -> tuple[int, bool, int]:
    """Walk the parts after a house number: where they end, whether a subdistrict or larger is among them, how many."""
    has_place, count = False, 0
    while at < until and (found := _PART.match(plain, at)):
        has_place = has_place or bool(found["place"])
        at, count = found.end(), count + 1
    return at, has_place, count
