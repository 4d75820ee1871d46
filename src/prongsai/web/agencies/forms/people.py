"""Forms of people."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.forms.choices import UnitChoice, choose
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.queries import full_name, likely_same_as, people_of, units_of
from prongsai.web.agencies.scope import Scope
from prongsai.web.ui.forms import ThaiDateField, VersionedForm


class PersonForm(VersionedForm):
    """A person. A new one who is like somebody in the register must be said to be another; they are in ``alike``."""

    joined_on = ThaiDateField(label=_("เริ่มงานวันที่"), required=False)
    left_on = ThaiDateField(
        label=_("ปฏิบัติงานวันสุดท้าย"), required=False, help_text=_("ใส่เมื่อพ้นจากงาน ตำแหน่งที่ดำรงอยู่จะสิ้นสุดในวันนี้ด้วย")
    )
    is_another = forms.BooleanField(label=_("ไม่ใช่คนเดียวกัน เพิ่มเป็นบุคคลใหม่"), required=False)

    class Meta:
        """Fields in the order of the form."""

        model = Person
        fields = ("prefix", "given_name", "family_name", "employment", "phone", "email", "joined_on", "left_on")
        help_texts: ClassVar = {"prefix": _("เช่น นาย นางสาว ว่าที่ร้อยตรี")}

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: list[Person] = []
        self._scope = scope

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned fields of the person."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def clean(self) -> dict[str, Any]:
        """Ask about people of a like name before one more is added."""
        given = super().clean() or self.cleaned_data
        if not self.instance.pk and given.get("given_name") and not given.get("is_another"):
            name = (given["given_name"], given.get("family_name", ""), given.get("prefix", ""))
            self.alike = likely_same_as(self._scope.agency, *name)
            if self.alike:
                raise ValidationError(_("มีบุคคลที่ชื่อเหมือนหรือคล้ายกันอยู่แล้ว ตรวจก่อนว่าเป็นคนเดียวกันหรือไม่"))
        return given


class MergeForm(forms.Form):
    """Two records of one person: which is kept."""

    kept = forms.ModelChoiceField(Person.objects.none(), label=_("เก็บรายการนี้ไว้"), empty_label=_("เลือกบุคคล"))
    other = forms.ModelChoiceField(Person.objects.none(), label=_("รวมรายการนี้เข้าไป"), empty_label=_("เลือกบุคคล"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kept", "other"):
            choose(self, name, people_of(scope.agency))


class PeopleFilter(forms.Form):
    """Which people are shown, and of which day."""

    q = forms.CharField(label=_("ค้นชื่อ"), required=False, max_length=100)
    on = ThaiDateField(label=_("ณ วันที่"), required=False, help_text="")
    unit = UnitChoice(label=_("ส่วนราชการ"), empty_label=_("ทุกส่วนราชการ"))
    only = forms.ChoiceField(
        label=_("เฉพาะ"),
        required=False,
        choices=[("", _("ทุกคน")), ("no_post", _("ไม่มีตำแหน่ง")), ("no_duties", _("ไม่มีงานที่มอบหมาย"))],
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "unit", units_of(scope.agency), full_name)
