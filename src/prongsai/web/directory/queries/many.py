"""A table of agencies to be made at once: each row as it is read, and what is at fault in it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from prongsai.errors import FileUnusable
from prongsai.thai.agencies import read_agency_code
from prongsai.web.directory.models import Listed
from prongsai.web.directory.queries.found import codes_here
from prongsai.web.directory.queries.sheets import Column, table_of

MOST = 1_000
COLUMNS = (
    Column("code", ("รหัส อปท.", "รหัส อปท. 8 หลัก", "รหัสหน่วยงาน", "รหัส", "code"), is_needed=True),
    Column("person", ("ชื่อ-สกุล", "ชื่อสกุล", "ชื่อ–สกุล", "ชื่อ นามสกุล", "ผู้ดูแลระบบ", "ชื่อ", "person"), is_needed=True),
    Column("post", ("ตำแหน่ง", "post")),
    Column("email", ("อีเมล", "อีเมล์", "e-mail", "email")),
)
KEYS = tuple(column.key for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Wish:
    """An agency that is asked for. listed: its row of the list of codes, None for none; faults: with their mends."""

    line: int
    texts: Mapping[str, str]
    listed: Listed | None
    faults: tuple[str, ...]

    @property
    def code(self) -> str:
        """The code as the list has it, else as printed."""
        return self.listed.code if self.listed else self.texts["code"]

    @property
    def can_be_made(self) -> bool:
        """Whether nothing stands in the way."""
        return self.listed is not None and not self.faults


def wishes_of(content: bytes, name: str, *, post: str) -> list[Wish]:
    """Read a table. post: of those whose row says none. Raises FileUnusable, also for more than a thousand rows."""
    table = table_of(content, name, COLUMNS)
    if len(table.rows) > MOST:
        raise FileUnusable(
            f"{name}: {len(table.rows)} rows",
            message_th=f"ตารางมี {len(table.rows):,} แถว ทำได้ครั้งละไม่เกิน {MOST:,} หน่วยงาน",
            mend_th="แบ่งเป็นหลายตาราง",
        )
    codes = [_code(texts["code"]) for _line, texts in table.rows]
    listed = {one.code: one for one in Listed.objects.select_related("listed_in").filter(code__in=codes)}
    here, times = codes_here(codes), Counter(codes)
    made = []
    for code, (line, texts) in zip(codes, table.rows, strict=True):
        full = {key: texts.get(key, "") for key in KEYS}
        full["post"] = full["post"] or post
        faults = tuple(_faults(code, full, listed.get(code), is_here=code in here, times=times[code]))
        made.append(Wish(line, full, listed.get(code), faults))
    return made


def _code(text: str) -> str:
    found = read_agency_code(text)
    return found.text if found else ""


def _faults(code: str, texts: Mapping[str, str], listed: Listed | None, *, is_here: bool, times: int) -> Iterator[str]:
    if not code:
        yield _("ไม่ใช่รหัส อปท. ๘ หลัก แก้รหัส")
    elif is_here:
        yield _("มีหน่วยงานนี้ในระบบแล้ว ลบแถวนี้")
    elif listed is None:
        yield _("ไม่มีรหัสนี้ในบัญชีรหัส อปท. เพิ่มหน่วยงานนี้ทีละแห่งด้วยการกรอกเอง")
    elif times > 1:
        yield _("รหัสนี้อยู่หลายแถว เหลือไว้แถวเดียว")
    if not texts["person"]:
        yield _("ไม่มีชื่อ-สกุลของผู้ดูแลระบบคนแรก ใส่ชื่อ")
    if texts["email"]:
        try:
            validate_email(texts["email"])
        except ValidationError:
            yield _("ที่อยู่อีเมลไม่ถูกต้อง แก้หรือเว้นว่าง")


def as_text(wishes: Iterable[Wish]) -> str:
    """Give the table as text to be mended by hand and sent again: cells parted by tabs, the head first."""
    rows: list[Sequence[str]] = [[column.label for column in COLUMNS]]
    rows += [[wish.texts[key] for key in KEYS] for wish in wishes]
    written = StringIO()
    csv.writer(written, delimiter="\t", lineterminator="\n").writerows(rows)
    return written.getvalue()
