"""The Word file as LibreOffice prints it: pages, repeated heads, whole signatures. Only in the full run."""

import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest

from prongsai.documents.build import fields, paragraph, row, table
from prongsai.documents.model import Column, Document, Masthead, NewPage, Orientation, Signature, Signatures, Style
from prongsai.documents.write.docx import render
from prongsai.documents.write.office import Office
from tests.conftest import PROVE
from tests.documents.write.docx_parts import paper

pytestmark = pytest.mark.skipif(not PROVE, reason="needs LibreOffice: make prove")
CM = 72 / 2.54


def printed(document: Document, folder: Path) -> list[pypdf.PageObject]:
    path = folder / "paper.docx"
    path.write_bytes(render(document, Office()))
    program = shutil.which("soffice")
    assert program is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    order = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(order, check=True, capture_output=True, timeout=300)
    return list(pypdf.PdfReader(path.with_suffix(".pdf")).pages)


def test_pages_lie_as_said_and_heads_are_repeated(tmp_path: Path) -> None:
    rows = [row(*(f"R{number}C{at} " * 6 for at in range(7))) for number in range(60)]
    pages = printed(
        paper(
            paragraph("COVER", Style.COVER),
            NewPage(Orientation.LANDSCAPE),
            table([f"HEAD{at}" for at in range(7)], rows, [Column(1)] * 7),
            NewPage(),
            paragraph("END"),
            cover=True,
        ),
        tmp_path,
    )
    texts = [page.extract_text() for page in pages]
    sizes = [(round(page.mediabox.width / CM, 1), round(page.mediabox.height / CM, 1)) for page in pages]
    assert sizes == [(21.0, 29.7), *[(29.7, 21.0)] * (len(pages) - 2), (21.0, 29.7)]
    assert len(pages) > 4
    assert all("HEAD6" in text for text in texts[1:-1])
    for number in range(60):  # no row parts over two pages
        assert sum(f"R{number}C0 " in text for text in texts) == 1
    assert ["- " in text for text in texts] == [False, False, *[True] * (len(pages) - 2)]


@pytest.mark.parametrize("lines", range(20, 32, 2))
def test_signature_is_never_parted(lines: int, tmp_path: Path) -> None:
    place = Signature("NAME", ("POST", "ACTING"), label="SIGNED", opinion_of="HEAD", opinion=("AGREED",))
    pages = printed(paper(*(paragraph("ก", Style.PLAIN) for _ in range(lines)), Signatures((place,))), tmp_path)
    texts = [page.extract_text() for page in pages]
    where = [
        [word in text for text in texts].index(True)
        for word in ("HEAD", "AGREED", "SIGNED", "(NAME)", "POST", "ACTING")
    ]
    assert len(set(where)) == 1


def test_memo_fits_its_page(tmp_path: Path) -> None:
    memo = paper(
        Masthead(1.5, "MEMO"),
        fields(("FROM", "OFFICE"), memo=True),
        fields(("NO", "1/2569"), ("DATE", "1"), memo=True),
        fields(("RE", "LONG SUBJECT " * 20), memo=True),
        paragraph("BODY"),
        Signatures((Signature("A", ("B",)),)),
    )
    (page,) = printed(memo, tmp_path)
    places: dict[str, tuple[float, float]] = {}

    def note(text: str, _: object, matrix: list[float], *__: object) -> None:
        if text.strip():
            places.setdefault(text.split()[0], (round(matrix[4] / CM, 1), matrix[5] / CM))

    page.extract_text(visitor_text=note)
    assert places["FROM"][0] == places["NO"][0] == places["RE"][0] == 3.0  # the left margin
    assert 26.0 < places["MEMO"][1] < 28.0
    assert places["MEMO"][1] > places["FROM"][1] > places["NO"][1] > places["RE"][1] > places["BODY"][1]
