"""What is asked of who writes a questionnaire."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.questionnaires import edit
from prongsai.questionnaires.lines import options_of, rows_of, written, written_rows
from prongsai.questionnaires.load import ready_scales
from prongsai.questionnaires.model import (
    Question,
    Questionnaire,
    QuestionType,
    Scale,
    Section,
    ShownIf,
    Words,
)
from prongsai.thai.text import collapse, normalise
from prongsai.web.surveys.queries.results import in_language
from prongsai.web.ui.templatetags.ui import thai_digits

TITLE_MAX = 200
TEXT_MAX = 500
LONG_MAX = 2000
LINES_MAX = 40  # answers or rows of one question
LINE_MAX = 300
_CHOSEN = (QuestionType.SCALE, QuestionType.SINGLE, QuestionType.MULTI)
_LINES_HELP = gettext_lazy("บรรทัดละหนึ่งคำตอบ ภาษาอังกฤษใส่หลังเครื่องหมาย | เช่น ช้า | Slow")
_ROWS_HELP = gettext_lazy(
    "บรรทัดละหนึ่งเรื่อง ภาษาอังกฤษใส่หลังเครื่องหมาย | ถ้าตอบมากแปลว่าไม่ดี ใส่ * หน้าบรรทัด เช่น * เสียงดัง | Noise"
)


class LineField(forms.CharField):
    """A text on one line, in one spelling."""

    def to_python(self, value: Any) -> str:
        """Read it."""
        return collapse(normalise(super().to_python(value) or ""))


class LinesField(forms.CharField):
    """A text of several lines, in one spelling."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Read it."""
        return normalise((super().to_python(value) or "").replace("\r\n", "\n")).strip()


def _line(label: Any, most: int = TITLE_MAX, **more: Any) -> LineField:
    return LineField(label=label, max_length=most, **more)


def _lines(label: Any, rows: int = 3, most: int = LONG_MAX, **more: Any) -> LinesField:
    return LinesField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class _Form(forms.Form):
    """A form about a questionnaire that somebody else may change meanwhile: it carries the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def seen_version(self) -> int:
        """The version that the user saw; 0, which is never current, when it was lost."""
        return int(self.cleaned_data.get("version") or 0)

    def words(self, name: str) -> Words:
        """Give a text in both languages."""
        return Words(th=self.cleaned_data[f"{name}_th"], en=self.cleaned_data[f"{name}_en"])

    def renew(self, version: int) -> None:
        """Go on from the record as it is now: saved again, it is a decision and no accident."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["version"] = str(version)


def _both(name: str, words: Words) -> dict[str, str]:
    return {f"{name}_th": words.th, f"{name}_en": words.en}


class MakeForm(_Form):
    """A new questionnaire."""

    title_th = _line(gettext_lazy("ชื่อแบบสอบถาม"), help_text=gettext_lazy("ผู้ตอบเห็นชื่อนี้ที่หัวหน้าแบบสอบถาม"))
    title_en = _line(
        gettext_lazy("ชื่อภาษาอังกฤษ"), required=False, help_text=gettext_lazy("เว้นว่างได้ ถ้าไม่ใช้ภาษาอังกฤษทั้งชุด")
    )


class TextsForm(MakeForm):
    """What stands around the questions."""

    intro_th = _lines(
        gettext_lazy("คำชี้แจงก่อนตอบ"),
        required=False,
        help_text=gettext_lazy("บอกว่าถามเพื่ออะไร ใช้เวลาเท่าใด ขอให้ตอบตามที่พบจริง อย่าชี้นำคำตอบ"),
    )
    intro_en = _lines(gettext_lazy("คำชี้แจงภาษาอังกฤษ"), required=False)
    thanks_th = _lines(
        gettext_lazy("ข้อความเมื่อตอบเสร็จ"),
        rows=2,
        required=False,
        help_text=gettext_lazy("บอกช่องทางติดต่อหน่วยงานไว้ที่นี่ได้ สำหรับผู้ที่ต้องการคำตอบ"),
    )
    thanks_en = _lines(gettext_lazy("ข้อความเมื่อตอบเสร็จ ภาษาอังกฤษ"), rows=2, required=False)
    group_question_th = _line(
        gettext_lazy("คำถามให้เลือกกลุ่ม"),
        required=False,
        help_text=gettext_lazy("ใช้เมื่อการสำรวจแบ่งกลุ่ม เช่น ท่านใช้บริการใด"),
    )
    group_question_en = _line(gettext_lazy("คำถามให้เลือกกลุ่ม ภาษาอังกฤษ"), required=False)

    NAMES = ("title", "intro", "thanks", "group_question")

    @classmethod
    def start_of(cls, text: Questionnaire) -> dict[str, str]:
        """Give what the form starts with."""
        return {key: value for name in cls.NAMES for key, value in _both(name, getattr(text, name)).items()}

    @property
    def values(self) -> dict[str, Words]:
        """The texts by their names."""
        return {name: self.words(name) for name in self.NAMES}


