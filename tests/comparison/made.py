"""Made-up results of a year, right by an arithmetic of their own: not that of the engine they are checked by."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import xlsxwriter

from prongsai.frameworks.model import Framework
from prongsai.thai.places import PROVINCES

KINDS = (("05", "เทศบาลตำบล"), ("06", "องค์การบริหารส่วนตำบล"))
SYLLABLES = ["บ้าน", "หนอง", "โคก", "ดอน", "ท่า", "วัง", "สวน", "ทุ่ง", "โนน", "คลอง", "ห้วย", "เขา"]
ENDINGS = [
    "พลู",
    "ขาม",
    "สะแก",
    "ยาง",
    "มะขวิด",
    "ตาล",
    "ไผ่",
    "จิก",
    "มะดัน",
    "กระทุ่ม",
    "หว้า",
    "ตะเคียน",
    "มะเกลือ",
    "แค",
    "ยอ",
    "ข่อย",
]


@dataclass
class Result:
    code: str
    kind: str
    name: str
    province: str
    year: int
    indicators: dict[str, Decimal]
    items: dict[str, Decimal]
    instruments: dict[str, Decimal] = field(default_factory=dict)
    total: Decimal = Decimal(0)
    level: str = ""

    @property
    def agency(self) -> str:
        return self.kind + self.name


def rounded(value: Fraction, places: int = 2) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def agencies(count: int, provinces: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Give (code, kind, name, province) of made-up agencies; no name is twice in a province and kind."""
    by_name = {one.name: one.code for one in PROVINCES}
    made = []
    for at in range(count):
        province = provinces[at % len(provinces)]
        number = at // len(provinces)
        code, kind = KINDS[number % len(KINDS)]
        running = number // len(KINDS)
        more, running = divmod(running, len(SYLLABLES) * len(ENDINGS))
        name = SYLLABLES[running % len(SYLLABLES)] + ENDINGS[running // len(SYLLABLES)] + ("ใหม่" * more)
        made.append((f"{code}{by_name[province]}{1 + number // 90:02}{1 + number % 90:02}", kind, name, province))
    return made


def results(
    framework: Framework, who: Sequence[tuple[str, str, str, str]], seed: int, *, items: bool = True
) -> list[Result]:
    """Make a result for each agency; with items the indicators they count in follow from them."""
    chance = random.Random(seed)
    return [_result(framework, one, chance, items) for one in who]


def _result(framework: Framework, who: tuple[str, str, str, str], chance: random.Random, items: bool) -> Result:
    good = chance.uniform(0.7, 0.99)
    scores = {one.code: Decimal(100 if chance.random() < good else 0) for one in framework.items} if items else {}
    exact: dict[str, Fraction] = {}
    for indicator in framework.top_indicators():
        from_items = _from_items(framework, indicator.code, scores) if scores else None
        drawn = Fraction(chance.randint(int(good * 8000), 10000), 100)
        exact[indicator.code] = drawn if from_items is None else from_items
    made = Result(*who, framework.fiscal_year_be, {code: rounded(one) for code, one in exact.items()}, scores)
    parts = {
        one.code: mean([exact[i.code] for i in framework.top_indicators(one.code)]) for one in framework.instruments
    }
    made.instruments = {code: rounded(one) for code, one in parts.items()}
    weighted = (Fraction(one.weight_pct) / 100 * parts[one.code] for one in framework.instruments)
    made.total = rounded(sum(weighted, Fraction(0)))
    made.level = level_of(framework, made.total, made.instruments)
    return made


def _from_items(framework: Framework, code: str, scores: dict[str, Decimal]) -> Fraction | None:
    below = [Fraction(scores[item.code]) for item in framework.items_of(code)]
    subs = (_from_items(framework, one.code, scores) for one in framework.children(code))
    below += [one for one in subs if one is not None]
    return mean(below) if below else None


def level_of(framework: Framework, total: Decimal, instruments: dict[str, Decimal]) -> str:
    for level in framework.levels:
        low = level.instrument_minimum or Decimal(0)
        if total >= level.minimum and all(score >= low for score in instruments.values()):
            return level.name_th
    raise AssertionError("no level holds")


# --- as offices print them ------------------------------------------------------------------------------------------
def rows_of(found: Sequence[Result], *, with_code: bool = True, with_items: bool = True) -> list[list[str]]:
    """Give a title, a group head, a head and a row an agency, ranked by total."""
    first = found[0]
    codes = ["รหัส"] if with_code else []
    heads = ["อันดับ", *codes, "หน่วยงาน", "จังหวัด", "คะแนน", "ระดับ", *first.instruments]
    group = [""] * len(heads)
    group += ["ตัวชี้วัดที่", *[""] * (len(first.indicators) - 1)]
    heads += list(first.indicators)
    shown = list(first.items) if with_items else []
    group += ["ข้อ", *[""] * (len(shown) - 1)] if shown else []
    ranked = sorted(found, key=lambda one: -one.total)
    totals = [one.total for one in ranked]
    body = []
    for one in ranked:
        code = [one.code] if with_code else []
        start = [str(totals.index(one.total) + 1), *code, one.agency, one.province, f"{one.total}", one.level]
        scores = [*one.instruments.values(), *one.indicators.values(), *(one.items[item] for item in shown)]
        body.append([*start, *map(str, scores)])
    title = f"ผลการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {first.year}"
    return [[title], group, [*heads, *shown], *body]


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows as CSV; the group head is left out, and indicators say what they are."""
    target = io.StringIO()
    head = [f"ตัวชี้วัดที่ {one}" if one.isdigit() else one for one in rows[2]]
    csv.writer(target).writerows([rows[0], head, *rows[3:]])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def as_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows as a workbook with merged heads, as offices do."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": __import__("datetime").datetime(2026, 1, 1)})
    sheet = book.add_worksheet("ผลการประเมิน")
    bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1})
    width = len(rows[2])
    sheet.merge_range(0, 0, 0, width - 1, rows[0][0], bold)
    for column in range(width):
        if rows[1][column]:
            over = next((at for at in range(column + 1, width) if rows[1][at]), width) - 1
            sheet.merge_range(1, column, 1, over, rows[1][column], bold)
        elif not any(rows[1][: column + 1]):
            sheet.merge_range(1, column, 2, column, rows[2][column], bold)
        if any(rows[1][: column + 1]):
            sheet.write_string(2, column, rows[2][column], bold)
    for at, row in enumerate(rows[3:], 3):
        for column, text in enumerate(row):
            is_number = text.replace(".", "", 1).isdigit() and not (len(text) == 8 and text.isdigit())
            _ = sheet.write_number(at, column, float(text)) if is_number else sheet.write_string(at, column, text)
    book.close()
    return target.getvalue()
