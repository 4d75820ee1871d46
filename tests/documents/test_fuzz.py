"""Broken files over all formats: a document or one sentence, never a traceback, a hang or a file written elsewhere."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from prongsai.documents.model import Document
from prongsai.documents.read import guard, read_content, read_document
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable
from tests.conftest import PROVE
from tests.documents.fuzz import broken

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SAMPLE = SAMPLES / "clean" / "measures-report-2568.txt"
WRITTEN = ("docx", "xlsx", "html", "pdf")
BOOK = SAMPLES / "office" / "indicator-plan-2567-libreoffice"
EACH = 170 if PROVE else 6


@pytest.fixture(scope="module", params=(*WRITTEN, "ods", "xls", "csv"))
def sound(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    if request.param == "csv":
        rows = next(read_document(SAMPLE).tables()).rows
        return "csv", "\n".join(",".join(f'"{cell.text}"' for cell in row.cells) for row in rows).encode()
    if request.param not in WRITTEN:
        return request.param, BOOK.with_suffix(f".{request.param}").read_bytes()
    document = read_document(SAMPLE)
    kept = [*document.printed[:12], *list(document.tables())[:2]]
    return request.param, render(
        Document("", "composed", None, "", tuple(kept), title="ตัวอย่าง"), request.param, Office()
    )


def test_broken_file_gives_a_document_or_one_sentence(
    sound: tuple[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prove: Callable[..., None]
) -> None:
    kind, content = sound
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(guard, "SECONDS_MAX", 60)
    read = refused = 0
    for seed in range(EACH):
        try:
            read_content(broken(content, seed), f"แฟ้ม.{kind}")
            read += 1
        except FileUnusable as sentence:
            assert "\n" not in sentence.one_line
            assert "หน่วยความจำ" not in sentence.one_line, f"seed {seed} needs too much memory"
            refused += 1
    assert list(tmp_path.iterdir()) == []
    prove(f"{kind}: broken files", EACH, read + refused, f"{read} read, {refused} refused in one sentence; {_peak()}")


def _peak() -> str:
    if os.name == "nt":
        return "peak memory not measured"
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return f"reading process at most {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6:.0f} MB"
