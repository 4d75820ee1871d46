"""What is asked on the pages of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Person, Unit
from prongsai.web.agencies.queries import people_on, units_of
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.models import Category, State

TEXT_MAX = 20_000
OPEN, ENDED, ALL = "open", "ended", "all"


class FilterForm(forms.Form):
    """Which cases to list. Without a choice: those that are not ended."""

    show = forms.ChoiceField(
        label=_("แสดง"),
        required=False,
        choices=[(OPEN, _("เรื่องที่ยังไม่สิ้นสุด")), (ENDED, _("เรื่องที่สิ้นสุดแล้ว")), (ALL, _("ทุกเรื่อง"))],
    )
    state = forms.ChoiceField(label=_("สถานะ"), required=False, choices=[("", _("ทุกสถานะ")), *State.choices])
    category = forms.ChoiceField(
        label=_("ประเภทเรื่อง"), required=False, choices=[("", _("ทุกประเภท")), *Category.choices]
    )

    @property
    def asked(self) -> dict[str, Any]:
        """Give what was chosen, as ``cases_of`` takes it; what is no choice is left out."""
        chosen = self.cleaned_data if self.is_valid() else {}
        show, state = chosen.get("show"), chosen.get("state", "")
        # Whoever asks for a state wants all cases in it, ended ones too.
        is_ended = {ENDED: True, ALL: None, OPEN: False}.get(show or (ALL if state else OPEN))
        return {"state": state, "category": chosen.get("category", ""), "is_ended": is_ended}


class ReplyForm(forms.Form):
    """What the reporter is told."""

    prefix = "reply"
    text = forms.CharField(
        label=_("ข้อความถึงผู้แจ้ง"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("ผู้แจ้งอ่านได้เมื่อกลับมาเปิดด้วยใบรับ ระบบไม่ส่งอีเมลหรือข้อความใดถึงผู้แจ้ง อย่าขอข้อมูลที่ทำให้รู้ตัวผู้แจ้งโดยไม่จำเป็น"),
        error_messages={"required": _("ยังไม่ได้พิมพ์ข้อความ")},
    )


class NoteForm(forms.Form):
    """What handlers write for each other."""

    prefix = "note"
    text = forms.CharField(
        label=_("บันทึกของผู้รับเรื่อง"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("เห็นเฉพาะผู้มีสิทธิอ่านเรื่องนี้ ผู้แจ้งไม่เห็น"),
        error_messages={"required": _("ยังไม่ได้พิมพ์ข้อความ")},
    )


class IdentityForm(forms.Form):
    """Why somebody needs to know who reported."""

    reason = forms.CharField(
        label=_("เหตุที่ต้องดูตัวตนผู้แจ้ง"),
        max_length=500,
        help_text=_("เช่น ต้องนัดสอบปากคำ เหตุผลนี้เก็บไว้ในเรื่อง ผู้มีสิทธิอ่านคนอื่นเห็นด้วย"),
        error_messages={"required": _("บอกเหตุก่อน จึงจะเปิดดูได้")},
    )


class ConflictForm(forms.Form):
    """Why a handler takes themselves off a case."""

    reason = forms.CharField(
        label=_("เหตุที่ไม่ควรรับเรื่องนี้"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("เช่น เป็นญาติกับผู้ถูกกล่าวหา เหตุผลนี้เก็บไว้ในเรื่อง เห็นเฉพาะผู้ที่ยังอ่านเรื่องนี้ได้"),
        error_messages={"required": _("บอกเหตุ เพื่อให้ผู้รับเรื่องคนอื่นทราบ")},
    )
    is_sure = forms.BooleanField(
        label=_("ทราบว่าเมื่อประกาศแล้ว จะเปิดเรื่องนี้ไม่ได้อีก และถอนคืนไม่ได้"),
        error_messages={"required": _("ยืนยันก่อน เพราะถอนคืนไม่ได้")},
    )


class AccusedForm(forms.Form):
    """Somebody more who is accused: chosen from the office where they can be, else as written."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("เลือกจากรายชื่อบุคลากร"), required=False, empty_label=_("– ไม่อยู่ในรายชื่อ –")
    )
    unit_chosen = forms.ModelChoiceField(
        Unit.objects.none(), label=_("เลือกส่วนราชการ"), required=False, empty_label=_("– ไม่ระบุ –")
    )
    name = forms.CharField(label=_("หรือพิมพ์ชื่อ"), required=False, max_length=200)
    position = forms.CharField(label=_("ตำแหน่ง"), required=False, max_length=200)
    unit = forms.CharField(label=_("หรือพิมพ์ส่วนราชการหรือหน่วยงาน"), required=False, max_length=200)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("person", people_on(scope.agency, scope.today))
        self._choose("unit_chosen", units_of(scope.agency))

    def _choose(self, name: str, found: Any) -> None:
        self.fields[name].queryset = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse nobody."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("เลือกบุคคลหรือส่วนราชการ หรือพิมพ์ชื่อหรือตำแหน่งอย่างหนึ่ง"))
        return cleaned

    @property
    def accused(self) -> Accused:
        """Give who was named."""
        given = self.cleaned_data
        person, unit = given["person"], given["unit_chosen"]
        return Accused(
            name=str(person) if person else given["name"],
            position=given["position"],
            unit=str(unit) if unit else given["unit"],
            person_id=person.pk if person else None,
            unit_id=unit.pk if unit else None,
        )
