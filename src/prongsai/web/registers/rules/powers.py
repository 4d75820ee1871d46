"""Powers: the cited act and its year are held against the list of laws."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.reports.lint.laws import known_act
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry

_FORMS = ("พระราชบัญญัติ", "พ.ร.บ.", "พรบ.", "พระราชกฤษฎีกา", "ระเบียบ")
_USUAL = "พระราชบัญญัติ"


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a year in which no act of that title was made or amended; an act that is not on the list is believed."""
    title, year = values.get("act"), values.get("act_year_be")
    if not (isinstance(title, str) and isinstance(year, Decimal)):
        return
    act = known_act(*_parted(title))
    if act and int(year) not in (*act.years_be, *act.amended_be):
        told = _("{act}เป็นของ พ.ศ. {right} ไม่ใช่ {wrong}")
        told = told.format(act=f"{act.form}{act.title}", right=act.years_be[-1], wrong=int(year))
        yield Fault("act_year_be", "ACT_YEAR", told, _("ตรวจปีของกฎหมายแล้วแก้ให้ถูก"))


def _parted(title: str) -> tuple[str, str]:
    bare = title.strip()
    form = next((one for one in _FORMS if bare.startswith(one)), "")
    return form or _USUAL, bare.removeprefix(form).strip()
