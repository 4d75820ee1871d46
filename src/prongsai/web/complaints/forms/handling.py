"""What is asked for each step in a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import CommitteeRole, Person
from prongsai.web.complaints.contents import Accused, Mode
from prongsai.web.complaints.services.committees import MEMBERS_MIN
from prongsai.web.complaints.services.watching import QUESTION
from prongsai.web.complaints.states import FOLLOWS, Ask, Move, Penalty, Stage
from prongsai.web.ui.forms import ThaiDateField
from prongsai.web.ui.templatetags.ui import thai_digits

TEXT_MAX = 20_000
LINE_MAX = 300
ROWS = 7  # members that the page has room for
_ROLES = (CommitteeRole.CHAIR, CommitteeRole.MEMBER, CommitteeRole.SECRETARY)


def _text(label: Any, rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def _line(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LINE_MAX, **kwargs)


_TOLD_HELP = _("ผู้แจ้งอ่านได้เมื่อกลับมาเปิดด้วยใบรับ อย่าใส่ชื่อหรือข้อมูลของผู้ถูกกล่าวหา พยาน หรือผู้รับเรื่อง")
_FIELDS: Mapping[Ask, Callable[..., forms.Field]] = {
    Ask.REASON: lambda **more: _text(_("เหตุผล"), help_text=_("เก็บไว้ในเรื่อง เห็นเฉพาะผู้มีสิทธิอ่าน"), **more),
    Ask.EVIDENCE: lambda **more: _text(_("ความเห็นเรื่องหลักฐานหรือกรณีแวดล้อม"), rows=3, **more),
    Ask.WITNESSES: lambda **more: _text(_("ความเห็นเรื่องพยานบุคคล"), rows=3, **more),
    Ask.AGENCY: lambda **more: _line(_("ส่งต่อถึงหน่วยงาน"), help_text=_("เช่น สำนักงาน ป.ป.ช. ประจำจังหวัด"), **more),
    Ask.LETTER_NO: lambda **more: _line(_("เลขที่หนังสือส่ง"), **more),
    Ask.LETTER_DATE: lambda **more: ThaiDateField(label=_("หนังสือลงวันที่"), **more),
    Ask.UNTIL: lambda **more: ThaiDateField(label=_("ขอคำตอบภายในวันที่"), **more),
    Ask.TOLD: lambda **more: _text(_("ข้อความถึงผู้แจ้ง"), help_text=_TOLD_HELP, **more),
}
_LAST = (Ask.TOLD,)


class StepForm(forms.Form):
    """A step in a case: it carries the version of the report that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def values(self) -> dict[str, Any]:
        """What was given, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class MoveForm(StepForm):
    """What a move asks for, of a report of this mode."""

    def __init__(self, move: Move, mode: Mode, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = move.asked(mode)
        for ask in sorted({*asked, *move.may}, key=lambda one: (one in _LAST, list(Ask).index(one))):
            self.fields[ask.value] = _FIELDS[ask](required=ask in asked)


class SecondForm(StepForm):
    """The answer of a second handler."""

    answer = forms.ChoiceField(
        label=_("ความเห็นของท่าน"),
        choices=[("yes", _("เห็นชอบตามที่เสนอ")), ("no", _("ไม่เห็นชอบ ส่งกลับให้พิจารณาใหม่"))],
        widget=forms.RadioSelect,
    )
    text = _text(_("เหตุผล"), rows=3, required=False, help_text=_("จำเป็นเมื่อส่งกลับ"))


class MemberForm(forms.Form):
    """A place in a committee; without a person it stays empty."""

    person = forms.TypedChoiceField(label=_("ชื่อ"), coerce=int, empty_value=None, required=False)
    role = forms.ChoiceField(
        label=_("หน้าที่ในคณะ"),
        choices=[(role.value, role.label) for role in _ROLES],
        initial=CommitteeRole.MEMBER,
        required=False,
    )

    def __init__(self, people: list[tuple[Any, Any]], place: int, data: Any, role: str) -> None:
        super().__init__(data, prefix=f"m{place}", initial={"role": role})
        for one in self.fields.values():
            one.label = f"{one.label} {thai_digits(place + 1)}"
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class CommitteeForm(StepForm):
    """The order that sets a committee."""

    order_no = _line(_("คำสั่งที่"), help_text=_("เลขที่ต่อด้วย พ.ศ. เช่น ๑๒๓/๒๕๖๙"))
    order_date = ThaiDateField(label=_("คำสั่งลงวันที่"))

    def __init__(self, people: Iterable[Person], barred: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("– เลือก –")), *((one.pk, _named(one, barred)) for one in people)]
        first = (CommitteeRole.CHAIR, *[CommitteeRole.MEMBER] * (MEMBERS_MIN - 2), CommitteeRole.SECRETARY)
        self.rows = [
            MemberForm(choices, place, self.data if self.is_bound else None, _at(first, place)) for place in range(ROWS)
        ]

    def is_valid(self) -> bool:
        """Whether the order and every row can be read."""
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    @property
    def members(self) -> list[tuple[int, str]]:
        """Give who was chosen, with their places in the committee."""
        given = [row.cleaned_data for row in self.rows]
        return [(one["person"], one["role"]) for one in given if one["person"]]


def _named(person: Person, barred: Mapping[int, str]) -> str:
    why = barred.get(person.pk)
    return f"{person} – {_('ตั้งไม่ได้')}: {why}" if why else str(person)


def _at(roles: tuple[str, ...], place: int) -> str:
    return roles[place] if place < len(roles) else CommitteeRole.MEMBER


class ExtendForm(StepForm):
    """The order that gives a committee more time."""

    order_no = _line(_("คำสั่งขยายเวลาที่"))
    order_date = ThaiDateField(label=_("คำสั่งลงวันที่"))
    until = ThaiDateField(label=_("ให้เสร็จภายในวันที่"))
    reason = _text(_("เหตุที่ต้องขยายเวลา"), rows=3)


class FindingForm(StepForm):
    """What a committee reports."""

    on = ThaiDateField(label=_("รายงานเมื่อวันที่"))
    is_found = forms.TypedChoiceField(
        label=_("ผลการสอบข้อเท็จจริง"),
        choices=[("no", _("ไม่พบมูล")), ("yes", _("พบมูล"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    outcomes = forms.MultipleChoiceField(
        label=_("เมื่อพบมูล ควรดำเนินการ"),
        choices=[(state.value, state.label) for state in FOLLOWS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = _text(_("สรุปผลและความเห็นของคณะกรรมการ"), rows=6)


class DisciplineForm(StepForm):
    """A step of the discipline of one person."""

    who = _line(_("ผู้ถูกดำเนินการ"), help_text=_("ใช้ชื่อเดิมทุกขั้น ระบบนับขั้นแยกเป็นรายคน"))
    stage = forms.ChoiceField(label=_("ขั้น"), choices=Stage.choices)
    on = ThaiDateField(label=_("เมื่อวันที่"))
    order_no = _line(_("คำสั่งที่"), required=False, help_text=_("จำเป็นเมื่อมีคำสั่งแล้วและเมื่อถึงที่สุด"))
    penalty = forms.ChoiceField(label=_("โทษ"), choices=[("", _("– ยังไม่มี –")), *Penalty.choices], required=False)
    text = _text(_("รายละเอียด"), rows=3, required=False)

    def __init__(self, accused: Iterable[Accused], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [one.name for one in accused if one.name]
        if len(names) == 1 and not self.is_bound:
            self.initial.setdefault("who", names[0])


class FollowForm(StepForm):
    """A step of a claim for damages or of a criminal case."""

    agency = _line(_("หน่วยงานที่ดำเนินการ"), required=False, help_text=_("เช่น สถานีตำรวจ อัยการ กรมบัญชีกลาง"))
    case_no = _line(_("เลขคดีหรือเลขที่หนังสือ"), required=False)
    on = ThaiDateField(label=_("เมื่อวันที่"))
    text = _text(_("ความคืบหน้า"), rows=3)


class WatchForm(StepForm):
    """A look at how whoever reported fares."""

    text = _text(_("สิ่งที่พบหรือที่ตกลงกันไว้"), rows=4)
    next_on = ThaiDateField(label=_("ติดตามครั้งต่อไปวันที่"), required=False)
    is_ended = forms.BooleanField(label=_("ไม่ต้องติดตามอีก"), required=False)
    asks = forms.BooleanField(label=_("ถามผู้แจ้งในช่องข้อความด้วย"), required=False)
    asked = _text(_("คำถามถึงผู้แจ้ง"), rows=3, required=False, initial=QUESTION)

    def clean(self) -> dict[str, Any]:
        """Refuse a next day with an end, and neither of both."""
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned["next_on"]) == cleaned["is_ended"]:
            self.add_error("next_on", _("ใส่วันที่จะติดตามครั้งต่อไป หรือเลือกว่าไม่ต้องติดตามอีก อย่างใดอย่างหนึ่ง"))
        if not self.errors and cleaned["asks"] and not cleaned["asked"].strip():
            self.add_error("asked", _("พิมพ์คำถาม หรือไม่เลือกให้ถาม"))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """Give what the service takes."""
        given = self.cleaned_data
        question = given["asked"] if given["asks"] else ""
        return {"text": given["text"], "next_on": given["next_on"], "asked": question}


class KeepForm(StepForm):
    """Keeping a case longer."""

    until = ThaiDateField(label=_("เก็บไว้ถึงวันที่"))
    reason = _text(_("เหตุที่ต้องเก็บต่อ"), rows=3, help_text=_("เช่น คดียังอยู่ในศาล"))
