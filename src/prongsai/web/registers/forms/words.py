"""What a register declares, in words for who fills its form in."""

from collections.abc import Callable, Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.registers.model import REFERENCES, Condition, Field, FieldType
from prongsai.web.registers.charts import said
from prongsai.web.registers.queries.library import label_of
from prongsai.web.ui.templatetags.ui import thai_digits

Label = Callable[[Field], str]


def condition_words(condition: Condition, fields: Iterable[Field], label: Label) -> str:
    """Say a condition: "มูลค่าโดยประมาณ มากกว่า ๓,๐๐๐"."""
    known = {field.key: field for field in fields}
    field = known.get(condition.field)
    name = label(field) if field else condition.field
    return f"{name} {_test_words(condition, field, known, label)}".strip()


def _test_words(condition: Condition, field: Field | None, known: dict[str, Field], label: Label) -> str:
    if condition.is_ is not None:
        return _("เป็น “{value}”").format(value=_value_words(field, condition.is_))
    if condition.not_ is not None:
        return _("ไม่ใช่ “{value}”").format(value=_value_words(field, condition.not_))
    if condition.any_of:
        return _("เป็น {values}").format(
            values=_(" หรือ ").join(f"“{_value_words(field, one)}”" for one in condition.any_of)
        )
    if condition.has is not None:
        return _("มี “{value}”").format(value=_value_words(field, condition.has))
    if condition.more_than is not None:
        return _("มากกว่า {value}").format(value=thai_digits(said(condition.more_than)))
    if condition.less_than is not None:
        return _("น้อยกว่า {value}").format(value=thai_digits(said(condition.less_than)))
    if condition.more_than_field:
        other = known.get(condition.more_than_field)
        return _("มากกว่า {field}").format(field=label(other) if other else condition.more_than_field)
    return _("เว้นว่าง") if condition.filled is False else _("มีค่า")


def _value_words(field: Field | None, value: str | bool) -> str:
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่ใช่")
    choice = field.choice(value) if field else None
    return label_of(choice) if choice else value


def help_of(field: Field, fields: Iterable[Field], label: Label) -> SafeString:
    """Give a field's help, an example and when it must be filled, safe to print."""
    # How a grid is written in one cell of a spreadsheet is of no use beside the grid itself.
    is_told = field.help_th and not (field.type is FieldType.ROWS and "|" in field.help_th)
    parts = [conditional_escape(thai_digits(field.help_th))] if is_told else []
    if field.example and field.type not in _PICKED:
        parts.append(format_html(_("เช่น {}"), field.example))
    elif field.type in _WAYS:
        parts.append(conditional_escape(_WAYS[field.type]))
    if field.required_if:
        words = condition_words(field.required_if, fields, label)
        parts.append(format_html("<strong>{}</strong>", _("ต้องกรอกเมื่อ {condition}").format(condition=words)))
    if field.shown_if:
        words = condition_words(field.shown_if, fields, label)
        parts.append(format_html("<strong>{}</strong>", _("กรอกเฉพาะเมื่อ {condition}").format(condition=words)))
    if field.type is FieldType.FILE and field.accepts:
        parts.append(conditional_escape(_("รับไฟล์ {kinds}").format(kinds=", ".join(field.accepts))))
    return format_html_join(mark_safe(" · "), "{}", ((part,) for part in parts))


# What is picked from a list, or stands in a grid, needs no example of how to write it.
_PICKED = REFERENCES | {FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO, FieldType.ROWS}
_WAYS = {
    FieldType.DATE: gettext_lazy("เช่น 30/3/2569 หรือ ๓๐ มี.ค. ๒๕๖๙"),
    FieldType.MONTH: gettext_lazy("เช่น มี.ค. 2569"),
    FieldType.TIME: gettext_lazy("เช่น 09:30"),
    FieldType.PERIOD: gettext_lazy("เช่น 1/2/2569 ถึง 3/2/2569"),
}
