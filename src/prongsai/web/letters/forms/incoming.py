"""Forms about letters that came in."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.thai.numerals import to_arabic
from prongsai.web.agencies.models import Person, Unit
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.forms import SafeFileField
from prongsai.web.letters.forms.numbers import SeenForm
from prongsai.web.letters.models import Incoming, Number, Secrecy, SeriesKind, Speed, Way
from prongsai.web.letters.queries.incoming import years_with
from prongsai.web.letters.queries.numbers import reserved_for
from prongsai.web.ui.forms import ThaiDateField
from prongsai.web.ui.templatetags.ui import thai_digits

_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?: ?น\.?)?")
_NONE = ("", _("– ไม่มี –"))
# What may not stand in the software at all is not offered.
_SECRET = [(one.value, one.label) for one in (Secrecy.SECRET, Secrecy.VERY_SECRET)]


class TimeField(forms.CharField):
    """A time of day, as ``09:30``, ``๙.๓๐ น.``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("เช่น 09:30 หรือ ๙.๓๐ น."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> time | None:
        """Read a time. Raises ValidationError."""
        text = to_arabic(super().clean(value))
        if not text:
            return None
        found = _TIME.fullmatch(text)
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValidationError(_("อ่านเวลาไม่ได้ เขียนแบบ 09:30"))
        return time(int(found[1]), int(found[2]))


class LetterFields(SeenForm):
    """What is printed on a letter that came in, and to whom it goes."""

    received_on = ThaiDateField(label=_("วันที่รับ"))
    received_time = TimeField(label=_("เวลารับ"))
    letter_no = forms.CharField(
        label=_("ที่ (เลขหนังสือ)"), required=False, max_length=80, help_text=_("ตามที่พิมพ์ในหนังสือ เลขไทยหรืออารบิกก็ได้")
    )
    dated = ThaiDateField(label=_("ลงวันที่"), required=False)
    sender = forms.CharField(label=_("จาก"), max_length=300)
    addressee = forms.CharField(label=_("ถึง"), max_length=300)
    subject = forms.CharField(label=_("เรื่อง"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    speed = forms.ChoiceField(label=_("ชั้นความเร็ว"), required=False, choices=[_NONE, *Speed.choices])
    secrecy = forms.ChoiceField(
        label=_("ชั้นความลับ"),
        required=False,
        choices=[_NONE, *_SECRET],
        help_text=_("หนังสือลับใช้ทะเบียนแยก เห็นเฉพาะผู้ลงรับกับผู้มีสิทธิรู้ หนังสือลับที่สุดให้ลงในทะเบียนกระดาษเท่านั้น"),
    )
    readers = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        label=_("ผู้มีสิทธิรู้ (เฉพาะหนังสือลับ)"),
        required=False,
        help_text=_("กด Ctrl ค้างไว้เพื่อเลือกหลายคน"),
    )
    way = forms.ChoiceField(label=_("ช่องทาง"), choices=Way.choices, initial=Way.SARABAN)
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("ส่งให้ส่วนราชการ"), required=False, empty_label=_("– ยังไม่กำหนด –")
    )
    due_on = ThaiDateField(label=_("ต้องดำเนินการภายใน"), required=False)
    note = forms.CharField(label=_("หมายเหตุ"), required=False, max_length=300)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["unit"].queryset = Unit.objects.filter(agency=scope.agency).on(scope.today)  # type: ignore[attr-defined]
        self.fields["readers"].queryset = people_on(scope.agency, scope.today)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put day and time together; refuse a secret letter that nobody may read."""
        values = super().clean() or {}
        if values.get("received_on") and values.get("received_time"):
            day, at = values.pop("received_on"), values.pop("received_time")
            values["received_at"] = timezone.make_aware(datetime.combine(day, at))
        if values.get("secrecy") and "readers" not in self.errors and not values.get("readers"):
            self.add_error("readers", _("หนังสือลับต้องระบุผู้มีสิทธิรู้อย่างน้อยหนึ่งคน"))
        return values


class RegisterForm(LetterFields):
    """A letter to register, with its paper. again: registered though one of the same sender and number is there."""

    number = forms.ModelChoiceField(
        queryset=Number.objects.none(), label=_("เลขทะเบียนรับ"), required=False, empty_label=_("– เลขถัดไป –")
    )
    file = SafeFileField(required=False, label=_("ไฟล์หนังสือ (สแกนหรือไฟล์ที่ได้รับ)"))
    again = forms.BooleanField(label=_("ลงรับเป็นอีกฉบับหนึ่ง"), required=False)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        now = timezone.localtime()
        start = {"received_on": scope.today, "received_time": f"{now:%H:%M}", "addressee": _top(scope)}
        kwargs["initial"] = start | (kwargs.get("initial") or {})
        super().__init__(scope, *args, **kwargs)
        del self.fields["version"]
        kinds = [SeriesKind.INCOMING, SeriesKind.SECRET_IN]
        held = reserved_for(scope, kinds[0]) | reserved_for(scope, kinds[1])
        self.fields["number"].queryset = held  # type: ignore[attr-defined]
        if not held.exists():
            del self.fields["number"]

    @property
    def letter(self) -> dict[str, Any]:
        """What the service takes, without the file."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("file", "again")}


def _top(scope: Scope) -> str:
    """Propose whom most letters are addressed to: the mayor."""
    name = scope.agency.name
    return f"นายกเทศมนตรี{name.removeprefix('เทศบาล')}" if name.startswith("เทศบาล") else f"นายก{name}"


class IncomingForm(LetterFields):
    """Mending what is registered."""

    def __init__(self, scope: Scope, incoming: Incoming, *args: Any, **kwargs: Any) -> None:
        names = ("letter_no", "dated", "sender", "addressee", "subject", "speed", "secrecy", "way", "unit", "due_on")
        came = timezone.localtime(incoming.received_at)
        start = {name: getattr(incoming, name) for name in (*names, "note", "version")}
        start |= {"received_on": came.date(), "received_time": f"{came:%H:%M}", "readers": incoming.readers.all()}
        super().__init__(scope, *args, **{**kwargs, "initial": start})
        if not incoming.secrecy:
            del self.fields["secrecy"], self.fields["readers"]
        else:
            self.fields["secrecy"].choices = _SECRET  # type: ignore[attr-defined]
            self.fields["secrecy"].help_text = ""

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ActForm(SeenForm):
    """What was done with a letter, and the papers that show it."""

    handling = forms.CharField(label=_("การปฏิบัติ"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    done_on = ThaiDateField(label=_("ดำเนินการแล้วเมื่อ"), required=False, help_text=_("เว้นว่างไว้ถ้ายังไม่เสร็จ เช่น 30/3/2569"))
    file = SafeFileField(required=False, label=_("แนบไฟล์"))

    def __init__(self, incoming: Incoming, *args: Any, **kwargs: Any) -> None:
        start = {name: getattr(incoming, name) for name in ("handling", "done_on", "version")}
        super().__init__(*args, **{**kwargs, "initial": start})


class IncomingFilter(forms.Form):
    """What the list of letters that came in is narrowed by."""

    q = forms.CharField(label=_("ค้นหา"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("สถานะ"),
        required=False,
        choices=[("", _("ทั้งหมด")), ("open", _("รอดำเนินการ")), ("late", _("เกินกำหนด")), ("done", _("ดำเนินการแล้ว"))],
    )
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("ส่วนราชการ"), required=False, empty_label=_("ทุกส่วนราชการ")
    )
    year = forms.TypedChoiceField(label=_("ปี พ.ศ."), required=False, coerce=int, empty_value=None)
    mine = forms.BooleanField(label=_("เฉพาะของส่วนราชการฉัน"), required=False)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=scope.agency).on(scope.today)  # type: ignore[attr-defined]
        years = [(year, thai_digits(year)) for year in years_with(scope)]
        self.fields["year"].choices = [("", _("ทุกปี")), *years]  # type: ignore[attr-defined]
