"""When a paper needs a person: damage does, slips of its writer do not."""

from decimal import Decimal

from tests.reports.papers import MEASURE_HEAD, SCORE_HEAD, TITLE, codes, paper, tab


def rows(
    count: int, period: str = "ไตรมาสที่ ๑", result: str = "๑. ทำแล้ว", measure: str = "มาตรการ"
) -> list[tuple[str, ...]]:
    return [(str(n), f"{measure} {n}", "๑. ร่าง", period, "กองช่าง", result, "๑) ใช้จริง") for n in range(1, count + 1)]


def test_a_sound_paper_is_trusted() -> None:
    found = paper(TITLE + tab(MEASURE_HEAD, *rows(8)))
    assert (found.confidence, found.needs_person, found.reasons) == (1.0, False, ())


def test_a_paper_without_a_known_table_needs_a_person() -> None:
    found = paper("ประกาศปิดถนน\n")
    assert (found.confidence, found.needs_person, found.reasons) == (0.0, True, ("ไม่พบตารางที่รู้จักในเอกสาร",))


def test_slips_of_the_writer_are_no_damage() -> None:
    found = paper(
        TITLE + tab(MEASURE_HEAD, *rows(4, period="๓๐ ก.ย. ๒๕๖๘ - ๑ ต.ค. ๒๕๖๗"), *rows(4, period="๓๑ ก.พ. ๒๕๖๘"))
    )
    assert (found.needs_person, found.reasons) == (False, ())


def test_one_signal_lowers_confidence_and_two_call_for_a_person() -> None:
    made_up = rows(8, period="๑ บ.ค. ๒๕๖๘")
    one = paper(TITLE + tab(MEASURE_HEAD, *rows(8)) + "\nตัวอักษร 派 หนึ่งตัว\n")
    two = paper(TITLE + tab(MEASURE_HEAD, *made_up))
    assert (one.confidence, one.needs_person, len(one.reasons)) == (0.8, False, 1)
    assert (two.needs_person, len(two.reasons)) == (True, 2)
    assert two.confidence < 0.6


def test_shifted_rows_call_for_a_person() -> None:
    name = "จัดทำคู่มือการปฏิบัติงานของทุกกองให้เป็นปัจจุบันและครบทุกขั้นตอน"
    shifted = [(f"{name} {n}", "๑. ร่าง", "ไตรมาสที่ ๑", "กองช่าง", "๑. ทำแล้ว", "๑) ใช้จริง", "") for n in range(6)]
    found = paper(TITLE + tab(MEASURE_HEAD, *shifted))
    assert (found.confidence, found.needs_person) == (0.3, True)
    assert found.reasons == ("แถวที่ช่องเลื่อนจากหัวตาราง 6 จาก 6 แถว",)
    assert len(found.rows) == 6


def test_doubtful_scores_lower_confidence() -> None:
    whole = tab(SCORE_HEAD, ("IIT", "๑", "การปฏิบัติหน้าที่", "๙๓.๑๘"), ("", "๒", "การใช้งบประมาณ", "๘๘.๔๖"))
    cut = tab(SCORE_HEAD, ("IIT", "๑", "การปฏิบัติหน้าที่", "๙๓.๑๘"), ("๒", "การใช้งบประมาณ", "๘๘.๔๖"))
    assert (paper(whole).confidence, paper(cut).confidence) == (1.0, 0.75)
    assert [(score.no, score.score) for score in paper(cut).indicators] == [
        (1, Decimal("93.18")),
        (2, Decimal("88.46")),
    ]
    assert codes(paper(cut)) == ["ROW_SHIFTED"]


def test_text_that_cannot_be_decoded_is_a_signal() -> None:
    content = (TITLE + tab(MEASURE_HEAD, *rows(8))).encode()
    at = content.index("มาตรการ 3".encode())
    found = paper(content[:at] + b"\xff\xfe" + content[at + 2 :])
    assert found.reasons == ("มี 1 บรรทัดที่ถอดรหัสอักขระไม่ได้",)
    assert found.needs_person is False
