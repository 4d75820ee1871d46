from pathlib import Path

import pytest

from prongsai.frameworks.compare import Topic, compare
from prongsai.frameworks.marks import RECALLED, UNVERIFIED
from prongsai.frameworks.model import Relation
from prongsai.frameworks.tell import RELATION_TH, TOPIC_TH, fact_row, item_row, sentences
from tests.frameworks.demo import AFTER, save


def test_sentences_tell_a_clerk_what_changes(tmp_path: Path) -> None:
    after = AFTER.replace("{key: people, text_th: รายชื่อ}", "{key: photos, text_th: รูปถ่าย}")
    after = after.replace("target: {pct: 85", "target: {pct: 90")
    folder = save(tmp_path, after=after)
    assert sentences(compare("demo-2570", "demo-2571", folder=folder)) == (
        "ปี 2571 มี 3 ข้อ ปี 2570 มี 3 ข้อ: คงเดิม 1 รายการ เปลี่ยนชื่อ 1 รายการ ข้อใหม่ 1 รายการ เลิก 1 รายการ (ยังไม่ยืนยัน)",
        "ข้อใหม่: O2 หน้าที่ (ยังไม่ยืนยัน)",
        "เปลี่ยนชื่อ: O3 แผน เป็น O4 แผนงาน (ยังไม่ยืนยัน)",
        "เลิก: O2 อำนาจหน้าที่ (ยังไม่ยืนยัน)",
        "องค์ประกอบของ O1: เพิ่ม รูปถ่าย ตัดออก รายชื่อ (ยังไม่ยืนยัน)",
        "คะแนนเป้าหมาย: เดิม 85 ใหม่ 90 (ยังไม่ยืนยัน)",
    )


@pytest.mark.parametrize("year", range(2562, 2569))
def test_every_sentence_about_shipped_years_shows_that_it_is_unverified(year: int) -> None:
    told = sentences(compare(f"ita-{year}", f"ita-{year + 1}"))
    assert told
    assert [sentence for sentence in told if not sentence.endswith((UNVERIFIED, RECALLED))] == []


def test_sentences_do_not_call_gone_what_nobody_has_seen() -> None:
    told = sentences(compare("ita-2568", "ita-2569"))
    assert "องค์ประกอบของ O4: ยังไม่ทราบ ให้ทำตามของปีก่อนไปพลาง (ยังไม่ยืนยัน)" in told
    assert [sentence for sentence in told if "ตัดออก" in sentence and "O12" in sentence] == []


def test_sentences_tell_codes_that_moved_under_the_same_title() -> None:
    told = sentences(compare("ita-2568", "ita-2569"))
    assert "เลขข้อเปลี่ยนแต่ชื่อคงเดิม: O17 เป็น O16, O18 เป็น O17, O25 เป็น O23, O28 เป็น O26 (ยังไม่ยืนยัน)" in told


def test_sentences_count_many_changes_of_one_topic() -> None:
    told = sentences(compare("ita-2565", "ita-2566"))
    assert "คำถาม: มีใหม่ 0 ไม่มีข้อมูลแล้ว 45 เปลี่ยน 0 รายการ (จากความจำ ยังไม่ยืนยัน)" in told


def test_item_row_fits_a_table() -> None:
    change = next(c for c in compare("ita-2568", "ita-2569").items if c.relation is Relation.NEW)
    assert item_row(change) == (
        "ข้อใหม่",
        "—",
        "O11 สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน",
        "ข้อรายเดือนกลับมา ครั้งก่อนอยู่ในปี 2566 (ยังไม่ยืนยัน)",
    )


def test_fact_row_fits_a_table() -> None:
    change = compare("ita-2568", "ita-2569").about(Topic.ISSUE)[6]
    assert fact_row(change) == (
        "ประเด็นปรับปรุง: ประเด็นปรับปรุงที่ 7",
        "กลไกและมาตรการในการแก้ไขและป้องกันการทุจริตภายในหน่วยงาน",
        "—",
        "(ยังไม่ยืนยัน)",
    )


def test_every_relation_and_topic_has_a_thai_name() -> None:
    assert (set(RELATION_TH), set(TOPIC_TH)) == (set(Relation), set(Topic))
