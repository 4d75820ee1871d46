"""Participation against its list."""

from __future__ import annotations

from decimal import Decimal

from prongsai.registers.load import of_year
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.rules import participation
from tests.web.registers.rules.conftest import entry_ref, person


def told(now):
    return [(one.text, one.is_blocking) for one in participation.notices(now, of_year("participation", 0), 2569)]


def test_list_of_insiders_alone_is_no_participation(agency, now, make):
    forum = make("participation", outsiders=Decimal(1))
    given = {"event": "participation", "participation": entry_ref(forum)}
    assert told(now) == []
    make("attendance", person=person(agency, Role.CLERK), **given)
    assert told(now) == [("“จัดทำแผนพัฒนาท้องถิ่น หมู่ที่ 3” รายชื่อผู้เข้าร่วมมีแต่เจ้าหน้าที่ จึงยังไม่นับเป็นการมีส่วนร่วม", True)]
    make("attendance", who="outside", name="นายบุญมี สวนดี", person=None, unit=None, **given)
    assert told(now) == []


def test_number_written_down_is_that_of_the_list(now, make):
    forum = make("participation", outsiders=Decimal(42))
    for name in ("นายบุญมี สวนดี", "นางบุญมา สวนดี"):
        given = {"event": "participation", "participation": entry_ref(forum), "who": "outside"}
        make("attendance", name=name, person=None, unit=None, **given)
    assert told(now) == [("“จัดทำแผนพัฒนาท้องถิ่น หมู่ที่ ๓” บันทึกบุคคลภายนอก ๔๒ คน แต่รายชื่อมี ๒ คน", True)]
