"""The organisation chart, drawn from the units and posts of both sides; when the published one is out of date."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Register
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Agency, Appointment, AuditEntry, Post, Side, Unit
from prongsai.web.agencies.queries.holding import in_order
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._drawing import Box, box, drawn, path, svg

WIDTH, GAP, COLUMNS = 960, 24, 3
_WATCHED = ("agencies.unit", "agencies.post")
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A post and who fills it on the day, "" when nobody does."""

    title: str
    holder: str

    def __str__(self) -> str:
        return f"{self.title} {self.holder or _('(ว่าง)')}"


@dataclass(frozen=True, slots=True)
class Node:
    """A unit with its heads and the units under it."""

    name: str
    heads: tuple[Place, ...]
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Both sides of an agency on a day: posts of the whole agency, and the units."""

    title: str
    political: tuple[Place, ...]
    permanent: tuple[Place, ...]
    units: tuple[Node, ...]


def chart(agency: Agency, today: date) -> Chart:
    """Give the chart of a day: units, posts and who holds them as they stand in the registers. Three queries."""
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(agency=agency).on(today):
        below[unit.parent_id].append(unit)
    held: dict[int, list[Appointment]] = defaultdict(list)
    for one in Appointment.objects.filter(agency=agency).on(today).select_related("person"):
        held[one.post_id].append(one)
    posts = list(Post.objects.filter(agency=agency).on(today))
    heads: dict[int, list[Place]] = defaultdict(list)
    for post in posts:
        if post.unit_id is not None and post.is_head:
            heads[post.unit_id].append(_place(post, held))
    whole = [post for post in posts if post.unit_id is None]
    return Chart(
        title=_("แผนผังโครงสร้างการแบ่งส่วนราชการ {agency}").format(agency=agency.name),
        political=tuple(_place(post, held) for post in whole if post.side == Side.POLITICAL),
        permanent=tuple(_place(post, held) for post in whole if post.side != Side.POLITICAL),
        units=_nodes(below, heads, None),
    )


def _place(post: Post, held: Mapping[int, Sequence[Appointment]]) -> Place:
    filled = in_order(held.get(post.pk, ()))
    return Place(post.title, str(filled[0].person) if filled else "")


def _nodes(
    below: Mapping[int | None, Sequence[Unit]], heads: Mapping[int, Sequence[Place]], at: int | None
) -> tuple[Node, ...]:
    return tuple(
        Node(unit.name, tuple(heads.get(unit.pk, ())), _nodes(below, heads, unit.pk)) for unit in below.get(at, ())
    )


# --- drawn ----------------------------------------------------------------------------------------------------------
def draw(agency: Agency, today: date) -> str:
    """Draw the chart of a day as SVG: both sides at the top, the units under the permanent one."""
    found = chart(agency, today)
    half = (WIDTH - GAP) / 2
    political = box(0, 0, half, _("ฝ่ายการเมือง"), map(str, found.political))
    permanent = box(half + GAP, 0, half, _("ฝ่ายประจำ"), map(str, found.permanent))
    top = max(political.bottom, permanent.bottom)
    units = _unit_boxes(found.units, top + GAP * 2)
    height = max((one.bottom for one in units), default=top) + 2
    # Lines first, so that boxes lie on them.
    parts = [path((political.x + political.width, 30), (permanent.x, 30)), *_lines(permanent, top, units)]
    parts += [part for one in (political, permanent, *units) for part in drawn(one)]
    return svg(WIDTH, height, title=found.title, says=list(_said(found)), parts=parts)


def _unit_boxes(units: Sequence[Node], top: float) -> list[Box]:
    """Set units in columns, each under the shortest one so far."""
    width = (WIDTH - GAP * (COLUMNS - 1)) / COLUMNS
    ends = [top] * COLUMNS
    boxes = []
    for unit in units:
        column = ends.index(min(ends))
        lines = [*map(str, unit.heads), *_under(unit.children, 0)]
        boxes.append(box(column * (width + GAP), ends[column], width, unit.name, lines))
        ends[column] = boxes[-1].bottom + GAP
    return boxes


def _under(nodes: Iterable[Node], depth: int) -> Iterator[str]:
    for node in nodes:
        head = f" – {node.heads[0]}" if node.heads else ""
        yield "\u2003" * depth + f"• {node.name}{head}"
        yield from _under(node.children, depth + 1)


def _lines(permanent: Box, top: float, units: Sequence[Box]) -> Iterator[str]:
    rail = top + GAP
    if not units:
        return
    yield path((permanent.middle, permanent.bottom), (permanent.middle, rail))
    firsts = [one for one in units if one.y == units[0].y]
    ends = [permanent.middle, *(one.middle for one in firsts)]
    yield path((min(ends), rail), (max(ends), rail))
    for first in firsts:
        last = max(one.y for one in units if one.x == first.x)
        yield path((first.middle, rail), (first.middle, last))


def _said(found: Chart) -> Iterator[str]:
    yield _("ฝ่ายการเมือง: {posts}").format(posts=", ".join(map(str, found.political)) or "–")
    yield _("ฝ่ายประจำ: {posts}").format(posts=", ".join(map(str, found.permanent)) or "–")
    for unit in found.units:
        yield ", ".join((unit.name, *map(str, unit.heads), *(one.name for one in unit.children)))


def outline(agency: Agency, today: date) -> SafeString:
    """Give the same chart as a nested list, for narrow screens and for who does not see the drawing."""
    found = chart(agency, today)
    sides = [(_("ฝ่ายการเมือง"), found.political), (_("ฝ่ายประจำ"), found.permanent)]
    items = [format_html("<li>{}{}</li>", name, _listed(map(str, posts))) for name, posts in sides]
    items.append(format_html("<li>{}{}</li>", _("ส่วนราชการ"), _nested(found.units)))
    return format_html("<ul>{}</ul>", format_html_join("", "{}", ((item,) for item in items)))


def _listed(lines: Iterable[str]) -> SafeString:
    inside = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html("<ul>{}</ul>", inside) if inside else SafeString("")


def _nested(nodes: Sequence[Node]) -> SafeString:
    if not nodes:
        return SafeString("")
    items = ((_headed(node), _nested(node.children)) for node in nodes)
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}{}</li>", items))


def _headed(node: Node) -> str:
    return f"{node.name} ({', '.join(map(str, node.heads))})" if node.heads else node.name


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Show the chart of today beside the list, as a drawing and as a nested list."""
    if entry is not None:
        return SafeString("")
    drawing = SafeString(draw(scope.agency, scope.today))  # every text in it is escaped where it is drawn
    return format_html(
        '{}<details class="more"><summary>{}</summary>{}</details>',
        drawing,
        _("แผนผังเป็นรายการข้อความ"),
        outline(scope.agency, scope.today),
    )


