"""Names of people: titles and ranks, cells where several people run together, and one name in several spellings.

A name is never corrected: the printed form stays in ``raw``, likeness is only pointed out.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from prongsai.thai.collation import sort_key
from prongsai.thai.text import collapse, fold

# Spelt-out form by what is printed; longest first matters, so the patterns below are built from sorted keys.
TITLES = {
    "นาย": "นาย",
    "นาง": "นาง",
    "นางสาว": "นางสาว",
    "น.ส.": "นางสาว",
    "นส.": "นางสาว",
    "น.ส": "นางสาว",
    "ด.ช.": "เด็กชาย",
    "เด็กชาย": "เด็กชาย",
    "ด.ญ.": "เด็กหญิง",
    "เด็กหญิง": "เด็กหญิง",
    "ม.ล.": "หม่อมหลวง",
    "หม่อมหลวง": "หม่อมหลวง",
    "ม.ร.ว.": "หม่อมราชวงศ์",
    "หม่อมราชวงศ์": "หม่อมราชวงศ์",
    "ดร.": "ดร.",
    "ผศ.": "ผู้ช่วยศาสตราจารย์",
    "ผศ.ดร.": "ผู้ช่วยศาสตราจารย์ ดร.",
    "รศ.": "รองศาสตราจารย์",
    "รศ.ดร.": "รองศาสตราจารย์ ดร.",
    "ศ.": "ศาสตราจารย์",
    "นพ.": "นายแพทย์",
    "พญ.": "แพทย์หญิง",
    "ทพ.": "ทันตแพทย์",
    "ทพญ.": "ทันตแพทย์หญิง",
    "สพ.ญ.": "สัตวแพทย์หญิง",
    "น.สพ.": "นายสัตวแพทย์",
    "พระครู": "พระครู",
    "พระมหา": "พระมหา",
}
RANKS = {
    "ร.ต.": "ร้อยตรี", "ร.ท.": "ร้อยโท", "ร.อ.": "ร้อยเอก", "พ.ต.": "พันตรี", "พ.ท.": "พันโท", "พ.อ.": "พันเอก",
    "ส.ต.": "สิบตรี", "ส.ท.": "สิบโท", "ส.อ.": "สิบเอก", "จ.ส.ต.": "จ่าสิบตรี", "จ.ส.ท.": "จ่าสิบโท", "จ.ส.อ.": "จ่าสิบเอก",
    "ร.ต.ต.": "ร้อยตำรวจตรี", "ร.ต.ท.": "ร้อยตำรวจโท", "ร.ต.อ.": "ร้อยตำรวจเอก",
    "พ.ต.ต.": "พันตำรวจตรี", "พ.ต.ท.": "พันตำรวจโท", "พ.ต.อ.": "พันตำรวจเอก", "ส.ต.ต.": "สิบตำรวจตรี",
    "ส.ต.ท.": "สิบตำรวจโท", "ส.ต.อ.": "สิบตำรวจเอก", "ด.ต.": "ดาบตำรวจ", "จ.อ.": "จ่าเอก", "จ.ท.": "จ่าโท", "จ.ต.": "จ่าตรี",
    "พ.จ.อ.": "พันจ่าเอก", "พ.จ.ท.": "พันจ่าโท", "พ.จ.ต.": "พันจ่าตรี", "จ่าเอก": "จ่าเอก", "พันจ่าเอก": "พันจ่าเอก",
}  # fmt: skip
_FULL_RANKS = {full: full for full in RANKS.values()}
_ACTING_RANK = "ว่าที่"

# "นาย" and "นาง" also open the names of posts and things; after them no person follows.
_NOT_PERSONS = {
    "นาย": r"ก(?: |$|ฯ|\)|เทศ|องค์การ|อบต|อบจ|รัฐมนตรี|สภา|สมาคม|เมือง)"
    "|ช่าง|ทะเบียน|ทหาร|อำเภอ|ตรวจ|จ้าง|แพทย์|ด่าน|เวร|สถานี|ไปรษณีย์",
    "นาง": "พยาบาล|แบบ|กวัก|เงือก",
}
_SPLIT_TITLES = {**TITLES, **RANKS, **_FULL_RANKS}
_RANK_WORDS = sorted([*RANKS, *_FULL_RANKS], key=len, reverse=True)


def _loose(title: str) -> str:
    """A pattern for a title whose dots may be followed by spaces and whose last dot may be missing."""
    return r"\. ?".join(map(re.escape, title.rstrip(".").split("."))) + (r"\." if title.endswith(".") else "")


def _title_pattern() -> str:
    others = [t for t in sorted(TITLES, key=len, reverse=True) if t not in {"นาย", "นาง", "พระครู", "พระมหา", "ศ."}]
    ranks = "|".join(_loose(rank) for rank in _RANK_WORDS)
    words = "|".join(_loose(title) for title in others)
    man = rf"นาย(?!{_NOT_PERSONS['นาย']})"
    woman = rf"นาง(?!สาว|{_NOT_PERSONS['นาง']})"
    ranks = rf"(?:{ranks})(?: ?หญิง)?"
    alone = rf"{_ACTING_RANK} ?{ranks}|{words}|{ranks}|{man}|{woman}"
    return rf"(?:{alone})(?: ?(?:{words}|{man}|{woman}))?"


_TITLE = re.compile(rf"(?P<title>{_title_pattern()}) ?(?=[ก-ฮเ-ไ])")
_TITLE_AT_WORD = re.compile(rf"(?<![ก-๎])(?<![ก-๎]\.){_TITLE.pattern}")
_WORD = re.compile(rf"(?<![ก-๎.]){_TITLE.pattern}|(?<=[)/]){_TITLE.pattern.replace('?P<title>', '')}")
_WORD = re.compile(r"\([^)]*\)?|[^\s(]+")
_DOTS = re.compile(r"^[.…_\s]+|[.…_\s]+$")
_NAME_WORD = re.compile(r"[ก-ฮเ-ไ][ก-๎]*")
_PREPOSITIONS = frozenset({"ณ", "ณ.", "เทพหัสดิน", "บิน", "อัล"})
_NO_NAME = frozenset({"ตำแหน่ง", "ชื่อ", "นามสกุล", "ผู้รับผิดชอบ", "ผู้อำนวยการ", "หัวหน้า", "ผู้บริหาร"})
_POST_STARTS = (
    "ผู้อำนวยการ", "ผู้ช่วย", "หัวหน้า", "ปลัด", "รองปลัด", "นายก", "รองนายก", "เจ้าพนักงาน", "เจ้าหน้าที่", "นักวิชาการ",
    "นักวิเคราะห์", "นักทรัพยากร", "นักพัฒนา", "นักจัดการ", "นักบริหาร", "นักประชาสัมพันธ์", "นักป้องกัน", "นักสันทนาการ",
    "นักตรวจสอบ", "นักผังเมือง", "นักโภชนาการ", "นักกายภาพ", "นิติกร", "วิศวกร", "สถาปนิก", "นายช่าง", "นายทะเบียน", "พนักงาน",
    "พยาบาล", "ครู", "คนงาน", "ลูกจ้าง", "เลขานุการ", "ที่ปรึกษา", "ประธาน", "รองประธาน", "สมาชิกสภา", "กรรมการ", "ผอ.", "หน.",
    "รักษาการ", "รักษาราชการ", "ภารโรง", "ยาม", "บรรณารักษ์", "ช่าง", "ผู้ดูแล", "ตำแหน่ง", "จพง.", "จนท.", "ผู้จัดการ",
)  # fmt: skip
_UNIT_STARTS = ("สำนัก", "กอง", "ฝ่าย", "งาน", "หน่วย", "ศูนย์", "สถาน", "เทศบาล", "องค์การ", "ทุก", "คณะ", "ส่วน")
_TAIL = re.compile(r"(?: ?(?:[-,;/–—]|และ|[0-9๐-๙]{1,2}[.)]))$")


class PersonName(NamedTuple):
    """A person's name. title: as printed, "" when none; surname: "" when none; raw: the whole as printed."""

    title: str
    given: str
    surname: str
    raw: str


