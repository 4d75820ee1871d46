"""Citizen manuals: the flow chart for the counter is drawn from the steps; whether it is displayed."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.derive import rows_of
from prongsai.registers.model import Register
from prongsai.registers.values import from_json
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.rules import Notice, staff_manuals
from prongsai.web.registers.rules._drawing import Box, box, drawn, path, svg, text
from prongsai.web.registers.rules._rows import counted

WIDTH, MARGIN, GAP, TOP = 640, 20, 34, 44
_HOUR, _DAY = 60, 420  # minutes; a working day has seven hours


def draw(entry: Entry) -> str:
    """Draw the steps of a manual one under another as SVG, each with its time and who does it; fee and total below."""
    values = from_json(edition_of(entry.register, entry.since_be).fields, entry.values)
    steps = [
        (str(row.get("step")), row.get("minutes"), str(row.get("unit") or "")) for row in rows_of(values.get("steps"))
    ]
    boxes = _boxes(steps)
    parts = [text(WIDTH / 2, 26, entry.title, anchor="middle", bold=True, size=22)]
    parts += [
        path((one.middle, one.bottom), (after.middle, after.y), arrow=True)
        for one, after in zip(boxes, boxes[1:], strict=False)
    ]
    parts += [part for one in boxes for part in drawn(one)]
    below = boxes[-1].bottom if boxes else TOP
    sums = _sums(values)
    parts += [
        text(WIDTH / 2, below + 34 + 24 * place, line, anchor="middle", bold=True) for place, line in enumerate(sums)
    ]
    says = [f"{place}. {name} {time_text(minutes)} {unit}" for place, (name, minutes, unit) in enumerate(steps, 1)]
    return svg(
        WIDTH, below + 48 + 24 * len(sums), title=entry.title, says=[to_thai("; ".join(says)), *sums], parts=parts
    )


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Show the chart of a manual on its page."""
    return SafeString(draw(entry) if entry else "")  # every text in it is escaped where it is drawn


def _boxes(steps: Sequence[tuple[str, object, str]]) -> list[Box]:
    boxes: list[Box] = []
    y: float = TOP
    for place, (name, minutes, unit) in enumerate(steps, 1):
        under = " · ".join(part for part in (time_text(minutes), unit) if part)
        boxes.append(box(MARGIN, y, WIDTH - MARGIN * 2, to_thai(f"{place}. {name}"), [under]))
        y = boxes[-1].bottom + GAP
    return boxes


def _sums(values: dict[str, object]) -> list[str]:
    fee, days = values.get("fee_thb"), values.get("standard_days")
    sums = [_("รวมเวลา {time}").format(time=time_text(values.get("total_minutes")))]
    if isinstance(days, Decimal):
        sums.append(
            _("แล้วเสร็จภายใน {days} วันทำการ").format(days=f"{days.normalize():f}") if days else _("แล้วเสร็จในวันเดียวกัน")
        )
    if isinstance(fee, Decimal):
        sums.append(_("ค่าธรรมเนียม {fee} บาท").format(fee=f"{fee:,.2f}") if fee else _("ไม่มีค่าธรรมเนียม"))
    return [to_thai(one) for one in sums]


def time_text(minutes: object) -> str:
    """Print minutes as days, hours and minutes: ``๒ วันทำการ ๑ ชั่วโมง ๑๐ นาที``."""
    if not isinstance(minutes, Decimal):
        return ""
    days, rest = divmod(minutes, _DAY)
    hours, left = divmod(rest, _HOUR)
    parts = [(days, _("วันทำการ")), (hours, _("ชั่วโมง")), (left, _("นาที"))]
    said = " ".join(f"{number.normalize():f} {unit}" for number, unit in parts if number)
    return to_thai(said or _("0 นาที"))


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name manuals whose chart is not displayed at the counter, or was changed after it was."""
    found = staff_manuals.notices(scope, register, year)
    for entry, values in counted(scope, register):
        if not values.get("displayed_on"):
            found.append(Notice(_("{title} ยังไม่ยืนยันการติดผังขั้นตอน ณ จุดบริการ").format(title=entry.title)))
        elif str(values["displayed_on"]) < str(values.get("updated_on") or ""):
            found.append(Notice(_("{title} ปรับปรุงหลังติดผัง ต้องพิมพ์และติดใหม่").format(title=entry.title)))
    return found
