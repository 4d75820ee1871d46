"""Jobs: what somebody has to do, why, by when, and the one form for it. One function gathers each kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.queries.lapses import lapses_of
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import CycleState, ItemState, Work
from prongsai.web.cycles.queries import Glance
from prongsai.web.duties import queries as duties
from prongsai.web.duties.models import DutyKind
from prongsai.web.intake import queries as intake
from prongsai.web.letters.models import LetterState
from prongsai.web.mentor.queries.messages import unread_of
from prongsai.web.notify import queries as notify
from prongsai.web.plans.models import Dispatch, Report, ReportState, Task, TaskState
from prongsai.web.plans.queries import reports, tasks
from prongsai.web.surveys.queries import tasks as surveys_tasks
from prongsai.web.ui.templatetags.ui import thai_date, thai_digits

OLD_DAYS = 60  # older occurrences that were missed are told as one line
AHEAD_DAYS = 14
BACKUP_DAYS = 7
EACH_MAX = 15


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do. kind: what it is about, in a word. why: the reason in words. do: what the button says.

    waits: it holds somebody else up. due_on None: no day is set.
    """

    kind: str
    what: str
    why: str
    due_on: date | None
    do: str
    address: str
    waits: bool = False

    def urgency(self, today: date) -> tuple[int, date]:
        """Give what jobs are sorted by: late ones, then what others wait for, then by day."""
        rank = 0 if self.due_on and self.due_on < today else 1 if self.waits else 2
        return rank, self.due_on or date.max


def jobs_of(scope: Scope, glances: tuple[Glance, ...]) -> Iterator[Job]:
    """Give everything that somebody has to do, in no order. glances: of the open cycles."""
    if scope.can(Power.DO_WORK):
        yield from _tasks(scope)
        yield from _items(scope)
    if scope.can(Power.DO_WORK) or scope.can(Power.FOLLOW_UP):
        yield from _occurrences(scope)
    if scope.can(Power.APPROVE):
        yield from _reports_to_approve(scope)
    if scope.can(Power.RUN_CYCLE):
        yield from _tasks_to_check(scope)
        yield from _rows_waiting(scope)
        yield from _drafts(scope)
        yield from _surveys(scope)
        for found in glances:
            yield from _of_cycle(scope, found)
    if scope.can(Power.RUN_CYCLE) or scope.can(Power.APPROVE):
        yield from _from_mentors(scope)
    if scope.can(Power.KEEP_PEOPLE) or scope.can(Power.RUN_CYCLE):
        yield from _committees(scope)
    if scope.can(Power.KEEP_ACCOUNTS):
        yield from _mail(scope)
        yield from _backup(scope)


def _tasks(scope: Scope) -> Iterator[Job]:
    """Tasks of one's own units that are not handed in."""
    mine = (
        tasks.task_list(scope)
        .filter(cycle__state=CycleState.OPEN)
        .exclude(state__in=(TaskState.SUBMITTED, TaskState.ACCEPTED))[:EACH_MAX]
    )
    for row in tasks.task_rows(scope, mine):
        memo = (
            _("มอบหมายตามบันทึกที่ {number}").format(number=row.memo)
            if row.memo
            else _("มอบหมายให้ {unit}").format(unit=row.unit)
        )
        why = _("ส่งคืนให้แก้ไข: {reason}").format(reason=row.returned_reason) if row.returned_reason else memo
        title = f"{row.code} {row.title}".strip()
        yield Job(_("งาน"), title, why, row.due_on, _("กรอกผล"), _to(scope, "plans:task", row.pk))


def _items(scope: Scope) -> Iterator[Job]:
    """Items of one's own units or posts that are due."""
    own = Q(unit__in=scope.unit_ids) | Q(post__in=scope.post_ids)
    found = ItemState.objects.filter(own, cycle__agency=scope.agency, cycle__state=CycleState.OPEN)
    found = found.filter(due_on__lte=scope.today + timedelta(days=AHEAD_DAYS))
    found = (
        found.exclude(work__in=(Work.READY, Work.SUBMITTED)).select_related("cycle", "unit", "post").order_by("due_on")
    )
    for item in found[:EACH_MAX]:
        why = _("ข้อ OIT ของ {owner} ยังไม่พร้อมส่ง").format(owner=item.unit or item.post)
        address = _to(scope, "cycles:item", item.cycle.framework_id, item.key)
        yield Job(_("ข้อ OIT"), str(item), why, item.due_on, _("ตรวจองค์ประกอบ"), address)


