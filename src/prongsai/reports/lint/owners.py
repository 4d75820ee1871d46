"""Rules about who answers for the work: owners that are missing, too broad, unknown, or spelt in several ways."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prongsai.errors import Problem, Severity, Where
from prongsai.reports.lint.passages import passages, without_tags
from prongsai.reports.lint.rule import Paper, Say, rule
from prongsai.reports.owners import is_owner
from prongsai.reports.records import Gap, IndicatorPlan, Measure, Record
from prongsai.thai.names import Person, name_key, read_name, similar_names, split_people
from prongsai.thai.text import collapse, fold
from prongsai.thai.units import is_sentence, is_unit, known_unit

UNIT_LENGTH_MAX = 80
ROW_CONFIDENCE_MIN = 0.75


def _owners(row: Record) -> tuple[str, ...]:
    return row.units if isinstance(row, Gap) else row.responsible


def _title(row: Record) -> str:
    """Give the words by which a person finds a row."""
    if isinstance(row, Gap):
        return collapse(f"{row.code or ''} {row.title}")
    if isinstance(row, Measure):
        return row.measure
    return row.name if isinstance(row, IndicatorPlan) else row.topic


# ---------------------------------------------------------------- nobody, or everybody


@rule(
    "RESPONSIBLE_MISSING",
    Severity.ERROR,
    summary="A row names nobody who answers for it.",
    summary_th="แถวนี้ไม่มีผู้รับผิดชอบ",
    mend="Name the unit or the person with the post.",
    mend_th="ระบุส่วนราชการหรือผู้รับผิดชอบพร้อมตำแหน่ง",
)
def responsible_missing(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at every row; a table without any such column is told once, a row with mixed-up cells is only doubted."""
    for kind in dict.fromkeys(row.kind for row in paper.report.rows):
        rows = [row for row in paper.report.rows if row.kind == kind]
        if not any(_owners(row) or "responsible" in row.origin.printed for row in rows):
            yield say(
                rows[0].origin.where,
                f"None of the {len(rows)} rows names who is responsible.",
                f"ตารางนี้ไม่มีช่องผู้รับผิดชอบ ทั้ง {len(rows)} แถวจึงไม่มีเจ้าของ",
            )
            continue
        for row in rows:
            if not _owners(row) and not _owner_words(row):
                yield say(
                    row.origin.where,
                    "This row names nobody who is responsible.",
                    "แถวนี้ไม่มีผู้รับผิดชอบ",
                    _title(row)[:90],
                    severity=Severity.WARNING if row.origin.confidence < ROW_CONFIDENCE_MIN else None,
                )


