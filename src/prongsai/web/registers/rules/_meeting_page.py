"""What stands on the page of a meeting: its agenda with resolutions and what became of them, and who came."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of, label_of
from prongsai.web.registers.queries.rights import may_enter
from prongsai.web.registers.rules._meetings import (
    ADOPTED,
    ATTENDANCE,
    CAME,
    ITEMS,
    SKIPPED,
    Row,
    Task,
    arising,
    attendance_of,
    items_of,
    not_yours,
    row_of,
    tasks_of,
)
from prongsai.web.registers.rules._rows import id_of
from prongsai.web.ui.templatetags.ui import badge, thai_date

_ARISING = "3"


def drawn(scope: Scope, entry: Entry) -> SafeString:
    """Show the agenda of a meeting part by part, and its attendance in one line."""
    meeting, items = row_of(entry), items_of(entry)
    tasks = {one.item.entry.pk: one for one in (*tasks_of(scope, items), *arising(scope, meeting))}
    field = kept_of(scope, ITEMS).register.field_of("agenda")
    parts = [
        format_html("<li>{}{}</li>", label_of(one), _listed(_part(scope, one.key, items, tasks, entry.dated_on)))
        for one in (field.choices if field else ())
    ]
    return format_html(
        "<h2>{}</h2><ol>{}</ol>{}<h2>{}</h2>{}{}",
        _("ระเบียบวาระ"),
        _joined(parts),
        _link(scope, entry, ITEMS, _("เพิ่มเรื่องในวาระ")),
        _("ผู้เข้าประชุม"),
        _came(attendance_of(entry)),
        _link(scope, entry, ATTENDANCE, _("เพิ่มผู้เข้าประชุม")) if not not_yours(scope, meeting) else "",
    )


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((one,) for one in parts))


def _listed(lines: Iterable[SafeString]) -> SafeString:
    said = [format_html("<li>{}</li>", line) for line in lines]
    return format_html("<ul>{}</ul>", _joined(said)) if said else SafeString("")


def _part(scope: Scope, part: str, items: list[Row], tasks: dict[int, Task], day: date) -> Iterator[SafeString]:
    followed = set()
    for one in items:
        if one.text("agenda") == part:
            follows = id_of(one.values.get("follows"))
            followed.add(follows)
            yield format_html(
                "{}{}", _item(scope, one, tasks.get(one.entry.pk)), _state(scope, tasks.get(follows or 0))
            )
    if part == _ARISING:
        own = {one.entry.pk for one in items}
        for pk, task in tasks.items():
            if pk not in own and pk not in followed:
                yield format_html("{}{}", _item(scope, task.item, None), _state(scope, task))


def _item(scope: Scope, item: Row, task: Task | None) -> SafeString:
    address = reverse("registers:entry", args=[scope.agency.code, ITEMS, item.entry.pk])
    said = _resolved(item)
    resolved = format_html(' <span class="small soft">{}</span>', said) if said else SafeString("")
    return format_html('<a href="{}">{}</a>{}{}', address, item.text("subject"), resolved, _state(scope, task))


def _resolved(item: Row) -> str:
    kept = item.values.get("resolution")
    if not kept:
        return ""
    unit = f" {item.text('assigned_unit')}" if item.text("assigned_unit") else ""
    return _("มติ: {resolution}").format(resolution=item.label("resolution")) + unit


def _state(scope: Scope, task: Task | None) -> SafeString:
    """Show how the work that a resolution gave stands."""
    if task is None or task.occurrence is None:
        return SafeString("")
    one = task.occurrence
    if task.is_done(scope.today):
        return format_html(" {}", badge("done", _("แล้วเสร็จ {day}").format(day=thai_date(one.done_on))))
    if task.is_missed(scope.today):
        return format_html(" {}", badge("missed", _("เลยกำหนด {day}").format(day=thai_date(one.due_on))))
    return format_html(" {}", badge("waiting", _("ครบกำหนด {day}").format(day=thai_date(one.due_on))))


def task_drawn(scope: Scope, task: Task) -> SafeString:
    """Show the duty that a resolution made, with the way to its page."""
    one = task.occurrence
    if one is None:
        return SafeString("")
    address = reverse("duties:occurrence", args=[scope.agency.code, one.pk])
    result = format_html('<p class="pre">{}</p>', one.result) if one.result else SafeString("")
    name = to_thai(one.duty.title)
    return format_html(
        '<h2>{}</h2><p><a href="{}">{}</a>{}</p>{}', _("งานตามมติ"), address, name, _state(scope, task), result
    )


def warned(text: str) -> SafeString:
    """Show something to look at on the page of an entry."""
    return format_html('<p class="callout" data-tone="amber">{}</p>', text)


def _came(rows: list[Row]) -> SafeString:
    if not rows:
        return format_html('<p class="soft">{}</p>', _("ยังไม่มีรายชื่อ"))
    roles = Counter(one.text("role") for one in rows)
    told = _("มาประชุม {came} คน ไม่มา {absent} คน เข้าร่วม {guests} คน")
    counts = to_thai(told.format(came=sum(roles[one] for one in CAME), absent=roles["absent"], guests=roles["guest"]))
    left = _("ยังไม่บันทึก {n} คน").format(n=roles["invited"]) if roles["invited"] else ""
    absent = [f"{one.text('person') or one.text('name')} ({one.text('reason')})" for one in rows if one.text("reason")]
    lines = [line for line in (counts, to_thai(left), *absent) if line]
    return format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines)))


def _link(scope: Scope, entry: Entry, register: str, words: str) -> SafeString:
    if entry.state in (ADOPTED, SKIPPED) or not may_enter(scope, kept_of(scope, register).register):
        return SafeString("")
    address = reverse("registers:entry_add", args=[scope.agency.code, register])
    return format_html(
        '<p class="no-print"><a class="button" href="{}?meeting={}">{}</a></p>', address, entry.pk, words
    )
