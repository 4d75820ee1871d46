"""Register files that nobody wrote: every type, flow, formula and kind of rule, with labels as hostile as a file may have.

``register_data`` draws the plain data of a valid file, ``yaml_of`` writes it with one field, rule or figure a line, and
``references`` names the places in it that point at something.
"""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from prongsai.errors import Problem
from prongsai.registers import written
from prongsai.registers.build import build
from prongsai.registers.check import check_document
from prongsai.registers.known import RESERVED, ROLES, SYSTEMS
from prongsai.registers.model import Register
from prongsai.thai.text import fold

Data = dict[str, Any]
Place = tuple[str | int, ...]
Draw = Callable[[st.SearchStrategy[Any]], Any]

ID = "made-up"
FILE = str(Path("/made/nowhere") / f"{ID}.yaml")

# ---- words

_HOSTILE = [
    "<script>alert(1)</script>", "'; DROP TABLE entries; --", "{{ 7*7 }}", "{% include x %}", "a|b;c", "ก & ข", "100%", "๑๒๓ บาท",
    "กำ\u0e49ำ", "\u0e48\u0e49", "เเดง", "ชื่อ: ค่า # ไม่ใช่ความเห็น", "\"อ้าง\" 'ซ้อน'", "\\n", "null", "true", "3.0", "[x, y]", "{}", "*x", "&x",
    "!!python/object:x", "x\u00a0y", "ก" * 200, "A" * 200, "🙂", "𐍈", "é", "e\u0301", "ß", "İ", "ไม่มี", "?", "~", "%41", "../../etc/passwd",
    "'=1+1", "ช่อง ๑", "ช่อง 2", "C5", "รวม", "id", "state", "รายการ (ถ้ามี)", "วันที่", "จำนวน (บาท)", "https://example.org/?a=1&b=2",
]  # fmt: skip
_LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs", "Mn"), exclude_characters="{}")
_FREE = st.text(_LETTERS, min_size=1, max_size=40)


def _may_be_shown(text: str) -> bool:
    return bool(fold(text)) and not text.lstrip().startswith(("=", "+", "-", "@")) and not {"{", "}"} & set(text)


LABELS = st.one_of(st.sampled_from([each for each in _HOSTILE if _may_be_shown(each)]), _FREE.filter(_may_be_shown))
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True).filter(lambda key: key not in RESERVED)
CHOICE_KEYS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)


def _labels(draw: Draw, count: int) -> list[str]:
    return list(draw(st.lists(LABELS, min_size=count, max_size=count, unique_by=fold)))


# ---- fields

TYPES = [
    "text", "long_text", "number", "money", "date", "month", "time", "period", "choice", "choices", "yes_no", "person", "post",
    "unit", "entry", "file", "address", "phone", "email", "link", "id", "rows",
]  # fmt: skip
_IN_ROWS = [each for each in TYPES if each not in ("rows", "file")]
OPENNESS = ["public", "masked", "office", "secret"]
_DAYS, _NUMBERS = ("date", "month", "period"), ("number", "money")
_REFERENCES = ("person", "post", "unit", "entry")
_GROUPED = ("choice", "yes_no", "text", *_REFERENCES)


_EXAMPLES: Data = {
    "long_text": "ข้อความ", "date": "๕ ม.ค. ๒๕๖๙", "month": "มกราคม 2569", "period": "1/2/2569 - 3/2/2569", "time": "09.30 น.", "yes_no": "ใช่",
    "phone": "08-1234-5678", "email": "office@example.go.th", "link": "https://example.go.th", "unit": "กองคลัง", "person": "นายสมชาย ใจดี",
}  # fmt: skip


