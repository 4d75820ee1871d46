"""Registers by file, by id and year, of the library and of an office's own folder."""

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from prongsai.errors import FileUnusable, LimitExceeded, RegisterInvalid, UnknownRegister
from prongsai.registers import shelf, written
from prongsai.registers.elsewhere import PLACES, elsewhere
from prongsai.registers.emit import example_file, starter_file
from prongsai.registers.flows import DEFAULT_MOVES, DEFAULT_STATES
from prongsai.registers.known import DAILY_SYSTEMS
from prongsai.registers.load import editions, library, load, of_year, unfit
from prongsai.registers.model import FieldType, Flow, Openness
from prongsai.registers.shelf import shipped_files
from prongsai.reports.catalogue import FORMS
from tests.registers.generate import built

ROOT = Path(__file__).resolve().parents[2]
SMALL = Path(__file__).with_name("small.yaml")
TINY = "id: {id}\nname_th: ทะเบียน{id}\nflow: record\nfields:\n  item: {{type: text, label_th: รายการ}}\n"


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# ---- one file


def test_register_of_25_lines_is_a_whole_register() -> None:
    assert len(SMALL.read_text(encoding="utf-8").splitlines()) <= 25
    register = load(SMALL)
    assert (register.id, register.flow, register.group) == ("parking", Flow.REQUEST, "office")
    assert register.states == DEFAULT_STATES[Flow.REQUEST]
    assert register.moves == DEFAULT_MOVES[Flow.REQUEST]
    assert register.keys == ("kind", "unit")
    assert register.sums == ("fee_thb",)
    fee = register.field_of("fee_thb")
    assert fee is not None
    assert (fee.type, fee.low, fee.high, fee.decimals, fee.example) == (
        FieldType.MONEY,
        Decimal(0),
        Decimal(500),
        2,
        "100",
    )


def test_what_a_file_leaves_out_is_filled_in() -> None:
    register = built(TINY.format(id="made-up"))
    field = register.fields[0]
    assert (register.title, register.name_en, register.due, register.since_be) == ("{item}", "", None, 0)
    assert (field.openness, field.required, field.at) == (Openness.OFFICE, False, "")
    assert [state.key for state in register.states] == ["kept", "withdrawn"]
    assert [(move.key, move.sources, move.to, move.note_required) for move in register.moves] == [
        ("withdraw", ("kept",), "withdrawn", True)
    ]


def test_usual_moves_fit_the_states_of_the_file() -> None:
    states = "states: {requested: {label_th: รอ}, approved: {label_th: ให้, final: true}}\n"
    register = built(TINY.format(id="made-up").replace("record", "request") + states)
    assert [(move.key, move.sources, move.to) for move in register.moves] == [("approve", ("requested",), "approved")]


def test_usual_states_of_flows_can_all_be_reached_and_left() -> None:
    for flow in Flow:
        states, moves = DEFAULT_STATES[flow], DEFAULT_MOVES[flow]
        assert {each.key for each in states} == {states[0].key, *(move.to for move in moves)}
        left = {source for move in moves for source in move.sources}
        assert [each.key for each in states if not each.is_final and each.key not in left] == []


def test_columns_are_as_open_as_their_rows() -> None:
    rows = "  rows: {type: rows, open: public, label_th: แถว, columns: {a: {type: text, label_th: ก}, b: {type: text, open: secret, label_th: ข}}}\n"
    field = built(TINY.format(id="made-up") + rows).fields[1]
    assert [column.openness for column in field.columns] == [Openness.PUBLIC, Openness.SECRET]


def test_numbers_of_a_file_keep_their_digits() -> None:
    rules = "rules:\n  - {kind: filled_if, field: item, when: {field: price, more_than: 3000.50}}\n"
    register = built(TINY.format(id="made-up") + "  price: {type: money, label_th: ราคา, low: 0.10}\n" + rules)
    assert register.rules[0].when is not None
    assert (register.fields[1].low, register.rules[0].when.more_than) == (Decimal("0.10"), Decimal("3000.50"))


