"""Comments, stamps, form fields and attached files on the pages of a PDF. What of them is seen is drawn on its page."""

from typing import Any

from prongsai.documents.clean.model import Leak, Sweep
from prongsai.documents.clean.pdf.opening import library, opened, saved, text_in

_NEVER_DRAWN = frozenset({"/Popup", "/Text", "/FileAttachment", "/Sound", "/Redact", "/TrapNet"})
_PLAYED = frozenset({"/Movie", "/Screen", "/RichMedia", "/3D"})
_HIDDEN = 0x02 | 0x20  # hidden, no view
_PARENTS_MAX = 20
_NO_FORM = "ช่องแบบฟอร์มและหมายเหตุที่มองเห็นถูกวาดลงบนหน้า กรอกหรือแก้ต่อไม่ได้"


def sweep_annotations(pdf: Any, sweep: Sweep) -> bool:
    """Tell of what stands on the pages besides their content; whether some of it is to be drawn into them."""
    is_drawn = False
    for number, page in enumerate(pdf.pages, 1):
        if "/Annots" not in page:
            continue
        kept = []
        for annotation in list(page.Annots):
            stays, draws = _sweep_one(annotation, f"หน้า {number}", sweep)
            kept += [annotation] if stays else []
            is_drawn |= draws
        if kept:
            page.Annots = library("").Array(kept)
        else:
            del page["/Annots"]
    _sweep_fields_unseen(pdf, sweep)
    return is_drawn


def flatten(content: bytes, name: str, sweep: Sweep) -> bytes:
    """Draw what stands on the pages into them, and take forms out."""
    sweep.note(_NO_FORM)
    with opened(content, name) as pdf:
        lacks_looks = any(
            annotation.get("/Subtype") == "/Widget" and "/AP" not in annotation
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
        )
        if not lacks_looks:
            pdf.flatten_annotations("all")
            if "/AcroForm" in pdf.Root:
                del pdf.Root["/AcroForm"]
            return saved(pdf)
    return _flattened_by_pdfium(content, name)


def _flattened_by_pdfium(content: bytes, name: str) -> bytes:
    """Draw fields that bring no look of their own, which pdfium can make of their values in any script."""
    import io  # noqa: PLC0415  # reason: only here

    import pypdfium2  # noqa: PLC0415  # reason: an extra

    document = pypdfium2.PdfDocument(content)
    try:
        document.init_forms()
        for page in document:
            page.flatten()
        target = io.BytesIO()
        document.save(target)
    finally:
        document.close()
    with opened(target.getvalue(), name) as pdf:
        if "/AcroForm" in pdf.Root:
            del pdf.Root["/AcroForm"]
        return saved(pdf)


def _sweep_one(annotation: Any, where: str, sweep: Sweep) -> tuple[bool, bool]:
    """Tell of one annotation; whether it stays, and whether it is to be drawn into its page."""
    kind = str(annotation.get("/Subtype", ""))
    if kind == "/Link":
        return _sweep_link(annotation, where, sweep), False
    if kind == "/Widget":
        return _sweep_field(annotation, where, sweep)
    said = f"{text_in(annotation.get('/T'))}: {text_in(annotation.get('/Contents'))}".strip(": ")
    if kind in _PLAYED:
        return not sweep.found("script", where, said), False
    is_hidden = kind in _NEVER_DRAWN or int(annotation.get("/F", 0)) & _HIDDEN or "/AP" not in annotation
    if kind == "/Popup":
        return "comment" not in sweep.kinds, False
    if is_hidden:
        return not sweep.found("embedded" if kind == "/FileAttachment" else "comment", where, said), False
    taken = sweep.say(Leak("comment", sweep.at(where), said))
    if taken:
        for key in ("/T", "/Contents", "/Subj", "/RC", "/Popup", "/IRT"):
            if key in annotation:
                del annotation[key]
    return True, taken


def _sweep_link(annotation: Any, where: str, sweep: Sweep) -> bool:
    """Tell of an address of a person that a link leads to; whether the link stays."""
    pikepdf = library("")
    action = annotation.get("/A")
    address = text_in(action.get("/URI")) if isinstance(action, pikepdf.Dictionary) else ""
    return not sweep.words(f"{where} ลิงก์", address.removeprefix("tel:"))


def _sweep_field(annotation: Any, where: str, sweep: Sweep) -> tuple[bool, bool]:
    value, name, is_signature = _value(annotation)
    if is_signature:
        taken = sweep.found("digital_signature", where, name)
    elif value:
        taken = sweep.found("form_field", f"{where} ช่อง {name}", value)
    else:
        taken = "form_field" in sweep.kinds
    if taken and (int(annotation.get("/F", 0)) & _HIDDEN):
        return False, False
    return True, taken


def _value(annotation: Any) -> tuple[str, str, bool]:
    """Give the value of a field, its name, and whether it is a digital signature; also from the fields above it."""
    values, names, is_signature = [], [], False
    each = annotation
    for _ in range(_PARENTS_MAX):
        pikepdf = library("")
        if not isinstance(each, pikepdf.Dictionary):
            break
        values += [text_in(each.get(key)) for key in ("/V", "/DV", "/RV")]
        values += [text_in(one) for one in each["/V"]] if isinstance(each.get("/V"), pikepdf.Array) else []
        names.append(text_in(each.get("/T")))
        is_signature |= each.get("/FT") == "/Sig" and isinstance(each.get("/V"), pikepdf.Dictionary)
        each = each.get("/Parent")
    return " ".join(dict.fromkeys(filter(None, values))), ".".join(filter(None, reversed(names))), is_signature


def _sweep_fields_unseen(pdf: Any, sweep: Sweep) -> None:
    """Take out the form itself when nothing of it stands on a page: its values would stay in the file."""
    pikepdf = library("")
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    on_pages = any(each.get("/Subtype") == "/Widget" for page in pdf.pages for each in page.get("/Annots", []))
    said = [_value(field)[:2] for field in form.get("/Fields", []) if not on_pages]
    for value, name in said:
        if value:
            sweep.found("form_field", f"ช่อง {name}", value)
    if not on_pages and "form_field" in sweep.kinds:
        del pdf.Root["/AcroForm"]
