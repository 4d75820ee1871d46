"""Word files as offices make them, small: one part changed at a time."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TIES = "http://schemas.openxmlformats.org/package/2006/relationships"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs."""
    written = "".join(f'<w:r><w:t xml:space="preserve">{each}</w:t></w:r>' for each in runs)
    return f"<w:p>{properties}{written}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of words, or of paragraphs."""
    return f"<w:tbl>{''.join(map(_row, rows))}</w:tbl>"


def _row(cells: tuple[str, ...]) -> str:
    written = (cell if cell.startswith("<") else p(cell) for cell in cells)
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in written)}</w:tr>"


def field(code: str) -> str:
    """A field of Word, its code over two runs."""
    half = len(code) // 2
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code[:half]}</w:instrText></w:r><w:r><w:instrText>{code[half:]}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def tie(kind: str, target: str, external: bool = False, id: str = "rId9") -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}"{mode}/>'


def word(
    *blocks: str,
    ties: str = "",
    parts: Mapping[str, bytes] | None = None,
    main: str = MAIN,
    prolog: str = "",
    section: str = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>',
    types: str = "",
) -> bytes:
    """A Word file with a body. ties: relations of the body; parts: further ones, or others in the place of ours."""
    body = "".join(blocks)
    made = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{main}"/>{types}</Types>'
        ).encode(),
        "_rels/.rels": f'<Relationships xmlns="{TIES}">{tie("officeDocument", "word/document.xml")}</Relationships>'.encode(),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{TIES}">{ties}</Relationships>'.encode(),
        "word/document.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document xmlns:w="{W}" xmlns:r="{R}" '
            f'xmlns:o="urn:schemas-microsoft-com:office:office"><w:body>{body}{section}</w:body></w:document>'
        ).encode(),
        **(parts or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return target.getvalue()


def header(*blocks: str, tag: str = "hdr") -> bytes:
    return f'<w:{tag} xmlns:w="{W}" xmlns:r="{R}">{"".join(blocks)}</w:{tag}>'.encode()
