from pathlib import Path

import pytest

from prongsai.errors import FileUnusable, LimitExceeded
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Finding
from prongsai.web.evidence.models import File
from prongsai.web.intake import services
from prongsai.web.intake.models import Intake, IntakeRow, RowKind, RowState
from prongsai.web.plans.models import Measure
from tests.web.intake.papers import FAULTY, take, take_sample

pytestmark = pytest.mark.django_db


def test_take_in_makes_a_row_a_record_and_puts_nothing_in_a_cycle(scope):
    intake = take_sample(scope(Role.COORDINATOR), "gap-memo-2566.txt")
    assert (intake.kind, intake.fiscal_year_be, intake.confidence) == ("gap_memo", 2566, 1.0)
    rows = list(intake.rows.all())
    assert len(rows) == 25 and {row.state for row in rows} == {RowState.WAITING}
    assert [row.place for row in rows] == list(range(1, 26))
    assert (Finding.objects.count(), Measure.objects.count()) == (0, 0)
    entry = AuditEntry.objects.get(action="intake.take")
    assert entry.changes == {"file": [None, "gap-memo-2566.txt"], "kind": [None, "gap_memo"], "rows": [None, 25]}


def test_row_keeps_the_printed_words_and_the_line_of_each_field(scope):
    row = take_sample(scope(Role.COORDINATOR), "gap-memo-2566.txt").rows.get(place=2)
    origin = row.read["origin"]
    assert origin["where"]["file"] == "gap-memo-2566.txt" and origin["where"]["line"] == 28
    assert origin["printed"]["score"] == "๐" and row.values["score"] == 0
    assert row.values["units"] == ["งานนิติการ", "งานประชาสัมพันธ์"]
    assert "origin" not in row.values


def test_zero_written_as_a_circle_is_zero_and_an_empty_score_stays_empty(scope):
    head = "ที่\tตัวชี้วัด\tคะแนน ปี ๒๕๖๕\tสิ่งที่ปฏิบัติ\tข้อเสนอแนะ\tหน่วยงาน รับผิดชอบ"
    lines = [f"O{n}\tเรื่องที่ {n} ของเทศบาล : แสดงข้อมูล\t{score}\tไม่ได้ดำเนินการ\t- ทำข้อ {n}\t- กองคลัง"
             for n, score in ((3, "○"), (4, "๐"), (5, "0"), (6, ""))]  # fmt: skip
    text = "\n".join(["แจ้งข้อมูลตามแบบวัด OIT ปีงบประมาณ พ.ศ. ๒๕๖๖", "", head, *lines])
    intake = services.take_in(scope(Role.COORDINATOR), name="memo.txt", content=text.encode())
    assert [row.values["score"] for row in intake.rows.all()] == [0, 0, 0, None]


def test_same_file_twice_is_one_intake(scope):
    me, other = scope(Role.COORDINATOR), scope(Role.ANALYST)
    first = take_sample(me, "tracking-2567.txt")
    again = services.take_in(other, name="ชื่ออื่น.txt", content=(FAULTY.parent / "clean/tracking-2567.txt").read_bytes())
    assert again.pk == first.pk
    assert (Intake.objects.count(), IntakeRow.objects.count(), File.objects.count()) == (1, 10, 1)


def test_same_file_of_another_agency_is_its_own_intake(scope, other_agency):
    from tests.web import office

    first = take_sample(scope(Role.COORDINATOR), "tracking-2567.txt")
    second = take_sample(office.scope(other_agency, Role.COORDINATOR), "tracking-2567.txt")
    assert first.pk != second.pk


def test_problems_stand_with_the_row_that_they_are_about(scope):
    intake = take(scope(Role.COORDINATOR), FAULTY / "gap-memo-2564.txt")
    for row in intake.rows.exclude(problems=[]):
        lines = {*row.read["origin"].get("lines", []), row.read["origin"]["where"]["line"]}
        assert {problem["where"]["line"] for problem in row.problems} <= lines
        worse = any(problem["severity"] != "info" for problem in row.problems)
        assert row.is_clean is not worse


def test_problems_of_the_paper_as_a_whole_stand_with_the_intake(scope):
    intake = take_sample(scope(Role.COORDINATOR), "tracking-2567.txt")
    assert [problem["code"] for problem in intake.problems] == ["MISSING_FIELD"]
    assert "MISSING_FIELD" not in {problem["code"] for row in intake.rows.all() for problem in row.problems}


def test_advice_like_its_neighbours_is_a_warning(scope):
    intake = take(scope(Role.COORDINATOR), FAULTY / "gap-memo-2564.txt")
    codes = {(problem["code"], problem["severity"]) for row in intake.rows.all() for problem in row.problems}
    assert ("RECOMMENDATION_REPEATED", "warning") in codes


def test_damaged_paper_keeps_every_record_and_none_of_them_is_clean(scope):
    intake = take(scope(Role.COORDINATOR), FAULTY / "damaged-2566.txt")
    assert intake.needs_person and intake.report["reasons"]
    assert intake.rows.filter(kind=RowKind.MEASURE).exists()
    assert not intake.rows.filter(is_clean=True).exists()


def test_paper_of_no_known_kind_is_kept_without_rows_and_says_why(scope):
    intake = services.take_in(scope(Role.COORDINATOR), name="ขอเชิญ.txt", content="ขอเชิญประชุมประจำเดือน".encode())
    assert (intake.kind, intake.needs_person, intake.rows.count()) == ("unknown", True, 0)
    assert intake.report["reasons"] == ["ไม่พบตารางที่รู้จักในเอกสาร"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ว่าง.txt", b""),
        ("รูป.png", b"\x89PNG\r\n\x1a\n0000"),
        ("เสีย.docx", b"PK\x03\x04 broken"),
        ("หน้าเว็บ.html", "<!doctype html><html><body>มาตรการ</body></html>".encode()),
        ("โปรแกรม.exe", b"MZ\x00\x01\x02"),
    ],
)
def test_unusable_file_is_refused_in_thai_and_nothing_is_stored(scope, name, content):
    with pytest.raises(FileUnusable) as refused:
        services.take_in(scope(Role.COORDINATOR), name=name, content=content)
    assert refused.value.message_th and refused.value.mend_th
    assert (Intake.objects.count(), File.objects.count()) == (0, 0)


