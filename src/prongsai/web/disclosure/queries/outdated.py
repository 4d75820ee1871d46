"""Which published pages are overtaken by what they were made of: the organisation, and those who lead it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies.models import Appointment, AuditEntry, Person, Post, Unit
from prongsai.web.agencies.queries import top_executives
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Page, PageState
from prongsai.web.disclosure.queries.letters import newer_of
from prongsai.web.disclosure.queries.reported import what_of
from prongsai.web.letters.models import Letter
from prongsai.web.registers.models import Entry

STRUCTURE = ("organisation.structure",)
EXECUTIVES = ("organisation.executives",)
# What the top executive signs in their own name, and their successor signs anew.
DECLARED = ("no-gift.declaration", "integrity.statement")
_LEADS = (Role.MAYOR, Role.SECRETARY)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """That something changed after a page was published: what, and when. letter: the newer one, where that is it."""

    what: str
    at: datetime
    letter: Letter | None = None


def overtaken(scope: Scope, pages: Iterable[Page]) -> Mapping[int, Overtaken]:
    """Give, by their keys, the published pages that are overtaken.

    One query where no page is of such an item and no letter that a page shows was replaced.
    """
    published = [one for one in pages if one.state == PageState.PUBLIC and one.current and one.current.published_at]
    found: dict[int, Overtaken] = {}
    for keys, newest in ((STRUCTURE, _structure), (EXECUTIVES, _executives), (DECLARED, _top)):
        mine = [one for one in published if one.item_key.startswith(keys)]
        if mine and (change := newest(scope)):
            found |= {one.pk: change for one in mine if _since(one) < change.at}
    return found | {pk: _by_letter(letter) for pk, letter in newer_of(published).items()}


def _by_letter(newer: Letter) -> Overtaken:
    """Tell of a newer letter, whenever the older one was put on the page: it holds no more. No secret one is named."""
    what = _("{what}ที่หน้านี้แสดงมีฉบับใหม่แทนแล้ว: {subject}").format(what=what_of(newer), subject=newer)
    return Overtaken(what, newer.decided_at or timezone.now(), None if newer.secrecy else newer)


def _since(page: Page) -> datetime:
    assert page.current and page.current.published_at
    return page.current.published_at


def _structure(scope: Scope) -> Overtaken | None:
    told = _journal(scope).filter(subject_type__in=(Unit._meta.label_lower, Post._meta.label_lower)).first()
    spans = [*_spans(Unit.objects.filter(agency=scope.agency)), *_spans(Post.objects.filter(agency=scope.agency))]
    return _newest(scope, told, spans, _("ส่วนราชการหรือตำแหน่งเปลี่ยน"))


def _executives(scope: Scope) -> Overtaken | None:
    held = Appointment.objects.filter(agency=scope.agency).filter(
        Q(post__roles__role__in=_LEADS) | Q(post__is_head=True)
    )
    rows = list(held.values_list("pk", "post_id", "person_id", "valid_from", "valid_to").distinct())
    entries = Entry.objects.filter(agency=scope.agency, register="executives").values_list("pk", flat=True)
    ids = {
        Entry._meta.label_lower: {str(pk) for pk in entries},
        Appointment._meta.label_lower: {str(row[0]) for row in rows},
        Post._meta.label_lower: {str(row[1]) for row in rows},
        Person._meta.label_lower: {str(row[2]) for row in rows},
    }
    asked = Q(pk__in=[])
    for kind, pks in ids.items():
        asked |= Q(subject_type=kind, subject_id__in=pks)
    told = _journal(scope).filter(asked).first()
    return _newest(scope, told, [row[3:] for row in rows], _("ผู้บริหารหรือช่องทางติดต่อเปลี่ยน"))


def _top(scope: Scope) -> Overtaken | None:
    since = [one.valid_from for one in top_executives(scope.agency, scope.today)]
    return _newest(scope, None, [(day, None) for day in since], _("ผู้บริหารสูงสุดเปลี่ยน ต้องประกาศใหม่"))


def _journal(scope: Scope) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(agency=scope.agency).order_by("-number")


def _spans(rows: QuerySet[Unit] | QuerySet[Post]) -> Iterator[tuple[date | None, date | None]]:
    return iter(rows.order_by().values_list("valid_from", "valid_to").distinct())


def _newest(
    scope: Scope, told: AuditEntry | None, spans: Iterable[tuple[date | None, date | None]], what: str
) -> Overtaken | None:
    """Give the newest change: as the journal tells it, or as one begins or ends by its days."""
    days = [day for start, end in spans for day in (start, end + timedelta(days=1) if end else None)]
    came = max((day for day in days if day and day <= scope.today), default=None)
    by_day = Overtaken(what, timezone.make_aware(datetime.combine(came, time.min))) if came else None
    by_journal = Overtaken(f"{what}: {told.subject_text}", told.at) if told else None
    known = [one for one in (by_day, by_journal) if one]
    return max(known, key=lambda one: one.at, default=None)
