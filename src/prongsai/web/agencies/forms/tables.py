"""Forms of bulk entry."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.queries.tables import Kind, read_pasted, read_upload

FILE_BYTES_MAX = 10 * 1_048_576


class TableForm(forms.Form):
    """A table, pasted or as a file. Cleaned: ``kind``, ``rows`` (texts, the head first), ``name``."""

    kind = forms.ChoiceField(label=_("เป็นตารางของ"), choices=Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("วางตารางที่นี่"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("เลือกช่องใน Excel รวมแถวหัวตาราง คัดลอก แล้ววาง หรือพิมพ์โดยคั่นช่องด้วยจุลภาค"),
    )
    file = forms.FileField(
        label=_("หรือเลือกไฟล์"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.docx"}),
        help_text=_("xlsx ods csv หรือตารางใน docx ไม่เกิน ๑๐ MB"),
    )

    def clean(self) -> dict[str, Any]:
        """Read the table. Raises ValidationError."""
        given = self.cleaned_data
        if "kind" not in given:
            return given
        file, text = given.get("file"), given.get("text") or ""
        if not file and not text.strip():
            raise ValidationError(_("วางตาราง หรือเลือกไฟล์ อย่างใดอย่างหนึ่ง"))
        try:
            given["rows"] = _read_file(file, given["kind"]) if file else read_pasted(text, Kind(given["kind"]))
        except ProngsaiError as error:
            raise ValidationError({"file" if file else "text": error.one_line}) from error
        given["name"] = file.name if file else ""
        return given


def _read_file(file: UploadedFile, kind: str) -> list[list[str]]:
    if (file.size or 0) > FILE_BYTES_MAX:
        raise ValidationError({"file": _("ไฟล์ใหญ่เกิน ๑๐ MB แบ่งเป็นหลายไฟล์แล้วส่งทีละไฟล์")})
    return read_upload(file.read(), file.name or "", Kind(kind))


class MendForm(forms.Form):
    """The whole table as text, to be mended by hand. Cleaned: ``rows``."""

    text = forms.CharField(
        label=_("ตารางทั้งหมด คั่นช่องด้วยแท็บ"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "wrap": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind

    def clean(self) -> dict[str, Any]:
        """Read the table. Raises ValidationError."""
        given = self.cleaned_data
        if given.get("text"):
            try:
                given["rows"] = read_pasted(given["text"], self._kind)
            except ProngsaiError as error:
                raise ValidationError({"text": error.one_line}) from error
        return given