class Person(NamedTuple):
    """One person of an owner cell. position: "" when none is printed; raw: name and position as printed."""

    name: PersonName
    position: str
    raw: str


def _is_post(word: str) -> bool:
    return word.startswith(_POST_STARTS)


def _surname_length(words: Sequence[str]) -> int:
    """Count the words of a surname at the beginning of some words: none, one, or ณ and the next."""
    if not words or not _NAME_WORD.match(words[0]) or _is_post(words[0]):
        return 0
    return 2 if words[0] in _PREPOSITIONS and len(words) > 1 else 1


def read_name(text: str) -> PersonName | None:
    """Read a text that is one person's name, in parentheses or not; None when it is none.

    Without a title it must stand in parentheses and be two words that name neither post nor unit.
    """
    printed = collapse(text)
    bare = _DOTS.sub("", printed.strip("()[] "))
    found = _TITLE.match(bare)
    title = collapse(found["title"]) if found else ""
    words = bare[found.end() :].split() if found else bare.split()
    if not found and not printed.startswith("("):
        return None
    if not words or not _NAME_WORD.fullmatch(words[0]) or words[0] in _NO_NAME or _is_post(words[0]):
        return None
    count = _surname_length(words[1:])
    if len(words) > 1 + count or (not title and (count == 0 or words[0].startswith(_UNIT_STARTS))):
        return None
    return PersonName(title, words[0], " ".join(words[1:]), printed)


