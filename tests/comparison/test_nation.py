"""Who is the same agency over tables: by code, by name and place, and never by a guess."""

from __future__ import annotations

import pytest

from prongsai.comparison.importing import Shelf, import_file
from prongsai.comparison.model import CheckedTable, Named, Nation
from prongsai.comparison.nation import put_together
from prongsai.thai.agencies import KINDS
from prongsai.thai.places import province

KIND = next(kind for kind in KINDS if kind.short == "อบต.")


def table(text: str, year: int = 2561) -> CheckedTable:
    (found,) = import_file(text.encode(), f"{year}.csv", Shelf())
    return found.tables[0]


def of(*texts: str) -> Nation:
    return put_together([table(text, 2561 - at) for at, text in enumerate(texts)])


CODED = "รหัส,หน่วยงาน,จังหวัด,คะแนน\n06160101,อบต.ท่าไม้,ลพบุรี,90\n06160102,อบต.บ้านไผ่,ลพบุรี,80\n"


def test_row_without_a_code_is_of_the_only_agency_that_fits() -> None:
    nation = of(CODED, "หน่วยงาน,จังหวัด,คะแนน\nองค์การบริหารส่วนตำบล ท่าไม้,จ.ลพบุรี,70\n")
    assert sorted(nation.agencies) == ["06160101", "06160102"]
    assert [str(one.total) for one in nation.of_agency("06160101")] == ["70", "90"]
    assert nation.agencies["06160101"].printed == ("อบต.ท่าไม้", "องค์การบริหารส่วนตำบล ท่าไม้")


def test_row_that_may_be_two_agencies_is_told_and_left_out() -> None:
    two = "รหัส,หน่วยงาน,อำเภอ,จังหวัด,คะแนน\n06160101,อบต.ท่าไม้,โคกสำโรง,ลพบุรี,90\n06160201,อบต.ท่าไม้,บ้านหมี่,ลพบุรี,80\n"
    nation = of(two, "หน่วยงาน,จังหวัด,คะแนน\nอบต.ท่าไม้,ลพบุรี,70\n")
    assert [(at, one.code, one.where.row) for at, one in nation.problems] == [(1, "COMPARE_AGENCY_AMBIGUOUS", 2)]
    assert "06160101" in nation.problems[0][1].message_th and "06160201" in nation.problems[0][1].message_th
    assert nation.years == (2561,)


def test_district_tells_two_agencies_of_one_name_apart() -> None:
    two = "รหัส,หน่วยงาน,อำเภอ,จังหวัด,คะแนน\n06160101,อบต.ท่าไม้,โคกสำโรง,ลพบุรี,90\n06160201,อบต.ท่าไม้,บ้านหมี่,ลพบุรี,80\n"
    nation = of(two, "หน่วยงาน,อำเภอ,จังหวัด,คะแนน\nอบต.ท่าไม้,บ้านหมี่,ลพบุรี,70\n")
    assert nation.problems == ()
    assert [str(one.total) for one in nation.of_agency("06160201")] == ["70", "80"]


def test_official_list_gives_a_row_its_code() -> None:
    lopburi = province("ลพบุรี")
    assert lopburi is not None
    listed = [Named(KIND, "ท่าไม้", lopburi, code="06160101"), Named(KIND, "บ้านไผ่", lopburi, code="06160102")]
    nation = put_together([table("หน่วยงาน,จังหวัด,คะแนน\nอบต.ท่าไม้,ลพบุรี,70\n")], listed)
    assert list(nation.agencies) == ["06160101"]


def test_same_name_in_another_province_is_another_agency() -> None:
    nation = of("หน่วยงาน,จังหวัด,คะแนน\nอบต.ท่าไม้,ลพบุรี,70\nอบต.ท่าไม้,อ่างทอง,60\n")
    assert len(nation.agencies) == 2


def test_key_of_an_agency_without_a_code_stays() -> None:
    one = of("หน่วยงาน,จังหวัด,คะแนน\nอบต.ท่าไม้,ลพบุรี,70\n")
    other = of("หน่วยงาน,จังหวัด,คะแนน\nอบต.วังยาง,ลพบุรี,60\nองค์การบริหารส่วนตำบลท่าไม้,ลพบุรี,70\n")
    assert set(one.agencies) < set(other.agencies)


def test_two_tables_of_one_year_that_disagree_are_told_and_the_later_counts() -> None:
    tables = [table(CODED), table("รหัส,หน่วยงาน,จังหวัด,คะแนน\n06160101,อบต.ท่าไม้,ลพบุรี,91\n")]
    nation = put_together(tables)
    assert [(at, one.code) for at, one in nation.problems] == [(1, "COMPARE_OTHERWISE")]
    assert str(nation.results["06160101", 2561].total) == "91"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("อบต.ท่าไม้,,70", "COMPARE_PROVINCE_MISSING"),
        ("อบต.ท่าไม้,ลพบุรีย์,70", "COMPARE_PROVINCE_MISSING"),
        (",ลพบุรี,70", "COMPARE_AGENCY_MISSING"),
        ("โรงเรียนท่าไม้,ลพบุรี,70", "COMPARE_AGENCY_UNREAD"),
    ],
)
def test_row_whose_agency_cannot_be_told_is_named_and_not_shown(row: str, code: str) -> None:
    found = table(f"หน่วยงาน,จังหวัด,คะแนน\nอบต.บ้านไผ่,ลพบุรี,80\n{row}\n")
    assert [(one.code, one.where.row) for one in found.all_problems] == [(code, 3)]
    assert len(put_together([found]).agencies) == 1


def test_provincial_administration_needs_no_province() -> None:
    assert len(of("หน่วยงาน,คะแนน\nอบจ.ลพบุรี,70\nองค์การบริหารส่วนจังหวัดอ่างทอง,60\n").agencies) == 2
