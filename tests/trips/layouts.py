"""Made-up reports of measures in layouts that the samples do not have: the same records, drawn as other offices do.

A Layout says how a table is drawn; ``drawn`` gives the paper, in the one document model, with the records that must
come back. All is chosen by a seed, so that a failure can be looked at again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random

from prongsai.documents.build import cell_of, covered, paragraph
from prongsai.documents.model import Block, Cell, Document, Line, Mark, NewPage, Orientation, Row, Style, Table
from prongsai.documents.plain import NO_PLACE
from prongsai.documents.read import read_content
from prongsai.reports.read import recognise
from prongsai.reports.records import Measure
from prongsai.thai.numerals import to_arabic, to_thai

CLEAN = Path(__file__).resolve().parents[2] / "samples" / "clean"
HEADS: dict[str, tuple[str, ...]] = {
    "seq": ("ที่", "ลำดับ", "ลำดับที่", "ข้อ", "ลำดับ ที่", "No."),
    "measure": (
        "มาตรการ", "มาตรการ/แนวทาง", "มาตรการ/แนวทาง/กิจกรรมที่ดำเนินการ", "กิจกรรมที่ดำเนินการ", "มาตรการ/กิจกรรม/โครงการ",
        "โครงการ/กิจกรรม/มาตรการ", "ชื่อมาตรการ/กิจกรรม", "มาตรการและกิจกรรม", "กิจกรรม/โครงการ", "มาตรการในการดำเนินการ",
        "มาตรการเพื่อส่งเสริมคุณธรรมและความโปร่งใส", "แผนงาน/โครงการ/กิจกรรม",
    ),
    "steps": (
        "วิธีการดำเนินการ", "ขั้นตอน/วิธีการดำเนินการ", "วิธีดำเนินงาน", "ขั้นตอนและวิธีการ", "แนวทางการดำเนินการ", "แนวทางการดำเนินงาน",
        "ขั้นตอนการปฏิบัติ", "แนวทางปฏิบัติ", "รายละเอียดการดำเนินการ", "ขั้นตอน",
    ),
    "period": (
        "ห้วงระยะเวลา", "ห้วงเวลาดำเนินการ", "ระยะเวลา", "ช่วงเวลาที่ดำเนินการ", "กำหนดเวลา", "ระยะเวลาที่ดำเนินการ", "กำหนดการ",
        "วัน เดือน ปี ที่ดำเนินการ", "ช่วงระยะเวลา",
    ),
    "responsible": (
        "ผู้รับผิดชอบ", "หน่วยงานรับผิดชอบ", "หน่วยงานผู้รับผิดชอบ", "ส่วนราชการเจ้าของเรื่อง", "หน่วยงานเจ้าของเรื่อง", "สำนัก/กอง",
        "หน่วยงานที่เกี่ยวข้อง", "ผู้ดำเนินการ", "หน่วยงานที่ดำเนินการ", "กอง/ฝ่ายที่รับผิดชอบ", "หน่วยงาน", "ส่วนราชการ",
    ),
    "results": (
        "ผลการดำเนินงาน", "ผลการดำเนินการ", "สรุปผลการดำเนินงาน", "รายงานผลการดำเนินการ", "ผลการดำเนินการตามมาตรการ", "ผลผลิต",
        "ผลการดำเนินงานที่ผ่านมา (รอบ ๑๒ เดือน)", "สรุปผล", "ผลการปฏิบัติ", "ผลผลิต (Output)",
    ),
    "outcomes": (
        "ผลลัพธ์", "ผลลัพธ์หรือความสำเร็จ", "ผลสำเร็จ", "ผลสัมฤทธิ์", "ผลลัพธ์ที่เกิดขึ้น", "ผลลัพธ์ (Outcome)", "ผลที่ได้รับ", "ประโยชน์ที่ได้รับ",
        "ผลลัพธ์จากการดำเนินการ", "ความสำเร็จ",
    ),
}  # fmt: skip
EXTRAS: dict[str, tuple[str, ...]] = {
    "งบประมาณ": ("๒๐,๐๐๐", "ไม่ใช้งบประมาณ", "๕,๐๐๐ บาท"),
    "ปัญหา/อุปสรรค": ("บุคลากรย้ายบ่อย", "ไม่มี", "เครื่องพิมพ์ชำรุดระหว่างดำเนินการ"),
    "ตัวชี้วัดความสำเร็จ": ("ร้อยละ ๘๐ ของผู้เข้าอบรมมีความรู้เพิ่มขึ้น", "จำนวน ๒ ครั้ง"),
    "กลุ่มเป้าหมาย": ("พนักงานทุกคน", "ประชาชนในเขตเทศบาล"),
    "หลักฐาน": ("ภาพถ่ายและบันทึกการประชุม", "รายงานการประชุมครั้งที่ ๒/๒๕๖๘"),
}
PERIODS = (
    ("ไตรมาสที่ ๑", "2024-10-01", "2024-12-31"),
    ("ไตรมาสที่ ๒ - ๓", "2025-01-01", "2025-06-30"),
    ("ต.ค. ๒๕๖๗ - มี.ค. ๒๕๖๘", "2024-10-01", "2025-03-31"),
    ("ปีงบประมาณ ๒๕๖๘", "2024-10-01", "2025-09-30"),
    ("๑ พ.ย. ๒๕๖๗ - ๓๑ ม.ค. ๒๕๖๘", "2024-11-01", "2025-01-31"),
    ("มกราคม - มีนาคม ๒๕๖๘", "2025-01-01", "2025-03-31"),
    ("ตลอดปีงบประมาณ", "2024-10-01", "2025-09-30"),
    ("ภายในเดือนมีนาคม ๒๕๖๘", None, "2025-03-31"),
)
ENDS = (
    ("๑ ต.ค. ๒๕๖๗", "๓๑ ม.ค. ๒๕๖๘", "2024-10-01", "2025-01-31"),
    ("๒ ธันวาคม ๒๕๖๗", "๓๐ เมษายน ๒๕๖๘", "2024-12-02", "2025-04-30"),
    ("ต.ค. ๒๕๖๗", "ก.ย. ๒๕๖๘", "2024-10-01", "2025-09-30"),
)
OWNERS = (
    ("สำนักปลัดเทศบาล",), ("กองคลัง",), ("กองช่าง", "กองคลัง"), ("งานนิติการ", "งานการเจ้าหน้าที่"),
    ("กองสาธารณสุขและสิ่งแวดล้อม",), ("หน่วยตรวจสอบภายใน", "สำนักปลัดเทศบาล"), ("ทุกส่วนราชการ",),
)  # fmt: skip
TITLE = (
    "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    "ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
    "เทศบาลตำบลบ้านสวนพลู อำเภอเมืองลพบุรี จังหวัดลพบุรี",
)
ISSUES = ("การให้บริการและระบบ E-Service", "การกำกับดูแลการใช้ทรัพย์สินของราชการ", "ช่องทางการประชาสัมพันธ์ข้อมูลข่าวสาร")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The record that a drawn row must give back."""

    seq: str | None
    measure: str
    steps: tuple[str, ...]
    period: tuple[str | None, str | None]
    responsible: tuple[str, ...]
    results: tuple[str, ...]
    outcomes: tuple[str, ...]
    issue: tuple[int | None, str | None]
    extra: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is drawn.

    columns: the parts in order. issue: where it is named (none, paragraph, row, column, merged). period: one, ends.
    lists: numbered, dashed, items, breaks, one_line. owners: own, notes, merged.
    """

    columns: tuple[str, ...]
    issue: str = "none"
    period: str = "one"
    lists: str = "numbered"
    owners: str = "own"
    number: str = "own"
    extras: tuple[str, ...] = ()
    months: bool = False
    title_row: bool = False
    counted: bool = False
    spacers: str = ""
    pages: str = ""
    thai: bool = True
    landscape: bool = False


@lru_cache(maxsize=1)
def pool() -> tuple[Measure, ...]:
    """Give the measures of the clean samples."""
    names = ("measures-report-2568.txt", "indicator-plan-2567.txt", "score-results-2567.txt")
    reports = [recognise(read_content((CLEAN / name).read_bytes(), name)) for name in names]
    measures = (row for report in reports for row in report.rows if isinstance(row, Measure))
    return tuple(one for one in measures if not to_arabic(one.measure)[0].isdecimal())


def any_layout(rng: Random) -> Layout:
    """Choose a layout."""
    issue = rng.choice(("none", "paragraph", "row", "column", "merged"))
    owners = rng.choice(("own", "own", "notes", "merged"))
    columns = ["measure", "steps", "period", "responsible", "results", "outcomes"]
    if rng.random() < 0.5:
        rng.shuffle(columns)
    if rng.random() < 0.25:
        columns.remove("outcomes")
    if owners == "notes":
        columns.remove("responsible")
        columns.append("responsible")
    number = rng.choice(("own", "own", "own", "in_name", "none"))
    columns = (["seq"] if number == "own" else []) + (["issue"] if issue in ("column", "merged") else []) + columns
    is_merged = issue == "merged" or owners == "merged"
    extras = tuple(rng.sample(sorted(EXTRAS), rng.choice((0, 0, 1, 2))))
    for head in extras:
        columns.insert(rng.randrange(1, len(columns) + 1), head)
    return Layout(
        tuple(columns),
        issue,
        rng.choice(("one", "one", "ends")),
        rng.choice(("numbered", "dashed", "items", "breaks", "one_line")),
        owners,
        number,
        extras,
        months=rng.random() < 0.1,
        title_row=rng.random() < 0.2,
        counted=rng.random() < 0.15,
        spacers=rng.choice(("", "", "", "column") if is_merged else ("", "", "", "rows", "column")),
        pages=rng.choice(("", "repeated") if is_merged else ("", "", "repeated", "continued", "headless")),
        thai=rng.random() < 0.6,
        landscape=rng.random() < 0.5,
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper and the records that it must give back."""

    paper: Document
    wanted: tuple[Wanted, ...]
    layout: Layout


