"""Units of a local government: lists of them run together, their short forms, and what is no unit but a sentence."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from prongsai.thai.text import collapse, fold

UnitKind = Literal["สำนัก", "กอง", "ฝ่าย", "งาน", "หน่วย", "ศูนย์", "สถาน", "ส่วน"]

_STARTS = ("สำนัก", "กอง", "ฝ่าย", "งาน", "หน่วย", "ศูนย์", "สถาน", "ส่วน")
_EVERY = ("ทุก", "แต่ละ")
_LEADERS = (
    "ผู้อำนวยการ", "ผอ.", "หัวหน้า", "หน.", "รองปลัด", "ปลัด", "ผู้ช่วย", "รักษาการ", "รักษาราชการ", "ผู้บริหาร", "นายก", "รองนายก",
    "เลขานุการ", "คณะ", "ประธาน", "สมาชิก",
)  # fmt: skip
_OFFICERS = (
    "เจ้าหน้าที่", "เจ้าพนักงาน", "นิติกร", "นัก", "พนักงาน", "ลูกจ้าง", "บุคลากร", "นายช่าง", "วิศวกร", "ครู", "พยาบาล", "จพง.",
    "จนท.",
)  # fmt: skip
_VERBS = (
    "จัดทำ", "ส่งมอบ", "รวบรวม", "รับผิดชอบ", "ดำเนินการ", "เผยแพร่", "รายงาน", "จัดส่ง", "ส่งให้", "มอบให้", "มอบหมาย", "ประสาน",
    "ติดตาม", "กำกับ", "ต้อง", "ให้ความร่วมมือ", "นำส่ง", "เพื่อ",
)  # fmt: skip
_NOT_UNITS = (
    "งานที่",
    "งานนี้",
    "งานใด",
    "งานต่าง",
    "ส่วนที่",
    "ส่วนตัว",
    "ส่วนรวม",
    "ส่วนตน",
    "กองทุน",
    "หน่วยงานของรัฐ",
    "สถานที่",
    "ส่วนใหญ่",
)
_UNFINISHED = re.compile(r"(?:และ|หรือ|ของ|ประจำ|สังกัด|ภายใน|ใน|ทุก|แต่ละ|ผู้อำนวยการ|หัวหน้า|ผอ\.|หน\.)$")
# A slash before a bare kind belongs to the word before it: ทุกสำนัก/กอง.
_CUT = re.compile(
    r" ?[,;\n|] ?| ?[-–—•] (?=[ก-ฮเ-ไ])|^ ?[-–—•] ?| / |/(?=[ก-ฮเ-ไ])(?!(?:สำนัก|กอง|ฝ่าย|งาน|หน่วย)(?:[\s/]|$))"
)
_SENTENCE_LENGTH = 30


class Unit(NamedTuple):
    """A standard unit. name: its full name; aliases: short forms and former names in use."""

    name: str
    kind: UnitKind
    aliases: tuple[str, ...]


class KnownUnit(NamedTuple):
    """What was found for a printed unit: the standard unit, or None with the nearest names, best first."""

    text: str
    unit: Unit | None
    nearest: tuple[str, ...]


@lru_cache(maxsize=1)
def standard_units() -> tuple[Unit, ...]:
    """Give the standard units of a municipality, as ``data/units.json`` lists them."""
    rows = json.loads((files("prongsai.thai") / "data" / "units.json").read_text(encoding="utf-8"))
    return tuple(Unit(row["name"], row["kind"], tuple(row["aliases"])) for row in rows)


STANDARD_UNITS = standard_units()


def is_sentence(text: str) -> bool:
    """Whether an owner cell says who does what, in place of naming owners."""
    bare = fold(text)
    return len(bare) >= _SENTENCE_LENGTH and any(bare.find(verb) > 0 for verb in _VERBS)


def is_unit(text: str) -> bool:
    """Whether a text names one unit, or all of them (ทุกส่วนราชการ); a post such as ผู้อำนวยการกองคลัง does not."""
    bare = fold(text)
    if is_sentence(text) or len(split_units(text)) != 1 or bare.startswith((*_LEADERS, *_OFFICERS, *_NOT_UNITS)):
        return False
    return bare.startswith(_STARTS) and bare not in _STARTS or _names_all(bare) or _lookup(bare) is not None


def _names_all(bare: str) -> bool:
    rest = next((bare[len(word) :] for word in _EVERY if bare.startswith(word)), "")
    return rest.startswith((*_STARTS, "ภารกิจ", "องค์กร", "กลุ่ม"))


def split_units(text: str) -> list[str]:
    """Split a cell of owners into units and posts, as printed but for runs of white space.

    At line breaks, commas, slashes and dashes, and before a word that opens a unit, a post or "all"; never inside a
    post (ผู้อำนวยการกองคลัง), before a post's unit (นิติกร สำนักปลัด), or in a sentence, which stays whole.
    """
    if is_sentence(text):
        return [collapse(text).lstrip("-–—• ")]
    owners: list[str] = []
    for piece in _CUT.split(text):
        owners += _words(piece.split()) if piece else []
    return [owner for owner in owners if owner.strip("-–— ")]


def _words(words: Iterable[str]) -> list[str]:
    owners: list[list[str]] = []
    keys: list[str] = []  # of the words of the owner in hand
    for word in words:
        key = fold(word)
        # Only the ends of a long owner are looked at, so that a cell without any owner costs no more than its length.
        if owners and not _opens(key, keys[0], "".join(keys[-4:])):
            owners[-1].append(word)
            keys.append(key)
        else:
            owners.append([word])
            keys = [key]
    return [" ".join(owner) for owner in owners]


def _opens(word: str, first: str, last: str) -> bool:
    """Whether a word begins another owner. first, last: the first word and the last few words of the one before."""
    if last in _STARTS or (_UNFINISHED.search(last) and _lookup(last) is None):
        return False
    if word.startswith(_STARTS) and not word.startswith(_NOT_UNITS):
        return not first.startswith(_OFFICERS)
    if word.startswith((*_EVERY, *_LEADERS, *_OFFICERS)):
        return True
    return _lookup(word) is not None and _lookup(last + word) is None


def sentence_parties(text: str) -> list[str]:
    """Name, in a sentence such as ``ทุกงานจัดทำข้อมูลและส่งมอบให้สำนักปลัดรวบรวม``, the doer and the receiver.

    A receiving unit is cut before its own verb; a receiving post keeps the words that say which one. Empty when the
    sentence names nobody before its first verb and hands nothing over.
    """
    bare = re.sub(r"\s", "", text).lstrip("-–—•")
    firsts = [place for verb in _VERBS if (place := bare.find(verb)) > 0]
    doer = bare[: min(firsts)] if firsts else ""
    found = re.search(r"(?:ส่งมอบ|มอบ|ส่ง|นำส่ง|จัดส่ง)(?:ข้อมูล)?ให้(?:แก่|กับ)?", bare)
    receiver = bare[found.end() :] if found else ""
    if receiver.startswith(_STARTS):
        ends = [place for verb in _VERBS if (place := receiver.find(verb)) > 0]
        receiver = receiver[: min(ends)] if ends else receiver
    return [party for party in (doer, receiver) if party]


@lru_cache(maxsize=1)
def _index() -> Mapping[str, Unit]:
    found: dict[str, Unit] = {}
    for unit in STANDARD_UNITS:
        for name in (unit.name, *unit.aliases):
            found[fold(name)] = unit
    return found


def _lookup(bare: str) -> Unit | None:
    return _index().get(bare) or _index().get(bare.removesuffix("ฯ"))


def same_unit(a: str, b: str) -> bool:
    """Whether two printed units are one: equal, aliases of one standard unit, or one is the other cut short with ฯ."""
    one, other = fold(a), fold(b)
    if one == other:
        return True
    first, second = _lookup(one), _lookup(other)
    if first and second:
        return first is second
    short, long = sorted((one, other), key=len)
    return short.endswith("ฯ") and len(short) > 5 and long.startswith(short[:-1])


def known_unit(text: str, own: Iterable[str] = ()) -> KnownUnit:
    """Look a printed unit up among the standard ones and the office's own; else name the nearest three.

    own: names of the office's units that are not standard.
    """
    bare = fold(text)
    mine = {fold(name): name for name in own}
    unit = _lookup(bare)
    if unit is None and bare in mine:
        unit = Unit(mine[bare], _kind(mine[bare]), ())
    if unit:
        return KnownUnit(text, unit, ())
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # reason: 30 ms that only a failed look-up should pay

    names = {**{key: unit.name for key, unit in _index().items()}, **mine}
    near = process.extract(bare, list(names), scorer=fuzz.ratio, limit=8, score_cutoff=60)
    return KnownUnit(text, None, tuple(dict.fromkeys(names[key] for key, _, _ in near))[:3])


def _kind(name: str) -> UnitKind:
    kinds: dict[str, UnitKind] = {
        "สำนัก": "สำนัก", "กอง": "กอง", "ฝ่าย": "ฝ่าย", "งาน": "งาน", "หน่วย": "หน่วย", "ศูนย์": "ศูนย์", "สถาน": "สถาน",
    }  # fmt: skip
    return next((kind for start, kind in kinds.items() if name.startswith(start)), "ส่วน")
