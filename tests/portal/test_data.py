"""Open data: what programs of sheets read, what programs read, and what columns mean."""

from __future__ import annotations

import csv
import io
import json

import pytest

from prongsai.portal.data import addresses_of, data_file, harmless
from prongsai.portal.model import Column, DataTable
from tests.portal import sample


def rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_keeps_days_and_gives_plain_numbers() -> None:
    told = rows(data_file(sample.purchases(2), "csv"))
    assert told[0] == [column.label for column in sample.COLUMNS]
    assert told[1][:4] == ["1", "จ้างซ่อมแซมถนนคอนกรีต ครั้งที่ 1", "1750.00", "2026-02-02"]
    assert b"\r\n" in data_file(sample.purchases(2), "csv")


def test_json_has_keys_and_numbers() -> None:
    told = json.loads(data_file(sample.purchases(1), "json"))
    assert told["rows"][0] == {
        "no": 1,
        "work": "จ้างซ่อมแซมถนนคอนกรีต ครั้งที่ 1",
        "budget_thb": 1750,
        "contract_on": "2026-02-02",
        "winner": "ห้างหุ้นส่วนจำกัดลพบุรีก่อสร้าง",
        "method": "เฉพาะเจาะจง",
        "reason": "ราคาต่ำสุด คุณสมบัติครบ",
        "contract_no": "1/2569",
    }
    assert told["columns"][2] == {
        "key": "budget_thb",
        "label": "วงเงิน (บาท)",
        "type": "money",
        "note": "วงเงินที่จะซื้อหรือจ้าง",
    }


def test_dictionary_says_what_each_column_means() -> None:
    told = rows(data_file(sample.purchases(1), "dictionary.csv"))
    assert told[4] == ["4", "วันที่ทำสัญญา", "contract_on", "วันที่ (ปี-เดือน-วัน ค.ศ.)", "ปี ค.ศ. ตามมาตรฐาน ISO 8601"]
    assert len(told) == 1 + len(sample.COLUMNS)


@pytest.mark.parametrize(
    "words", ["=1+1", "+66 81", "@SUM(A1)", "\t=cmd", " =1", "\ufeff=1", "-2+3", "=HYPERLINK(1)", "\r=1", "\x00=1"]
)
def test_words_that_would_run_are_told_as_words(words: str) -> None:
    assert harmless(words).startswith("'")


@pytest.mark.parametrize("words", ["-500", "-1,200.50", "-", "--", "–", "๑๒", "ข้อความ =1", "", "1=1"])
def test_numbers_and_dashes_stay(words: str) -> None:
    assert harmless(words) == words


def test_nothing_in_a_csv_of_the_hostile_page_would_run() -> None:
    page = next(one for one in sample.rich_pages() if one.path == "hostile")
    told = rows(data_file(page.releases[0].tables[0], "csv"))
    assert [cell for row in told for cell in row if cell.lstrip(" \ufeff")[:1] in {"=", "+", "@", "\t", "\r"}] == []
    assert [cell for row in told for cell in row if cell.startswith("-")] == ["-500", "-"]


def test_first_table_stands_at_the_address_itself() -> None:
    one, two = sample.purchases(1, "one"), sample.purchases(1, "two")
    assert list(addresses_of("2569/x", [one])) == ["2569/x.csv", "2569/x.json", "2569/x.dictionary.csv"]
    assert [at for at in addresses_of("2569/x", [one, two]) if at.endswith(".json")] == [
        "2569/x.json",
        "2569/x/one.json",
        "2569/x/two.json",
    ]
    assert addresses_of("2569/x", []) == {}


def test_columns_without_or_with_the_same_key_are_told_apart() -> None:
    table = DataTable("t", "ก", (Column("a", "ก"), Column("a", "ข"), Column("", "ค")), (("1", "2"),))
    assert json.loads(data_file(table, "json"))["rows"] == [{"a": "1", "a_2": "2", "column_3": ""}]
