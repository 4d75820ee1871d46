"""The form of a dispute: which items, which elements of each, and the office's own words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from prongsai.web.disclosure.models import Objection
from prongsai.web.disclosure.queries.objections import Disputable
from prongsai.web.disclosure.services.objecting import WORDS_MAX

Point = dict[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """An item in the form with its fields."""

    one: Disputable
    chosen: BoundField
    criterion: BoundField
    words: BoundField

    @property
    def is_open(self) -> bool:
        """Whether it is chosen, or something is wrong with it."""
        return bool(self.chosen.value() or self.words.errors or self.criterion.errors)


class ObjectionForm(forms.Form):
    """Three fields an item: whether, what of it, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, offered: Sequence[Disputable], objection: Objection | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        points = {point["item"]: point for point in objection.points} if objection else {}
        self.fields["version"].initial = objection.version if objection else None
        for one in offered:
            self._add(one, points.get(one.item.key, {}))

    def _add(self, one: Disputable, point: Mapping[str, Any]) -> None:
        name = f"item{one.item.pk}"
        self.fields[name] = forms.BooleanField(
            label=_t("โต้แย้งข้อ {code}").format(code=one.item.code), required=False, initial=bool(point)
        )
        self.fields[f"{name}_criterion"] = forms.MultipleChoiceField(
            label=_("องค์ประกอบที่โต้แย้ง"),
            required=False,
            choices=[(element.key, element.text) for element in one.elements],
            widget=forms.CheckboxSelectMultiple,
            initial=point.get("criterion", []),
            help_text=_("ไม่เลือกเลย หมายถึงทั้งข้อ"),
        )
        self.fields[f"{name}_words"] = forms.CharField(
            label=_("คำชี้แจงของหน่วยงาน"),
            required=False,
            max_length=WORDS_MAX,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial=point.get("words", ""),
            help_text=_("บอกว่าข้อมูลอยู่ที่ใดในลิงก์ที่ยื่นไว้เดิม จะพิมพ์ลงในหนังสือ"),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the words of every item that is chosen, and for one at least."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = [f"item{one.item.pk}" for one in self.offered if cleaned.get(f"item{one.item.pk}")]
        for name in chosen:
            if not (cleaned.get(f"{name}_words") or "").strip() and f"{name}_words" not in self.errors:
                self.add_error(f"{name}_words", _("เขียนคำชี้แจงของข้อนี้"))
        if not chosen:
            self.add_error(None, _("เลือกข้อที่จะโต้แย้งอย่างน้อยหนึ่งข้อ"))
        return cleaned

    @property
    def lines(self) -> Iterator[Line]:
        """The items with their fields."""
        for one in self.offered:
            name = f"item{one.item.pk}"
            yield Line(one, self[name], self[f"{name}_criterion"], self[f"{name}_words"])

    @property
    def points(self) -> list[Point]:
        """What was chosen, as ``services.objecting`` takes it."""
        given = ((one, f"item{one.item.pk}") for one in self.offered)
        return [
            {
                "item": one.item.key,
                "criterion": self.cleaned_data[f"{name}_criterion"],
                "words": self.cleaned_data[f"{name}_words"],
            }
            for one, name in given
            if self.cleaned_data.get(name)
        ]