def split_people(text: str) -> list[Person]:
    """Split a cell in which people run together at their titles; empty when no title stands there.

    After the given name and a surname the rest is the position; ``นาย… ตำแหน่ง`` is one person. What stands before
    the first title belongs to nobody and is not given.
    """
    flat = collapse(text)
    starts = [found.start() for found in _TITLE_AT_WORD.finditer(flat)]
    stops = [*starts[1:], len(flat)] if starts else []
    people = [_person(flat[start:stop].strip()) for start, stop in zip(starts, stops, strict=True)]
    return [person for person in people if person]


def _person(raw: str) -> Person | None:
    while tail := _TAIL.search(raw, max(len(raw) - 5, 0)):
        raw = raw[: tail.start()].rstrip()
    found = _TITLE.match(raw)
    if not found:
        return None
    words = [word.rstrip(",;") for word in _WORD.findall(raw[found.end() :])]
    if not words:
        return None
    count = _surname_length(words[1:])
    name_end = found.end() + _reach(raw[found.end() :], 1 + count)
    name = PersonName(collapse(found["title"]), words[0], " ".join(words[1 : 1 + count]), raw[:name_end].strip())
    position = raw[name_end:].strip(" ,;:-–—/()")
    return Person(name, position.removeprefix("ตำแหน่ง").strip(" :"), raw)


def _reach(text: str, count: int) -> int:
    """Where the first ``count`` words of a text end."""
    ends = [found.end() for found in _WORD.finditer(text)]
    return ends[min(count, len(ends)) - 1] if ends else 0


def formal_name(name: PersonName) -> str:
    """Print a name as a signature block does: title spelt out, one space, before the surname only."""
    title = " ".join(_spelt_out(part) for part in _title_parts(name.title))
    gap = " " if title.endswith(".") and not title.endswith("ดร.") else ""
    return f"{title}{gap}{name.given} {name.surname}".strip()


