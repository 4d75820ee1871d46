"""What is asked about a reading of the commission's system."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle
from prongsai.web.surveys.models import OfficialCount
from prongsai.web.surveys.queries.official import choices_of
from prongsai.web.ui.forms import ThaiDateField, ThaiIntegerField, VersionedForm

PEOPLE_MAX = 2_000_000


class OfficialCountForm(VersionedForm):
    """How many had answered, on a day."""

    which = forms.ChoiceField(label=_("แบบ"))
    read_on = ThaiDateField(label=_("วันที่ดูจากระบบ"))
    headcount = ThaiIntegerField(
        label=_("จำนวนผู้มีสิทธิ์ตอบ"),
        min_value=1,
        max_value=PEOPLE_MAX,
        help_text=_("ตามที่นำเข้าในระบบของ ป.ป.ช. ถ้าไม่ทราบแน่ใส่จำนวนประมาณ"),
    )
    reached = ThaiIntegerField(label=_("ตอบแล้ว"), min_value=0, max_value=PEOPLE_MAX)

    class Meta:
        model = OfficialCount
        fields = ("read_on", "headcount", "reached", "note")

    field_order = ("which", "read_on", "headcount", "reached", "note", "version")

    def __init__(self, *args: Any, scope: Scope, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = scope.today
        self.instance.cycle = cycle
        self.fields["which"].choices = list(choices_of(cycle))  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["which"].initial = f"{self.instance.instrument}-{self.instance.part}"

    def clean(self) -> dict[str, Any]:
        """Refuse days to come and more answers than people."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("read_on") and cleaned["read_on"] > self._today:
            self.add_error("read_on", _("ยังไม่ถึงวันนี้ ใส่วันที่ดูจากระบบจริง"))
        reached, people = cleaned.get("reached"), cleaned.get("headcount")
        if reached is not None and people is not None and reached > people:
            self.add_error("reached", _("ผู้ตอบมากกว่าผู้มีสิทธิ์ตอบ ตรวจตัวเลขทั้งสองช่อง"))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """What services take."""
        values = {name: self.cleaned_data[name] for name in ("read_on", "headcount", "reached", "note")}
        instrument, _dash, part = self.cleaned_data["which"].partition("-")
        return values | {"instrument": instrument, "part": int(part)}
