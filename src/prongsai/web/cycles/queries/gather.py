"""Everything that proves an item, as one zip that is sent while it is made."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import RawIOBase

from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.errors import FileUnusable
from prongsai.thai.dates import format_date
from prongsai.web.cycles.models import ItemState
from prongsai.web.cycles.queries.items import elements_of
from prongsai.web.cycles.queries.register_proofs import ElementLine, lines_of
from prongsai.web.evidence.models import Evidence
from prongsai.web.evidence.services import read_file

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_NAME_MAX = 80
README = "รายการหลักฐาน.txt"
LOST = ".หาย.txt"  # after the name of a file that is missing or damaged: what stands there says so


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes into the zip of an item: names inside it with the evidence, and the list of everything.

    lost: what the list says before the files that turn out to be missing or damaged.
    """

    item: ItemState
    files: tuple[tuple[str, Evidence], ...]
    readme: str
    lost: str


def parcel_of(item: ItemState) -> Parcel:
    """Put together what proves an item; withdrawn evidence is named in the list but its file is left out."""
    lines = lines_of(item, elements_of(item), timezone.localdate())
    files: dict[int, tuple[str, Evidence]] = {}
    for line in lines:
        for found in (*(proof.evidence for proof in line.element.proofs.all()), *_of_registers(line)):
            if found.file and not found.withdrawn_at and found.pk not in files:
                files[found.pk] = (_inside(len(files) + 1, item, found), found)
    readme = _readme(item, lines, {pk: name for pk, (name, _e) in files.items()})
    return Parcel(item, tuple(files.values()), readme, _("ไฟล์ที่สูญหายหรือเสียหาย จึงไม่อยู่ในชุดนี้"))


def _of_registers(line: ElementLine) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(found for proof in line.proofs for found in proof.evidence))


def _inside(number: int, item: ItemState, found: Evidence) -> str:
    assert found.file is not None
    stem, dot, suffix = found.file.name.rpartition(".")
    name = _UNSAFE.sub(" ", stem if dot else suffix).strip()[:_NAME_MAX] or "file"
    return f"{number:02d} {_UNSAFE.sub(' ', item.code)} {name}" + (f".{_UNSAFE.sub('', suffix)}" if dot else "")


def _readme(item: ItemState, elements: Iterable[ElementLine], names: dict[int, str]) -> str:
    lines = [f"{item.code} {item.title}", str(item.cycle.agency), str(item.cycle), ""]
    for number, line in enumerate(elements, start=1):
        element = line.element
        unseen = _("ครบจากทะเบียน") if line.is_green else _("ยังไม่ได้ตรวจ")
        verdict = element.get_verdict_display() or unseen
        lines += [f"{number}. {element.text}", f"   {_('ผลตรวจ')}: {verdict} {element.reason}".rstrip()]
        for proof in element.proofs.all():
            lines += [f"   - {told}" for told in _told(proof.evidence, names, proof.page)]
        for found in _of_registers(line):
            lines += [f"   - {told}" for told in _told(found, names)]
        lines.append("")
    return "\r\n".join(lines)


def _told(found: Evidence, names: dict[int, str], page: str = "") -> Iterator[str]:
    yield f"{found.title}" + (f" ({_('ยกเลิกแล้ว')})" if found.withdrawn_at else "")
    if found.file:
        yield f"  {_('ไฟล์')}: {names.get(found.pk, found.file.name)}"
        yield f"  SHA-256: {found.file.sha256}"
    if found.address:
        yield f"  {_('ที่อยู่เว็บ')}: {found.address}"
    for label, day in ((_("วันที่ในเอกสาร"), found.document_date), (_("วันที่ได้รับ"), found.received_on)):
        if day:
            yield f"  {label}: {format_date(day, 'full')}"
    if found.content_year_be:
        yield f"  {_('ปีงบประมาณของเนื้อหา')}: {found.content_year_be}"
    if page:
        yield f"  {_('หน้า / ตำแหน่งในเอกสาร')}: {page}"


class _Pipe(RawIOBase):
    """What zipfile writes to and the answer takes from: no more than one file is held at a time."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take some bytes."""
        self._waiting += data
        return len(data)

    def take(self) -> bytes:
        """Give what waits, once."""
        found, self._waiting = bytes(self._waiting), bytearray()
        return found


def stream(parcel: Parcel) -> Iterator[bytes]:
    """Give the zip piece by piece, the list last; a note stands in for a file that is no longer what was kept."""
    pipe, lost = _Pipe(), []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for name, found in parcel.files:
            assert found.file is not None
            try:
                archive.writestr(name, read_file(found.file))
            except FileUnusable as fault:
                archive.writestr(f"{name}{LOST}", f"\ufeff{fault.one_line}\r\nSHA-256: {found.file.sha256}\r\n")
                lost.append(f"- {name}")
            yield pipe.take()
        told = [parcel.readme, *([parcel.lost, *lost, ""] if lost else [])]
        archive.writestr(README, "\ufeff" + "\r\n".join(told))
    yield pipe.take()
