"""Forms: a published table as a file, what its columns are, accepting it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.errors import FrameworkError
from prongsai.frameworks.load import load
from prongsai.registers.sheet_limits import BYTES_MAX
from prongsai.web.results.models import ResultTable, TableState
from prongsai.web.results.queries import Columns

ACCEPT = ".xlsx,.xls,.ods,.csv,.docx,.pdf,.html"
_WITHIN = [
    ("table", _("ทั้งตาราง")),
    ("province", _("ภายในจังหวัด")),
    ("kind", _("ภายในประเภท")),
    ("province+kind", _("ภายในประเภทและจังหวัด")),
]


class UploadForm(forms.Form):
    """A published table as a file."""

    file = forms.FileField(
        label=_("ไฟล์ตารางผลการประเมิน"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("xlsx xls ods csv docx pdf หรือ html ไม่เกิน ๒๐ MB หัวตารางต้องมีหน่วยงานและคะแนน"),
    )
    source = forms.CharField(
        label=_("แหล่งที่มา"), max_length=300, help_text=_("ใครเผยแพร่ ที่ใด เมื่อใด พิมพ์ให้ประชาชนเห็นในหน้าวิธีการ")
    )
    framework = forms.CharField(
        label=_("กรอบที่ใช้ตรวจ"),
        required=False,
        max_length=100,
        help_text=_("ว่างไว้ให้ใช้กรอบของปีในตาราง เช่น ita-2567"),
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large to be read."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > BYTES_MAX:
            raise ValidationError(_("ไฟล์ใหญ่เกิน ๒๐ MB"))
        return file

    def clean_framework(self) -> str:
        """Refuse a framework that is not there."""
        name = str(self.cleaned_data["framework"]).strip()
        if name:
            try:
                load(name)
            except FrameworkError as mistake:
                raise ValidationError(mistake.one_line) from mistake
        return name


class ColumnsForm(forms.Form):
    """What each column is. Cleaned: ``said`` as a mapping takes it."""

    year = forms.IntegerField(
        label=_("ปีงบประมาณ (พ.ศ.)"),
        required=False,
        min_value=2500,
        max_value=2700,
        help_text=_("ของทั้งตาราง เว้นว่างเมื่อมีช่องปี"),
    )
    province = forms.CharField(
        label=_("จังหวัด"), required=False, max_length=60, help_text=_("ของทั้งตาราง เว้นว่างเมื่อมีช่องจังหวัด")
    )
    rank_within = forms.ChoiceField(label=_("อันดับที่พิมพ์นับภายใน"), choices=_WITHIN)

    def __init__(self, columns: Columns, *args: Any, **kwargs: Any) -> None:
        reading = columns.reading
        kwargs["initial"] = {"year": reading.year_be, "province": reading.province, "rank_within": reading.within}
        super().__init__(*args, **kwargs)
        self.columns = columns
        for column in columns.columns:
            label = f"{column.guess.letter} {column.guess.head}".strip()
            self.fields[f"column-{column.guess.letter}"] = forms.ChoiceField(
                label=label, required=False, choices=columns.roles, initial=column.role
            )

    def clean(self) -> dict[str, Any]:
        """Gather what was said."""
        given = self.cleaned_data
        letters = [column.guess.letter for column in self.columns.columns]
        said = {letter: given.get(f"column-{letter}", "") for letter in letters}
        given["said"] = {
            "columns": said,
            "year": given.get("year"),
            "province": given.get("province") or "",
            "rank_within": given.get("rank_within") or "table",
        }
        return given

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Each column with its field."""
        return [(column, self[f"column-{column.guess.letter}"]) for column in self.columns.columns]

    @property
    def plain(self) -> list[Any]:
        """The fields of the whole table."""
        return [self[name] for name in ("year", "province", "rank_within")]


class AcceptForm(forms.Form):
    """Which older tables a new one replaces, and that its contradictions were looked at."""

    replaces = forms.MultipleChoiceField(label=_("แทนตารางเดิม"), required=False, widget=forms.CheckboxSelectMultiple)
    looked = forms.BooleanField(label=_("ดูข้อขัดแย้งแล้ว รับตามที่พิมพ์ และให้แสดงข้อขัดแย้งต่อประชาชน"), required=True)

    def __init__(self, table: ResultTable, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        older = ResultTable.objects.filter(state=TableState.ACCEPTED).defer("problems")
        same = [one for one in older if set(one.years) & set(table.years)]
        self.fields["replaces"].choices = [(str(one.pk), str(one)) for one in same]  # type: ignore[attr-defined]
        if not same:
            del self.fields["replaces"]
        if not table.errors_count:
            del self.fields["looked"]
