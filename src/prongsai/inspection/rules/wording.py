"""Rules about words: that a thing is said, that it is told with content, that all topics are there."""

import re

from prongsai.frameworks.model import Element
from prongsai.inspection.book import Words
from prongsai.inspection.case import Case, Finding, Kind, Options, failed, not_found, passed, together, unsure
from prongsai.inspection.model import Verdict
from prongsai.inspection.rules.sections import Told, told
from prongsai.inspection.view import Source

_ARTICLES_MIN = 12
_ARTICLE = re.compile(r"^มาตรา\d+", re.MULTILINE)
_ROYAL = re.compile(r"พระปรมาภิไธย|ให้ไว้ณวันที่|โดยที่เป็นการสมควร|พระราชบัญญัตินี้เรียกว่า|มาตรา1พระราชบัญญัตินี้|ผู้รับสนองพระบรมราชโองการ")
_POINT = re.compile(r"^\(\d+\)")


def words(case: Case, element: Element, options: Options) -> Finding:
    """Find each of some things said anywhere; ``any`` when one is enough."""
    sets = [case.book.words[key] for key in options["of"]]
    links = bool(options.get("links"))
    found = {}
    for one in sets:
        hits = case.view.find(one.pattern, links=links)
        hit = next((h for h in hits if not options.get("papers") or h[0].paper), None)
        if hit:
            found[one.key] = hit
        elif links and (named := _named_link(case, one.pattern)):
            return passed(f"มีลิงก์ “{named}”", address=case.pile.address)
    enough = int(options.get("fewest", 1 if options.get("any") else len(sets)))
    if len(found) >= enough:
        source, passage = next(iter(found.values()))
        names = ", ".join(one.name_th for one in sets if one.key in found)
        return passed(f"พบ{names}: “{passage.shown}”", source, passage)
    lacking = [one.name_th for one in sets if one.key not in found]
    joined = " หรือ ".join(lacking) if options.get("any") else ", ".join(lacking)
    return not_found(case, f"ไม่พบ{joined}", f"เพิ่ม{joined}ในหน้าหรือเอกสารของข้อนี้")


def _named_link(case: Case, pattern: re.Pattern[str]) -> str:
    from prongsai.thai.text import fold  # noqa: PLC0415  # reason: one use

    for page in case.pile.pages:
        for link in page.links:
            if pattern.search(fold(link.text)):
                return link.text[:60]
    return ""


def section(case: Case, element: Element, options: Options) -> Finding:
    """Find each of some things told with content: a column, a label, a heading with text under it."""
    return together(_section(case, key, options) for key in options["of"])


def _section(case: Case, key: str, options: Options) -> Finding:
    one = case.book.words[key]
    best: Told | None = None
    blank: Told | None = None
    for place in told(case.view, one, _others(case, key)):
        if options.get("papers") and place.source.page is not None and case.view.papers:
            continue
        is_full = not place.is_blank and (
            one.value is None or place.how == "mention" or one.value.search(place.content)
        )
        if is_full and (best is None or place.how != "mention"):
            best = place
            if place.how != "mention":
                break
        elif not is_full and blank is None:
            blank = place
    if best is not None and best.how != "mention":
        return passed(f"พบ{one.name_th}: “{best.passage.shown}”", best.source, best.passage)
    if blank is not None and (best is None or one.value is not None):
        what = "ว่าง" if blank.is_blank else "ไม่บอกค่า"
        reason = f"มีหัวข้อ “{blank.passage.shown}” แต่{what}"
        mend = f"กรอก{one.name_th}ให้ครบ ถ้าไม่มีให้เขียนว่าไม่มี"
        return (
            failed(reason, mend, blank.source, blank.passage)
            if not case.view.unseen
            else unsure(reason, mend, blank.source, blank.passage)
        )
    if best is not None:
        if options.get("mention", True):
            return passed(f"กล่าวถึง{one.name_th}: “{best.passage.shown}”", best.source, best.passage)
        return unsure(f"กล่าวถึง{one.name_th}ในข้อความเท่านั้น", f"แยก{one.name_th}เป็นหัวข้อ", best.source, best.passage)
    return not_found(case, f"ไม่พบ{one.name_th}", f"เพิ่ม{one.name_th} ถ้าไม่มีให้เขียนว่าไม่มี")


def _others(case: Case, key: str) -> list[Words]:
    """Give the other things that the item must tell under headings."""
    own = (rule for element in case.item.elements for rule in case.book.rules_of(case.item.key, element.key))
    keys = {name for rule in own if rule.kind == "section" for name in rule.options["of"]}
    return [case.book.words[name] for name in sorted(keys) if name != key]