# --- out of date ----------------------------------------------------------------------------------------------------
def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Say when nothing is published, only one side is shown, or units and posts changed after the last publication."""
    current = Entry.objects.filter(agency=scope.agency, register=register.id, state__in=register.counted_states)
    last = current.order_by("-dated_on", "-pk").first()
    if last is None:
        return [Notice(_("ยังไม่มีแผนผังโครงสร้างที่เผยแพร่"), is_blocking=True)]
    found = []
    if last.values.get("both_sides") is not True:
        found.append(Notice(_("แผนผังที่เผยแพร่ล่าสุดไม่ได้แสดงทั้งฝ่ายการเมืองและฝ่ายประจำ"), is_blocking=True))
    changed = changed_since(scope.agency, last.dated_on, scope.today)
    if changed:
        names = ", ".join(changed[:_NAMED]) + (
            _(" และอีก {n} แห่ง").format(n=len(changed) - _NAMED) if len(changed) > _NAMED else ""
        )
        told = _("แผนผังที่เผยแพร่เมื่อ {day} ล้าสมัย มีการเปลี่ยนแปลงหลังจากนั้น: {names}")
        told = told.format(day=format_date(last.dated_on, "abbr"), names=names)
        found.append(Notice(to_thai(told), is_blocking=True))
    return found


def changed_since(agency: Agency, day: date, today: date) -> list[str]:
    """Name units and posts that changed after a day: by the journal, or because they began or ended since."""
    journal = AuditEntry.objects.filter(agency=agency, subject_type__in=_WATCHED, at__date__gt=day)
    names = list(journal.order_by("number").values_list("subject_text", flat=True))
    for model in (Unit, Post):
        of = model.objects.filter(agency=agency)
        begun = of.filter(valid_from__gt=day, valid_from__lte=today)
        # The last day of validity is still a day of it: it has ended on the day after.
        ended = of.filter(valid_to__gte=day, valid_to__lt=today)
        names += [str(one) for one in (*begun, *ended)]
    return list(dict.fromkeys(names))
