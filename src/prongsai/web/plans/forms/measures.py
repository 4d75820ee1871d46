"""Forms about measures."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.errors import Severity, Where
from prongsai.reports.cells import read_span
from prongsai.thai.dates import format_period
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, ElementState, Finding, FindingState
from prongsai.web.cycles.queries.findings import issue_head
from prongsai.web.plans.models import Measure, MeasureState, Step
from prongsai.web.plans.queries.measures import Start, issue_choices
from prongsai.web.ui.forms import ThaiDateField, ThaiDecimalField, VersionedForm
from prongsai.web.ui.templatetags.ui import thai_digits

NO_ISSUE = ("", _("– ยังไม่จัดเข้าประเด็น –"))
LINES = _("บรรทัดละหนึ่งข้อ")
_STEP_DAYS = {"due_on": _("กำหนดแล้วเสร็จ"), "done_on": _("แล้วเสร็จเมื่อ")}
# What a measure promises is for who runs the cycle to change; its own unit fills in these of it.
_UNIT_FIELDS = frozenset({"notes", "version"})
_UNIT_STEP_DAYS = frozenset({"done_on"})


class LinesField(forms.CharField):
    """Texts, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        rows = kwargs.pop("rows", 4)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show one text a line."""
        return value if value is None or isinstance(value, str) else "\n".join(value)

    def clean(self, value: Any) -> Any:
        """Give a tuple of texts."""
        return tuple(line.strip() for line in str(super().clean(value)).splitlines() if line.strip())


class MeasureForm(VersionedForm):
    """A measure of a cycle. The period is words (quarter, months, whole year), days, or both.

    Who does not run the cycle has the notes only: no unit moves its own goals.
    """

    issue_no = forms.TypedChoiceField(label=_("ประเด็น"), required=False, coerce=int, empty_value=None)
    steps = LinesField(label=_("ขั้นตอนหรือวิธีการ"), rows=6, help_text=LINES)
    owners = LinesField(
        label=_("ผู้รับผิดชอบ"),
        rows=2,
        help_text=_("บรรทัดละหนึ่งราย เป็นส่วนราชการ ตำแหน่ง หรือชื่อบุคคล ตามที่จะพิมพ์ในรายงาน"),
    )
    starts_on = ThaiDateField(label=_("ตั้งแต่วันที่"), required=False)
    ends_on = ThaiDateField(label=_("ถึงวันที่"), required=False)
    budget_thb = ThaiDecimalField(
        label=_("งบประมาณ (บาท)"), required=False, max_digits=14, decimal_places=2, min_value=0
    )
    findings = forms.ModelMultipleChoiceField(
        Finding.objects.none(),
        label=_("ประเด็นที่ต้องปรับปรุงที่มาตรการนี้ตอบ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    elements = forms.ModelMultipleChoiceField(
        ElementState.objects.none(),
        label=_("องค์ประกอบของข้อที่จะทำให้ครบ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        """Fields in the order of the form."""

        model = Measure
        fields = ("issue_no", "seq", "title", "period_text", "starts_on", "ends_on", "budget_thb", "notes")
        widgets: ClassVar = {
            "title": forms.Textarea(attrs={"rows": 3}),
            "notes": forms.Textarea(attrs={"rows": 2}),
            "seq": forms.TextInput(attrs={"inputmode": "numeric"}),
        }
        labels: ClassVar = {"title": _("มาตรการหรือกิจกรรม"), "period_text": _("ระยะเวลา")}
        help_texts: ClassVar = {
            "seq": _("ลำดับในประเด็น เว้นว่างให้ระบบใส่เลขถัดไป"),
            "period_text": _("เช่น ไตรมาสที่ ๑ - ๒, ต.ค. ๒๕๖๘ - มี.ค. ๒๕๖๙, ตลอดปีงบประมาณ หรือใส่วันที่ในสองช่องถัดไป"),
        }

    def __init__(self, scope: Scope, cycle: Cycle, *args: Any, start: Start | None = None, **kwargs: Any) -> None:
        if start is not None:
            kwargs["initial"] = _initial(start)
        elif (measure := kwargs.get("instance")) is not None:
            kwargs["initial"] = _parts(measure)
        super().__init__(*args, **kwargs)
        self.cycle = cycle
        issue: Any = self.fields["issue_no"]
        issue.choices = [NO_ISSUE, *((one.no, thai_digits(issue_head(one))) for one in issue_choices(cycle))]
        self._keep_odd_issue(issue)
        findings: Any = self.fields["findings"]
        findings.queryset = _findings(cycle, self.initial.get("findings", ()))
        findings.label_from_instance = _finding_label
        elements: Any = self.fields["elements"]
        elements.queryset = _elements(cycle, self.initial.get("findings", ()), self.initial.get("elements", ()))
        elements.label_from_instance = lambda element: f"{element.item.code} · {element.text}"
        if not elements.queryset:
            del self.fields["elements"]
        if not scope.can(Power.RUN_CYCLE):
            self.fields = {name: field for name, field in self.fields.items() if name in _UNIT_FIELDS}

    def _keep_odd_issue(self, issue: Any) -> None:
        """Keep the number of a paper that counts further than the year's issues."""
        number = self.instance.issue_no
        if number is not None and number not in dict(issue.choices):
            issue.choices = [*issue.choices, (number, f"{number} {self.instance.issue_title}")]

    @property
    def parts(self) -> dict[str, Any]:
        """Steps, owners, findings and elements as the service takes them."""
        named = {"steps": "steps", "owners": "owners", "findings": "findings", "elements": "elements"}
        return {name: list(self.cleaned_data[name]) for name in named if name in self.cleaned_data}

    @property
    def fields_of_measure(self) -> dict[str, Any]:
        """The values of the measure's own fields, as far as they are in the form, the issue's title among them."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        if "issue_no" not in values:
            return values
        number = values["issue_no"]
        if number != self.initial_issue or not self.instance.issue_title:
            titles = {one.no: one.name_th for one in issue_choices(self.cycle)}
            values["issue_title"] = titles.get(number, "")
        return values

    @property
    def initial_issue(self) -> int | None:
        """The issue as it was before the form was filled in."""
        number = self.initial.get("issue_no")
        return int(number) if number not in (None, "") else None

    def clean(self) -> dict[str, Any]:
        """Read the period from its words where the days were not given, and refuse what contradicts itself."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors.keys() & {"period_text", "starts_on", "ends_on"}:
            return cleaned
        words = cleaned.get("period_text", "").strip()
        asked = set(self.changed_data)
        days_given = bool(cleaned.get("starts_on") or cleaned.get("ends_on"))
        if words and (not days_given or ("period_text" in asked and not asked & {"starts_on", "ends_on"})):
            cleaned["starts_on"], cleaned["ends_on"] = self._read(words)
        elif asked & {"starts_on", "ends_on"} and "period_text" not in asked:
            cleaned["period_text"] = _words(cleaned.get("starts_on"), cleaned.get("ends_on"))
        return cleaned

    def _read(self, words: str) -> tuple[date | None, date | None]:
        reading = read_span(words, self.cycle.measures_year_be, Where())
        wrong = next((one for one in reading.problems if one.severity is Severity.ERROR), None)
        if wrong:
            self.add_error("period_text", f"{wrong.message_th} {wrong.mend_th or ''}".strip())
        elif reading.value is None or reading.value.end is None:
            self.add_error("period_text", _("อ่านระยะเวลาไม่ได้ เขียนแบบ ไตรมาสที่ ๑ - ๒ หรือใส่วันเริ่มและวันสิ้นสุด"))
        else:
            return reading.value.start, reading.value.end
        return None, None

    def beside(self, current: Measure) -> tuple[tuple[str, object, object], ...]:
        """Give label, what stands now and what was typed, of everything where they differ."""
        now = {name: getattr(current, name) for name in self.Meta.fields} | _parts(current)
        rows = []
        for name, typed in self.cleaned_data.items():
            if name in now and name in self.fields:
                label = str(self.fields[name].label)
                pair = (_shown(self, name, now[name]), _shown(self, name, typed))
                rows += [(label, *pair)] if pair[0] != pair[1] else []
        return tuple(rows)

    def renew(self, current: Measure) -> None:
        """Carry the current version, so that saving again is a decision and no accident."""
        data: Any = self.data
        self.data = data.copy()
        self.data["version"] = str(current.version)  # type: ignore[index]


