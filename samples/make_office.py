"""Make the office files of ``samples/office/`` out of the clean papers: ``python samples/make_office.py [FOLDER]``.

Three come from LibreOffice (from our HTML), where it is installed; the others from our own writers, then changed in the
ways of offices: merged cells and tracked changes in Word, and PDFs whose font says its marks as old Thai fonts did.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from lxml import etree
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from prongsai.documents.model import Document
from prongsai.documents.read import read_document
from prongsai.documents.write import render
from prongsai.documents.write.fit import fitted
from prongsai.documents.write.office import Office

HERE = Path(__file__).parent
CLEAN = HERE / "clean"
BY_LIBREOFFICE = ("measures-report-2568", "tracking-2567", "score-results-2567")
WORKBOOK = "indicator-plan-2567"
TRACKED = "measures-report-2568"
DISORDERED = ("tracking-2567", "measures-report-2568")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
POLICY = re.compile(rb"<meta http-equiv[^>]*>")  # LibreOffice makes a comment of what it does not know


def main(folder: Path) -> None:
    """Make every file."""
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.which("soffice"):
        for name in BY_LIBREOFFICE:
            source = POLICY.sub(b"", render(paper(name), "html", Office()))
            by_libreoffice(source, folder / f"{name}-libreoffice.docx", "html", "docx:MS Word 2007 XML")
        for suffix, filter_name in (("ods", "calc8"), ("xls", "MS Excel 97")):
            book = render(paper(WORKBOOK), "xlsx", Office())
            by_libreoffice(book, folder / f"{WORKBOOK}-libreoffice.{suffix}", "xlsx", f"{suffix}:{filter_name}")
    (folder / f"{TRACKED}-tracked.docx").write_bytes(tracked(render(paper(TRACKED), "docx", Office())))
    for name in DISORDERED:
        (folder / f"{name}-disordered.pdf").write_bytes(disordered(render(paper(name), "pdf", Office())))


def paper(name: str) -> Document:
    """A clean paper, ready to be written."""
    return fitted(read_document(CLEAN / f"{name}.txt"))


def by_libreoffice(content: bytes, out: Path, suffix: str, to: str) -> None:
    """Have LibreOffice turn a file of ours into one of its own. to: suffix and filter."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / f"{out.stem}.{suffix}"
        source.write_bytes(content)
        profile = f"-env:UserInstallation={(Path(name) / 'profile').as_uri()}"
        reading = ["--infilter=HTML (StarWriter)"] if suffix == "html" else []
        call = ["soffice", profile, "--headless", *reading, "--convert-to", to, "--outdir", str(out.parent.resolve())]
        subprocess.run([*call, str(source)], check=True, capture_output=True)


def tracked(content: bytes) -> bytes:
    """Say a word of every third cell as a tracked insertion beside a deletion, and merge equal neighbours downward."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry, _revised(part) if entry.filename == "word/document.xml" else part)
    return made.getvalue()


def _revised(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for table in root.iter(f"{{{W}}}tbl"):
        _merge_downward(table)
    for number, cell in enumerate(root.iter(f"{{{W}}}tc")):
        run = next(cell.iter(f"{{{W}}}r"), None)
        if number % 3 == 0 and run is not None and run.getparent().tag == f"{{{W}}}p":
            _track(run, number)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _track(run: etree._Element, number: int) -> None:
    """Put a run into an insertion, after a deletion of other words."""
    parent, at = run.getparent(), run.getparent().index(run)
    marks = {f"{{{W}}}id": str(9000 + number), f"{{{W}}}author": "ผู้ตรวจ", f"{{{W}}}date": "2025-10-09T09:00:00Z"}
    inserted = etree.Element(f"{{{W}}}ins", marks)
    deleted = etree.Element(f"{{{W}}}del", {**marks, f"{{{W}}}id": str(19000 + number)})
    words = etree.SubElement(etree.SubElement(deleted, f"{{{W}}}r"), f"{{{W}}}delText")
    words.text = "ข้อความเดิมที่ถูกลบ"
    parent.remove(run)
    inserted.append(run)
    parent.insert(at, deleted)
    parent.insert(at + 1, inserted)


def _merge_downward(table: etree._Element) -> None:
    """Merge the cell of a column with the one above where both say the same, as offices do with owners and periods."""
    rows = [row.findall(f"{{{W}}}tc") for row in table.findall(f"{{{W}}}tr")]
    for above, below in zip(rows[1:], rows[2:], strict=False):
        for upper, lower in zip(above, below, strict=False):
            if _words(upper) and _words(upper) == _words(lower):
                _set_merge(upper, None if upper.find(f".//{{{W}}}vMerge") is not None else "restart")
                _set_merge(lower, "continue")
                for paragraph in lower.findall(f"{{{W}}}p")[1:]:
                    lower.remove(paragraph)
                for run in list(lower.iter(f"{{{W}}}r")):
                    run.getparent().remove(run)


def _words(cell: etree._Element) -> str:
    return "".join(cell.itertext())


def _set_merge(cell: etree._Element, value: str | None) -> None:
    if value is None:
        return
    properties = cell.find(f"{{{W}}}tcPr")
    merge = etree.Element(f"{{{W}}}vMerge", {f"{{{W}}}val": value})
    width = properties.find(f"{{{W}}}tcW")
    properties.insert(0 if width is None else properties.index(width) + 1, merge)


def disordered(content: bytes) -> bytes:
    """Have the fonts of a PDF say their marks as old Thai fonts and programs did."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    for thing in writer._objects:
        if isinstance(thing, StreamObject) and b"begincmap" in (data := thing.get_data()):
            fresh = StreamObject()
            fresh.set_data(_misspelt(data))
            thing.set_data(fresh.get_data())
            thing.pop(NameObject("/Length"), None)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _misspelt(cmap: bytes) -> bytes:
    return re.sub(rb"<([0-9a-fA-F]+)>(\s*\n)", lambda found: b"<" + _code(found[1]) + b">" + found[2], cmap)


def _code(code: bytes) -> bytes:
    if len(code) < 4 or len(code) % 4:
        return code
    text = bytes.fromhex(code.decode()).decode("utf-16-be")
    return misspell(text).encode("utf-16-be").hex().encode() if any("ก" <= one <= "๎" for one in text) else code


def misspell(text: str) -> str:
    """Say ำ in two characters, marks of tall letters as private glyphs, a tone of ำ after it, a mark twice."""
    text = re.sub("([่้๊๋])ำ", "\u0e4d\\1\u0e32", text).replace("ำ", "\u0e4d\u0e32")
    text = re.sub("(?<=[ปฝฟ])([่้๊๋์])", lambda tone: chr(0xF713 + "่้๊๋์".index(tone[1])), text)
    text = re.sub("(?<=[ิีึืัั])้", "\uf70b" if len(text) == 3 else "้", text)
    return re.sub("(?<=ก)่", "่่", text)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "office")
