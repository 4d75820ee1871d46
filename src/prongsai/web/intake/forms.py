"""Forms: what to upload, where it goes, and one a kind of row to mend what was read."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.frameworks.load import library
from prongsai.frameworks.model import Framework
from prongsai.reports.complete import complete_rows
from prongsai.reports.diff_labels import STATUS_TH
from prongsai.reports.year import framework_of
from prongsai.thai.dates import read_date
from prongsai.thai.numerals import read_item_code
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleState
from prongsai.web.cycles.queries import items_of
from prongsai.web.intake.models import IntakeRow, RowKind
from prongsai.web.intake.queries import Proposal
from prongsai.web.ui.forms import BE_OFFSET, ThaiDateField, ThaiDecimalField, ThaiIntegerField

FILES_MAX = 20
SUFFIXES = (".docx", ".xlsx", ".xls", ".ods", ".pdf", ".txt", ".md", ".csv", ".tsv", ".json")
ITA = "ita"
_LISTS = {"rows": 5}


# --- uploading ------------------------------------------------------------------------------------------------------


class FilesInput(forms.ClearableFileInput):
    """An input for one file or several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; gives a list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Clean each file."""
        files = data if isinstance(data, list | tuple) and data else [data or None]
        if len(files) > FILES_MAX:
            raise ValidationError(_("เลือกได้ครั้งละไม่เกิน %(most)s ไฟล์"), params={"most": FILES_MAX})
        return [super(FilesField, self).clean(one, initial) for one in files]


class UploadForm(forms.Form):
    """Files to take in."""

    # Django takes a field of the class away from its name.
    files = FilesField(  # type: ignore[assignment]
        label=_("ไฟล์เอกสาร"),
        widget=FilesInput(attrs={"accept": ",".join(SUFFIXES)}),
        help_text=_("เลือกได้หลายไฟล์พร้อมกัน"),
        error_messages={"required": _("เลือกไฟล์อย่างน้อยหนึ่งไฟล์"), "empty": _("ไฟล์ที่เลือกว่างเปล่า")},
    )


# --- the cycle ------------------------------------------------------------------------------------------------------


class CycleForm(forms.Form):
    """Where the rows go: an open cycle, or that of a year, to be opened."""

    target = forms.ChoiceField(label=_("นำเข้ารอบการประเมิน"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, scope: Scope, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Cycle.objects.filter(agency=scope.agency, framework_kind=ITA)
        self.cycles = {cycle.pk: cycle for cycle in found if cycle.state == CycleState.OPEN}
        years = {cycle.fiscal_year_be for cycle in found}
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*self._open(), *self._to_open(years)]
        chosen = proposal.cycle
        field.initial = f"cycle-{chosen.pk}" if chosen else f"year-{proposal.fiscal_year_be}"

    def _open(self) -> list[tuple[str, Any]]:
        text = _("{cycle} (มาตรการปี {year})")
        return [(f"cycle-{pk}", text.format(cycle=one, year=one.measures_year_be)) for pk, one in self.cycles.items()]

    def _to_open(self, known: set[int]) -> list[tuple[str, Any]]:
        found = {entry.fiscal_year_be for entry in library() if entry.kind == ITA and entry.fiscal_year_be}
        text = _("เปิดรอบ ITA ปี {year} ใหม่ (มาตรการปี {next})")
        return [(f"year-{year}", text.format(year=year, next=year + 1)) for year in sorted(found - known, reverse=True)]

    @property
    def chosen(self) -> dict[str, Any]:
        """What ``choose_cycle`` takes."""
        kind, _dash, number = self.cleaned_data["target"].partition("-")
        return {"cycle": self.cycles[int(number)]} if kind == "cycle" else {"fiscal_year_be": int(number)}


# --- fields of records ----------------------------------------------------------------------------------------------


class LinesField(forms.CharField):
    """A list, an item a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs=_LISTS))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show an item a line."""
        return "\n".join(" ".join(str(item).split("\n")) for item in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Give the items."""
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another list was typed; how the lines end does not matter."""
        return bool(self.to_python(self.prepare_value(initial)) != self.to_python(data))


class DatedLinesField(LinesField):
    """A list of texts, each with its day after ``|`` where its words do not say it."""

    def prepare_value(self, value: Any) -> Any:
        """Show ``words | 30/11/2566``."""
        if not isinstance(value, list):
            return value
        return "\n".join(_dated_line(item) for item in value)

    def to_python(self, value: Any) -> Any:
        """Give {"text", "date"} items; without ``|`` the words decide, read later."""
        return [_dated_item(line) for line in super().to_python(value)]


def _dated_line(item: Mapping[str, Any]) -> str:
    day = item.get("date")
    text = " ".join(item["text"].split("\n"))
    return f"{text} | {_thai(date.fromisoformat(day))}" if day else text


def _thai(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year + BE_OFFSET}"


def _dated_item(line: str) -> dict[str, Any]:
    text, bar, day = line.rpartition("|")
    if not bar:
        return {"text": line}
    found = read_date(day.strip())
    if found is None or found.value is None:
        raise ValidationError(_("อ่านวันที่ “%(value)s” ไม่ได้ เขียนแบบ 30/3/2569"), params={"value": day.strip()})
    return {"text": text.strip(), "date": found.value.isoformat()}


class RowForm(forms.Form):
    """The fields of a record; ``changes`` gives what ``mend_row`` takes: only what was changed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, row: IntakeRow, cycle: Cycle | None = None) -> None:
        self.row, self.cycle = row, cycle
        super().__init__(data, initial=self._initial(row.values) | {"version": row.version})

    def _initial(self, values: Mapping[str, Any]) -> dict[str, Any]:
        period = values.get("period") or {}
        days = {name: period.get(name) for name in ("start", "end")}
        return {
            **{name: _decimal(value) for name, value in values.items()},
            "period_text": period.get("text", ""),
            **{name: date.fromisoformat(day) if day else None for name, day in days.items()},
        }

    @property
    def changes(self) -> dict[str, Any]:
        """The values that were changed, as JSON holds them."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}
        if changed.keys() & {"period_text", "start", "end"}:
            changed["period"] = self._period(changed)
        return {name: _plain(value) for name, value in changed.items() if name not in ("period_text", "start", "end")}

    def _period(self, changed: Mapping[str, Any]) -> dict[str, Any] | None:
        """New words say new days, unless days were typed as well."""
        data = self.cleaned_data
        text, start, end = data["period_text"].strip(), data["start"], data["end"]
        if not (text or start or end):
            return None
        if text and changed.keys() & {"start", "end"} == set():
            said = _completed(self.row, {"kind": "measure", "period": text})["period"]
            return {"text": text, "start": said["start"], "end": said["end"], "inferred": said["inferred"]}
        return {"text": text, "start": _plain(start), "end": _plain(end), "inferred": []}


def _completed(row: IntakeRow, record: dict[str, Any]) -> dict[str, Any]:
    """Read the days that words name, as reading a paper of that year would."""
    year = row.intake.fiscal_year_be
    return next(iter(complete_rows({"rows": [record], "fiscal_year_be": year})))


def _decimal(value: Any) -> Any:
    """Give a number of JSON as a form holds it, so that typing it again is no change."""
    if not isinstance(value, float):
        return value
    return Decimal(int(value)) if value.is_integer() else Decimal(str(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def _text(label: Any, *, required: bool = False, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, **kwargs)


def _area(label: Any, *, required: bool = False) -> forms.CharField:
    return _text(label, required=required, widget=forms.Textarea(attrs={"rows": 3}))


def _lines(label: Any, **kwargs: Any) -> LinesField:
    return LinesField(label=label, help_text=kwargs.pop("help_text", _("บรรทัดละหนึ่งข้อ")), **kwargs)


class PeriodFields(forms.Form):
    """A period as printed, with its days."""

    period_text = _text(_("ระยะเวลาตามที่พิมพ์"), max_length=300)
    start = ThaiDateField(label=_("เริ่ม"), required=False)
    end = ThaiDateField(label=_("สิ้นสุด"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        data = super().clean() or {}
        if data.get("start") and data.get("end") and data["end"] < data["start"]:
            self.add_error("end", _("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"))
        return data


class GapForm(RowForm):
    """A gap."""

    code = _text(_("รหัสข้อตามเอกสาร"), max_length=20)
    item_key = forms.ChoiceField(label=_("ข้อของรอบที่จะผูก"), required=False)
    title = _text(_("เรื่อง"), required=True, max_length=500)
    score = ThaiDecimalField(label=_("คะแนนปีก่อน"), required=False, min_value=0, max_value=100, decimal_places=2)
    prior_action = _area(_("สิ่งที่ปฏิบัติแล้ว"))
    recommendations = _lines(_("ข้อเสนอแนะ"))
    units = _lines(_("ส่วนราชการรับผิดชอบ"))
    elements = _lines(_("องค์ประกอบที่ระบุ"))
    group = _text(_("หัวข้อกลุ่ม"), max_length=500)
    sub_indicator = _text(_("ตัวชี้วัดย่อย"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item_key"]
        assert isinstance(field, forms.ChoiceField)
        items = items_of(self.cycle).values_list("key", "code", "title") if self.cycle else ()
        choices: list[tuple[str, Any]] = [("", _("ตามรหัสและชื่อในเอกสาร"))]
        field.choices = [*choices, *((key, f"{code} {title}") for key, code, title in items)]

    def clean_code(self) -> str:
        """Write a code one way (``๐๓``, ``0๓``, ``o3`` are ``O3``); refuse one that its year does not have."""
        text = self.cleaned_data["code"].strip()
        if not text or "code" not in self.changed_data:
            return str(text)
        framework = framework_of(self.row.intake.fiscal_year_be)
        code = read_item_code(text)
        if code and framework.item(code):
            return code
        near = [item for item in framework.items if item.code in get_close_matches(code or text, _codes(framework))]
        named = ", ".join(f"{item.code} {item.title_th}" for item in near)
        told = _("ปี {year} ไม่มีข้อ {code}").format(year=framework.fiscal_year_be, code=text)
        raise forms.ValidationError(f"{told} {_('ที่ใกล้เคียงคือ')} {named}" if named else told)


def _codes(framework: Framework) -> list[str]:
    return [item.code for item in framework.items]


class MeasureForm(PeriodFields, RowForm):
    """A measure."""

    field_order = ("issue_no", "issue_title", "seq", "measure", "steps", "period_text", "start", "end")
    issue_no = ThaiIntegerField(label=_("ประเด็นที่"), required=False, min_value=1, max_value=99)
    issue_title = _text(_("ชื่อประเด็น"), max_length=500)
    seq = _text(_("ลำดับ"), max_length=20)
    measure = _area(_("มาตรการ"), required=True)
    steps = _lines(_("ขั้นตอน"))
    responsible = _lines(_("ผู้รับผิดชอบ"))
    results = _lines(_("ผลการดำเนินการ (ทำอะไร)"))
    outcomes = _lines(_("ผลลัพธ์ (เกิดอะไรขึ้น)"))
    notes = _area(_("หมายเหตุ"))
    weaknesses = _lines(_("จุดอ่อน"))
    follow_up = _lines(_("การติดตามผล"))


class IndicatorForm(PeriodFields, RowForm):
    """An indicator with what is advised for it."""

    field_order = ("no", "name", "score", "guidance", "responsible", "period_text", "start", "end")
    no = ThaiIntegerField(label=_("ตัวชี้วัดที่"), required=False, min_value=1, max_value=99)
    name = _text(_("ชื่อตัวชี้วัด"), required=True, max_length=500)
    score = ThaiDecimalField(label=_("คะแนน"), required=False, min_value=0, max_value=100, decimal_places=2)
    guidance = _lines(_("แนวทาง"))
    responsible = _lines(_("ผู้รับผิดชอบ"))
    progress = _lines(_("ความก้าวหน้า"))
    status = forms.ChoiceField(
        label=_("สถานะ"),
        required=False,
        choices=[("", _("ไม่ระบุ")), *((state.value, text) for state, text in STATUS_TH.items())],
    )


class TrackingForm(RowForm):
    """A topic followed up."""

    topic = _text(_("เรื่อง"), required=True)
    group = _text(_("หัวข้อกลุ่ม"), max_length=500)
    responsible = _lines(_("ผู้รับผิดชอบ"))
    steps = _lines(_("ขั้นตอน"))
    due = DatedLinesField(
        label=_("กำหนดเวลา"), help_text=_("บรรทัดละหนึ่งข้อ ใส่วันที่หลังเครื่องหมาย | เช่น เผยแพร่แผน | 31/10/2566")
    )
    done = DatedLinesField(label=_("การดำเนินการ"), help_text=_("บรรทัดละหนึ่งข้อ ใส่วันที่หลังเครื่องหมาย |"))

    @property
    def changes(self) -> dict[str, Any]:
        """The changed values; days are read from words that carry none of their own."""
        changed = super().changes
        if "steps" in changed:
            changed["step_numbers"] = list(range(1, len(changed["steps"]) + 1))
        for name in changed.keys() & {"due", "done"}:
            changed[name] = self._dated(name, changed[name])
        return changed

    def _dated(self, name: str, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Take lines that stay as they were; read the others."""
        before = {_dated_line(item): item for item in self.row.values[name]}
        kept = [before.get(_dated_line(item)) for item in items]
        read = _completed(self.row, {"kind": "tracking", name: [dict(item) for item in items]})[name]
        return [old or {**new, **item} for old, new, item in zip(kept, read, items, strict=True)]


