"""Every string of a PDF that is not on a page, such as bookmarks and descriptions of pictures, and its pictures."""

from typing import Any

from prongsai.documents.clean.model import Sweep, with_masks
from prongsai.documents.clean.pdf.opening import dictionaries, library
from prongsai.documents.clean.pictures import is_picture, sweep_picture
from prongsai.errors import FileUnusable

_NOT_WORDS = frozenset(
    {"/ID", "/Contents", "/Cert", "/ByteRange", "/Lookup", "/CheckSum", "/Panose", "/CharSet", "/O", "/U"}
)
_WHERE = {
    "/Title": "สารบัญหรือชื่อเรื่อง",
    "/Alt": "คำอธิบายภาพ",
    "/ActualText": "ข้อความแทน",
    "/Contents": "คำอธิบายลิงก์",
}
_ENCODED_MIN = 6


def sweep_objects(pdf: Any, sweep: Sweep) -> None:
    """Find and mask words in all strings beside the pages; clean the JPEG pictures of what their camera wrote."""
    pikepdf = library("")
    for each in list(dictionaries(pdf)):
        if each.get("/Type") in {"/Font", "/FontDescriptor"} or (_is_field(each) and "form_field" in sweep.kinds):
            continue
        for key in list(each.keys()):
            value = each.get(key)
            if isinstance(value, pikepdf.String) and _is_words(each, key):
                _sweep_string(each, key, _WHERE.get(key, key[1:]), sweep)
            elif isinstance(value, pikepdf.Array):
                for place, item in enumerate(value):
                    if isinstance(item, pikepdf.String) and key not in _NOT_WORDS:
                        _sweep_string(value, place, key[1:], sweep)
        if isinstance(each, pikepdf.Stream) and each.get("/Filter") == "/DCTDecode":
            _sweep_jpeg(each, sweep)


def _is_field(each: Any) -> bool:
    """Whether a dictionary is a field of a form: told of before, and gone when the form is drawn."""
    return bool("/FT" in each or ("/Kids" in each and "/T" in each) or each.get("/Subtype") == "/Widget")


def _is_words(owner: Any, key: str) -> bool:
    if key == "/Contents":
        return bool(owner.get("/Type") != "/Sig")
    return key not in _NOT_WORDS


def _sweep_string(holder: Any, key: Any, where: str, sweep: Sweep) -> None:
    text = str(holder[key])
    if len(text) < _ENCODED_MIN:
        return
    hits = sweep.words(where, text, hidden=True)
    if hits:
        holder[key] = library("").String(with_masks(text, hits))


def _sweep_jpeg(stream: Any, sweep: Sweep) -> None:
    content = stream.read_raw_bytes()
    if not is_picture(content):
        return
    try:
        new = sweep_picture(content, "รูป", sweep.inside("รูปในหน้า"), turns=False)
    except FileUnusable:
        return
    if sweep.is_cleaning and new != content:
        stream.write(new, filter=library("").Name.DCTDecode, decode_parms=stream.get("/DecodeParms"))
