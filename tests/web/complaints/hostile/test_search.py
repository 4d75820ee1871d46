"""The search that finds nothing on the disk finds what is there."""

import base64
import gzip
import io
import json
import zipfile
import zlib
from urllib.parse import quote

import pytest

from tests.web.complaints.hostile.search import found_in

WORD = "ลับสุดยอดเจ็ดสาม"
TOLD = f"ก่อนหน้า {WORD} และต่อไป"


def _zipped(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", content)
    return held.getvalue()


@pytest.mark.parametrize("before", range(4))
def test_word_in_base64_is_found_wherever_it_begins(before: int) -> None:
    content = base64.b64encode(b"x" * before + TOLD.encode())
    assert [word for word, _ in found_in(content, [WORD])] == [WORD]


@pytest.mark.parametrize(
    "content",
    [
        TOLD.encode(),
        TOLD.encode("utf-16-le"),
        TOLD.encode("utf-16-be"),
        json.dumps(TOLD).encode(),
        json.dumps(json.dumps({"a": TOLD})).encode(),
        quote(TOLD).encode(),
        TOLD.encode().hex().encode(),
        repr(TOLD.encode()).encode(),
        ascii(TOLD).encode(),
        b"head" + zlib.compress(TOLD.encode()) + b"tail",
        gzip.compress(TOLD.encode(), mtime=0),  # the same in every worker
        _zipped(TOLD.encode()),
        _zipped(_zipped(TOLD.encode())),
    ],
)
def test_word_is_found_in_every_dress(content: bytes) -> None:
    assert {word for word, _ in found_in(content, [WORD, "ไม่มี"])} == {WORD}


def test_other_bytes_hold_nothing() -> None:
    assert found_in(zlib.compress(b"nothing") + bytes(range(256)) * 50, [WORD]) == []