def drawn(seed: int, layout: Layout | None = None) -> Drawn:
    """Draw a paper by a seed, in a layout or in any."""
    rng = Random(seed)
    layout = layout or any_layout(rng)
    wanted = tuple(_wanted(rng, layout))
    blocks: list[Block] = [paragraph(_digits(text, layout), Style.TITLE) for text in TITLE]
    if layout.landscape:
        blocks.append(NewPage(Orientation.LANDSCAPE))
    blocks += _blocks(rng, layout, wanted)
    return Drawn(Document("paper", "composed", None, "", tuple(blocks), title=TITLE[0]), wanted, layout)


def _wanted(rng: Random, layout: Layout) -> Iterator[Wanted]:
    chosen = rng.sample(pool(), 6)
    seq = 0
    owners: tuple[str, ...] = ()
    for at, one in enumerate(chosen):
        issue = at // 2 if layout.issue != "none" else None
        if issue is None or at % 2 == 0:
            seq = 0 if issue is not None else seq
            owners = rng.choice(OWNERS)
        elif layout.owners != "merged":
            owners = rng.choice(OWNERS)
        seq += 1
        if layout.period == "ends":
            _, _, start, end = ENDS[at % len(ENDS)]
        else:
            _, start, end = PERIODS[at % len(PERIODS)]
        say = to_thai if layout.thai else to_arabic
        yield Wanted(
            None if layout.number == "none" else say(str(seq)),
            say(one.measure),
            tuple(say(step) for step in one.steps) or (say("จัดทำแผน"), say("รายงานผล")),
            (start, end),
            owners,
            tuple(map(say, one.results)),
            tuple(map(say, one.outcomes)) if "outcomes" in layout.columns else (),
            (None, None) if issue is None else (issue + 1, ISSUES[issue]),
            tuple((head, say(EXTRAS[head][at % len(EXTRAS[head])])) for head in sorted(layout.extras)),
        )


