"""Word files put together from raw XML, so that a test shows just what stands in the file."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from prongsai.documents.model import Cell, Document, Paragraph, Table
from prongsai.documents.read import docx

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*listed: tuple[str, str, str], external: bool = False) -> str:
    """Give a part of relations: (id, kind, target) each."""
    mode = ' TargetMode="External"' if external else ""
    each = (f'<Relationship Id="{id_}" Type="{RELATION}/{kind}" Target="{to}"{mode}/>' for id_, kind, to in listed)
    return f'<Relationships xmlns="{PACKAGE}">{"".join(each)}</Relationships>'


def part(root: str, inner: str) -> str:
    """Give a part of WordprocessingML."""
    return f"<w:{root} {NAMESPACES}>{inner}</w:{root}>"


def zipped(parts: Mapping[str, str | bytes], method: int = ZIP_DEFLATED) -> bytes:
    """Give a zip of parts."""
    out = BytesIO()
    with ZipFile(out, "w", method) as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    return out.getvalue()


def packed(body: str, parts: Mapping[str, str | bytes] | None = None, links: str | None = None) -> bytes:
    """Give a Word file. parts: others under ``word/``, by their kind: their inner XML; a name with a dot as it is."""
    named = {kind: inner for kind, inner in (parts or {}).items() if "." not in kind}
    whole: dict[str, str | bytes] = {name: content for name, content in (parts or {}).items() if "." in name}
    for kind, inner in named.items():
        whole[f"word/{kind}.xml"] = part(kind, str(inner))
    listed = [(f"r{at}", kind, f"{kind}.xml") for at, kind in enumerate(named)]
    whole["_rels/.rels"] = relations(("r", "officeDocument", "word/document.xml"))
    whole["word/_rels/document.xml.rels"] = links or relations(*listed)
    whole["word/document.xml"] = part("document", f"<w:body>{body}</w:body>")
    return zipped(whole)


def read(body: str, parts: Mapping[str, str | bytes] | None = None, links: str | None = None) -> Document:
    """Read a Word file of this body."""
    return docx.read(packed(body, parts, links), "ก.docx")


def run(text: str, properties: str = "") -> str:
    """Give a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*inner: str, properties: str = "") -> str:
    """Give a paragraph; what is no XML becomes a run."""
    runs = (each if each.startswith("<") else run(each) for each in inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def listed(text: str, numbering: int = 1, level: int = 0) -> str:
    """Give a paragraph of a list."""
    return para(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>')


def cell(*inner: str, span: int = 1, merge: str = "") -> str:
    """Give a cell. merge: ``restart`` or ``continue``."""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    content = "".join(each if each.startswith("<") else para(each) for each in inner) or para()
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{content}</w:tc>'


def row(*cells: str, properties: str = "") -> str:
    """Give a row."""
    inner = (each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(inner)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = (), properties: str = "") -> str:
    """Give a table."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def texts(document: Document) -> list[str]:
    """Give the words of the paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def only_table(document: Document) -> Table:
    """Give the only table."""
    (found,) = document.tables()
    return found


def words(found: Table) -> list[list[str]]:
    """Give the words of the cells of a table."""
    return [[one.text for one in each.cells] for each in found.rows]


def only_cell(*inner: str, parts: Mapping[str, str | bytes] | None = None) -> Cell:
    """Read a cell of this content and give it back."""
    return only_table(read(table(row(cell(*inner))), parts)).rows[0].cells[0]


def codes(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    """Give code and evidence of what was noticed."""
    return [(problem.code, problem.evidence) for problem in document.problems]
