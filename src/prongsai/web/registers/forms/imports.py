"""Forms of imports: what to bring in, and how to save it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.registers.sheet_limits import BYTES_MAX, ROWS_MAX
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.queries.library import Kept

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt")
PASTED = "ตารางที่วาง.csv"
PASTED_LETTERS_MAX = 1_000_000
YEARS_BACK = 6
_MB = 1_000_000


class ImportForm(forms.Form):
    """A file, or cells that were copied from a sheet and pasted."""

    file = forms.FileField(
        label=_("ไฟล์ตาราง"), required=False, widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)})
    )
    pasted = forms.CharField(
        label=_("หรือวางตารางที่คัดลอกมา"),
        required=False,
        max_length=PASTED_LETTERS_MAX,
        strip=False,
        widget=forms.Textarea(attrs={"rows": "5", "spellcheck": "false"}),
        help_text=_("เลือกช่องใน Excel รวมทั้งหัวตาราง คัดลอก แล้ววางที่นี่"),
    )
    year = forms.TypedChoiceField(label=_("ปีงบประมาณ"), coerce=int, required=False)

    def __init__(self, scope: Scope, kept: Kept, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = to_thai(
            _("Excel, OpenDocument หรือ CSV ไม่เกิน {mb} MB และ {rows} แถว").format(
                mb=BYTES_MAX // _MB, rows=f"{ROWS_MAX:,}"
            )
        )
        if kept.register.standing:
            del self.fields["year"]
            return
        this = fiscal_year_be(scope.today)
        year: Any = self.fields["year"]
        years = [(each, to_thai(str(each))) for each in range(this + 1, this - YEARS_BACK, -1)]
        year.choices = [("", _("ตามวันที่ของแต่ละแถว")), *years] if kept.register.dated_by else years
        year.initial = "" if kept.register.dated_by else this

    def clean(self) -> dict[str, Any]:
        """Take one of the two, and no file that is too large."""
        cleaned = super().clean() or self.cleaned_data
        file, pasted = cleaned.get("file"), (cleaned.get("pasted") or "").strip()
        if not self.errors and bool(file) == bool(pasted):
            raise ValidationError(_("เลือกไฟล์ หรือวางตาราง อย่างใดอย่างหนึ่ง"))
        if file and file.size > BYTES_MAX:
            self.add_error("file", ValidationError(_("ไฟล์ใหญ่เกิน %(mb)s MB"), params={"mb": BYTES_MAX // _MB}))
        return cleaned

    @property
    def name(self) -> str:
        """What the sheet is called."""
        file = self.cleaned_data.get("file")
        return file.name if file else PASTED

    @property
    def content(self) -> bytes:
        """The bytes of the sheet."""
        file = self.cleaned_data.get("file")
        return file.read() if file else self.cleaned_data["pasted"].encode()

    @property
    def year_be(self) -> int:
        """The fiscal year of rows without a date, 0 for any."""
        return self.cleaned_data.get("year") or 0


class SaveForm(forms.Form):
    """How a batch is saved. again: although the same file was saved before."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    only_good = forms.BooleanField(label=_("บันทึกเฉพาะแถวที่ถูก"), required=False)
    again = forms.BooleanField(label=_("บันทึกซ้ำอีกครั้ง"), required=False)