class SectionForm(_Form):
    """The heading of a section."""

    title_th = _line(gettext_lazy("หัวข้อของส่วน"))
    title_en = _line(gettext_lazy("หัวข้อภาษาอังกฤษ"), required=False)
    intro_th = _lines(gettext_lazy("คำอธิบายใต้หัวข้อ"), rows=2, most=TEXT_MAX, required=False)
    intro_en = _lines(gettext_lazy("คำอธิบายภาษาอังกฤษ"), rows=2, most=TEXT_MAX, required=False)
    is_about = forms.BooleanField(
        label=gettext_lazy("ส่วนนี้ถามข้อมูลของผู้ตอบ"),
        required=False,
        help_text=gettext_lazy("เช่น เพศ ช่วงอายุ อาชีพ คำตอบแต่ละข้อเก็บแยก ไม่ผูกกับความเห็น"),
    )

    @classmethod
    def start_of(cls, section: Section) -> dict[str, Any]:
        """Give what the form starts with."""
        return {**_both("title", section.title), **_both("intro", section.intro), "is_about": section.is_about}

    def section(self, key: str) -> Section:
        """Give the section, without its questions."""
        about = self.cleaned_data["is_about"]
        return Section(key=key, title=self.words("title"), intro=self.words("intro"), is_about=about)


class QuestionForm(_Form):
    """A question of one type: only what the type needs is asked."""

    text_th = _lines(gettext_lazy("ข้อคำถาม"), rows=2, most=TEXT_MAX)
    text_en = _lines(gettext_lazy("คำถามภาษาอังกฤษ"), rows=2, most=TEXT_MAX, required=False)
    scale = forms.ChoiceField(label=gettext_lazy("ระดับคะแนน"), widget=forms.RadioSelect)
    options = _lines(gettext_lazy("คำตอบให้เลือก"), rows=6, most=LINES_MAX * LINE_MAX, help_text=_LINES_HELP)
    rows = _lines(gettext_lazy("เรื่องที่ให้คะแนน"), rows=6, most=LINES_MAX * LINE_MAX, help_text=_ROWS_HELP)
    reversed = forms.BooleanField(
        label=gettext_lazy("กลับคะแนน"),
        required=False,
        help_text=gettext_lazy("เลือกเมื่อตอบมากแปลว่าไม่ดี เช่น มีการเรียกรับเงินมากแค่ไหน"),
    )
    section = forms.ChoiceField(label=gettext_lazy("อยู่ในส่วน"))
    aspect = forms.ChoiceField(label=gettext_lazy("อยู่ในด้าน"), required=False)
    is_required = forms.BooleanField(label=gettext_lazy("ต้องตอบ"), required=False)
    help_th = _lines(gettext_lazy("คำอธิบายใต้คำถาม"), rows=2, most=TEXT_MAX, required=False)
    help_en = _lines(gettext_lazy("คำอธิบายภาษาอังกฤษ"), rows=2, most=TEXT_MAX, required=False)
    condition = forms.ChoiceField(
        label=gettext_lazy("ถามข้อนี้กับใคร"),
        required=False,
        help_text=gettext_lazy("ถ้าถามเฉพาะบางคน เลือกคำถามก่อนหน้าแล้วกดบันทึก จะมีคำตอบของคำถามนั้นให้เลือก"),
    )
    answers = forms.MultipleChoiceField(
        label=gettext_lazy("ถามเฉพาะผู้ที่ตอบว่า"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("เลือกคำตอบใหม่ตามคำถามที่เลือก")},
    )

    _NEEDED = {
        QuestionType.SCALE: {"scale", "reversed"},
        QuestionType.SINGLE: {"options"},
        QuestionType.MULTI: {"options"},
        QuestionType.MATRIX: {"scale", "rows"},
        QuestionType.TEXT: set(),
    }

    def __init__(
        self,
        text: Questionnaire,
        type: QuestionType,
        question: Question | None,
        section: str,
        data: Any = None,
        **more: Any,
    ) -> None:
        self.text, self.type, self.known = text, type, question
        super().__init__(data, initial={**_start(text, type, question, section), **more.pop("initial", {})}, **more)
        for name in {"scale", "reversed", "options", "rows"} - self._NEEDED[type]:
            del self.fields[name]
        self._choices("section", [(one.key, in_language(one.title)) for one in text.sections])
        self._choices("aspect", [("", _("ไม่ระบุด้าน")), *((one.key, in_language(one.name)) for one in text.aspects)])
        if not text.aspects:
            del self.fields["aspect"]
        if "scale" in self.fields:
            self.scales = _scales(text)
            self._choices("scale", [(key, _scale_label(one, name)) for key, (one, name) in self.scales.items()])
        self._condition()

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _condition(self) -> None:
        """Offer the questions before this one, and the answers of the one that is chosen; words are asked of all."""
        before = {} if self.type is QuestionType.TEXT else self._before()
        numbered = {one.key: number for number, one in enumerate(self.text.questions, start=1)}
        named = [
            (key, _("ข้อ {n} {text}").format(n=thai_digits(numbered[key]), text=in_language(one.text)))
            for key, one in before.items()
        ]
        self._choices("condition", [("", _("ถามทุกคน")), *((key, label[:90]) for key, label in named)])
        chosen = before.get(self["condition"].value() or "")
        if chosen is None:
            del self.fields["answers"]
        else:
            self._choices("answers", [(one.key, in_language(one.label)) for one in edit.choices_of(self.text, chosen)])
        if not before:
            del self.fields["condition"]

    def _before(self) -> dict[str, Question]:
        found: dict[str, Question] = {}
        about = {one.key for one in self.text.about}
        for one in self.text.questions:
            if self.known is not None and one.key == self.known.key:
                break
            if one.type in _CHOSEN and one.key not in about and edit.choices_of(self.text, one):
                found[one.key] = one
        return found

    def clean_options(self) -> str:
        """Refuse more answers than fit, or longer ones."""
        return _few_lines(self.cleaned_data["options"])

    def clean_rows(self) -> str:
        """Refuse more rows than fit, or longer ones."""
        return _few_lines(self.cleaned_data["rows"])

    def clean(self) -> dict[str, Any]:
        """Ask for the answers of a condition."""
        given = super().clean() or {}
        is_open = given.get("condition") and "answers" not in self.errors
        if is_open and not given.get("answers"):
            self.add_error("answers", _("เลือกคำตอบที่ทำให้ถามข้อนี้อย่างน้อยหนึ่งคำตอบ"))
        return given

    @property
    def chosen_scale(self) -> Scale | None:
        """The scale that was chosen."""
        return self.scales[self.cleaned_data["scale"]][0] if "scale" in self.fields else None

    @property
    def question(self) -> Question:
        """The question as it was typed; a new one with a new key."""
        given, known = self.cleaned_data, self.known
        options = options_of(given["options"], known.options if known else ()) if "options" in given else ()
        rows = rows_of(given["rows"], known.rows if known else ()) if "rows" in given else ()
        return Question(
            key=known.key if known else edit.new_question_key(self.text),
            type=self.type,
            text=self.words("text"),
            help=self.words("help"),
            scale=given.get("scale", ""),
            options=options,
            rows=rows,
            reversed=given.get("reversed", False),
            is_required=given["is_required"],
            shown_if=ShownIf(question=given["condition"], answers=tuple(given["answers"]))
            if given.get("answers")
            else None,
            indicator=known.indicator if known else "",
            aspect=given.get("aspect", ""),
        )


