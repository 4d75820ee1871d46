"""Which way a file is gone over, told by its bytes."""

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.pictures import is_picture, sweep_picture
from prongsai.documents.clean.plain import sweep_plain
from prongsai.documents.clean.signatures import tell_named
from prongsai.documents.read.archive import open_archive
from prongsai.documents.read.formats import format_in_zip, format_of
from prongsai.documents.read.refusals import other_format
from prongsai.errors import FileUnusable

DEPTH_MAX = 3
_PICTURES_UNKNOWN = ((b"ftypheic", "HEIC"), (b"ftypmif1", "HEIC"), (b"ftypavif", "AVIF"))
_MIMETYPE_BYTES_MAX = 1_000


def kind_of(content: bytes, name: str) -> str:
    """Give ``docx``, ``xlsx``, ``pdf``, ``picture`` or ``text``.

    Raises FileUnusable for what cannot be looked into, with what to save it as instead.
    """
    if is_picture(content):
        return "picture"
    for sign, called in _PICTURES_UNKNOWN:
        if sign in content[:32]:
            raise other_format(name, f"รูปภาพ {called} ", ".jpg")
    kind = format_of(content, name)
    if kind == "zip":
        return _in_zip(content, name)
    if kind == "xls":
        raise other_format(name, " Excel 97-2003 (.xls) ", ".xlsx")
    return "text" if kind in {"csv", "html"} else kind


def sweep_file(content: bytes, name: str, sweep: Sweep) -> tuple[bytes, str]:
    """Go over a file, and over the files in it; gives it without what was found, and its name.

    Raises FileUnusable for a file that is broken, under a password or of a format that is not looked into.
    """
    kind = kind_of(content, name)
    if kind == "docx":
        from prongsai.documents.clean.docx import sweep_docx  # noqa: PLC0415  # reason: each costs as much as a look

        return sweep_docx(content, name, sweep, nested)
    if kind == "xlsx":
        from prongsai.documents.clean.xlsx import sweep_xlsx  # noqa: PLC0415  # reason: as above

        return sweep_xlsx(content, name, sweep, nested)
    if kind == "pdf":
        from prongsai.documents.clean.pdf import sweep_pdf  # noqa: PLC0415  # reason: needs an extra

        return sweep_pdf(content, name, sweep, nested), name
    if kind == "picture":
        tell_named(name, sweep)
        return sweep_picture(content, name, sweep), name
    return sweep_plain(content, name, sweep), name


def nested(content: bytes, name: str, sweep: Sweep) -> None:
    """Look into a file inside another, which is to be taken out whole."""
    if sweep.depth > DEPTH_MAX:
        sweep.found("embedded", "ไฟล์ซ้อนกันหลายชั้น")
        return
    looking = sweep.only_looking()
    try:
        sweep_file(content, name.rpartition("/")[2], looking)
    except FileUnusable as reason:
        sweep.note(reason.message_th)


def _in_zip(content: bytes, name: str) -> str:
    archive = open_archive(content, name)
    parts = archive.names
    mimetype = archive.read("mimetype", _MIMETYPE_BYTES_MAX) if "mimetype" in archive else b""
    if any(part.startswith("ppt/") for part in parts):
        raise other_format(name, " PowerPoint ", "PDF")
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise other_format(name, " OpenDocument ", ".docx .xlsx หรือ PDF")
    return format_in_zip(parts, mimetype, name)
