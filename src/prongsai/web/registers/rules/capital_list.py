"""The list of investments: every row rests on an investment line; the assessment's own table has sixteen columns."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.registers.values import show
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry

EMPTY = "-"
MINISTRY, AGENCY_TYPE = "มหาดไทย", "องค์กรปกครองส่วนท้องถิ่น"
AGENCY_HEADS = ("ที่", "ปีงบประมาณ", "ชื่อหน่วยงาน", "อำเภอ", "จังหวัด", "กระทรวง", "ประเภทหน่วยงาน")
ROW_KEYS = ("item", "budget_thb", "source", "status", "method", "reference_thb", "agreed_thb", "vendor", "egp_no")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a row that rests on a line of another category."""
    line = values.get("line")
    if not isinstance(line, Ref) or line.id is None:
        return
    for kept in Entry.objects.filter(agency=scope.agency, pk=line.id).values_list("values", flat=True):
        if kept.get("category") != "investment":
            told = _("“{line}” ไม่ใช่งบลงทุน").format(line=line.text)
            yield Fault("line", "NOT_INVESTMENT", told, _("เลือกรายการงบลงทุน"))


def official_table(
    agency: Agency, register: Register, year_be: int, rows: Sequence[Values]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Give heads and rows of the assessment's table: sixteen columns, no cell empty, Arabic digits."""
    fields = [field for key in ROW_KEYS if (field := register.field_of(key))]
    heads = (*AGENCY_HEADS, *(field.label_th for field in fields))
    own = (str(year_be), agency.name, agency.district, agency.province, MINISTRY, AGENCY_TYPE)
    table = [
        tuple(
            cell or EMPTY for cell in (str(number), *own, *(show(f, row.get(f.key), digits="arabic") for f in fields))
        )
        for number, row in enumerate(rows, 1)
    ]
    return heads, table