def topics(case: Case, element: Element, options: Options) -> Finding:
    """Count the topics that are there; all of them must be, or as many as ``fewest`` says."""
    sets = [case.book.words[key] for key in options["of"]]
    there = [one for one in sets if case.view.first(one.pattern)]
    fewest = int(options.get("fewest", len(sets)))
    if len(there) >= fewest:
        hit = case.view.first(there[0].pattern)
        return passed(f"พบ {len(there)} จาก {len(sets)} เรื่อง", *(hit or (None, None)))
    lacking = ", ".join(one.name_th for one in sets if one not in there)
    return not_found(case, f"พบ {len(there)} จาก {len(sets)} เรื่อง ขาด: {lacking}", f"เพิ่มเรื่องที่ขาด: {lacking}")


def not_statute(case: Case, element: Element, options: Options) -> Finding:
    """Refuse a whole law in place of an explanation of one's own."""
    own = case.book.words["duties"]
    for source in case.view.sources:
        articles = len(_ARTICLE.findall(source.folded))
        if articles >= _ARTICLES_MIN or (articles >= 3 and _ROYAL.search(source.folded)):
            if any(other is not source and _explains(other, own.pattern) for other in case.view.sources):
                continue
            mend = "เขียนหน้าที่และอำนาจของหน่วยงานเองเป็นข้อ ๆ แล้วจึงลิงก์ไปยังกฎหมาย"
            return failed(f"นำตัวบทกฎหมายมาลงทั้งฉบับ ({articles} มาตรา)", mend, source)
    return passed("ไม่ใช่ตัวบทกฎหมายทั้งฉบับ")


def _explains(source: Source, pattern: re.Pattern[str]) -> bool:
    if len(_ARTICLE.findall(source.folded)) >= _ARTICLES_MIN:
        return False
    return any(not passage.is_link and not passage.is_short for passage in source.find(pattern)) or (
        bool(pattern.search(source.folded)) and sum(bool(_POINT.match(p.folded)) for p in source.passages) >= 3
    )


def duties(case: Case, element: Element, options: Options) -> Finding:
    """Find duties and powers explained, not only a vision."""
    own, vision = case.book.words["duties"], case.book.words["vision"]
    acts = case.book.words["duty_acts"]
    for source in case.view.sources:
        head = next(source.find(own.pattern), None)
        if head is None:
            continue
        said = [p for p in source.passages if not p.is_link and acts.pattern.search(p.folded)]
        if len(said) >= 3 or sum(len(p.folded) for p in said) >= 150:
            return passed(f"อธิบายหน้าที่และอำนาจไว้ {len(said)} ข้อความ", source, head)
    seen = case.view.first(vision.pattern)
    mend = "อธิบายหน้าที่และอำนาจตามกฎหมายของหน่วยงานเป็นข้อ ๆ แยกจากวิสัยทัศน์และพันธกิจ"
    if seen:
        finding = not_found(case, "มีเพียงวิสัยทัศน์หรือพันธกิจ ไม่มีหน้าที่และอำนาจ", mend)
        return Finding(
            finding.verdict, finding.reason_th, finding.mend_th, seen[0].address, seen[0].where_th(seen[1].where)
        )
    return not_found(case, "ไม่พบคำอธิบายหน้าที่และอำนาจ", mend)


def either(case: Case, element: Element, options: Options) -> Finding:
    """Take the best of several rules."""
    from prongsai.inspection.rules import KINDS  # noqa: PLC0415  # reason: the list holds this very rule

    found = [KINDS[rule["kind"]](case, element, rule) for rule in options["of"]]
    for verdict in (Verdict.PASS, Verdict.CANNOT_TELL, Verdict.FAIL):
        best = next((one for one in found if one.verdict is verdict), None)
        if best:
            return best
    return unsure("ไม่มีเกณฑ์", "ให้คนตรวจ")


def person(case: Case, element: Element, options: Options) -> Finding:
    """Leave it to a person, and say why; show the first words that may help."""
    hint = next(
        (hit for key in options.get("of", ()) if (hit := case.view.first(case.book.words[key].pattern, links=True))),
        None,
    )
    seen = f" พบ “{hit[1].shown}”" if (hit := hint) else ""
    return unsure(f"{options['why']}{seen}", "ให้คนเปิดดูและยืนยัน", *(hint or (None, None)))


KINDS: dict[str, Kind] = {
    "words": words,
    "section": section,
    "topics": topics,
    "not_statute": not_statute,
    "duties": duties,
    "either": either,
    "person": person,
}
