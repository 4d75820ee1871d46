import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prongsai.errors import FileUnusable, LimitExceeded, ProngsaiError, ScoresUnusable
from prongsai.scoring import read
from prongsai.scoring.outline import Outline
from prongsai.scoring.read import read_scores
from prongsai.scoring.report import score_report
from tests.scoring.build import framework
from tests.scoring.workbooks import compound, record, write_ods, write_sheet, write_xls, write_xlsx

OUTLINE = Outline.of(framework())
CSV = "หน่วยงาน,ตัวชี้วัด,คะแนน\nเทศบาลตำบลบ้านสวนพลู,๑,๙๗.๔๔\nเทศบาลตำบลบ้านสวนพลู,ระดับ,ผ่านดี\n"


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_read_scores_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    found = read_scores(put(tmp_path, "scores.csv", CSV.encode(encoding)))
    assert [(each.agency, [str(entry.value) for entry in each.entries]) for each in found] == [
        ("เทศบาลตำบลบ้านสวนพลู", ["97.44"])
    ]
    assert found[0].level is not None
    assert found[0].level.text == "ผ่านดี"


def test_read_scores_tells_the_kind_by_the_content(tmp_path: Path) -> None:
    as_json = put(tmp_path, "scores.txt", '  {"indicators": {"1": 97.44}}')
    assert read_scores(as_json)[0].entries[0].code == "1"
    workbook = tmp_path / "scores.csv"
    write_xlsx(workbook, [["indicator", "score"], ["1", 97.44]])
    assert str(read_scores(workbook)[0].entries[0].value) == "97.44"


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf", b"\x00\x00"])
def test_read_scores_refuses_an_empty_file(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileUnusable) as raised:
        read_scores(put(tmp_path, "empty.csv", content))
    assert raised.value.one_line == "ไฟล์ empty.csv ว่างเปล่า — เลือกไฟล์คะแนน"


def test_read_scores_refuses_what_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path, Path("a\0b")):
        with pytest.raises(FileUnusable):
            read_scores(path)


def test_read_scores_refuses_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 10)
    with pytest.raises(LimitExceeded) as raised:
        read_scores(put(tmp_path, "large.csv", CSV))
    assert "เกินกำหนด" in raised.value.message_th


def test_read_scores_refuses_a_workbook_that_unpacks_over_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "MAX_UNPACKED_BYTES", 100_000)
    write_sheet(tmp_path / "bomb.xlsx", "<sheetData/>" + " " * 200_000)
    assert (tmp_path / "bomb.xlsx").stat().st_size < 5_000
    with pytest.raises(LimitExceeded):
        read_scores(tmp_path / "bomb.xlsx")


def test_read_scores_survives_a_cell_a_million_rows_down(tmp_path: Path) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    write_sheet(tmp_path / "far.xlsx", f"<sheetData>{far}</sheetData>")
    with pytest.raises(FileUnusable):
        read_scores(tmp_path / "far.xlsx")


def test_read_scores_survives_a_claimed_size_of_four_thousand_million_cells(tmp_path: Path) -> None:
    begin = record(0x0809, bytes.fromhex("00060500000000000000000000000000"))
    sheet = record(0x0809, bytes.fromhex("00061000000000000000000000000000"))
    size = record(0x0200, bytes.fromhex("00000000ffffff7f0000ffff0000"))
    bound = record(0x0085, (20 + 4 + 8 + 4).to_bytes(4, "little") + bytes.fromhex("0000010161") + b"\0")
    (tmp_path / "huge.xls").write_bytes(compound(begin + bound + sheet + size + record(0x000A, b"")))
    with pytest.raises(ProngsaiError):
        read_scores(tmp_path / "huge.xls")


@pytest.mark.parametrize(
    "content",
    ["hello", "a,b\n1,2\n", "agency,indicator\nก,1\n", '{"scores": {"1": 90}}', '{"level": "ผ่านดี"}', "[]", "[1, 2]"],
)
def test_read_scores_refuses_a_file_without_scores_in_one_line(tmp_path: Path, content: str) -> None:
    with pytest.raises(ScoresUnusable) as raised:
        read_scores(put(tmp_path, "other.txt", content))
    assert "\n" not in raised.value.one_line
    assert raised.value.mend_th


