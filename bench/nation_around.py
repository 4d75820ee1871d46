"""What stands around the offices of ``bench.nation``: who runs the installation, who mentors them, their messages."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.utils import timezone

from bench.nation_data import STRIDE, place
from bench.nation_pages import MENTOR, OPERATOR
from prongsai.web.agencies.models import Agency, User
from prongsai.web.directory.models import CodeList, Listed, Operator
from prongsai.web.mentor.models import Level, Mentor, Message, Office, Participation, Receipt
from prongsai.web.mentor.services.refreshing import refresh

NATION = "กรมส่งเสริมการปกครองท้องถิ่น"
SINCE = date(2026, 10, 1)
LISTED = 7850
MESSAGES = 10
AT_ONCE = 2000


def first(agency: Agency) -> None:
    """Make the offices and the list, and let the first agency take part; its figures are counted by the service."""
    runner = User.objects.create(username=OPERATOR)
    Operator.objects.create(user=runner)
    nation = Office.objects.create(name=NATION, level=Level.NATION)
    mentor = Mentor.objects.create(office=nation, user=User.objects.create(username=MENTOR))
    Office.objects.bulk_create(
        Office(name=_name_in(name), level=Level.PROVINCE, province=name) for name in _provinces()
    )
    _list(runner)
    take_part()
    for number in range(MESSAGES):
        Message.objects.create(
            office=nation, subject=f"ขอให้ตรวจข้อ OIT ครั้งที่ {number}", text="โปรดดำเนินการภายในกำหนด", to_text="ทุกแห่ง",
            sent_by=mentor, sent_at=timezone.now(),
        )  # fmt: skip
    receive()
    refresh(agency=agency)


def others() -> None:
    """Let every other agency take part, and have every message."""
    take_part()
    receive()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def take_part() -> None:
    """Let every agency that does not take part yet do so: in the nation's office and in that of its province."""
    for office in Office.objects.filter(name__in=(NATION, *map(_name_in, _provinces()))):
        new = Agency.objects.exclude(participations__office=office).order_by("pk").values_list("pk", flat=True)
        if office.province:
            new = new.filter(province=office.province)
        Participation.objects.bulk_create((_joined(pk, office) for pk in new), batch_size=AT_ONCE)


def _joined(pk: int, office: Office) -> Participation:
    shows = pk // STRIDE % 3 == 0
    return Participation(agency_id=pk, office=office, joined_on=SINCE, shows_examples=shows)


def _provinces() -> list[str]:
    return sorted({place(number).province for number in range(100)})


def _name_in(province: str) -> str:
    return f"ท้องถิ่นจังหวัด{province}"


def receive() -> None:
    """Give every agency every message that it has not; half of them were read."""
    now = timezone.now()
    for message in Message.objects.filter(office__name=NATION):
        keys = Agency.objects.exclude(mentor_messages__message=message).order_by("pk").values_list("pk", flat=True)
        Receipt.objects.bulk_create(
            (Receipt(message=message, agency_id=pk, read_at=now if pk // STRIDE % 2 else None) for pk in keys),
            batch_size=AT_ONCE,
        )


def _list(runner: User) -> None:
    """The list of codes of the whole country, as a file of it is accepted."""
    made = CodeList.objects.create(
        file_name="รหัส อปท.xlsx", sha256="0" * 64, source=NATION, as_of=SINCE,
        made_by=runner, accepted_by=runner, accepted_at=timezone.now(), rows=[],
    )  # fmt: skip
    Listed.objects.bulk_create((_listed(made, number) for number in range(LISTED)), batch_size=AT_ONCE)


def _listed(made: CodeList, number: int) -> Listed:
    at, code = place(number), f"{20000000 + number}"
    words = f"{at.name} {code} {at.province} {at.district}"
    return Listed(
        code=code, name=f"{at.name} {number}", kind=at.kind, province=at.province, district=at.district,
        listed_in=made, search=words,
    )  # fmt: skip
