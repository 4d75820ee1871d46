"""What an office narrows its pages by, and writes to agencies."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import AgencyKind
from prongsai.web.mentor.models import FaultSource, Size
from prongsai.web.mentor.queries.heat import NAME, NEED
from prongsai.web.mentor.queries.sight import State, Wanted
from prongsai.web.ui.forms import ThaiDateField

SUBJECT_MAX, TEXT_MAX = 300, 5000
_EVERY = [("", _("ทั้งหมด"))]


class FilterForm(forms.Form):
    """What the agencies are narrowed by. Places are those of the agencies that take part; others are no choice."""

    kind = forms.ChoiceField(label=_("ประเภท"), required=False, choices=[*_EVERY, *AgencyKind.choices])
    province = forms.ChoiceField(label=_("จังหวัด"), required=False, choices=_EVERY)
    district = forms.ChoiceField(label=_("อำเภอ"), required=False, choices=_EVERY)
    size = forms.ChoiceField(label=_("ขนาด"), required=False, choices=[*_EVERY, *Size.choices])
    state = forms.ChoiceField(label=_("สถานะ"), required=False, choices=[*_EVERY, *State.choices])

    def __init__(self, places: Iterable[tuple[str, str]], data: Any) -> None:
        super().__init__(data)
        places = list(places)
        provinces = list(dict.fromkeys(province for province, _district in places))
        chosen = data.get("province", "") if len(provinces) > 1 else ""
        if len(provinces) > 1:
            self._offer("province", provinces)
        else:
            del self.fields["province"]
        here = [district for province, district in places if district and (not chosen or province == chosen)]
        districts = list(dict.fromkeys(here))
        if (chosen or len(provinces) <= 1) and len(districts) > 1:
            self._offer("district", districts)
        else:
            del self.fields["district"]

    def _offer(self, name: str, values: Iterable[str]) -> None:
        self.fields[name].choices = [*_EVERY, *((value, value) for value in values)]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """What was chosen; what is no choice narrows nothing."""
        self.is_valid()
        names = ("kind", "province", "district", "size", "state")
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in names})

    @property
    def chosen_words(self) -> list[str]:
        """What was chosen, in words."""
        labels = [dict(self.fields[name].choices).get(value) for name, value in self.given.items()]  # type: ignore[attr-defined]
        return [str(label) for label in labels if label]

    @property
    def given(self) -> dict[str, str]:
        """The values that narrow, by the names of their fields."""
        wanted = self.wanted
        return {name: value for name in self.fields if (value := getattr(wanted, name, ""))}


class HeatForm(FilterForm):
    """The same for the heat map, with the order of its rows."""

    order = forms.ChoiceField(
        label=_("เรียงตาม"), required=False, choices=[(NEED, _("ต้องช่วยก่อน")), (NAME, _("ชื่อหน่วยงาน"))]
    )


class FaultForm(FilterForm):
    """The same for faults, with where they were found."""

    source = forms.ChoiceField(label=_("พบที่"), required=False, choices=[*_EVERY, *FaultSource.choices])


class ExampleForm(FilterForm):
    """The same for examples, with the item."""

    item = forms.ChoiceField(label=_("ข้อ OIT"), required=False)

    def __init__(self, items: Iterable[tuple[str, str]], places: Iterable[tuple[str, str]], data: Any) -> None:
        super().__init__(places, data)
        self.fields["item"].choices = [*_EVERY, *items]  # type: ignore[attr-defined]
        self.order_fields(["item"])


class MessageForm(forms.Form):
    """A message to agencies."""

    subject = forms.CharField(label=_("เรื่อง"), max_length=SUBJECT_MAX)
    text = forms.CharField(
        label=_("ข้อความ"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("ทุกหน่วยงานที่รับเห็นข้อความเดียวกัน ส่งแล้วแก้ไขไม่ได้"),
    )
    due_on = ThaiDateField(label=_("ตอบภายในวันที่"), required=False)