def _digits(text: str, layout: Layout) -> str:
    return to_thai(text) if layout.thai else to_arabic(text)


def _blocks(rng: Random, layout: Layout, wanted: Sequence[Wanted]) -> Iterator[Block]:
    heads = {part: _digits(rng.choice(HEADS[part]), layout) for part in HEADS}
    if layout.owners == "notes":
        heads["responsible"] = "หมายเหตุ"
    groups = [wanted[at : at + 2] for at in range(0, len(wanted), 2)]
    if layout.issue == "paragraph":
        for group in groups:
            yield paragraph(_digits(f"ประเด็นที่ {group[0].issue[0]} {group[0].issue[1]}", layout), Style.HEADING)
            yield _table(layout, heads, [group])
    elif layout.pages == "repeated" and layout.issue != "merged":
        yield _table(layout, heads, groups[:1])
        yield paragraph("- ๒ -" if layout.thai else "2", Style.CENTRED)
        yield _table(layout, heads, groups[1:])
    elif layout.pages == "headless" and layout.issue != "merged":
        yield _table(layout, heads, groups[:1])
        yield _table(layout, heads, groups[1:], headless=True)
    else:
        yield _table(layout, heads, groups)


MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.")


def _places(layout: Layout) -> list[str]:
    """Name the columns of the grid, those of a part that takes two apart."""
    places: list[str] = []
    for part in layout.columns:
        places += ["start", "end"] if part == "period" and layout.period == "ends" else [part]
    places += list(MONTHS) if layout.months else []
    if layout.spacers == "column":
        places.insert(places.index("measure"), "")
    return places


