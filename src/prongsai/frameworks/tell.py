"""What a clerk must know about the new year, in Thai sentences; each one shows when it is not verified."""

from collections.abc import Iterator, Sequence

from prongsai.frameworks.compare import Comparison, FactChange, ItemChange, Topic
from prongsai.frameworks.marks import marked, weakest
from prongsai.frameworks.model import Certainty, Item, Relation

MANY = 6  # more changes than this of one topic are counted instead of listed

RELATION_TH = {
    Relation.KEPT: "คงเดิม",
    Relation.RENAMED: "เปลี่ยนชื่อ",
    Relation.SPLIT: "แยกข้อ",
    Relation.MERGED: "รวมข้อ",
    Relation.NEW: "ข้อใหม่",
    Relation.RETIRED: "เลิก",
}
TOPIC_TH = {
    Topic.TARGET: "คะแนนเป้าหมาย",
    Topic.WEIGHT: "น้ำหนัก",
    Topic.PART: "ส่วนของแบบวัด",
    Topic.INDICATOR: "ตัวชี้วัด",
    Topic.ITEM_SCORES: "คะแนนรายข้อ",
    Topic.LEVEL: "ระดับผล",
    Topic.ISSUE: "ประเด็นปรับปรุง",
    Topic.CALENDAR: "ปฏิทิน",
    Topic.QUESTION: "คำถาม",
}


def sentences(comparison: Comparison) -> tuple[str, ...]:
    """Say what changes: how many items, which, their codes, elements and periods, then the other facts."""
    parts = (_counts, _relations, _codes, _moves, _elements, _periods, _facts)
    return tuple(sentence for part in parts for sentence in part(comparison))


def item_row(change: ItemChange) -> tuple[str, str, str, str]:
    """Give a table row: what happened, before, after, and the note with its mark."""
    detail = " ".join(each for each in (change.note_th, *_element_words(change)) if each)
    return (
        RELATION_TH[change.relation],
        _list(change.before),
        _list(change.after),
        marked(detail, change.certainty),
    )


def fact_row(change: FactChange) -> tuple[str, str, str, str]:
    """Give a table row: the topic and name, before, after, and the mark."""
    name = f"{TOPIC_TH[change.topic]}: {change.name_th}"
    return (name, change.before or "—", change.after or "—", marked("", change.certainty).strip())


def _list(items: Sequence[Item]) -> str:
    return " + ".join(f"{item.code} {item.title_th}" for item in items) or "—"


def _counts(comparison: Comparison) -> Iterator[str]:
    before, after = comparison.before, comparison.after
    parts = [
        f"{RELATION_TH[relation]} {len(found)} รายการ" for relation in Relation if (found := comparison.of(relation))
    ]
    sure = weakest([change.certainty for change in comparison.items])
    total = f"ปี {after.fiscal_year_be} มี {len(after.items)} ข้อ ปี {before.fiscal_year_be} มี {len(before.items)} ข้อ"
    yield marked(f"{total}: {' '.join(parts)}", sure)


def _relations(comparison: Comparison) -> Iterator[str]:
    for change in comparison.items:
        text = _relation(change)
        if text:
            yield marked(f"{text}{f' ({change.note_th})' if change.note_th else ''}", change.certainty)


def _relation(change: ItemChange) -> str:
    old, new = _list(change.before), _list(change.after)
    match change.relation:
        case Relation.RENAMED:
            return f"เปลี่ยนชื่อ: {old} เป็น {new}"
        case Relation.SPLIT:
            return f"แยกข้อ: {old} เป็น {new}"
        case Relation.MERGED:
            return f"รวมข้อ: {old} เป็น {new}"
        case Relation.NEW:
            return f"ข้อใหม่: {new}"
        case Relation.RETIRED:
            return f"เลิก: {old}"
        case Relation.KEPT:
            return ""


def _codes(comparison: Comparison) -> Iterator[str]:
    changed = [change for change in comparison.of(Relation.KEPT) if change.code_changed]
    if changed:
        pairs = ", ".join(f"{change.before[0].code} เป็น {change.after[0].code}" for change in changed)
        yield marked(f"เลขข้อเปลี่ยนแต่ชื่อคงเดิม: {pairs}", weakest([change.certainty for change in changed]))


def _moves(comparison: Comparison) -> Iterator[str]:
    moved = [change for change in comparison.items if change.moved]
    if moved:
        pairs = ", ".join(f"{c.after[0].code} ({c.before[0].indicator} เป็น {c.after[0].indicator})" for c in moved)
        yield marked(f"ย้ายตัวชี้วัดย่อย: {pairs}", weakest([change.certainty for change in moved]))


def _elements(comparison: Comparison) -> Iterator[str]:
    for change in comparison.items:
        words = _element_words(change)
        if words:
            yield marked(f"องค์ประกอบของ {change.after[0].code}: {' '.join(words)}", change.elements_certainty)


def _element_words(change: ItemChange) -> list[str]:
    if change.elements_unknown:
        return ["ยังไม่ทราบ ให้ทำตามของปีก่อนไปพลาง"] if change.before else []
    gone = "ตัดออก" if change.elements_sure else "ไม่เห็นในข้อมูลที่มีแต่อาจยังต้องมี"
    lists = (("เพิ่ม", change.elements_added), (gone, change.elements_removed))
    return [f"{word} {', '.join(e.text_th for e in elements)}" for word, elements in lists if elements]


def _periods(comparison: Comparison) -> Iterator[str]:
    for change in comparison.items:
        if change.period:
            was, now = change.period
            text = f"ช่วงข้อมูลของ {change.after[0].code}: เดิม {was} ใหม่ {now}"
            yield marked(text, change.elements_certainty)


def _facts(comparison: Comparison) -> Iterator[str]:
    for topic in Topic:
        changes = comparison.about(topic)
        if len(changes) > MANY:
            yield _many(topic, changes)
        else:
            yield from (_fact(change) for change in changes)


def _fact(change: FactChange) -> str:
    if change.before is None:
        text = f"{change.name_th}: มีใหม่ {change.after}"
    elif change.after is None:
        text = f"{change.name_th}: ไม่มีข้อมูลแล้ว (เดิม {change.before})"
    else:
        text = f"{change.name_th}: เดิม {change.before} ใหม่ {change.after}"
    return marked(text, change.certainty)


def _many(topic: Topic, changes: Sequence[FactChange]) -> str:
    new = sum(change.before is None for change in changes)
    gone = sum(change.after is None for change in changes)
    sure: Certainty = weakest([change.certainty for change in changes])
    return marked(f"{TOPIC_TH[topic]}: มีใหม่ {new} ไม่มีข้อมูลแล้ว {gone} เปลี่ยน {len(changes) - new - gone} รายการ", sure)
