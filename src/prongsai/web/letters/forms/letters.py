"""The forms in which letters are written: what every kind asks, memo, letter to others, announcement, list filter."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.reports.papers.official import Salutation
from prongsai.reports.papers.options import Closing
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.forms.fields import LinesField
from prongsai.web.letters.kinds import LETTER_PAPERS
from prongsai.web.letters.models import Letter, LetterText, Secrecy, Speed
from prongsai.web.letters.queries.content import OPTIONS, join_to, split_to
from prongsai.web.letters.queries.listing import years_of
from prongsai.web.letters.services.from_records import office_line

# A memo of a staff paper: what is usual, to be written under each.
HEADS = ("๑. เรื่องเดิม", "๒. ข้อเท็จจริง", "๓. ข้อกฎหมายและระเบียบ", "๔. ข้อพิจารณา")
CLOSINGS_LIST = "closings"
_AMOUNT = re.compile(r"\s+จำนวน\s+(\S.*)$")
_LACKING = {
    "subject": _("ยังไม่ได้ใส่ “เรื่อง”"),
    "office": _("ยังไม่ได้ใส่ “ส่วนราชการ”"),
    "to": _("ยังไม่ได้ใส่ “เรียน” (ผู้รับ)"),
    "body": _("ยังไม่ได้เขียนเนื้อความ"),
}
_BODY_HELP = _("หนึ่งบรรทัดคือหนึ่งย่อหน้า ขึ้นต้นบรรทัดด้วย “๑. ” เป็นหัวข้อ “๓.๑ ” หรือ “- ” เป็นข้อย่อย ตารางเขียนเป็น “ช่องแรก | ช่องที่สอง”")


def lacking(name: str) -> dict[str, Any]:
    """Give the message for a field that must be filled, by the word on the paper."""
    return {"required": _LACKING[name]}


class HeadForm(forms.Form):
    """What every letter has. letter: the one that is written on, None for a new one.

    A subclass says what stands in the content and how it is shown again.
    """

    subject = forms.CharField(label=_("เรื่อง"), max_length=500, error_messages=lacking("subject"))
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("ส่วนราชการเจ้าของเรื่อง"), required=False, empty_label=_("– ทั้งหน่วยงาน –")
    )
    speed = forms.ChoiceField(label=_("ชั้นความเร็ว"), required=False, choices=[("", _("ปกติ")), *Speed.choices])
    secrecy = forms.ChoiceField(
        label=_("ชั้นความลับ"),
        required=False,
        choices=[("", _("ไม่ลับ")), *Secrecy.choices],
        help_text=_("หนังสือลับเห็นได้เฉพาะผู้จัดทำ ผู้ลงนามในสายงาน และผู้ที่ผู้จัดทำระบุ หนังสือลับที่สุดห้ามทำในระบบ"),
    )
    is_circular = forms.BooleanField(label=_("เป็นหนังสือเวียน (เลข ว)"), required=False)
    note = forms.CharField(
        label=_("แก้อะไร (แสดงในประวัติ)"), required=False, max_length=300, help_text=_("เช่น แก้วันที่ตามความเห็นปลัด")
    )
    confirm_void = forms.BooleanField(
        label=_("ทราบว่าการแก้ไขทำให้ลายมือชื่อที่ลงไว้เป็นโมฆะ ต้องเสนอใหม่"),
        error_messages={"required": _("ยืนยันก่อนว่าลายมือชื่อที่ลงไว้จะเป็นโมฆะ หรือไม่ต้องแก้ไข")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    # main: of the content; late: those of the page that stand under the rows of an order; left_out: asked of others.
    left_out: ClassVar[tuple[str, ...]] = ()
    aside: ClassVar[tuple[str, ...]] = ("unit", "speed", "secrecy", "is_circular")
    main: ClassVar[tuple[str, ...]] = ()
    late: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        scope: Scope,
        *args: Any,
        letter: Letter | None = None,
        text: LetterText | None = None,
        is_signed: bool = False,
        **kwargs: Any,
    ) -> None:
        self.scope, self.letter = scope, letter
        self.old: Mapping[str, Any] = text.content if text else {}
        begun = {**self.begin(scope), **(kwargs.pop("initial", None) or {})}
        kwargs["initial"] = {**self._kept(letter, text), **self.shown(text.content)} if letter and text else begun
        super().__init__(*args, **kwargs)
        units: Any = self.fields["unit"]
        units.queryset = units_for(scope, letter)
        if not is_signed:
            del self.fields["confirm_void"]
        for name in (*self.left_out, *(() if letter else ("note",))):
            del self.fields[name]
        if letter and letter.number_id:
            for name in {"unit", "secrecy", "is_circular"} & set(self.fields):
                self.fields[name].disabled = True

    def _kept(self, letter: Letter, text: LetterText) -> dict[str, Any]:
        names = ("unit", "speed", "secrecy", "is_circular", "version")
        return {"subject": text.subject, **{name: getattr(letter, name) for name in names}}

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """What is written, as the paper has it."""
        apart = {*self.aside, *self.late, "note", "confirm_void"}
        return [field for field in self.visible_fields() if field.name not in apart]

    @property
    def late_fields(self) -> list[forms.BoundField]:
        """What stands under the rows."""
        return [self[name] for name in self.late]

    @property
    def aside_fields(self) -> list[forms.BoundField]:
        """What is said about the letter."""
        return [self[name] for name in self.aside if name in self.fields]

    def begin(self, scope: Scope) -> dict[str, Any]:
        """Give what a new one begins with."""
        units = list(units_for(scope, None)) if not scope.can(Power.RUN_CYCLE) else []
        own = [unit for unit in units if unit.pk in scope.unit_ids] or list(_own(scope))
        return {"unit": own[0].pk if own else None, "office": office_line(scope, own[0] if own else None)}

    def shown(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Give what the form shows of a content."""
        return {name: content.get(name) for name in self.main}

    def written(self) -> dict[str, Any]:
        """Give the fields of the content that the form asks."""
        return {name: self.cleaned_data[name] for name in self.main}

    @property
    def content(self) -> dict[str, Any]:
        """What the text will hold; what the form does not ask stays as it was."""
        return {**self.old, **self.written()}

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the letter itself."""
        names = ("unit", "speed", "secrecy", "is_circular")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def units_for(scope: Scope, letter: Letter | None) -> Any:
    """Give the units in whose name somebody may write: their own, all for who runs the cycle."""
    units = Unit.objects.filter(agency=scope.agency)
    if scope.can(Power.RUN_CYCLE):
        return units.on(scope.today)
    kept = [letter.unit_id] if letter and letter.unit_id else []
    return units.filter(pk__in=[*scope.unit_ids, *kept])


def _own(scope: Scope) -> Any:
    return Unit.objects.filter(agency=scope.agency, pk__in=scope.unit_ids).on(scope.today)[:1]


class WrittenForm(HeadForm):
    """A letter with addressees, a body and what is asked at its end."""

    to = LinesField(label=_("เรียน"), rows=2, error_messages=lacking("to"), help_text=_("ผู้รับบรรทัดละหนึ่งราย"))
    body = LinesField(label=_("เนื้อความ"), rows=14, error_messages=lacking("body"), help_text=_BODY_HELP)
    closing = forms.CharField(
        label=_("จึงเรียนมาเพื่อ"),
        max_length=200,
        initial=Closing.CONSIDER.value,
        widget=forms.TextInput(attrs={"list": CLOSINGS_LIST, "autocomplete": "off"}),
    )

    def shown(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Show an addressee a line."""
        return {**super().shown(content), "to": split_to(str(content.get("to") or ""))}

    def written(self) -> dict[str, Any]:
        """Set the addressees in one line."""
        return {**super().written(), "to": join_to(self.cleaned_data["to"])}


