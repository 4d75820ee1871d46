"""Made-up tables of indicators, topics, items and scores: columns in any order, under the heads of other offices."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

from prongsai.documents.build import cell_of, paragraph
from prongsai.documents.model import Cell, Document, Line, Mark, Row, Style, Table
from prongsai.documents.plain import NO_PLACE
from prongsai.documents.read import read_content
from prongsai.reports.read import recognise
from prongsai.reports.records import Gap, IndicatorPlan, Record, Report, Tracking
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_arabic, to_thai
from tests.trips.layouts import CLEAN, TITLE

Lines = list[Line]
STATES = {"done": "แล้วเสร็จ", "in_progress": "อยู่ระหว่างดำเนินการ", "not_started": "ยังไม่ดำเนินการ"}


@dataclass(frozen=True, slots=True)
class Part:
    """A column: the heads that it may have, what a record prints in it, and the field that must come back."""

    heads: tuple[str, ...]
    lines: Callable[[Any, Random], Lines]
    field: str = ""


def _numbered(items: Sequence[str], rng: Random) -> Lines:
    style = rng.choice(("{}. {}", "{}) {}", "({}) {}", "- {1}", "item"))
    if style == "item":
        return [Line(item, Mark.ITEM) for item in items]
    return [Line(style.format(number, item)) for number, item in enumerate(items, 1)]


def _owners(one: Any, _: Random) -> Lines:
    return [Line(owner) for owner in getattr(one, "responsible", None) or one.units]


def _boxes(one: IndicatorPlan, _: Random) -> Lines:
    return [Line(label, Mark.TICKED if one.status == state else Mark.UNTICKED) for state, label in STATES.items()]


def _scored_title(one: IndicatorPlan, rng: Random) -> Lines:
    form = rng.choice(
        (
            "ตัวชี้วัดที่ {no} {name} ({score} คะแนน)",
            "ตัวชี้วัดที่ {no} {name} ได้คะแนน {score}",
            "ตัวชี้วัดที่ {no} {name} ร้อยละ {score}",
            "ตัวชี้วัดที่ {no} {name} คะแนน {score}",
            "{no}. {name} (ร้อยละ {score})",
            "{no}. {name} = {score}",
            "ตัวชี้วัดที่ {no} : {name} ({score})",
        )
    )
    return [Line(form.format(no=one.no, name=one.name, score=one.score))]


PLAN = (
    Part(("ตัวชี้วัด", "ตัวชี้วัด/คะแนน", "ชื่อตัวชี้วัด", "ตัวชี้วัดการประเมิน"), _scored_title, "name"),
    Part(
        ("แนวทางการพัฒนา", "แนวทางในการยกระดับ", "แนวทางการยกระดับคะแนน", "แนวทางการปรับปรุง", "แนวทางการพัฒนา/ปรับปรุง"),
        lambda one, rng: _numbered(one.guidance, rng),
        "guidance",
    ),
    Part(("ผู้รับผิดชอบ", "หน่วยงานที่รับผิดชอบ", "ส่วนราชการเจ้าของเรื่อง", "สำนัก/กอง"), _owners, "responsible"),
    Part(("ระยะเวลา", "ห้วงระยะเวลา", "กำหนดการ"), lambda _one, _rng: [Line("ปีงบประมาณ ๒๕๖๘")]),
    Part(("ความก้าวหน้า", "ความคืบหน้า", "ความก้าวหน้าของการดำเนินงาน"), lambda one, rng: _numbered(one.progress, rng), "progress"),
    Part(("สถานะ", "สถานะการดำเนินงาน", "สถานะการดำเนินการ"), _boxes, "status"),
)  # fmt: skip
TRACKING = (
    Part(("ประเด็นที่ต้องพัฒนา", "ประเด็นที่ต้องปรับปรุง", "ประเด็นการพัฒนา", "หัวข้อ"), lambda one, _: [Line(one.topic)], "topic"),
    Part(("ผู้รับผิดชอบ", "หน่วยงานรับผิดชอบ", "เจ้าของเรื่อง", "กอง/ฝ่าย"), _owners, "responsible"),
    Part(("มาตรการ", "ขั้นตอนหรือวิธีการ", "วิธีการดำเนินการ", "แนวทางปฏิบัติ"), lambda one, rng: _numbered(one.steps, rng), "steps"),
    Part(
        ("กำหนดเวลาแล้วเสร็จ", "การกำกับติดตาม", "การรายงานผลและการกำกับติดตาม", "กำหนดส่ง"),
        lambda one, rng: _numbered([due.text for due in one.due], rng),
        "due",
    ),
    Part(
        ("วันที่ดำเนินการ", "การดำเนินการ", "วันที่ดำเนินการแล้วเสร็จ", "ดำเนินการเมื่อ"),
        lambda one, _: [Line(f"วันที่ {format_date(done.date)}") for done in one.done],
        "done",
    ),
)  # fmt: skip
GAPS = (
    Part(("ข้อ", "รหัส", "ที่", "รหัสข้อ", "ข้อ OIT"), lambda one, _: [Line(one.code)], "code"),
    Part(
        ("ข้อมูลที่ต้องเปิดเผย", "รายการข้อมูล", "ตัวชี้วัด/นิยาม", "รายการ", "ข้อมูล", "ประเด็นการประเมิน"),
        lambda one, rng: [Line(one.title)] if not one.elements else [Line(f"{one.title} :"), *_numbered(one.elements, rng)],
        "title",
    ),
    Part(("คะแนน", "คะแนนปี ๒๕๖๗", "ผลคะแนน", "คะแนนที่ได้รับ"), lambda one, _: [Line(str(one.score))], "score"),
    Part(("สิ่งที่ปฏิบัติ", "สิ่งที่ได้ดำเนินการ", "การดำเนินการที่ผ่านมา", "สาเหตุที่ไม่ได้คะแนน"), lambda one, _: [Line(one.prior_action or "-")], "prior_action"),
    Part(
        ("ข้อเสนอแนะ", "ข้อเสนอแนะ/แนวทางแก้ไข", "ข้อเสนอแนะของคณะทำงาน", "สิ่งที่ต้องดำเนินการ"),
        lambda one, rng: _numbered(one.recommendations, rng),
        "recommendations",
    ),
    Part(("หน่วยงานรับผิดชอบ", "ผู้รับผิดชอบ", "ส่วนราชการ", "หน่วยงานที่เกี่ยวข้อง"), _owners, "units"),
)  # fmt: skip
EXTRA = Part(
    ("งบประมาณ", "หมายเหตุ", "ปัญหาอุปสรรค", "หลักฐาน", "ต.ค."), lambda _one, rng: [Line(rng.choice(("๕,๐๐๐ บาท", "ไม่มี")))]
)
KINDS: dict[str, tuple[str, type, tuple[Part, ...]]] = {
    "plan": ("indicator-plan-2567.txt", IndicatorPlan, PLAN),
    "tracking": ("tracking-2567.txt", Tracking, TRACKING),
    "gaps": ("gap-memo-2566.txt", Gap, GAPS),
}


@lru_cache(maxsize=8)
def pool(kind: str) -> tuple[Record, ...]:
    """Give the records of a kind in the clean samples."""
    name, record, _ = KINDS[kind]
    report = recognise(read_content((CLEAN / name).read_bytes(), name))
    return tuple(row for row in report.rows if isinstance(row, record))


@dataclass(frozen=True, slots=True)
class Other:
    """A paper, the records printed in it, and the fields that must come back."""

    paper: Document
    wanted: tuple[Record, ...]
    fields: tuple[str, ...]


def drawn_other(kind: str, seed: int) -> Other:
    """Draw a table of a kind by a seed."""
    rng = Random(f"{kind} {seed}")
    parts = list(KINDS[kind][2])
    rng.shuffle(parts)
    if rng.random() < 0.4:
        parts.insert(rng.randrange(1, len(parts) + 1), EXTRA)
    wanted = tuple(rng.sample(pool(kind), 5))
    say = to_thai if rng.random() < 0.5 else to_arabic
    heads = [say(rng.choice(part.heads)) for part in parts]
    rows = [_row([cell_of([Line(head)]) for head in heads])]
    if rng.random() < 0.2:
        rows.append(_row([cell_of([Line(say(f"({n})"))]) for n in range(1, len(heads) + 1)]))
    rows += [_row([_cell(part, one, rng, say) for part in parts]) for one in wanted]
    blocks = [*(paragraph(say(text), Style.TITLE) for text in TITLE), Table(tuple(rows), NO_PLACE, "composed", 1)]
    paper = Document("paper", "composed", None, "", tuple(blocks), title=TITLE[0])
    return Other(paper, wanted, tuple(part.field for part in parts if part.field))


def _row(cells: Sequence[Cell]) -> Row:
    return Row(tuple(cells), NO_PLACE)


def _cell(part: Part, one: Record, rng: Random, say: Callable[[str], str]) -> Cell:
    return cell_of([Line(say(line.text), line.mark) for line in part.lines(one, rng)])


def other_differences(one: Other, report: Report) -> list[str]:
    """List the fields that did not come back; white space and the kind of digits aside."""
    if len(report.rows) != len(one.wanted):
        return [f"{len(report.rows)} rows for {len(one.wanted)}"]
    return [
        f"{n}.{name}: {left!r} != {right!r}"
        for n, (wanted, found) in enumerate(zip(one.wanted, report.rows, strict=True))
        for name, left, right in _fields(wanted, found, one.fields)
        if left != right
    ]


def _fields(wanted: Record, found: Record, names: Sequence[str]) -> Iterator[tuple[str, object, object]]:
    yield "kind", wanted.kind, found.kind
    for name in (*names, *(("no", "score") if "guidance" in names else ())):
        yield name, _bare(getattr(wanted, name)), _bare(getattr(found, name, "nothing"))


def _bare(value: Any) -> object:
    if isinstance(value, str):
        return to_arabic("".join(value.split()))
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    return value.date if hasattr(value, "recurrence") else value
