"""What the list of a register is narrowed by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.registers.model import Field, FieldType, Register
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.queries.library import Kept, label_of
from prongsai.web.ui.forms import ThaiDateField

STATE, UNIT, FROM, TO, SEARCH = "state", "unit", "from", "to", "q"
_CHOSEN = frozenset({FieldType.CHOICE, FieldType.YES_NO})


class ListForm(forms.Form):
    """Search, state, unit, days, and the register's own filters."""

    def __init__(self, scope: Scope, kept: Kept, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        register = kept.register
        self.fields[SEARCH] = forms.CharField(label=_("ค้นหา"), required=False, max_length=100)
        self.fields[STATE] = _choice(_("สถานะ"), [(one.key, label_of(one)) for one in register.states], _("ทุกสถานะ"))
        for field in filters_of(register):
            self.fields[field.key] = _choice(kept.label(field), _choices(field), _("ทั้งหมด"))
        units = Unit.objects.filter(agency=scope.agency).on(scope.today)
        self.fields[UNIT] = _choice(_("ส่วนราชการ"), [(str(one.pk), one.name) for one in units], _("ทุกส่วนราชการ"))
        self.fields[FROM] = ThaiDateField(label=_("ตั้งแต่วันที่"), required=False, help_text="")
        self.fields[TO] = ThaiDateField(label=_("ถึงวันที่"), required=False, help_text="")

    @property
    def more_lines(self) -> list[Any]:
        """All but the search and the state, which stand open."""
        return [self[name] for name in self.fields if name not in (SEARCH, STATE)]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def is_wide(self) -> bool:
        """Whether one of the others is asked for."""
        return any(self.data.get(name) for name in self.fields if name not in (SEARCH, STATE))


def filters_of(register: Register) -> list[Field]:
    """Give the fields to choose by; units have a filter of their own."""
    found = (register.field_of(key) for key in register.filters)
    return [field for field in found if field and field.type in _CHOSEN]


def _choices(field: Field) -> list[tuple[str, Any]]:
    if field.type is FieldType.YES_NO:
        return [("yes", _("ใช่")), ("no", _("ไม่ใช่"))]
    return [(one.key, label_of(one)) for one in field.choices]


def _choice(label: Any, choices: list[tuple[str, Any]], empty: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)
