"""The demonstration's office that mentors: the municipality, eleven made-up neighbours, somebody who looks."""

import random
from datetime import timedelta
from itertools import groupby

from django.utils import timezone

from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.web.agencies.models import Agency, AgencyKind, Person
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.cycles.models import Cycle, ElementState, ItemState, Verdict, Work
from prongsai.web.mentor.access import Desk, Keeper
from prongsai.web.mentor.models import Level, Mentor, Office
from prongsai.web.mentor.services import joining, messages, offices

MENTOR = "mentor"
NAME = "นางสาวพี่เลี้ยง ใจดี"
POST = "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดลพบุรี (สมมติ)"
CONTACT = "กลุ่มงานส่งเสริมธรรมาภิบาล โทร. 0-3600-0001"
# name, kind, district, how many serve, how far it is in per cent
NEIGHBOURS = (
    ("องค์การบริหารส่วนตำบลทุ่งข้าวหอม", AgencyKind.TAO, "บ้านหมี่", 24, 12),
    ("องค์การบริหารส่วนตำบลหนองบัวงาม", AgencyKind.TAO, "บ้านหมี่", 41, 35),
    ("องค์การบริหารส่วนตำบลดอนตะเคียน", AgencyKind.TAO, "เมืองลพบุรี", 36, 88),
    ("องค์การบริหารส่วนตำบลบึงสามยอด", AgencyKind.TAO, "โคกสำโรง", 52, 54),
    ("องค์การบริหารส่วนตำบลโคกมะขาม", AgencyKind.TAO, "โคกสำโรง", 33, 0),
    ("องค์การบริหารส่วนตำบลท่าไม้รวก", AgencyKind.TAO, "ชัยบาดาล", 47, 71),
    ("เทศบาลตำบลห้วยกระเจา", AgencyKind.SUBDISTRICT, "ชัยบาดาล", 96, 63),
    ("เทศบาลตำบลศาลาลอย", AgencyKind.SUBDISTRICT, "บ้านหมี่", 88, 42),
    ("เทศบาลตำบลเนินสะแก", AgencyKind.SUBDISTRICT, "เมืองลพบุรี", 104, 100),
    ("เทศบาลตำบลวังเพลิง", AgencyKind.SUBDISTRICT, "โคกสำโรง", 75, 27),
    ("เทศบาลเมืองท่าหลวงใหม่", AgencyKind.TOWN, "ท่าหลวง", 210, 80),
)
FIRST_CODE = 5169001  # of no real agency
ALIKE = 4  # every so many items have an element that nearly all neighbours lack
_chance = random.Random(2569)  # how far the made-up neighbours are


def load_office(scope: Scope, *, framework_id: str, username: str, password: str) -> Mentor:
    """Make the office, neighbours that take part with the municipality, and a message. scope: the coordinator's."""
    office = Office(name=POST, level=Level.PROVINCE, province=scope.agency.province, contact=CONTACT)
    keeper = Keeper(None)
    offices.make_office(keeper, office=office)
    summoned = offices.summon(keeper, office=office, name=NAME, link=lambda token: token)
    mentor = offices.accept_anew(token=summoned.address, username=username, password=password)
    joining.join(system_scope(scope.agency), office=office, shows_examples=True)
    for agency in _neighbours(scope, load(framework_id)):
        joining.join(system_scope(agency), office=office)
    _write(Desk(office, mentor), scope.agency)
    return mentor


def _write(desk: Desk, agency: Agency) -> None:
    messages.send(
        desk,
        subject="ขอทราบกำหนดเผยแพร่ข้อที่ยังขาด",
        text="ขอให้แจ้งกำหนดวันที่จะเผยแพร่ข้อที่องค์ประกอบยังไม่ครบ เพื่อจัดวันอบรมให้ตรงกับที่หลายแห่งขาด",
        due_on=desk.today + timedelta(days=10),
        agencies=desk.office.participations.values_list("agency", flat=True),
        to_text="ทุกหน่วยงานที่เข้าร่วม (๑๒ แห่ง)",
    )


def _neighbours(scope: Scope, framework: Framework) -> list[Agency]:
    """Make the neighbours in a few large steps: nobody works in them, only their state is looked at."""
    agencies = Agency.objects.bulk_create(
        Agency(
            name=name,
            code=f"{FIRST_CODE + place:08d}",
            kind=kind,
            province=scope.agency.province,
            district=district,
            is_demo=True,
        )
        for place, (name, kind, district, _people, _far) in enumerate(NEIGHBOURS)
    )
    people = {agency.pk: row[3] for agency, row in zip(agencies, NEIGHBOURS, strict=True)}
    Person.objects.bulk_create(
        Person(agency_id=pk, given_name=f"บุคลากรสมมติ {number}", employment="officer")
        for pk, count in people.items()
        for number in range(1, count + 1)
    )
    cycles = Cycle.objects.bulk_create(_cycle(agency, framework) for agency in agencies)
    how_far = [row[4] for row in NEIGHBOURS]
    items = ItemState.objects.bulk_create(
        one for cycle, far in zip(cycles, how_far, strict=True) for one in _items(cycle, framework, far)
    )
    by_cycle = [list(group) for _pk, group in groupby(items, key=lambda one: one.cycle_id)]
    ElementState.objects.bulk_create(
        one
        for group, far in zip(by_cycle, how_far, strict=True)
        for item in group
        for one in _elements(item, framework, far)
    )
    return agencies


def _cycle(agency: Agency, framework: Framework) -> Cycle:
    return Cycle(
        agency=agency,
        framework_id=framework.id,
        framework_kind=framework.kind,
        framework_sha256=framework.sha256,
        fiscal_year_be=framework.fiscal_year_be,
        measures_year_be=framework.fiscal_year_be + 1,
        target_pct=framework.target_pct,
    )


def _items(cycle: Cycle, framework: Framework, far: int) -> list[ItemState]:
    today = timezone.localdate()
    return [
        ItemState(
            cycle=cycle,
            key=item.key,
            code=item.code,
            title=item.title_th,
            indicator=item.indicator,
            place=place,
            work=_work(far),
            due_on=today + timedelta(days=_chance.randint(-25, 60)),
        )
        for place, item in enumerate(framework.items)
    ]


def _work(far: int) -> Work:
    if _chance.randrange(100) < far:
        return Work.READY
    return Work.IN_PROGRESS if _chance.randrange(100) < far + 20 else Work.NOT_STARTED


def _elements(item: ItemState, framework: Framework, far: int) -> list[ElementState]:
    known = framework.item_by_key(item.key)
    assert known is not None
    judged = timezone.now() - timedelta(weeks=_chance.randint(1, 9))
    return [
        ElementState(
            item=item,
            key=element.key,
            text=element.text_th,
            place=place,
            verdict=_verdict(item, place, far),
            judged_at=judged,
        )
        for place, element in enumerate(known.elements)
    ]


def _verdict(item: ItemState, place: int, far: int) -> str:
    if place == 0 and item.place % ALIKE == 0 and far < 100:
        return Verdict.FAIL
    if item.work == Work.READY or _chance.randrange(100) < far:
        return Verdict.PASS
    return Verdict.FAIL if item.work == Work.IN_PROGRESS and _chance.randrange(3) == 0 else ""
