"""Records from JSON: a dataclass made, or every fault at once with its place in Thai and English."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

import pytest

from prongsai.errors import RecordsInvalid
from prongsai.reports.load import Loading, load, printed_place, sample_data


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    day: date | None = None
    colour: Colour = Colour.RED


@dataclass(frozen=True, slots=True)
class Store:
    owner: Thing
    things: tuple[Thing, ...]
    count: int
    price: Decimal | None
    opens: time | None = None


WHOLE = {"owner": {"name": "ก"}, "things": [{"name": "ข"}, {"name": "ค"}], "count": 2, "price": 1.25}


def faults(data: object, *, fill: bool = False) -> list[tuple[str, str]]:
    with pytest.raises(RecordsInvalid) as caught:
        load(Store, data, fill=fill)
    return [(problem.code, problem.message_th) for problem in caught.value.problems]


def test_whole_records_are_made() -> None:
    wanted = Store(Thing("ก"), (Thing("ข"), Thing("ค")), 2, Decimal("1.25"))
    assert load(Store, WHOLE) == wanted
    assert load(Store, {**WHOLE, "opens": "09:30"}).opens == time(9, 30)


def test_what_is_left_out_is_a_fault_unless_it_may_be_filled() -> None:
    data = {"owner": {"name": "ก"}, "count": 0}
    assert faults(data) == [
        ("RECORD_FIELD_MISSING", "things: ขาดช่องนี้"),
        ("RECORD_FIELD_MISSING", "price: ขาดช่องนี้"),
    ]
    assert load(Store, data, fill=True) == Store(Thing("ก"), (), 0, None)
    assert faults({}, fill=True) == [
        ("RECORD_FIELD_MISSING", "owner.name: ขาดช่องนี้"),
        ("RECORD_FIELD_MISSING", "count: ขาดช่องนี้"),
    ]


def test_every_fault_is_told_at_once_and_lists_count_from_one() -> None:
    things = [{"name": "ข", "nmae": "ง"}, {"name": 3, "day": "2568-01-31", "colour": "green"}]
    assert faults({**WHOLE, "things": things, "count": "สอง", "price": "แพง"}) == [
        ("RECORD_FIELD_UNKNOWN", "things[1].nmae: ไม่มีช่องชื่อนี้"),
        ("RECORD_BUDDHIST_YEAR", "things[2].day: เป็นปี พ.ศ. ต้องใช้ปี ค.ศ. เช่น 2024-03-31"),
        ("RECORD_VALUE_WRONG", "things[2].name: ต้องเป็นข้อความในเครื่องหมายคำพูด"),
        ("RECORD_VALUE_WRONG", "things[2].colour: ใช้ค่านี้ไม่ได้ ต้องเป็น 'red' หรือ 'blue'"),
        ("RECORD_VALUE_WRONG", "count: ต้องเป็นจำนวนเต็ม"),
        ("RECORD_VALUE_WRONG", "price: ต้องเป็นตัวเลข"),
    ]


@pytest.mark.parametrize(
    "day", ["31/03/2024", "2024-3-31", "๒๐๒๔-๐๓-๓๑", "2024-03-31T00:00:00", 20240331, "", "2023-02-29"]
)
def test_days_are_taken_in_one_form_only(day: object) -> None:
    told = "owner.day: ต้องเป็นวันที่มีจริง แบบ ค.ศ. เช่น 2024-03-31"
    assert faults({**WHOLE, "owner": {"name": "ก", "day": day}}) == [("RECORD_VALUE_WRONG", told)]


@pytest.mark.parametrize("moment", ["9.30", "24:00", 930, "๐๙:๓๐"])
def test_times_are_taken_in_one_form_only(moment: object) -> None:
    assert faults({**WHOLE, "opens": moment}) == [("RECORD_VALUE_WRONG", "opens: ต้องเป็นเวลา เช่น 09:30")]


def test_problem_says_place_value_and_mend_in_both_languages() -> None:
    with pytest.raises(RecordsInvalid) as caught:
        load(Store, {**WHOLE, "owner": {"name": "ก", "dya": 1, "day": "2568-01-31"}})
    unknown, buddhist = caught.value.problems
    assert (unknown.message, unknown.evidence) == ("owner.dya: there is no such field", ("owner.dya", "1"))
    assert (unknown.mend, unknown.mend_th) == ("known are name, day, colour", "ช่องที่มีคือ name, day, colour")
    assert buddhist.message == "owner.day: a year of the Buddhist era; write it as 2024-03-31"
    assert (buddhist.evidence, buddhist.mend_th) == (("owner.day", "'2568-01-31'"), "ลบ 543 จากปี")


def test_line_of_the_exception_names_five_faults_and_counts_the_rest() -> None:
    with pytest.raises(RecordsInvalid) as caught:
        load(Store, {**WHOLE, "things": [{}] * 8})
    first = "; ".join(f"things[{number}].name: ขาดช่องนี้" for number in range(1, 6))
    assert caught.value.one_line == f"ข้อมูลสำหรับเขียนเอกสารใช้ไม่ได้: {first} และอีก 3 แห่ง"


@pytest.mark.parametrize("data", [None, [], "ก", 7])
def test_what_is_no_object_is_one_fault_of_the_whole(data: object) -> None:
    assert faults(data) == [("RECORD_VALUE_WRONG", "ทั้งไฟล์: ต้องเป็นกลุ่มข้อมูลใน { }")]


def test_texts_are_taken_as_they_are_printed() -> None:
    assert load(Thing, {"name": "ทํา  คู่มือ\nใหม่\u200b", "colour": " blue "}) == Thing("ทำ คู่มือ ใหม่", None, Colour.BLUE)


def test_records_may_be_read_one_by_one_at_their_places() -> None:
    loading = Loading()
    assert loading.read(Thing, {"name": "ก"}, ("rows", 0)) == Thing("ก")
    assert loading.read(Thing, {}, ("rows", 1)) is None
    assert [problem.evidence for problem in loading.problems] == [("rows[2].name",)]


def test_place_is_printed_as_people_count() -> None:
    assert printed_place(("rows", 1, "period", "start")) == "rows[2].period.start"
    assert printed_place(()) == ""


def test_sample_is_the_json_of_its_file() -> None:
    assert sample_data("memo")["signer"].keys() >= {"name", "position"}
