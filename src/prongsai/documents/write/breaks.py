"""Where a printed line may end: between words, never inside a name, an abbreviation or a number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from prongsai.documents.fonts.clusters import CLUSTER
from prongsai.thai.months import MONTH_OPENINGS
from prongsai.thai.segmentation import words

_DIGIT = "[0-9๐-๙]"
_NAME_MIN = 5  # letters; a shorter one is a word, and would be found inside others
_TITLE = r"(?:(?:นางสาว|นาง|นาย|น\.ส\.|ดร\.) ?)?"
_COUNTED = "ข้อ|ครั้ง|คน|ราย|เรื่อง|บาท|โครงการ|แห่ง|วัน|เดือน|ปี|ชั่วโมง|นาที|ฉบับ|ชุด|เล่ม|แผ่น|งาน|คะแนน"
_RUN = re.compile(r"[^\sก-๎ฯๆ]{2,}")  # a number, a Latin word, an address with all its signs
_WHOLE = tuple(
    map(
        re.compile,
        (
            r"(?<![ก-๎])(?:[เแ]?[ก-ฮ]{1,4}ิ?\.)+",  # พ.ศ. อบต. มิ.ย.
            rf"(?:(?<=\s)|^)\(?{_DIGIT}+(?:\.{_DIGIT}+)*[.)] \S",  # the numeral of an item and its first word
        ),
    )
)
_JOINT = re.compile(
    "|".join(
        (
            r"(?=[ๆฯ)\]}”’!?:;,./%])|(?<=[(\[{“‘])|(?<=\s[\"'])|(?=[\"'](?:\s|$))",  # signs stay with their word
            r"(?=[-–—](?:\s|$))|(?<=^[-–—•] )",  # a dash begins no line, save the first
            r"(?<=[ก-๎ฯๆ])(?=[^\sก-๎ฯๆ])|(?<=[^\s/–—ก-๎ฯๆ-])(?=[ก-๎])",  # Thai beside anything else, no space between
            rf"(?<={_DIGIT} [-–] )(?={_DIGIT})",  # ๑ - ๔
            rf"(?<=[พค]\.ศ\. )(?={_DIGIT})|(?<={_DIGIT} )(?={MONTH_OPENINGS}|{_COUNTED})",
        )
    )
)
_SYLLABLE = re.compile(r"(?=[ะัาำิ-ฺๅ็-๎])|(?<=[เ-ไ])")
# Words of offices that the dictionary lacks or knows only in longer ones, and would cut.
_COMPOUND = re.compile(
    "เจ้าพนักงาน|เจ้าหน้าที่|ผลกระทบ|ผู้รับผิดชอบ|ผู้บังคับบัญชา|ผู้รับบริการ|ผู้ปฏิบัติงาน|ผู้ตรวจสอบ|ตัวชี้วัด|"
    "ข้อร้องเรียน|ข้อเสนอแนะ|กลุ่มเป้าหมาย|ปีงบประมาณ|ปลัดเทศบาล"
)
_INSIDE = re.compile(r"(?<=[^\s/._?&=@-][/._?&=@-])(?=[^\s/._?&=@-])")


@dataclass(frozen=True, slots=True)
class Breaks:
    """Offsets of a text at which a line may end, best first; each holds those before it.

    free: between words. spaces: at a space inside what should stay whole. words: between the words of a name, behind
    the signs of a long address. any: between clusters, never before a vowel that follows or behind one that leads.
    """

    free: tuple[int, ...]
    spaces: tuple[int, ...]
    words: tuple[int, ...]
    any: tuple[int, ...]

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        return iter((self.free, self.spaces, self.words, self.any))


class Breaker:
    """Finds breaks, knowing the names of a paper; the same text is cut once."""

    def __init__(self, names: Iterable[str]) -> None:
        longest_first = sorted(
            {" ".join(name.split()) for name in names if len(name) >= _NAME_MIN}, key=len, reverse=True
        )
        self._names = re.compile(_TITLE + f"(?:{'|'.join(map(re.escape, longest_first))})") if longest_first else None
        self._known: dict[str, Breaks] = {}

    def breaks(self, text: str) -> Breaks:
        """Give the breaks of a text with single spaces."""
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> Breaks:
        names = [found.span() for found in self._names.finditer(text)] if self._names else []
        compounds = [found.span() for found in _COMPOUND.finditer(text)]
        ends = {*_word_ends(text, names), *chain.from_iterable(compounds)} - {*_inside(compounds)}
        runs = {*_inside(found.span() for found in _RUN.finditer(text))}
        wholes = (found.span() for whole in _WHOLE for found in whole.finditer(text))
        bonds = {*_inside((*names, *wholes)), *_places(_JOINT, text)} | runs
        spaces = {found.end() for found in re.finditer(" ", text)}
        inside = (ends - runs) | _places(_INSIDE, text) | spaces
        clusters = {found.end() for found in CLUSTER.finditer(text)} - _places(_SYLLABLE, text)
        free = (ends - bonds) & clusters
        levels = [free, spaces | free, inside & clusters, clusters]
        return Breaks(
            *(tuple(sorted(at for at in level if 0 < at < len(text) and text[at] != " ")) for level in levels)
        )


def _places(pattern: re.Pattern[str], text: str) -> set[int]:
    return {found.start() for found in pattern.finditer(text)}


def _inside(spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    return (at for start, end in spans for at in range(start + 1, end))


def _word_ends(text: str, names: list[tuple[int, int]]) -> Iterator[int]:
    """Give the ends of words and of names; what stands between two names is cut by itself."""
    edges = [0, *(edge for span in names for edge in span), len(text)]
    for number, (start, end) in enumerate(pairwise(edges)):
        is_name = number % 2
        yield from accumulate(map(len, words(text[start:end])), initial=start) if start < end else ()
        if is_name:
            yield end
