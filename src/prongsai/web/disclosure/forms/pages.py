"""Forms of pages and of what they say."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure import markup
from prongsai.web.disclosure.models import LAWS, PATH_MAX, FileRole, LawState, Page, PageKind, Release
from prongsai.web.disclosure.services.pages import SETTINGS
from prongsai.web.evidence.forms import YEAR_MAX, YEAR_MIN, AddressField, SafeFileField
from prongsai.web.evidence.models import Evidence
from prongsai.web.registers.queries.library import all_kept
from prongsai.web.ui.forms import ThaiDateField, ThaiIntegerField

LANGUAGES = (("th", _("ไทย")), ("en", _("อังกฤษ")))
YEARS_BACK = 5
LAW = "law"  # a free page in the library of laws, offered as a kind of its own
LAW_YEAR_MIN = 2400
_HOW = _(
    "หนึ่งบรรทัดคือหนึ่งย่อหน้า ขึ้นต้นด้วย “# ” เป็นหัวข้อ “- ” เป็นรายการ “1. ” เป็นขั้นตอน "
    "ตารางเขียนแถวละบรรทัด คั่นช่องด้วย “ | ” แถวแรกเป็นหัวตาราง "
    "ลิงก์เขียน [ข้อความ](https://ที่อยู่) ภาพเขียน ![คำอธิบายภาพ](ชื่อไฟล์) ดูชื่อไฟล์จากรายการไฟล์ในหน้านี้"
)

_EXAMPLE = _(
    "# การขอใช้ห้องประชุม\nติดต่อสำนักปลัดเทศบาลในเวลาราชการ\n\n1. ยื่นคำขอ\n2. รออนุมัติ ๑ วัน\n\n- ไม่มีค่าธรรมเนียม\n\n"
    "ห้อง | ความจุ\nห้องใหญ่ | ๑๐๐\nห้องเล็ก | ๓๐\n\n[แบบคำขอ](https://example.go.th/form.pdf)"
)


class MarkupField(forms.CharField):
    """A body in the light markup; in Python the blocks that it stands for."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """Show blocks as the text that they were read from."""
        return markup.write(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Read the text. Raises ValidationError for a link that no page may have."""
        if isinstance(value, list):
            return value
        blocks = markup.read(str(value or ""))
        if bad := [address for address in markup.links_of(blocks) if not markup.is_safe(address)]:
            raise ValidationError(_("ใช้ที่อยู่นี้เป็นลิงก์ไม่ได้: %(address)s"), params={"address": bad[0]})
        return blocks

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as blocks."""
        return bool((initial or []) != self.to_python(data))


class ReleaseForm(forms.Form):
    """What a page shall say. version: of the release in the making, 0 where there is none. example: of the markup."""

    example = _EXAMPLE

    title = forms.CharField(label=_("ชื่อเรื่อง"), max_length=300)
    summary = forms.CharField(
        label=_("สาระสำคัญ"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("สองสามประโยคที่บอกว่าหน้านี้มีอะไร แสดงในรายการและผลค้นหา"),
    )
    body = MarkupField(label=_("เนื้อหา"), required=False, widget=forms.Textarea(attrs={"rows": 14}), help_text=_HOW)
    content_year_be = ThaiIntegerField(
        label=_("ปีงบประมาณของเนื้อหา (พ.ศ.)"),
        required=False,
        min_value=YEAR_MIN,
        max_value=YEAR_MAX,
        help_text=_("เนื้อหาพูดถึงปีใด ไม่ใช่ปีที่นำขึ้นเว็บ"),
    )
    document_date = ThaiDateField(label=_("วันที่ในเอกสาร"), required=False)
    received_on = ThaiDateField(label=_("วันที่ได้รับข้อมูล"), required=False)
    title_en = forms.CharField(label=_("ชื่อเรื่อง (อังกฤษ)"), required=False, max_length=300)
    body_en = MarkupField(label=_("เนื้อหาภาษาอังกฤษ"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    change_note = forms.CharField(
        label=_("สิ่งที่เปลี่ยนจากฉบับก่อน"), required=False, max_length=500, help_text=_("ผู้อ่านเห็นข้อความนี้ เว้นว่างไว้ระบบจะบอกเอง")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, page: Page, release: Release, *args: Any, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if name != "version"]
        version = release.version if release.pk and not release.number else 0
        kwargs["initial"] = {name: getattr(release, name) for name in names} | {"version": version}
        super().__init__(*args, **kwargs)
        if not page.releases.filter(number__gt=0).exists():
            del self.fields["change_note"]

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values of the release's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class FileForm(forms.Form):
    """A file to show with a release: sent now, or of the evidence that belongs to it."""

    file = SafeFileField(required=False)
    evidence = forms.ModelChoiceField(
        queryset=Evidence.objects.none(), label=_("หรือใช้หลักฐานที่มีอยู่"), required=False, empty_label=_("– ไม่เลือก –")
    )
    title = forms.CharField(
        label=_("ชื่อที่แสดง"), required=False, max_length=300, help_text=_("เช่น รายงานผลการจัดซื้อจัดจ้าง เดือนมีนาคม 2569")
    )
    role = forms.ChoiceField(label=_("ชนิด"), choices=FileRole.choices, initial=FileRole.DOCUMENT)
    text = forms.CharField(
        label=_("คำอธิบาย"), required=False, max_length=500, help_text=_("ถ้าเป็นภาพ ต้องบอกว่าภาพแสดงอะไร")
    )
    language = forms.ChoiceField(label=_("ภาษา"), choices=LANGUAGES, initial="th")

    def __init__(self, offered: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "id_file_%s"  # it stands beside the form of the release
        self.fields["evidence"].queryset = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one of both ways, and for words beside a picture."""
        values = super().clean() or {}
        if not self.errors and bool(values.get("file")) == bool(values.get("evidence")):
            raise ValidationError(_("เลือกไฟล์ใหม่ หรือหลักฐานที่มีอยู่ อย่างใดอย่างหนึ่ง"))
        if values.get("role") == FileRole.PICTURE and not values.get("text"):
            self.add_error("text", _("บอกว่าภาพแสดงอะไร ผู้ที่มองไม่เห็นภาพจะได้ทราบ"))
        return values


