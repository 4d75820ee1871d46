"""The letter of a dispute: form 1 of the Rule on correspondence, number and day left open, the signature to sign."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from prongsai.reports.forms.signing import NOBODY, Capacity, Signed
from prongsai.reports.papers.official import Contact, Enclosure, Letter
from prongsai.reports.papers.options import Closing
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Agency, AgencyKind, Appointment
from prongsai.web.agencies.queries import signature_lines, top_executive
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Objection
from prongsai.web.disclosure.queries.objections import Case

TO = "เลขาธิการคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ"
_OFFICES = (AgencyKind.PROVINCE, AgencyKind.CITY, AgencyKind.TOWN, AgencyKind.SUBDISTRICT)


def letter_of(scope: Scope, objection: Objection, cases: Sequence[Case]) -> Letter:
    """Compose the records of the letter."""
    agency, year = scope.agency, to_thai(str(objection.cycle.fiscal_year_be))
    return Letter(
        number=f"{agency.letter_prefix}/" if agency.letter_prefix else "",
        agency=_office_name(agency),
        address=tuple(line for line in agency.address.splitlines() if line.strip()),
        subject=f"ขอโต้แย้งผลการประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปีงบประมาณ พ.ศ. {year}",
        to=TO,
        enclosures=(Enclosure("ชุดพยานหลักฐานอิเล็กทรอนิกส์ พร้อมรายการค่าแฮช", "๑ ชุด"),),
        body=tuple(_body(agency, year, cases)),
        closing=Closing.CONSIDER.value,
        signer=_signer(scope),
        contact=_contact(scope),
    )


def _body(agency: Agency, year: str, cases: Sequence[Case]) -> Iterator[str]:
    yield (
        "ตามที่สำนักงาน ป.ป.ช. ได้แจ้งผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) "
        f"ประจำปีงบประมาณ พ.ศ. {year} นั้น"
    )
    count = to_thai(str(len(cases)))
    yield (
        f"{agency.name}ตรวจสอบแล้วเห็นว่า ผลการประเมินแบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) จำนวน {count} ข้อ "
        "ไม่ตรงกับข้อมูลที่ปรากฏในลิงก์ที่ยื่นไว้ จึงขอโต้แย้งเฉพาะลิงก์เดิมที่ยื่นไว้แล้ว ดังนี้"
    )
    for number, case in enumerate(cases, 1):
        yield f"{to_thai(str(number))}. ข้อ {case.item.code} {to_thai(case.item.title)}{_score(case)}"
        yield from _points(case)
    yield (
        "พยานหลักฐานข้างต้นเก็บไว้ในวันเวลาที่ระบุ และร้อยด้วยค่าแฮช SHA-256 ต่อกันเป็นลำดับ "
        "แก้ไขย้อนหลังไม่ได้โดยไม่ปรากฏร่องรอย วิธีตรวจสอบอยู่ในชุดพยานหลักฐานที่ส่งมาด้วย"
    )


def _score(case: Case) -> str:
    return f" (ผลประเมิน {to_thai(f'{case.score:.2f}')} คะแนน)" if case.score is not None else ""


def _points(case: Case) -> Iterator[str]:
    if case.disputed:
        yield f"องค์ประกอบที่โต้แย้ง: {to_thai('; '.join(element.text for element in case.disputed))}"
    yield f"คำชี้แจง: {' '.join(case.words.split())}"
    if case.address:
        yield f"ลิงก์ที่ยื่น: {case.address}" if case.submission else f"ลิงก์ที่เผยแพร่: {case.address}"
    if case.looks:
        first, last = (_day(look.at) for look in (case.looks[0], case.looks[-1]))
        counts = to_thai(f"{case.open_count} จาก {len(case.looks)}")
        when = f"เมื่อวันที่ {first}" if first == last else f"ระหว่างวันที่ {first} ถึงวันที่ {last}"
        yield f"ผลการเปิดลิงก์จากภายนอก{when} เปิดได้ {counts} ครั้ง"
    for standing in case.standings[:1]:
        yield f"หน่วยงานเผยแพร่ข้อมูลนี้ตั้งแต่วันที่ {_day(standing.since)}"


def _day(at: object) -> str:
    return format_date(timezone.localtime(at).date(), "full")  # type: ignore[arg-type]


def _office_name(agency: Agency) -> str:
    if agency.kind in _OFFICES:
        return f"สำนักงาน{agency.name}"
    return f"ที่ทำการ{agency.name}" if agency.kind == AgencyKind.TAO else agency.name


def _signer(scope: Scope) -> Signed:
    """Name who signs today; the block stays open where there is nobody."""
    held = top_executive(scope.agency, scope.today)
    if held is None:
        return NOBODY
    return Signed(str(held.person), *_capacity(held, scope))


def _capacity(held: Appointment, scope: Scope) -> tuple[str, Capacity, str]:
    capacity = Capacity(held.capacity)
    if capacity is Capacity.SELF:
        return held.post.title, capacity, ""
    own, post = signature_lines(held, scope.today)
    return own.removesuffix(str(held.get_capacity_display())).strip(), capacity, post


def _contact(scope: Scope) -> Contact:
    agency = scope.agency
    return Contact(unit=agency.name, phone=to_thai(agency.phone), email=agency.email)
