"""Everything that proves an item, as one zip that is sent while it is made."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import RawIOBase

from django.utils.translation import gettext as _

from prongsai.thai.dates import format_date
from prongsai.web.cycles.models import ElementEvidence, ElementState, ItemState
from prongsai.web.cycles.queries.items import elements_of
from prongsai.web.evidence.models import Evidence
from prongsai.web.evidence.services import read_file

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_NAME_MAX = 80
README = "รายการหลักฐาน.txt"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes into the zip of an item: names inside it with the evidence, and the list of everything."""

    item: ItemState
    files: tuple[tuple[str, Evidence], ...]
    readme: str


def parcel_of(item: ItemState) -> Parcel:
    """Put together what proves an item; withdrawn evidence is named in the list but its file is left out."""
    elements = list(elements_of(item))
    files: dict[int, tuple[str, Evidence]] = {}
    for element in elements:
        for proof in element.proofs.all():
            found = proof.evidence
            if found.file and not found.withdrawn_at and found.pk not in files:
                files[found.pk] = (_inside(len(files) + 1, item, found), found)
    return Parcel(item, tuple(files.values()), _readme(item, elements, {pk: name for pk, (name, _e) in files.items()}))


def _inside(number: int, item: ItemState, found: Evidence) -> str:
    assert found.file is not None
    stem, dot, suffix = found.file.name.rpartition(".")
    name = _UNSAFE.sub(" ", stem if dot else suffix).strip()[:_NAME_MAX] or "file"
    return f"{number:02d} {_UNSAFE.sub(' ', item.code)} {name}" + (f".{_UNSAFE.sub('', suffix)}" if dot else "")


def _readme(item: ItemState, elements: Iterable[ElementState], names: dict[int, str]) -> str:
    lines = [f"{item.code} {item.title}", str(item.cycle.agency), str(item.cycle), ""]
    for number, element in enumerate(elements, start=1):
        verdict = element.get_verdict_display() or _("ยังไม่ได้ตรวจ")
        lines += [f"{number}. {element.text}", f"   {_('ผลตรวจ')}: {verdict} {element.reason}".rstrip()]
        for proof in element.proofs.all():
            lines += [f"   - {line}" for line in _told(proof, names)]
        lines.append("")
    return "\r\n".join(lines)


def _told(proof: ElementEvidence, names: dict[int, str]) -> Iterator[str]:
    found = proof.evidence
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
    if proof.page:
        yield f"  {_('หน้า / ตำแหน่งในเอกสาร')}: {proof.page}"


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
    """Give the zip piece by piece. Raises FileUnusable when a file is no longer what was kept."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(README, "\ufeff" + parcel.readme)
        yield pipe.take()
        for name, found in parcel.files:
            assert found.file is not None
            archive.writestr(name, read_file(found.file))
            yield pipe.take()
    yield pipe.take()