def _start(text: Questionnaire, type: QuestionType, question: Question | None, section: str) -> dict[str, Any]:
    if question is None:
        about = any(one.key == section and one.is_about for one in text.sections)
        required = type is not QuestionType.TEXT and not about
        used = (
            next(reversed([one.scale for one in text.questions if one.scale]), "satisfied5") if text.questions else ""
        )
        return {"section": section, "is_required": required, "scale": used or "satisfied5"}
    shown_if = question.shown_if
    return {
        **_both("text", question.text),
        **_both("help", question.help),
        "scale": question.scale,
        "options": written(question.options),
        "rows": written_rows(question.rows),
        "reversed": question.reversed,
        "section": section,
        "aspect": question.aspect,
        "is_required": question.is_required,
        "condition": shown_if.question if shown_if else "",
        "answers": list(shown_if.answers) if shown_if else [],
    }


def _scales(text: Questionnaire) -> dict[str, tuple[Scale, str]]:
    """Give the scales to choose from with their names: the ready ones, and others that the questionnaire has."""
    ready = {key: (one.scale, in_language(one.name)) for key, one in ready_scales().items()}
    own = {one.key: (one, ready[one.key][1] if one.key in ready else "") for one in text.scales}
    return ready | own


def _scale_label(scale: Scale, name: str) -> str:
    labels = " · ".join(in_language(one.label) for one in scale.options)
    return f"{name}: {labels}" if name else labels


def _few_lines(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > LINES_MAX:
        raise forms.ValidationError(_("มีได้ไม่เกิน {n} บรรทัด").format(n=thai_digits(LINES_MAX)))
    if any(len(line) > LINE_MAX for line in lines):
        raise forms.ValidationError(_("แต่ละบรรทัดยาวได้ไม่เกิน {n} ตัวอักษร").format(n=thai_digits(LINE_MAX)))
    return text
