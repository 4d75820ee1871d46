"""What stands beside the pages of a PDF: attached files, scripts, small pictures, private data of programs."""

from typing import Any

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.parts import Nested
from prongsai.documents.clean.pdf.opening import dictionaries, library, text_in
from prongsai.documents.clean.pictures.exif import text_of
from prongsai.errors import FileUnusable

_ACTS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Sound", "/Movie", "/ResetForm"}
)
_LEADS_OUT = frozenset({"/GoToR", "/GoToE", "/Launch"})
_PRIVATE = {
    "/PieceInfo": "leftover",
    "/Thumb": "thumbnail",
    "/Metadata": "property",
    "/SpiderInfo": "leftover",
    "/Collection": "embedded",
    "/DSS": "digital_signature",
    "/Perms": "digital_signature",
}
_SAYS_NOTHING = ("/LastModified", "/B", "/Threads")


def sweep_structure(pdf: Any, sweep: Sweep, nested: Nested) -> None:
    """Tell of what a reader of the pages does not see, and take it out."""
    _sweep_attached(pdf, sweep, nested)
    _sweep_scripts(pdf, sweep)
    for each in list(dictionaries(pdf)):
        for key, kind in _PRIVATE.items():
            if key in each and not (key == "/Metadata" and each == pdf.Root):
                if key == "/Metadata" and each.get("/Type") == "/Catalog":
                    continue
                if _told_private(each[key], key, kind, sweep):
                    del each[key]
        if each.get("/Type") in {"/Page", "/Catalog"} or each.get("/Subtype") == "/Form":
            for key in _SAYS_NOTHING:
                if key in each:
                    del each[key]


def _sweep_attached(pdf: Any, sweep: Sweep, nested: Nested) -> None:
    files = [each for each in dictionaries(pdf) if "/EF" in each]
    taken = True
    for file in files:
        name = text_in(file.get("/UF")) or text_in(file.get("/F")) or "ไฟล์แนบ"
        taken &= sweep.found("embedded", f"ไฟล์แนบ {name}", f"{name} {text_in(file.get('/Desc'))}")
        for stream in {each.objgen: each for each in _streams(file["/EF"])}.values():
            try:
                nested(stream.read_bytes(), name, sweep.inside(f"ไฟล์แนบ {name}"))
            except (FileUnusable, library("").PdfError):
                sweep.note(f"ไฟล์แนบ {name} เปิดตรวจไม่ได้")
    if not files or not taken:
        return
    for file in files:
        del file["/EF"]
    for each in list(dictionaries(pdf)):
        if "/AF" in each:
            del each["/AF"]
    if "/Names" in pdf.Root and "/EmbeddedFiles" in pdf.Root.Names:
        del pdf.Root.Names["/EmbeddedFiles"]


def _streams(files: Any) -> list[Any]:
    pikepdf = library("")
    found = [files[key] for key in list(files.keys())]
    return [each for each in found if isinstance(each, pikepdf.Stream)]


def _sweep_scripts(pdf: Any, sweep: Sweep) -> None:
    """Take out what acts by itself, and links into files of somebody's computer."""
    pikepdf = library("")
    if "/Names" in pdf.Root and "/JavaScript" in pdf.Root.Names and sweep.found("script", "ทั้งไฟล์"):
        del pdf.Root.Names["/JavaScript"]
    for each in list(dictionaries(pdf)):
        for key in ("/A", "/OpenAction", "/PA", "/Next"):
            action = each.get(key)
            if isinstance(action, pikepdf.Dictionary) and "/S" in action and _acts(action, sweep):
                del each[key]
        if isinstance(each.get("/AA"), pikepdf.Dictionary) and sweep.found(
            "script", "คำสั่งตามเหตุการณ์", _script(each["/AA"])
        ):
            del each["/AA"]


def _acts(action: Any, sweep: Sweep) -> bool:
    kind = str(action.get("/S"))
    if kind in _LEADS_OUT:
        return sweep.found("path", "ลิงก์ไปไฟล์ในเครื่อง", _target(action))
    return kind in _ACTS and sweep.found("script", kind[1:], _script(action))


def _script(action: Any) -> str:
    """Give the words of a script, or of the scripts in a dictionary of events."""
    pikepdf = library("")
    found = action.get("/JS")
    if isinstance(found, pikepdf.Stream):
        return text_of(found.read_bytes())
    if found is None:
        inner = (action.get(key) for key in list(action.keys()))
        return " ".join(_script(each) for each in inner if isinstance(each, pikepdf.Dictionary) and "/JS" in each)
    return text_in(found)


def _target(action: Any) -> str:
    file = action.get("/F")
    pikepdf = library("")
    return text_in(file.get("/F")) if isinstance(file, pikepdf.Dictionary) else text_in(file)


def _told_private(value: Any, key: str, kind: str, sweep: Sweep) -> bool:
    pikepdf = library("")
    text = text_of(value.read_bytes()) if isinstance(value, pikepdf.Stream) and key == "/Metadata" else ""
    return sweep.found(kind, key[1:], text)
