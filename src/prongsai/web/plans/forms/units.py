"""Fields for units: a name is typed or picked from the list, and means a unit or is refused with the nearest names."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Unit
from prongsai.web.plans.queries.units import UnitNames

LIST_ID = "units"


class UnitField(forms.CharField):
    """One unit by name. Give ``names`` before cleaning; the page has ``<datalist id="units">``."""

    names: UnitNames

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": LIST_ID, "autocomplete": "off", "size": 30}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """Give the Unit, None for nothing. Raises ValidationError with the nearest names."""
        text = str(super().clean(value) or "")
        return find(self.names, text) if text else None


class UnitsField(UnitField):
    """Several units, parted by commas."""

    def clean(self, value: Any) -> Any:
        """Give a tuple of Units. Raises ValidationError with the nearest names."""
        text = str(forms.CharField.clean(self, value) or "")
        return tuple(find(self.names, part.strip()) for part in text.split(",") if part.strip())


def find(names: UnitNames, text: str) -> Unit:
    """Give the unit of a name. Raises ValidationError with the nearest names."""
    unit = names.find(text)
    if unit is not None:
        return unit
    near = names.nearest(text)
    if near:
        message = _("ไม่รู้จักส่วนราชการ “%(text)s” ใกล้เคียงคือ %(near)s")
        raise ValidationError(message, params={"text": text, "near": ", ".join(near)})
    message = _("ไม่รู้จักส่วนราชการ “%(text)s” เพิ่มในทะเบียนหน่วยงานก่อน หรือเลือกจากรายการ")
    raise ValidationError(message, params={"text": text})