class MemoForm(WrittenForm):
    """An internal memo."""

    office = forms.CharField(
        label=_("ส่วนราชการ"),
        max_length=300,
        error_messages=lacking("office"),
        help_text=_("ชื่อส่วนราชการ หน่วยงาน และโทรศัพท์ ตามที่พิมพ์หัวบันทึก"),
    )
    main = ("office", "to", "body", "closing")
    field_order = ("office", "subject", "to", "body", "closing")


class ExternalForm(WrittenForm):
    """A letter to another office or person."""

    address = LinesField(label=_("ที่ตั้ง (มุมขวาบน)"), required=False)
    salutation = forms.ChoiceField(
        label=_("คำขึ้นต้น"), choices=[(one.value, f"{one.value} … {one.respects}") for one in Salutation]
    )
    references = LinesField(label=_("อ้างถึง"), required=False, rows=2, help_text=_("บรรทัดละหนึ่งฉบับ: หนังสือ… ที่ … ลงวันที่ …"))
    enclosures = LinesField(
        label=_("สิ่งที่ส่งมาด้วย"), required=False, rows=2, help_text=_("บรรทัดละหนึ่งรายการ เช่น สำเนาประกาศ จำนวน ๑ ฉบับ")
    )
    contact_unit = forms.CharField(label=_("ส่วนราชการเจ้าของเรื่อง (ท้ายหนังสือ)"), required=False, max_length=200)
    contact_phone = forms.CharField(label=_("โทร."), required=False, max_length=60)
    contact_fax = forms.CharField(label=_("โทรสาร"), required=False, max_length=60)
    contact_email = forms.CharField(label=_("ไปรษณีย์อิเล็กทรอนิกส์"), required=False, max_length=200)
    copies = LinesField(label=_("สำเนาส่ง"), required=False, rows=2, help_text=_("บรรทัดละหนึ่งราย"))

    main = ("address", "salutation", "to", "references", "enclosures", "body", "closing", "copies")
    field_order = ("address", "subject", "salutation", "to", "references", "enclosures", "body", "closing")
    contact = ("unit", "phone", "fax", "email")

    def begin(self, scope: Scope) -> dict[str, Any]:
        """Fill in address, unit and telephone."""
        begun = super().begin(scope)
        unit = Unit.objects.filter(pk=begun["unit"]).first() if begun["unit"] else None
        agency = scope.agency
        return {
            **begun,
            "address": [line for line in agency.address.splitlines() if line.strip()],
            "contact_unit": unit.name if unit else "",
            "contact_phone": (unit.phone if unit else "") or agency.phone,
            "contact_email": agency.email,
        }

    def shown(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Show enclosures a line each and the contact field by field."""
        contact = content.get("contact") or {}
        lines = [_enclosed(one) for one in content.get("enclosures") or ()]
        parts = {f"contact_{name}": contact.get(name, "") for name in self.contact}
        return {**super().shown(content), "enclosures": lines, **parts}

    def written(self) -> dict[str, Any]:
        """Give the records of a letter."""
        given = self.cleaned_data
        return {
            **super().written(),
            "agency": self.scope.agency.name,
            "enclosures": [_enclosure(line) for line in given["enclosures"]],
            "contact": {name: given[f"contact_{name}"].strip() for name in self.contact},
        }


class AnnouncementForm(HeadForm):
    """An announcement."""

    body = LinesField(
        label=_("เนื้อความ"),
        rows=14,
        error_messages=lacking("body"),
        help_text=_("หนึ่งบรรทัดคือหนึ่งย่อหน้า คำว่า “จึงประกาศให้ทราบโดยทั่วกัน” และวันที่ ระบบพิมพ์ให้"),
    )
    main = ("body",)
    left_out = ("secrecy", "is_circular", "speed")

    def written(self) -> dict[str, Any]:
        """Give the records of an announcement."""
        return {**super().written(), "agency": self.scope.agency.name}


class RecordsForm(HeadForm):
    """A letter that carries records of the platform: only its head is written, the rows are frozen."""

    office = forms.CharField(label=_("ส่วนราชการ"), max_length=300, error_messages=lacking("office"))
    to = LinesField(label=_("เรียน"), rows=2, error_messages=lacking("to"), help_text=_("ผู้รับบรรทัดละหนึ่งราย"))
    laws = LinesField(
        label=_("ข้อกฎหมายและระเบียบ"), required=False, rows=4, help_text=_("บรรทัดละหนึ่งข้อ พิมพ์เป็นหัวข้อหนึ่งของบันทึก")
    )
    closing = forms.ChoiceField(
        label=_("จึงเรียนมาเพื่อ"),
        required=False,
        choices=[("", _("ตามแบบของหนังสือชนิดนี้")), *((one.value, one.value) for one in Closing)],
    )
    main = ("office", "to")

    def shown(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Show the head of the memo, and what is said to the composer."""
        memo, options = content.get("memo") or {}, content.get(OPTIONS) or {}
        return {
            "office": memo.get("office"),
            "to": split_to(str(memo.get("to") or "")),
            "laws": options.get("laws"),
            "closing": options.get("closing") or "",
        }

    def written(self) -> dict[str, Any]:
        """Give the head and the options; the rest stays as it was frozen."""
        given = self.cleaned_data
        head = {"office": given["office"], "to": join_to(given["to"]), "subject": given["subject"]}
        options = {"laws": given["laws"], "closing": given["closing"] or None}
        return {
            "memo": {**(self.old.get("memo") or {}), **head},
            OPTIONS: {**(self.old.get(OPTIONS) or {}), **options},
        }


def _enclosed(one: Mapping[str, Any]) -> str:
    return f"{one['what']} จำนวน {one['amount']}" if one.get("amount") else str(one["what"])


def _enclosure(line: str) -> dict[str, str]:
    found = _AMOUNT.search(line)
    return {"what": line[: found.start()], "amount": found[1]} if found else {"what": line, "amount": ""}


class FilterForm(forms.Form):
    """What the list of letters is narrowed by."""

    q = forms.CharField(label=_("ค้นหา"), required=False, max_length=100)
    year = forms.TypedChoiceField(label=_("ปี พ.ศ."), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label=_("ชนิด"),
        required=False,
        choices=[("", _("ทุกชนิด")), *((one.name, one.title) for one in LETTER_PAPERS.values())],
    )

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years: Any = self.fields["year"]
        years.choices = [("", _("ทุกปี")), *((year, year) for year in years_of(scope))]
