"""Officers of the information centre: in office only by an order in force that names them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from prongsai.registers.load import of_year
from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_arabic, to_thai
from prongsai.web.agencies.models import CommitteeMember, JobOrder
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import Row, counted, id_of

REGISTER = "information-officers"
SOON = timedelta(days=30)
_HELD = ("person", "order_no")

Orders = Mapping[tuple[str, int], date | None]  # number and person → the last day of the order, None without one


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse an officer whom no order in force names, today and on the first day; what stands already stays."""
    since = values.get("since_on")
    if not isinstance(since, date) or _stands(entry, values):
        return
    for day in sorted({since, max(since, scope.today)}):
        if _key(values) not in orders_on(scope, day):
            told = _("ไม่พบคำสั่งเลขที่ {number} ที่มีชื่อ{person}และมีผลในวันที่ {day}").format(
                number=values.get("order_no"), person=_name(values), day=format_date(day, "abbr", digits="arabic")
            )
            mend = _("บันทึกคำสั่งในหน้า “คณะกรรมการ” หรือ “คำสั่งมอบหมายงาน” ก่อน")
            yield Fault("order_no", "NO_ORDER", told, mend)
            return


def _stands(entry: Entry | None, values: Values) -> bool:
    if entry is None:
        return False
    kept = (entry.values.get("order_no"), (entry.values.get("person") or {}).get("id"))
    return kept == (values.get("order_no"), id_of(values.get("person")))


def orders_on(scope: Scope, day: date) -> Orders:
    """Give whom which order names on a day: the members of committees, and who was given work. Two queries."""
    members = CommitteeMember.objects.filter(committee__agency=scope.agency).select_related("committee")
    found = {(_number(one.committee.order_no), one.person_id): one.committee for one in members}
    jobs = JobOrder.objects.filter(agency=scope.agency).on(day)
    in_force = {key: one.valid_to for key, one in found.items() if one.holds_on(day)}
    return in_force | {(_number(one.order_no), one.person_id): one.valid_to for one in jobs}


def _number(text: object) -> str:
    return "".join(to_arabic(str(text or "")).split())


def _key(values: Values) -> tuple[str, int]:
    return _number(values.get("order_no")), id_of(values.get("person")) or 0


def _name(values: Values) -> str:
    person = values.get("person")
    return person.text if isinstance(person, Ref) else ""


def officers_on(scope: Scope, day: date) -> list[Row]:
    """Give who is in office at the centre by an order on a day."""
    orders = orders_on(scope, day)
    rows = counted(scope, of_year(REGISTER, 0))
    return [(entry, values) for entry, values in rows if _has_begun(values, day) and _key(values) in orders]


def _has_begun(values: Values, day: date) -> bool:
    since = values.get("since_on")
    return isinstance(since, date) and since <= day


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Say that there is no officer, whose order has run out, and whose will soon."""
    orders = orders_on(scope, scope.today)
    rows = [values for _entry, values in counted(scope, register)]
    if not rows:
        yield Notice(_("ยังไม่มีเจ้าหน้าที่ศูนย์ข้อมูลข่าวสารที่ได้รับแต่งตั้งโดยคำสั่ง"), is_blocking=True)
    for values in rows:
        if not _has_begun(values, scope.today):
            continue
        if _key(values) not in orders:
            told = _("คำสั่งที่ {number} ของ{person}ไม่มีผลแล้ว ออกคำสั่งใหม่หรือบันทึกว่าพ้นหน้าที่")
            told = told.format(number=values["order_no"], person=_name(values))
            yield Notice(to_thai(told), is_blocking=True)
        elif (last := orders[_key(values)]) and last <= scope.today + SOON:
            told = _("คำสั่งที่ {number} ของ{person}จะสิ้นผลวันที่ {day}").format(
                number=values["order_no"], person=_name(values), day=format_date(last, "abbr")
            )
            yield Notice(to_thai(told))