def _table(
    layout: Layout, heads: dict[str, str], groups: Sequence[Sequence[Wanted]], *, headless: bool = False
) -> Table:
    places = _places(layout)
    rows = [] if headless else list(_head_rows(layout, heads, places))
    count = len(rows)
    for group in groups:
        if layout.issue == "row":
            rows.append(_merged(f"ประเด็นที่ {group[0].issue[0]} {group[0].issue[1]}", len(places), layout))
        above: list[Cell] = []
        for at, one in enumerate(group):
            cells = [
                _cell(place, one, layout, len(group) if at == 0 else 0, above, n) for n, place in enumerate(places)
            ]
            above = cells if at == 0 else above
            rows += _parted(cells, places, one, layout) if layout.pages == "continued" and at == 0 else [_row(cells)]
            if layout.spacers == "rows":
                rows.append(_row([cell_of([]) for _ in places]))
    return Table(tuple(rows), NO_PLACE, "composed", 0 if headless else count)


def _row(cells: Sequence[Cell]) -> Row:
    return Row(tuple(cells), NO_PLACE)


def _merged(text: str, width: int, layout: Layout) -> Row:
    first = cell_of([Line(_digits(text, layout))], columns=width)
    return _row([first, *(covered(first) for _ in range(width - 1))])


def _head_rows(layout: Layout, heads: dict[str, str], places: Sequence[str]) -> Iterator[Row]:
    if layout.title_row:
        yield _merged("สรุปผลการดำเนินการตามมาตรการฯ ของเทศบาลตำบลบ้านสวนพลู", len(places), layout)
    names = [heads.get(place, _digits(place, layout)) for place in places]
    names = ["ประเด็น" if place == "issue" else name for place, name in zip(places, names, strict=True)]
    if layout.period != "ends" and not layout.months:
        yield _row([cell_of([Line(name)]) for name in names])
    else:
        yield from _two_lines(layout, heads, places, names)
    if layout.counted:
        yield _row([cell_of([Line(_digits(f"({n})", layout))]) for n in range(1, len(places) + 1)])


