"""General official papers: memo, letter and announcement, with all that may be left out or vary."""

from dataclasses import replace

import pytest

from prongsai.documents.build import paragraph, row, table
from prongsai.documents.model import Document, Paragraph, Signatures, Style
from prongsai.documents.plain import plain
from prongsai.reports.forms.signing import Capacity, Signed
from prongsai.reports.papers import announcement, letter, memo
from prongsai.reports.papers.official import Contact, Enclosure, Salutation, Secrecy, Speed, read_signer
from prongsai.reports.papers.options import Closing, Options
from tests.reports.papers.same import same_records


def _texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


MEMOS = {
    "without number and day": {"number": "", "date": None},
    "secret and urgent": {"secrecy": Secrecy.VERY_SECRET, "speed": Speed.MOST_URGENT},
    "neither": {"secrecy": None, "speed": None},
    "one paragraph": {"body": ("ขอรายงานผล",)},
    "words of its own": {"closing": "โปรดพิจารณาลงนามในหนังสือที่เสนอมาพร้อมนี้"},
    "signs oneself": {"signer": Signed("นายสมภพ วัฒนาเรืองชัย", "ปลัดเทศบาลตำบลบ้านสวนพลู")},
}
LETTERS = {
    "highest": {"salutation": Salutation.HIGHEST, "to": "ประธานรัฐสภา"},
    "monk": {"salutation": Salutation.MONK, "to": "เจ้าอาวาสวัดสวนพลู"},
    "bare": {"references": (), "enclosures": (), "copies": (), "contact": Contact(), "address": ()},
    "one enclosure": {"enclosures": (Enclosure("แผนที่", "๑ แผ่น"),)},
    "enclosure without amount": {"enclosures": (Enclosure("แผนที่"), Enclosure("จำนวนครัวเรือน", "๒ ชุด"))},
    "two references": {"references": ("หนังสือ ก ลงวันที่ ๑ มกราคม ๒๕๖๘", "หนังสือ ข ลงวันที่ ๒ มกราคม ๒๕๖๘")},
    "not numbered yet": {"number": "", "date": None},
    "circular": {"number": "ลบ ๕๒๗๐๑/ว ๑๒"},
    "secret and urgent": {"secrecy": Secrecy.SECRET, "speed": Speed.URGENT},
    "all contacts": {"contact": Contact("กองคลัง", "๐-๓๖๐๐-๐๑๑๔ ต่อ ๑๒", "๐-๓๖๐๐-๐๑๑๕", "kong@bansuanphlu.example"), "copies": ("กองช่าง", "กองการศึกษา")},
}  # fmt: skip


@pytest.mark.parametrize("name", MEMOS)
def test_a_memo_is_read_back_equal(name: str) -> None:
    record = replace(memo.sample(), **MEMOS[name])  # type: ignore[arg-type]
    assert same_records(record, memo.recognise(plain(memo.compose(record)))) == []


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_read_back_equal(name: str) -> None:
    record = replace(letter.sample(), **LETTERS[name])  # type: ignore[arg-type]
    assert same_records(record, letter.recognise(plain(letter.compose(record)))) == []


@pytest.mark.parametrize("capacity", [kind for kind in Capacity if kind is not Capacity.SELF])
def test_acting_is_printed_over_two_lines_and_read_back(capacity: Capacity) -> None:
    signer = Signed("นางสาวกมลทิพย์ ศรีสวนพลู", "รองนายกเทศมนตรี", capacity, "นายกเทศมนตรีตำบลบ้านสวนพลู")
    record = replace(announcement.sample(), signer=signer, date=None)
    document = announcement.compose(record)
    place = next(block.places[0] for block in document.blocks if isinstance(block, Signatures))
    assert len(place.position) == 2
    assert same_records(record, announcement.recognise(plain(document))) == []


@pytest.mark.parametrize("salutation", Salutation)
def test_the_words_before_the_signature_follow_from_the_salutation(salutation: Salutation) -> None:
    document = letter.compose(replace(letter.sample(), salutation=salutation))
    right = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.style is Style.RIGHT]
    assert right == [
        "๑๒ มีนาคม ๒๕๖๘",
        {"เรียน": "ขอแสดงความนับถือ", "กราบเรียน": "ขอแสดงความนับถืออย่างยิ่ง", "นมัสการ": "ขอนมัสการด้วยความเคารพ"}[
            salutation.value
        ],
    ]