def _field(draw: Draw, type_: str, label: str) -> Data:
    data: Data = {"type": type_, "label_th": label}
    if draw(st.booleans()):
        data["required"] = draw(st.booleans())
    if type_ in _EXAMPLES and draw(st.booleans()):
        data["example"] = _EXAMPLES[type_]
    if draw(st.booleans()):
        data["open"] = draw(st.sampled_from(OPENNESS))
    if type_ in ("choice", "choices"):
        keys = draw(st.lists(CHOICE_KEYS, min_size=1, max_size=5, unique=True))
        data["choices"] = dict(zip(keys, _labels(draw, len(keys)), strict=True))
    elif type_ == "entry":
        data["of"] = draw(st.sampled_from([ID, "assets", "risks"]))
    elif type_ in _NUMBERS and draw(st.booleans()):
        low = draw(st.integers(-1000, 1000))
        data |= {"low": low, "high": low + draw(st.integers(0, 100_000)), "unit_th": "หน่วย"}
    elif type_ == "text" and draw(st.booleans()):
        data |= {
            "max_length": draw(st.integers(1, 500)),
            "pattern": draw(st.sampled_from([r"[ก-๙ ]+", r"\d{1,5}/25\d\d", r"(A|B)-[0-9]*"])),
        }
    elif type_ == "file" and draw(st.booleans()):
        data |= {"accepts": ["pdf"], "max_mb": 5}
    elif type_ == "rows":
        count = draw(st.integers(1, 4))
        keys = draw(st.lists(KEYS, min_size=count, max_size=count, unique=True))
        types = draw(st.lists(st.sampled_from(_IN_ROWS), min_size=count, max_size=count))
        labels = _labels(draw, count)
        data["columns"] = {k: _field(draw, t, label) for k, t, label in zip(keys, types, labels, strict=True)}
        for column in data["columns"].values():
            if column.get("open") == "secret":  # only of a field that is secret whole
                data["open"] = "secret"
    return data


def _of_types(fields: Data, *types: str) -> list[str]:
    return [key for key, each in fields.items() if each["type"] in types]


def _derived(draw: Draw, fields: Data, label: str) -> Data:
    numbers, days, rows = _of_types(fields, *_NUMBERS), _of_types(fields, *_DAYS), _of_types(fields, "rows")
    entries = [key for key in _of_types(fields, "entry") if fields[key]["of"] == "assets"]
    here = [key for key in _of_types(fields, "entry") if fields[key]["of"] == ID]
    possible: list[Data] = [{"formula": "linked_count", "register": "gifts"}]
    if numbers:
        several = draw(st.lists(st.sampled_from(numbers), min_size=2, max_size=3))
        possible += [{"formula": name, "of": several} for name in ("sum", "difference", "product")]
        possible.append({"formula": "percent", "of": several[:2]})
        if here:
            possible.append({"formula": "linked_sum", "register": ID, "by": here[0], "of": numbers[0]})
    if days:
        possible.append({"formula": "days_between", "of": [days[0], days[-1]]})
    for key in rows:
        possible.append({"formula": "rows_count", "of": key})
        summed = _of_types(fields[key]["columns"], *_NUMBERS)
        possible += [{"formula": "rows_sum", "of": f"{key}.{column}"} for column in summed[:1]]
    if here:
        possible.append(
            {"formula": "linked_percent", "register": ID, "by": here[0], "where": {"field": here[0], "filled": True}}
        )
    if entries:
        possible.append({"formula": "lookup", "of": [entries[0], "name"]})
    return {"type": "derived", "label_th": label, **draw(st.sampled_from(possible))}


# ---- the parts around them


def conditions(draw: Draw, fields: Data) -> Data:
    """Draw a condition that can hold."""
    key = draw(st.sampled_from(sorted(fields)))
    one = fields[key]
    possible: list[Data] = [{"filled": draw(st.booleans())}]
    if one["type"] == "choice":
        choices = sorted(one["choices"])
        possible += [{"is": choices[0]}, {"not": choices[-1]}, {"any_of": choices}]
    elif one["type"] == "choices":
        possible.append({"has": sorted(one["choices"])[0]})
    elif one["type"] == "yes_no":
        possible.append({"is": draw(st.booleans())})
    elif one["type"] in _NUMBERS:
        possible += [{"more_than": draw(st.integers(0, 5000))}, {"less_than": 3}, {"more_than_field": key}]
    return {"field": key, **draw(st.sampled_from(possible))}


