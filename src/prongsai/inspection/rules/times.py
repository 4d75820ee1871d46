"""Rules about time: the right content year, the months covered, how long a plan runs, when things happened."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from prongsai.frameworks.model import Element
from prongsai.inspection import years
from prongsai.inspection.case import Case, Finding, Kind, Options, failed, not_found, passed, unsure
from prongsai.inspection.view import Passage, Source
from prongsai.thai.dates import MONTHS, MONTHS_SHORT, find_dates, first_months, fiscal_year, format_date, months_in
from prongsai.thai.fiscal import BE_OFFSET, Span
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import fold

BODY_MENTIONS_MIN = 3
_TO_COME = re.compile(r"รอ(?!ง|บ)|อยู่ระหว่าง|ยังไม่|กำลัง|pending")
_JOINS = re.compile(r"\s*(?:-|–|—|ถึง(?:วันที่)?|จนถึง(?:วันที่)?|to|until)\s*(?:วันที่\s*)?")
_MAY_JOIN = re.compile(r"(?:\d|ค\.|ย\.|ม|น)\s*(?:-|–|—|ถึง|จน|to|until)")
_MAY_BE_AS_AT = re.compile(r"(?:ณ|ถึง|สิ้น|as\s*(?:at|of))[^\n]{0,40}\d", re.IGNORECASE)
_AS_AT = re.compile(r"(?:ณ|ถึง|จนถึง|สิ้นสุด|as\s*at|as\s*of)\s*(?:สิ้น)?\s*(?:วันที่)?\s*$", re.IGNORECASE)
_HALF = re.compile(
    r"รอบ6เดือน|รอบหกเดือน|6เดือนแรก|หกเดือนแรก|ครึ่งปีแรก|ไตรมาส(?:ที่)?1(?:-|–|และ|,|ถึง|/)+(?:ไตรมาส)?(?:ที่)?2|ต\.?ค\.?[^\n]{0,12}-มี\.?ค|ตุลาคม[^\n]{0,12}(?:-|–|ถึง)มีนาคม"
)
_WHOLE = re.compile(
    r"รอบ12เดือน|12เดือน|ตลอดปี|ทั้งปี|ทั้งปีงบประมาณ|ประจำปีงบประมาณ|ประจำปี|ต\.?ค\.?[^\n]{0,12}-ก\.?ย|ตุลาคม[^\n]{0,12}(?:-|–|ถึง)[^\n]{0,6}กันยายน"
)
_QUARTERS = {n: re.compile(rf"ไตรมาส(?:ที่)?{n}(?!\d)|q{n}(?!\d)") for n in (1, 2, 3, 4)}


def year(case: Case, element: Element, options: Options) -> Finding:
    """Hold the years that pages and papers name as their own against the year that is asked for."""
    wanted = [case.framework.fiscal_year_be + offset for offset in options.get("any_of", ())] or [case.year_be]
    found = [(source, years.of_passages(source.head)) for source in case.view.sources]
    papers = [(source, spans) for source, spans in found if source.paper]
    right = next(((s, spans) for s, spans in papers if _covers(spans, wanted)), None)
    said = _said(wanted)
    if right:
        return passed(f"เอกสารบอกปี {years.named_th(right[1])}", right[0])
    wrong = next(((s, spans) for s, spans in papers if spans), None)
    if wrong:
        source, spans = wrong
        passage = next((p for p in source.head if years.labelled(p.folded)), None)
        page = next((s for s, own in found if s.page and _covers(own, wanted)), None)
        claim = f" ทั้งที่หน้าเว็บเขียนว่าปี {said}" if page else ""
        reason = f"{source.called} เป็นของปี {years.named_th(spans)} ไม่ใช่ {said}{claim}"
        if case.view.unseen:
            return unsure(f"{reason} แต่{case.view.unseen[0][0]}", f"เปิดดูว่ามีเอกสารของปี {said}", source, passage)
        return failed(reason, f"เผยแพร่เอกสารของปี {said}", source, passage)
    return _year_of_bodies(case, found, wanted)


def _year_of_bodies(case: Case, found: list[tuple[Source, list[tuple[int, int]]]], wanted: list[int]) -> Finding:
    """Judge by what stands under the titles when no paper says its year at its head."""
    said = _said(wanted)
    pages = [(source, spans) for source, spans in found if source.page]
    bodies = [
        (source, years.of_passages(p for p in source.passages if not p.is_head and not p.is_link))
        for source, _ in found
    ]
    dated = [(source, years.of_dates(source)) for source, _ in found]
    has_right_date = any(counts[one] for _, counts in dated for one in wanted)
    right_body = next((source for source, spans in bodies if _covers(spans, wanted)), None)
    right_head = next((source for source, spans in pages if _covers(spans, wanted)), None)
    if right_body is not None or has_right_date:
        source = right_body or next(source for source, counts in dated if any(counts[one] for one in wanted))
        other = (
            None
            if right_head
            else next(
                (spans for spans in map(_main_years, case.view.pages) if spans and not _covers(spans, wanted)), None
            )
        )
        if other:
            return failed(f"หัวข้อเขียนว่าปี {years.named_th(other)} ไม่ใช่ {said}", f"แก้ปีในหัวข้อหรือเผยแพร่ของปี {said}", source)
        return passed(f"เนื้อหาเป็นของปี {said}", source)
    stale = next(((source, spans) for source, spans in bodies if len(spans) >= BODY_MENTIONS_MIN), None)
    if stale and not right_head:
        return failed(f"เนื้อหาเป็นของปี {years.named_th(stale[1])} ไม่ใช่ {said}", f"เผยแพร่ข้อมูลของปี {said}", stale[0])
    if stale and right_head:
        reason = f"หัวข้อเขียนว่าปี {said} แต่เนื้อหาเป็นของปี {years.named_th(stale[1])}"
        return failed(reason, f"เปลี่ยนเนื้อหาให้เป็นของปี {said}", stale[0])
    old = _old_dates(dated, wanted)
    if old:
        return failed(f"วันที่ในเนื้อหาอยู่ในปี {old[1]} ทั้งหมด ไม่ใช่ {said}", f"เผยแพร่ข้อมูลของปี {said}", old[0])
    mains = [(source, _main_years(source)) for source, _ in pages]
    wrong_head = next(((source, spans) for source, spans in mains if spans and not _covers(spans, wanted)), None)
    if right_head:
        return passed(f"หัวข้อบอกปี {said}", right_head)
    if wrong_head:
        return failed(f"หัวข้อเป็นของปี {years.named_th(wrong_head[1])} ไม่ใช่ {said}", f"เผยแพร่ของปี {said}", wrong_head[0])
    return not_found(case, f"ไม่พบปี {said} ในหัวข้อหรือเนื้อหา", f"เขียนปีงบประมาณ พ.ศ. {said} ในหัวข้อและเอกสาร")


def _main_years(source: Source) -> list[tuple[int, int]]:
    """Give the years in the title of a page and its first heading: what it says of itself as a whole."""
    own = [passage for passage in source.passages[:2] if passage.is_head]
    title = [passage for passage in source.head[:1] if passage.text == source.title]
    return years.of_passages([*title, *own])


def _old_dates(dated: list[tuple[Source, Counter[int]]], wanted: list[int]) -> tuple[Source, int] | None:
    for source, counts in dated:
        if sum(counts.values()) >= 2 and max(counts) < min(wanted):
            return source, max(counts)
    return None


def _covers(spans: list[tuple[int, int]], wanted: list[int]) -> bool:
    return any(years.covers(spans, one) for one in wanted)


def _day(day: date) -> str:
    return format_date(day, digits="arabic")


def _said(wanted: list[int]) -> str:
    return " หรือ ".join(map(str, wanted))


def period(case: Case, element: Element, options: Options) -> Finding:
    """Hold the months that are covered against those that are asked for: ``half`` or ``year``; or a cut-off day."""
    be = case.year_be
    needed = first_months(6, be) if options["through"] == "half" else fiscal_year(be)
    ranges = [(source, span) for source in case.view.sources for span in _ranges(source, be)]
    whole = next(((s, span) for s, span in ranges if span.start <= needed.start and span.end >= needed.end), None)
    end_th = _day(needed.end)
    if whole:
        return passed(f"ครอบคลุม {_day(whole[1].start)} ถึง {_day(whole[1].end)}", whole[0])
    cut = _as_at(case, be)
    if cut and cut[1] >= needed.end and not ranges:
        return passed(f"ข้อมูล ณ วันที่ {_day(cut[1])}", cut[0])
    own = [(s, span) for s, span in ranges if span.end >= needed.start and span.start <= needed.end]
    if own:
        last = max(span.end for _, span in own)
        start = min(span.start for _, span in own)
        if start <= needed.start and last >= needed.end:
            return passed(f"ครอบคลุมถึง {_day(last)}", own[0][0])
        source = own[0][0]
        mend = f"เผยแพร่ข้อมูลให้ครบตั้งแต่ {_day(needed.start)} ถึง {end_th}"
        return failed(f"ครอบคลุม {_day(start)} ถึง {_day(last)} ไม่ครบถึง {end_th}", mend, source)
    if cut and cut[1] < needed.end:
        return failed(f"ข้อมูลตัด ณ วันที่ {_day(cut[1])} ก่อน {end_th}", f"ปรับข้อมูลให้ถึง {end_th}", cut[0])
    return _by_labels(case, needed, half=options["through"] == "half")


def _by_labels(case: Case, needed: Span, *, half: bool) -> Finding:
    """Judge by names of months, quarters and rounds."""
    hollow = {number for source in case.view.sources for number in _months_hollow(source)}
    named = {number for source in case.view.sources for number in _months_named(source)}
    named |= {number for page in case.pile.pages for link in page.links for number in _months_in(link.text)}
    named |= {number for paper in case.pile.papers for number in _months_in(paper.name)}
    months = [month.month for month in months_in(needed.start, needed.end)]
    lacking = [MONTHS[number - 1] for number in months if number not in named]
    if not lacking:
        return passed(f"มีครบ {len(months)} เดือน")
    empty = [name for name in lacking if MONTHS.index(name) + 1 in hollow]
    if empty:
        reason = f"มีแถวของเดือน {', '.join(empty)} แต่ไม่มีข้อมูล"
        return failed(reason, f"เผยแพร่เดือนที่ขาด: {', '.join(lacking)}", address=case.pile.address)
    text = "\n".join(source.folded for source in case.view.sources)
    quarters = [n for n, pattern in _QUARTERS.items() if pattern.search(text)]
    if len(named & set(months)) >= 3 and len(lacking) <= len(months) - 2:
        return not_found(case, f"ไม่พบเดือน {', '.join(lacking)}", f"เผยแพร่เดือนที่ขาด: {', '.join(lacking)}")
    rounds = _HALF if half else _WHOLE
    if case.view.unseen and all(_is_top(*hit) for hit in case.view.find(rounds)):
        reason = "มีเพียงหัวข้อที่บอกรอบเวลา ส่วน" + case.view.unseen[0][0]
        return unsure(reason, "เปิดดูว่าข้อมูลครบตามรอบ", address=case.view.unseen[0][1])
    if rounds.search(text) or set(quarters) >= ({1, 2} if half else {1, 2, 3, 4}):
        return passed("บอกรอบเวลาครบ")
    if half and re.search(r"31มีนาคม|31มี\.?ค", text):
        return passed("ข้อมูลถึง 31 มีนาคม")
    if quarters:
        return not_found(case, f"พบเพียงไตรมาสที่ {', '.join(map(str, quarters))}", "เผยแพร่ไตรมาสที่ขาด")
    until = _day(needed.end)
    return unsure("เครื่องอ่านช่วงเวลาของข้อมูลไม่ได้", f"เขียนช่วงเวลาให้ชัดว่าข้อมูลถึง {until}", address=case.pile.address)


def _ranges(source: Source, be: int) -> list[Span]:
    """Give the spans between two days (or months) that a source states as its own: at its head or over its tables."""
    found = []
    for passage in source.passages:
        text = to_arabic(passage.text)
        if len(text) > 400 or not _MAY_JOIN.search(text) or passage.in_table:
            continue
        days = [one for one in find_dates(text, fiscal_year_be=be) if one.reading.value]
        for first, second in zip(days, days[1:], strict=False):
            if _JOINS.fullmatch(text[first.end : second.start]) and first.reading.value and second.reading.value:
                span = Span(first.reading.value, second.reading.value)
                if 25 <= (span.end - span.start).days <= 380:
                    found.append(span)
        found += _month_ranges(text, be)
    return found


_MONTH = "|".join([*MONTHS, *(re.escape(short).replace(r"\.", r"\.?") for short in MONTHS_SHORT)])
_YEAR = r"\s*(?:พ\.ศ\.\s*)?(25\d\d)?\s*"
_MONTHS_RANGE = re.compile(rf"(?<!\d )(?<!\d)({_MONTH}){_YEAR}(?:-|–|—|ถึง)\s*(?:เดือน)?\s*({_MONTH}){_YEAR}")
_NUMBERS = {name: n for n, name in enumerate(MONTHS, 1)} | {
    name.replace(".", ""): n for n, name in enumerate(MONTHS_SHORT, 1)
}


def _month_ranges(text: str, be: int) -> list[Span]:
    found = []
    for match in _MONTHS_RANGE.finditer(text):
        first, last = (_NUMBERS.get(name) or _NUMBERS.get(name.replace(".", "")) for name in (match[1], match[3]))
        if first and last:
            end_year = int(match[4]) - BE_OFFSET if match[4] else be - BE_OFFSET - (last >= 10)
            start_year = int(match[2]) - BE_OFFSET if match[2] else (end_year - 1 if first > last else end_year)
            months = months_in(date(start_year, first, 1), date(end_year, last, 28))
            if months and len(months) <= 13:
                after = date(end_year + last // 12, last % 12 + 1, 1)
                found.append(Span(date(start_year, first, 1), date.fromordinal(after.toordinal() - 1)))
    return found


def _as_at(case: Case, be: int) -> tuple[Source, date] | None:
    """Find the day as at which data are given, the latest."""
    best: tuple[Source, date] | None = None
    for source in case.view.sources:
        for passage in source.passages:
            text = to_arabic(passage.text)
            if "ประกาศ" in text[:12] or not _MAY_BE_AS_AT.search(text):
                continue
            for found in find_dates(text, fiscal_year_be=be):
                value = found.reading.value
                if value and _AS_AT.search(text[: found.start]) and (best is None or value > best[1]):
                    best = source, value
    return best


def _is_top(source: Source, passage: Passage) -> bool:
    return passage.is_head or passage in source.passages[:2]


def _months_named(source: Source) -> set[int]:
    rows = {place for place, _ in _hollow_rows(source)}
    labels = (p for p in source.passages if p.is_short and (p.where.table, p.where.row) not in rows)
    return {number for passage in labels for number in _months_in(passage.text)} | (
        set(_months_in(source.name)) if source.paper else set()
    )


def _months_hollow(source: Source) -> set[int]:
    return {number for _, months in _hollow_rows(source) for number in months}


def _hollow_rows(source: Source) -> Iterator[tuple[tuple[int | None, int | None], list[int]]]:
    """Give the rows that name a month and hold nothing else but a running number, or that it is to come."""
    for table in source.tables:
        for row in table.rows:
            texts = [cell.text for cell in row.cells if not cell.covered]
            months = [text for text in texts if _months_in(text)]
            others = [fold(text) for text in texts if text not in months]
            says_month = len(months) == 1 and len(_months_in(months[0])) == 1
            is_left = all(not text or text.isdecimal() or _TO_COME.match(text) for text in others)
            if says_month and is_left and not all(text.isdecimal() for text in others):
                place = row.cells[0].where
                yield (place.table, place.row), _months_in(months[0])


def _months_in(text: str) -> list[int]:
    if len(text) > 160:
        return []
    return [
        n
        for n, (full, short) in enumerate(zip(MONTHS, MONTHS_SHORT, strict=True), 1)
        if full in text or short in text.replace(" ", "")
    ]


def span(case: Case, element: Element, options: Options) -> Finding:
    """Hold how long a plan runs: ``long`` over a year, ``one`` a single year; it must cover the year asked for."""
    found = [(source, s) for source in case.view.sources for s in years.of_passages(source.head)]
    body = [(source, s) for source in case.view.sources for s in years.of_passages(source.passages)]
    want = options["run"]
    be = case.year_be
    for source, (first, last) in [*found, *body]:
        is_right = {"long": last > first, "one": last == first, "covers": True}[want]
        if is_right and first <= be <= last:
            return passed(f"แผนเป็นของปี {first}" + (f"–{last}" if last > first else ""), source)
    ranges = [(source, s) for source, s in [*found, *body] if s[0] != s[1]]
    if want in ("long", "covers") and ranges:
        source, (first, last) = ranges[0]
        return failed(f"แผนเป็นของปี {first}–{last} ไม่ครอบคลุมปี {be}", f"เผยแพร่แผนที่ครอบคลุมปี {be}", source)
    if want == "long":
        return not_found(case, "ไม่พบช่วงปีของแผนที่เกินหนึ่งปี", "เขียนช่วงปีของแผน เช่น พ.ศ. 2566–2570")
    single = next(((source, s) for source, s in [*found, *body]), None)
    if single:
        return failed(f"แผนเป็นของปี {years.named_th([single[1]])} ไม่ใช่ {be}", f"เผยแพร่แผนของปี {be}", single[0])
    return not_found(case, f"ไม่พบปี {be} ในแผน", f"เขียนปีงบประมาณ พ.ศ. {be} ในหัวแผน")


def dated(case: Case, element: Element, options: Options) -> Finding:
    """Find things that happened in the year asked for: days inside it."""
    fewest = int(options.get("fewest", 1))
    be = case.year_be
    total, best = 0, None
    stale: tuple[Source, int] | None = None
    for source in case.view.sources:
        counts = years.of_dates(source)
        total += counts[be]
        best = best or (source if counts[be] else None)
        if counts and not counts[be]:
            stale = stale or (source, max(counts))
    if total >= fewest and best is not None:
        return passed(f"มีวันที่ในปี {be} จำนวน {total} แห่ง", best)
    if years.covers(years.of_passages(p for s in case.view.sources for p in s.passages), be):
        return unsure(f"บอกปี {be} แต่ไม่บอกวันที่", "เขียนวันที่ของแต่ละเรื่อง", address=case.pile.address)
    if stale:
        return failed(f"วันที่ล่าสุดอยู่ในปี {stale[1]} ไม่ใช่ {be}", f"เผยแพร่เรื่องที่เกิดในปี {be}", stale[0])
    return not_found(case, f"ไม่พบวันที่ในปี {be}", f"เผยแพร่เรื่องที่เกิดในปี {be} พร้อมวันที่")


KINDS: dict[str, Kind] = {"year": year, "period": period, "span": span, "dated": dated}