def test_a_memo_has_no_word_of_respect() -> None:
    assert [text for text in _texts(memo.compose(memo.sample())) if "นับถือ" in text] == []


def test_secrecy_is_set_on_every_page() -> None:
    assert memo.compose(replace(memo.sample(), secrecy=Secrecy.SECRET)).setup.secrecy == "ลับ"


def test_secrecy_that_stands_in_a_line_is_read() -> None:
    document = plain(memo.compose(memo.sample()))
    marked = replace(
        document, blocks=(*plain(Document("", "text", None, "", (paragraph("ลับมาก"),))).blocks, *document.blocks)
    )
    assert memo.recognise(marked) == replace(memo.sample(), secrecy=Secrecy.VERY_SECRET)


def test_the_closing_of_the_options_wins() -> None:
    texts = _texts(letter.compose(letter.sample(), Options(closing=Closing.PERMIT)))
    assert "จึงเรียนมาเพื่อโปรดพิจารณาอนุญาต" in texts


def test_a_letter_whose_head_is_one_line_is_read() -> None:
    record = replace(letter.sample(), address=())
    blocks = plain(letter.compose(record)).blocks
    line = plain(Document("", "text", None, "", (paragraph(f"ที่ {record.number} {record.agency}"),))).blocks
    assert letter.recognise(Document("", "text", None, "", (*line, *blocks[1:]))) == record


def test_a_table_in_the_body_is_kept_as_words() -> None:
    record = memo.sample()
    document = memo.compose(record)
    at = next(
        place
        for place, block in enumerate(document.blocks)
        if isinstance(block, Paragraph) and block.text.startswith("จึงเรียน")
    )
    more = replace(
        document, blocks=(*document.blocks[:at], table(("วัน", "เวลา"), [row("จันทร์", "๙ น.")]), *document.blocks[at:])
    )
    assert memo.recognise(plain(more)).body == (*record.body, "วัน | เวลา", "จันทร์ | ๙ น.")


def test_what_is_no_letter_gives_empty_fields() -> None:
    empty = plain(Document("", "text", None, "", (paragraph("ข้อความทั่วไป"),)))
    assert (letter.recognise(empty).subject, memo.recognise(empty).subject, announcement.recognise(empty).agency) == (
        "",
        "",
        "",
    )
    nothing = Document("", "text", None, "", ())
    assert (letter.recognise(nothing).to, memo.recognise(nothing).to, announcement.recognise(nothing).subject) == (
        "",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("lines", "signer", "after"),
    [
        (["(นาย ก ข)", "ปลัดเทศบาล", "โทร. ๑"], Signed("นาย ก ข", "ปลัดเทศบาล"), 2),
        (["(นาย ก ข) ปลัดเทศบาล", "โทร. ๑"], Signed("นาย ก ข", "ปลัดเทศบาล"), 1),
        (["(นาย ก ข) ผู้อำนวยการกองช่าง รักษาราชการแทน", "ปลัดเทศบาล"], Signed("นาย ก ข", "ผู้อำนวยการกองช่าง", Capacity.ACTING_FOR, "ปลัดเทศบาล"), 2),
        (["ลงชื่อ", "(นาย ก ข) รองนายก ปฏิบัติราชการแทนนายก"], Signed("นาย ก ข", "รองนายก", Capacity.DELEGATED, "นายก"), 2),
        (["(นาย ก ข)"], Signed("นาย ก ข", ""), 1),
        (["ไม่มีชื่อ"], Signed("", ""), 0),
    ],
)  # fmt: skip
def test_a_signature_is_read_however_its_lines_are_broken(lines: list[str], signer: Signed, after: int) -> None:
    assert read_signer(lines) == (signer, after)


def test_a_subject_may_go_on_after_a_blank_line_before_the_addressee() -> None:
    lines = (
        "บันทึกข้อความ",
        "ส่วนราชการ กองคลัง",
        "เรื่อง รายงานผลการดำเนินการ",
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
        "เรียน ปลัดเทศบาล",
        "ด้วยกองคลัง",
        "จึงเรียนมาเพื่อโปรดทราบ",
    )
    record = memo.recognise(plain(Document("", "text", None, "", tuple(map(paragraph, lines)))))
    assert (record.subject, record.to, record.body) == (
        "รายงานผลการดำเนินการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
        "ปลัดเทศบาล",
        ("ด้วยกองคลัง",),
    )
