"""Roles of an office and what each may do. The table that a test holds this against: ``docs/reference/rights.yaml``."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Roles that a post may be given."""

    MAYOR = "mayor", _("นายก / รองนายก")
    SECRETARY = "secretary", _("ปลัด / รองปลัด")
    COORDINATOR = "coordinator", _("ผู้ประสานงาน ITA")
    HEAD = "head", _("หัวหน้าส่วนราชการ")
    OFFICER = "officer", _("เจ้าของเรื่อง")
    CLERK = "clerk", _("เจ้าหน้าที่ธุรการ")
    ANALYST = "analyst", _("นักวิเคราะห์นโยบายและแผน")
    LEGAL = "legal", _("นิติกร")
    SUPPLY = "supply", _("เจ้าหน้าที่พัสดุ")
    PERSONNEL = "personnel", _("งานการเจ้าหน้าที่")
    PUBLISHER = "publisher", _("ประชาสัมพันธ์ / ผู้ดูแลเว็บไซต์")
    AUDITOR = "auditor", _("ตรวจสอบภายใน")
    PRIVACY = "privacy", _("เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล")
    COUNCIL = "council", _("สมาชิกสภา")
    ADMIN = "admin", _("ผู้ดูแลระบบ")


class Power(StrEnum):
    """What somebody may do in an agency."""

    SEE_WORK = "see_work"  # items, findings, measures, tasks, evidence, reports, calendar
    DO_WORK = "do_work"  # fill in what one's own unit has to do; attach evidence
    RUN_CYCLE = "run_cycle"  # open cycles, take papers in, dispatch, change anybody's work
    APPROVE = "approve"  # approve what somebody else has drafted
    FOLLOW_UP = "follow_up"  # record an executive's follow-up
    SEE_PEOPLE = "see_people"  # units, people, posts, committees
    KEEP_PEOPLE = "keep_people"  # change them
    KEEP_ACCOUNTS = "keep_accounts"  # invitations, roles, closing accounts, settings of the agency
    SEE_JOURNAL = "see_journal"
    PUBLISH = "publish"  # the public site, addresses that are watched, what is submitted
    KEEP_LETTERS = "keep_letters"  # registers of numbers and of what came in, circulars, deliveries
    GUARD_PRIVACY = "guard_privacy"  # decide what the privacy gate found; erase what should never have been public


_STAFF = frozenset({Power.SEE_WORK, Power.DO_WORK, Power.SEE_PEOPLE})
_TOP = frozenset({Power.SEE_WORK, Power.APPROVE, Power.FOLLOW_UP, Power.SEE_PEOPLE, Power.SEE_JOURNAL})

POWERS: Mapping[Role, frozenset[Power]] = {
    Role.MAYOR: _TOP,
    Role.SECRETARY: _TOP | {Power.DO_WORK, Power.RUN_CYCLE, Power.PUBLISH, Power.GUARD_PRIVACY, Power.KEEP_LETTERS},
    Role.COORDINATOR: _STAFF | {Power.RUN_CYCLE, Power.PUBLISH, Power.KEEP_LETTERS},
    Role.HEAD: _STAFF,
    Role.OFFICER: _STAFF,
    Role.CLERK: _STAFF | {Power.KEEP_LETTERS},
    Role.ANALYST: _STAFF | {Power.RUN_CYCLE},
    Role.LEGAL: _STAFF,
    Role.SUPPLY: _STAFF,
    Role.PERSONNEL: _STAFF | {Power.KEEP_PEOPLE, Power.KEEP_LETTERS},
    Role.PUBLISHER: _STAFF | {Power.PUBLISH},
    Role.AUDITOR: frozenset({Power.SEE_WORK, Power.SEE_PEOPLE, Power.SEE_JOURNAL}),
    Role.PRIVACY: frozenset({Power.SEE_WORK, Power.SEE_PEOPLE, Power.SEE_JOURNAL, Power.GUARD_PRIVACY}),
    Role.COUNCIL: frozenset(),
    Role.ADMIN: frozenset({Power.SEE_PEOPLE, Power.KEEP_PEOPLE, Power.KEEP_ACCOUNTS, Power.SEE_JOURNAL}),
}


def powers_of(roles: Iterable[Role]) -> frozenset[Power]:
    """Put together what several roles may do."""
    return frozenset().union(*(POWERS[Role(role)] for role in roles))
