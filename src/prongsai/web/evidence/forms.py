"""Forms for evidence. ``AttachForm`` is for every page that takes evidence: a file, an address, or one that is there.

In a view: ``form = AttachForm(scope, request.POST or None, request.FILES or None)``; when it is valid,
``attachment_from(scope, given=form.cleaned_data, unit=…)`` of the services gives the evidence (None when nothing was
given and nothing is needed). The page's form must have ``enctype="multipart/form-data"``.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prongsai.errors import ProngsaiError
from prongsai.thai.text import collapse, normalise
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence import queries
from prongsai.web.evidence.media import KINDS, SUFFIXES, media_of
from prongsai.web.evidence.models import Evidence, check_address
from prongsai.web.evidence.names import clean_name
from prongsai.web.evidence.store import too_large
from prongsai.web.ui.forms import ThaiDateField, ThaiIntegerField

OFFERED = 60
ADDRESS_MAX = 1000
YEAR_MIN, YEAR_MAX = 2500, 2643
_CHOOSE = _("เลือกไฟล์ ใส่ที่อยู่เว็บ หรือเลือกหลักฐานที่มีอยู่ อย่างใดอย่างหนึ่ง")


class SafeFileField(forms.FileField):
    """A file whose type is found in its bytes and whose size is within the office's limit."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("ไฟล์"))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse what is not taken, with the reason. Raises ValidationError."""
        file = super().clean(data, initial)
        if file:
            _check(file)
        return file

    def to_python(self, data: Any) -> Any:
        """Leave an empty file to the check of types, which says what to do about it."""
        self.allow_empty_file = True
        return super().to_python(data)


def _check(file: UploadedFile) -> None:
    name = clean_name(file.name or "")
    try:
        if (file.size or 0) > settings.MAX_UPLOAD_MB * 1_048_576:
            raise too_large(name)
        media_of(file.read(), name)
    except ProngsaiError as refusal:
        raise ValidationError(refusal.one_line) from refusal
    finally:
        file.seek(0)


class AddressField(forms.URLField):
    """A web address that may be kept: of http or https, without anybody's name and password."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("ที่อยู่เว็บ (URL)"))
        kwargs.setdefault("max_length", ADDRESS_MAX)
        super().__init__(assume_scheme="https", **kwargs)

    def clean(self, value: Any) -> str:
        """Refuse what is no web address. Raises ValidationError."""
        address = str(super().clean(value))
        try:
            check_address(address)
        except ValidationError as fault:
            raise ValidationError(fault.messages) from fault
        return address


class _Offered(forms.models.ModelChoiceIterator):
    """The newest few; any other of the agency's is still a valid answer."""

    def __iter__(self) -> Any:
        yield ("", self.field.empty_label)
        for record in self.queryset[:OFFERED]:
            yield self.choice(record)


class EvidenceChoice(forms.ModelChoiceField):
    """One of the agency's evidence: the newest are offered."""

    iterator = _Offered

    def label_from_instance(self, obj: Any) -> str:
        """Print its number, title and year."""
        year = f" ({obj.content_year_be})" if obj.content_year_be else ""
        return f"{obj.pk} · {obj.title[:90]}{year}"


