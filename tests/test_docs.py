"""The pages say what is true: systems and the tests that hold them, glossary, links, decisions, locks, samples."""

import ast
import importlib
import json
import re
import tomllib
from collections import Counter
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from prongsai.frameworks import model
from prongsai.reports import catalogue
from prongsai.reports.forms import signing
from prongsai.reports.forms.parts import Part
from prongsai.reports.papers import official

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LINKING = [*PAGES, *ROOT.glob("*.md"), ROOT / "samples" / "README.md"]
SYSTEMS_PER_AREA = {"A": 16, "B": 13, "C": 13, "D": 11, "E": 9, "F": 9, "G": 12, "H": 6, "I": 8, "J": 8, "K": 9}
TEST_ID = re.compile(r"`(tests/[\w/]+\.py::\w+(?:::\w+)?)`")


class Must(NamedTuple):
    number: str
    text: str
    held_by: str

    @property
    def tests(self) -> list[str]:
        return TEST_ID.findall(self.held_by)

    @property
    def state(self) -> str:
        if re.fullmatch(r"not yet(: \S.+)?", self.held_by):
            return "not yet"
        if re.fullmatch(r"no: \S.+", self.held_by):
            return "no"
        return "held" if re.fullmatch(rf"{TEST_ID.pattern}(, {TEST_ID.pattern})*", self.held_by) else "unreadable"


class System(NamedTuple):
    code: str
    thai: str
    english: str
    musts: tuple[Must, ...]


def read_systems(page: str) -> list[System]:
    systems = []
    for part in re.split(r"^### ", page, flags=re.M)[1:]:
        head = re.match(r"([A-K]\d+) (.+) — (.+)", part)
        assert head, part[:80]
        rows = re.findall(r"^\| ([A-K]\d+\.\d+) \| (.+?) \| ([^|]+?) \|$", part, flags=re.M)
        assert len(rows) == sum(line.startswith("| ") for line in part.splitlines()) - 1, head[1]
        systems.append(System(head[1], head[2], head[3], tuple(Must(*row) for row in rows)))
    return systems


