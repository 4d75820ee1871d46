"""Fields that offer records under names."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.queries import full_name

_BLANK = "---------"  # what Django offers for nothing


def choose(form: forms.BaseForm, name: str, records: Any, label: Callable[[Any], str] = str) -> None:
    """Offer records in a field, each under a name."""
    field: Any = form.fields[name]
    field.queryset = records
    field.empty_label = _("เลือก") if field.empty_label == _BLANK else field.empty_label
    field.label_from_instance = label


class UnitChoice(forms.ModelChoiceField):
    """A unit, named together with the one above it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(Unit.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Name a unit."""
        return full_name(obj)
