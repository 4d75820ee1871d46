"""Letters to hand over: drafts, what waits for a signature, reserved numbers, what came in, what was sent round.

Of a secret paper nothing is told but that there is one, and nothing of it is moved: who may know of it is decided by
whoever holds it.
"""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.web.agencies.scope import Scope
from prongsai.web.handover.models import Fate, Kind
from prongsai.web.handover.queries.giver import Giver
from prongsai.web.handover.queries.rows import Row, secret_title
from prongsai.web.letters.models import Incoming, Letter, LetterState, Number, NumberState, SeriesKind
from prongsai.web.letters.queries.chain import waiting_for
from prongsai.web.letters.queries.circulars import mine

OPEN = (LetterState.DRAFT, LetterState.IN_CHAIN, LetterState.RETURNED)
_SECRET = (SeriesKind.SECRET_OUT, SeriesKind.SECRET_IN)


def rows(scope: Scope, giver: Giver) -> Iterator[Row]:
    """Give the letters of a giver. scope: theirs."""
    yield from _drafts(giver)
    yield from _signing(scope, giver)
    yield from _numbers(giver)
    yield from _incoming(giver)
    yield from _circulars(scope)


def _drafts(giver: Giver) -> Iterator[Row]:
    found = Letter.objects.filter(agency=giver.agency, drafter=giver.person, state__in=OPEN)
    for one in found.select_related("agency", "number"):
        if one.secrecy:
            yield _secret(Kind.LETTER, one.pk)
            continue
        about = [str(one.get_state_display()), one.number.text if one.number else ""]
        told = " · ".join(part for part in about if part)
        yield Row(Kind.LETTER, one.pk, one.subject, told, address=one.get_absolute_url(), fate=Fate.MOVED)


def _secret(kind: Kind, pk: int) -> Row:
    note = _("ส่งมอบด้วยมือตามระเบียบว่าด้วยการรักษาความลับของทางราชการ แล้วเพิ่มผู้รับมอบเป็นผู้มีสิทธิรู้")
    return Row(kind, pk, secret_title(), fate=Fate.HAND, note=note)


def _signing(scope: Scope, giver: Giver) -> Iterator[Row]:
    words = _("รอลงนามตามตำแหน่ง ผู้ดำรงตำแหน่งหรือผู้รักษาราชการแทนคนต่อไปเห็นเอง")
    for one in waiting_for(scope).exclude(drafter=giver.person):
        if one.secrecy:
            yield Row(Kind.SIGNING, one.pk, secret_title(), words)
        else:
            yield Row(Kind.SIGNING, one.pk, one.subject, words, address=one.get_absolute_url())


def _numbers(giver: Giver) -> Iterator[Row]:
    held = Number.objects.filter(series__agency=giver.agency, taken_by=giver.person, state=NumberState.RESERVED)
    code = giver.agency.code
    for one in held.filter(letter=None).exclude(series__kind__in=_SECRET).select_related("series"):
        address = reverse("letters:series", args=[code, one.series_id])
        about = _("จองไว้ ยังไม่ได้ใช้ ให้ใช้หรือยกเลิกโดยมีเหตุผล")
        title = f"{one.text} {one.subject}".strip()
        yield Row(Kind.NUMBER, one.pk, title, about, address=address, fate=Fate.HAND)


def _incoming(giver: Giver) -> Iterator[Row]:
    open_ones = Incoming.objects.filter(agency=giver.agency, done_on=None)
    units = giver.unit_ids
    own = Q(unit__in=units, secrecy="") | ~Q(secrecy="") & (Q(registered_by=giver.person) | Q(readers=giver.person))
    for one in open_ones.filter(own).select_related("number", "unit").distinct():
        if one.secrecy:
            yield _secret(Kind.INCOMING, one.pk)
            continue
        about = " ".join(part for part in (_("เลขรับ"), one.number.text, _("จาก"), one.sender) if part)
        address = reverse("letters:incoming", args=[giver.agency.code, one.pk])
        note = str(one.unit) if one.unit else ""
        yield Row(Kind.INCOMING, one.pk, one.subject, about, one.due_on, address, Fate.POST, note)


def _circulars(scope: Scope) -> Iterator[Row]:
    note = _("ผู้ส่งมอบรับทราบก่อนพ้นหน้าที่ ผู้รับมอบมีบัญชีรับทราบของตนเอง")
    for one in mine(scope):
        about = one.number_text
        yield Row(Kind.CIRCULAR, one.pk, one.title, about, one.due_on, one.get_absolute_url(), Fate.HAND, note)
