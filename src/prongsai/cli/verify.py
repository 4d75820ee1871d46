"""``prongsai verify``: a file or a code to the letter that was signed, and whether it is whole."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.platform import start_django
from prongsai.cli.show import json_out, line, problems_table, table
from prongsai.documents.read.load import load
from prongsai.thai.dates import format_date

if TYPE_CHECKING:
    from prongsai.web.letters.queries.verifying import Answer, Signature


@click.command(name="verify", short_help="a signed letter: whole or not")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--code", metavar="CODE", help="รหัสตรวจสอบในกรอบท้ายหนังสือ (แทนไฟล์)")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(file: Path | None, code: str | None, as_json: bool) -> int:
    """ตรวจว่าหนังสือเป็นฉบับที่ลงนามจริง ใครลงนาม เมื่อใด ด้วยวิธีใด และถูกแก้หลังลงนามหรือไม่.

    คำนวณใหม่ทุกอย่าง: ข้อความ ลายมือชื่อ ลำดับ อำนาจในวันนั้น เลขที่ สิ่งที่ส่งมาด้วย ไฟล์ และบันทึกการใช้งานต่อเนื่องถึงรายการล่าสุด
    """
    if (file is None) == (code is None):
        raise click.UsageError("ระบุไฟล์ หรือ --code อย่างใดอย่างหนึ่ง")
    content = load(file) if file else b""
    start_django()
    answer = _asked(file, content, code or "")
    if as_json:
        json_out(_form(file, answer))
    else:
        _told(str(file or code), answer)
    return FINE if answer.is_whole else HAS_ERRORS


def _asked(file: Path | None, content: bytes, code: str) -> "Answer":
    from prongsai.web.letters.queries import verifying  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.operations.database import hang_up, reach  # noqa: PLC0415  # reason: as above

    reach()
    try:
        if file is None:
            found = verifying.by_code(code, is_thorough=True)
        else:
            found = verifying.by_file(file.name, content, is_thorough=True)
        return verifying.answer_of(found)
    finally:
        hang_up()


def _form(file: Path | None, answer: "Answer") -> dict[str, object]:
    return {
        "file": str(file) if file else None,
        "sha256": answer.file_sha256 or None,
        "is_whole": answer.is_whole,
        "is_exact": answer.is_exact,
        "is_known": answer.is_known,
        "is_secret": answer.is_secret,
        "code": answer.code or None,
        "number": answer.number or None,
        "dated": answer.dated.isoformat() if answer.dated else None,
        "agency": answer.agency or None,
        "paper": answer.paper or None,
        "subject": answer.subject or None,
        "text_sha256": answer.text_sha256 or None,
        "seal": answer.seal or None,
        "signatures": [_signature(one) for one in answer.signatures],
        "problems": [one.to_json() for one in answer.problems],
    }


def _signature(one: "Signature") -> dict[str, object]:
    return {
        "name": one.name,
        "position": list(one.position),
        "capacity": str(one.capacity),
        "order": one.order or None,
        "decision": str(one.decision),
        "signed_on": one.signed_on.isoformat(),
        "signed_at": one.signed_at.isoformat(),
        "method": str(one.method),
        "seal": one.seal,
    }


def _told(asked: str, answer: "Answer") -> None:
    """Print the answer for a person."""
    if answer.is_whole:
        line(f"{asked}: ครบถ้วน ไม่ถูกแก้หลังลงนาม", "bold green")
    else:
        line(f"{asked}: {_why(answer)}", "bold red")
    facts = [
        ("ที่", answer.number),
        ("ลงวันที่", format_date(answer.dated) if answer.dated else ""),
        ("เรื่อง", answer.subject),
        ("หน่วยงาน", answer.agency),
        ("รหัสตรวจสอบ", answer.code),
        ("ค่าแฮชของไฟล์", answer.file_sha256),
        ("ค่าแฮชของข้อความ", answer.text_sha256),
        ("ค่าผนึกทั้งฉบับ", answer.seal),
    ]
    table("", ["", ""], [fact for fact in facts if fact[1]])
    if answer.signatures:
        heads = ["ผู้ลงนาม", "ตำแหน่งและฐานะ", "ผล", "ลงวันที่", "บันทึกเมื่อ", "วิธี"]
        table("ผู้ลงนาม", heads, (_row(one) for one in answer.signatures))
    if answer.problems:
        problems_table(answer.problems)


def _why(answer: "Answer") -> str:
    if not answer.is_known:
        return "ไม่พบหนังสือนี้ในระบบ"
    if answer.is_exact is False:
        return "ไฟล์นี้ไม่ใช่ฉบับที่ลงนาม"
    is_told = bool(answer.faults) or answer.is_secret
    return "พบสิ่งที่ไม่ตรงกับที่ลงนาม" if is_told else "ยังลงนามไม่ครบ ใช้อ้างอิงไม่ได้"


def _row(one: "Signature") -> list[str]:
    position = "\n".join((*one.position, " · ".join(part for part in (str(one.capacity), one.order) if part)))
    at = f"{format_date(one.signed_at.date())} {one.signed_at:%H:%M:%S}"
    return [one.name, position, str(one.decision), format_date(one.signed_on), at, str(one.method)]
