"""What in a PDF would act or reach out when opened. It is named, never run: nothing here follows it."""

import ctypes
import re

import pypdfium2
import pypdfium2.raw as pdfium

from prongsai.errors import Problem, Severity, Where

LINKS_SHOWN = 5
ANNOTATIONS_MAX = 2000  # looked at on a page
_NAMED = (
    (re.compile(rb"/JavaScript\b|/JS\b"), "JavaScript"),
    (re.compile(rb"/Launch\b"), "Launch"),
    (re.compile(rb"/EmbeddedFiles?\b"), "EmbeddedFile"),
    (re.compile(rb"/RichMedia\b|/Movie\b|/Sound\b"), "RichMedia"),
    (re.compile(rb"/SubmitForm\b|/ImportData\b"), "SubmitForm"),
)


def active_content(document: pypdfium2.PdfDocument, content: bytes, name: str) -> tuple[Problem, ...]:
    """Name scripts, programs to start, forms that send themselves and files inside."""
    found = {word for pattern, word in _NAMED if pattern.search(content)}
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
        found.add("JavaScript")
    if pdfium.FPDFDoc_GetAttachmentCount(document.raw) > 0:
        found.add("EmbeddedFile")
    if not found:
        return ()
    return (
        Problem(
            "ACTIVE_CONTENT",
            Severity.WARNING,
            "The file holds content that acts when opened; it was not run",
            "ไฟล์มีส่วนที่ทำงานเองได้เมื่อเปิด (สคริปต์ คำสั่งเปิดโปรแกรม หรือไฟล์แนบภายใน) ระบบไม่ได้เรียกใช้",
            Where(name),
            tuple(sorted(found)),
            mend="Print the file to a new PDF before passing it on",
            mend_th="พิมพ์เป็น PDF ใหม่ก่อนส่งต่อหรือเผยแพร่",
        ),
    )


def external_links(links: dict[str, int], name: str) -> tuple[Problem, ...]:
    """Name the addresses that a file links to. links: address → page of its first use."""
    if not links:
        return ()
    return (
        Problem(
            "EXTERNAL_LINK",
            Severity.INFO,
            f"The file links to {len(links)} addresses outside; none was opened",
            f"ไฟล์มีลิงก์ออกไปภายนอก {len(links)} แห่ง ระบบไม่ได้เปิด",
            Where(name, page=min(links.values())),
            tuple(list(links)[:LINKS_SHOWN]),
            mend="See that every address is the one meant",
            mend_th="ตรวจว่าลิงก์ถูกต้องและเปิดได้",
        ),
    )


def read_links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> list[str]:
    """Give the addresses, or files, that links on a page lead to outside the document."""
    found: list[str] = []
    start = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    while len(found) < ANNOTATIONS_MAX and pdfium.FPDFLink_Enumerate(page.raw, start, link):
        action = pdfium.FPDFLink_GetAction(link)
        kind = pdfium.FPDFAction_GetType(action) if action else 0
        if kind == pdfium.PDFACTION_URI:
            found.append(_uri(document, action))
        elif kind in (pdfium.PDFACTION_LAUNCH, pdfium.PDFACTION_REMOTEGOTO):
            found.append(_path(action))
    return [address for address in found if address]


def _uri(document: pypdfium2.PdfDocument, action: object) -> str:
    size = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, size)
    return buffer.raw[: max(0, size - 1)].decode("utf-8", "replace")


def _path(action: object) -> str:
    size = pdfium.FPDFAction_GetFilePath(action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetFilePath(action, buffer, size)
    return buffer.raw[: max(0, size - 1)].decode("utf-8", "replace")
