"""Scores from JSON: plain maps of scores, respondents' answers, and what ``prongsai read --json`` prints."""

from collections.abc import Iterator

from prongsai.errors import FileUnusable, Where
from prongsai.scoring.collect import Collection, Gathered, tidy
from prongsai.scoring.faults import fault
from prongsai.scoring.json_lines import JsonSyntaxError, Value, parse
from prongsai.scoring.scores import Section

_SECTIONS = {
    "instruments": Section.INSTRUMENT,
    "indicators": Section.INDICATOR,
    "sub_indicators": Section.INDICATOR,
    "items": Section.ITEM,
}
_CODE_KEYS = ("no", "code", "indicator", "item", "instrument")
_SCORE_KEYS = ("score", "value")


def collect_json(text: str, collection: Collection) -> None:
    """Read one record or a list of them. Raises FileUnusable for text that is not JSON."""
    try:
        top = parse(text)
    except JsonSyntaxError as error:
        raise FileUnusable(
            f"{collection.file} is not JSON, line {error.line}: {error}",
            message_th=f"ไฟล์ {collection.file} อ่านเป็น JSON ไม่ได้ที่บรรทัด {error.line} ({error.reason_th})",
            mend_th="ตรวจเครื่องหมายคำพูด จุลภาค และวงเล็บของบรรทัดนี้กับบรรทัดก่อนหน้า",
        ) from error
    for _, record in top.members if top.kind == "list" else [("", top)]:
        _record(record, collection)


def _record(record: Value, collection: Collection) -> None:
    where = Where(file=collection.file, line=record.line)
    if record.kind != "table":
        _shape(collection.agency(None, where), record, "a record", "an object in { }", "ข้อมูลในวงเล็บปีกกา { }")
        return
    gathered = collection.separate(_agency(record), where)
    for key, value in record.members:
        if key in _SECTIONS:
            _section(gathered, key, value)
        elif key == "overall":
            _overall(gathered, value)
        elif key == "level":
            _level(gathered, value)
        elif key == "answers":
            _answers(gathered, value)


def _where(gathered: Gathered, value: Value) -> Where:
    return Where(file=gathered.where.file, line=value.line)


def _shape(gathered: Gathered, value: Value, place: str, expected: str, expected_th: str) -> None:
    gathered.add_problem(
        fault("SCORE_SHAPE", _where(gathered, value), place=place, expected=expected, expected_th=expected_th)
    )


def _find(table: Value, keys: tuple[str, ...]) -> Value | None:
    return next((value for key, value in table.members if key in keys), None)


def _agency(record: Value) -> str | None:
    found = _find(record, ("agency",))
    if found and found.kind == "table":
        found = _find(found, ("name",))
    return (tidy(found.text) or None) if found and found.kind == "text" else None


def _section(gathered: Gathered, key: str, value: Value) -> None:
    if value.kind == "null":
        return
    if value.kind not in ("table", "list"):
        _shape(gathered, value, key, "an object of code and score", "คู่ของรหัสกับคะแนนในวงเล็บปีกกา { }")
        return
    for place, (code, score) in enumerate(_pairs(value), start=1):
        if code is None or score is None:
            expected = "a code (no) and a number (score)"
            _shape(gathered, value, f"{key}[{place}]", expected, "รหัส (no) และตัวเลข (score)")
        elif score.kind in ("number", "text", "null"):
            gathered.add_score(code, score.text, _where(gathered, score), _SECTIONS[key])
        else:
            _shape(gathered, score, f"{key}.{tidy(code)}", "a number", "ตัวเลข")


def _pairs(value: Value) -> Iterator[tuple[str | None, Value | None]]:
    if value.kind == "table":
        yield from value.members
        return
    for _, each in value.members:
        code = _find(each, _CODE_KEYS)
        named = code is not None and code.kind in ("number", "text")
        yield (
            code.text if code and named else None,
            _find(each, _SCORE_KEYS) if each.kind == "table" else None,
        )


def _overall(gathered: Gathered, value: Value) -> None:
    if value.kind in ("number", "text"):
        gathered.add_total(value.text, _where(gathered, value))
    elif value.kind == "table":
        for key, inner in value.members:
            if key in _SCORE_KEYS:
                _overall(gathered, inner) if inner.kind != "table" else _not_number(gathered, inner)
            elif key == "level":
                _level(gathered, inner)
    elif value.kind != "null":
        _not_number(gathered, value)


def _not_number(gathered: Gathered, value: Value) -> None:
    _shape(gathered, value, "overall", "a number", "ตัวเลข")


def _level(gathered: Gathered, value: Value) -> None:
    if value.kind == "text":
        gathered.add_level(value.text, _where(gathered, value))
    elif value.kind != "null":
        _shape(gathered, value, "level", "a text", "ข้อความ")


def _answers(gathered: Gathered, value: Value) -> None:
    if value.kind != "list":
        _shape(gathered, value, "answers", "a list with one object a respondent", "รายการ โดยหนึ่งชุดต่อผู้ตอบหนึ่งคน")
        return
    for number, (_, respondent) in enumerate(value.members, start=1):
        if respondent.kind != "table":
            place = f"answers[{number}]"
            _shape(gathered, respondent, place, "an object of question and answer", "คู่ของข้อคำถามกับคำตอบ")
            continue
        for question, answer in respondent.members:
            _answer(gathered, str(number), question, answer)


def _answer(gathered: Gathered, who: str, question: str, answer: Value) -> None:
    parts = [inner for _, inner in answer.members] if answer.kind == "list" else [answer]
    for number, part in enumerate(parts, start=1):
        if part.kind in ("text", "number", "null"):
            which = str(number) if answer.kind == "list" else ""
            gathered.add_reply(who, question, which, part.text, _where(gathered, part))
        else:
            _shape(gathered, part, f"answers[{who}].{tidy(question)}", "an answer", "คำตอบ")
