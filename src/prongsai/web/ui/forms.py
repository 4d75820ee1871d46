"""Form fields that take what Thai offices write, and the renderer that draws every form the same way."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import TemplateDoesNotExist
from django.utils.translation import gettext_lazy as _

from prongsai.errors import ProngsaiError
from prongsai.thai.dates import read_date
from prongsai.thai.numerals import read_number, to_arabic

BE_OFFSET = 543
DIGITS_MAX = 16
_SHIPPED = DjangoTemplates()


class Renderer(TemplatesSetting):
    """Draw forms by ``templates/django/forms/``: ``{{ form }}`` or ``{{ form.name.as_field_group }}``."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """Find a template of ours, else the one that Django ships for a widget."""
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return _SHIPPED.get_template(template_name)


class ThaiDateField(forms.DateField):
    """A day, written as ``30/3/2569``, ``๓๐ มี.ค. ๒๕๖๙`` or ISO; shown as ``30/03/2569``."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("เช่น 30/3/2569 หรือ ๓๐ มี.ค. ๒๕๖๙"))
        super().__init__(**kwargs)

    def prepare_value(self, value: object) -> object:
        """Show a day as ``30/03/2569``."""
        if isinstance(value, date):
            return f"{value.day:02d}/{value.month:02d}/{value.year + BE_OFFSET}"
        return value

    def to_python(self, value: object) -> date | None:
        """Read a day. Raises ValidationError that says what is wrong with it."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        found = read_date(str(value))
        if found is None or (found.value is None and found.problem is None):
            raise ValidationError(_("อ่านวันที่ “%(value)s” ไม่ได้ เขียนแบบ 30/3/2569"), params={"value": value})
        if found.problem is not None:
            raise ValidationError(found.problem.message_th)
        return found.value


class ThaiDecimalField(forms.DecimalField):
    """A number in Thai or Arabic digits, commas allowed."""

    widget = forms.TextInput

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]
        """Read a number."""
        if value in self.empty_values:
            return None
        number = value if isinstance(value, Decimal) else read_number(str(value))
        return super().to_python(number if number is not None else value)


class ThaiIntegerField(forms.IntegerField):
    """A whole number in Thai or Arabic digits."""

    widget = forms.TextInput

    def to_python(self, value: object) -> int | None:
        """Read a whole number."""
        return super().to_python(to_arabic(value) if isinstance(value, str) else value)


class VersionedForm(forms.ModelForm):
    """A form for a record that two people may have open: it carries the version that was seen.

    Give ``version=form.seen_version`` to ``journal.change``.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = getattr(self.instance, "version", None)

    @property
    def seen_version(self) -> int | None:
        """The version that the user saw."""
        value = self.cleaned_data.get("version")
        return int(value) if value is not None else None

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values of the record's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def posted_number(text: str | None) -> int | None:
    """Read a number that a hidden field or an address carries; None for anything that is none, or is absurdly long."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < DIGITS_MAX else None


def refuse(form: forms.BaseForm, refused: ValidationError | ProngsaiError) -> None:
    """Put what a service refused beside the fields that it is about; what is about no field of the form on top."""
    if isinstance(refused, ProngsaiError):
        form.add_error(None, refused.one_line)
    elif hasattr(refused, "error_dict"):
        for name, errors in refused.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, refused)
