"""Rules about the executives: who is there, and the four facts of each: name, position, photo, contact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from prongsai.documents.model import Table
from prongsai.frameworks.model import Element
from prongsai.inspection.case import Case, Finding, Kind, Options, failed, not_found, passed, unsure
from prongsai.inspection.rules.sections import head_count
from prongsai.inspection.view import Passage, Source, pictures_of
from prongsai.thai.names import PersonName, name_key, read_name, split_people
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import fold

CARD_LINES = 8
BEFORE_LINES = 2
POSTED_SHARE_MIN = 0.6  # of the people: with fewer, the others stand there for another reason
POST = re.compile(
    r"นายก(?:เทศมนตรี|องค์การบริหาร|อบต|อบจ|เมืองพัทยา)|รองนายก|ปลัด|ผู้อำนวยการ|ผอ\.|หัวหน้า(?:สำนัก|ส่วน|ฝ่าย|งาน|หน่วย|กลุ่ม)|เลขานุการ(?:นายก)?|ที่ปรึกษานายก"
    r"|ประธานสภา|รองประธานสภา|สมาชิกสภา|อธิบดี|เลขาธิการ|อธิการบดี|คณบดี|ผู้ว่าราชการ|นายอำเภอ|รักษาการ|รักษาราชการ|mayor|clerk|director"
)
POLITICAL = re.compile(
    r"นายก(?:เทศมนตรี|องค์การบริหาร|อบต|อบจ|เมืองพัทยา)|รองนายก|เลขานุการนายก|ที่ปรึกษานายก|ประธานสภา|สมาชิกสภา"
)
PERMANENT = re.compile(
    r"(?<!สำนัก)ปลัด(?:เทศบาล|องค์การ|อบต|อบจ|เมือง)?|ผู้อำนวยการ(?:สำนัก|กอง)|ผอ\.?กอง|หัวหน้า(?:สำนักปลัด|ส่วน|ฝ่าย)|รักษาการ"
)
HEAD = re.compile(
    r"(?<!รอง)(?<!เลขานุการ)(?<!ที่ปรึกษา)(?<!สำนัก)(?<!แทน)นายก(?:เทศมนตรี|องค์การบริหารส่วน|อบต|อบจ|เมืองพัทยา)|(?<!รอง)อธิบดี|(?<!รอง)ผู้ว่าราชการจังหวัด|(?<!รอง)เลขาธิการ|(?<!รอง)อธิการบดี|(?<!รอง)นายอำเภอ"
)
DEPUTY = re.compile(r"รองนายก|รองปลัด|รองอธิบดี|รองผู้ว่าราชการ|รองเลขาธิการ|รองอธิการบดี|รองผู้อำนวยการ")
OTHER = re.compile(r"(?<!สำนัก)(?<!สำนักงาน)ปลัด|ผู้อำนวยการ|ผอ\.|หัวหน้า(?:สำนัก|ส่วน|ฝ่าย)|เลขานุการ|ที่ปรึกษา|ประธานสภา")
PHONE = re.compile(r"(?<!\d)0(?:[-. ()]{0,2}\d){8,9}(?!\d)")
MAIL = re.compile(r"[\w.+-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\.[\w-]+)+")
CONTACT = re.compile(r"(?:โทร|มือถือ|เบอร์|tel|phone|ต่อ|line|ไลน์|facebook)[^\n]{0,20}\d{3}", re.IGNORECASE)
_VACANT = re.compile(r"ว่าง|ไม่มีผู้ดำรงตำแหน่ง|อยู่ระหว่างสรรหา|-ว่าง-")


@dataclass(slots=True)
class Card:
    """What stands around one name. text: as printed, of all its lines; folded: the same."""

    name: PersonName
    source: Source
    passage: Passage
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it."""
        return to_arabic(" ".join(self.lines))

    @property
    def folded(self) -> str:
        """All of it, folded."""
        return fold(self.text)

    @property
    def called(self) -> str:
        """The name as printed."""
        return " ".join(self.name.raw.split())[:60]

    @property
    def position(self) -> str:
        """The words of a post in it, "" when there are none."""
        found = POST.search(self.folded.replace(fold(self.name.raw), " "))
        return found[0] if found else ""

    @property
    def has_contact(self) -> bool:
        """Whether a number or address to reach the person by stands in it."""
        return bool(PHONE.search(self.text) or MAIL.search(self.text) or CONTACT.search(self.text))