def _occurrences(scope: Scope) -> Iterator[Job]:
    """Occurrences that are due or were missed."""
    due = duties.open_for(scope).filter(due_on__lte=scope.today + timedelta(days=AHEAD_DAYS), duty__is_open=True)
    recent = scope.today - timedelta(days=OLD_DAYS)
    for one in due.filter(due_on__gte=recent).order_by("-due_on")[:EACH_MAX]:
        follows = one.duty.kind == DutyKind.FOLLOW_UP
        why = _("ผู้บริหารต้องติดตามทุกเดือน") if follows else _("งานประจำที่ครบรอบ")
        do = _("บันทึกการติดตาม") if follows else _("บันทึกผล")
        yield Job(_("งานประจำ"), str(one), why, one.due_on, do, _to(scope, "duties:occurrence", one.pk))
    old = due.filter(due_on__lt=recent).count()
    if old:
        what = _("งานประจำที่ขาดเกิน {days} วัน {n} งวด").format(days=thai_digits(OLD_DAYS), n=thai_digits(old))
        why = _("บันทึกย้อนหลัง หรือปิดงานประจำที่ไม่ใช้แล้ว")
        yield Job(_("งานประจำ"), what, why, None, _("ดูรายการ"), _to(scope, "duties:duties"))


def _reports_to_approve(scope: Scope) -> Iterator[Job]:
    """Reports that wait for whom may sign today, who did not make them; those on their way by a letter wait there."""
    waiting = Report.objects.filter(agency=scope.agency, state=ReportState.DRAFT).select_related("made_by")
    waiting = waiting.exclude(letters__state=LetterState.IN_CHAIN)
    others = list(waiting.exclude(made_by=scope.user).defer("records").order_by("made_at")[:EACH_MAX])
    if not others or reports.signing(scope) is None:
        return
    for report in others:
        day = timezone.localdate(report.made_at)
        why = _("{who} เสนอเมื่อ {day} รอท่านอนุมัติ").format(who=report.made_by or _("ระบบ"), day=thai_date(day))
        address = _to(scope, "plans:report", report.pk)
        yield Job(_("รออนุมัติ"), report.title, why, None, _("อ่านและอนุมัติ"), address, waits=True)


def _tasks_to_check(scope: Scope) -> Iterator[Job]:
    """What units have handed in, as one job."""
    sent = Task.objects.filter(cycle__agency=scope.agency, state=TaskState.SUBMITTED)
    found = sent.aggregate(n=Count("pk"), oldest=Min("changed_at"))
    if found["n"]:
        why = _("หน่วยงานส่งแล้ว เรื่องแรกเมื่อ {day}").format(day=thai_date(timezone.localdate(found["oldest"])))
        what = _("ตรวจงานที่หน่วยงานส่งมา {n} เรื่อง").format(n=thai_digits(found["n"]))
        address = f"{_to(scope, 'plans:my_tasks')}?of={tasks.EVERYBODY}"
        yield Job(_("รอตรวจ"), what, why, None, _("ตรวจงาน"), address, waits=True)


def _rows_waiting(scope: Scope) -> Iterator[Job]:
    """Papers that were read and whose rows nobody has decided on."""
    for paper in intake.intakes_of(scope).filter(n_waiting__gt=0)[:EACH_MAX]:  # type: ignore[misc]
        n = thai_digits(vars(paper)["n_waiting"])
        why = _("อ่านแล้ว เหลือ {n} แถวที่ยังไม่รับเข้ารอบ").format(n=n)
        yield Job(_("นำเข้าเอกสาร"), str(paper), why, None, _("ตรวจแถว"), _to(scope, "intake:intake", paper.pk))


def _drafts(scope: Scope) -> Iterator[Job]:
    """Memos that are neither issued nor on their way by a letter, and reports that came back."""
    memos = Dispatch.objects.filter(cycle__agency=scope.agency, issued_on__isnull=True)
    for memo in memos.exclude(letters__state=LetterState.IN_CHAIN).order_by("due_on")[:EACH_MAX]:
        why = _("บันทึกมอบหมายยังเป็นร่าง หน่วยงานยังไม่เห็น")
        yield Job(_("บันทึกมอบหมาย"), memo.subject, why, memo.due_on, _("ออกบันทึก"), _to(scope, "plans:dispatch", memo.pk))
    back = Report.objects.filter(agency=scope.agency, state=ReportState.RETURNED).defer("records")
    newer = Report.objects.filter(agency=scope.agency).exclude(state=ReportState.RETURNED)
    last = {
        (one["cycle"], one["kind"]): one["at"]
        for one in newer.order_by().values("cycle", "kind").annotate(at=Max("made_at"))
    }
    for report in back[:EACH_MAX]:
        if report.made_at > last.get((report.cycle_id, report.kind), report.made_at - timedelta(days=1)):
            why = _("ส่งคืน: {reason}").format(reason=report.opinion or "–")
            yield Job(_("รายงาน"), report.title, why, None, _("ดูและจัดทำใหม่"), _to(scope, "plans:report", report.pk))