class AttachForm(forms.Form):
    """A file, or an address, or evidence that is there. needed: whether one of them must be given."""

    file = SafeFileField(required=False)
    address = AddressField(label=_("หรือที่อยู่เว็บ (URL)"), required=False, help_text=_("เช่น หน้าประกาศบนเว็บไซต์"))
    existing = EvidenceChoice(
        queryset=Evidence.objects.none(), label=_("หรือหลักฐานที่มีอยู่แล้ว"), required=False, empty_label=_("– ไม่เลือก –")
    )
    number = ThaiIntegerField(
        label=_("หรือเลขที่หลักฐาน"), required=False, min_value=1, help_text=_("ดูเลขที่ได้จากหน้ารายการหลักฐาน")
    )
    title = forms.CharField(
        label=_("ชื่อหลักฐาน"), required=False, max_length=300, help_text=_("เว้นว่างไว้ได้ ระบบจะใช้ชื่อไฟล์")
    )

    def __init__(self, scope: Scope, *args: Any, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope, self.needed = scope, needed
        self.fields["existing"].queryset = queries.usable(scope)  # type: ignore[attr-defined]

    def clean_number(self) -> Evidence | None:
        """Find the evidence of a number."""
        number = self.cleaned_data["number"]
        found = queries.usable(self.scope).filter(pk=number).first() if number else None
        if number and found is None:
            raise ValidationError(_("ไม่พบหลักฐานเลขที่นี้ หรือหลักฐานนั้นถูกยกเลิกแล้ว"))
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse more than one of the ways, and none where one is needed."""
        values = super().clean() or {}
        given = [name for name in ("file", "address", "existing", "number") if values.get(name)]
        if not self.errors and (len(given) > 1 or (self.needed and not given)):
            raise ValidationError(_CHOOSE)
        return values


class EvidenceFields(forms.Form):
    """What is said about evidence. Three years that are not the same are asked apart."""

    title = forms.CharField(
        label=_("ชื่อหลักฐาน"), required=False, max_length=300, help_text=_("เว้นว่างไว้ได้ ระบบจะใช้ชื่อไฟล์")
    )
    content_year_be = ThaiIntegerField(
        label=_("ปีงบประมาณของเนื้อหา (พ.ศ.)"),
        required=False,
        min_value=YEAR_MIN,
        max_value=YEAR_MAX,
        help_text=_("เนื้อหาพูดถึงปีใด เช่น แผนของปี 2569"),
    )
    document_date = ThaiDateField(
        label=_("วันที่ในเอกสาร"), required=False, help_text=_("วันที่ที่พิมพ์หรือลงนามไว้ เช่น 30/3/2569")
    )
    received_on = ThaiDateField(label=_("วันที่ได้รับ"), required=False, help_text=_("วันที่หน่วยงานได้เอกสารนี้มา"))
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("ส่วนราชการเจ้าของ"), required=False, empty_label=_("– ทั้งหน่วยงาน –")
    )
    note = forms.CharField(label=_("หมายเหตุ"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = _units(scope)  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        """Give the title in one spelling, so that it can be searched for."""
        return collapse(normalise(self.cleaned_data["title"]))


class AddForm(EvidenceFields):
    """New evidence: a file or an address, and what is said about it."""

    file = SafeFileField(required=False)
    address = AddressField(label=_("หรือที่อยู่เว็บ (URL)"), required=False)
    field_order = ("file", "address", "title", "content_year_be", "document_date", "received_on", "unit", "note")

    def clean(self) -> dict[str, Any]:
        """Refuse both and neither."""
        values = super().clean() or {}
        if not self.errors and bool(values.get("file")) == bool(values.get("address")):
            raise ValidationError(_("เลือกไฟล์หรือใส่ที่อยู่เว็บ อย่างใดอย่างหนึ่ง"))
        return values


class EditForm(EvidenceFields):
    """What is said about evidence that is there; the file itself never changes."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, scope: Scope, evidence: Evidence, *args: Any, **kwargs: Any) -> None:
        names = ("title", "content_year_be", "document_date", "received_on", "unit", "note", "version")
        kwargs["initial"] = {name: getattr(evidence, name) for name in names} | (kwargs.get("initial") or {})
        super().__init__(scope, *args, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].help_text = ""


class ReviseForm(EditForm, AddForm):
    """A newer file or address in the place of evidence."""


class FilterForm(forms.Form):
    """What the list of evidence is narrowed by."""

    q = forms.CharField(label=_("ค้นหา"), required=False, max_length=100)
    year = forms.TypedChoiceField(label=_("ปีของเนื้อหา"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("ชนิด"), required=False)
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("ส่วนราชการ"), required=False, empty_label=_("ทุกส่วนราชการ")
    )
    unused = forms.BooleanField(label=_("เฉพาะที่ยังไม่ถูกใช้"), required=False)
    old = forms.BooleanField(label=_("รวมฉบับเก่าและที่ยกเลิก"), required=False)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(year, year) for year in queries.years_of(scope)]
        self.fields["year"].choices = [("", _("ทุกปี")), *years]  # type: ignore[attr-defined]
        kinds = [*KINDS.items(), ("address", _("ที่อยู่เว็บ"))]
        self.fields["kind"].choices = [("", _("ทุกชนิด")), *kinds]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = _units(scope)  # type: ignore[attr-defined]


def _units(scope: Scope) -> QuerySet[Unit]:
    return Unit.objects.filter(agency=scope.agency).on(scope.today)
