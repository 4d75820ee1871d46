"""What a clerk types of a sheet of paper, and the same again where something is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from prongsai.questionnaires.places import Place, number_of, places_of
from prongsai.questionnaires.sheet import Fault, Sheet
from prongsai.questionnaires.typed import read_typed
from prongsai.web.surveys.models import Survey
from prongsai.web.surveys.tokens import new_form, read_code
from prongsai.web.ui.forms import posted_number

_FORM_MAX = 64
_FAULTS = {
    Fault.MISSING: _("ยังไม่ได้กรอก ถ้าผู้ตอบเว้นว่างไว้ ใส่ 0"),
    Fault.UNKNOWN: _("ไม่มีตัวเลือกหมายเลขนี้"),
    Fault.TWICE: _("ข้อนี้ตอบได้ตัวเลือกเดียว ถ้าผู้ตอบทำเครื่องหมายหลายช่อง ใส่ 0"),
    Fault.TOO_LONG: _("ข้อความยาวเกินไป"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the screen. section: its title where one begins; legend: number and label, where it changes."""

    place: Place
    text: str
    section: str
    legend: tuple[tuple[str, str], ...]
    condition: str
    value: str
    fault: str

    @property
    def is_quick(self) -> bool:
        """Whether one digit says it all, so that the next line may be gone to at once."""
        return not (self.place.takes_words or self.place.takes_several) and len(self.place.options) < 10


class PaperForm:
    """One sheet. form: its name, new for each; entered: how many sheets of this sitting were kept before it."""

    def __init__(self, survey: Survey, data: QueryDict | None = None) -> None:
        self.survey, self.is_sent = survey, data is not None
        data = data if data is not None else QueryDict()
        self.form = data.get("form", "")[:_FORM_MAX] or new_form()
        self.group = posted_number(data.get("group"))
        self.code_typed = data.get("code", "")[:_FORM_MAX]
        self.entered = posted_number(data.get("entered")) or 0
        self.code = read_code(self.code_typed)
        self.errors: list[str] = []
        self.code_error = ""
        self._typed: Mapping[str, str] = {name: data.get(name, "") for name in data}
        self._asked = survey.pure
        self.sheet, self._faults = read_typed(self._asked, self._typed) if self.is_sent else (Sheet(), {})

    def is_valid(self) -> bool:
        """Look at everything that was sent."""
        if self.code_typed and not self.code:
            self.code_error = gettext("รหัสไม่ถูก ตรวจตัวเลข ๑๖ ตัวกับแผ่นกระดาษ")
        elif not self.code and not self.survey.has_link:
            self.code_error = gettext("การสำรวจนี้ต้องมีรหัส พิมพ์รหัสบนแผ่นกระดาษ")
        if self._faults:
            self.errors.append(gettext("ยังไม่ได้บันทึก แก้ข้อที่มีข้อความสีแดง"))
        elif self.sheet.is_empty:
            self.errors.append(gettext("แผ่นนี้ไม่มีคำตอบเลย จึงไม่ได้บันทึก"))
        if self.group not in {None, 0, *(one.pk for one in self.survey.groups.all())}:
            self.errors.append(gettext("ไม่มีกลุ่มนี้ในการสำรวจ เลือกกลุ่มใหม่"))
        return not (self.errors or self.code_error)

    def next(self) -> PaperForm:
        """Give an empty form for the next sheet of the same group."""
        fresh = PaperForm(self.survey)
        fresh.group, fresh.entered = self.group, self.entered + 1
        return fresh

    @property
    def lines(self) -> Iterator[Line]:
        """Everything that stands on the sheet, in order."""
        language = get_language() or "th"
        section = legend = None
        for place in places_of(self._asked):
            shown = tuple((number, one.label.of(language)) for number, one in place.numbered)
            fault = self._faults.get(place.field)
            yield Line(
                place,
                self._text(place, language),
                place.section.title.of(language) if place.section is not section else "",
                shown if shown != legend else (),
                self._condition(place),
                self._typed.get(place.field, ""),
                str(_FAULTS[fault]) if fault else "",
            )
            section, legend = place.section, shown

    @staticmethod
    def _text(place: Place, language: str) -> str:
        text, asked = place.text.of(language), place.question.text.of(language)
        return f"{asked}: {text}" if place.question.rows else text

    def _condition(self, place: Place) -> str:
        condition = place.question.shown_if
        if condition is None:
            return ""
        of = self._asked.question(condition.question)
        numbers = [str(at) for at, one in enumerate(self._asked.options_of(of), 1) if one.key in condition.answers]
        told = {"number": number_of(self._asked, of.key), "answers": ", ".join(numbers)}
        return gettext("กรอกเมื่อข้อ {number} เป็น {answers}").format(**told)
