"""Where a signed letter is published, and which of its files."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Page, PageKind
from prongsai.web.disclosure.queries import rights
from prongsai.web.disclosure.queries.letters import items_for, pages_for, parts_of
from prongsai.web.disclosure.services.letters import Where
from prongsai.web.letters.models import Letter

ITEM, PAGE, NEW = "item", "page", "new"
TITLE_SHOWN = 110


class PublishForm(forms.Form):
    """Where a letter goes, and what of it is shown."""

    where = forms.ChoiceField(label=_("แสดงที่หน้า"))
    title = forms.CharField(
        label=_("ชื่อเรื่องของหน้า"),
        required=False,
        max_length=300,
        help_text=_("เว้นว่างไว้ หน้าที่มีชื่อเรื่องแล้วคงเดิม หน้าใหม่ใช้ชื่อเรื่องของหนังสือ"),
    )
    parts = forms.MultipleChoiceField(
        label=_("ไฟล์ที่แสดง"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("เลือกฉบับลงนามอย่างน้อยหนึ่งไฟล์")},
    )

    def __init__(self, scope: Scope, letter: Letter, *args: Any, page: int | None = None, **kwargs: Any) -> None:
        parts = parts_of(letter)
        first = [key for key in ("pdf", "scan") if key in parts] or [key for key in ("docx",) if key in parts]
        self._known: dict[str, Where] = {}
        groups = self._offered(scope)
        at = self._at(page)
        kwargs["initial"] = {"parts": first, "where": at} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = [("", _("เลือกหน้า")), *groups]  # type: ignore[attr-defined]
        self.fields["parts"].choices = [(key, words) for key, (words, _file) in parts.items()]  # type: ignore[attr-defined]

    @property
    def is_empty(self) -> bool:
        """Whether there is no page on which who asks may publish."""
        return not self._known

    def _offered(self, scope: Scope) -> list[tuple[Any, list[tuple[str, str]]]]:
        may_publish = rights.may_publish(scope)
        items = [(f"{ITEM}-{one.pk}", _label(f"{one.code} {one.title}"), Where(item=one))
                 for one in items_for(scope, may_publish=may_publish)]  # fmt: skip
        pages = [(f"{PAGE}-{one.pk}", _label(one.title), Where(page=one))
                 for one in pages_for(scope, may_publish=may_publish)]  # fmt: skip
        new = [
            (f"{NEW}-{PageKind.FREE}", str(_("หน้าใหม่ของหนังสือนี้")), Where(kind=PageKind.FREE)),
            (f"{NEW}-{PageKind.NEWS}", str(_("ข่าวประชาสัมพันธ์")), Where(kind=PageKind.NEWS)),
        ]
        offered = (
            (_("หน้าใหม่"), new if rights.may_add(scope, PageKind.FREE) else []),
            (_("ข้อ OIT"), items),
            (_("หน้าทั่วไปที่มีอยู่"), pages),
        )
        self._known = {key: where for _group, lines in offered for key, _words, where in lines}
        return [(group, [(key, words) for key, words, _where in lines]) for group, lines in offered if lines]

    def _at(self, pk: int | None) -> str:
        """Give the choice of a page that was come from."""
        page = Page.objects.filter(pk=pk).first() if pk else None
        if page is None:
            return ""
        at = f"{ITEM}-{page.item_id}" if page.item_id else f"{PAGE}-{page.pk}"
        return at if at in self._known else ""

    def clean_where(self) -> Where:
        """Give where it goes."""
        known = self._known.get(self.cleaned_data["where"])
        if known is None:
            raise ValidationError(_("เลือกหน้า"))
        return known


def _label(text: str) -> str:
    return f"{text[:TITLE_SHOWN]}…" if len(text) > TITLE_SHOWN else text
