"""On the page of which item statistics or guideline of complaints are shown."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.cycles.models import ItemState


class ItemForm(forms.Form):
    """The item whose page it is."""

    item = forms.TypedChoiceField(label=_("แสดงที่หน้าของข้อ"), widget=forms.RadioSelect, coerce=int)

    def __init__(self, items: Sequence[ItemState], *args: Any, **kwargs: Any) -> None:
        if items:
            kwargs["initial"] = {"item": items[0].pk} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self._items = {one.pk: one for one in items}
        choices = [(one.pk, f"{one.cycle.fiscal_year_be} · {one.code} {one.title}") for one in items]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> ItemState:
        """The item that was chosen."""
        return self._items[self.cleaned_data["item"]]
