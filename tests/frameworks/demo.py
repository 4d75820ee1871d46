"""Two years of a made-up assessment, small enough to see every line, and the crosswalk between them."""

from pathlib import Path

from prongsai.errors import Problem

BEFORE = """\
id: demo-2570
kind: demo
fiscal_year_be: 2570
edition: 1
status: draft
title_th: แบบทดลองปี {year}
decimals: 2
target: {pct: 85, basis: {certainty: low, sources: [paper]}}
item_scores: {values: [0, 100], basis: {certainty: low, sources: [paper]}}
sources:
  - {key: paper, title: เอกสารทดลอง, where: ในแฟ้ม}
instruments:
  - {code: AA, name_th: แบบสอบถาม, weight_pct: 40, basis: {certainty: high, sources: [paper]}}
  - {code: BB, name_th: แบบตรวจ, weight_pct: 60, basis: {certainty: high, sources: [paper]}}
indicators:
  - {code: "1", key: trust, name_th: ความเชื่อมั่น, instrument: AA, basis: {certainty: high, sources: [paper]}}
  - {code: "2", key: openness, name_th: การเปิดเผย, instrument: BB, basis: {certainty: high, sources: [paper]}}
  - code: "2.1"
    key: openness.basic
    name_th: ข้อมูลพื้นฐาน
    instrument: BB
    parent: "2"
    basis: {certainty: high, sources: [paper]}
items:
  - code: O1
    key: shape
    title_th: โครงสร้าง
    indicator: "2.1"
    period_th: ปี {year}
    content_year: 0
    basis: {certainty: high, sources: [paper]}
    elements_basis: {certainty: high, sources: [paper]}
    elements:
      - {key: chart, text_th: แผนผัง}
      - {key: people, text_th: รายชื่อ}
  - code: O2
    key: powers
    title_th: อำนาจหน้าที่
    indicator: "2.1"
    period_th: ปี {year-1}
    content_year: -1
    basis: {certainty: medium, sources: [paper]}
    elements_basis: {certainty: recall}
    elements:
      - {key: law, text_th: อำนาจตามกฎหมาย}
  - code: O3
    key: plan
    title_th: แผน
    indicator: "2.1"
    period_th: ปี {year}
    content_year: 0
    basis: {certainty: high, sources: [paper]}
    elements_basis: {certainty: high, sources: [paper]}
    elements:
      - {key: plan, text_th: "แผนปี {year}"}
scales:
  - code: yes-no
    answers: [{answer: มี, score: 100}, {answer: ไม่มี, score: 0}]
    basis: {certainty: high, sources: [paper]}
questions:
  - code: i1
    key: survey.trust
    indicator: "1"
    gist_th: เชื่อมั่นหรือไม่
    scale: yes-no
    basis: {certainty: high, sources: [paper]}
levels:
  - {code: BEST, name_th: ดีเยี่ยม, minimum: 95, maximum: 100, instrument_minimum: 95, basis: {certainty: recall}}
  - {code: GOOD, name_th: ดี, minimum: 85, maximum: 100, instrument_minimum: null, basis: {certainty: recall}}
  - {code: FAIR, name_th: พอใช้, minimum: 50, maximum: 84.99, instrument_minimum: null, basis: {certainty: recall}}
  - {code: POOR, name_th: ต้องปรับปรุง, minimum: 0, maximum: 49.99, instrument_minimum: null, basis: {certainty: recall}}
issues:
  - number: 1
    name_th: ประเด็นแรก
    indicators: ["1", "2"]
    item_keys: [shape]
    basis: {certainty: high, sources: [paper]}
    links_basis: {certainty: low, sources: [paper]}
calendar:
  - {key: answers, name_th: ตอบแบบ, start: 2027-01-01, end: 2027-06-30, basis: {certainty: high, sources: [paper]}}
"""

AFTER = (
    BEFORE.replace("demo-2570", "demo-2571")
    .replace("2570", "2571")
    .replace(
        "  - code: O2\n    key: powers\n    title_th: อำนาจหน้าที่", "  - code: O2\n    key: duties\n    title_th: หน้าที่"
    )
    .replace("  - code: O3\n    key: plan\n    title_th: แผน\n", "  - code: O4\n    key: plan\n    title_th: แผนงาน\n")
)

WALK = """\
id: demo-2570-2571
kind: crosswalk
from: demo-2570
to: demo-2571
edition: 1
status: draft
sources:
  - {key: paper, title: เอกสารทดลอง, where: ในแฟ้ม}
rows:
  - {relation: kept, from: [O1], to: [O1], basis: {certainty: high, sources: [paper]}}
  - {relation: retired, from: [O2], to: [], basis: {certainty: medium, sources: [paper]}}
  - {relation: new, from: [], to: [O2], basis: {certainty: medium, sources: [paper]}}
  - {relation: renamed, from: [O3], to: [O4], basis: {certainty: low, sources: [paper]}}
"""

VERIFIED = (
    BEFORE.replace("status: draft", "status: verified")
    .replace("certainty: recall", "certainty: verified, sources: [paper]")
    .replace("certainty: high", "certainty: verified")
    .replace("certainty: medium", "certainty: verified")
    .replace("certainty: low", "certainty: verified")
)


def save(folder: Path, *, before: str = BEFORE, after: str = AFTER, walk: str = WALK) -> Path:
    """Lay the three files into a folder and give it."""
    for name, text in (("demo-2570.yaml", before), ("demo-2571.yaml", after), ("walk.yaml", walk)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def changed(text: str, old: str, new: str) -> tuple[str, int]:
    """Replace the only place of ``old`` and give the text with the line on which ``new`` starts."""
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    line = text[: text.index(old)].count("\n") + 1
    return text.replace(old, new), line


def lined(problems: list[Problem] | tuple[Problem, ...]) -> list[tuple[str, int | None]]:
    """Give code and line of each."""
    return [(problem.code, problem.where.line) for problem in problems]