def _surveys(scope: Scope) -> Iterator[Job]:
    """Surveys to be counted or closed, and official ones that fall behind."""
    for one in surveys_tasks.tasks_of(scope):
        yield Job(_("แบบสำรวจ"), one.what, one.why, one.due_on, one.do, one.address)


def _from_mentors(scope: Scope) -> Iterator[Job]:
    """What offices that mentor the agency wrote and nobody has acknowledged."""
    for one in unread_of(scope)[:EACH_MAX]:
        why = _("ข้อความจาก {office}").format(office=one.message.office)
        address = _to(scope, "mentor:message", one.pk)
        yield Job(_("หน่วยงานพี่เลี้ยง"), one.message.subject, why, one.message.due_on, _("อ่านและรับทราบ"), address)


def _of_cycle(scope: Scope, found: Glance) -> Iterator[Job]:
    """What a cycle lacks, and the commission's next date."""
    cycle = found.cycle
    if found.asked:
        what = _("ยืนยันการยกข้อจากปีก่อน {n} ข้อ").format(n=thai_digits(found.asked))
        why = _("ข้อที่แยกหรือรวมต้องให้คนตัดสิน")
        yield Job(str(cycle), what, why, None, _("ยืนยัน"), _to(scope, "cycles:carry", cycle.framework_id))
    if found.open_findings:
        what = _("ประเด็นที่ยังไม่มีมาตรการ {n} เรื่อง").format(n=thai_digits(found.open_findings))
        why = _("ทุกประเด็นต้องมีผู้ทำและกำหนด")
        yield Job(str(cycle), what, why, None, _("กำหนดมาตรการ"), _to(scope, "cycles:findings", cycle.framework_id))
    if found.unowned:
        what = _("ข้อ OIT ที่ยังไม่มีเจ้าของ {n} ข้อ").format(n=thai_digits(found.unowned))
        why = _("ข้อที่ไม่มีเจ้าของไม่ขึ้นในงานของหน่วยใด")
        yield Job(str(cycle), what, why, None, _("มอบเจ้าของ"), _to(scope, "cycles:items", cycle.framework_id))
    if found.next and found.next.next_on and found.next.next_on <= scope.today + timedelta(days=AHEAD_DAYS):
        why = _("ปฏิทินการประเมิน")
        yield Job(
            str(cycle),
            found.next.name,
            why,
            found.next.next_on,
            _("ดูปฏิทิน"),
            _to(scope, "cycles:cycle", cycle.framework_id),
        )


def _committees(scope: Scope) -> Iterator[Job]:
    """Committees whose order runs out or has run out, with nothing in its place."""
    for lapse in lapses_of(scope.agency, scope.today)[:EACH_MAX]:
        address = _to(scope, "agencies:committee", lapse.committee.pk)
        yield Job(_("คณะกรรมการ"), lapse.committee.name, f"{lapse.title} {lapse.why}", lapse.day, _("ดูคำสั่ง"), address)


def _mail(scope: Scope) -> Iterator[Job]:
    """Mail that did not leave."""
    if n := notify.unsent_of(scope).count():
        what = _("จดหมายส่งไม่ออก {n} ฉบับ").format(n=thai_digits(n))
        yield Job(
            _("ระบบ"), what, _("ผู้รับยังไม่ได้รับคำเชิญหรือการแจ้ง"), None, _("ดูเหตุ"), _to(scope, "notify:mail"), waits=True
        )


def _backup(scope: Scope) -> Iterator[Job]:
    """A backup that is old or was never made."""
    last = AuditEntry.objects.filter(agency=scope.agency, action="backup").aggregate(at=Max("at"))["at"]
    age = (scope.today - timezone.localdate(last)).days if last else None
    if age is None or age > BACKUP_DAYS:
        ago = _("ครั้งสุดท้าย {n} วันก่อน").format(n=thai_digits(age)) if age is not None else _("ยังไม่เคยสำรอง")
        why = _("{ago} สั่ง prongsai backup ที่เครื่องแม่ข่าย").format(ago=ago)
        yield Job(_("ระบบ"), _("สำรองข้อมูล"), why, None, _("ดูบันทึก"), _to(scope, "agencies:journal"))


def _to(scope: Scope, name: str, *args: object) -> str:
    return reverse(name, args=[scope.agency.code, *args])
