"""The made-up municipality of the tests: units, and one person, post, appointment and account for every role."""

from __future__ import annotations

from datetime import date

from prongsai.web.agencies.models import (
    Agency,
    Appointment,
    Membership,
    Person,
    Post,
    PostRole,
    Unit,
    UnitAlias,
    User,
)
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope

CODE = "05160101"
SINCE = date(2020, 10, 1)
PASSWORD = "บ้านสวนพลู-ทดสอบ-2569"
UNITS = (
    ("สำนักปลัดเทศบาล", "office", ("สำนักปลัด", "สำนักปลัดฯ")),
    ("กองคลัง", "division", ()),
    ("กองช่าง", "division", ()),
    ("กองการศึกษา", "division", ()),
    ("กองสาธารณสุขและสิ่งแวดล้อม", "division", ("กองสาธารณสุข", "กองสาธารณสุขฯ")),
)
# role → given name, family name, post, unit (None: of the whole agency)
CAST = {
    Role.MAYOR: ("สมหมาย", "ใจกว้าง", "นายกเทศมนตรี", None),
    Role.SECRETARY: ("วิเชียร", "รอบรู้", "ปลัดเทศบาล", None),
    Role.COORDINATOR: ("มาลี", "ตั้งใจ", "หัวหน้าสำนักปลัดเทศบาล", "สำนักปลัดเทศบาล"),
    Role.HEAD: ("ประสิทธิ์", "มั่นคง", "ผู้อำนวยการกองคลัง", "กองคลัง"),
    Role.OFFICER: ("อรุณ", "ขยันยิ่ง", "นายช่างโยธา", "กองช่าง"),
    Role.CLERK: ("จันทร์", "เรียบร้อย", "เจ้าพนักงานธุรการ", "สำนักปลัดเทศบาล"),
    Role.ANALYST: ("สุดา", "คิดดี", "นักวิเคราะห์นโยบายและแผน", "สำนักปลัดเทศบาล"),
    Role.LEGAL: ("เที่ยง", "ธรรมดี", "นิติกร", "สำนักปลัดเทศบาล"),
    Role.SUPPLY: ("ประหยัด", "พอดี", "เจ้าพนักงานพัสดุ", "กองคลัง"),
    Role.PERSONNEL: ("อารี", "ใจเย็น", "นักทรัพยากรบุคคล", "สำนักปลัดเทศบาล"),
    Role.PUBLISHER: ("แจ่ม", "กระจ่าง", "นักประชาสัมพันธ์", "สำนักปลัดเทศบาล"),
    Role.AUDITOR: ("ตรง", "สุจริตกุล", "นักวิชาการตรวจสอบภายใน", None),
    Role.PRIVACY: ("ปกป้อง", "ดูแล", "เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล", None),
    Role.COUNCIL: ("สภา", "ใจธรรม", "สมาชิกสภาเทศบาล", None),
    Role.ADMIN: ("ระบบ", "แม่นยำ", "ผู้ดูแลระบบ", None),
}


def build(
    code: str = CODE, name: str = "เทศบาลตำบลบ้านสวนพลู", province: str = "ลพบุรี", letters: str = "ลบ ๕๒๗๐๑"
) -> Agency:
    """Make a municipality with everybody in it."""
    district = {"ลพบุรี": "เมืองลพบุรี"}.get(province, f"เมือง{province}")
    agency = Agency.objects.create(
        code=code, name=name, kind="subdistrict", province=province, district=district, letter_prefix=letters
    )
    units = {}
    for place, (title, kind, aliases) in enumerate(UNITS):
        units[title] = Unit.objects.create(agency=agency, name=title, kind=kind, place=place)
        for alias in aliases:
            UnitAlias.objects.create(agency=agency, unit=units[title], name=alias)
    for role, (given, family, post, unit) in CAST.items():
        _appoint(agency, role, given, family, post, units[unit] if unit else None)
    return agency


def _appoint(agency: Agency, role: Role, given: str, family: str, title: str, unit: Unit | None) -> None:
    person = Person.objects.create(
        agency=agency, prefix="นาย", given_name=given, family_name=family, joined_on=SINCE, employment="officer"
    )
    post = Post.objects.create(
        agency=agency, unit=unit, title=title, is_head=role in (Role.COORDINATOR, Role.HEAD), valid_from=SINCE
    )
    PostRole.objects.create(post=post, role=role)
    Appointment.objects.create(agency=agency, person=person, post=post, valid_from=SINCE)
    user = User(username=f"{role}-{agency.code}", first_name=given, last_name=family)
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(agency=agency, user=user, person=person)


def user(agency: Agency, role: Role) -> User:
    """Give the account of a role."""
    return User.objects.get(username=f"{role}-{agency.code}")


def scope(agency: Agency, role: Role) -> Scope:
    """Give the scope of a role."""
    found = scope_of(user(agency, role), agency.code)
    assert found is not None
    return found


def unit(agency: Agency, name: str) -> Unit:
    """Give a unit by its name."""
    return Unit.objects.get(agency=agency, name=name)