def _rules(draw: Draw, fields: Data) -> list[Data]:
    anything = st.sampled_from(sorted(fields))
    rules: list[Data] = [
        {"kind": "filled_if", "field": draw(anything), "when": conditions(draw, fields)},
        {"kind": "empty_if", "field": draw(anything), "when": conditions(draw, fields), "warning": True},
        {"kind": "differs", "field": draw(anything), "other": draw(anything)},
        {"kind": "equals", "field": draw(anything), "other": draw(anything), "message_th": draw(LABELS)},
    ]
    for key in _of_types(fields, *_DAYS):
        other = draw(st.sampled_from(_of_types(fields, *_DAYS)))
        rules += [{"kind": kind, "field": key, "other": other} for kind in ("not_before", "not_after")]
        rules += [{"kind": "not_future", "field": key}, {"kind": "in_year", "field": key}]
        rules.append({"kind": "within_days", "field": key, "other": other, "days": draw(st.integers(0, 90))})
    for key in _of_types(fields, *_NUMBERS):
        rules += [{"kind": "at_least", "field": key, "value": 0}, {"kind": "at_most", "field": key, "other": key}]
    for key in _of_types(fields, "rows"):
        rules.append({"kind": "rows_min", "field": key, "value": 1})
        column = sorted(fields[key]["columns"])[0]
        rules.append({"kind": "in_rows", "field": draw(anything), "other": f"{key}.{column}"})
        for column in _of_types(fields[key]["columns"], *_NUMBERS):
            rules.append({"kind": "sum_equals", "field": f"{key}.{column}", "value": 100})
            rules.append({"kind": "at_least", "field": f"{key}.{column}", "value": 0})
    return list(draw(st.lists(st.sampled_from(rules), max_size=5)))


def _statistics(draw: Draw, fields: Data) -> Data:
    grouped = [*_of_types(fields, *_GROUPED)[:2], "state", "month", "quarter"]
    numbers = _of_types(fields, *_NUMBERS)[:4]
    found: Data = {}
    for number, title in enumerate(_labels(draw, draw(st.integers(0, 3)))):
        one: Data = {"title_th": title, "by": draw(st.lists(st.sampled_from(grouped), max_size=2, unique=True))}
        if numbers and draw(st.booleans()):
            one |= {"measure": "sum", "field": draw(st.sampled_from(numbers))}
        if draw(st.booleans()):
            one["chart"] = draw(st.sampled_from(["bar", "line", ""]))
        found[f"s{number}"] = one
    return found


def _flow(draw: Draw) -> Data:
    """Draw states in a row with a way back, or leave them to the flow."""
    if draw(st.booleans()):
        return {}
    labels = _labels(draw, draw(st.integers(2, 4)))
    keys = [f"st{number}" for number in range(len(labels))]
    states = {key: {"label_th": label} for key, label in zip(keys, labels, strict=True)}
    states[keys[-1]] |= {"final": True, "counted": draw(st.booleans())}
    moves = {
        f"go{number}": {
            "label_th": "ต่อไป",
            "from": [here],
            "to": there,
            "by": draw(st.sampled_from(["keeper", "decider", "any"])),
        }
        for number, (here, there) in enumerate(zip(keys, keys[1:], strict=False))
    }
    return {"states": states, "moves": moves}


def _year_checks(draw: Draw, fields: Data) -> list[Data]:
    checks: list[Data] = [{"kind": "at_least", "value": 1, "blocking": True}, {"kind": "every_unit"}]
    checks += [{"kind": "every_choice", "field": key} for key in _of_types(fields, "choice", "choices")]
    checks += [
        {"kind": "every_entry_of", "register": fields[key]["of"], "field": key} for key in _of_types(fields, "entry")
    ]
    checks += [
        {"kind": "sum_matches", "field": key, "register": "gifts", "other": "value_thb"}
        for key in _of_types(fields, *_NUMBERS)
    ]
    checks += [
        {"kind": "groups_match", "field": key, "other": group}
        for key in _of_types(fields, *_NUMBERS)
        for group in _of_types(fields, "choice")
    ]
    return list(draw(st.lists(st.sampled_from(checks), max_size=2)))