def _initial(start: Start) -> dict[str, Any]:
    return {
        "issue_no": start.issue_no,
        "title": start.title,
        "steps": start.steps,
        "owners": start.owners,
        "period_text": start.period_text,
        "starts_on": start.starts_on,
        "ends_on": start.ends_on,
        "findings": [finding.pk for finding in start.findings],
        "elements": [element.pk for element in start.elements],
    }


def _parts(measure: Measure) -> dict[str, Any]:
    return {
        "steps": tuple(step.text for step in measure.steps.all()),
        "owners": tuple(owner.text for owner in measure.owners.all()),
        "findings": [finding.pk for finding in measure.findings.all()],
        "elements": [element.pk for element in measure.elements.all()],
    }


def _findings(cycle: Cycle, linked: Iterable[int]) -> Any:
    found = Finding.objects.filter(cycle=cycle).select_related("item")
    return (found.exclude(state=FindingState.CLOSED) | found.filter(pk__in=list(linked))).order_by("item__place", "pk")


def _finding_label(finding: Finding) -> str:
    return f"{finding.item.code if finding.item else finding.printed_code} {finding.title}".strip()


def _elements(cycle: Cycle, findings: Iterable[int], linked: Iterable[int]) -> Any:
    """Offer the elements of the items of the linked findings, and those that are linked."""
    found = ElementState.objects.filter(item__cycle=cycle).select_related("item")
    of_items = found.filter(item__findings__in=list(findings))
    return (of_items | found.filter(pk__in=list(linked))).distinct().order_by("item__place", "place")


