"""Forms of the cycle's pages."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.frameworks.model import Framework
from prongsai.web.agencies.models import Post, Unit
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleDate, ItemState, ScoreKind, Verdict, Work
from prongsai.web.cycles.queries import frameworks_to_open, last_cycle_before
from prongsai.web.evidence.forms import AttachForm, SafeFileField
from prongsai.web.ui.forms import ThaiDateField, ThaiDecimalField, ThaiIntegerField, VersionedForm

YEAR_MIN, YEAR_MAX = 2550, 2643
PLACES = 2


def renewed(form: forms.BaseForm, current: models.Model) -> None:
    """Let a form that came too late be sent again: what was typed stays, the version becomes the current one."""
    data: Any = form.data
    data = data.copy()  # a QueryDict: it keeps every value of a name
    data[form.add_prefix("version")] = str(getattr(current, "version", ""))
    form.data = data


class OpenForm(forms.Form):
    """Which framework a cycle is opened from, and what it carries over."""

    framework_id = forms.ChoiceField(label=_("กรอบการประเมิน"), widget=forms.RadioSelect)
    measures_year_be = ThaiIntegerField(
        label=_("ปีที่ดำเนินมาตรการ (พ.ศ.)"),
        required=False,
        min_value=YEAR_MIN,
        max_value=YEAR_MAX,
        help_text=_("ปีงบประมาณที่จะทำมาตรการตามผลของปีที่ประเมิน เว้นว่างไว้ = ปีถัดจากปีที่ประเมิน"),
    )
    carry = forms.ChoiceField(
        label=_("ยกข้อมูลมาจากปีก่อน"),
        required=False,
        choices=[("", _("จากรอบก่อนหน้าที่ใกล้ที่สุด ถ้ามี")), ("none", _("ไม่ยกมา"))],
        help_text=_("คะแนน ข้อสังเกต หลักฐาน และผู้รับผิดชอบของข้อเดิม จะตามมาที่ข้อใหม่ตามตารางเทียบข้อ"),
    )

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = frameworks_to_open(scope)
        self.fields["framework_id"].choices = [(each.id, each.title) for each in self.offers]  # type: ignore[attr-defined]
        self.scope = scope

    def values(self) -> dict[str, Any]:
        """Give what ``open_cycle`` takes."""
        given = self.cleaned_data
        offer = next(each for each in self.offers if each.id == given["framework_id"])
        last = last_cycle_before(self.scope, offer.kind, offer.fiscal_year_be) if not given["carry"] else None
        return {"framework_id": offer.id, "measures_year_be": given["measures_year_be"], "carry_from": last}


class TargetForm(VersionedForm):
    """What the office aims at, and in which year the measures are carried out."""

    target_pct = ThaiDecimalField(
        label=_("คะแนนเป้าหมาย"), required=False, min_value=0, max_value=100, decimal_places=PLACES, max_digits=5
    )
    measures_year_be = ThaiIntegerField(label=_("ปีที่ดำเนินมาตรการ (พ.ศ.)"), min_value=YEAR_MIN, max_value=YEAR_MAX)

    class Meta:
        model = Cycle
        fields = ("target_pct", "measures_year_be")


class DateForm(VersionedForm):
    """The days of one step of the calendar."""

    starts_on = ThaiDateField(label=_("เริ่ม"), required=False, help_text="")
    ends_on = ThaiDateField(label=_("สิ้นสุด"), required=False, help_text="")
    source = forms.CharField(label=_("ที่มา เช่น เลขหนังสือ"), required=False, max_length=300)

    class Meta:
        model = CycleDate
        fields = ("starts_on", "ends_on", "source")


class OwnDateForm(forms.ModelForm):
    """A step of the office's own."""

    name = forms.CharField(label=_("เพิ่มขั้นตอนของหน่วยงาน"), max_length=300, required=False)
    starts_on = ThaiDateField(label=_("เริ่ม"), required=False, help_text="")
    ends_on = ThaiDateField(label=_("สิ้นสุด"), required=False, help_text="")
    source = forms.CharField(label=_("ที่มา เช่น เลขหนังสือ"), required=False, max_length=300)

    class Meta:
        model = CycleDate
        fields = ("name", "starts_on", "ends_on", "source")

    def clean(self) -> dict[str, Any]:
        """Refuse days without a name."""
        values = super().clean() or {}
        if not values.get("name") and (values.get("starts_on") or values.get("ends_on")):
            self.add_error("name", _("ตั้งชื่อขั้นตอนด้วย"))
        return values


class ItemForm(VersionedForm):
    """The work on an item. Who may not run the cycle changes neither owner nor due date."""

    due_on = ThaiDateField(label=_("กำหนดส่ง"), required=False)

    class Meta:
        model = ItemState
        fields = ("work", "unit", "post", "due_on", "note", "remark")
        widgets = {"note": forms.Textarea(attrs={"rows": 3}), "remark": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"remark": _("ที่ปรากฏในผลการประเมินของปีนี้ จะตามไปให้เห็นในรอบปีถัดไป")}

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if scope.can(Power.RUN_CYCLE):
            kept = (self.instance.unit_id, self.instance.post_id)
            units = Unit.objects.filter(agency=scope.agency)
            posts = Post.objects.filter(agency=scope.agency).select_related("unit")
            self.fields["unit"].queryset = units.on(scope.today) | units.filter(pk=kept[0])  # type: ignore[attr-defined]
            self.fields["post"].queryset = posts.on(scope.today) | posts.filter(pk=kept[1])  # type: ignore[attr-defined]
        else:
            for name in ("unit", "post", "due_on", "remark"):
                del self.fields[name]


