"""Risk workshops: what became of every candidate stands on the workshop's page."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.derive import rows_of
from prongsai.registers.model import Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.numerals import to_thai
from prongsai.thai.text import fold
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.queries.parts import open_to


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Show each candidate with the risk that was made of it, or why it was not chosen."""
    if entry is None:
        return SafeString("")
    values = from_json(edition_of(entry.register, entry.since_be).fields, entry.values)
    risks, seen = _risks(scope, entry)
    lines = [(row.get("event", ""), _became(scope, row, risks, seen)) for row in rows_of(values.get("candidates"))]
    items = format_html_join("", "<dt>{}</dt><dd>{}</dd>", lines)
    return format_html('<h2>{}</h2><dl class="facts">{}</dl>', _("ผลของแต่ละประเด็น"), items)


def _risks(scope: Scope, workshop: Entry) -> tuple[Mapping[str, Entry], frozenset[int]]:
    """Give the risks that were made of a workshop by the words of their candidate, and which may be seen."""
    found = Entry.objects.filter(agency=scope.agency, register="risks", links__field="workshop", links__target=workshop)
    counted = [one for one in found if one.state in edition_of(one.register, one.since_be).counted_states]
    seen = open_to(scope, found, "risks").values_list("pk", flat=True)
    return {fold(str(one.values.get("candidate", ""))): one for one in counted}, frozenset(seen)


def _became(scope: Scope, row: Values, risks: Mapping[str, Entry], seen: frozenset[int]) -> str | SafeString:
    if row.get("chosen") is not True:
        return _("ไม่เลือก เพราะ{reason}").format(reason=row.get("reason", ""))
    made = risks.get(fold(str(row.get("event", ""))))
    if made is None:
        return _("เลือก ยังไม่ได้ประเมินเป็นความเสี่ยง")
    if made.pk not in seen:
        return _("เลือก ประเมินเป็นความเสี่ยงแล้ว")
    name = to_thai(_("ความเสี่ยงเลขที่ {n}/{year}").format(n=made.number, year=made.fiscal_year_be))
    address = reverse("registers:entry", args=[scope.agency.code, "risks", made.pk])
    return format_html('{} <a href="{}">{}</a>', _("เลือก เป็น"), address, name)
