"""What was signed becomes evidence of the items that ask for it, and takes the place of what was signed before."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.documents.model import Document
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Appointment, Unit
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.queries import proofs, rolls
from prongsai.web.cycles.models import ElementEvidence, ElementState
from prongsai.web.cycles.services import items as cycle_items
from prongsai.web.evidence import services as evidence
from prongsai.web.evidence.models import Evidence, File

TITLE_MAX = 280
CHANNEL_TITLE = "ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that proves something, and the file whose place it takes, if there is one."""

    title: str
    file: File
    before: File | None = None


def files_of(scope: Scope, document: Document, title: str, kinds: Iterable[str]) -> dict[str, File]:
    """Keep a paper in several formats: kind → file. PDF is left out where its packages are not installed."""
    office = Office(bytes(scope.agency.emblem) or None)
    made: dict[str, File] = {}
    for kind in kinds:
        with suppress(FileUnusable):  # the Word file is enough
            made[kind] = evidence.keep_file(scope, name=f"{title}.{kind}", content=render(document, kind, office))
    return made


def prove(scope: Scope, proof: Proof, *, year_be: int | None) -> Evidence:
    """Make evidence of a file: a revision of what proved the same before, where that still stands."""
    old = Evidence.objects.filter(agency=scope.agency, file=proof.before, revised_by=None, withdrawn_at=None)
    before = old.order_by("-pk").first() if proof.before else None
    said: dict[str, Any] = {"title": proof.title[:TITLE_MAX], "content_year_be": year_be, "document_date": scope.today}
    if before is not None:
        return evidence.revise(scope, evidence=before, version=None, file=proof.file, **said)
    return evidence.add_evidence(scope, file=proof.file, unit=unit_of(scope), **said)


def attach(scope: Scope, elements: Iterable[ElementState], made: Evidence) -> int:
    """Tie evidence to elements in place of what it is the revision of; say to how many. Closed cycles keep theirs."""
    n = 0
    for element in elements:
        if made.revision_of_id:
            for old in ElementEvidence.objects.filter(element=element, evidence=made.revision_of_id):
                cycle_items.detach(scope, proof=old)
        cycle_items.attach(scope, element=element, evidence=made)
        n += 1
    return n


def unit_of(scope: Scope) -> Unit | None:
    """Give the unit of who acts, None for those of the whole office."""
    held = Appointment.objects.filter(agency=scope.agency, person=scope.person).on(scope.today)
    first = held.select_related("post__unit").order_by("post__place", "pk").first()
    return first.post.unit if first else None


@override("th")
@transaction.atomic
def prove_channel(scope: Scope, *, address: str) -> Evidence:
    """Make the page on which anybody may report evidence of the item that asks for such a channel.

    Its elements get it; whether they are met is judged by whoever does that. Raises ValidationError before the channel
    is open, without such an item, or for who does not run the cycle.
    """
    if not scope.can(Power.RUN_CYCLE):
        raise ValidationError(_("ผู้ประสานงานเท่านั้นที่ใช้หน้านี้เป็นหลักฐานได้"))
    if not rolls.is_open(scope.agency):
        raise ValidationError(_("ยังไม่ได้เปิดช่องทางแจ้งเรื่องทุจริต"))
    elements = list(proofs.elements_of(scope.agency, proofs.CHANNEL))
    if not elements:
        raise ValidationError(_("ยังไม่มีรอบประเมินที่เปิดอยู่ซึ่งมีข้อช่องทางแจ้งเรื่องร้องเรียน"))
    journal.take_turn(scope.agency)
    known = Evidence.objects.filter(agency=scope.agency, address=address, withdrawn_at=None, revised_by=None).first()
    made = known or evidence.add_evidence(scope, title=CHANNEL_TITLE, address=address, unit=unit_of(scope))
    attach(scope, elements, made)
    return made
