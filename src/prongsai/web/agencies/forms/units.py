"""Forms of units."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.thai.units import is_sentence
from prongsai.web.agencies.forms.choices import UnitChoice, choose
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.queries import full_name, units_of
from prongsai.web.agencies.scope import Scope
from prongsai.web.ui.forms import ThaiDateField, VersionedForm


class UnitForm(VersionedForm):
    """A unit. aliases: one a line."""

    parent = UnitChoice(label=_("สังกัด"), empty_label=_("ขึ้นตรงต่อหน่วยงาน"))
    is_name_sure = forms.BooleanField(label=_("ยืนยันว่าเป็นชื่อส่วนราชการจริง"), required=False)
    aliases = forms.CharField(
        label=_("ชื่อที่เรียกในเอกสาร"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("บรรทัดละหนึ่งชื่อ เช่น สำนักปลัด เอกสารที่เรียกชื่อเหล่านี้จะหมายถึงหน่วยนี้"),
    )
    valid_from = ThaiDateField(label=_("ตั้งแต่วันที่"), required=False)
    valid_to = ThaiDateField(label=_("ยุบหรือปิดวันที่"), required=False, help_text=_("วันสุดท้ายที่มีส่วนราชการนี้ เว้นว่างถ้ายังมีอยู่"))

    class Meta:
        """Fields in the order of the form."""

        model = Unit
        fields = ("name", "kind", "parent", "place", "phone", "valid_from", "valid_to")
        labels: ClassVar = {"kind": _("ระดับ")}

    field_order = ("name", "is_name_sure", "kind", "parent", "aliases", "phone", "place", "valid_from", "valid_to")

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "parent", units_of(scope.agency).exclude(pk=self.instance.pk), full_name)
        self.fields["place"].required = False
        if not self.instance.pk:
            del self.fields["place"]
            self.fields["kind"].required = False
            self.fields["kind"].help_text = _("เว้นว่างให้ดูจากคำขึ้นต้นของชื่อ")
        else:
            self.fields["aliases"].initial = "\n".join(alias.name for alias in self.instance.aliases.all())
        if not is_sentence(str(self.data.get("name", ""))):
            del self.fields["is_name_sure"]

    @property
    def names(self) -> list[str]:
        """The aliases, one each."""
        return [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned fields of the unit itself."""
        return {name: value for name, value in super().values.items() if name != "aliases"}

    def clean_place(self) -> int:
        """Keep the place it has."""
        return self.cleaned_data["place"] if self.cleaned_data["place"] is not None else self.instance.place