def test_faulty_file_is_refused_with_all_its_problems(tmp_path: Path) -> None:
    path = put(tmp_path, "own.yaml", TINY.format(id="own") + "columns: [itm]\ndated_by: dey\n")
    with pytest.raises(RegisterInvalid) as refused:
        load(path)
    assert [(p.code, p.where.line) for p in refused.value.problems] == [
        ("REGISTER_UNKNOWN_FIELD", 6),
        ("REGISTER_UNKNOWN_FIELD", 7),
    ]
    assert refused.value.message_th == (
        "ไฟล์ทะเบียน own.yaml มีข้อผิดพลาด 2 แห่ง แห่งแรกบรรทัด 6: columns.0 อ้างถึงช่อง itm ซึ่งไม่มี"
    )


def test_edited_file_is_read_anew(tmp_path: Path) -> None:
    path = put(tmp_path, "own.yaml", TINY.format(id="own"))
    assert load(path).name_th == "ทะเบียนown"
    put(tmp_path, "own.yaml", TINY.format(id="own").replace("ทะเบียนown", "ทะเบียนใหม่"))
    os.utime(path, ns=(1, 1))
    assert load(path).name_th == "ทะเบียนใหม่"


def test_missing_and_huge_files_are_unusable(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable):
        load(tmp_path / "none.yaml")
    path = put(tmp_path, "big.yaml", "# " + "x" * written.MAX_BYTES)
    with pytest.raises(LimitExceeded):
        load(path)


@pytest.mark.parametrize("raw", ["", "null", "[]", "12", "text", "{}"])
def test_file_that_is_no_table_is_refused(tmp_path: Path, raw: str) -> None:
    with pytest.raises(RegisterInvalid):
        load(put(tmp_path, "own.yaml", raw))


# ---- the library


def test_library_holds_every_shipped_file() -> None:
    assert unfit() == ()
    assert sorted(each.file for each in library()) == sorted(str(path) for path in shipped_files())


