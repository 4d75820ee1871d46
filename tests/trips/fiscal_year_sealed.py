"""The sealed channel in the year: it is opened, told about, a case comes in, and its numbers are signed."""

from __future__ import annotations

from django.urls import reverse

from prongsai.reports.forms.complaint_guideline import PARTS
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Report
from tests.trips.fiscal_year_office import Office
from tests.web.complaints import office_keys
from tests.web.complaints.reporter import Reporter, receipt_in

WORDS = {
    "how": "แจ้งทางหน้าแจ้งเรื่องของเว็บไซต์\nแจ้งสำนักงาน ป.ป.ช. หรือ ป.ป.ท.",
    "steps": "รับเรื่อง\nกลั่นกรอง\nสอบข้อเท็จจริง\nแจ้งผล",
    "unit": "งานนิติการ สำนักปลัดเทศบาล",
    "times": "รับเรื่องภายใน ๗ วันทำการ\nแจ้งผลเบื้องต้นภายใน ๑๕ วัน\nสอบข้อเท็จจริงภายใน ๓๐ วัน",
}


def opened(o: Office) -> None:
    """Holders make their keys and the channel is open; the guideline is written, and adopted by the mayor."""
    office_keys.build(o.agency)
    coordinator, mayor = o.hand(Role.COORDINATOR), o.hand(Role.MAYOR)
    coordinator.post("complaints/guideline/edit/", WORDS | {"version": 0})
    draft = mayor.get("complaints/guideline/").context["draft"]
    mayor.post("complaints/guideline/adopt/", {"ticked": list(PARTS), "version": draft.version})
    coordinator.post("complaints/statistics/channel/")


def told(o: Office) -> None:
    """Somebody tells of something without a name; the legal officer opens it, nobody without a key does."""
    receipt = receipt_in(Reporter(o.agency).send())
    assert len(receipt.thai) > 1
    number = Report.objects.get(agency=o.agency).number
    legal = o.hand(Role.LEGAL)
    legal.post("complaints/unlock/", {"passphrase": office_keys.PASSPHRASE})
    legal.get(f"complaints/cases/{number}/")
    for role in (Role.MAYOR, Role.COORDINATOR, Role.ADMIN):
        assert o.hand(role).client.get(reverse("complaint", args=[o.agency.code, number])).status_code in (302, 404)


def counted(o: Office, year: int, *, half: bool = False) -> None:
    """The legal officer looks at the counts of a period that is over, and signs them."""
    at = f"complaints/statistics/sign/?year={year}" + ("&half=1" if half else "")
    legal = o.hand(Role.LEGAL)
    legal.post(at, {"seen": legal.get(at).context["seen"]})
