"""Separated values, OpenDocument sheets and old Excel workbooks."""

import base64
import lzma
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from prongsai.documents.read.sheets import read
from prongsai.errors import LimitExceeded, Where
from tests.documents.read.workbooks import (
    HEADS,
    codes,
    ods,
    refusal,
    shape,
)

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


# Separated values


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(delimiter: str) -> None:
    rows = [["ที่", "รายการ", "หมายเหตุ"], ["1", "ก, ข และ ค; ง", ""], ["2", 'ว่า "ดี"', "x"]]
    lines = [delimiter.join(f'"{each.replace(chr(34), chr(34) * 2)}"' for each in row) for row in rows]
    assert shape(read("\r\n".join(lines).encode(), "ก.csv")) == [rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_encoding_is_found(encoding: str) -> None:
    document = read("ที่,รายการ\n๑,น้ำประปา\n".encode(encoding), "ก.csv")
    assert (shape(document), document.encoding, document.format) == (
        [[["ที่", "รายการ"], ["๑", "น้ำประปา"]]],
        encoding,
        "csv",
    )


def test_lines_of_the_file_are_the_places() -> None:
    content = 'sep=;\nรายงาน\n\nที่;ค่า\n1;"ก\nข"\n2;ค\n'
    document = read(content.encode(), "ก.csv")
    table = next(document.tables())
    assert shape(document) == ["รายงาน", [["ที่", "ค่า"], ["1", "ก / ข"], ["2", "ค"]]]
    assert next(document.paragraphs()).where == Where("ก.csv", 2, None, None, 1, 1)
    assert [row.where for row in table.rows] == [
        Where("ก.csv", 4, None, 1, 3),
        Where("ก.csv", 5, None, 1, 4),
        Where("ก.csv", 7, None, 1, 5),
    ]


def test_quote_that_is_never_closed_loses_no_line() -> None:
    document = read('ที่,ค่า\n1,"ก\n2,ข\n3,ค\n'.encode(), "ก.csv")
    assert shape(document) == [[["ที่", "ค่า"], ["1", "ก"], ["2", "ข"], ["3", "ค"]]]
    assert [(each.code, each.where.row, each.evidence) for each in document.problems] == [
        ("CSV_QUOTE_OPEN", 2, ('1,"ก',))
    ]


def test_words_made_harmless_for_programs_come_back() -> None:
    assert shape(read("ก,ข\n'=1+1,'ดี\n'-5,'@x\n".encode(), "ก.csv")) == [[["ก", "ข"], ["=1+1", "'ดี"], ["-5", "@x"]]]


@pytest.mark.parametrize("content", [b"", b" \n", b"a,b\x00c\n1,2\n", bytes(range(128, 256)) * 20])
def test_empty_or_binary_values_are_refused(content: bytes) -> None:
    refusal(content, "ก.csv")


def test_wide_or_long_values_are_refused() -> None:
    assert refusal(",".join("x" * 300).encode(), "ก.csv") == ("ไฟล์ ก.csv ใหญ่เกินไป: มี 300 คอลัมน์ เกินขีดจำกัด 200 คอลัมน์")
    with pytest.raises(LimitExceeded):
        read(b"x,y\n" * 250_000, "ก.csv")


def test_sample_scores_are_one_table_with_three_columns() -> None:
    path = SAMPLES / "clean" / "scores-2567.csv"
    table = next(read(path.read_bytes(), path.name).tables())
    assert {len(row.cells) for row in table.rows} == {3}


# OpenDocument

SHEET = (
    '<table:table table:name="งบ"><table:table-column/><table:table-column table:visibility="collapse"/>'
    '<table:table-row><table:table-cell table:number-columns-spanned="3"><text:p>สรุป<text:s text:c="2"/>งบ</text:p></table:table-cell>'
    '<table:covered-table-cell table:number-columns-repeated="2"/><table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
    '<table:table-row><table:table-cell><text:p>ที่</text:p></table:table-cell><table:table-cell><text:p>ร้อยละ</text:p></table:table-cell>'
    '<table:table-cell><text:p>วัน</text:p></table:table-cell></table:table-row>'
    '<table:table-row table:number-rows-repeated="2" table:visibility="filter"><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p>'
    '<office:annotation><text:p>ตรวจแล้ว</text:p></office:annotation></table:table-cell>'
    '<table:table-cell office:value-type="percentage" office:value="0.935"><text:p>93.5%</text:p></table:table-cell>'
    '<table:table-cell office:value-type="date" office:date-value="2025-10-09"><text:p>10/09/25</text:p></table:table-cell></table:table-row>'
    '<table:table-row><table:table-cell table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>'
    '<table:table-cell><text:p>ก</text:p><text:p>ข<text:line-break/>ค</text:p></table:table-cell><table:table-cell/></table:table-row>'
    '<table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
)  # fmt: skip


def test_open_document_sheet_gives_what_is_printed_in_it() -> None:
    document = read(ods(SHEET, **{"Basic/Standard/Module1.xml": "x"}), "ก.ods")
    assert shape(document) == [
        "สรุป งบ",
        [
            ["ที่", "ร้อยละ", "วัน"],
            ["1", "93.5%", "9 ตุลาคม 2568"],
            ["1", "93.5%", "9 ตุลาคม 2568"],
            ["#DIV/0!", "ก / ข / ค", ""],
        ],
    ]
    assert [cell.value for cell in next(document.tables()).rows[1].cells] == [
        Decimal(1),
        Decimal("0.935"),
        date(2025, 10, 9),
    ]
    assert [(each.code, each.where.row, each.where.column) for each in document.problems] == [
        ("MACRO_IGNORED", None, None),
        ("HIDDEN_ROWS", 3, None),
        ("HIDDEN_COLUMNS", None, 2),
        ("COMMENT", 3, 1),
        ("FORMULA_ERROR", 5, 1),
    ]


def test_hidden_open_document_sheet_is_said() -> None:
    style = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    sheet = '<table:table table:name="ลับ" table:style-name="ta1"><table:table-row><table:table-cell><text:p>ก</text:p></table:table-cell></table:table-row></table:table>'
    assert codes(read(ods(sheet, style), "ก.ods")) == ["HIDDEN_SHEET"]


@pytest.mark.parametrize(
    ("rows", "columns", "said"),
    [(1, 16_384, "16,384 คอลัมน์"), (1_048_576, 1, "1,048,576 แถว"), (190_000, 190, "500,001 ช่อง")],
)
def test_cell_repeated_without_end_is_refused(rows: int, columns: int, said: str) -> None:
    sheet = (
        f'<table:table table:name="ก"><table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    )
    assert said in refusal(ods(sheet), "ก.ods")


# Old Excel

OLD = (
    "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4B3/Bx9dAGgzvhyGMHdg9KSEKcLeHHYngvKRhtyIyie66K/HrG83KblLWX+OOViBvFCZ8Hjg"
    "XLTV4nuXqI8MnAu4h6J9Log4Wp3If9sD5QDxlhJRkO+HK3BWSCENQeIDG91x7ts0v7GliFhargzOLkInge4eK8nBsw+nd3jdPUrKbq/I"
    "T7Pol2R3xKq02V5kx1ajjnE8gXSTybx2k3yVDSOmJr6K9zsYhAuNB5DUbl0vMSiyzHheHwx/kx2qXymJ32Hb3681uSnqeEb9BczOXN72"
    "lfaN0w9ygRalwcKNw7U8H/GCDQMpWITJDsvZgJpK/GJTJUbK98GgAOiyKM/qVt5W04cOwR1Lg2ShRp150xGhG+a62OZgPI/FJ5LGs1a+"
    "322cDOfIafWu8SnNPzYftCBZKbGyJMam8wwNf8dGnWjCfGl385BJ5R4eHzT9RDrlDwTvHQ19/JPHpX0SDaQzYabPdeCQx/ZP662mAXkg"
    "BCXeP9IwNW7yEKbKy2Q6VA/dYvTv42+lCpjlJQ9KDiaf0Yp0CP5ZMsXGD4Oyfw/SM9IWFsBN6ahEjIGDvnu7/4V4IgwZAHvwNHC4OM9V"
    "xv9kganglo1JYpJSElqHlKoObU+J1XP5xnKEROOIDMf9Jj3MjZVH7jileDkYxWqHzLM7EzXUJAyaHf2JlBf4s1aLyVCn398NkaT9DbvL"
    "rWiEf5k2my4wPiGY0I5//8bXp8QBssos0uq7j5TAszIRcv3UDv8uC9hp01LCNGKKXDpAt1RZHv/sW+VXTte+ghVujNUMa1NaQcqvgI1j"
    "v62RVcCI4c29VBgKbIVI9GE7E6EMlAiu9b5J4DZunwk4XA8dc4R5fys3lDTXZTN7Qn1JZyBIOqt4SPpHbtQu92nsRvAigIPI1Iee+PSE"
    "qTs+IULSCz4kT8VYcXK+TwaGJz2CfhznU1NBRa2reOGNAnChEonss0HkIp3ra4pQOdBC0SLtMvtJVZOSM1bFyBx897pTPBSXHa972ZEM"
    "3Qg4YHYAYZbV7+b/JB/XDq1jsgd2gRGWVnUwLRh91paPaaIRy8cqu5Kbdr1of7hJtYrAx11gHSns/rj/L4+SjcD6QM4IlJ15stxryyZP"
    "WC+y1F98Tw/TqjJbejxPBF4i97Hc4Ut6Td8bbQWxn7A47YicfNVk06B4WuJfVFMFOWe2OZuzLygxeiFoSTWHfYULyrU80wxNcf51CBCi"
    "Nqi8pBo0OzF43aI7nG/mEvZyjIaKiAsRx/oYyncoWxd22guiHJooCShNVxgIftWPqf3NadzDR82tvWQa9zFN3tHh5RFuW65i80OuzJu3"
    "fRPNn2dARDQDVEn11EagMubWeyOyf81U4wHHyV0ilvYSymZBg1/GJa1D/SbiKXgs68HsmR65onHxDK3OHGaClcu0KH0NYctjwMVffuYG"
    "nWyQkRLBk1gaeNbujrhMzoxUJOBbVNQPxotVGvDI6UDLNmDNALq4scJhhnHYWk9n2W5P3pA4Iaa+7R+BrZkSQ7TfE1WXiPZNP2La43+p"
    "6QnM4U1poXQDBkPsi6Mc4Gcevi4vfuxHJMn9rfzRpzKiqc/msT3NPlN5SE8fEy+wiY6pfwBTudUvWQasKHB6FYbEH5hrQhphj1+8vUzS"
    "T8r0HuTyxhBEmvwv4efSjgSBry2BWWssYZBvEA8gYSt3J6NMQL9vmmYcksjdQatjo6PD/6+4n/MPlSJOxMMmF2d+YZkP9PAUn2Dcqa5r"
    "y2Rp/MiL1Ebe9p3NZVbrQ2YPoUl5IIw8460xRexam7eq+21K2UvXWMwZ+MaKi1M+nqcsjmoNInDKFuI2pHWYzWFhbF24SXnBSO6Tm7/9"
    "NWhRcprX3DxVqI6fV4kKIvu0ya7yEzCMDiNlITRfjGV8eUOt/6dcEunOwHMgmlAnEYA1UjurPPzTfAp6VbpbYVf1J8J4y+9w9RRaAxeR"
    "60suus9VsiDaLEvbuRG4yKBF1PE7k2omA99bfXrpj5OEKHf4URZytpjjUUCBVl/RjscfF9QoLqHNlsPtUm97HxROzX0bj5xCxTDFqj4Z"
    "HCr64cBqZn+1jsBjMDCWNLUdjt9mDASRw/DE7HisxsOAl7knHSB/2SKvFYgJLHZF635jKldb50dAUCyRMIvfZP889eQJf92MPIQ+S9zw"
    "p8B6jpwiwZsuwuzvCd1AD1sMcS9dVnVfX6xWqM//Oz1TAVnCQKeZq4q7osLDP9Wj/+DN2CVRKKKq759r62Lb5GHXK7BFHPhLSWGRltXm"
    "PXnu61OU+D8mIIUBXNlZ4AS811Abc5ki6cpwpMnru6J4ktvnqfGuQn3MONf24Q++DLeI0IxMmaeik+ykxcSR1yn1qg+FAtptRHmMr6x9"
    "nioSchCImhUGunzCVzoiZHU2912AYU3Zjcm3Klbsi4Yj8LrCR9tfIb/Gfou27uu0yt8m5oQRHoXbl4wkAAByABGPWQr+EQABuw6APAAA"
    "xSNAzLHEZ/sCAAAAAARZWg=="
)
"""A workbook of made-up words, saved as .xls by LibreOffice."""


def test_old_workbook_gives_values_formats_and_what_is_hidden() -> None:
    document = read(lzma.decompress(base64.b64decode(OLD)), "เก่า.xls")
    assert shape(document) == [
        "สรุปงบ 2568",
        [
            HEADS,
            ["1", "ค่าจ้าง / รายเดือน", "12,345.50", "45.67%"],
            ["2", "ค่าไฟ", "๑,๐๐๐", "#DIV/0!"],
            ["3", "รวมสองแถว", "9 ตุลาคม 2568", ""],
            ["", "รวมสองแถว", "9 ตุลาคม 2568", ""],
        ],
        "กล่องข้อความ",
        "ซ่อน",
    ]
    rows = next(document.tables()).rows
    assert [(rows[at].cells[1].rows, rows[at].cells[1].covered) for at in (3, 4)] == [(2, False), (1, True)]
    assert [rows[at].cells[2].value for at in (1, 3, 4)] == [Decimal("12345.5"), date(2025, 10, 9), date(2025, 10, 9)]
    assert [(each.code, each.where.row, each.where.column) for each in document.problems] == [
        ("HIDDEN_ROWS", 5, None),
        ("HIDDEN_COLUMNS", None, 4),
        ("DATE_YEAR_TYPED_BE", 7, 3),
        ("FORMULA_ERROR", 5, 4),
        ("COMMENT", None, None),
        ("HIDDEN_SHEET", None, None),
    ]


def test_old_workbook_that_is_cut_is_refused() -> None:
    content = lzma.decompress(base64.b64decode(OLD))
    assert refusal(content[:600] + "Workbook".encode("utf-16-le"), "ก.xls") == "ไฟล์ ก.xls เสียหายหรือมาไม่ครบ"