def _two_lines(layout: Layout, heads: dict[str, str], places: Sequence[str], names: Sequence[str]) -> Iterator[Row]:
    first: list[Cell] = []
    second: list[Cell] = []
    for place, name in zip(places, names, strict=True):
        group = ("start", "end") if place in ("start", "end") else MONTHS if place in MONTHS else ()
        if not group:
            first.append(cell_of([Line(name)], rows=2))
            second.append(covered(first[-1]))
            continue
        over = heads["period"] if group != MONTHS else "แผนการดำเนินงาน ปี พ.ศ. ๒๕๖๗"
        opening = cell_of([Line(_digits(over, layout))], columns=len(group))
        first.append(opening if place == group[0] else covered(opening))
        second.append(cell_of([Line({"start": "เริ่มต้น", "end": "สิ้นสุด"}.get(place, place))]))
    yield _row(first)
    yield _row(second)


def _cell(place: str, one: Wanted, layout: Layout, over: int, above: Sequence[Cell], n: int) -> Cell:
    """Draw a cell. over: how many rows its group has, 0 where the group goes on; above: the cells of its first row."""
    if place == "issue" and layout.issue == "merged":
        said = Line(_digits(f"ประเด็นที่ {one.issue[0]} {one.issue[1]}", layout))
        return cell_of([said], rows=max(over, 1)) if over else covered(above[n])
    if place == "issue":
        said = Line(_digits(f"{one.issue[0]}. {one.issue[1]}", layout))
        return cell_of([said] if over else [])
    if place == "responsible" and layout.owners == "merged" and layout.issue != "none":
        lines = [Line(owner) for owner in one.responsible]
        return cell_of(lines, rows=max(over, 1)) if over else covered(above[n])
    return cell_of(_lines(place, one, layout))


def _lines(place: str, one: Wanted, layout: Layout) -> list[Line]:
    if place == "seq":
        return [Line(one.seq or "")]
    if place == "measure":
        return [Line(f"{one.seq}. {one.measure}" if layout.number == "in_name" else one.measure)]
    if place in ("start", "end"):
        start, end, *days = next(each for each in ENDS if tuple(each[2:]) == one.period)
        return [Line(_digits(start if place == "start" else end, layout))]
    if place == "period":
        text = next(text for text, *ends in PERIODS if tuple(ends) == one.period)
        return [Line(_digits(text, layout))]
    if place == "responsible":
        return [Line(owner) for owner in one.responsible]
    if place in ("steps", "results", "outcomes"):
        return _list(getattr(one, place), layout)
    if place in MONTHS:
        return [Line("✓")] if place == MONTHS[0] else []
    return [Line(dict(one.extra)[place])] if place in layout.extras else []


def _list(items: Sequence[str], layout: Layout) -> list[Line]:
    if layout.lists == "items":
        return [Line(item, Mark.ITEM) for item in items]
    if layout.lists == "dashed":
        return [Line(f"- {item}") for item in items]
    if layout.lists == "one_line":
        return [Line(_digits(" ".join(f"{n}. {item}" for n, item in enumerate(items, 1)), layout))]
    mark = ")" if layout.lists == "breaks" else "."
    return [Line(_digits(f"{n}{mark} {item}", layout)) for n, item in enumerate(items, 1)]


def _parted(cells: list[Cell], places: Sequence[str], one: Wanted, layout: Layout) -> list[Row]:
    """Draw a row whose results go on in a second one that says so, as over the end of a page."""
    at = places.index("results")
    lines = cells[at].lines
    if len(lines) < 2 or any(cell.rows > 1 for cell in cells):
        return [_row(cells)]
    first = [*cells[:at], replace(cells[at], lines=lines[:1]), *cells[at + 1 :]]
    more = [cell_of([]) for _ in places]
    more[places.index("measure")] = cell_of([Line(f"{cells[places.index('measure')].text} (ต่อ)")])
    more[at] = cell_of(lines[1:])
    return [_row(first), _row(more)]
