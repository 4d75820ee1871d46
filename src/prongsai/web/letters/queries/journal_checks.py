"""Holding a letter against the journal, which nobody can change unseen: who has the database can make new seals.

A seal that the journal does not tell of was made behind the platform's back, whatever fits in the letter itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from django.db.models import Q

from prongsai.errors import Problem
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.letters.faults import fault
from prongsai.web.letters.models import Endorsement
from prongsai.web.letters.queries.held import Held

SHOWN_MAX = 20
_LINKS = ("number", "hash", "previous_hash")
# What a signature has beside its seal, and a letter beside its text: the seals do not hold them.
_OF_SIGNATURE = ("seal", "step_id", "text_id", "person_id", "appointment_id", "entered_by_id")
_OF_LETTER: Mapping[str, str] = {
    "paper": "ชนิดหนังสือ",
    "state": "สถานะของหนังสือ",
    "speed": "ชั้นความเร็ว",
    "secrecy": "ชั้นความลับ",
    "number_id": "เลขที่",
    "dated": "วันที่ของหนังสือ",
    "code": "รหัสตรวจสอบ",
    "seal": "ค่าผนึกของหนังสือ",
    "docx_id": "ไฟล์ฉบับลงนาม (docx)",
    "pdf_id": "ไฟล์ฉบับลงนาม (pdf)",
    "scan_id": "สำเนาสแกน",
    "drafter_id": "ผู้จัดทำ",
}


def of_journal(held: Held, *, is_thorough: bool) -> Iterator[Problem]:
    """Hold a letter against what the journal tells of it, and those lines against the chain that they stand in.

    is_thorough: the journal is walked from the first of them to its end, else only each of them with its neighbours.
    """
    lines = _lines(held)
    yield from _signatures(held, lines)
    yield from _letter(held, lines)
    yield from _steps(held, lines)
    yield from _chain(held, lines, is_thorough)


def _lines(held: Held) -> list[AuditEntry]:
    about = Q(subject_type="letters.letter", subject_id=str(held.letter.pk))
    if held.text:
        about |= Q(subject_type="letters.lettertext", subject_id=str(held.text.pk))
    about |= Q(subject_type="letters.endorsement", subject_id__in=[str(one.pk) for one in held.given])
    return list(AuditEntry.objects.filter(about, agency=held.letter.agency_id).order_by("number"))


# --- what it tells --------------------------------------------------------------------------------------------------
def _signatures(held: Held, lines: Sequence[AuditEntry]) -> Iterator[Problem]:
    told = [one for one in lines if one.action == "letter.endorse"]
    known = {tuple(_after(one, name) for name in _OF_SIGNATURE) for one in told}
    merged = _first_person(lines)
    voided = " ".join(str(one.changes.get("endorsements")) for one in lines if one.action == "letter.void")
    for one in held.given:
        is_told = _told(one, merged) in known and (one.voided_at is not None) == (one.seal in voided)
        if not is_told:
            yield fault("LETTER_JOURNAL_DIFFERS", what=f"ลายมือชื่อของ {one.name} ")
    seals = {one.seal for one in held.given}
    for line in told:
        if _after(line, "seal") not in seals:
            yield fault("LETTER_JOURNAL_GONE", number=line.number)


def _first_person(lines: Sequence[AuditEntry]) -> Mapping[tuple[str, object], object]:
    """Give, by signature and the person that it points at now, whom it pointed at before people were merged."""
    first: dict[tuple[str, object], object] = {}
    for line in lines:
        if line.action == "person.merge" and line.subject_type == "letters.endorsement":
            before, after = line.changes.get("person_id", (None, None))
            first[line.subject_id, after] = first.get((line.subject_id, before), before)
    return first


def _told(one: Endorsement, merged: Mapping[tuple[str, object], object]) -> tuple[object, ...]:
    values = {name: getattr(one, name) for name in _OF_SIGNATURE}
    values["person_id"] = merged.get((str(one.pk), one.person_id), one.person_id)
    return tuple(values.values())


def _letter(held: Held, lines: Sequence[AuditEntry]) -> Iterator[Problem]:
    """Go through all that the journal tells of the letter itself: the last of it is what must stand."""
    now: dict[str, object] = {}
    for line in lines:
        if line.subject_type == "letters.letter" and line.action != "letter.endorse":
            now |= {name: _after(line, name) for name in line.changes}
    for name, called in _OF_LETTER.items():
        if (now.get(name) or None) != _plain(getattr(held.letter, name)):
            yield fault("LETTER_JOURNAL_DIFFERS", what=called)
    hashes = {_after(line, "sha256") for line in lines if line.action == "letter.text"}
    if held.text and held.text.sha256 not in hashes:
        yield fault("LETTER_JOURNAL_DIFFERS", what="ข้อความของหนังสือ")


def _steps(held: Held, lines: Sequence[AuditEntry]) -> Iterator[Problem]:
    """Hold the steps against those that were set last: how many, and what is done at each."""
    chains = [line.changes["steps"][1] for line in lines if line.action == "letter.chain"]
    told = [str(one).split(" · ")[0] for one in chains[-1]] if chains else []
    if told != [one.kind for one in held.steps]:
        yield fault("LETTER_JOURNAL_DIFFERS", what="ลำดับการเสนอ")


def _after(line: AuditEntry, name: str) -> object:
    change = line.changes.get(name)
    return change[1] if change else None


def _plain(value: object) -> object:
    return (value.isoformat() if isinstance(value, date) else value) or None


# --- whether it can be believed -------------------------------------------------------------------------------------
def _chain(held: Held, lines: Sequence[AuditEntry], is_thorough: bool) -> Iterator[Problem]:
    if not lines:
        return
    agency = held.letter.agency
    if is_thorough:
        broken = (one.number for one in islice(journal.broken(agency, first=lines[0].number), SHOWN_MAX))
    else:
        around = _around(held, lines)
        broken = (one.number for one in lines if not _fits(one, around))
    for number in broken:
        yield fault("LETTER_JOURNAL_BROKEN", number=number)


def _around(held: Held, lines: Sequence[AuditEntry]) -> dict[int, AuditEntry]:
    numbers = {one.number + step for one in lines for step in (-1, 1)}
    found = AuditEntry.objects.filter(agency=held.letter.agency_id, number__in=numbers).only(*_LINKS)
    return {one.number: one for one in found}


def _fits(line: AuditEntry, around: Mapping[int, AuditEntry]) -> bool:
    """Whether a line is what was hashed, and its neighbours know it."""
    before, after = around.get(line.number - 1), around.get(line.number + 1)
    previous = before.hash if before else journal.FIRST_HASH if line.number == 1 else ""
    is_linked = line.previous_hash == previous and (after is None or after.previous_hash == line.hash)
    return is_linked and journal.hash_of(line) == line.hash
