"""Masks set in our own Sarabun at the very places of what they cover, and pages that become pictures."""

import io
import json
import math
from dataclasses import dataclass
from typing import Any

from prongsai.documents.clean.pdf.letters import Box, Letters
from prongsai.documents.clean.pdf.opening import library, opened
from prongsai.documents.fonts.shipped import HERE, load
from prongsai.errors import FileUnusable

DPI = 200
_SIZE_MIN, _SIZE_MAX, _STRETCH_MIN = 0.7, 1.4, 0.4
_BAR_WIDER = 1.0  # points a bar stands out over the letters
_TEMPLATE = b"""
#let pages = json(bytes(sys.inputs.pages))
#set text(font: sys.inputs.family, top-edge: "baseline", bottom-edge: "baseline", lang: "th")
#for each in pages {
  page(width: each.width * 1pt, height: each.height * 1pt, margin: 0pt, fill: none)[
    #for item in each.items {
      place(top + left, dx: item.x * 1pt, dy: item.y * 1pt, rotate(item.angle * 1deg, origin: top + left,
        scale(x: item.stretch * 100%, origin: top + left,
          box(text(size: item.size * 1pt, fill: rgb(item.colour), item.text)))))
    }
  ]
}
"""


@dataclass(frozen=True, slots=True)
class Mask:
    """Letters to set. x, y: where their line begins, in points; width: the space there is; angle: in radians."""

    text: str
    x: float
    y: float
    size: float
    width: float
    angle: float
    colour: str


def lay_over(pdf: Any, name: str, masks: dict[int, list[Mask]]) -> None:
    """Set masks on their pages. masks: by the index of the page."""
    numbers = [number for number in sorted(masks) if masks[number]]
    if not numbers:
        return
    boxes = {number: [float(side) for side in pdf.pages[number].mediabox] for number in numbers}
    forms = [_form(boxes[number], masks[number]) for number in numbers]
    with opened(_typeset(forms, name), name) as sheet:
        for number, source in zip(numbers, sheet.pages, strict=True):
            page, box = pdf.pages[number], boxes[number]
            form = pdf.copy_foreign(source.as_form_xobject())
            called = _named(page, form)
            left, bottom = min(box[0], box[2]), min(box[1], box[3])
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(f"\nQ q 1 0 0 1 {left:.3f} {bottom:.3f} cm {called} Do Q".encode())


def _named(page: Any, form: Any) -> str:
    """Give a form a name on its page, in resources of its own: pages may share theirs."""
    pikepdf = library("")
    resources = pikepdf.Dictionary(page.get("/Resources", pikepdf.Dictionary()))
    named = pikepdf.Dictionary(resources.get("/XObject", pikepdf.Dictionary()))
    name = next(f"/Masks{number}" for number in range(len(named) + 1) if f"/Masks{number}" not in named)
    named[name] = form
    resources["/XObject"] = named
    page.Resources = resources
    return name


def _form(box: list[float], masks: list[Mask]) -> dict[str, object]:
    left, bottom = min(box[0], box[2]), min(box[1], box[3])
    width, height = abs(box[2] - box[0]), abs(box[3] - box[1])
    fonts = load(None)
    items = []
    for mask in masks:
        natural = fonts.width(mask.text, mask.size)
        fits = mask.width / natural if natural and mask.width > 0 else 1.0
        size = mask.size * max(_SIZE_MIN, min(_SIZE_MAX, fits))  # letters of other fonts are larger at the same size
        items.append(
            {
                "text": mask.text,
                "x": mask.x - left,
                "y": height - (mask.y - bottom),
                "size": size,
                "stretch": max(_STRETCH_MIN, min(1.0, fits * mask.size / size)),
                "angle": -math.degrees(mask.angle),
                "colour": mask.colour,
            }
        )
    return {"width": width, "height": height, "items": items}


def _typeset(forms: list[dict[str, object]], name: str) -> bytes:
    import typst  # noqa: PLC0415  # reason: an extra

    try:
        made = typst.compile(
            _TEMPLATE,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE]),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"pages": json.dumps(forms), "family": load(None).family},
            timestamp=0,
        )
    except typst.TypstError as refused:
        raise FileUnusable(
            f"{name}: masks cannot be set: {refused.message}", message_th=f"ปิดข้อมูลในไฟล์ {name} ไม่สำเร็จ"
        ) from refused
    if not isinstance(made, bytes):
        raise FileUnusable(f"{name}: no masks came out", message_th=f"ปิดข้อมูลในไฟล์ {name} ไม่สำเร็จ")
    return made


def make_picture(pdf: Any, letters: Letters, bars: list[Box]) -> None:
    """Put a picture of a page in place of all it holds, with bars over boxes."""
    from PIL import ImageDraw  # noqa: PLC0415  # reason: an extra

    pikepdf = library("")
    picture = letters.drawn(DPI / 72, grey=False).convert("RGB")
    pen = ImageDraw.Draw(picture)
    for left, bottom, right, top in bars:
        wider = (left - _BAR_WIDER, bottom - _BAR_WIDER, right + _BAR_WIDER, top + _BAR_WIDER)
        pen.rectangle(letters.on_picture(wider, picture), fill="black")
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=85)
    page, (width, height) = pdf.pages[letters.number - 1], letters.size
    stream = pdf.make_stream(packed.getvalue())
    _describe(stream, picture.width, picture.height)
    for key in list(page.keys()):
        if key not in {"/Type", "/Parent"}:
            del page[key]
    page.MediaBox = [0, 0, width, height]
    page.Rotate = 0
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=stream))
    page.Contents = pdf.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Page Do Q".encode())


def _describe(stream: Any, width: int, height: int) -> None:
    pikepdf = library("")
    stream["/Type"], stream["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
    stream["/Width"], stream["/Height"] = width, height
    stream["/ColorSpace"], stream["/BitsPerComponent"] = pikepdf.Name.DeviceRGB, 8
    stream["/Filter"] = pikepdf.Name.DCTDecode
