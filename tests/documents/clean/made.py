"""Files with one leak each, made here, and their clean twins. Every secret is a number nobody has."""

import io
import re
import zipfile
from functools import lru_cache

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

SECRET = "1-1017-00230-70-8"
BARE = "1101700230708"
PERSON = "Somchai-Jaidee"
PLAIN = ("ประกาศเทศบาลตำบลบ้านสวนพลู", "งบประมาณ 1,250,000.00 บาท ตามโครงการ e-GP 69011234567")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# docx


def new_docx(*texts: str) -> "docx.document.Document":
    document = docx.Document()
    for text in (*PLAIN, *texts):
        document.add_paragraph(text)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.last_modified_by = ""
    return document


def bytes_of(document: "docx.document.Document") -> bytes:
    target = io.BytesIO()
    document.save(target)
    return without_part(target.getvalue(), "docProps/thumbnail.jpeg")


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    return target.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def without_part(content: bytes, part: str) -> bytes:
    parts = unzipped(content)
    parts.pop(part, None)
    parts["_rels/.rels"] = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", parts["_rels/.rels"])
    return zipped(parts)


def with_part(
    content: bytes,
    part: str,
    body: bytes,
    kind: str,
    *,
    owner: str,
    relation: str,
    media: str = "",
    changed: dict[str, tuple[bytes, bytes]] | None = None,
) -> bytes:
    """Add a part with its relation, as programs do. changed: part → what to replace by what."""
    parts = unzipped(content)
    parts[part] = body
    folder, _, name = owner.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if owner else "_rels/.rels"
    tie = f'<Relationship Id="rIdMade" Type="{relation}" Target="/{part}"/></Relationships>'.encode()
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    parts[rels] = parts.get(rels, empty).replace(b"</Relationships>", tie)
    override = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'.encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    for each, (old, new) in (changed or {}).items():
        assert old in parts[each], (each, old)
        parts[each] = parts[each].replace(old, new, 1)
    return zipped(parts)


def replaced(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    parts = unzipped(content)
    assert old in parts[part], parts[part][:2000]
    parts[part] = parts[part].replace(old, new, 1)
    return zipped(parts)


@lru_cache
def plain_docx() -> bytes:
    return bytes_of(new_docx())


def docx_author() -> bytes:
    document = new_docx()
    document.core_properties.author = PERSON
    return bytes_of(document)


def docx_custom_property() -> bytes:
    body = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property pid="2" '
        f'name="ผู้ร้อง" fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}"><vt:lpwstr>{PERSON} {SECRET}</vt:lpwstr></property></Properties>'
    ).encode()
    return with_part(
        plain_docx(),
        "docProps/custom.xml",
        body,
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        owner="",
        relation="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
    )


def docx_comment() -> bytes:
    document = new_docx("ข้อความที่มีความคิดเห็น")
    document.add_comment(document.paragraphs[-1].runs, text=f"ถาม {SECRET}", author=PERSON, initials="ส")
    return bytes_of(document)


def docx_deleted_words() -> bytes:
    document = new_docx("ข้อความคงอยู่ ")
    deleted = OxmlElement("w:del")
    deleted.set(qn("w:id"), "7")
    deleted.set(qn("w:author"), PERSON)
    run = OxmlElement("w:r")
    words = OxmlElement("w:delText")
    words.text = SECRET
    run.append(words)
    deleted.append(run)
    document.paragraphs[-1]._p.append(deleted)
    return bytes_of(document)


def docx_hidden_words() -> bytes:
    document = new_docx("ข้อความ")
    document.paragraphs[-1].add_run(f"ลับ {SECRET}").font.hidden = True
    return bytes_of(document)


def docx_split_words() -> bytes:
    document = new_docx("บัตรเลขที่ ")
    for piece in ("1-10", "17-00", "230-", "70-8"):
        document.paragraphs[-1].add_run(piece).bold = piece == "17-00"
    return bytes_of(document)


def docx_header_words() -> bytes:
    document = new_docx()
    document.sections[0].header.paragraphs[0].text = f"ผู้ร้อง {SECRET}"
    return bytes_of(document)


def docx_variable() -> bytes:
    var = f'<w:docVars><w:docVar w:name="ผู้ร้อง" w:val="{SECRET}"/></w:docVars><w:compat>'.encode()
    return replaced(plain_docx(), "word/settings.xml", b"<w:compat>", var)


def docx_template() -> bytes:
    parts = unzipped(plain_docx())
    parts["word/_rels/settings.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="file:///C:\\Users\\Somchai-Jaidee\\letter.dotx" TargetMode="External"/></Relationships>'
    )
    settings = parts["word/settings.xml"]
    at = settings.index(b"<w:compat>")
    parts["word/settings.xml"] = (
        settings[:at] + f'<w:attachedTemplate xmlns:r="{R}" r:id="rId1"/>'.encode() + settings[at:]
    )
    return zipped(parts)


def docx_embedded_docx() -> bytes:
    body = (
        f'<w:p xmlns:w="{W}" xmlns:r="{R}" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml">'
        '<w:r><w:object w:dxaOrig="1440" w:dyaOrig="1440"><v:shape id="s1" style="width:72pt;height:72pt"/>'
        '<o:OLEObject Type="Embed" ProgID="Word.Document.12" ShapeID="s1" DrawAspect="Icon" ObjectID="_1" r:id="rIdMade"/>'
        "</w:object></w:r></w:p><w:sectPr"
    ).encode()
    return with_part(
        plain_docx(),
        "word/embeddings/inside.docx",
        bytes_of(new_docx(f"ผู้ร้อง {SECRET}")),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        owner="word/document.xml",
        relation=f"{R}/package",
        changed={"word/document.xml": (b"<w:sectPr", body)},
    )


def docx_with_photograph() -> bytes:
    document = new_docx()
    document.add_picture(io.BytesIO(jpeg_place()))
    return bytes_of(document)


# pictures


def picture(seed: int = 0) -> Image.Image:
    image = Image.new("RGB", (24, 16), (200, 180, seed))
    image.paste((10, 60, 90), (4, 4, 12, 9))
    return image


def jpeg(**options: object) -> bytes:
    target = io.BytesIO()
    picture().save(target, "JPEG", quality=90, **options)
    return target.getvalue()


def exif_with(**tags: object) -> bytes:
    exif = Image.Exif()
    for name, value in tags.items():
        exif[{"artist": 0x013B, "make": 0x010F, "turned": 0x0112}[name]] = value
    return exif.tobytes()


def jpeg_place() -> bytes:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (14.0, 47.0, 55.0), 3: "E", 4: (100.0, 39.0, 12.0)}
    return jpeg(exif=exif.tobytes())


def jpeg_author() -> bytes:
    return jpeg(exif=exif_with(artist=PERSON, make="Camera", turned=6))


def jpeg_note() -> bytes:
    return jpeg(comment=f"{PERSON} {SECRET}".encode())


def jpeg_tail() -> bytes:
    return jpeg() + f"{PERSON} {SECRET}".encode()