def cards(case: Case) -> list[Card]:
    """Give the people of the item with what stands around each name; those with a post where most have none."""
    if "cards" not in case.cache:
        found = [card for source in case.view.sources for card in (*_of_tables(source), *_of_lines(source))]
        posted = [card for card in found if card.position]
        case.cache["cards"] = _merged(found if len(posted) >= POSTED_SHARE_MIN * len(found) else posted)
    kept: list[Card] = case.cache["cards"]
    return kept


def _merged(found: list[Card]) -> list[Card]:
    by_key: dict[str, Card] = {}
    for card in found:
        key = name_key(card.name)
        if key in by_key:
            by_key[key].lines += card.lines
        else:
            by_key[key] = card
    return list(by_key.values())


def _of_tables(source: Source) -> Iterator[Card]:
    for table in source.tables:
        yield from _of_table(source, table)


def _of_table(source: Source, table: Table) -> Iterator[Card]:
    """A row a person, or cells side by side each a person, or a row of names under a row of pictures."""
    rows = [[cell for cell in row.cells if not cell.covered] for row in table.rows]
    for number, cells in enumerate(rows):
        names = [(column, people) for column, cell in enumerate(cells) if (people := _people(cell.text))]
        for column, people in names:
            cell = cells[column]
            passage = Passage(cell.text, fold(cell.text), cell.where, in_table=True)
            if len(names) == 1 and len(people) == 1:
                yield Card(people[0], source, passage, [one.text for one in cells])
            elif len(people) == 1:
                below = [row[column].text for row in rows[number + 1 : number + 4] if column < len(row)]
                stop = next((n for n, text in enumerate(below) if _people(text)), len(below))
                above = (
                    rows[number - 1][column].text
                    if number > head_count(table) and column < len(rows[number - 1])
                    else ""
                )
                yield Card(people[0], source, passage, [above if not _people(above) else "", cell.text, *below[:stop]])
            else:
                for one in people:
                    yield Card(one, source, passage, [one.raw])


def _people(text: str) -> list[PersonName]:
    alone = read_name(text) if len(text) < 60 else None
    if alone and not POST.match(fold(text)):
        return [alone]
    return [person.name for person in split_people(text) if person.name.surname][:12] if len(text) < 600 else []


def _of_lines(source: Source) -> Iterator[Card]:
    lines = [passage for passage in source.passages if not passage.in_table]
    starts: list[tuple[int, PersonName]] = []
    for number, passage in enumerate(lines):
        if len(passage.text) <= 200:
            starts += [(number, name) for name in _people(passage.text)[:1]]
    if not starts:
        return
    first_before = _posts_stand_before(lines, [number for number, _ in starts])
    for at, (number, name) in enumerate(starts):
        after = starts[at + 1][0] if at + 1 < len(starts) else len(lines)
        begin, end = number, min(after, number + CARD_LINES)
        if first_before:
            begin = max(starts[at - 1][0] + 1 if at else 0, number - BEFORE_LINES)
            while end > number + 1 and POST.match(lines[end - 1].bare) and after < len(lines):
                end -= 1  # the post of the next person
        own = [passage.text for passage in lines[begin:end]]
        yield Card(name, source, lines[number], own)


def _posts_stand_before(lines: list[Passage], starts: list[int]) -> bool:
    """Whether the post is printed above the name and not under it."""
    before = sum(number > 0 and bool(POST.match(lines[number - 1].bare)) for number in starts)
    after = sum(number + 1 < len(lines) and bool(POST.match(lines[number + 1].bare)) for number in starts)
    inside = sum(bool(POST.search(lines[number].folded)) for number in starts)
    return before > after and not inside


def post(case: Case, element: Element, options: Options) -> Finding:
    """Find somebody in a post: head, deputies or others."""
    pattern, name_th = {
        "head": (HEAD, "ผู้บริหารสูงสุด"),
        "deputies": (DEPUTY, "รองผู้บริหาร"),
        "others": (OTHER, "ผู้บริหารคนอื่น"),
    }[options["who"]]
    card = next((one for one in cards(case) if pattern.search(one.folded)), None)
    if card is None:
        hit = case.view.first(pattern)
        if hit and _VACANT.search(hit[1].folded):
            return passed(f"ระบุว่า{name_th}ว่าง", *hit)
        if hit:
            return unsure(f"พบตำแหน่ง{name_th} แต่เครื่องจับคู่ชื่อไม่ได้", "ตรวจว่ามีชื่อคู่กับตำแหน่ง", *hit)
        return not_found(case, f"ไม่พบ{name_th}", f"เพิ่ม{name_th} ถ้าไม่มีผู้ดำรงตำแหน่งให้เขียนว่าว่าง")
    known = case.facts.head
    if options["who"] == "head" and known and name_key(known) != name_key(card.name):
        heads = [one for one in cards(case) if pattern.search(one.folded)]
        if not any(name_key(one.name) == name_key(known) for one in heads):
            return failed(
                f"ผู้บริหารสูงสุดในหน้าคือ {card.called} แต่ปัจจุบันคือ {known}", "แก้ชื่อผู้บริหารให้เป็นปัจจุบัน", card.source, card.passage
            )
    return passed(f"พบ{name_th}: {card.called}", card.source, card.passage)


