"""Forms about series and numbers."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prongsai.thai.letters import read_letter_number
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse, fold
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.queries import find_unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import NumberState, Series, SeriesKind
from prongsai.web.letters.models.numbers import WITH_PREFIX
from prongsai.web.letters.queries import numbers as queries
from prongsai.web.letters.services.numbers import AT_ONCE_MAX, Start
from prongsai.web.ui.forms import ThaiDateField, ThaiIntegerField
from prongsai.web.ui.templatetags.ui import thai_date, thai_digits

VALUE_MAX = 999_999
LINES_MAX = 200
_HEAD = re.compile(r"\s*ทะเบียน\s*[\t|]")
_PREFIX = _("อักษรย่อและรหัสหน้าเลข")
_LAST = _("เลขล่าสุดก่อนเริ่มใช้ระบบ")
_SHORT = {
    "หนังสือส่ง": SeriesKind.OUTGOING,
    "ส่ง": SeriesKind.OUTGOING,
    "บันทึกข้อความ": SeriesKind.OUTGOING,
    "หนังสือเวียน": SeriesKind.CIRCULAR,
    "เวียน": SeriesKind.CIRCULAR,
    "ว": SeriesKind.CIRCULAR,
    "รับ": SeriesKind.INCOMING,
    "ลับส่ง": SeriesKind.SECRET_OUT,
    "ลับรับ": SeriesKind.SECRET_IN,
}


class SeenForm(forms.Form):
    """A form that carries the version of a record that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def seen_version(self) -> int | None:
        """The version that the user saw."""
        value = self.cleaned_data.get("version")
        return int(value) if value is not None else None

    def beside(self, current: Model) -> list[tuple[str, str, str]]:
        """Give label, what stands now and what was typed, of every field where they differ; go on from what stands.

        Saved again, it is a decision and no accident.
        """
        rows = []
        for name, field in self.fields.items():
            if name != "version" and hasattr(current, name):
                theirs, ours = _shown(current, name), _told(self.cleaned_data.get(name))
                rows += [(str(field.label), theirs, ours)] if theirs != ours else []
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(getattr(current, "version", ""))
        self.data = data
        return rows


def _shown(record: Model, name: str) -> str:
    display = getattr(record, f"get_{name}_display", None)
    return _told(display() if display and getattr(record, name) else getattr(record, name))


def _told(value: Any) -> str:
    if hasattr(value, "all"):
        return "\n".join(str(one) for one in value.all())
    if isinstance(value, bool):
        return gettext("ใช่") if value else gettext("ไม่ใช่")
    return thai_date(value) if isinstance(value, date) else str("" if value is None else value)


class SeriesAddForm(forms.Form):
    """A new register, with the last number of this year from before."""

    kind = forms.ChoiceField(label=_("ทะเบียน"), choices=SeriesKind.choices)
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("ส่วนราชการ"),
        required=False,
        empty_label=_("– ทั้งหน่วยงาน –"),
        help_text=_("เลือกเมื่อส่วนราชการนั้นออกเลขของตนเอง คำสั่ง ประกาศ และหนังสือรับใช้ทะเบียนเดียวทั้งหน่วยงาน"),
    )
    prefix = forms.CharField(label=_PREFIX, required=False, max_length=40)  # type: ignore[assignment]
    last_before = ThaiIntegerField(label=_LAST, required=False, min_value=0, max_value=VALUE_MAX)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = scope.agency.letter_prefix
        self.fields["unit"].queryset = Unit.objects.filter(agency=scope.agency).on(scope.today)  # type: ignore[attr-defined]
        self.fields["prefix"].help_text = _("เช่น %(own)s.๑ เว้นว่างไว้ถ้าใช้ %(own)s") % {"own": own} if own else ""
        year = thai_digits(queries.year_of(scope.today))
        help_text = _("ของปี %(year)s เว้นว่างไว้ถ้ายังไม่ได้ออกเลขในปีนี้") % {"year": year}
        self.fields["last_before"].help_text = help_text

    def clean_last_before(self) -> int:
        """Take nothing for 0."""
        return self.cleaned_data["last_before"] or 0

    def clean(self) -> dict[str, Any]:
        """Forget a prefix where none is printed."""
        values = super().clean() or {}
        if values.get("kind") not in WITH_PREFIX:
            values["prefix"] = ""
        return values


class SeriesForm(SeenForm):
    """What may change of a register: its prefix and whether it is in use."""

    prefix = forms.CharField(  # type: ignore[assignment]
        label=_PREFIX, max_length=40, help_text=_("เลขที่ออกไปแล้วคงตามที่พิมพ์ไว้เดิม")
    )
    is_open = forms.BooleanField(label=_("ใช้งานทะเบียนนี้"), required=False)

    def __init__(self, series: Series, *args: Any, **kwargs: Any) -> None:
        names = ("prefix", "is_open", "version")
        kwargs["initial"] = {name: getattr(series, name) for name in names} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if series.kind not in WITH_PREFIX:
            del self.fields["prefix"]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class StartForm(forms.Form):
    """The last number of a year that was given before."""

    year_be = ThaiIntegerField(label=_("ปี พ.ศ. (ปีปฏิทิน)"), min_value=2500, max_value=2700)
    last_before = ThaiIntegerField(label=_LAST, min_value=0, max_value=VALUE_MAX)


