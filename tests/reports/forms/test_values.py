"""Values on paper: how they are printed and which spellings of others are read."""

from datetime import date, time
from decimal import Decimal

import pytest

from prongsai.documents.model import Line
from prongsai.reports.forms.values import (
    Declared,
    Edge,
    Kind,
    Offer,
    Period,
    Reference,
    Unreadable,
    fits,
    read,
    read_words,
    say,
    show,
)

ROLES = Declared("role", Kind.CHOICE, choices={"m": "กรรมการ", "s": "กรรมการและเลขานุการ"}, also={"เลขานุการ": "s"})


def of(kind: Kind) -> Declared:
    return Declared("x", kind)


@pytest.mark.parametrize(
    ("kind", "value", "printed"),
    [
        (Kind.TEXT, "โครงการ 5 ส", ("โครงการ 5 ส",)),
        (Kind.LIST, ("ก", "ข"), ("๑. ก", "๒. ข")),
        (Kind.SERIAL, 2568, ("๒๕๖๘",)),
        (Kind.WHOLE, 12345, ("๑๒,๓๔๕",)),
        (Kind.NUMBER, Decimal("4.5"), ("๔.๕๐",)),
        (Kind.MONEY, Decimal("1250"), ("๑,๒๕๐.๐๐",)),
        (Kind.DATE, date(2025, 10, 1), ("๑ ต.ค. ๒๕๖๘",)),
        (Kind.MONTH, date(2025, 10, 1), ("ตุลาคม ๒๕๖๘",)),
        (Kind.TIME, time(9, 5), ("๐๙.๐๕",)),
        (Kind.PERIOD, Period(date(2025, 10, 1), date(2026, 9, 30)), ("๑ ต.ค. ๒๕๖๘ - ๓๐ ก.ย. ๒๕๖๙",)),
        (Kind.OFFER, Offer("บริษัท ก จำกัด", Decimal("9.5")), ("บริษัท ก จำกัด ๙.๕๐ บาท",)),
        (Kind.OFFERS, (Offer("ก", Decimal(1)), Offer("ข", Decimal(2))), ("๑. ก ๑.๐๐ บาท", "๒. ข ๒.๐๐ บาท")),
        (Kind.REFERENCE, Reference("๓/๒๕๖๙", date(2025, 10, 1)), ("๓/๒๕๖๙", "ลงวันที่ ๑ ต.ค. ๒๕๖๘")),
    ],
)
def test_value_prints_and_reads_back(kind, value, printed):
    assert show(value, of(kind), Edge()) == printed
    assert read([Line(text) for text in printed], of(kind)) == value


def test_english_paper_has_arabic_digits_and_christian_years():
    assert show(date(2026, 2, 5), of(Kind.DATE), Edge(thai_digits=False, language="en")) == ("5 February 2026",)
    assert read([Line("February")], of(Kind.TEXT)) == "February"
    assert read([Line("5th February, 2026")], of(Kind.DATE)) == date(2026, 2, 5)


def test_nothing_is_a_dash_in_a_cell_and_leaders_in_a_sentence():
    assert show(None, of(Kind.MONEY), Edge()) == ("-",)
    assert say("", of(Kind.TEXT), Edge()) == "...................."
    assert read([Line("-")], of(Kind.LIST)) == ()
    assert read_words("........", of(Kind.DATE)) is None


@pytest.mark.parametrize(
    ("kind", "printed", "value"),
    [
        (Kind.OFFER, "ห้างหุ้นส่วนจำกัด สวนพลู เสนอราคา ๑๒,๐๐๐ บาท", Offer("ห้างหุ้นส่วนจำกัด สวนพลู", Decimal(12000))),
        (Kind.OFFER, "ร้าน ก : 9500.75", Offer("ร้าน ก", Decimal("9500.75"))),
        (Kind.REFERENCE, "๑๒/๒๕๖๘ วันที่ ๓ ตุลาคม พ.ศ. ๒๕๖๘", Reference("๑๒/๒๕๖๘", date(2025, 10, 3))),
        (Kind.REFERENCE, "๑๒/๒๕๖๘", Reference("๑๒/๒๕๖๘", None)),
        (Kind.PERIOD, "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙", Period(date(2025, 10, 1), date(2026, 9, 30))),
        (Kind.PERIOD, "ไตรมาสที่ ๑ - ๒/๒๕๖๙", Period(date(2025, 10, 1), date(2026, 3, 31))),
        (Kind.TIME, "เวลา 09.30 น.", time(9, 30)),
        (Kind.MONTH, "เดือนตุลาคม พ.ศ. ๒๕๖๘", date(2025, 10, 1)),
        (Kind.WHOLE, "๑,๒๓๔", 1234),
        (Kind.MONEY, "๑,๒๓๔.๕๐ บาท", Decimal("1234.50")),
        (Kind.LIST, "๑. สำรวจ ๒. ยกร่าง", ("สำรวจ", "ยกร่าง")),
        (Kind.LIST, "- กองคลัง - กองช่าง", ("กองคลัง", "กองช่าง")),
    ],
)
def test_other_spellings_are_read(kind, printed, value):
    assert read([Line(printed)], of(kind)) == value


@pytest.mark.parametrize(
    ("kind", "printed"),
    [(Kind.WHOLE, "๑.๕"), (Kind.MONEY, "สามร้อย"), (Kind.DATE, "๓๑ ก.พ. ๒๕๖๘"), (Kind.TIME, "๒๕.๐๐ น."), (Kind.OFFER, "ร้าน ก"),
     (Kind.MONTH, "ตุลาคม"), (Kind.PERIOD, "เร็ว ๆ นี้"), (Kind.ORDINAL, "ก")],
)  # fmt: skip
def test_what_is_no_value_is_refused(kind, printed):
    with pytest.raises(Unreadable):
        read([Line(printed)], of(kind))


def test_choice_is_read_by_label_other_label_or_likeness_never_by_its_beginning():
    assert read([Line("กรรมการ")], ROLES) == "m"
    assert read([Line("กรรมการ และเลขานุการ")], ROLES) == "s"
    assert read([Line("เลขานุการ")], ROLES) == "s"
    assert read([Line("กรรมการและเลขานุการฯ")], ROLES) == "s"
    with pytest.raises(Unreadable):
        read([Line("ที่ปรึกษา")], ROLES)


def test_list_items_go_on_over_lines_and_may_begin_with_a_number():
    lines = [Line("๑. ๕ ส ทุก"), Line("วันศุกร์"), Line("๒. ตรวจ ๓. ครั้ง")]
    assert read(lines, of(Kind.LIST)) == ("๕ ส ทุก วันศุกร์", "ตรวจ ๓. ครั้ง")


def test_sentence_joins_its_lists():
    bases = Declared("bases", Kind.LIST, joiner=" ประกอบกับ")
    assert say(("ก", "ข"), bases, Edge()) == "ก ประกอบกับข"
    assert read_words("ก ประกอบกับข", bases) == ("ก", "ข")


def test_value_with_more_decimals_than_are_printed_does_not_fit():
    assert fits(Decimal("1.25"), of(Kind.MONEY))
    assert not fits(Decimal("1.255"), of(Kind.MONEY))
    assert not fits(Decimal("NaN"), of(Kind.NUMBER))
    assert not fits(date(2025, 10, 2), of(Kind.MONTH))
    assert not fits((Offer("ก", Decimal("0.001")),), of(Kind.OFFERS))