def test_library_looks_at_shipped_files_anew_only_when_one_came_or_went(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = library()
    looked: list[Path] = []
    monkeypatch.setattr(shelf, "stamp", lambda path: looked.append(path) or (0, 0))
    assert library() is whole and looked == []
    shelf._shipped_states(1)  # as after an upgrade
    assert tuple(looked) == shipped_files()


def test_shipped_file_is_called_as_its_register() -> None:
    for each in library():
        year = f"-{each.since_be}" if each.since_be and len(editions(each.id)) > 1 else ""
        assert Path(each.file).stem == f"{each.id}{year}"


def test_shipped_registers_have_both_names_help_and_an_owner() -> None:
    lacking = [each.id for each in library() if not (each.name_en and each.help_th and each.example_th and each.owners)]
    assert lacking == []


def test_shipped_registers_print_by_forms_that_there_are() -> None:
    assert {each.print_.kind for each in library()} - {""} <= set(FORMS)


def test_register_is_due_as_often_as_the_standard_duty_it_is() -> None:
    from prongsai.web.duties.standard import STANDARD

    known = {one.key: one.rhythm.value for one in STANDARD}
    named = {each.id: each.due for each in library() if each.due and each.due.duty in known}
    assert {id_: due.duty for id_, due in named.items() if due.rhythm.value != known[due.duty]} == {}


def test_unknown_register_names_the_nearest() -> None:
    with pytest.raises(UnknownRegister) as unknown:
        of_year("gift", 2569)
    assert unknown.value.one_line == "ไม่มีทะเบียน gift — ที่ใกล้เคียงคือ gifts"


def test_year_is_kept_by_the_newest_edition_before_it(tmp_path: Path) -> None:
    put(tmp_path, "gifts-2571.yaml", TINY.format(id="gifts") + "since: 2571\n")
    assert [each.since_be for each in editions("gifts", tmp_path)] == [0, 2571]
    assert [of_year("gifts", year, tmp_path).since_be for year in (2569, 2570, 2571, 2600, 0)] == [
        0,
        0,
        2571,
        2571,
        2571,
    ]
    assert of_year("gifts", 0).since_be == 0


def test_register_of_a_later_year_is_unknown_before_it(tmp_path: Path) -> None:
    put(tmp_path, "own.yaml", TINY.format(id="own") + "since: 2570\n")
    with pytest.raises(UnknownRegister, match="from 2570 on"):
        of_year("own", 2569, tmp_path)


def test_own_file_may_not_take_a_shipped_id(tmp_path: Path) -> None:
    put(tmp_path, "a.yaml", TINY.format(id="gifts"))
    put(tmp_path, "b.yaml", TINY.format(id="own"))
    assert of_year("own", 0, tmp_path).id == "own"
    assert [each.file for each in editions("gifts", tmp_path)] == [each.file for each in editions("gifts")]
    assert [[p.code for p in error.problems] for error in unfit(tmp_path)] == [["REGISTER_ID_SHIPPED"]]


def test_second_own_file_of_an_id_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a.yaml", TINY.format(id="own"))
    put(tmp_path, "b.yaml", TINY.format(id="own"))
    assert [Path(each.file).name for each in editions("own", tmp_path)] == ["a.yaml"]
    assert [[p.code for p in error.problems] for error in unfit(tmp_path)] == [["REGISTER_ID_TAKEN"]]


def test_faulty_own_file_leaves_the_others(tmp_path: Path) -> None:
    put(tmp_path, "a.yaml", TINY.format(id="one"))
    put(tmp_path, "b.yaml", "id: two\n")
    (tmp_path / "c.yaml").write_bytes(b"\xff\xfe")
    (tmp_path / "d.yaml").mkdir()
    assert of_year("one", 0, tmp_path).id == "one"
    assert len(unfit(tmp_path)) == 2
    assert len(library(tmp_path)) == len(library()) + 1


def test_own_registers_may_point_at_each_other(tmp_path: Path) -> None:
    put(tmp_path, "one.yaml", TINY.format(id="one") + "  two: {type: entry, of: two, label_th: สอง}\n")
    put(
        tmp_path,
        "two.yaml",
        TINY.format(id="two")
        + "  n: {type: derived, label_th: จำนวน, formula: linked_count, register: one, by: two}\n",
    )
    assert [each.id for each in library(tmp_path) if each.id in ("one", "two")] == ["one", "two"]


def test_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert library(tmp_path / "none") == library()


# ---- what is no register


def test_registers_and_elsewhere_are_all_systems_of_daily_work() -> None:
    page = (ROOT / "docs" / "reference" / "systems.md").read_text(encoding="utf-8")
    named = re.findall(r"^### ([C-K]\d+) ", page, re.MULTILINE)
    kept = {system for each in library() for system in each.systems}
    other = [each.system for each in elsewhere()]
    assert list(DAILY_SYSTEMS) == named
    assert sorted((kept & set(named)) | set(other)) == sorted(named)
    assert len(other) == len(set(other))
    assert [each.system for each in elsewhere() if each.system in kept and not each.to_come] == []


def test_elsewhere_says_where_and_why_in_both_languages() -> None:
    assert {each.where for each in elsewhere()} <= set(PLACES)
    assert [each.system for each in elsewhere() if not (each.reason_th and each.reason_en)] == []


# ---- files to start from


def test_starter_is_a_sound_register(tmp_path: Path) -> None:
    assert load(put(tmp_path, "x.yaml", starter_file("my-own"))).id == "my-own"


@pytest.mark.parametrize("id_", sorted({each.id for each in library()}))
def test_example_of_every_register_is_sound_and_short(tmp_path: Path, id_: str) -> None:
    text = example_file(of_year(id_, 0), "my-own")
    register = load(put(tmp_path, "x.yaml", text))
    assert (register.id, register.flow) == ("my-own", of_year(id_, 0).flow)
    assert len(text.splitlines()) <= 25
