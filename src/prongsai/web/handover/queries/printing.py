"""The list of a handover as a paper: its rows, and who has signed."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.reports.catalogue import paper_kind
from prongsai.reports.forms.handover_list import NAME, HandedOver, HandoverList
from prongsai.reports.forms.signing import Signed
from prongsai.reports.papers.options import USUAL
from prongsai.web.agencies.models import Appointment, Person
from prongsai.web.agencies.queries import signature_lines
from prongsai.web.agencies.queries.holding import in_order
from prongsai.web.handover.models import Handover
from prongsai.web.handover.queries.gathering import rows_of
from prongsai.web.handover.queries.giver import giver_of
from prongsai.web.handover.queries.rows import Row, grouped
from prongsai.web.stationery.services import write_paper


@override("th")  # it is printed
def position_of(handover: Handover, person: Person, day: date) -> str:
    """Give the post under which somebody signs on a day; of a giver who has left, the last that they had."""
    held = Appointment.objects.filter(agency=handover.agency, person=person).on(day).select_related("person", "post")
    first = next(iter(in_order(held)), None)
    if first is None and person.pk == handover.giver_id:
        first = next(iter(giver_of(handover.agency, person, day).held), None)
    return " ".join(signature_lines(first, day))[:300] if first else ""


@override("th")
def list_of(handover: Handover, today: date) -> HandoverList:
    """Give the list as its paper takes it, with the signatures that there are."""
    items = [_item(row) for group in grouped(rows_of(handover, today)) for row in group.rows]
    return HandoverList(
        agency=handover.agency.name,
        unit=handover.unit.name if handover.unit else "",
        handed_on=handover.effective_on,
        reason=handover.reason,
        items=(*items, *_advice(handover)),
        giver=_giver(handover, today),
        taker=_taker(handover, today),
    )


def _item(row: Row) -> HandedOver:
    note = " ".join(part for part in (str(row.fate.label), row.note) if part)
    return HandedOver(str(row.kind.label), row.title, row.about, row.due_on, note)


def _advice(handover: Handover) -> Iterator[HandedOver]:
    for line in handover.note.splitlines():
        if line.strip():
            yield HandedOver(_("คำแนะนำ"), line.strip())


def _giver(handover: Handover, today: date) -> Signed:
    who = handover.given_by or handover.giver
    position = handover.given_as or position_of(handover, who, min(today, handover.effective_on))
    if who.pk != handover.giver_id:
        position = f"{position} {_('ลงนามส่งมอบแทน')} {handover.giver}"
    return Signed(str(who), position, on=handover.given_on)


def _taker(handover: Handover, today: date) -> Signed:
    position = handover.taken_as or position_of(handover, handover.taker, today)
    return Signed(str(handover.taker), position, on=handover.taken_on)


@override("th")
def render_list(handover: Handover, form: str, today: date) -> tuple[str, bytes]:
    """Give the list as a file: its name and bytes. form: docx or pdf. Raises FileUnusable where that cannot be made."""
    record = list_of(handover, today)
    document = paper_kind(NAME).compose(record, USUAL)
    made = write_paper(handover.agency, kind=NAME, document=document, form=form, record=record)
    return f"{document.title[:120]}.{form}", made.content
