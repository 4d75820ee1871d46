"""Sentences, labels, lists and signatures as other offices print them."""

from dataclasses import replace
from datetime import date

import pytest

from prongsai.documents.build import NOWHERE, paragraph, row
from prongsai.documents.model import Document, Paragraph, Signature, Signatures, Table
from prongsai.documents.plain import plain
from prongsai.reports.forms import (
    circulation_list,
    committee_order,
    complaint_statistics,
    loan_form,
    minutes,
    news_report,
    opinion_form,
    publication_report,
    zero_report,
)
from prongsai.reports.forms.signing import Capacity, Signed


def paper(*blocks) -> Document:
    return plain(
        Document("ก", "x", None, "", tuple(paragraph(each) if isinstance(each, str) else each for each in blocks))
    )


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(row(*each) for each in rows), NOWHERE, "tab")


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


ORDER = (
    "คำสั่งเทศบาลตำบลบ้านสวนพลู",
    "ที่ 12/2569",
    "เรื่อง แต่งตั้งคณะทำงานจัดเก็บเอกสาร",
    "อาศัยอำนาจตามมาตรา ๔๘ จึงแต่งตั้งคณะทำงาน ดังต่อไปนี้",
)


def test_order_in_other_words_and_with_arabic_digits_is_read():
    order, problems = committee_order.recognise(
        paper(
            *ORDER,
            table(
                ("ลำดับ", "ชื่อ-นามสกุล", "ตำแหน่ง", "ตำแหน่งในคณะทำงาน"),
                ("1", "นายสมภพ วัฒนาเรืองชัย", "ปลัดเทศบาล", "ประธานคณะทำงาน"),
                ("2", "นางสุนันทา ใจมั่นคง", "ผู้อำนวยการกองคลัง", "คณะทำงานและเลขานุการ"),
            ),
            "มีหน้าที่ดังต่อไปนี้",
            "1) จัดเก็บเอกสาร",
            "2) รายงานผล",
            "ทั้งนี้ ให้มีผลตั้งแต่วันที่ 5 มกราคม 2569 เป็นต้นไป",
            "สั่ง ณ วันที่ 5 เดือน มกราคม พ.ศ. 2569",
            "ลงชื่อ ..............................",
            "( นายธีรพงศ์ แก้วสว่างธรรม )",
            "นายกเทศมนตรีตำบลบ้านสวนพลู",
        )
    )
    assert (order.number, order.year_be, order.effective) == (12, 2569, date(2026, 1, 5))
    assert [each.role for each in order.appointees] == [committee_order.Role.CHAIR, committee_order.Role.SECRETARY]
    assert order.duties == ("จัดเก็บเอกสาร", "รายงานผล")
    assert order.signer == Signed("นายธีรพงศ์ แก้วสว่างธรรม", "นายกเทศมนตรีตำบลบ้านสวนพลู")


def test_order_lists_people_in_lines_too():
    order, problems = committee_order.recognise(
        paper(
            *ORDER,
            "๑. นายสมภพ วัฒนาเรืองชัย ปลัดเทศบาล ประธานคณะทำงาน",
            "๒. นางสุนันทา ใจมั่นคง ผู้อำนวยการกองคลัง คณะทำงาน",
            "๓. นางสาวศศิธร บัวงามตา หัวหน้าฝ่ายแผนงานและงบประมาณ คณะทำงานและเลขานุการ",
            "มีหน้าที่ดังต่อไปนี้",
            "๑. จัดเก็บเอกสาร",
        )
    )
    assert [(each.name, each.position, each.role.value) for each in order.appointees] == [
        ("นายสมภพ วัฒนาเรืองชัย", "ปลัดเทศบาล", "chair"),
        ("นางสุนันทา ใจมั่นคง", "ผู้อำนวยการกองคลัง", "member"),
        ("นางสาวศศิธร บัวงามตา", "หัวหน้าฝ่ายแผนงานและงบประมาณ", "secretary"),
    ]
    assert "FORM_TABLE_MISSING" not in codes(problems)


def test_sentence_broken_over_lines_is_read():
    order, _ = committee_order.recognise(
        paper(*ORDER[:3], "อาศัยอำนาจตามความในมาตรา ๔๘ เตรส", "จึงแต่งตั้งคณะกรรมการ", "ประกอบด้วยบุคคลดังต่อไปนี้")
    )
    assert (order.legal_bases, order.body) == (("มาตรา ๔๘ เตรส",), "คณะกรรมการ")


def test_order_without_a_chair_and_with_a_person_twice_is_told():
    sample = committee_order.sample()
    member = replace(sample.appointees[2], role=committee_order.Role.MEMBER)
    faulty = replace(sample, appointees=(member, member), year_be=2567)
    problems = committee_order.recognise(plain(committee_order.compose(faulty)))[1]
    assert codes(problems) == ["ORDER_CHAIRS", "ORDER_PERSON_TWICE", "ORDER_YEAR"]


