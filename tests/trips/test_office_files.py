"""Files as offices have them (``samples/make_office.py``) say the same as the text of the same paper."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from prongsai.documents.read import read_document
from prongsai.reports.read import recognise
from tests.conftest import PROVE
from tests.trips.test_round_trip import ITEMS_MIN, compared

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FILES = sorted(path.name for path in (SAMPLES / "office").iterdir())
NOTICES = {
    "tracked": {"TRACKED_INSERTION", "TRACKED_DELETION"},
    "disordered": {"PDF_GLYPHS_MENDED"},
    "libreoffice": set(),
}


def check(path: Path) -> None:
    name, _, how = path.stem.rpartition("-")
    document = read_document(path)
    wanted = recognise(read_document(SAMPLES / "clean" / f"{name}.txt"))
    differing, items, back = compared(wanted, recognise(document))
    assert differing == []
    assert back >= (ITEMS_MIN if path.suffix == ".pdf" else 1) * items
    assert {problem.code for problem in document.problems} == NOTICES[how]


@pytest.mark.parametrize("name", FILES)
def test_office_file_says_the_same_as_the_text(name: str) -> None:
    check(SAMPLES / "office" / name)


def test_office_files_are_of_three_kinds() -> None:
    assert sorted({Path(name).stem.rpartition("-")[2] for name in FILES}) == sorted(NOTICES)


@pytest.mark.skipif(not PROVE or shutil.which("soffice") is None, reason="LibreOffice runs in make prove")
def test_office_files_made_anew_say_the_same(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SAMPLES / "make_office.py"), str(tmp_path)], check=True)
    made = sorted(tmp_path.iterdir())
    assert [path.name for path in made] == FILES
    for path in made:
        check(path)