def _words(start: date | None, end: date | None) -> str:
    return format_period(start, end) if start and end else ""


def _shown(form: MeasureForm, name: str, value: Any) -> str:
    field: Any = form.fields[name]
    if name in ("findings", "elements"):
        keys = {getattr(one, "pk", one) for one in value or ()}
        return "\n".join(field.label_from_instance(one) for one in field.queryset if one.pk in keys)
    if name == "issue_no":
        return str(dict(field.choices).get(value or "", ""))
    shown = field.prepare_value(value)
    return "" if shown is None else str(shown)


class StateForm(forms.Form):
    """Moving a measure on. Who does not run the cycle sets no new end."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("สถานะ"), choices=MeasureState.choices)
    ends_on = ThaiDateField(label=_("กำหนดแล้วเสร็จใหม่"), required=False)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not scope.can(Power.RUN_CYCLE):
            del self.fields["ends_on"]


class StepsForm(forms.Form):
    """When each step is due and when it was done: two fields a step, one for who does not run the cycle."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, scope: Scope, measure: Measure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_steps_%s"} | kwargs)
        self.days = [name for name in _STEP_DAYS if scope.can(Power.RUN_CYCLE) or name in _UNIT_STEP_DAYS]
        self.steps: list[Step] = list(measure.steps.all())
        self.fields["version"].initial = measure.version
        for step in self.steps:
            for name in self.days:
                self.fields[f"{name}-{step.pk}"] = ThaiDateField(
                    label=_STEP_DAYS[name], required=False, initial=getattr(step, name), help_text=""
                )

    @property
    def lines(self) -> list[tuple[Step, Any, Any]]:
        """Each step with its field of the day it is due, None where that is not to be changed, and of the day done."""
        may_plan = "due_on" in self.days
        return [
            (step, self[f"due_on-{step.pk}"] if may_plan else None, self[f"done_on-{step.pk}"]) for step in self.steps
        ]

    @property
    def dates(self) -> dict[int, dict[str, date | None]]:
        """Step id → its days, those that are in the form."""
        return {step.pk: {name: self.cleaned_data[f"{name}-{step.pk}"] for name in self.days} for step in self.steps}


class CarryForm(forms.Form):
    """To which later cycle a measure is carried over."""

    cycle = forms.ModelChoiceField(Cycle.objects.none(), label=_("ยกไปรอบ"))

    def __init__(self, measure: Measure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cycle"]
        field.queryset = Cycle.objects.filter(
            agency=measure.cycle.agency_id, measures_year_be__gt=measure.cycle.measures_year_be
        )
