"""Projects by the code of the development plan, which joins plan, budget and report; and when they may start."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault
from prongsai.thai.numerals import to_arabic, to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules._rows import counted_entries

PLAN, BYLAWS, LINES = "development-plan", "budget-bylaws", "budget-lines"
OPERATION, SPENDING, PREVENTION = "operation-plan", "spending-plan", "prevention-plan"
CODE_FIELDS = {LINES: "code", OPERATION: "code", SPENDING: "project_code", PREVENTION: "code"}  # the project's code
IN_FORCE = "in_force"


def code_key(code: object) -> str:
    """Give a code as it is compared: digits may be Thai, spaces and case do not matter. Empty for none."""
    return "".join(to_arabic(code).split()).casefold() if isinstance(code, str) else ""


def codes_of(scope: Scope, year: int) -> set[str]:
    """Give the codes of the projects in the development plan of a fiscal year (BE), as they are compared."""
    return {code_key(code) for code in counted_entries(scope, PLAN, year).values_list("values__code", flat=True)}


def code_faults(scope: Scope, code: object, year: int, field: str = "code") -> Iterator[Fault]:
    """Warn of a code that is not in the development plan of its year; not while there is no plan of the year.

    field: the one that holds it.
    """
    key = code_key(code)
    known = codes_of(scope, year) if key else set()
    if known and key not in known:
        told = _("รหัส {code} ไม่อยู่ในแผนพัฒนาของปี {year}").format(code=code, year=year)
        yield Fault(field, "NOT_IN_PLAN", told, _("ใช้รหัสตามแผนพัฒนา หรือเพิ่มโครงการในแผนก่อน"), is_warning=True)


def why_not_start(scope: Scope, year: int) -> str:
    """Say why nothing of a fiscal year (BE) may start yet: no by-law of it is in force. Empty once there is one.

    Empty too in an office that has switched the register of by-laws off.
    """
    if not kept_of(scope, BYLAWS).is_open:
        return ""
    found = counted_entries(scope, BYLAWS, year).filter(state=IN_FORCE, dated_on__lte=scope.today)
    if found.filter(values__kind="annual").exists():
        return ""
    told = _("เทศบัญญัติงบประมาณรายจ่ายประจำปี {year} ยังไม่ใช้บังคับ จึงเริ่มหรือรายงานไม่ได้ บันทึกในทะเบียนเทศบัญญัติงบประมาณก่อน")
    return to_thai(told.format(year=year))