class StartsForm(forms.Form):
    """Last numbers of many registers, a line each, typed or pasted from a sheet."""

    year_be = ThaiIntegerField(label=_("ปี พ.ศ. (ปีปฏิทิน)"), min_value=2500, max_value=2700)
    table = forms.CharField(
        label=_("ทะเบียน ส่วนราชการ และเลขล่าสุด บรรทัดละหนึ่งทะเบียน"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("คั่นช่องด้วยแท็บ (คัดลอกจากตารางได้) หรือเครื่องหมาย | เลขล่าสุดเขียนเต็มแบบที่พิมพ์ในหนังสือก็ได้"),
    )

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope

    def clean_table(self) -> list[Start]:
        """Read the lines. Raises ValidationError with every fault."""
        typed = enumerate(self.cleaned_data["table"].splitlines(), 1)
        lines = [(n, one) for n, one in typed if one.strip() and not _HEAD.match(one)]
        if len(lines) > LINES_MAX:
            raise ValidationError(_("วางได้ครั้งละไม่เกิน %(n)s บรรทัด") % {"n": thai_digits(LINES_MAX)})
        made, faults = [], []
        for number, line in lines:
            try:
                made.append(_start(self.scope, line, number))
            except ValidationError as fault:
                place = {"n": thai_digits(number), "text": " ".join(fault.messages)}
                faults.append(gettext("บรรทัด %(n)s: %(text)s") % place)
        if faults:
            raise ValidationError(faults)
        return made


def _start(scope: Scope, line: str, place: int) -> Start:
    """Read ``register | unit | last number``; the unit may be left out."""
    parts = [collapse(one) for one in re.split(r"[\t|]", line.strip().strip("|"))]
    if len(parts) not in (2, 3):
        raise ValidationError(gettext("ต้องมี ๒ หรือ ๓ ช่อง คือ ทะเบียน ส่วนราชการ (ถ้ามี) และเลขล่าสุด"))
    unit = _unit(scope, parts[1]) if len(parts) == 3 and parts[1] not in ("", "-", "–") else None
    prefix, last = _last(parts[-1])
    return Start(_kind(parts[0]), unit, prefix, last, place)


def _kind(text: str) -> str:
    wanted = fold(text).removeprefix("ทะเบียน")
    named = {fold(str(label)): kind for kind, label in SeriesKind.choices} | {fold(k): v for k, v in _SHORT.items()}
    if wanted not in named:
        names = ", ".join(str(label) for label in SeriesKind.labels)
        raise ValidationError(gettext("ไม่รู้จักทะเบียน “%(text)s” ใช้ %(names)s") % {"text": text, "names": names})
    return str(named[wanted])


def _unit(scope: Scope, text: str) -> Unit:
    found = find_unit(scope.agency, text)
    if found is None:
        raise ValidationError(gettext("ไม่พบส่วนราชการ “%(text)s”") % {"text": text})
    return found


def _last(text: str) -> tuple[str, int]:
    """Read a bare number, or one as letters bear it, which tells the prefix too."""
    plain = to_arabic(text).replace(",", "")
    if plain.isdecimal() and int(plain) <= VALUE_MAX:
        return "", int(plain)
    found = read_letter_number(text)
    if found is None:
        raise ValidationError(gettext("อ่านเลขล่าสุด “%(text)s” ไม่ได้") % {"text": text})
    return (f"{found.prefix} {found.unit_code}" if found.prefix else ""), found.number


class ReserveForm(forms.Form):
    """Numbers to hold for papers that are not written yet."""

    subject = forms.CharField(label=_("เรื่องหรือเหตุที่จอง"), max_length=300)
    count = ThaiIntegerField(label=_("จำนวนเลข"), min_value=1, max_value=AT_ONCE_MAX, initial=1)
    day = ThaiDateField(label=_("สำหรับหนังสือลงวันที่"), required=False, help_text=_("เว้นว่างไว้ถ้าเป็นปีนี้ เลขเริ่มใหม่ทุกปีปฏิทิน"))

    def __init__(self, series: Series, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if series.is_secret:
            del self.fields["subject"]


class CancelForm(SeenForm):
    """Why a number is cancelled."""

    reason = forms.CharField(
        label=_("เหตุผลที่ยกเลิก"), max_length=300, help_text=_("เลขนี้จะคงอยู่ในทะเบียนว่า “ยกเลิก” พร้อมเหตุผล และไม่ใช้ซ้ำ")
    )


class RegisterFilter(forms.Form):
    """What the numbers of a year are narrowed by."""

    q = forms.CharField(label=_("ค้นหา"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("สถานะ"),
        required=False,
        choices=[("", _("ทุกสถานะ")), *NumberState.choices, ("stale", _("จองไว้เกิน ๓๐ วัน"))],
    )
