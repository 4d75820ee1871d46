"""Declared relations and interests: which roles in procurement they touch, and who has learnt about conflicts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Move, Ref, Register, Values
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Employment
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryLink
from prongsai.web.registers.queries.rights import may_see_all
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._meeting_page import warned
from prongsai.web.registers.rules._relations import (
    ROLES,
    SOME,
    Clash,
    clashes,
    counted_of,
    duties_of,
    relations_of,
    serving_of,
    values_of,
)
from prongsai.web.registers.rules._rows import id_of, listed
from prongsai.web.ui.templatetags.ui import thai_date

_NAMES_MAX = 10


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a declarer who is not known or, of who keeps no register, not oneself; and "none" beside a relation."""
    declarer = values.get("declarer")
    if not may_see_all(scope, register) and id_of(declarer) not in scope.person_ids:
        yield Fault("declarer", "NOT_ONESELF", _("แจ้งได้เฉพาะของตนเอง"), _("ใส่ชื่อของท่าน"))
    if not isinstance(declarer, Ref) or declarer.id is None:
        yield Fault("declarer", "NOT_IN_THE_OFFICE", _("ไม่พบผู้นี้ในทะเบียนบุคลากร"), _("เลือกจากทะเบียนบุคลากร"))
    elif values.get("statement") != SOME and _stands(entry) and _has_one(scope, declarer.id):
        told = _("{person}มีความสัมพันธ์ที่แจ้งไว้และยังไม่สิ้นสุด").format(person=declarer.text)
        yield Fault("statement", "RELATION_STANDS", told, _("ใส่วันที่สิ้นสุดในรายการเดิมก่อน หากสิ้นสุดแล้ว"))


def _stands(entry: Entry | None) -> bool:
    return entry is None or entry.state != "withdrawn"


def _has_one(scope: Scope, person: int) -> bool:
    return any(one.to_on is None for one in relations_of(scope, {person}))


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """Refuse who declared to judge the own declaration, whoever wrote it down."""
    declarer = (entry.values.get("declarer") or {}).get("id")
    if move.key in ("review", "manage", "note_it") and declarer in scope.person_ids:
        return _("ผู้แจ้งพิจารณาเรื่องของตนเองไม่ได้")
    return ""


# --- on the page of a declaration -------------------------------------------------------------------------------------
def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Show which roles the relation touches, and the training of who declared."""
    declarer = (entry.values.get("declarer") or {}).get("id") if entry else None
    if entry is None or declarer is None:
        return SafeString("")
    return format_html("{}{}", _touched(scope, entry, declarer), _trained(trainings_of(scope, {declarer})[declarer]))


def _touched(scope: Scope, entry: Entry, person: int) -> SafeString:
    found = list(dict.fromkeys((one.duty.entry, one.is_sure) for one in touched_by(scope, entry, person)))
    if not found:
        return SafeString("")
    rows = format_html_join("", "<li><a href='{}'>{}</a>{}</li>", (_line(scope, *one) for one in found))
    return format_html(
        '<div class="callout" data-tone="amber"><p><strong>{}</strong></p><ul>{}</ul></div>',
        _("หน้าที่ในการจัดซื้อจัดจ้างที่ความสัมพันธ์นี้ขัด"),
        rows,
    )


def _line(scope: Scope, role: Entry, is_sure: bool) -> tuple[str, str, str]:
    address = reverse("registers:entry", args=[scope.agency.code, role.register, role.pk])
    return address, role.title, "" if is_sure else f" ({_('ชื่อคล้ายกัน ให้ตรวจ')})"


def touched_by(scope: Scope, entry: Entry, person: int) -> Iterator[Clash]:
    """Give what a declared relation stands against: roles of who declared it, held when it stood."""
    relations = [one for one in relations_of(scope, {person}) if one.entry.pk == entry.pk]
    if not relations:
        return
    duties = duties_of(scope, counted_of(scope, ROLES).filter(values__person__id=person))
    yield from (one for one in clashes(duties, relations) if one.relation is not None)


# --- training ---------------------------------------------------------------------------------------------------------
def trainings_of(scope: Scope, people: Collection[int]) -> Mapping[int, list[Entry]]:
    """Give the attendance of people at trainings about conflicts of interest, oldest first; one query."""
    came = counted_of(scope, "attendance").filter(values__person__id__in=list(people)).values("pk")
    links = EntryLink.objects.filter(field="training", entry__in=came).select_related("entry", "target")
    found: dict[int, list[Entry]] = defaultdict(list)
    for link in links.order_by("entry__dated_on", "entry"):
        if "conflict" in link.target.values.get("uses", ()):
            found[link.entry.values["person"]["id"]].append(link.entry)
    return found


def _trained(came: Iterable[Entry]) -> SafeString:
    days = [f"{values_of(one)['training'].text} ({thai_date(one.dated_on)})" for one in came]  # type: ignore[attr-defined]
    if not days:
        return warned(_("ผู้แจ้งยังไม่เคยเข้าอบรมเรื่องผลประโยชน์ทับซ้อน"))
    return format_html('<p class="soft">{} {}</p>', _("เข้าอบรมเรื่องผลประโยชน์ทับซ้อนแล้ว:"), listed(days, form="{}"))


# --- of the year ------------------------------------------------------------------------------------------------------
def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Name who has not declared this year, who declared and was never trained, and relations that touch roles."""
    if not may_see_all(scope, register):
        return
    rows = [(entry, values_of(entry)) for entry in counted_of(scope, register.id).filter(fiscal_year_be=year)]
    declared = {pk: str(values["declarer"].text) for _entry, values in rows if (pk := id_of(values.get("declarer")))}  # type: ignore[attr-defined]
    yield from _undeclared(scope, declared, year)
    trained = trainings_of(scope, declared.keys())
    yield from _named(
        _("แจ้งแล้วแต่ยังไม่เคยอบรมเรื่องผลประโยชน์ทับซ้อน {n} คน: {names}"),
        [name for pk, name in declared.items() if not trained.get(pk)],
    )
    duties = duties_of(scope, serving_of(scope, year))
    found = clashes(duties, relations_of(scope, {one.person for one in duties}))
    titles = [one.duty.entry.title for one in found if one.relation and one.is_sure]
    yield from _named(_("หน้าที่ในการจัดซื้อจัดจ้างที่ขัดกับความสัมพันธ์ที่แจ้ง {n} รายการ: {names}"), list(dict.fromkeys(titles)))


def _undeclared(scope: Scope, declared: Collection[int], year: int) -> Iterator[Notice]:
    if year != fiscal_year_be(scope.today):
        return
    staff = people_on(scope.agency, scope.today).exclude(employment=Employment.ELECTED)
    left = [str(one) for one in staff if one.pk not in declared]
    yield from _named(_("ยังไม่ได้แจ้งความสัมพันธ์ของปีนี้ {n} คน: {names}"), left)


def _named(told: str, names: Collection[str]) -> Iterator[Notice]:
    if names:
        yield Notice(to_thai(told.format(n=len(names), names=listed(list(names), _NAMES_MAX, "{}"))))
