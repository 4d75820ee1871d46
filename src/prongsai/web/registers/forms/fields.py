"""One form field for one field of a register. Texts are read by ``prongsai.registers.values``, as an import reads them.

Nothing is required here: what must be filled, and when, is for the register's rules, which see the entry as a whole.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from prongsai.registers.model import Field, FieldType, Ref
from prongsai.registers.values import Look, ValueRefused, read, show
from prongsai.thai.fiscal import Span
from prongsai.web.evidence.forms import SafeFileField
from prongsai.web.registers.forms.options import Offer, Options
from prongsai.web.registers.queries.library import label_of
from prongsai.web.ui.forms import ThaiDateField

KEPT = "kept"  # the option of a select that stands for what is there already and is not offered any more
_LONG = frozenset({FieldType.LONG_TEXT, FieldType.ADDRESS})
_INPUT = {
    FieldType.NUMBER: {"inputmode": "decimal"},
    FieldType.MONEY: {"inputmode": "decimal"},
    FieldType.PHONE: {"inputmode": "tel", "autocomplete": "off"},
    FieldType.EMAIL: {"inputmode": "email", "autocomplete": "off"},
    FieldType.LINK: {"inputmode": "url", "placeholder": "https://"},
    FieldType.ID: {"inputmode": "numeric", "autocomplete": "off"},
}


class Optional:
    """A field whose absence is for the rules to judge; ``required`` only marks it."""

    def validate(self, value: Any) -> None:
        """Take nothing for an answer."""


class TextCell(Optional, forms.CharField):
    """A text that is read as the register's field says."""

    def __init__(self, cell: Field, look: Look, **kwargs: Any) -> None:
        attrs = dict(_INPUT.get(cell.type, {}))
        if cell.type in _LONG:
            attrs["rows"] = "2" if cell.type is FieldType.ADDRESS else "3"
        widget = forms.Textarea if cell.type in _LONG else forms.TextInput
        kwargs.setdefault("widget", widget(attrs=attrs))
        super().__init__(**kwargs)
        self.cell, self.look = cell, look

    def prepare_value(self, value: Any) -> Any:
        """Show a value as it would be typed."""
        return value if value is None or isinstance(value, str) else typed(self.cell, value)

    def clean(self, value: Any) -> Any:
        """Read the text. Raises ValidationError with what is wrong and how to mend it."""
        text = str(super().clean(value) or "")
        return reading(self.cell, text, self.look) if text else None


def reading(cell: Field, text: str, look: Look | None) -> Any:
    """Read a text as a field's value. Raises ValidationError."""
    try:
        return read(cell, text, look)
    except ValueRefused as refused:
        raise ValidationError([f"{one.message_th} {one.mend_th}".strip() for one in refused.faults]) from refused


def typed(cell: Field, value: Any) -> str:
    """Give a value as it would be typed, with Arabic digits and without commas."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.text if isinstance(value, Ref) else show(cell, value, digits="arabic")


class DateCell(Optional, ThaiDateField):
    """A day, read as an import reads it."""

    def __init__(self, cell: Field, **kwargs: Any) -> None:
        super().__init__(**{"help_text": ""} | kwargs)
        self.cell = replace(cell, type=FieldType.DATE)

    def clean(self, value: Any) -> Any:
        """Read the day. Raises ValidationError."""
        text = str(value or "").strip()
        return reading(self.cell, text, None) if text else None


class PeriodWidget(forms.MultiWidget):
    """Two days, named ``<name>_from`` and ``<name>_to``."""

    template_name = "registers/widgets/period.html"
    use_fieldset = True

    def __init__(self) -> None:
        first = forms.TextInput(attrs={"aria-label": _("ตั้งแต่วันที่")})
        last = forms.TextInput(attrs={"aria-label": _("ถึงวันที่")})
        super().__init__({"from": first, "to": last})

    def decompress(self, value: Any) -> list[Any]:
        """Part a span."""
        return [value.start, value.end] if value else [None, None]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Show days as they are typed."""
        parts = value if isinstance(value, list) else self.decompress(value)
        return super().get_context(name, [ThaiDateField().prepare_value(part) for part in parts], attrs)


class PeriodCell(Optional, forms.MultiValueField):
    """From a day to a day."""

    def __init__(self, cell: Field, **kwargs: Any) -> None:
        days = (DateCell(cell, required=False), DateCell(cell, required=False))
        required = kwargs.pop("required", False)
        super().__init__(days, widget=PeriodWidget(), require_all_fields=False, required=False, **kwargs)
        self.required = required

    def clean(self, value: Any) -> Any:
        """Give a span. Raises ValidationError."""
        given = value if isinstance(value, list | tuple) else [None, None]
        start, end = (field.clean(part) for field, part in zip(self.fields, given, strict=True))
        if start is None and end is None:
            return None
        if start is None or end is None:
            raise ValidationError(_("ใส่ทั้งวันเริ่มและวันสิ้นสุด"))
        if end < start:
            raise ValidationError(_("วันสิ้นสุดอยู่ก่อนวันเริ่ม"))
        return Span(start, end)


class ChoiceCell(Optional, forms.ChoiceField):
    """One of the declared choices, or nothing."""

    def __init__(self, cell: Field, **kwargs: Any) -> None:
        choices = [("", _("– เลือก –")), *((one.key, label_of(one)) for one in cell.choices)]
        super().__init__(choices=choices, **kwargs)

    def clean(self, value: Any) -> Any:
        """Give the choice's key, None for nothing. Raises ValidationError."""
        key = str(super().clean(value) or "")
        if key and not self.valid_value(key):
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": key})
        return key or None