@st.composite
def register_data(draw: Draw) -> Data:
    """Draw the data of a valid register file."""
    count = draw(st.integers(1, 9))
    labels = _labels(draw, count + 2)
    keys = draw(st.lists(KEYS, min_size=count + 2, max_size=count + 2, unique=True))
    types = ["text", *draw(st.lists(st.sampled_from(TYPES), min_size=count - 1, max_size=count - 1))]
    fields = {key: _field(draw, type_, label) for key, type_, label in zip(keys, types, labels, strict=False)}
    entered = copy.deepcopy(fields)
    for key in list(fields):
        if draw(st.integers(0, 5)) == 0:
            fields[key]["required_if"] = conditions(draw, entered)
    if draw(st.booleans()):
        fields[keys[count]] = _derived(draw, entered, labels[count])
    flow = _flow(draw)
    data: Data = {
        "id": ID,
        "name_th": draw(LABELS),
        "name_en": draw(LABELS),
        "flow": draw(st.sampled_from(["record", "request", "plan"])),
        "systems": draw(st.lists(st.sampled_from(SYSTEMS), max_size=2, unique=True)),
        "owners": draw(st.lists(st.sampled_from(sorted(ROLES)), max_size=3, unique=True)),
        "deciders": draw(st.lists(st.sampled_from(sorted(ROLES)), min_size=1, max_size=2, unique=True)),
        **flow,
        "fields": fields,
        "rules": _rules(draw, entered),
        "statistics": _statistics(draw, entered),
        "year_checks": _year_checks(draw, entered),
    }
    _around(draw, data, entered)
    return data


def _around(draw: Draw, data: Data, entered: Data) -> None:
    """Add the parts that name fields, each or not."""
    days, units = _of_types(entered, "date", "month", "period"), _of_types(entered, "unit")
    shown = [key for key, one in entered.items() if one.get("open") in ("public", "masked")]
    secret = [key for key, one in entered.items() if one.get("open") == "secret"]
    titled = [key for key in _of_types(entered, "text", "choice", "date", "unit") if key not in secret]
    maybe: Data = {
        "due": {
            "rhythm": draw(st.sampled_from(["monthly", "quarterly", "half_yearly", "yearly"])),
            "days": draw(st.integers(0, 90)),
        }
    }
    maybe["feeds"] = [{"item": "no-gift.drive", "elements": ["report"], "when": "entries"}]
    maybe["columns"] = draw(st.lists(st.sampled_from([*entered, "state"]), max_size=4, unique=True))
    maybe["filters"] = _of_types(entered, *_GROUPED)[:2]
    maybe["print"] = {"title_th": draw(LABELS), "columns": maybe["columns"]}
    maybe["unique"] = _of_types(entered, "text")[:1]
    maybe["clock"] = {"days": 15, "working": True} | ({"start": days[0], "stop": days[-1]} if days else {})
    if titled:
        maybe["title"] = " ".join(f"{{{key}}}" for key in titled[:3])
    if shown:
        maybe["public"] = {"columns": shown, "min_cell": 3, "states": list(data.get("states", {}))[:1]}
    if days:
        maybe["dated_by"] = days[0]
    if units:
        maybe["unit_by"] = units[0]
    pointing, periods = _of_types(entered, *_REFERENCES), _of_types(entered, "period")
    if pointing and periods and "states" in data:
        maybe["no_overlap"] = {"field": pointing[0], "period": periods[0], "states": list(data["states"])[:1]}
    if data["flow"] == "plan":
        fields = {"done": {"type": "long_text", "label_th": "ผล"}, "spent": {"type": "money", "label_th": "ใช้ไป"}}
        rules = [
            {"kind": "at_least", "field": "spent", "value": 0},
            {"kind": "filled_if", "field": "done", "when": conditions(draw, entered)},
        ]
        maybe["progress"] = {"rhythm": "half_yearly", "fields": fields, "rules": rules}
    for key in sorted(maybe):
        if draw(st.booleans()):
            data[key] = maybe[key]


# ---- writing and reading

_BLOCKS = ("fields", "states", "moves", "statistics", "matrix")
_LISTS = ("rules", "feeds", "year_checks")


def yaml_of(data: Data) -> str:
    """Write a file: a line for each key of the head, and for each field, state, move, figure, rule."""
    return "".join(f"{line}\n" for key, value in data.items() for line in _lines(key, value))


def _lines(key: str, value: Any) -> Iterator[str]:
    if key in _BLOCKS and isinstance(value, dict) and value:
        yield f"{key}:"
        yield from (f"  {json.dumps(name)}: {_flat(each)}" for name, each in value.items())
    elif key in _LISTS and isinstance(value, list) and value:
        yield f"{key}:"
        yield from (f"  - {_flat(each)}" for each in value)
    else:
        yield f"{json.dumps(key)}: {_flat(value)}"


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    """Check a file that is nowhere."""
    return check_document(written.parse(text if isinstance(text, bytes) else text.encode(), FILE))


