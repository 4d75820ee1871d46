"""How far a paper can be trusted: signals of damage, and when a person must read it.

Nothing is thrown away: a paper below the line keeps every record that survives and says why it is not to be believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from prongsai.errors import Problem
from prongsai.reports.records import IndicatorScore, Record
from prongsai.reports.rows import confidence_of
from prongsai.reports.stream import HEAD_CONFIDENCE_MIN, Event, HeadEvent
from prongsai.thai.dates import unknown_month_abbreviations
from prongsai.thai.text import foreign_letters

ROW_CONFIDENCE_MIN = 0.75
DOUBTED_SHARE_MAX = 0.25
MONTHS_PER_ROW_MAX = 0.1
FALL_PER_SIGNAL = 0.2
SIGNALS_FOR_PERSON = 2
TRUST_MIN = 0.6


@dataclass(frozen=True, slots=True)
class Trust:
    """confidence: 0–1 of the whole paper. reasons: Thai sentences, each a signal of damage with its count."""

    confidence: float
    needs_person: bool
    reasons: tuple[str, ...]


def weigh(
    events: Sequence[Event],
    rows: Sequence[Record],
    scores: Sequence[IndicatorScore],
    text: str,
    problems: Sequence[Problem],
) -> Trust:
    """Weigh a paper. text: all that was printed. Two signals of damage, or rows that hardly fit, call for a person.

    A paper without any record always does.
    """
    if not rows and not scores:
        return Trust(0.0, True, ("ไม่พบตารางที่รู้จักในเอกสาร",))
    reasons = [*_row_signals(rows), *_text_signals(text, len(rows)), *_head_signals(events)]
    unreadable = sum(problem.code == "TEXT_UNREADABLE" for problem in problems)
    if unreadable:
        reasons.append(f"มี {unreadable} บรรทัดที่ถอดรหัสอักขระไม่ได้")
    each = [row.origin.confidence for row in rows] + [confidence_of(score.doubts) for score in scores]
    confidence = round(max(0.0, sum(each) / len(each) - FALL_PER_SIGNAL * len(reasons)), 2)
    return Trust(confidence, len(reasons) >= SIGNALS_FOR_PERSON or confidence < TRUST_MIN, tuple(reasons))


def _row_signals(rows: Sequence[Record]) -> list[str]:
    named = {
        "shifted": "แถวที่ช่องเลื่อนจากหัวตาราง",
        "cell_count": "แถวที่จำนวนช่องไม่ตรงหัวตาราง",
        "period_unreadable": "แถวที่ระยะเวลาอ่านไม่ได้",
        "result_repeats_period": "แถวที่ช่องผลการดำเนินการซ้ำกับระยะเวลา",
        "result_repeats_measure": "แถวที่ช่องผลการดำเนินการซ้ำกับมาตรการ",
    }
    reasons = []
    for doubt, words in named.items():
        count = sum(doubt in row.origin.doubts for row in rows)
        if count > 1 and count >= DOUBTED_SHARE_MAX * len(rows) or (doubt.startswith("result_repeats") and count > 2):
            reasons.append(f"{words} {count} จาก {len(rows)} แถว")
    return reasons


def _text_signals(text: str, rows: int) -> list[str]:
    reasons = []
    months = unknown_month_abbreviations(text)
    if len(months) > max(1, MONTHS_PER_ROW_MAX * rows):
        reasons.append(f"ตัวย่อเดือนที่ไม่มีจริง {len(months)} แห่ง เช่น {months[0]}")
    foreign = foreign_letters(text)
    if foreign:
        reasons.append(f"มีอักษรต่างภาษาแปลกปลอม: {' '.join(dict.fromkeys(foreign))}")
    return reasons


def _head_signals(events: Sequence[Event]) -> list[str]:
    heads = [event.head for event in events if isinstance(event, HeadEvent)]
    if not heads:
        return []
    weak = sum(head.confidence < HEAD_CONFIDENCE_MIN for head in heads)
    return [f"หัวตารางที่อ่านได้ไม่ชัด {weak} จาก {len(heads)} ตาราง"] if weak >= max(2, len(heads) / 4) else []