def test_read_scores_names_the_first_fault_when_nothing_is_usable(tmp_path: Path) -> None:
    with pytest.raises(ScoresUnusable) as raised:
        read_scores(put(tmp_path, "bad.csv", "indicator,score\n1,ดีมาก\n"))
    assert raised.value.message_th == "ไม่พบคะแนนที่ใช้ได้ในไฟล์ bad.csv (bad.csv บรรทัด 2: 1: “ดีมาก” ไม่ใช่คะแนน)"


def test_read_scores_refuses_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable):
        read_scores(put(tmp_path, "noise.csv", bytes(range(128, 256)) * 4))
    with pytest.raises(FileUnusable):
        read_scores(put(tmp_path, "cut.csv", b"\xff\xfea\0b"))
    with pytest.raises(FileUnusable):
        read_scores(put(tmp_path, "cut.xlsx", b"PK\x03\x04 and no more"))


def test_read_scores_refuses_an_archive_of_a_kind_that_nobody_reads(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "new.xlsx", [["indicator", "score"], ["1", 90.0]])
    raw = bytearray((tmp_path / "new.xlsx").read_bytes())
    raw[raw.index(b"PK\x01\x02") + 6] = 203  # version needed to unpack
    with pytest.raises(FileUnusable):
        read_scores(put(tmp_path, "new.xlsx", bytes(raw)))


SEEDS = [
    CSV.encode("utf-8-sig"),
    CSV.encode("cp874"),
    b'{"agency": "x", "indicators": {"1": 97.44, "3": null}, "overall": {"score": 95.75, "level": "y"}}',
    b'[{"indicators": [{"no": 1, "score": 97.44}], "answers": [{"i1": ["a", "b"]}]}]',
    b"respondent,question,part,value\n1,i1,1,yes\n",
]
edits = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from(["cut", "drop", "put"]), st.binary(min_size=1, max_size=4)),
    max_size=6,
)


def broken(seed: bytes, how: list[tuple[int, str, bytes]]) -> bytes:
    for place, what, extra in how:
        place %= len(seed) + 1
        if what == "cut":
            seed = seed[:place]
        elif what == "drop":
            seed = seed[:place] + seed[place + len(extra) :]
        else:
            seed = seed[:place] + extra + seed[place:]
    return seed


def either_scores_or_one_line(path: Path) -> None:
    """Read, score and print whatever it is; every failure has a Thai line of its own."""
    try:
        found = read_scores(path)
    except ProngsaiError as error:
        assert error.one_line
        assert "\n" not in error.message_th
        return
    for scores in found:
        printed = json.dumps(score_report(OUTLINE, scores).to_json(), ensure_ascii=False, allow_nan=False)
        assert printed.encode("utf-8")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), edits)
def test_read_scores_of_a_damaged_file_never_fails_otherwise(
    tmp_path: Path, seed: bytes, how: list[tuple[int, str, bytes]]
) -> None:
    either_scores_or_one_line(put(tmp_path, "damaged", broken(seed, how)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
def test_read_scores_of_anything_never_fails_otherwise(tmp_path: Path, content: bytes) -> None:
    either_scores_or_one_line(put(tmp_path, "anything", content))


numbers = st.one_of(
    st.floats().map(repr),
    st.integers().map(str),
    st.sampled_from(
        ["NaN", "Infinity", "-Infinity", "1e999", "-0", "1e-999", "null", '"๙๐"', '"9" ', "true", "[]", "{}"]
    ),
    st.text(max_size=5).map(json.dumps),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(["1", "2", "9.1", "O1", "IIT", "overall", "level", "", "\ud800"]), numbers),
    numbers,
    numbers,
)
def test_read_scores_of_strange_numbers_never_fails_otherwise(
    tmp_path: Path, indicators: dict[str, str], overall: str, level: str
) -> None:
    pairs = ", ".join(f"{json.dumps(code)}: {value}" for code, value in indicators.items())
    text = f'{{"indicators": {{{pairs}}}, "overall": {overall}, "level": {level}}}'
    either_scores_or_one_line(put(tmp_path, "strange.json", text))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.sampled_from([write_xlsx, write_ods, write_xls]), edits)
def test_read_scores_of_a_damaged_workbook_never_fails_otherwise(
    tmp_path: Path, write: object, how: list[tuple[int, str, bytes]]
) -> None:
    assert callable(write)
    path = tmp_path / "damaged.book"
    write(path, [["indicator", "score"], ["1", 97.44], ["2", "x"]])
    whole = path.read_bytes()
    spread = [(place * len(whole) // 200, what, extra) for place, what, extra in how]
    path.write_bytes(broken(whole, spread))
    either_scores_or_one_line(path)