def test_labels_are_read_in_any_order_on_one_line_and_in_cells():
    readers = table(("ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง", "วันที่"), ("๑", "นางสุนันทา ใจมั่นคง", "ผู้อำนวยการกองคลัง", "๑๙ ม.ค. ๖๙"))
    lines = paper("เรื่อง แจ้งเวียนประกาศ", "ส่วนราชการ : สำนักปลัดเทศบาล", "ที่ ลบ ๕๒๗๐๑/ว ๑๘ ลงวันที่ ๑๖ มกราคม ๒๕๖๙", readers)
    cells = paper(
        table(
            ("หน่วยงาน", "สำนักปลัดเทศบาล"),
            ("หนังสือที่", "ลบ ๕๒๗๐๑/ว ๑๘"),
            ("ลงวันที่", "๑๖ มกราคม ๒๕๖๙"),
            ("เรื่อง", "แจ้งเวียนประกาศ"),
        ),
        readers,
    )
    for document in (lines, cells):
        circular, _ = circulation_list.recognise(document)
        assert (circular.agency, circular.letter, circular.dated, circular.subject) == (
            "สำนักปลัดเทศบาล", "ลบ ๕๒๗๐๑/ว ๑๘", date(2026, 1, 16), "แจ้งเวียนประกาศ",
        )  # fmt: skip
        assert [reader.on for reader in circular.readers] == [date(2026, 1, 19)]


def test_stated_share_is_held_against_the_rows():
    document = circulation_list.compose(circulation_list.sample())
    wrong = replace(
        document, blocks=(*document.blocks[:-1], paragraph("รับทราบแล้ว ๗ คน จากทั้งหมด ๗ คน คิดเป็นร้อยละ ๑๐๐.๐๐"))
    )
    problems = circulation_list.recognise(plain(wrong))[1]
    stated = [(p.message_th) for p in problems if p.code == "FORM_STATED_DIFFERS"]
    assert stated == [
        "จำนวนผู้รับทราบ พิมพ์ไว้ ๗ แต่คำนวณจากรายการได้ ๖",
        "ร้อยละผู้รับทราบ พิมพ์ไว้ ๑๐๐.๐๐ แต่คำนวณจากรายการได้ ๘๕.๗๑",
    ]


def test_reader_who_signs_twice_counts_once():
    sample = circulation_list.sample()
    twice = replace(sample, readers=(*sample.readers, sample.readers[0]))
    assert (twice.acknowledged, twice.audience) == (6, 7)
    assert replace(sample, readers=()).acknowledged_pct == 0


@pytest.mark.parametrize(
    ("lines", "signed"),
    [
        (("(นายอนุชิต ทองพันชั่ง)", "ผู้อำนวยการกองช่าง รักษาราชการแทน", "ปลัดเทศบาลตำบลบ้านสวนพลู"),
         Signed("นายอนุชิต ทองพันชั่ง", "ผู้อำนวยการกองช่าง", Capacity.ACTING_FOR, "ปลัดเทศบาลตำบลบ้านสวนพลู")),
        (("(นายสมภพ วัฒนาเรืองชัย)", "ปลัดเทศบาล ปฏิบัติหน้าที่", "นายกเทศมนตรีตำบลบ้านสวนพลู"),
         Signed("นายสมภพ วัฒนาเรืองชัย", "ปลัดเทศบาล", Capacity.PERFORMING_DUTIES, "นายกเทศมนตรีตำบลบ้านสวนพลู")),
        (("(นางสาวกมลทิพย์ ศรีสวนพลู)", "รองนายกเทศมนตรี", "ปฏิบัติราชการแทนนายกเทศมนตรีตำบลบ้านสวนพลู"),
         Signed("นางสาวกมลทิพย์ ศรีสวนพลู", "รองนายกเทศมนตรี", Capacity.DELEGATED, "นายกเทศมนตรีตำบลบ้านสวนพลู")),
        (("(นายธีรพงศ์ แก้วสว่างธรรม) นายกเทศมนตรีวันที่ ๒ มกราคม ๒๕๖๙",),
         Signed("นายธีรพงศ์ แก้วสว่างธรรม", "นายกเทศมนตรี", on=date(2026, 1, 2))),
        (("(นายธีรพงศ์ แก้วสว่างธรรม)", "ตำแหน่ง นายกเทศมนตรี", "วันที่ ๒ มกราคม ๒๕๖๙", "หมายเหตุ ไม่มี"),
         Signed("นายธีรพงศ์ แก้วสว่างธรรม", "นายกเทศมนตรี", on=date(2026, 1, 2))),
    ],
)  # fmt: skip
def test_signature_is_read_with_its_capacity_and_day(lines, signed):
    assert committee_order.recognise(paper(*ORDER, *lines))[0].signer == signed