def _title_parts(title: str) -> list[str]:
    bare = title.replace(" ", "")
    if bare in _SPLIT_TITLES or not bare:
        return [bare] if bare else []
    if bare.startswith(_ACTING_RANK):
        return [_ACTING_RANK + _spelt_out(bare.removeprefix(_ACTING_RANK))]
    for cut in range(len(bare) - 1, 0, -1):
        if bare[:cut] in _SPLIT_TITLES and bare[cut:] in _SPLIT_TITLES:
            return [bare[:cut], bare[cut:]]
    return [bare]


def _spelt_out(title: str) -> str:
    if title.endswith("หญิง") and title not in _SPLIT_TITLES:
        return _spelt_out(title.removesuffix("หญิง")) + "หญิง"
    return _SPLIT_TITLES.get(title, _SPLIT_TITLES.get(title + ".", title))


def name_key(name: PersonName | str) -> str:
    """Give a key for comparison: without title and white space, normalised."""
    if isinstance(name, str):
        read = read_name(name)
        if read is None:
            return fold(name)
        name = read
    return fold(name.given + name.surname)


def sort_names(names: Iterable[PersonName]) -> list[PersonName]:
    """Sort by given name in Thai dictionary order, then surname; titles do not count."""
    return sorted(names, key=lambda name: (sort_key(name.given), sort_key(name.surname), name.title))


_WINDOW = 60  # neighbours in sorted order that one spelling is compared with
_MEN, _WOMEN = frozenset({"นาย", "เด็กชาย"}), frozenset({"นาง", "นางสาว", "เด็กหญิง"})


def similar_names(people: Iterable[Person]) -> list[list[PersonName]]:
    """Group spellings that are likely one person's; each group has two or more spellings, as first seen.

    Given name and surname must both be alike, much so unless the printed positions agree; a man's and a woman's title
    are never one person. A hint for a person to check.
    """
    spellings = _spellings(people)
    parent = list(range(len(spellings)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for order in (_by_part(spellings, 0), _by_part(spellings, 1)):
        for place, i in enumerate(order):
            for j in order[place + 1 : place + _WINDOW]:
                if root(i) != root(j) and _one_person(spellings[i], spellings[j]):
                    parent[max(root(i), root(j))] = min(root(i), root(j))
    groups: dict[int, list[PersonName]] = {}
    for i, spelling in enumerate(spellings):
        groups.setdefault(root(i), []).append(spelling.name)
    return [group for group in groups.values() if len(group) > 1]


class _Spelling(NamedTuple):
    name: PersonName
    given: str
    surname: str
    sex: str
    positions: frozenset[str]


def _spellings(people: Iterable[Person]) -> list[_Spelling]:
    found: dict[tuple[str, str], _Spelling] = {}
    for person in people:
        given, surname, position = fold(person.name.given), fold(person.name.surname), fold(person.position)
        new = _Spelling(person.name, given, surname, _sex(person.name.title), frozenset())
        before = found.get((given, surname), new)
        found[given, surname] = before._replace(positions=before.positions | ({position} - {""}))
    return list(found.values())


def _sex(title: str) -> str:
    words = {_spelt_out(part) for part in _title_parts(title)}
    return "m" if words & _MEN else "f" if words & _WOMEN else ""


def _by_part(spellings: Sequence[_Spelling], part: int) -> list[int]:
    return sorted(range(len(spellings)), key=lambda i: (spellings[i].given, spellings[i].surname)[part])


def _one_person(a: _Spelling, b: _Spelling) -> bool:
    from rapidfuzz import fuzz  # noqa: PLC0415  # reason: 30 ms that only this comparison should pay

    if {a.sex, b.sex} == {"m", "f"} or not (a.surname and b.surname):
        return False
    given, surname = fuzz.ratio(a.given, b.given), fuzz.ratio(a.surname, b.surname)
    pairs = [(p, q) for p in a.positions for q in b.positions]
    if any(fuzz.ratio(p, q) >= 80 for p, q in pairs):
        return given >= 65 and surname >= 60
    return given >= 90 and surname >= 88 if pairs else given >= 85 and surname >= 75