def each_person(case: Case, element: Element, options: Options) -> Finding:
    """Hold every person against one fact: name, position, photo or contact."""
    people = cards(case)
    wanted = options["fact"]
    if not people:
        return not_found(case, "ไม่พบรายชื่อผู้บริหาร", "แสดงชื่อ ตำแหน่ง รูปถ่าย และช่องทางติดต่อของผู้บริหารแต่ละคนเป็นข้อความ")
    if wanted == "name":
        return _names(case, people)
    if wanted == "photo":
        return _photos(case, people)
    lacking = [one for one in people if not (one.position if wanted == "position" else one.has_contact)]
    name_th = "ตำแหน่ง" if wanted == "position" else "ช่องทางติดต่อ"
    if not lacking:
        return passed(f"มี{name_th}ครบ {len(people)} คน", people[0].source, people[0].passage)
    named = ", ".join(one.called for one in lacking[:5]) + (" …" if len(lacking) > 5 else "")
    more = " (เช่น โทรศัพท์หรืออีเมลของแต่ละคน)" if wanted == "contact" else ""
    return failed(f"ไม่มี{name_th}ของ {named}", f"เพิ่ม{name_th}ให้ครบทุกคน{more}", lacking[0].source, lacking[0].passage)


def _names(case: Case, people: list[Card]) -> Finding:
    keys = {name_key(one.name) for one in people}
    lacking = [name for name in case.facts.executives if name_key(name) not in keys and not _is_said(case, name)]
    if lacking:
        return failed(f"ไม่พบชื่อ {', '.join(lacking[:5])}", "เพิ่มผู้บริหารที่ขาดให้ครบ", people[0].source, people[0].passage)
    short = [one for one in people if not one.name.surname]
    if short:
        return unsure(f"{short[0].called} ไม่มีนามสกุล", "แสดงชื่อและนามสกุล", short[0].source, short[0].passage)
    return passed(f"พบชื่อและนามสกุล {len(people)} คน", people[0].source, people[0].passage)


def _is_said(case: Case, name: str) -> bool:
    key = name_key(name)
    return any(key in source.folded.replace("\n", "") for source in case.view.sources)


def _photos(case: Case, people: list[Card]) -> Finding:
    """A picture with the name in its words is a portrait by its own word; one near a name may be."""
    sure, near, count = set(), set(), 0
    for page in case.pile.pages:
        for number in pictures_of(page):
            picture = page.pictures[number]
            count += 1
            alt, around = fold(picture.alt), fold(picture.near)
            for one in people:
                key = name_key(one.name)
                if key in alt:
                    sure.add(key)
                elif key in around:
                    near.add(key)
    lacking = [one for one in people if name_key(one.name) not in sure | near]
    first = people[0]
    if not lacking and not near - sure:
        return passed(f"มีภาพที่บอกชื่อครบ {len(people)} คน", first.source, first.passage)
    if count >= len(people):
        return unsure(
            f"มีภาพ {count} ภาพสำหรับ {len(people)} คน เครื่องบอกไม่ได้ว่าเป็นภาพบุคคล",
            "เปิดดูว่ามีรูปถ่ายครบทุกคน",
            first.source,
            first.passage,
        )
    if any(one.source.paper and one.source.paper.picture_pages for one in lacking):
        return unsure("รูปอยู่ในเอกสาร เครื่องจับคู่กับชื่อไม่ได้", "เปิดดูว่ามีรูปถ่ายครบทุกคน", first.source, first.passage)
    named = ", ".join(one.called for one in lacking[:5])
    return not_found(case, f"ไม่มีรูปถ่ายของ {named}", "เพิ่มรูปถ่ายของแต่ละคน พร้อมคำบรรยายภาพเป็นชื่อ")


KINDS: dict[str, Kind] = {"post": post, "each_person": each_person}
