"""One of everything of letters, circulars and handovers; for a secret one only its drafter, the clerk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from prongsai.web.agencies.models import Agency, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.handover.models import Handover
from prongsai.web.letters import models
from prongsai.web.letters.services import circulars, incoming, numbers, writing
from tests.web import office

DAY = date(2026, 3, 31)
MEMO = {"office": "สำนักปลัดเทศบาล", "to": "นายกเทศมนตรี", "body": ["ด้วยได้สำรวจครุภัณฑ์แล้ว"], "closing": "โปรดทราบ"}


def build(agency: Agency, made: dict[str, Any]) -> dict[str, Any]:
    """Make one of everything of the unit of ``made``, drafted by nobody; a name for each."""
    return _letters(agency, made) | _registers(agency, made) | _circular(agency, made) | _handovers(agency, made)


def _letters(agency: Agency, made: dict[str, Any]) -> dict[str, Any]:
    """A draft with a file and somebody to whom it goes, a signed letter, a secret one."""
    system, of_unit = system_scope(agency), {"paper": "memo", "content": MEMO, "unit": made["unit"]}
    draft = writing.start_letter(system, subject="รายงานผลการสำรวจ", **of_unit)
    attachment = writing.attach(system, letter=draft, version=None, file=made["file"], title="หลักฐาน")
    signed = writing.start_letter(system, subject="ขออนุมัติซ่อม", **of_unit)
    signed.state, signed.dated, signed.pdf = models.LetterState.SIGNED, DAY, made["file"]
    signed.save()
    secret = writing.start_letter(office.scope(agency, Role.CLERK), subject="สอบวินัย", secrecy="ลับ", **of_unit)
    return {
        "letter": draft,
        "attachment": attachment,
        "delivery": models.Delivery.objects.create(letter=draft, to="อำเภอเมืองลพบุรี"),
        "signed_letter": signed,
        "secret_letter": secret,
    }


def _registers(agency: Agency, made: dict[str, Any]) -> dict[str, Any]:
    system = system_scope(agency)
    series = numbers.ensure_series(system, kind=models.SeriesKind.OUTGOING)
    came = incoming.register_incoming(
        system, sender="อำเภอเมืองลพบุรี", addressee="นายกเทศมนตรี", subject="ขอข้อมูล", unit=made["unit"]
    )
    came.files.add(made["file"])
    return {"series": series, "number": numbers.take_number(system, series=series, subject="จอง"), "incoming": came}


def _circular(agency: Agency, made: dict[str, Any]) -> dict[str, Any]:
    """A circular to everybody, with something to read and a list signed in ink."""
    system = system_scope(agency)
    circular = circulars.add_circular(system, title="นโยบายไม่รับของขวัญ", evidence=[made["evidence"]])
    circular = circulars.send_circular(system, circular=circular, version=circular.version)
    sheet = models.PaperSheet.objects.create(circular=circular, file=made["file"], signed_on=DAY, n_signed=1)
    sheet.people.add(made["person"])
    return {"circular": circular, "sheet": sheet}


def _handovers(agency: Agency, made: dict[str, Any]) -> dict[str, Any]:
    """Between two who have no account: one in the making, one closed to be signed in ink, one that the giver signed."""
    giver, taker = (Person.objects.create(agency=agency, given_name=name) for name in ("ผู้ไป", "ผู้มา"))
    of = {
        "agency": agency,
        "giver": giver,
        "taker": taker,
        "unit": made["unit"],
        "effective_on": DAY,
        "reason": "โอนย้าย",
    }
    now = timezone.now()
    return {
        "handover": Handover.objects.create(**of),
        "handover_closed": Handover.objects.create(**of, frozen_at=now),
        "handover_given": Handover.objects.create(**of, frozen_at=now, state="given", given_by=giver, given_on=DAY),
    }


_DRAFT = (
    "letter", "letter_edit", "letter_drop", "letter_references", "letter_preview", "letter_paper", "letter_word",
    "letter_text", "letter_file", "letter_number", "attachment_add", "attachment_drop", "delivery_add", "delivery",
    "chain", "send", "recall", "sign", "scan",
)  # fmt: skip
_CIRCULAR = (
    "circular", "circular_edit", "circular_send", "circular_remind", "circular_close", "circular_drop", "acknowledge",
    "receipts", "receipts_paper", "receipts_keep", "sheet_add", "sheet_file", "sheet_back", "circular_file",
)  # fmt: skip
_HANDOVER = (
    "handover", "handover_edit", "handover_rows", "handover_close", "handover_sign", "handover_drop", "handover_paper",
)  # fmt: skip
# As in tests.web.objects: route → the object whose key stands as <pk>; other words.
PK = {
    **{f"letters:{name}": "letter" for name in _DRAFT},
    **{f"letters:{name}": "circular" for name in _CIRCULAR},
    **{f"letters:{name}": "series" for name in ("series", "series_edit", "reserve", "series_export")},
    **{f"letters:{name}": "incoming" for name in ("incoming", "incoming_edit", "incoming_file")},
    **{f"handover:{name}": "handover" for name in _HANDOVER},
    "letters:letter_replace": "signed_letter", "letters:check": "signed_letter",
    "letters:letter_readers": "secret_letter", "letters:number_cancel": "number",
    "letters:from_report": "report", "letters:from_dispatch": "dispatch",
    "disclosure:letter_publish": "signed_letter",
    "handover:handover_scan": "handover_closed", "handover:handover_recall": "handover_given",
}  # fmt: skip
OTHERWISE = {
    "letters:letter_add": {"paper": "memo"},
    "letters:letter_paper": {"form": "html"},
    "letters:letter_text": {"text": 1},
    "handover:handover_paper": {"form": "docx"},
}
# route → what stands in its address besides <pk>: word and object
BESIDE = {
    "letters:attachment_drop": ("attachment", "attachment"),
    "letters:delivery": ("delivery", "delivery"),
    "letters:sheet_file": ("sheet", "sheet"),
    "letters:sheet_back": ("sheet", "sheet"),
}