class ChoicesCell(Optional, forms.MultipleChoiceField):
    """Several of the declared choices."""

    def __init__(self, cell: Field, **kwargs: Any) -> None:
        choices = [(one.key, label_of(one)) for one in cell.choices]
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)

    def clean(self, value: Any) -> Any:
        """Give the keys in the order of the register, None for nothing. Raises ValidationError."""
        given = set(super().clean(value) or ())
        offered: Any = self.choices
        known = [str(key) for key, _label in offered]
        if given - set(known):
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": min(given - set(known))})
        return tuple(key for key in known if key in given) or None


class YesNoCell(Optional, forms.ChoiceField):
    """Yes, no, or not said."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("", _("– เลือก –")), ("yes", _("ใช่")), ("no", _("ไม่ใช่"))], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a truth as its option, also as an address spells it."""
        return {True: "yes", False: "no", "true": "yes", "false": "no"}.get(value, value) if value is not None else ""

    def clean(self, value: Any) -> Any:
        """Give True, False or None."""
        return {"yes": True, "no": False}.get(str(super().clean(value) or ""))


class RefSelect(Optional, forms.ChoiceField):
    """Something pointed at, picked from all that there are; what is there already stays possible."""

    def __init__(self, offer: Offer, current: Ref | None = None, **kwargs: Any) -> None:
        self.offer, self.current = offer, current
        choices: list[tuple[Any, Any]] = [("", _("– เลือก –"))]
        if current and not offer.name_of(current.id or 0):
            choices.append((KEPT, current.text))
        super().__init__(choices=[*choices, *offer.choices], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a reference as its option."""
        if isinstance(value, Ref):
            return value.id if self.offer.name_of(value.id or 0) else KEPT
        return value

    def clean(self, value: Any) -> Any:
        """Give the reference, None for nothing. Raises ValidationError."""
        key = str(super().clean(value) or "")
        if not key or (key == KEPT and self.current):
            return self.current if key else None
        name = self.offer.name_of(int(key)) if key.isascii() and key.isdecimal() else ""
        if not name:
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": key})
        return Ref(int(key), name)


class RefText(TextCell):
    """Something pointed at by its name, where there are too many to pick from; some are suggested."""

    def __init__(self, cell: Field, look: Look, offer: Offer, current: Ref | None = None, **kwargs: Any) -> None:
        super().__init__(cell, look, widget=Suggesting(tuple(name for _key, name in offer.choices)), **kwargs)
        self.current = current

    def clean(self, value: Any) -> Any:
        """Give the reference of a name; what is there already stays it. Raises ValidationError with the nearest."""
        if self.current and str(value or "").strip() == self.current.text:
            return self.current
        return super().clean(value)


class Suggesting(forms.TextInput):
    """A text with names to pick from."""

    template_name = "registers/widgets/suggesting.html"

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.names = names

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the list and its id."""
        listed = f"{name}-names"
        context = super().get_context(name, value, {**(attrs or {}), "list": listed})
        return context | {"names": self.names, "list_id": listed}


class FileWidget(forms.ClearableFileInput):
    """A file to choose; the one that is there is named, and can be taken off."""

    template_name = "registers/widgets/file.html"
    clear_checkbox_label: Any = _("เอาไฟล์นี้ออก")

    def is_initial(self, value: Any) -> bool:
        """Whether a file is there."""
        return isinstance(value, Ref)

    def format_value(self, value: Any) -> Any:
        """Give what is there."""
        return value if self.is_initial(value) else None


class FileCell(Optional, SafeFileField):
    """A file, checked as evidence is, of the endings and size that the register takes."""

    def __init__(self, cell: Field, current: Ref | None = None, **kwargs: Any) -> None:
        accept = ",".join(f".{ending}" for ending in cell.accepts)
        super().__init__(widget=FileWidget(attrs={"accept": accept} if accept else {}), **kwargs)
        self.cell, self.current = cell, current

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Give the upload, what is there already, or None. Raises ValidationError."""
        if data is False:
            return None
        file = super().clean(data, None)
        if not file:
            return self.current
        self._check(file)
        return file

    def _check(self, file: UploadedFile) -> None:
        ending = (file.name or "").rpartition(".")[2].lower()
        if self.cell.accepts and ending not in self.cell.accepts:
            raise ValidationError(say("ช่องนี้รับไฟล์ {kinds}").format(kinds=", ".join(self.cell.accepts)))
        if self.cell.max_mb and (file.size or 0) > self.cell.max_mb * 1_048_576:
            raise ValidationError(say("ไฟล์ใหญ่เกิน {n} MB").format(n=self.cell.max_mb))


def field_for(cell: Field, options: Options, look: Look, current: Any = None, **kwargs: Any) -> forms.Field:
    """Make the form field of a field of a register that is no grid. current: the value that is there, if any."""
    makers: dict[FieldType, Callable[[], forms.Field]] = {
        FieldType.DATE: lambda: DateCell(cell, **kwargs),
        FieldType.PERIOD: lambda: PeriodCell(cell, **kwargs),
        FieldType.CHOICE: lambda: ChoiceCell(cell, **kwargs),
        FieldType.CHOICES: lambda: ChoicesCell(cell, **kwargs),
        FieldType.YES_NO: lambda: YesNoCell(**kwargs),
        FieldType.FILE: lambda: FileCell(cell, current, **kwargs),
    }
    if cell.type in (FieldType.UNIT, FieldType.PERSON, FieldType.POST, FieldType.ENTRY):
        offer = options.of(cell)
        if offer.is_whole:
            return RefSelect(offer, current, **kwargs)
        return RefText(cell, look, offer, current, **kwargs)
    make = makers.get(cell.type)
    return make() if make else TextCell(cell, look, **kwargs)
