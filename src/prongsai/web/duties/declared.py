"""How a standard duty is declared, and the units and posts that usually have the work."""

from typing import NamedTuple

from prongsai.web.duties.models import DutyKind, Rhythm

FINANCE = ("กองคลัง", "สำนักคลัง", "ส่วนการคลัง")
OFFICE = ("สำนักปลัดเทศบาล", "สำนักปลัด")
PERSONNEL = ("กองการเจ้าหน้าที่", *OFFICE)
PLANNING = ("กองยุทธศาสตร์และงบประมาณ", "กองวิชาการและแผนงาน", *OFFICE)

# A post is found by its title, with its level behind it or not.
TOP = ("นายกเทศมนตรี", "นายกองค์การบริหารส่วนตำบล", "นายกองค์การบริหารส่วนจังหวัด")
PERMANENT = ("ปลัดเทศบาล", "ปลัดองค์การบริหารส่วนตำบล", "ปลัดองค์การบริหารส่วนจังหวัด")
HEAD = ("หัวหน้าสำนักปลัดเทศบาล", "หัวหน้าสำนักปลัด")
PLANNER = ("นักวิเคราะห์นโยบายและแผน", *HEAD)
PERSONNEL_OFFICER = ("นักทรัพยากรบุคคล", "เจ้าพนักงานทรัพยากรบุคคล", *HEAD)
LAWYER = ("นิติกร", *HEAD)
CLERK = ("นักจัดการงานทั่วไป", "เจ้าพนักงานธุรการ", *HEAD)
SUPPLY = ("นักวิชาการพัสดุ", "เจ้าพนักงานพัสดุ", "ผู้อำนวยการกองคลัง", "ผู้อำนวยการสำนักคลัง")
TREASURER = ("ผู้อำนวยการกองคลัง", "ผู้อำนวยการสำนักคลัง")
AUDITOR = ("นักวิชาการตรวจสอบภายใน", "เจ้าพนักงานตรวจสอบภายใน")


class Standard(NamedTuple):
    """A standard duty. units, posts: names of those that usually do it; the first that the agency has gets it.

    days_after: from the end of the period. month: for what comes once a year in one month. form: where it is filled in:
    ``register:<id>``, ``paper:<kind of reports.catalogue>`` or ``page:<route>``. items: lasting keys of the items that
    it proves, as the frameworks of several years call them. unverified: what about it nobody has confirmed.
    """

    key: str
    title: str
    how: str
    rhythm: Rhythm
    days_after: int = 10
    month: int | None = None
    kind: DutyKind = DutyKind.GENERAL
    units: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    form: str = ""
    items: tuple[str, ...] = ()
    unverified: str = ""


def in_month(month: int, key: str, title: str, how: str, **more: object) -> Standard:
    """Declare what comes once a year, to be done by the end of a month. more: as ``Standard`` takes it."""
    return Standard(key, title, how, Rhythm.YEARLY, 0, month, **more)  # type: ignore[arg-type]


def report(key: str, title: str, how: str, **more: object) -> Standard:
    """Declare a report of every half-year, due on the fifteenth day after it."""
    return Standard(key, title, how, Rhythm.HALF_YEARLY, 15, kind=DutyKind.REPORT, **more)  # type: ignore[arg-type]
