"""What a reader of PDF files has to say about them, in both languages."""

from collections.abc import Iterable, Sequence

from prongsai.documents.model import Table
from prongsai.documents.read import refusals
from prongsai.documents.read.pdf.page import Page, RawRow
from prongsai.errors import FileUnusable, Problem, Severity, Where
from prongsai.thai.glyphs import SaraAm

SHOWN_MAX = 5
COLUMNS_SURE = 2  # side by side: signatures, the head of a letter
WORDS_MAX = 60


def broken(name: str, what: str) -> FileUnusable:
    """Say that a file is no whole PDF. what: the detail for who reads English."""
    return refusals.broken(name, what, "ขอไฟล์ต้นฉบับใหม่ หรือพิมพ์เป็น PDF ใหม่")


def under_password(name: str) -> FileUnusable:
    """Say that a file needs a password."""
    return refusals.under_password(name, "เปิดด้วยรหัสผ่าน แล้วพิมพ์เป็น PDF ใหม่")


def without_text(name: str, pages: Sequence[Page]) -> FileUnusable:
    """Say that there is nothing to read: pictures of pages, or nothing at all."""
    if any(page.drawn or page.scanned for page in pages):
        return FileUnusable(
            f"{name} holds pictures of pages, no text",
            message_th=f"ไฟล์ {name} เป็นภาพสแกน ไม่มีข้อความ",
            mend_th="ขอไฟล์ต้นฉบับ (Word หรือ PDF ที่พิมพ์จาก Word) แทนฉบับสแกน",
        )
    return FileUnusable(f"{name} is empty", message_th=f"ไฟล์ {name} ไม่มีข้อความ", mend_th="ตรวจว่าเลือกไฟล์ถูก")


def about_pages(pages: Sequence[Page], name: str) -> list[Problem]:
    """Say what is the matter with single pages, and with the marks of Thai over all."""
    found: list[Problem] = []
    for page in pages:
        where = Where(name, page=page.number)
        if page.is_unreadable:
            found.append(_unreadable(where, page))
        elif not (page.lines or page.tables) and (page.drawn or page.scanned):
            found.append(_without_text(where))
        elif page.recognised:
            found.append(_recognised(where))
        elif page.hidden:
            found.append(_hidden(where, page))
    return [*found, *_slanted(pages, name), *_pictured(pages, name), *_mended(pages, name)]


def _unreadable(where: Where, page: Page) -> Problem:
    return Problem(
        "TEXT_LAYER_UNREADABLE",
        Severity.ERROR,
        "The characters of the page have no meaning in the file; they cannot be read as text",
        "ตัวอักษรในหน้านี้ไม่มีรหัสที่อ่านเป็นข้อความได้ ต้องอ่านจากภาพ",
        where,
        (page.lines[0].raw[:WORDS_MAX],) if page.lines else (),
        f"{page.unreadable} / {page.characters}",
        mend="Ask for the original, or print it from its own program to a new PDF",
        mend_th="ขอไฟล์ต้นฉบับ หรือพิมพ์เป็น PDF ใหม่จากโปรแกรมเดิม",
    )


def _without_text(where: Where) -> Problem:
    return Problem(
        "PAGE_WITHOUT_TEXT",
        Severity.WARNING,
        "The page is a picture; its words were not read",
        "หน้านี้เป็นภาพสแกน ยังไม่ได้อ่านข้อความ",
        where,
        mend="Ask for the page as text, or type what it says",
        mend_th="ขอหน้านี้เป็นไฟล์ข้อความ หรือพิมพ์ข้อมูลของหน้านี้เพิ่มเอง",
    )


def _recognised(where: Where) -> Problem:
    return Problem(
        "TEXT_FROM_SCAN",
        Severity.WARNING,
        "The text of the page was guessed from a scanned picture; Thai digits are often wrong",
        "ข้อความของหน้านี้มาจากการเดาตัวอักษรบนภาพสแกน เลขไทยมักผิด",
        where,
        mend="Check numbers and names against the picture",
        mend_th="ตรวจตัวเลขและชื่อกับภาพก่อนใช้",
    )


def _hidden(where: Where, page: Page) -> Problem:
    return Problem(
        "HIDDEN_TEXT",
        Severity.INFO,
        f"{page.hidden} characters that nobody sees were left out",
        f"มีตัวอักษรที่มองไม่เห็น {page.hidden} ตัว ไม่ได้นำมาอ่าน",
        where,
    )


def _slanted(pages: Sequence[Page], name: str) -> list[Problem]:
    found = [(page.number, page.slanted.strip()) for page in pages if page.slanted.strip()]
    words = "Words that run across the page were left out"
    words_th = "ข้อความที่พาดเฉียงหน้ากระดาษ (ลายน้ำ) ไม่ได้นำมาอ่าน"
    return _aside("WATERMARK_LEFT_OUT", words, words_th, found, name)


