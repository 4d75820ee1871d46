"""What happened in a case, step by step, in its order: the moves, orders and changes of its readers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.web.complaints.contents import Kind, Said
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.queries.clocks import day_of
from prongsai.web.complaints.states import MOVES

_KINDS = frozenset({Kind.STEP, Kind.READERS, Kind.WATCH})
_Text = str | Promise


@dataclass(frozen=True, slots=True)
class Happening:
    """A step. words: what it was; about: whom or what it names; text: what was written of it."""

    on: date
    by: str
    words: _Text
    about: str = ""
    text: str = ""


def history_of(case: Case) -> tuple[Happening, ...]:
    """Give everything that happened, its receipt first."""
    return (Happening(case.report.received_on, "", _("รับเรื่อง")), *_steps(case))


def _steps(case: Case) -> Iterator[Happening]:
    for one in case.said:
        if one.kind in _KINDS:
            words, about = _words(one)
            yield Happening(day_of(one.at), one.by, words, about, one.text)


def _words(said: Said) -> tuple[_Text, str]:
    """Say what a step was, by what its data name."""
    if said.kind is Kind.WATCH:
        return _("ติดตามการกลั่นแกล้งผู้แจ้ง"), ""
    for name, words in _BY_PART.items():
        if name in said.data:
            return words(said.data)
    return _("บันทึกการดำเนินการ"), ""


def _moved(data: Mapping[str, Any]) -> tuple[_Text, str]:
    label = MOVES[data["move"]].label if data["move"] in MOVES else _("เปลี่ยนสถานะ")
    return (_("เสนอให้ผู้รับเรื่องคนที่สองเห็นชอบ"), str(label)) if data.get("pending") else (label, "")


def _ordered(words: _Text, part: str) -> Callable[[Mapping[str, Any]], tuple[_Text, str]]:
    return lambda data: (words, data[part].get("order_no", ""))


def _accused(data: Mapping[str, Any]) -> tuple[_Text, str]:
    named = [one["name"] or one["position"] or one["unit"] for one in data["accused"]]
    return _("เพิ่มผู้ถูกกล่าวหา"), ", ".join(named)


_BY_PART: Mapping[str, Callable[[Mapping[str, Any]], tuple[_Text, str]]] = {
    "move": _moved,
    "answers": lambda data: (_("ผู้รับเรื่องคนที่สองไม่เห็นชอบ"), ""),
    "committee": _ordered(_("แต่งตั้งคณะกรรมการสอบข้อเท็จจริง"), "committee"),
    "extension": _ordered(_("ขยายเวลาสอบข้อเท็จจริง"), "extension"),
    "finding": lambda data: (_("คณะกรรมการรายงานผลสอบข้อเท็จจริง"), ""),
    "discipline": lambda data: (_("ดำเนินการทางวินัย"), data["discipline"]["who"]),
    "follow": lambda data: (_("บันทึกความคืบหน้าของคดี"), data["follow"]["agency"]),
    "keep": lambda data: (_("เลื่อนวันทำลายข้อมูล"), ""),
    "accused": _accused,
    "conflict": lambda data: (_("ถอนตัวเพราะมีผลประโยชน์ทับซ้อน"), ""),
}
