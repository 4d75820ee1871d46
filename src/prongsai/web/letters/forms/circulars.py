"""Forms for circulars: what goes round and to whom, the list signed in ink, reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Person, Post, Unit
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.forms import SafeFileField
from prongsai.web.evidence.models import Evidence
from prongsai.web.letters.models import Circular, Letter
from prongsai.web.letters.queries.readers import Became, Reader
from prongsai.web.ui.forms import ThaiDateField, ThaiIntegerField

EVERYBODY, CHOSEN = "everybody", "chosen"
_OF_LETTER = ("number_text", "dated", "title")
_CONTENT = (*_OF_LETTER, "message", "unit", "evidence")


class PostChoice(forms.ModelMultipleChoiceField):
    """Posts, each with its unit: many are called the same."""

    def label_from_instance(self, obj: Any) -> str:
        """Print the post and its unit."""
        return f"{obj.title} · {obj.unit}" if obj.unit else obj.title


class CircularForm(forms.Form):
    """A circular. From a letter: without what the letter says. Of one that is sent: only to whom, and until when."""

    number_text = forms.CharField(label=_("หนังสือที่"), required=False, max_length=80)
    dated = ThaiDateField(label=_("ลงวันที่"), required=False)
    title = forms.CharField(label=_("เรื่อง"), max_length=500)
    message = forms.CharField(
        label=_("ข้อความถึงผู้รับ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("สรุปสั้น ๆ ว่าให้ทราบหรือปฏิบัติเรื่องใด"),
    )
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("ส่วนราชการเจ้าของเรื่อง"), required=False, empty_label=_("– ทั้งหน่วยงาน –")
    )
    evidence = forms.ModelMultipleChoiceField(
        queryset=Evidence.objects.none(),
        label=_("เอกสารที่แนบไว้"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("เอาเครื่องหมายออกเพื่อไม่แนบ"),
    )
    to = forms.ChoiceField(
        label=_("เวียนถึง"),
        choices=[(EVERYBODY, _("บุคลากรทุกคน")), (CHOSEN, _("เฉพาะที่เลือกด้านล่าง"))],
        widget=forms.RadioSelect,
        initial=EVERYBODY,
    )
    units = forms.ModelMultipleChoiceField(
        queryset=Unit.objects.none(),
        label=_("ส่วนราชการ (รวมงานและฝ่ายที่อยู่ใต้)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    posts = PostChoice(
        queryset=Post.objects.none(),
        label=_("ตำแหน่ง (ผู้ดำรงตำแหน่งหรือผู้รักษาการ)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(), label=_("บุคคล"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = ThaiDateField(label=_("รับทราบภายใน"), required=False)
    binds_joiners = forms.BooleanField(
        label=_("ผู้ที่เข้ามาใหม่ก่อนปิดเรื่องต้องรับทราบด้วย (นับตั้งแต่วันเริ่มงาน)"), required=False, initial=True
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, scope: Scope, *args: Any, circular: Circular | None = None, letter: Letter | None = None, **kwargs: Any
    ) -> None:
        if circular is not None:
            kwargs["initial"] = _values_of(circular) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self._offer(scope, circular)
        letter = circular.letter if circular else letter
        gone = _CONTENT if circular and circular.sent_on else _OF_LETTER if letter else ()
        for name in (*gone, *(() if circular and circular.evidence.exists() else ("evidence",))):
            self.fields.pop(name, None)

    def _offer(self, scope: Scope, circular: Circular | None) -> None:
        units = Unit.objects.filter(agency=scope.agency).on(scope.today)
        offered: dict[str, QuerySet[Any]] = {
            "unit": units,
            "units": units,
            "posts": Post.objects.filter(agency=scope.agency).on(scope.today).select_related("unit"),
            "people": people_on(scope.agency, scope.today),
            "evidence": circular.evidence.all() if circular else Evidence.objects.none(),
        }
        for name, queryset in offered.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse to send to nobody."""
        values = super().clean() or {}
        chosen = any(values.get(name) for name in ("units", "posts", "people"))
        if values.get("to") == CHOSEN and not chosen and not self.errors:
            self.add_error("to", _("เลือกส่วนราชการ ตำแหน่ง หรือบุคคลอย่างน้อยหนึ่งรายการ"))
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes; who was ticked is left out when it goes to everybody."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "to")}
        everybody = self.cleaned_data["to"] == EVERYBODY
        if everybody:
            given |= {"units": [], "posts": [], "people": []}
        return given | {"to_everybody": everybody}


