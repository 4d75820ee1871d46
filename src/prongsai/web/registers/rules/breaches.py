"""Breaches: the hours run from the moment of finding, through holidays; a late report gives its reason."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Move, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.rights import may_see_all
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted

OPEN, NOT_NEEDED = "found", "not_needed"
NO_RISK = "none"
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def moment(values: Values, what: str) -> datetime | None:
    """Give the moment at which a breach was ``found`` or ``told``, to the minute."""
    day, at = values.get(f"{what}_on"), values.get(f"{what}_at")
    if not (isinstance(day, date) and isinstance(at, time)):
        return None
    return datetime.combine(day, at, tzinfo=timezone.get_default_timezone())


def deadline(register: Register, values: Values) -> datetime | None:
    """Give the last moment to tell: as many hours after finding as the register's clock has days of 24."""
    found = moment(values, "found")
    return found + timedelta(days=register.clock.days) if found and register.clock else None


# --- rules ----------------------------------------------------------------------------------------------------------
def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a report before the finding, a late one without its reason, and silence about a risk."""
    found, told, last = moment(values, "found"), moment(values, "told"), deadline(register, values)
    if found and told and told < found:
        yield Fault("told_at", "BEFORE_FOUND", _("แจ้งก่อนเวลาที่ทราบเหตุ"), _("ตรวจวันและเวลาอีกครั้ง"))
    elif told and last and told > last and not values.get("late_reason"):
        why = _("แจ้งเกินกำหนด {spent} ต้องบอกเหตุผล ครบกำหนดเมื่อ {last}")
        why = why.format(spent=spent(told - last), last=clock_time(last))
        yield Fault("late_reason", "LATE_WITHOUT_REASON", why, _("เขียนเหตุผลที่แจ้งช้า"))
    if entry is not None and entry.state == NOT_NEEDED and values.get("risk") != NO_RISK:
        yield Fault("risk", "NOT_TOLD", *_must_tell())


def _must_tell() -> tuple[str, str]:
    return _("เหตุที่มีความเสี่ยงต้องแจ้งสำนักงาน"), _("ประเมินความเสี่ยงใหม่ หรือแจ้งสำนักงาน")


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """Refuse to leave a risk untold."""
    return _must_tell()[0] if move.to == NOT_NEEDED and entry.values.get("risk") != NO_RISK else ""


def after(scope: Scope, register: Register, entry: Entry) -> None:
    """Set the last day as the hours give it: unlike other days it is not moved on to a working day."""
    last = deadline(register, from_json(register.fields, entry.values))
    if last and entry.due_on != last.date():
        entry.due_on = last.date()
        entry.save(update_fields=["due_on"])


# --- told -----------------------------------------------------------------------------------------------------------
def clock_time(at: datetime) -> str:
    """Print a moment: ``๘ ม.ค. ๒๕๖๙ เวลา ๑๔.๓๐ น.``."""
    return to_thai(_("{day} เวลา {time} น.").format(day=format_date(at.date(), "abbr"), time=f"{at:%H.%M}"))


def spent(length: timedelta) -> str:
    """Print a length of time in hours and minutes."""
    hours, rest = divmod(length, _HOUR)
    minutes = rest // _MINUTE
    told = _("{hours} ชั่วโมง").format(hours=hours)
    return to_thai(f"{told} {_('{minutes} นาที').format(minutes=minutes)}" if minutes else told)


def left(last: datetime, now: datetime) -> str:
    """Say how long there is until a moment, or since when it is past."""
    return _("เกินกำหนด {spent}").format(spent=spent(now - last)) if now > last else _("เหลือ {spent}").format(
        spent=spent(last - now)
    )  # fmt: skip


def now_of(scope: Scope) -> datetime:
    """Give the moment: the day of who asks, at the hour of the clock."""
    return timezone.localtime().replace(
        year=scope.today.year, month=scope.today.month, day=scope.today.day, second=0, microsecond=0
    )


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Tell each breach of which the office is not told, with its hours, to those who may know of it."""
    is_all, rows = may_see_all(scope, register), counted(scope, register, year)
    for entry, values in rows:
        last = deadline(register, values)
        if (
            entry.state == OPEN
            and last
            and values.get("risk") != NO_RISK
            and (is_all or entry.unit_id in scope.unit_ids)
        ):
            told = _("“{title}” ต้องแจ้งสำนักงานภายใน {last} {left}")
            yield Notice(told.format(title=entry.title, last=clock_time(last), left=left(last, now_of(scope))))


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Show the hours of a breach on its page."""
    values = from_json(register.fields, entry.values) if entry else {}
    found, told, last = moment(values, "found"), moment(values, "told"), deadline(register, values)
    if entry is None or found is None or last is None:
        return SafeString("")
    owed = _("ต้องแจ้งสำนักงานภายใน") if values.get("risk") != NO_RISK else _("หากมีความเสี่ยง ต้องแจ้งสำนักงานภายใน")
    lines = [(_("ทราบเหตุ"), clock_time(found)), (owed, clock_time(last))]
    if told:
        lines.append((_("แจ้งแล้ว"), f"{clock_time(told)} ({spent(told - found)})"))
    elif entry.state == OPEN:
        lines.append((_("เวลาที่มี"), left(last, now_of(scope))))
    facts = format_html_join("", "<dt>{}</dt><dd>{}</dd>", lines)
    return format_html('<h2>{}</h2><dl class="facts">{}</dl>', _("กำหนดแจ้งสำนักงาน"), facts)