def built(text: str) -> Register:
    """Build the register of a sound file."""
    return build(written.parse(text.encode(), FILE).data, file=FILE)


# ---- what points at something

MISSING = "zzmissing"


def references(data: Data) -> list[Place]:
    """Name the places of a file that name a field, state, move, role, item or register."""
    found: list[Place] = [(key,) for key in ("dated_by", "unit_by") if key in data]
    for key in ("owners", "deciders", "unique", "columns", "filters"):
        found += [(key, index) for index in range(len(data.get(key, ())))]
    for section in ("print", "public"):
        for key in ("columns", "states"):
            found += [(section, key, index) for index in range(len(data.get(section, {}).get(key, ())))]
    for key, one in data["fields"].items():
        place: Place = ("fields", key)
        found += [(*place, name) for name in ("of", "register", "by") if isinstance(one.get(name), str)]
        found += [(*place, "of", index) for index in range(len(one["of"]) if isinstance(one.get("of"), list) else 0)]
        found += [(*place, name, "field") for name in ("required_if", "where") if name in one]
    for index, rule in enumerate(data.get("rules", ())):
        found += [("rules", index, name) for name in ("field", "other") if name in rule]
        found += [("rules", index, "when", "field")] if "when" in rule else []
    for key, move in data.get("moves", {}).items():
        found += [("moves", key, "to"), *(("moves", key, "from", index) for index in range(len(move["from"])))]
    for key, one in data.get("statistics", {}).items():
        found += [("statistics", key, "by", index) for index in range(len(one["by"]))]
        found += [("statistics", key, "field")] if "field" in one else []
    for index, one in enumerate(data.get("year_checks", ())):
        found += [("year_checks", index, name) for name in ("field", "other", "register") if name in one]
    found += [("clock", name) for name in ("start", "stop") if name in data.get("clock", {})]
    found += [("feeds", index, "item") for index in range(len(data.get("feeds", ())))]
    found += [("feeds", index, "elements", 0) for index in range(len(data.get("feeds", ())))]
    found += [("no_overlap", name) for name in ("field", "period") if "no_overlap" in data]
    return found


def put(data: Data, place: Place, value: Any) -> Data:
    """Give the data with another value at a place."""
    found = copy.deepcopy(data)
    inner: Any = found
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return found


# ---- wild files

_KNOWN = [
    "id", "name_th", "group", "systems", "flow", "title", "fields", "states", "moves", "rules", "feeds", "due", "statistics", "by",
    "where", "when", "field", "other", "kind", "type", "label_th", "choices", "columns", "of", "formula", "register", "required_if",
    "public", "outside", "print", "progress", "matrix", "clock", "no_overlap", "year_checks", "unique", "from", "to", "at", "pattern", "low",
    "high", "heads", "item", "elements", "rhythm", "since", "states", "carries", "filters", "any_of", "is", "has", "more_than_field",
]  # fmt: skip
_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**19), 10**19), st.sampled_from([*TYPES, *_KNOWN, "derived", "sum", "lookup", "rows.x", "a.b.c", "{", "{x}", "((a+)+)+"]),
    LABELS, st.text(max_size=20),
)  # fmt: skip
WILD_DATA = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KNOWN) | KEYS, inner, max_size=6),
    max_leaves=20,
)


@st.composite
def wild_files(draw: Draw) -> bytes:
    """Draw a file that is nonsense, or a sound one spoilt by hand, or by a part of another kind."""
    how = draw(st.integers(0, 3))
    if how == 0:
        return bytes(draw(st.binary(max_size=200)))
    if how == 1:
        return _flat(draw(WILD_DATA)).encode("utf-8", "surrogatepass")
    data = draw(register_data())
    if how == 2:
        for _ in range(draw(st.integers(1, 3))):
            data[draw(st.sampled_from(_KNOWN))] = draw(WILD_DATA)
        return yaml_of(data).encode("utf-8", "surrogatepass")
    text = yaml_of(data)
    at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 30))
    return (text[:at] + draw(st.text(max_size=10)) + text[at + length :]).encode("utf-8", "surrogatepass")
