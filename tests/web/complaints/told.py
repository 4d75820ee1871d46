"""Reports of the made-up municipality: what somebody told, with files, by a receipt."""

from __future__ import annotations

from prongsai.privacy.seal.frames import Sealer
from prongsai.privacy.seal.keys import new_pair
from prongsai.privacy.seal.receipts import Receipt, new_receipt
from prongsai.web.agencies.models import Agency, Membership, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Accused, FileKey, Identity, Mode, Told
from prongsai.web.complaints.models import Report, Way
from prongsai.web.complaints.services import receiving, store
from tests.web.complaints.office_keys import scope_for

WHAT = "เรียกรับเงินค่าใบอนุญาตก่อสร้างสามหมื่นบาทที่ร้านกาแฟ"
WHO = Identity(name="สมใจ ไม่ยอม", phone="0810000000")
FILES = (("ใบเสร็จ.jpg", b"receipt of thirty thousand"), ("เสียงสนทนา.mp3", b"voice " * 300_000))


def sealed_file(agency: Agency, title: str, content: bytes) -> FileKey:
    """Put a sealed file into the folder, as the upload handler does."""
    pair = new_pair()
    with store.writing(agency.code) as writer:
        sealer = Sealer(writer.put, pair.recipient)
        sealer.add(content)
        sealer.close()
    return FileKey(title, sealer.size, writer.name, pair.identity)


def sealed_files(agency: Agency) -> tuple[FileKey, ...]:
    """Put the two files of the made-up report into the folder."""
    return tuple(sealed_file(agency, title, content) for title, content in FILES)


def person_of(agency: Agency, role: Role) -> Person:
    """Give the person of a role."""
    return Membership.objects.get(agency=agency, user=scope_for(agency, role).user).person


def accused_of(agency: Agency, role: Role) -> Accused:
    """Give somebody of the office as one who is accused, chosen from the list."""
    person = person_of(agency, role)
    return Accused(name=str(person), person_id=person.pk)


def tell(
    agency: Agency,
    *accused: Accused,
    files: tuple[FileKey, ...] = (),
    identity: Identity | None = None,
    category: str = "bribe",
    receipt: Receipt | None = None,
) -> Report:
    """Report something; nobody in particular is accused unless it is said."""
    told = Told(
        mode=Mode.CONFIDENTIAL if identity else Mode.ANONYMOUS,
        category=category,
        what=WHAT,
        where="ร้านกาแฟหน้าตลาด",
        when="ต้นเดือนที่แล้ว",
        accused=accused or (Accused(name="ช่างรับเหมาภายนอก"),),
        files=files,
    )
    made = receiving.submit(agency, way=Way.PUBLIC, told=told, receipt=receipt or new_receipt(), identity=identity)
    return Report.objects.get(pk=made.pk)


def again(report: Report, **values: object) -> Report:
    """Set columns of a report past every service."""
    Report.objects.filter(pk=report.pk).update(**values)
    return Report.objects.get(pk=report.pk)