def _values_of(circular: Circular) -> dict[str, Any]:
    names = ("number_text", "dated", "title", "message", "unit", "due_on", "binds_joiners", "version")
    lists = {name: list(getattr(circular, name).all()) for name in ("units", "posts", "people", "evidence")}
    to = EVERYBODY if circular.to_everybody else CHOSEN
    return {name: getattr(circular, name) for name in names} | lists | {"to": to}


class SheetForm(forms.Form):
    """A list signed in ink: its scan, its day, how many signatures stand on it, and whose they are."""

    file = SafeFileField(label=_("ไฟล์สแกนบัญชีลงชื่อ"))
    signed_on = ThaiDateField(label=_("วันที่ในบัญชีรายชื่อ"))
    n_signed = ThaiIntegerField(
        label=_("จำนวนลายมือชื่อที่นับได้ในกระดาษ"),
        min_value=1,
        help_text=_("นับจากกระดาษก่อนเลือกชื่อ จำนวนต้องตรงกับชื่อที่เลือก"),
    )
    people = forms.TypedMultipleChoiceField(
        coerce=int, label=_("ผู้ลงชื่อ"), required=False, widget=forms.CheckboxSelectMultiple
    )
    whole = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, readers: Sequence[Reader], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = readers
        self.fields["people"].choices = [(one.pk, one.name) for one in readers]  # type: ignore[attr-defined]
        self.fields["whole"].choices = [(_unit_of(one), "") for one in readers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Add to those who are ticked whoever is missing in a unit that is ticked as a whole. Refuse nobody at all."""
        values = super().clean() or {}
        whole = set(values.pop("whole", ()))
        missing = {one.pk for one in self.readers if one.is_missing and _unit_of(one) in whole}
        values["people"] = sorted(missing | set(values.get("people", ())))
        if not values["people"]:
            self.add_error("people", _("ยังไม่ได้เลือกผู้ลงชื่อ"))
        return values

    @property
    def groups(self) -> list["Group"]:
        """Give the names unit by unit, ticked as they were sent."""
        ticked, whole = set(self["people"].value() or ()), set(self["whole"].value() or ())
        names: dict[str, list[tuple[Reader, bool, bool]]] = {}
        for one in self.readers:
            done = one.became == Became.ACKNOWLEDGED
            names.setdefault(_unit_of(one), []).append((one, str(one.pk) in ticked, done))
        return [Group(unit, tuple(some), unit in whole) for unit, some in names.items()]


@dataclass(frozen=True, slots=True)
class Group:
    """The names of a unit on the form: each reader, whether ticked, whether acknowledged already."""

    unit: str
    names: tuple[tuple[Reader, bool, bool], ...]
    is_whole: bool

    @property
    def n_missing(self) -> int:
        """How many in it have not acknowledged."""
        return sum(one.is_missing for one, _ticked, _done in self.names)


def _unit_of(one: Reader) -> str:
    return one.unit or one.division


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("เหตุผล"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ListForm(forms.Form):
    """What the office's list of circulars is narrowed by."""

    q = forms.CharField(label=_("ค้นหา"), required=False, max_length=100)
    only = forms.ChoiceField(
        label=_("สถานะ"),
        required=False,
        choices=[("", _("ทุกสถานะ")), ("open", _("กำลังเวียน")), ("closed", _("ปิดแล้ว")), ("draft", _("ร่าง"))],
    )