class AddForm(forms.Form):
    """A new page of a register, of a law, or of anything else."""

    kind = forms.ChoiceField(
        label=_("ชนิด"),
        choices=[
            (PageKind.FREE.value, PageKind.FREE.label),
            (LAW, _("กฎหมายและเทศบัญญัติ")),
            (PageKind.REGISTER.value, PageKind.REGISTER.label),
        ],
    )
    register = forms.ChoiceField(
        label=_("ทะเบียน"), required=False, help_text=_("เฉพาะหน้าตารางจากทะเบียน ตารางจะถูกเก็บตามวันที่อนุญาต")
    )
    year_be = forms.TypedChoiceField(label=_("ปีงบประมาณ"), required=False, coerce=int, empty_value=None)
    law_year_be = ThaiIntegerField(
        label=_("ปีของกฎหมาย (พ.ศ.)"),
        required=False,
        min_value=LAW_YEAR_MIN,
        max_value=YEAR_MAX,
        help_text=_("เฉพาะกฎหมายและเทศบัญญัติ ปีที่ประกาศใช้"),
    )
    law_state = forms.ChoiceField(
        label=_("สถานะของกฎหมาย"),
        required=False,
        choices=[("", _("– ไม่ใช่กฎหมาย –")), *LawState.choices],
        help_text=_("เฉพาะกฎหมายและเทศบัญญัติ เปลี่ยนได้ภายหลังในตั้งค่าหน้า"),
    )
    title = forms.CharField(label=_("ชื่อหน้า"), max_length=300)
    path = forms.CharField(
        label=_("ที่อยู่ในเว็บ"),
        required=False,
        max_length=PATH_MAX,
        help_text=_(
            "ตัวพิมพ์เล็กภาษาอังกฤษ เช่น mission หรือ laws/waste-2565 สำหรับกฎหมาย ที่อยู่นี้จะคงอยู่ตลอดไป หน้าตารางจากทะเบียนเว้นว่างไว้ได้"
        ),
    )
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("ส่วนราชการเจ้าของข้อมูล"), required=False, empty_label=_("– ทั้งหน่วยงาน –")
    )
    publisher_unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("ส่วนราชการที่นำขึ้นเว็บ"), required=False, empty_label=_("– ไม่ระบุ –")
    )
    review_on = ThaiDateField(label=_("วันที่ต้องทบทวน"), required=False, help_text=_("เมื่อถึงวันนี้หน้านี้จะอยู่ในรายการที่ต้องทบทวน"))

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"].choices = [("", _("– ไม่ใช่ทะเบียน –")), *_registers(scope)]  # type: ignore[attr-defined]
        self.fields["year_be"].choices = [("", _("– ไม่ระบุปี –")), *_years(scope.today)]  # type: ignore[attr-defined]
        _offer_units(self, scope)

    def clean(self) -> dict[str, Any]:
        """Make the path of a register's page; ask for one of another page."""
        values = super().clean() or {}
        values["year_be"] = values.get("year_be") or 0
        if values.get("kind") == PageKind.REGISTER:
            if not values.get("register"):
                self.add_error("register", _("เลือกทะเบียน"))
            year = values.get("year_be")
            values["path"] = f"{year}/data/{values.get('register')}" if year else f"data/{values.get('register')}"
        else:
            values["register"] = ""
            if not values.get("path"):
                self.add_error("path", _("ใส่ที่อยู่ของหน้า"))
        self._clean_law(values)
        return values

    def _clean_law(self, values: dict[str, Any]) -> None:
        """Ask a law for year and state, and put it below ``laws/``; anything else has neither."""
        year, path = values.pop("law_year_be", None), values.get("path") or ""
        is_free = values.get("kind") in (LAW, PageKind.FREE)
        if not (values.get("kind") == LAW or (is_free and path.startswith(LAWS))):
            values["law_state"] = ""
            return
        values |= {"kind": PageKind.FREE.value, "year_be": year or 0}
        values["path"] = path and f"{LAWS}{path.removeprefix(LAWS)}"
        if not year and "law_year_be" not in self.errors:
            self.add_error("law_year_be", _("ใส่ปีของกฎหมาย"))
        if not values.get("law_state"):
            self.add_error("law_state", _("เลือกว่ากฎหมายนี้มีผลใช้บังคับหรือยกเลิกแล้ว"))


