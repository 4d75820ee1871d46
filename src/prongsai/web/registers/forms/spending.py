"""Forms of spending from the ledger: the file and its period, which column is what, which row a line is."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.registers.ledger import TARGETS
from prongsai.registers.sheet_limits import BYTES_MAX
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.forms.imports import SUFFIXES
from prongsai.web.registers.models import ImportBatch
from prongsai.web.registers.queries.library import Kept, as_read, kept_of
from prongsai.web.registers.queries.spans import progress_spans
from prongsai.web.registers.services import spending

YEARS_BACK = 2
BASES = (
    (spending.TOTAL, _("สะสมตั้งแต่ต้นปีงบประมาณ")),
    (spending.PERIOD, _("เฉพาะงวดที่รายงาน")),
)
_COLUMN, _CHOICE, _NUMBER = "column-", "choice-", "number-"


class SpendingForm(forms.Form):
    """An export and the period that it reports."""

    file = forms.FileField(
        label=_("ไฟล์จากระบบบัญชี"), widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        help_text=_("ไฟล์ Excel หรือ CSV ตามที่ส่งออก ไม่ต้องแก้หัวตาราง ไม่ต้องลบบรรทัดรวม"),
    )  # fmt: skip
    period = forms.ChoiceField(label=_("รายงานของงวด"))

    def __init__(self, scope: Scope, kept: Kept, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = fiscal_year_be(scope.today)
        begun = [
            (
                f"{year}/{one.starts_on.isoformat()}",
                to_thai(_("{label} ปีงบประมาณ {year}").format(label=one.label, year=year)),
            )
            for year in range(this, this - YEARS_BACK, -1)
            for one in reversed(progress_spans(kept_of(scope, kept.id, year).register, year))
            if one.starts_on <= scope.today
        ]
        period: Any = self.fields["period"]
        period.choices = begun
        period.initial = next(iter(begun), ("", ""))[0]

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        sent = self.cleaned_data["file"]
        if sent.size > BYTES_MAX:
            raise ValidationError(_("ไฟล์ใหญ่เกินกำหนด"))
        return sent

    @property
    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        year, _slash, first = self.cleaned_data["period"].partition("/")
        sent = self.cleaned_data["file"]
        return {
            "content": sent.read(), "name": sent.name or "", "year": int(year), "starts_on": date.fromisoformat(first),
        }  # fmt: skip


class ColumnsForm(forms.Form):
    """Which column of an export is what, and what its figures are of."""

    basis = forms.ChoiceField(label=_("ยอดในไฟล์เป็นยอดของ"), choices=BASES, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, batch: ImportBatch, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = batch.version
        self.fields["basis"].initial = batch.details.get("basis")
        heads = [(str(place), label) for place, label in enumerate(batch.head) if label]
        for target in TARGETS:
            self.fields[_COLUMN + target.key] = forms.ChoiceField(
                label=as_read(target.label_th, target.label_en),
                required=False,
                choices=[("", _("– ไม่มีในไฟล์ –")), *heads],
                initial=str(batch.columns.get(target.key, "")),
            )

    @property
    def column_lines(self) -> list[Any]:
        """The fields for columns."""
        return [self[name] for name in self.fields if name.startswith(_COLUMN)]

    @property
    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        columns = {
            name.removeprefix(_COLUMN): int(place)
            for name, place in self.cleaned_data.items()
            if name.startswith(_COLUMN) and place != ""
        }
        return {
            "columns": columns, "basis": self.cleaned_data["basis"], "version": self.cleaned_data["version"],
        }  # fmt: skip

    def refuse(self, refused: spending.ColumnsRefused) -> None:
        """Show what the service refused beside its column."""
        for name, fault in refused.faults.items():
            self.add_error(name if name in self.fields else _COLUMN + name, fault)


def choices_of(data: Any, numbers: dict[int, int]) -> dict[int, int]:
    """Read which row each line is: chosen from what it may be, or by the number of the plan's row.

    numbers: number of a row of the plan → its pk. Raises ValidationError that names the line with an odd number.
    """
    found: dict[int, int] = {}
    for name in data:
        line = name.removeprefix(_CHOICE)
        if name == line or not line.isdecimal() or len(line) > 7:
            continue
        typed, picked = str(data.get(_NUMBER + line, "")).strip(), str(data.get(name, ""))
        if typed:
            number = int(typed) if typed.isdecimal() and len(typed) < 8 else 0
            if number not in numbers:
                raise ValidationError(
                    _("แถว {line}: ไม่มีรายการเลขที่ {number} ในแผน").format(line=line, number=typed[:20])
                )
            found[int(line)] = numbers[number]
        elif re.fullmatch(r"-?[0-9]{1,11}", picked):
            found[int(line)] = int(picked)
    return found
