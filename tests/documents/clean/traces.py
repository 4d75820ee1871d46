"""Looks for traces of a secret in a file with other programs than our own: unzip and grep, pikepdf, exiftool, pdftotext."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pytest

from tests.documents.clean.made import BARE, PERSON, SECRET

SECRETS = (SECRET, BARE, PERSON, "081-234-5678", "100.6533")
_LETTERS = ("utf-8", "utf-16-le", "utf-16-be")


def traces(content: bytes) -> list[str]:
    """Give the secrets that stand in any part, stream or block of a file, in any two-byte or one-byte letters."""
    return [
        secret
        for secret in SECRETS
        for piece in _pieces(content)
        if any(secret.encode(each) in piece for each in _LETTERS)
    ]


def _pieces(content: bytes) -> list[bytes]:
    pieces = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            for name in bundle.namelist():
                pieces += [name.encode(), *_pieces(bundle.read(name))]
    elif content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pieces += [
                each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Width" not in each
            ]
            pieces += [each.unparse() if isinstance(each, pikepdf.Object) else b"" for each in pdf.objects]
    return pieces


def other_programs_say(folder: Path) -> str:
    """Give what exiftool and pdftotext say of all files of a folder; skips loudly without them."""
    missing = [program for program in ("exiftool", "pdftotext") if not shutil.which(program)]
    if missing:
        pytest.skip(f"{' '.join(missing)} not installed: what other programs see of cleaned copies is not tested here")
    said = _run("exiftool", "-s", "-a", "-u", "-G1", "-ee", "-r", str(folder))
    return said + "".join(_run("pdftotext", "-layout", str(path), "-") for path in sorted(folder.glob("*.pdf")))


def _run(*call: str) -> str:
    return subprocess.run(call, capture_output=True, check=True).stdout.decode("utf-8", "replace")


__all__ = ["SECRETS", "other_programs_say", "traces"]
