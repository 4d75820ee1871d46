"""What is printed of a survey: slips with codes, posters with the open link, the sheet to be filled in by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Document, Masthead, NewPage, Picture, Separator, Setup, Style
from prongsai.documents.slips import Slip, Slips
from prongsai.documents.write import render
from prongsai.errors import FileUnusable
from prongsai.questionnaires.length import minutes_of
from prongsai.questionnaires.paper import Sheet, sheet_paper
from prongsai.web.agencies.models import Agency
from prongsai.web.stationery.services import office_of
from prongsai.web.surveys.models import Group, Survey
from prongsai.web.surveys.tokens import shown_code
from prongsai.web.ui.qr import drawing_of
from prongsai.web.ui.templatetags.ui import thai_date, thai_digits

SVG = "image/svg+xml"
_POSTER_QR_CM, _EMBLEM_CM = 10.5, 2.2


def in_letters(address: str) -> str:
    """Give an address as it is typed by hand: without how it is fetched and what follows the mark."""
    return address.partition("://")[2].partition("#")[0]


# --- slips ----------------------------------------------------------------------------------------------------------
def slips_of(survey: Survey, group: Group | None, codes: Sequence[str], link: Callable[[str], str]) -> Slips:
    """Make a slip of each code, in the order given. link: makes the link of a code."""
    with override("th"):
        title = _("ใบรหัส {n} ใบ: {title}").format(n=thai_digits(len(codes)), title=survey.title)
        named = f"{title} ({group})" if group else title
        return Slips(named, _steps(survey), tuple(_slips(survey, group, codes, link)))


def print_slips(slips: Slips, agency: Agency) -> bytes:
    """Give the PDF of slips, made in a process that ends; nothing is put down. Raises FileUnusable."""
    try:
        from prongsai.documents.write.pdf import slips as pdf  # noqa: PLC0415  # reason: an extra may be missing
    except ModuleNotFoundError as missing:
        raise FileUnusable(
            f"slips need the package {missing.name}",
            message_th=_("พิมพ์เป็น PDF ไม่ได้ เพราะไม่ได้ติดตั้ง {name}").format(name=missing.name),
            mend_th=_("เปิดหน้าพิมพ์แทน"),
        ) from missing
    try:
        return pdf.render_slips_apart(slips, office_of(agency))
    except BrokenExecutor as ended:
        raise FileUnusable(
            "the process that makes PDFs ended",
            message_th=_("ทำ PDF ไม่สำเร็จ"),
            mend_th=_("ลองจำนวนน้อยลง หรือเปิดหน้าพิมพ์แทน"),
        ) from ended


def _steps(survey: Survey) -> tuple[str, ...]:
    return (
        _("ตัดตามเส้นประ แล้วสับใบทั้งหมดรวมกันก่อนแจก ห้ามเรียงหรือใส่หมายเลข"),
        _("ใส่กล่องหรือซองทึบ ให้ผู้ตอบหยิบเองคนละใบ หยิบใบใดก็ได้ อย่าเลือกใบให้"),
        _("อย่าจดว่าใครได้ใบใด และอย่าถ่ายรูปใบรหัส นับได้เฉพาะจำนวนใบที่แจก"),
        _("ใบหนึ่งตอบได้ครั้งเดียว ใครทำหายให้หยิบใบใหม่"),
        _("ใบที่เหลือทำลายเมื่อปิดรับคำตอบ ({day}) หรือเก็บคืนผู้ประสานงาน").format(day=thai_date(survey.closes_at, "full")),
        _("ระบบไม่เก็บรหัสเหล่านี้ไว้ พิมพ์ซ้ำไม่ได้ ถ้าใบหายทั้งชุดให้ยกเลิกชุดนี้แล้วทำชุดใหม่"),
    )


def _slips(survey: Survey, group: Group | None, codes: Sequence[str], link: Callable[[str], str]) -> Iterator[Slip]:
    foot = (
        _("รหัสนี้ไม่ผูกกับชื่อใคร หยิบใบใดก็ได้ สับก่อนแจก"),
        _("ตอบได้ถึงวันที่ {day}").format(day=thai_date(survey.closes_at, "full")),
    )
    title = f"{survey.title} ({group})" if group else survey.title
    for code in codes:
        address = link(code)
        yield Slip(
            title,
            drawing_of(address),
            _("คิวอาร์โค้ดของหน้าตอบ"),
            _("สแกน หรือเปิดเว็บ"),
            in_letters(address),
            _("แล้วใส่รหัสนี้ ใช้ได้ครั้งเดียว"),
            shown_code(code),
            foot,
        )


# --- posters --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Poster:
    """A poster for a counter. name: of the group, "" for the whole survey; address: of its open link."""

    name: str
    name_en: str
    address: str


def poster_paper(survey: Survey, posters: Sequence[Poster]) -> Document:
    """Compose posters, a page each, in Thai and English."""
    with override("th"):
        blocks = tuple(block for place, one in enumerate(posters) for block in _poster(survey, one, is_first=not place))
    setup = Setup(cover=True, names=(str(survey.agency),))
    return Document("", "composed", None, "", blocks, title=survey.title, setup=setup)


def _poster(survey: Survey, poster: Poster, *, is_first: bool) -> Iterator[Block]:
    minutes = minutes_of(survey.pure)
    until = _("ประมาณ {n} นาที · ตอบได้ถึงวันที่ {day}").format(
        n=thai_digits(minutes), day=thai_date(survey.closes_at, "full")
    )
    if not is_first:
        yield NewPage(centred=True)
    yield Masthead(_EMBLEM_CM)
    yield paragraph(str(survey.agency), Style.TITLE)
    yield paragraph(survey.title, Style.COVER)
    if poster.name:
        yield paragraph(poster.name, Style.COVER)
    yield Picture(drawing_of(poster.address).encode(), SVG, _("คิวอาร์โค้ดของหน้าตอบ"), _POSTER_QR_CM)
    yield paragraph(in_letters(poster.address), Style.CENTRED)
    yield paragraph(_("สแกนเพื่อตอบแบบสอบถาม"), Style.TITLE)
    yield paragraph(until, Style.CENTRED)
    yield paragraph(_("ไม่ต้องลงชื่อ ไม่มีใครรู้ว่าท่านตอบว่าอะไร"), Style.CENTRED)
    yield Separator()
    yield from _english(survey, poster, minutes)


def _english(survey: Survey, poster: Poster, minutes: int) -> Iterator[Block]:
    names = " · ".join(name for name in (survey.title_en, poster.name_en) if name)
    if names:
        yield paragraph(names, Style.TITLE)
    last = _last_day_en(survey)
    yield paragraph(
        f"Scan to answer · about {minutes} {'minute' if minutes == 1 else 'minutes'} · until {last}", Style.CENTRED
    )
    yield paragraph("No name is asked. Nobody can tell what you answered.", Style.CENTRED)


def _last_day_en(survey: Survey) -> str:
    """Give the last day in English."""
    with override("en"):
        return thai_date(survey.closes_at)


# --- the sheet ------------------------------------------------------------------------------------------------------
def paper_sheet(survey: Survey, *, group: Group | None, language: str) -> Document:
    """Compose the sheet to be filled in by hand. language: ``th`` or ``en``."""
    english = language == "en"
    with override(language):
        until = thai_date(survey.closes_at, "full")
    sheet = Sheet(
        title=(survey.title_en or survey.title) if english else survey.title,
        agency=str(survey.agency),
        until=until,
        group=((group.name_en or group.name) if english else group.name) if group else "",
        has_groups=survey.groups.exists(),
        has_code=not survey.has_link,
        language=language,
    )
    return sheet_paper(survey.pure, sheet)


def print_paper(document: Document, agency: Agency, form: str) -> bytes:
    """Give a poster or sheet as ``docx``, ``pdf`` or ``html``. Raises FileUnusable."""
    return render(document, form, office_of(agency))