def test_file_over_the_limit_is_refused_before_it_is_read(scope, settings):
    settings.MAX_UPLOAD_MB = 1
    with pytest.raises(LimitExceeded):
        services.take_in(scope(Role.COORDINATOR), name="ใหญ่.txt", content=b"x" * 1_048_577)


# --- scores and people ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["scores-2567.json", "scores-2567.csv"])
def test_score_file_is_one_row_of_its_year(scope, name):
    intake = take_sample(scope(Role.COORDINATOR), name)
    row = intake.rows.get()
    assert (intake.kind, row.kind, row.values["year_be"], row.values["overall"]) == (
        "score_table",
        "scores",
        2567,
        92.22,
    )
    assert row.values["indicators"]["8"] == 84.36 and row.is_clean


def test_scores_of_a_paper_are_those_of_the_year_it_says(scope):
    row = take_sample(scope(Role.COORDINATOR), "score-results-2567.txt").rows.get(kind=RowKind.SCORES)
    assert (row.values["year_be"], row.values["overall"], row.values["level"]) == (2566, 91.12, "ผ่านดี")
    assert len(row.values["indicators"]) == 10
    assert "๙๑.๑๒" in row.read["origin"]["printed"]["คะแนนรวม"]


def test_scores_without_a_year_are_not_clean(scope):
    content = b'{"indicators": {"1": 90.5}, "overall": 91.0}'
    row = services.take_in(scope(Role.COORDINATOR), name="scores.json", content=content).rows.get()
    assert (row.values["year_be"], row.is_clean) == (None, False)


def test_scores_of_many_agencies_without_ours_are_refused(scope):
    rows = "".join(f"เทศบาลตำบล{name},1,90\n" for name in ("บ้านใหม่", "ทุ่งกว้าง"))
    with pytest.raises(FileUnusable, match="has scores of 2 agencies"):
        services.take_in(scope(Role.COORDINATOR), name="all.csv", content=f"agency,indicator,score\n{rows}".encode())


def test_people_are_proposals_one_a_spelling_with_where_they_stand(scope):
    intake = take_sample(scope(Role.COORDINATOR), "measures-report-2568.txt")
    people = {row.title: row for row in intake.rows.filter(kind=RowKind.PERSON)}
    signer = people["นางสาวณัฐริกา คำแก้วใส"]
    assert signer.values["position"] == "นักวิเคราะห์นโยบายและแผนชำนาญการ"
    assert {place["as"] for place in signer.read["origin"]["places"]} <= {"ผู้ลงนาม", "ผู้รับผิดชอบ"}


def test_spellings_that_are_alike_are_pointed_out_and_never_put_together(scope):
    head = "| ลำดับ | มาตรการ/กิจกรรม | ขั้นตอน | ระยะเวลา | ผู้รับผิดชอบ | ผลการดำเนินการ | ผลลัพธ์ |\n|-|-|-|-|-|-|-|\n"
    names = ("น.ส.อรวรรณ พุดเล็ก นิติกร", "น.ส.อรวรรณ พุฒเล็ก นิติกร")
    rows = "".join(f"| {n} | มาตรการที่ {n} | จัดทำแผน | ไตรมาสที่ ๑ | {name} | จัดแล้ว | ประชาชนทราบ |\n"
                   for n, name in enumerate(names, 1))  # fmt: skip
    text = f"รายงานผล ปีงบประมาณ พ.ศ. ๒๕๖๘\n\n{head}{rows}"
    intake = services.take_in(scope(Role.COORDINATOR), name="r.txt", content=text.encode())
    people = list(intake.rows.filter(kind=RowKind.PERSON))
    assert len(people) == 2
    for person in people:
        assert "NAME_ALIKE" in {problem["code"] for problem in person.problems} and not person.is_clean


def test_person_without_a_position_is_flagged(scope):
    text = (
        "รายงานผล ปีงบประมาณ พ.ศ. ๒๕๖๘\n\n| ลำดับ | มาตรการ/กิจกรรม | ขั้นตอน | ระยะเวลา | ผู้รับผิดชอบ | ผลการดำเนินการ | ผลลัพธ์ |\n"
        "|-|-|-|-|-|-|-|\n| ๑ | มาตรการ | จัดทำแผน | ไตรมาสที่ ๑ | น.ส.ศรุดา โยธาดี | จัดแล้ว | ประชาชนทราบ |\n"
    )
    intake = services.take_in(scope(Role.COORDINATOR), name="r.txt", content=text.encode())
    row = intake.rows.get(kind=RowKind.PERSON)
    assert "PERSON_WITHOUT_POSITION" in {problem["code"] for problem in row.problems}


def test_every_format_of_a_paper_gives_the_same_rows(scope, tmp_path: Path):
    from tests.web.intake.papers import in_format

    me = scope(Role.COORDINATOR)
    found = [
        take(me, in_format("gap-memo-2566.txt", tmp_path, suffix)) for suffix in (".txt", ".docx", ".xlsx", ".pdf")
    ]
    titles = [list(intake.rows.filter(kind=RowKind.GAP).values_list("title", flat=True)) for intake in found]
    assert titles[1:] == titles[:1] * 3
