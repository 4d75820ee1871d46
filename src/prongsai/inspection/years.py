"""Which years a text is of: years that it names as its own, not those of the laws it cites."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from prongsai.inspection.view import Passage, Source
from prongsai.thai.dates import find_dates, fiscal_year_be
from prongsai.thai.fiscal import BE_OFFSET
from prongsai.thai.months import month_number
from prongsai.thai.numerals import to_arabic

# after a law the year is the law's
_LAW = re.compile(
    r"(?:พระราชบัญญัติ|พ\.?ร\.?บ\.?|พระราชกฤษฎีกา|พระราชกำหนด|รัฐธรรมนูญ|ระเบียบ|กฎกระทรวง|กฎก\.?พ|ประมวล(?:กฎหมาย|จริยธรรม)|ข้อบังคับ|ข้อกำหนด"
    r"|มติคณะรัฐมนตรี|ประกาศกระทรวง|ประกาศคณะกรรมการ|ประกาศก\.|หลักเกณฑ์|มาตรฐานทางจริยธรรม|แก้ไขเพิ่มเติม|\(ฉบับที่\d+\)|แก้ไขถึง)[^\n]{0,140}$"
)
_ENDS_LAW = re.compile(r"ประจำปี|ปีงบประมาณ|งบประมาณพ\.?ศ|รอบปี|ของปี")
_YEARS = re.compile(
    r"(?P<cue>ปีงบประมาณ|งบประมาณ|ประจำปี|รอบปี|ของปี|ในปี|ปี|fy|fiscalyear)?(?:พ\.?ศ\.?|b\.?e\.?)?(?P<first>(?:(?<!\d)|(?<=o\d)|(?<=o\d\d))25\d\d)"
    r"(?:(?:-|–|—|ถึง|ถึงปี|ถึงพ\.?ศ\.?|/)+(?:พ\.?ศ\.?)?(?P<last>25\d\d|\d\d)(?!\d))?(?!\d)"
)
_DATE_BEFORE = re.compile(
    r"(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม|[มกตพธส]\.?[ิี]?\.?[คพยม]\.|เม\.?ย\.|มี\.?ค\.|มิ\.?ย\.|/\d{1,2}/|[/-]\d{1,2}[/-])"
    r"(?:พ\.?ศ\.?|,)?$"
)
_SHORT = re.compile(r"(?:ปีงบประมาณ|ประจำปี|รอบปี|ของปี)(?:พ\.?ศ\.?)?(6\d|7[0-5])(?!\d)")
_OF_MONTH = re.compile(r"(?<!\d)เดือน(?P<month>[ก-๎.]{4,12}?)(?:พ\.?ศ\.?)?(?P<year>25\d\d|6\d(?!\d))")
_COUNTED = re.compile(r"(?:ไตรมาส(?:ที่)?|ครั้งที่)\d/$")
_NUMBERED = re.compile(r"(?:ที่|เลขที่|คำสั่ง[^\n]{0,40}|/)\d{0,5}/$|\d/$|/ว\d+$")
_CHRISTIAN = re.compile(
    r"(?:fiscal\s?year|year|fy|dated?|[a-z]{3,9}\d{1,2},?|\d(?:st|nd|rd|th)?[a-z]{3,9},?)(20[2-4]\d)(?!\d)"
)
_SPAN_MAX = 25


def labelled(folded: str) -> list[tuple[int, int]]:
    """Give the years (BE) that a folded text names as its own, as first and last of what it covers."""
    found = []
    for match in _YEARS.finditer(folded):
        before = folded[max(0, match.start() - 160) : match.start()]
        if match["last"] is None and _is_of_a_date(folded[max(0, match.start("first") - 60) : match.start("first")]):
            continue
        law = None if match["cue"] else _LAW.search(before)
        if law and not _ENDS_LAW.search(before[law.start() :]):
            continue
        first = int(match["first"])
        last = int(match["last"]) if match["last"] else first
        last = last + 2500 if last < 100 else last
        if first <= last <= first + _SPAN_MAX:
            found.append((first, last))
    found += [(2500 + int(year),) * 2 for year in _SHORT.findall(folded)]
    found += [(year, year) for year in _of_months(folded)]
    found += [(int(year) + BE_OFFSET,) * 2 for year in _CHRISTIAN.findall(folded)]
    return found


def _is_of_a_date(before: str) -> bool:
    """Whether a year ends a date or the number of a paper, and so names nothing."""
    if _COUNTED.search(before):
        return False
    return bool(_DATE_BEFORE.search(before[-16:]) or _NUMBERED.search(before[-50:]))


def _of_months(folded: str) -> Iterator[int]:
    """Give the fiscal years of months that a text is of: ประจำเดือนตุลาคม 2568 is of 2569."""
    for match in _OF_MONTH.finditer(folded):
        month = month_number(match["month"])
        if month:
            year = int(match["year"]) if len(match["year"]) == 4 else 2500 + int(match["year"])
            yield year + (month >= 10)


def of_passages(passages: Iterable[Passage]) -> list[tuple[int, int]]:
    """Give the years of several passages."""
    return [span for passage in passages for span in labelled(passage.folded)]


def covers(spans: Iterable[tuple[int, int]], year: int) -> bool:
    """Whether a year is among those named."""
    return any(first <= year <= last for first, last in spans)


def most_named(spans: Iterable[tuple[int, int]]) -> int | None:
    """Give the single year named most."""
    counts = Counter(first for first, last in spans if first == last)
    return counts.most_common(1)[0][0] if counts else None


def of_dates(source: Source, *, letters_max: int = 60_000) -> Counter[int]:
    """Count the fiscal years (BE) in which the days named in a source fall."""
    text = "\n".join(passage.text for passage in source.passages)[:letters_max]
    days = (found.reading.value for found in find_dates(to_arabic(text)))
    return Counter(fiscal_year_be(day) for day in days if day is not None)


def named_th(spans: Iterable[tuple[int, int]]) -> str:
    """Print the years named, each once, the most frequent first."""
    counts = Counter(f"{first}" if first == last else f"{first}–{last}" for first, last in spans)
    return ", ".join(text for text, _ in counts.most_common(4))
