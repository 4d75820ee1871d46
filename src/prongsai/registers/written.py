"""A register file as it is written: read as framework files are, with the words of registers for what is wrong."""

from dataclasses import replace
from pathlib import Path

from prongsai.errors import LimitExceeded, Problem
from prongsai.frameworks import document
from prongsai.frameworks.document import Document

MAX_BYTES = 300_000


def read(path: Path) -> Document:
    """Read a YAML file. Faults of writing are Problems of the Document. Raises FileUnusable, LimitExceeded."""
    raw = document.read_bytes(path)
    if len(raw) > MAX_BYTES:
        raise LimitExceeded(
            f"{path} has {len(raw)} bytes; a register file may have {MAX_BYTES}",
            message_th=f"ไฟล์ {path.name} ใหญ่เกินกำหนด ({len(raw):,} ไบต์ จากที่ให้ได้ {MAX_BYTES:,} ไบต์)",
            mend_th="ตรวจว่าเลือกไฟล์ทะเบียนถูกไฟล์",
        )
    return parse(raw, str(path))


def parse(raw: bytes, file: str) -> Document:
    """Read YAML bytes as :func:`read` does."""
    found = document.parse(raw, file)
    return replace(found, problems=tuple(_ours(each) for each in found.problems))


def _ours(problem: Problem) -> Problem:
    return replace(
        problem,
        code=problem.code.replace("FRAMEWORK_", "REGISTER_", 1),
        mend=_page(problem.mend),
        mend_th=_page(problem.mend_th),
    )


def _page(text: str | None) -> str | None:
    return text.replace("frameworks.md", "register-files.md") if text else text