def test_signatures_side_by_side_are_told_apart_by_their_roles():
    places = (
        Signature("นางสาวอารีรัตน์ พลอยงาม", ("นักวิชาการพัสดุ",), suffix="ผู้จ่ายทรัพย์สิน"),
        Signature("นายธนกฤต มีสุขศรี", ("นักประชาสัมพันธ์",), suffix="ผู้รับทรัพย์สิน"),
    )
    loan, _ = loan_form.recognise(paper(Signatures(places)))
    assert (loan.issuer, loan.receiver) == (
        Signed("นางสาวอารีรัตน์ พลอยงาม", "นักวิชาการพัสดุ"),
        Signed("นายธนกฤต มีสุขศรี", "นักประชาสัมพันธ์"),
    )


def test_opinion_keeps_its_lines_and_who_gave_it():
    form, problems = opinion_form.recognise(
        paper(
            "เรื่อง ขออนุมัติ", "ความเห็นของ หัวหน้าฝ่าย", "ลงชื่อ", "(นางสาวศศิธร บัวงามตา)", "หัวหน้าฝ่ายแผนงาน",
            "ความเห็น ปลัดเทศบาล", "ลงชื่อ ....", "(นายสมภพ วัฒนาเรืองชัย)", "ปลัดเทศบาล",
        )
    )  # fmt: skip
    assert [(step.opinion_of, step.opinion, step.signed.name) for step in form.steps] == [
        ("หัวหน้าฝ่าย", (), "นางสาวศศิธร บัวงามตา"), ("ปลัดเทศบาล", (), "นายสมภพ วัฒนาเรืองชัย"),
    ]  # fmt: skip
    assert [p.message_th for p in problems if p.code == "OPINION_MISSING"] == ["ปลัดเทศบาล ยังไม่มีความเห็น"]


def test_words_of_no_field_are_kept_aside():
    document = paper(
        *[getattr(block, "text", block) for block in plain(zero_report.compose(zero_report.sample())).blocks],
        "เก็บเข้าแฟ้ม ๗",
    )
    problems = zero_report.recognise(document)[1]
    assert [(p.code, p.evidence) for p in problems] == [("FORM_TEXT_ASIDE", ("เก็บเข้าแฟ้ม ๗",))]


def test_minutes_with_five_items_and_wrong_times_are_told():
    sample = minutes.sample()
    faulty = replace(sample, agenda=sample.agenda[:5], closed=sample.opened)
    problems = minutes.recognise(plain(minutes.compose(faulty)))[1]
    assert codes(problems) == ["MINUTES_TIMES", "MINUTES_AGENDA_SHORT"]


def test_minutes_item_out_of_order_or_without_resolution_is_told():
    document = paper(
        "รายงานการประชุมพนักงาน", "ระเบียบวาระที่ ๑ แจ้งเพื่อทราบ", "ประธานแจ้ง", "ระเบียบวาระที่ ๓ อื่น ๆ", "มติที่ประชุม รับทราบ"
    )
    found, problems = minutes.recognise(document)
    assert [(item.title, item.paragraphs, item.resolution) for item in found.agenda] == [
        ("แจ้งเพื่อทราบ", ("ประธานแจ้ง",), ""), ("อื่น ๆ", (), "รับทราบ"),
    ]  # fmt: skip
    told = [(p.code, p.where.line) for p in problems if p.where.line]
    assert told == [("FORM_VALUE_MISSING", 3), ("FORM_NUMBER_ORDER", 7)]


def test_zero_report_must_cover_its_months_and_wait_for_their_end():
    sample = zero_report.sample()
    faulty = replace(sample, months=sample.months[1:], declared_on=date(2026, 3, 1), statement="มีของขวัญ ๑ ชิ้น")
    problems = zero_report.recognise(plain(zero_report.compose(faulty)))[1]
    assert codes(problems) == ["ZERO_NOT_NOTHING", "ZERO_TOO_EARLY", "ZERO_MONTH_MISSING"]


def test_whose_figures_and_of_which_day_are_read_alike_in_every_report():
    for form in (complaint_statistics, news_report, publication_report):
        sample = form.sample()
        printed = plain(form.compose(sample))
        for asked in ("ข้อมูล ณ วันที่", "วันที่รายงาน"):
            blocks = [replace_text(block, "ข้อมูล ณ วันที่", asked) for block in printed.blocks]
            found, _ = form.recognise(replace(printed, blocks=tuple(blocks)))
            assert (found.agency, found.reported_on) == (sample.agency, sample.reported_on), (form.NAME, asked)


def replace_text(block, old: str, new: str):
    return paragraph(block.text.replace(old, new), block.style) if isinstance(block, Paragraph) else block