class JudgeForm(forms.Form):
    """What a person says of an element."""

    verdict = forms.ChoiceField(choices=[("", ""), *Verdict.choices], required=False)
    reason = forms.CharField(required=False, max_length=4000)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ProofForm(AttachForm):
    """Evidence for an element: a file, an address, or evidence that is there; and where in it to look."""

    page = forms.CharField(
        label=_("หน้า / ตำแหน่งในเอกสาร"), required=False, max_length=100, help_text=_("เช่น หน้า 3 หรือ เมนู ITA")
    )


class FilterForm(forms.Form):
    """What the list of items is narrowed by."""

    indicator = forms.ChoiceField(label=_("ตัวชี้วัด"), required=False)
    unit = forms.TypedChoiceField(label=_("ส่วนราชการ"), required=False, coerce=int, empty_value=None)
    work = forms.ChoiceField(label=_("สถานะ"), required=False, choices=[("", _("ทุกสถานะ")), *Work.choices])
    at_risk = forms.BooleanField(label=_("เฉพาะที่เสี่ยงเสียคะแนน"), required=False)
    mine = forms.BooleanField(label=_("เฉพาะของฉัน"), required=False)

    def __init__(self, indicators: list[tuple[str, str]], units: list[tuple[int, str]], *args: Any) -> None:
        super().__init__(*args)
        self.fields["indicator"].choices = [("", _("ทุกตัวชี้วัด")), *indicators]  # type: ignore[attr-defined]
        nobody = [(0, _("ยังไม่มีผู้รับผิดชอบ"))]
        self.fields["unit"].choices = [("", _("ทุกส่วนราชการ")), *nobody, *units]  # type: ignore[attr-defined]


class ScoreField(ThaiDecimalField):
    """A score of 0–100 with two places at most; empty stays missing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, decimal_places=PLACES, max_digits=5, required=False, **kwargs)
        self.error_messages["max_decimal_places"] = _("ใส่ทศนิยมได้ไม่เกิน 2 ตำแหน่ง")


class ScoresForm(forms.Form):
    """Scores by hand: indicators, items where they are known, the printed total and level."""

    kind = forms.ChoiceField(label=_("เป็นคะแนนของใคร"), choices=ScoreKind.choices, initial=ScoreKind.OFFICIAL)
    source = forms.CharField(label=_("ที่มา"), required=False, max_length=300, help_text=_("เช่น หนังสือ ป.ป.ช. เลขที่"))
    overall = ScoreField(label=_("คะแนนรวมตามที่ประกาศ"))
    level = forms.ChoiceField(label=_("ระดับตามที่ประกาศ"), required=False)

    def __init__(self, framework: Framework, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(level.name_th, level.name_th) for level in framework.levels]
        self.fields["level"].choices = [("", _("– ไม่ระบุ –")), *levels]  # type: ignore[attr-defined]
        self.indicators = framework.top_indicators()
        self.items = framework.items
        for each in self.indicators:
            self.fields[f"indicator-{each.code}"] = ScoreField(label=f"{each.code} {each.name_th}")
        for item in self.items:
            self.fields[f"item-{item.code}"] = ScoreField(label=f"{item.code} {item.title_th}")

    def indicator_fields(self) -> Iterator[forms.BoundField]:
        """Give the fields of the indicators."""
        return (self[f"indicator-{each.code}"] for each in self.indicators)

    def item_fields(self) -> Iterator[forms.BoundField]:
        """Give the fields of the items."""
        return (self[f"item-{each.code}"] for each in self.items)

    def has_item_errors(self) -> bool:
        """Whether the folded part must be shown."""
        return any(name.startswith("item-") for name in self.errors)

    def clean(self) -> dict[str, Any]:
        """Refuse a form without any score."""
        values = super().clean() or {}
        if not self.errors and not any(self.given(values).get(name) for name in ("indicators", "items", "overall")):
            raise ValidationError(_("กรอกคะแนนอย่างน้อยหนึ่งช่อง"))
        return values

    def given(self, values: dict[str, Any] | None = None) -> dict[str, Any]:
        """Give the scores in the form that ``prongsai score`` takes; what was left empty is not there."""
        values = self.cleaned_data if values is None else values
        given: dict[str, Any] = {}
        for section, codes, stem in (
            ("indicators", [each.code for each in self.indicators], "indicator"),
            ("items", [each.code for each in self.items], "item"),
        ):
            found = {code: values.get(f"{stem}-{code}") for code in codes}
            found = {code: float(score) for code, score in found.items() if score is not None}
            given |= {section: found} if found else {}
        given |= {"overall": float(values["overall"])} if values.get("overall") is not None else {}
        return given | ({"level": values["level"]} if values.get("level") else {})


class ImportForm(forms.Form):
    """Scores in a file."""

    kind = forms.ChoiceField(label=_("เป็นคะแนนของใคร"), choices=ScoreKind.choices, initial=ScoreKind.OFFICIAL)
    file = SafeFileField(label=_("ไฟล์คะแนน (JSON, CSV, xlsx)"))


class GoalForm(forms.Form):
    """What a forecast looks at; all in the address, so that a view can be shared."""

    basis = forms.CharField(required=False)
    target = ThaiDecimalField(
        label=_("เป้าหมาย"), required=False, min_value=0, max_value=100, decimal_places=PLACES, max_digits=5
    )
    level = forms.ChoiceField(label=_("หรือระดับ"), required=False)

    def __init__(self, framework: Framework, *args: Any) -> None:
        super().__init__(*args)
        levels = [(level.code, level.name_th) for level in framework.levels]
        self.fields["level"].choices = [("", _("– ใช้คะแนนเป้าหมาย –")), *levels]  # type: ignore[attr-defined]
