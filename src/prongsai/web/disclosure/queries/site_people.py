"""Who leads the office, its units, its powers, its open forms: as registers or the organisation's own tables say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from prongsai.portal.model import Block, BlockKind, FormLink, Official, UnitNode
from prongsai.thai.date_print import format_date
from prongsai.web.agencies.models import Agency, Appointment, Capacity, Side
from prongsai.web.agencies.queries import signature_lines, unit_tree
from prongsai.web.agencies.queries.holding import in_order
from prongsai.web.complaints.queries import rolls
from prongsai.web.disclosure.models import Page, PageState, Portrait
from prongsai.web.disclosure.queries.addresses import app_origin
from prongsai.web.disclosure.queries.site_pages import asset_of, blocks_of
from prongsai.web.evidence.models import File
from prongsai.web.registers.models import Entry, EntryFile
from prongsai.web.registers.queries.library import Kept, all_kept
from prongsai.web.registers.queries.opened import is_published, title_of
from prongsai.web.registers.queries.parts import open_only

PHOTO = "photo"  # the field of the register
POLITICAL, COUNCIL, PERMANENT = "political", "council", "permanent"
# How posts at the top are called in every kind of local government; heads of units are known by their mark.
_EXECUTIVES = ("นายก", "รองนายก", "ที่ปรึกษานายก", "เลขานุการนายก")
_COUNCILLORS = ("ประธานสภา", "รองประธานสภา", "สมาชิกสภา", "เลขานุการสภา")
_SECRETARIES = ("ปลัด", "รองปลัด")
_POWERS_OF_ITEM = ("organisation.powers", "organisation.structure-and-powers")
# Forms that the generator has words of its own for; others keep the id of their register.
_FORM_KEYS = {"questions": "questions", "service-requests": "service", "complaints-general": "complaint"}
CORRUPTION = "corruption"
"""The key of the sealed channel, which is no register's form and stands apart from complaints in general."""

Registers = Mapping[str, Kept]


def registers_of(agency: Agency) -> Registers:
    """Give every register by its id; one query."""
    return {one.id: one for one in all_kept(agency)}


# --- who leads ------------------------------------------------------------------------------------------------------
def officials_of(agency: Agency, registers: Registers, day: date) -> tuple[Official, ...]:
    """Give who leads the office: of the published register of executives, else of the appointments of a day."""
    kept = registers.get("executives")
    found = _from_register(agency, kept) if kept and is_published(kept) else ()
    return found or _from_appointments(agency, day)


def parted(officials: Iterable[Official]) -> tuple[tuple[Official, ...], tuple[Official, ...]]:
    """Part the political side, the council with it, from the permanent one."""
    everybody = tuple(officials)
    political = tuple(one for one in everybody if one.side != PERMANENT)
    return political, tuple(one for one in everybody if one.side == PERMANENT)


def _from_register(agency: Agency, kept: Kept) -> tuple[Official, ...]:
    photos = Prefetch("files", EntryFile.objects.filter(field=PHOTO).select_related("file"), "photos")
    entries = _public(agency, kept).prefetch_related(photos)
    drawn = dict(_portraits(agency))
    ordered = sorted(entries, key=lambda one: (_number(one.values.get("place")), one.pk))
    return tuple(_entered(agency, one, drawn) for one in ordered)


def _portraits(agency: Agency) -> Iterator[tuple[int, File]]:
    """Give what was drawn anew of the pictures that still stand, by the pictures."""
    drawn = Portrait.objects.filter(original__agency=agency, original__erased_at=None, drawn__erased_at=None)
    for one in drawn.exclude(drawn=None).select_related("drawn"):
        yield one.original_id, cast("File", one.drawn)


def photos_of(agency: Agency) -> QuerySet[File]:
    """Give the pictures of the published register of executives, as they were uploaded."""
    shown = _photos(agency).values("file")
    return File.objects.filter(pk__in=shown).select_related("agency")


def photographed(agency: Agency) -> Iterator[tuple[str, int]]:
    """Give who has a picture in the published register of executives, and the key of its file."""
    for values, file in _photos(agency).values_list("entry__values", "file"):
        yield _text(values.get("person")), file