def _pictured(pages: Sequence[Page], name: str) -> list[Problem]:
    found = [(page.number, page.pictured.strip()) for page in pages if page.pictured.strip()]
    words, words_th = "Words inside pictures were left out", "ข้อความในภาพหรือแผนภูมิไม่ได้นำมาเป็นเนื้อหา"
    return _aside("PICTURE_TEXT_LEFT_OUT", words, words_th, found, name)


def _aside(code: str, words: str, words_th: str, found: Sequence[tuple[int, str]], name: str) -> list[Problem]:
    if not found:
        return []
    shown = tuple(dict.fromkeys(text[:WORDS_MAX] for _, text in found))[:SHOWN_MAX]
    return [Problem(code, Severity.INFO, words, words_th, Where(name, page=found[0][0]), shown)]


def _mended(pages: Sequence[Page], name: str) -> list[Problem]:
    pairs = [(page.number, pair) for page in pages for pair in page.mended]
    if not pairs:
        return []
    shown = dict.fromkeys(f"{one[:WORDS_MAX]} → {two[:WORDS_MAX]}" for _, (one, two) in pairs)
    return [_glyphs_mended(len(pairs), Where(name, page=pairs[0][0]), tuple(shown)[:SHOWN_MAX])]


def _glyphs_mended(count: int, where: Where, shown: tuple[str, ...], arithmetic: str | None = None) -> Problem:
    return Problem(
        "PDF_GLYPHS_MENDED",
        Severity.WARNING,
        f"The file gives Thai vowels or tone marks wrongly in {count} places; they were put right",
        f"ไฟล์ให้สระหรือวรรณยุกต์ไทยผิดลำดับหรือผิดตัว {count} แห่ง ระบบซ่อมแล้ว",
        where,
        shown,
        arithmetic,
        mend="Compare the words shown with the printed page",
        mend_th="เทียบคำที่แสดงกับหน้ากระดาษ",
    )


def sara_am(before: Sequence[str], mended: SaraAm, name: str) -> Problem:
    """Say that า and ำ were told apart by the dictionary."""
    pairs = [
        (one, two)
        for old, new in zip(before, mended.texts, strict=True)
        if old != new
        for one, two in zip(old.split(), new.split(), strict=True)
        if one != two
    ]
    shown = tuple(dict.fromkeys(f"{one[:WORDS_MAX]} → {two[:WORDS_MAX]}" for one, two in pairs))[:SHOWN_MAX]
    share = f"{mended.before:.1%} → {mended.after:.1%}"
    return _glyphs_mended(len(pairs), Where(name), shown, share)


def left_out(words: Sequence[str], name: str) -> list[Problem]:
    """Say which running heads and feet were left out."""
    if not words:
        return []
    return [
        Problem(
            "RUNNING_HEAD_LEFT_OUT",
            Severity.INFO,
            "Words that repeat at the top or bottom of pages were left out",
            "ข้อความหัวหรือท้ายกระดาษที่ซ้ำทุกหน้าไม่ได้นำมาเป็นเนื้อหา",
            Where(name),
            tuple(text[:WORDS_MAX] for text in words[:SHOWN_MAX]),
        )
    ]


def rows_joined(rows: Iterable[RawRow], name: str) -> list[Problem]:
    """Say which rows were cut by the end of a page and joined again."""
    return [
        Problem(
            "ROW_JOINED_OVER_PAGES",
            Severity.WARNING,
            "A row that the end of the page cut was joined with its rest on the next page",
            "แถวที่ถูกตัดตอนขึ้นหน้าใหม่ ระบบต่อให้เป็นแถวเดียว",
            Where(name, page=row.page),
            (next(cell.text[:WORDS_MAX] for cell in row.cells if cell.text),),
            mend="See that both parts belong together",
            mend_th="ตรวจว่าเป็นแถวเดียวกันจริง",
        )
        for row in rows
    ]


def without_rules(tables: Iterable[Table]) -> list[Problem]:
    """Say which tables of three columns or more were put together by gaps alone."""
    return [
        Problem(
            "TABLE_WITHOUT_RULES",
            Severity.WARNING,
            "The table has no lines; its rows and columns were guessed from the gaps",
            "ตารางไม่มีเส้น ระบบแบ่งแถวและช่องจากช่องว่าง อาจคลาดเคลื่อน",
            table.where,
            tuple(cell.text[:WORDS_MAX] for cell in table.rows[0].cells if cell.text),
            mend="Compare its rows with the printed page",
            mend_th="เทียบแถวในตารางกับหน้ากระดาษ",
        )
        for table in tables
        if not table.ruled and max(len(row.cells) for row in table.rows) > COLUMNS_SURE
    ]