class ScoresForm(RowForm):
    """Scores of a year; an empty score is one that is not known."""

    year_be = ThaiIntegerField(label=_("ปีที่ประเมิน (พ.ศ.)"), required=True, min_value=2556, max_value=2650)
    overall = ThaiDecimalField(label=_("คะแนนรวม"), required=False, min_value=0, max_value=100, decimal_places=2)
    level = _text(_("ระดับ"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = self.row.values
        for indicator in framework_of(values["year_be"]).top_indicators():
            field = ThaiDecimalField(
                label=f"{indicator.code} {indicator.name_th}",
                required=False,
                min_value=0,
                max_value=100,
                decimal_places=2,
                initial=_decimal(values["indicators"].get(indicator.code)),
            )
            self.fields[f"indicator_{indicator.code}"] = field

    @property
    def changes(self) -> dict[str, Any]:
        """The changed values, the indicators together."""
        changed = super().changes
        typed = {name: changed.pop(name) for name in list(changed) if name.startswith("indicator_")}
        if typed:
            scores = self.row.values["indicators"] | {name.partition("_")[2]: value for name, value in typed.items()}
            changed["indicators"] = {code: value for code, value in scores.items() if value is not None}
        return changed


class PersonForm(RowForm):
    """Somebody named."""

    # Django takes a field of the class away from its name.
    prefix = _text(_("คำนำหน้า"), max_length=40)  # type: ignore[assignment]
    given_name = _text(_("ชื่อ"), required=True, max_length=100)
    family_name = _text(_("นามสกุล"), max_length=100)
    position = _text(_("ตำแหน่งตามเอกสาร"), max_length=300)

    @property
    def changes(self) -> dict[str, Any]:
        """The changed values; names are texts, never None."""
        return {name: value or "" for name, value in super().changes.items()}


_FORMS: Mapping[RowKind, type[RowForm]] = {
    RowKind.GAP: GapForm,
    RowKind.MEASURE: MeasureForm,
    RowKind.INDICATOR: IndicatorForm,
    RowKind.TRACKING: TrackingForm,
    RowKind.SCORES: ScoresForm,
    RowKind.PERSON: PersonForm,
}


def form_of(row: IntakeRow, data: Any = None, *, cycle: Cycle | None = None) -> RowForm:
    """Give the form of a row's kind. cycle: where it will go."""
    return _FORMS[RowKind(row.kind)](data, row=row, cycle=cycle)