def _photos(agency: Agency) -> QuerySet[EntryFile]:
    kept = registers_of(agency).get("executives")
    if kept is None or not is_published(kept):
        return EntryFile.objects.none()
    return EntryFile.objects.filter(
        field=PHOTO, entry__in=_public(agency, kept).order_by().values("pk"), file__erased_at=None
    )


def _public(agency: Agency, kept: Kept) -> Any:
    """Give the entries of a register that everybody may see, without what only searches need."""
    named = kept.register.public.states if kept.register.public else ()
    states = [one.key for one in kept.register.states if one.is_public and (not named or one.key in named)]
    found = Entry.objects.filter(agency=agency, register=kept.id, state__in=states)
    return open_only(found, kept.id).defer("found_by").order_by("pk")


def _entered(agency: Agency, entry: Entry, drawn: Mapping[int, File]) -> Official:
    values = entry.values
    photos = (drawn.get(one.file_id) for one in entry.photos)  # type: ignore[attr-defined]
    photo = next((one for one in photos if one), None)
    side = str(values.get("side") or POLITICAL)
    post = _text(values.get("post"))
    since = values.get("since")
    return Official(
        name=_text(values.get("person")),
        post=post,
        side=COUNCIL if side == POLITICAL and post.startswith(_COUNCILLORS) else side,
        phone=str(values.get("phone") or ""),
        email=str(values.get("email") or ""),
        photo=asset_of(photo, agency) if photo else None,
        term=f"ตั้งแต่ {format_date(date.fromisoformat(str(since)))}" if since else "",
    )


def _text(value: object) -> str:
    return str(value.get("text", "")) if isinstance(value, Mapping) else str(value or "")


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return float("inf")


def _from_appointments(agency: Agency, day: date) -> tuple[Official, ...]:
    """Give who holds the posts of executives on a day: name, post, the telephone of the unit. Three queries."""
    known = Prefetch("person__appointments", Appointment.objects.select_related("post"), "held")
    serving = Appointment.objects.filter(_leading(), agency=agency).exclude(capacity=Capacity.DELEGATED)
    held = serving.on(day).exclude(person__left_on__lt=day)
    found = list(held.select_related("person", "post__unit").prefetch_related(known))
    return tuple(_appointed(one, day) for one in _one_a_post(found))


def _leading() -> Q:
    """Name the posts: both sides' top, the council, and every head of a unit."""
    named = Q(post__is_head=True) | Q(post__side=Side.POLITICAL)
    for title in (*_EXECUTIVES, *_COUNCILLORS, *_SECRETARIES):
        named |= Q(post__title__startswith=title)
    return named


def _one_a_post(found: Sequence[Appointment]) -> list[Appointment]:
    """Keep the holder of a post, or who acts while there is none; every councillor, who share the name of a post."""
    shown: dict[int, Appointment] = {}
    for one in in_order(found):
        shown.setdefault(one.post_id, one)
    return sorted(shown.values(), key=lambda one: (_rank(one.post.title), one.post.place, one.post_id))


def _rank(title: str) -> int:
    order = (*_EXECUTIVES, *_COUNCILLORS, *_SECRETARIES)
    return next((place for place, start in enumerate(order) if title.startswith(start)), len(order))


def _appointed(one: Appointment, day: date) -> Official:
    unit = one.post.unit
    return Official(
        name=str(one.person),
        post=" ".join(signature_lines(one, day)),
        side=_side(one),
        phone=unit.phone if unit else "",
    )


def _side(one: Appointment) -> str:
    title = one.post.title
    if title.startswith(_COUNCILLORS):
        return COUNCIL
    return POLITICAL if one.post.side == Side.POLITICAL or title.startswith(_EXECUTIVES) else PERMANENT


# --- units ----------------------------------------------------------------------------------------------------------
def units_of(agency: Agency, day: date) -> tuple[UnitNode, ...]:
    """Give the chart of units that there are on a day, with who heads each; four queries."""
    nodes = unit_tree(agency, day, closed=False)
    return _under(iter([*nodes, None]), 0, [])[0]