@lru_cache
def names_of_tests(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    names: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            inner = [n.name for n in node.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")]
            names |= {f"{node.name}::{name}" for name in inner}
    return frozenset(names)


def exists(test_id: str) -> bool:
    path, _, name = test_id.partition("::")
    return name in names_of_tests(ROOT / path)


@pytest.fixture(scope="module")
def page() -> str:
    return (DOCS / "reference" / "systems.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def systems(page: str) -> list[System]:
    return read_systems(page)


@pytest.fixture(scope="module")
def musts(systems: list[System]) -> list[Must]:
    return [must for system in systems for must in system.musts]


def test_systems_are_all_there_in_order(systems: list[System]) -> None:
    wanted = [f"{area}{number}" for area, count in SYSTEMS_PER_AREA.items() for number in range(1, count + 1)]
    assert len(wanted) == 114
    assert [system.code for system in systems] == wanted


def test_systems_carry_both_names(systems: list[System]) -> None:
    assert [
        s.code for s in systems if not re.search("[ก-ฮ]|[A-Z]", s.thai) or not re.search("[A-Za-z]", s.english)
    ] == []


def test_every_system_has_a_must(systems: list[System]) -> None:
    assert [system.code for system in systems if not system.musts] == []


def test_musts_are_numbered_from_one(systems: list[System]) -> None:
    for system in systems:
        wanted = [f"{system.code}.{number}" for number in range(1, len(system.musts) + 1)]
        assert [must.number for must in system.musts] == wanted


def test_musts_differ_inside_a_system(systems: list[System]) -> None:
    for system in systems:
        assert max(Counter(must.text for must in system.musts).values()) == 1, system.code


def test_musts_say_who_holds_them(musts: list[Must]) -> None:
    assert [must.number for must in musts if must.state == "unreadable"] == []


def test_tests_that_hold_a_must_exist(musts: list[Must]) -> None:
    assert [(must.number, test) for must in musts for test in must.tests if not exists(test)] == []


def test_counts_at_the_top_are_right(page: str, systems: list[System], musts: list[Must]) -> None:
    states = Counter(must.state for must in musts)
    line = (
        f"Systems: {len(systems)}. Musts: {len(musts)}. Held: {states['held']}. "
        f"Not yet: {states['not yet']}. No: {states['no']}."
    )
    print(line)  # with pytest -s
    assert [found for found in page.splitlines() if found.startswith("Systems: ")] == [line]


def test_what_is_not_held_says_what_is_missing(musts: list[Must]) -> None:
    assert [must.number for must in musts if must.state != "held" and not must.held_by.partition(":")[2].strip()] == []


def test_exists_knows_a_function_a_method_and_neither() -> None:
    assert exists("tests/test_docs.py::test_exists_knows_a_function_a_method_and_neither")
    assert not exists("tests/test_docs.py::test_that_nobody_wrote")
    assert not exists("tests/no_such_file.py::test_anything")
    assert not exists("tests/test_docs.py::read_systems")


@pytest.mark.parametrize(
    ("held_by", "state"),
    [
        ("not yet", "not yet"),
        ("not yet: the paper is there (`tests/test_docs.py::test_a`); the register is missing", "not yet"),
        ("not yet:", "unreadable"),
        ("no: the source is unreadable", "no"),
        ("`tests/test_docs.py::test_a`", "held"),
        ("`tests/test_docs.py::test_a`, `tests/thai/test_dates.py::Ranges::test_b`", "held"),
        ("soon", "unreadable"),
        ("no:", "unreadable"),
        ("`tests/test_docs.py`", "unreadable"),
        ("`tests/test_docs.py::test_a` partly", "unreadable"),
    ],
)
def test_must_state_reads_the_column(held_by: str, state: str) -> None:
    assert Must("A1.1", "Do it.", held_by).state == state


# ---- glossary

DESIGN_WORDS = {
    "Agency": "หน่วยงาน",
    "Unit": "ส่วนราชการ",
    "Person": "บุคคล",
    "Post": "ตำแหน่ง",
    "Appointment": "การดำรงตำแหน่ง",
    "Framework": "กรอบการประเมิน",
    "Item": "ข้อ (O1…)",
    "Element": "องค์ประกอบด้านข้อมูล",
    "Crosswalk": "ตารางเทียบข้อ",
    "Cycle": "รอบการประเมิน",
    "Finding": "ประเด็นที่ต้องปรับปรุง",
    "Measure": "มาตรการ",
    "Step": "ขั้นตอน",
    "Progress": "ความก้าวหน้า",
    "Duty": "ภาระงานประจำ",
    "Occurrence": "งวด",
    "Evidence": "หลักฐาน",
    "Register": "ทะเบียน",
    "Entry": "รายการ",
    "Letter": "หนังสือ",
    "Endorsement": "ความเห็น/ลงนาม",
    "Circular": "หนังสือเวียน",
    "Publication": "การเผยแพร่",
    "Problem": "ข้อสังเกต",
}


@pytest.fixture(scope="module")
def glossary() -> list[tuple[str, str, str, str]]:
    text = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", text, flags=re.M)
    return [(a, b.strip("`"), c, d) for a, b, c, d in rows if a != "Thai"]


def test_glossary_holds_the_words_of_the_design(glossary: list[tuple[str, str, str, str]]) -> None:
    by_code = {code: thai for thai, code, _, _ in glossary}
    assert {code: by_code.get(code) for code in DESIGN_WORDS} == DESIGN_WORDS


def test_glossary_terms_are_unique(glossary: list[tuple[str, str, str, str]]) -> None:
    for column in (0, 1):
        assert [term for term, count in Counter(row[column] for row in glossary).items() if count > 1] == []


def test_glossary_names_every_type_of_a_framework(glossary: list[tuple[str, str, str, str]]) -> None:
    types = {n for n, v in vars(model).items() if isinstance(v, type) and v.__module__ == model.__name__}
    assert types - {code for _, code, _, _ in glossary} == set()


def types_of(module: ModuleType) -> set[str]:
    own = {name: value for name, value in vars(module).items() if isinstance(value, type) and name[0] != "_"}
    return {n for n, v in own.items() if v.__module__ == module.__name__ and not issubclass(v, Part)}


FORMS = [importlib.import_module(f"prongsai.reports.forms.{name.replace('-', '_')}") for name in catalogue.FORMS]


@pytest.mark.parametrize("module", [*FORMS, signing, official], ids=lambda module: module.__name__.rpartition(".")[2])
def test_glossary_names_every_record_of_a_paper(module: ModuleType, glossary: list[tuple[str, str, str, str]]) -> None:
    codes = {code for _, code, _, _ in glossary}
    elsewhere = types_of(model) | set(DESIGN_WORDS)  # the same name for another thing: the module tells them apart
    own = module.__name__.rpartition(".")[2]
    wanted = {f"{own}.{name}" if name in elsewhere else name for name in types_of(module)}
    assert wanted
    assert wanted - codes == set()


# ---- links


def links(text: str) -> list[str]:
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)
    return [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", prose) if "://" not in target]


def test_links_are_found_outside_code() -> None:
    text = "[a](b.md#c) ![d](e.png) [f](https://g.example/) `[h](i.md)`\n```\n[j](k.md)\n```\n[l](#m)"
    assert links(text) == ["b.md", "e.png", ""]


@pytest.mark.parametrize("path", LINKING, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_relative_links_resolve(path: Path) -> None:
    targets = [target for target in links(path.read_text(encoding="utf-8")) if target]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_index_links_every_page() -> None:
    linked = {(DOCS / target).resolve() for target in links((DOCS / "README.md").read_text(encoding="utf-8"))}
    assert [p.relative_to(DOCS).as_posix() for p in PAGES if p not in linked and p != DOCS / "README.md"] == []


def test_decisions_have_the_four_parts() -> None:
    parts = ["## Context", "## Decision", "## Consequences", "## Alternatives"]
    for path in (DOCS / "decisions").glob("*.md"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if line.startswith("## ")] == parts, path.name
        assert lines[0].startswith(f"# {path.name[:4]} "), path.name


# ---- dependencies and locks


def test_every_direct_dependency_is_argued_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    names = {re.split(r"[<>=!~\[; ]", requirement)[0] for requirement in wanted}
    text = (DOCS / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    assert {name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_locks_are_pinned_hashed_and_name_no_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\w+://|--(?:extra-)?index-url|--find-links", text) == []
    entries = [entry for entry in text.replace("\\\n", " ").splitlines() if entry.strip()]
    assert entries
    assert [e for e in entries if not re.match(r"[a-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", e)] == []


def test_license_is_apache_2() -> None:
    lines = (ROOT / "LICENSE").read_text(encoding="utf-8").split("\n")
    assert [line.strip() for line in lines if line.strip()][:2] == ["Apache License", "Version 2.0, January 2004"]
    assert "   END OF TERMS AND CONDITIONS" in lines


# ---- samples

FAULTS = json.loads((ROOT / "samples" / "faulty" / "faults.json").read_text(encoding="utf-8"))["files"]


@pytest.mark.parametrize("name", FAULTS)
def test_planted_faults_stand_in_their_lines(name: str) -> None:
    lines = (ROOT / "samples" / "faulty" / name).read_text(encoding="utf-8").split("\n")
    faults = FAULTS[name]["faults"]
    assert faults
    assert [fault for fault in faults if fault["words"] not in lines[fault["line"] - 1]] == []


def test_every_sample_is_described() -> None:
    text = (ROOT / "samples" / "README.md").read_text(encoding="utf-8")
    files = [path.name for folder in ("clean", "faulty") for path in (ROOT / "samples" / folder).iterdir()]
    assert [name for name in files if f"`{name}`" not in text] == []


def test_every_faulty_file_has_its_faults() -> None:
    files = {path.name for path in (ROOT / "samples" / "faulty").iterdir()} - {"faults.json"}
    assert set(FAULTS) == files
