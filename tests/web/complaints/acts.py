"""Taking a case from step to step, as handlers do it, by the real services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from prongsai.web.agencies.models import Agency, CommitteeRole
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Identity
from prongsai.web.complaints.models import Report
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.services import committees, handling
from prongsai.web.complaints.services.cases import open_case
from tests.web.complaints import office_keys, told

REASON = "มีใบเสร็จและพยานสองคน เหตุผลลับสุดยอด"
TOLD = "รับเรื่องไว้แล้ว จะแจ้งผลให้ทราบ"
WHO = Identity(name="สมใจ ไม่ยอม")
MEMBERS = ((Role.PERSONNEL, "chair"), (Role.ANALYST, "member"), (Role.PUBLISHER, "secretary"))


def opened(agency: Agency, report: Report, who: str = Role.LEGAL) -> Case:
    """Open a case anew."""
    scope, key = office_keys.scope_for(agency, who), office_keys.key_of(agency, who)
    found = open_case(scope, key, Report.objects.select_related("agency").get(pk=report.pk), is_viewed=False)
    assert found is not None
    return found


def do(office: Agency, report: Report, act: Callable[..., Case], by: str = Role.LEGAL, /, **given: object) -> Case:
    """Do something as somebody, with the version as it stands."""
    case = opened(office, report, by)
    scope, key = office_keys.scope_for(office, by), office_keys.key_of(office, by)
    return act(scope, key, case, **{"version": case.report.version, **given})


def move(office: Agency, report: Report, name: str, by: str = Role.LEGAL, /, **given: object) -> Case:
    """Take a move with whatever moves ask for."""
    usual = {
        "reason": REASON,
        "told": TOLD,
        "evidence": "ใบเสร็จชัดเจน",
        "witnesses": "ระบุพยานสองคน",
        "agency": "สำนักงาน ป.ป.ช. ประจำจังหวัด",
        "letter_no": "ลบ ๕๒๗๐๑/๑๒",
        "letter_date": date(2026, 6, 1),
    }
    return do(office, report, handling.move_case, by, move=name, given=usual | given)


def named(agency: Agency) -> Report:
    """Report something with a name, about somebody outside."""
    return told.tell(agency, identity=WHO)


def accepted(agency: Agency, report: Report | None = None) -> Report:
    """Bring a case with a name to where a committee may be set."""
    found = report or named(agency)
    move(agency, found, "screen")
    return move(agency, found, "accept").report


def members(agency: Agency, *chosen: tuple[Role, str]) -> list[tuple[int, str]]:
    """Give members of a committee by their roles in the office."""
    return [(told.person_of(agency, role).pk, CommitteeRole(place)) for role, place in chosen or MEMBERS]


def set_committee(agency: Agency, report: Report, *chosen: tuple[Role, str], **given: object) -> Case:
    """Set a committee by an order."""
    usual = {"order_no": "๑๒๓/๒๕๖๙", "order_date": office_keys.scope_for(agency, Role.LEGAL).today}
    return do(agency, report, committees.set_committee, members=members(agency, *chosen), **(usual | given))


def report_finding(agency: Agency, report: Report, *outcomes: str, **given: object) -> Case:
    """Let the committee report; with outcomes it found something."""
    usual = {"on": office_keys.scope_for(agency, Role.LEGAL).today, "text": "สอบพยานครบแล้ว"}
    return do(agency, report, committees.report_finding, is_found=bool(outcomes), outcomes=outcomes, **(usual | given))


def found(agency: Agency, *outcomes: str) -> Report:
    """Bring a case to where the committee has reported."""
    report = accepted(agency)
    set_committee(agency, report)
    return report_finding(agency, report, *outcomes).report