def _under(nodes: Iterator[Any], depth: int, ahead: list[Any]) -> tuple[tuple[UnitNode, ...], Any]:
    """Nest a list in the order of a walk. Gives the nodes of a depth, and the first that stands higher."""
    found = []
    node = ahead.pop() if ahead else next(nodes)
    while node is not None and node.depth >= depth:
        below, following = _under(nodes, node.depth + 1, [])
        found.append(UnitNode(node.unit.name, node.head, node.unit.phone, below))
        node = following
    return tuple(found), node


# --- powers ---------------------------------------------------------------------------------------------------------
def powers_of(agency: Agency, registers: Registers) -> tuple[Block, ...]:
    """Give powers and duties in the office's own words: of the published register, else of the page of that item."""
    kept = registers.get("powers")
    entries = list(_public(agency, kept)) if kept and is_published(kept) else []
    if entries:
        return tuple(block for kind in ("powers", "mission", "vision") for block in _power_blocks(entries, kind))
    pages = Page.objects.filter(
        agency=agency, item_key__in=_POWERS_OF_ITEM, state=PageState.PUBLIC, current__isnull=False
    )
    bodies = pages.order_by("-year_be", "item_key").values_list("current__body", flat=True)
    return blocks_of(bodies.first() or ())


def _power_blocks(entries: Iterable[Entry], kind: str) -> Iterator[Block]:
    for entry in entries:
        values = entry.values
        if values.get("kind") != kind:
            continue
        yield Block(BlockKind.HEADING, (str(values.get("topic", "")),))
        yield Block(BlockKind.PARAGRAPH, (str(values.get("text", "")),))
        if basis := _basis(values):
            yield Block(BlockKind.PARAGRAPH, (basis,))


def _basis(values: Mapping[str, Any]) -> str:
    """Name the act that gives a power, and the unit that it falls to."""
    act, year, section = (str(values.get(key) or "") for key in ("act", "act_year_be", "section"))
    named = " ".join(
        part for part in (act, f"พ.ศ. {year}" if year else "", f"มาตรา {section}" if section else "") if part
    )
    unit = _text(values.get("unit"))
    return " · ".join(
        part for part in (f"ตาม{named}" if act else "", f"ส่วนราชการที่รับผิดชอบ: {unit}" if unit else "") if part
    )


# --- forms ----------------------------------------------------------------------------------------------------------
def forms_of(agency: Agency, registers: Registers, app_address: str) -> tuple[FormLink, ...]:
    """Give the forms that are open to outsiders. app_address: of the application; empty: nothing to link to."""
    root = (app_address or app_origin()).rstrip("/")
    taken = [one for one in registers.values() if one.is_open and one.takes_outside and one.register.outside]
    links = [*(_form(agency, one, root) for one in taken), *_sealed_channel(agency, root)]
    order = [*_FORM_KEYS.values(), CORRUPTION]
    return tuple(sorted(links, key=lambda one: (order.index(one.key) if one.key in order else len(order), one.key)))


def _sealed_channel(agency: Agency, root: str) -> Iterator[FormLink]:
    """Give the way to telling of corruption, once its channel is open."""
    if rolls.is_open(agency):
        address = f"{root}{reverse('report_start', args=[agency.code])}" if root else ""
        text = "ช่องทางเฉพาะเรื่องทุจริต แยกจากเรื่องร้องเรียนทั่วไป ไม่ต้องลงชื่อเข้าใช้ ไม่บอกชื่อก็ได้ อ่านได้เฉพาะผู้รับเรื่องที่กำหนดไว้"
        yield FormLink(CORRUPTION, "แจ้งเรื่องทุจริต", address, text)


def _form(agency: Agency, kept: Kept, root: str) -> FormLink:
    outside = kept.register.outside
    address = f"{root}{reverse('registers:send', args=[agency.code, kept.id])}" if root else ""
    key, title = _FORM_KEYS.get(kept.id, kept.id), outside.title_th if outside else title_of(kept)
    return FormLink(key, title or kept.name_th, address, outside.intro_th if outside else "")