@rule(
    "RESPONSIBLE_TOO_BROAD",
    Severity.INFO,
    summary='"All units" is the only one responsible: nobody is accountable.',
    summary_th="ผู้รับผิดชอบมีแต่ “ทุกส่วนราชการ” จึงไม่มีเจ้าของงานจริง",
    mend="Name the unit that leads; the others support it.",
    mend_th="ระบุหน่วยงานหลัก แล้วให้หน่วยงานอื่นเป็นผู้สนับสนุน",
)
def responsible_too_broad(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell it once with the share of such rows."""
    rows = paper.report.rows
    broad = [row for row in rows if _owners(row) and all(_is_everybody(owner) for owner in _owners(row))]
    if broad:
        lines = ", ".join(str(row.origin.where.line) for row in broad)
        yield say(
            broad[0].origin.where,
            f'In {len(broad)} of {len(rows)} rows the only owner is "all units".',
            f"{len(broad)} จาก {len(rows)} แถวมีผู้รับผิดชอบเป็นทุกส่วนราชการเท่านั้น (บรรทัด {lines})",
            *dict.fromkeys(owner for row in broad for owner in _owners(row)),
            arithmetic=f"{len(broad)} / {len(rows)}",
        )


def _is_everybody(owner: str) -> bool:
    bare = fold(owner)
    return bare.startswith(("ทุกส่วน", "ทุกหน่วย", "ทุกกอง", "ทุกฝ่าย", "ทุกงาน", "ทุกสำนัก", "หน่วยงานในสังกัด", "ส่วนราชการในสังกัด"))


# ---------------------------------------------------------------- no unit

_ACTING = ("ช่วยกัน", "ร่วมกัน", "ให้เรียบร้อย", "ให้ครบ", "แล้วค่อย", "ส่งข้อมูล", "จัดส่ง", "ส่งมอบ", "ทำข้อมูล")
_SENTENCE_MIN = 25
_LABEL = re.compile(r"(?:ผู้รับผิดชอบ|หน่วยงานที่?รับผิดชอบ)\s*[:：]?\s*")


def _cell(row: Record) -> str:
    printed = row.origin.printed
    return without_tags(printed.get("responsible", "") or printed.get("notes", "")).strip(" -–—•")


def _owner_words(row: Record) -> str:
    """Give what is printed where owners belong: their own column, or notes that begin with their label."""
    cell = _cell(row)
    label = _LABEL.match(cell)
    if not label and "responsible" not in row.origin.printed:
        return ""
    return (cell[label.end() :] if label else cell).strip(" -–—•")


def _is_sentence(text: str) -> bool:
    bare = fold(text)
    if len(bare) < _SENTENCE_MIN or bare.startswith("คณะ") or split_people(text):
        return False
    return is_sentence(text) or any(word in bare for word in _ACTING)


@rule(
    "RESPONSIBLE_NOT_A_UNIT",
    Severity.WARNING,
    summary="A sentence stands where the owner should be named.",
    summary_th="ช่องผู้รับผิดชอบเป็นประโยค ไม่ใช่ชื่อส่วนราชการหรือบุคคล",
    mend="Name the unit or the post; the sentence belongs to the steps.",
    mend_th="ระบุชื่อส่วนราชการหรือตำแหน่ง แล้วย้ายประโยคไปไว้ในขั้นตอน",
)
def responsible_not_a_unit(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at the whole owner cell; words in which no owner can be read are no unit either."""
    for row in paper.report.rows:
        cell = _cell(row)
        owners = _owners(row)
        if (_is_sentence(cell) or not any(map(is_owner, owners))) if owners else _owner_words(row):
            yield say(
                row.origin.where,
                "A sentence stands where the owner should be named.",
                "ช่องผู้รับผิดชอบเป็นประโยค ไม่มีผู้รับผิดชอบที่ชัดเจน",
                cell[:120],
            )


_AND = re.compile(r"\s*(?:และ|หรือ|/|,|\(|\)|\s)\s*(?=สำนัก|กอง|ฝ่าย|งาน|หน่วย|ศูนย์|$)")
_UNIT_OPENS = re.compile("(?=สำนัก|กอง|ฝ่าย|งาน|หน่วย|ศูนย์|สถาน|ส่วน)")
_ELSEWHERE_MIN = 2


@rule(
    "UNIT_UNKNOWN",
    Severity.WARNING,
    summary="An owner looks like a unit but is neither a usual one nor named elsewhere in the paper.",
    summary_th="ชื่อหน่วยงานไม่ใช่ส่วนราชการที่มีทั่วไป และไม่ปรากฏที่อื่นในเอกสาร",
    mend="Correct the name, or add the unit to the office's own units.",
    mend_th="แก้ชื่อให้ถูก หรือเพิ่มเป็นส่วนราชการของหน่วยงาน",
)
def unit_unknown(paper: Paper, say: Say) -> Iterator[Problem]:
    """Name the nearest usual units."""
    suspects = [(row, owner) for row in paper.report.rows for owner in _owners(row) if _is_strange(owner, paper)]
    if not suspects:
        return
    counts = _occurrences(paper, {fold(owner) for _, owner in suspects})
    for row, owner in suspects:
        if counts[fold(owner)] >= _ELSEWHERE_MIN:
            continue
        near = ", ".join(known_unit(owner).nearest)
        yield say(
            row.origin.where,
            f"No usual unit is called {owner}{'; the nearest are ' + near if near else ''}.",
            f"ไม่รู้จักส่วนราชการ “{owner}”{' ที่ใกล้เคียงคือ ' + near if near else ''}",
            owner,
        )


def _occurrences(paper: Paper, names: set[str]) -> Counter[str]:
    """Count folded names in the whole paper, at the words that open a unit, in one pass."""
    lengths = sorted({len(name) for name in names})
    counts: Counter[str] = Counter()
    for found in passages(paper.document):
        text = fold(found.text)
        for hit in _UNIT_OPENS.finditer(text):
            pieces = {text[hit.start() : hit.start() + length] for length in lengths}
            counts.update(pieces & names)
    return counts


def _is_strange(owner: str, paper: Paper) -> bool:
    if len(owner) > UNIT_LENGTH_MAX or owner.startswith("ทุก") or _is_everybody(owner):
        return False
    if split_people(owner) or _is_sentence(owner):
        return False
    own = paper.report.agency.name or ""
    bare = collapse(owner.replace(own, "")) if own else owner
    if not is_unit(bare) or known_unit(bare).unit or known_unit(owner).unit:
        return False
    parts = [part for part in _AND.split(bare) if part]
    return not (len(parts) > 1 and all(known_unit(part).unit for part in parts))


# ---------------------------------------------------------------- people


@dataclass(frozen=True, slots=True)
class _Named:
    person: Person
    where: Where


def _people_of(row: Record) -> list[Person]:
    """Read the people of an owner cell; a post printed as an owner of its own right after a name is that person's."""
    people: list[Person] = []
    waiting = False
    for owner in _owners(row):
        found = split_people(owner)
        if not found and waiting and not is_unit(owner):
            people[-1] = people[-1]._replace(position=owner)
        people += found
        waiting = bool(found) and not found[-1].position
    return people


def _named(paper: Paper) -> list[_Named]:
    found = [_Named(person, row.origin.where) for row in paper.report.rows for person in _people_of(row)]
    for signatory in paper.report.signatories:
        name = read_name(signatory.name)
        if name:
            found.append(_Named(Person(name, signatory.position or "", signatory.name), signatory.where))
    return sorted(found, key=lambda named: named.where.line or 0)


@rule(
    "MISSING_POSITION",
    Severity.WARNING,
    summary="A person is named without a post.",
    summary_th="มีชื่อบุคคลแต่ไม่มีตำแหน่ง",
    mend="Add the post: work belongs to posts, people move.",
    mend_th="เพิ่มตำแหน่ง เพราะงานผูกกับตำแหน่ง คนย้ายได้",
)
def missing_position(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell it once a row, and once a signature."""
    for row in paper.report.rows:
        people = _people_of(row)
        bare = [person.raw for person in people if not person.position]
        if bare:
            yield say(
                row.origin.where,
                f"{len(bare)} of {len(people)} people have no post.",
                f"มี {len(bare)} จาก {len(people)} คนที่ไม่มีตำแหน่ง",
                *bare,
                arithmetic=f"{len(bare)} / {len(people)}",
            )
    for signatory in paper.report.signatories:
        if not signatory.position:
            yield say(signatory.where, "A signature has no post under it.", "ใต้ลายมือชื่อไม่มีตำแหน่ง", signatory.name)


@rule(
    "NAME_VARIANT",
    Severity.WARNING,
    summary="One person's name is spelt in several ways.",
    summary_th="ชื่อคนเดียวกันสะกดหลายแบบ",
    mend="Ask for the right spelling and use it throughout.",
    mend_th="ตรวจการสะกดที่ถูกต้องแล้วใช้ให้ตรงกันทั้งฉบับ",
)
def name_variant(paper: Paper, say: Say) -> Iterator[Problem]:
    """Group the spellings among owners and signatures; which one is right is not guessed."""
    named = _named(paper)
    by_key: dict[str, list[_Named]] = {}
    for entry in named:
        by_key.setdefault(name_key(entry.person.name), []).append(entry)
    for group in similar_names(entry.person for entry in named):
        yield _variants(say, [by_key[name_key(name)] for name in group])


def _variants(say: Say, spellings: Sequence[Sequence[_Named]]) -> Problem:
    """Tell the spellings of one person, each with its places; the first that is not the most frequent is the place."""
    usual = max(spellings, key=len)
    odd = min((places[0].where for places in spellings if places is not usual), key=lambda where: where.line or 0)
    total = sum(map(len, spellings))
    return say(
        odd,
        f"One person is spelt in {len(spellings)} ways, {total} times in all.",
        f"ชื่อคนเดียวกันสะกด {len(spellings)} แบบ รวม {total} แห่ง",
        *map(_spelling, spellings),
        severity=Severity.INFO if len(spellings) == 2 else None,
    )


def _spelling(places: Sequence[_Named]) -> str:
    name = places[0].person.name
    lines = ", ".join(str(place.where.line) for place in places)
    return f"{name.given} {name.surname}".strip() + f" ({len(places)} แห่ง บรรทัด {lines})"
