"""Rules about files: they open and can be read, in both formats, in both languages."""

import re

from prongsai.errors import Problem, Severity
from prongsai.frameworks.model import Element
from prongsai.inspection.case import Case, Finding, Kind, Options, failed, not_found, passed, unsure
from prongsai.inspection.model import Paper
from prongsai.inspection.view import Source
from prongsai.thai.text import fold

ENGLISH_LETTERS_MIN = 120
ENGLISH_SHARE_MIN = 0.7
_ENGLISH = re.compile("[A-Za-z]")
_THAI = re.compile("[ก-๛]")
_NAMED_ENGLISH = re.compile(r"(?:^|[-_ (])(?:en|eng|english)(?:[-_ ).]|$)|อังกฤษ", re.IGNORECASE)
_PDF, _SHEETS = re.compile(r"\.pdf(?:$|\?)", re.IGNORECASE), re.compile(r"\.(?:xlsx?|csv|ods)(?:$|\?)", re.IGNORECASE)
_SAYS_TYPE = re.compile(r"\.(?:pdf|docx?|jpe?g|png|gif)(?:$|\?)", re.IGNORECASE)
_HARMLESS = frozenset(
    {
        "PAPER_PICTURE",
        "PAPER_LARGE",
        "PAGE_CHARSET_MISSING",
        "PAGE_CUT",
        "PAPER_NOT_READ",
        "PAPER_TOO_LARGE",
        "PAPER_PARTLY_SCANNED",
    }
)


def readable(case: Case, element: Element, options: Options) -> Finding:
    """See that every page and file opens and can be read, upright, without a password."""
    problems = [(p.address, p.name, one) for p in case.pile.papers for one in p.problems]
    problems += [(page.address, "หน้าเว็บ", one) for page in case.pile.pages for one in page.problems]
    for wanted in (Severity.ERROR, Severity.WARNING):
        found = [each for each in problems if _weight(each[2], case) is wanted]
        if found:
            address, name, problem = found[0]
            more = f" และอีก {len(found) - 1} เรื่อง" if len(found) > 1 else ""
            page = f"หน้า {problem.where.page}" if problem.where.page else ""
            verdict = failed if wanted is Severity.ERROR else unsure
            one = verdict(f"{name}: {problem.message_th}{more}", problem.mend_th or "", address=address)
            return Finding(one.verdict, one.reason_th, one.mend_th, one.address, page)
    return passed(
        f"เปิดและอ่านได้ทั้งหมด ({len(case.pile.pages)} หน้า {len(case.pile.papers)} ไฟล์)", address=case.pile.address
    )


def _weight(problem: Problem, case: Case) -> Severity:
    """Say how much a problem keeps somebody from reading: a scan beside papers with text does so less."""
    if problem.code in _HARMLESS:
        return Severity.INFO
    if problem.code == "PAPER_SCANNED" and case.view.papers:
        return Severity.WARNING
    return problem.severity


def formats(case: Case, element: Element, options: Options) -> Finding:
    """Find the same thing as PDF and as a sheet."""
    links = [link.address for page in case.pile.pages for link in page.links]
    names = [*links, *(paper.name for paper in case.pile.papers), *(paper.address for paper in case.pile.papers)]
    has_pdf = any(_PDF.search(name) for name in names) or any(
        paper.media_type == "application/pdf" for paper in case.pile.papers
    )
    has_sheet = any(_SHEETS.search(name) for name in names) or any(
        "sheet" in p.media_type or "excel" in p.media_type for p in case.pile.papers
    )
    lacking = [name for name, has in (("PDF", has_pdf), ("Excel", has_sheet)) if not has]
    if not lacking:
        return passed("มีทั้ง PDF และ Excel", address=case.pile.address)
    reason, mend = f"ไม่พบไฟล์ {' และ '.join(lacking)}", f"เผยแพร่ไฟล์ {' และ '.join(lacking)} เพิ่ม"
    if all(_SAYS_TYPE.search(address) for _, address in case.view.unseen):  # what was not opened tells by its name
        return failed(reason, mend, address=case.pile.address)
    return not_found(case, reason, mend)


def languages(case: Case, element: Element, options: Options) -> Finding:
    """Find the thing in Thai and in English: whole passages, not a name or a term."""
    thai = next((s for s in case.view.sources if len(_THAI.findall(s.folded)) >= ENGLISH_LETTERS_MIN), None)
    english = next((s for s in case.view.sources if _english_letters(s) >= ENGLISH_LETTERS_MIN), None)
    if thai and english:
        return passed("มีทั้งภาษาไทยและภาษาอังกฤษ", english)
    named = next((paper for paper in case.pile.papers if _is_named_english(paper)), None)
    linked = next(
        (
            link
            for page in case.pile.pages
            for link in page.links
            if _NAMED_ENGLISH.search(link.text) and link not in page.menu
        ),
        None,
    )
    mend = "เผยแพร่ประกาศภาษาอังกฤษที่ลงนามแล้วคู่กับภาษาไทย"
    if named or linked:
        at = named.address if named else linked.address if linked else ""
        return unsure("มีไฟล์ที่ชื่อบอกว่าเป็นภาษาอังกฤษ แต่เครื่องอ่านเนื้อหาไม่ได้", "เปิดดูฉบับภาษาอังกฤษ", address=at)
    if english is None:
        return not_found(case, "ไม่พบฉบับภาษาอังกฤษ", mend)
    return not_found(case, "ไม่พบฉบับภาษาไทย", "เผยแพร่ประกาศภาษาไทยคู่กัน")


def _english_letters(source: Source) -> int:
    """Count the letters of passages that are in English."""
    count = 0
    for passage in source.passages:
        letters = len(_ENGLISH.findall(passage.text))
        if letters > ENGLISH_SHARE_MIN * (letters + len(_THAI.findall(passage.text))) and " " in passage.text.strip():
            count += letters
    return count


def _is_named_english(paper: Paper) -> bool:
    return paper.document is None and bool(_NAMED_ENGLISH.search(fold(paper.name)) or _NAMED_ENGLISH.search(paper.name))


KINDS: dict[str, Kind] = {"readable": readable, "formats": formats, "languages": languages}
