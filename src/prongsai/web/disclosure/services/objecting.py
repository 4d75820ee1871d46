"""Disputing scores: what is disputed, the letter, and the pack that proves it."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable
from prongsai.reports.papers import letter
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle
from prongsai.web.disclosure.models import Objection, Release
from prongsai.web.disclosure.queries.objections import Case, cases_of, disputable
from prongsai.web.disclosure.services import packing
from prongsai.web.disclosure.services.bodies import keep_arrived
from prongsai.web.disclosure.services.objection_letter import letter_of
from prongsai.web.evidence import store
from prongsai.web.evidence.models import File

Point = Mapping[str, object]
WORDS_MAX = 4_000
ZIP = "application/zip"


def object_to(scope: Scope, *, cycle: Cycle, points: Sequence[Point]) -> Objection:
    """Dispute items of a cycle. points: {"item": key, "criterion": keys of elements, "words": the office's own}.

    Raises ValidationError for no point, an item that has the full score, an element that is not the item's.
    """
    plain = _checked(cycle, points)
    return journal.create(scope, Objection(cycle=cycle, points=plain, made_by=scope.person), "objection.add")


@transaction.atomic
def rewrite(scope: Scope, *, objection: Objection, version: int | None, points: Sequence[Point]) -> Objection:
    """Change what is disputed; the pack goes and must be made anew. Raises Stale, ValidationError."""
    plain = _checked(objection.cycle, points)
    old = objection.pack
    journal.change(scope, objection, "objection.change", version=version, points=plain, pack=None, holds=[])
    _drop(scope, old)
    return objection


@override("th")  # it goes to the commission, whatever language its maker reads
def make_pack(scope: Scope, *, objection: Objection, version: int | None) -> Objection:
    """Write letter and proof into one zip and keep it in place of the one before; it holds what is known now.

    Raises Stale, also when something in it was erased meanwhile. The database is not held while it is written.
    """
    now = timezone.now()
    cases = cases_of(objection, until=now)
    made = packing.write(objection, cases, letters_of(scope, objection, cases), now=now)
    try:
        return _kept(scope, objection, version, made)
    finally:
        made.arrived.path.unlink(missing_ok=True)


@transaction.atomic
def _kept(scope: Scope, objection: Objection, version: int | None, made: packing.Made) -> Objection:
    journal.take_turn(scope.agency)
    current = Objection.objects.select_related("pack").get(pk=objection.pk)
    if _is_gone(scope, made.holds) or (version is not None and current.version != version):
        raise journal.Stale(current)
    pack = keep_arrived(scope, arrived=made.arrived, name=pack_name(objection), media_type=ZIP)
    journal.change(scope, objection, "objection.pack", version=version, pack=pack, holds=sorted(made.holds))
    if current.pack != pack:
        _drop(scope, current.pack)
    return objection


def _is_gone(scope: Scope, hashes: Collection[str]) -> bool:
    """Whether a file or the words of a release were erased since they were put into a pack."""
    files = File.objects.filter(agency=scope.agency, sha256__in=hashes).exclude(erased_at=None)
    releases = Release.objects.filter(page__agency=scope.agency, sha256__in=hashes).exclude(erased_at=None)
    return files.exists() or releases.exists()


def _drop(scope: Scope, pack: File | None) -> None:
    """Take a replaced pack away with its bytes, where what must be erased would not be found; its hash stays."""
    if pack is None:
        return
    code, sha256 = scope.agency.code, pack.sha256
    journal.delete(scope, pack, "file.drop")
    transaction.on_commit(lambda: store.erase(code, sha256))


def pack_name(objection: Objection) -> str:
    """Give the name under which a pack is saved; Latin, so that every mail program keeps it."""
    return f"objection-{objection.cycle.framework_id}-{objection.pk}.zip"


def letters_of(scope: Scope, objection: Objection, cases: Iterable[Case]) -> dict[str, bytes]:
    """Give the letter in Word and, where that can be written, in PDF: name → bytes."""
    document = letter.compose(letter_of(scope, objection, tuple(cases)))
    office = Office(bytes(scope.agency.emblem) or None)
    made = {"letter.docx": render(document, "docx", office)}
    try:
        made["letter.pdf"] = render(document, "pdf", office)
    except FileUnusable:  # the packages for PDF are not installed: the Word file is enough
        return made
    return made


def _checked(cycle: Cycle, points: Sequence[Point]) -> list[dict[str, object]]:
    """Keep what is known of the points, in the order of the items."""
    if not points:
        raise ValidationError(_("เลือกข้อที่จะโต้แย้งอย่างน้อยหนึ่งข้อ"))
    may = {one.item.key: one for one in disputable(cycle)}
    given: dict[str, Point] = {}
    for point in points:
        key = str(point["item"])
        if key not in may or key in given:
            raise ValidationError(_("ข้อนี้โต้แย้งไม่ได้ เพราะได้คะแนนเต็ม หรือเลือกซ้ำ"))
        given[key] = point
    return [_plain(given[key], {element.key for element in one.elements}) for key, one in may.items() if key in given]


def _plain(point: Point, elements: set[str]) -> dict[str, object]:
    asked = point.get("criterion") or []
    criterion = [str(one) for one in asked] if isinstance(asked, list | tuple) else []
    words = str(point.get("words") or "").strip().replace("\r\n", "\n")
    if not set(criterion) <= elements:
        raise ValidationError(_("องค์ประกอบที่เลือกไม่ใช่ของข้อนี้"))
    if not words:
        raise ValidationError(_("เขียนคำชี้แจงของทุกข้อที่เลือก"))
    if len(words) > WORDS_MAX:
        raise ValidationError(_("คำชี้แจงยาวเกิน {n} ตัวอักษร").format(n=WORDS_MAX))
    return {"item": point["item"], "criterion": criterion, "words": words}