def _registers(scope: Scope) -> Iterable[tuple[str, str]]:
    shown = (one for one in all_kept(scope) if one.is_open and one.register.public is not None)
    return [(one.id, one.name) for one in shown]


def _years(today: date) -> list[tuple[int, str]]:
    this = fiscal_year_be(today)
    return [(year, str(year)) for year in range(this + 1, this - YEARS_BACK, -1)]


def _offer_units(form: forms.Form, scope: Scope) -> None:
    for name in ("unit", "publisher_unit"):
        if name in form.fields:
            form.fields[name].queryset = Unit.objects.filter(agency=scope.agency).on(scope.today)  # type: ignore[attr-defined]


class SettingsForm(forms.Form):
    """What is said about a page. Whose it is says only who publishes."""

    title = forms.CharField(
        label=_("ชื่อหน้า"), max_length=300, help_text=_("ใช้เรียกหน้านี้ในระบบ ประชาชนเห็นชื่อเรื่องของฉบับที่อนุญาตแล้ว")
    )
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("ส่วนราชการเจ้าของข้อมูล"), required=False, empty_label=_("– ทั้งหน่วยงาน –")
    )
    publisher_unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("ส่วนราชการที่นำขึ้นเว็บ"), required=False, empty_label=_("– ไม่ระบุ –")
    )
    review_on = ThaiDateField(label=_("วันที่ต้องทบทวน"), required=False)
    event_on = ThaiDateField(label=_("วันที่จัดกิจกรรม"), required=False)
    law_state = forms.ChoiceField(label=_("สถานะของกฎหมาย"), choices=LawState.choices)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, scope: Scope, page: Page, *args: Any, may_hand_over: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(page, name) for name in (*SETTINGS, "version")}
        super().__init__(*args, **kwargs)
        if page.kind != PageKind.NEWS:
            del self.fields["event_on"]
        if not page.is_law:
            del self.fields["law_state"]
        if not may_hand_over:
            del self.fields["unit"], self.fields["publisher_unit"]
        _offer_units(self, scope)

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values of the page's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ChangeForm(forms.Form):
    """A change of what stands at an address. knows: asked where the address was submitted."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    knows = forms.BooleanField(label=_("ทราบว่าลิงก์นี้ยื่นในระบบ ITAS แล้ว และจำเป็นต้องเปลี่ยน"), required=False)

    def __init__(self, page: Page, *args: Any, is_locked: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": page.version} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if not is_locked:
            del self.fields["knows"]


class WithdrawForm(ChangeForm):
    """Why a page is taken away."""

    reason = forms.CharField(
        label=_("เหตุผลที่ถอน"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("ผู้ที่เปิดลิงก์จะเห็นเหตุผลนี้ อย่าใส่ข้อมูลส่วนบุคคล"),
    )


class RenameForm(ChangeForm):
    """Another path for a page."""

    path = forms.CharField(
        label=_("ที่อยู่ใหม่ในเว็บ"), max_length=PATH_MAX, help_text=_("a–z 0–9 จุด ขีด และ / ที่อยู่เดิมจะพาไปที่ใหม่เสมอ")
    )


class ElsewhereForm(ChangeForm):
    """Where a page is published instead."""

    address = AddressField(
        required=False,
        help_text=_("หน้าเว็บเดิมของหน่วยงานที่เผยแพร่เรื่องนี้อยู่แล้ว เว้นว่างเพื่อกลับมาใช้หน้าในเว็บนี้"),
    )


class NoteForm(forms.Form):
    """A decision about what was asked, or the asking itself. seen: hash of what stood before who decides."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("ความเห็น"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    knows = forms.BooleanField(required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
