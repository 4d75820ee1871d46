"""Whether a file of declarations has the shape that its published JSON Schema gives, told with place and mend."""

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from prongsai.errors import Problem
from prongsai.frameworks.document import Document, Place
from prongsai.frameworks.faults import WHOLE_FILE
from prongsai.frameworks.plain import number_text

_KINDS: Mapping[str, tuple[str, str]] = {
    "string": ("a text", "ข้อความ"),
    "integer": ("a whole number", "จำนวนเต็ม"),
    "number": ("a number", "ตัวเลข"),
    "boolean": ("true or false", " true หรือ false"),
    "array": ("a list", "รายการ"),
    "object": ("a table of keys and values", "ชุดช่องกับค่า"),
    "null": ("null", " null"),
}


@dataclass(frozen=True)
class Shape:
    """A schema (JSON Schema 2020-12) and how departures from it are told.

    prefix: of the codes UNKNOWN_KEY, MISSING_KEY, WRONG_TYPE, BAD_VALUE and, where a schema names keys, BAD_KEY.
    fault: makes the Problem of such a code from its place and words.
    """

    path: Path
    prefix: str
    fault: Callable[..., Problem]

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """The published schema."""
        found: Mapping[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return found

    @cached_property
    def validator(self) -> Draft202012Validator:
        """What holds a file against it."""
        return Draft202012Validator(self.schema)

    def problems(self, document: Document) -> tuple[tuple[Place, Problem], ...]:
        """Find every place where a file departs from the schema."""
        return tuple(
            (tuple(error.absolute_path), problem)
            for error in self.validator.iter_errors(document.data)
            for problem in self._problems(error, document)
        )

    def _problems(self, error: ValidationError, document: Document) -> Iterator[Problem]:
        place = tuple(error.absolute_path)
        rule: Any = error.validator_value
        if "propertyNames" in error.absolute_schema_path:
            reason, reason_th = _reason(str(error.validator), rule, error.instance)
            where = document.where(*place, str(error.instance))
            yield self._told("BAD_KEY", where, value=shown(error.instance), reason=reason, reason_th=reason_th)
            return
        match error.validator:
            case "additionalProperties":
                yield from self._unknown_keys(error, document)
            case "required":
                # One error a key: the schema library says which only in its sentence.
                for key in rule:
                    if error.message.startswith(f"'{key}'"):
                        yield self._told("MISSING_KEY", document.where(*place), key=key, place=named(place))
            case "type":
                yield self._wrong_type(error, rule, document)
            case _:
                reason, reason_th = _reason(str(error.validator), rule, error.instance)
                words = {"place": named(place), "value": shown(error.instance)}
                where = document.where(*place)
                yield self._told("BAD_VALUE", where, **words, reason=reason, reason_th=reason_th)

    def _told(self, code: str, where: object, **words: object) -> Problem:
        return self.fault(f"{self.prefix}_{code}", where, **words)

    def _unknown_keys(self, error: ValidationError, document: Document) -> Iterator[Problem]:
        shape: Any = error.schema
        known, instance = shape["properties"], error.instance
        for key in sorted(set(instance) - set(known)):  # type: ignore[arg-type]
            where = document.where(*error.absolute_path, key)
            yield self._told("UNKNOWN_KEY", where, key=key, near=nearest(key, known))

    def _wrong_type(self, error: ValidationError, rule: str | list[str], document: Document) -> Problem:
        wanted = [rule] if isinstance(rule, str) else rule
        place = tuple(error.absolute_path)
        return self._told(
            "WRONG_TYPE",
            document.where(*place),
            place=named(place),
            value=shown(error.instance),
            expected=" or ".join(_KINDS[each][0] for each in wanted),
            expected_th=" หรือ ".join(_KINDS[each][1] for each in wanted),
        )


def nearest(word: str, known: Iterable[str], most: int = 5) -> str:
    """Name the known words that look most like a word, or the first of them when none does."""
    words = list(dict.fromkeys(known))
    return ", ".join(difflib.get_close_matches(word, words, n=most, cutoff=0.5) or words[:most]) or "—"


def shown(value: object) -> str:
    """Print a value of a file shortly, as JSON."""
    if isinstance(value, Decimal):
        return number_text(value)
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def named(place: Place) -> str:
    """Name a place of a file: ``fields.item.type``."""
    return ".".join(str(each) for each in place) or WHOLE_FILE


def _reason(validator: str, rule: Any, value: object) -> tuple[str, str]:
    match validator:
        case "enum" | "const":
            words = [each if isinstance(each, str) else shown(each) for each in _listed(rule)]
            near, allowed = nearest(str(value), words, 1), ", ".join(each or '""' for each in words)
            return f"near is {near}; allowed are {allowed}", f"ใกล้เคียงคือ {near} ใช้ได้เพียง {allowed}"
        case "pattern":
            return f"it must look like {rule}", f"ต้องเขียนตามแบบ {rule}"
        case "minimum":
            return f"the least is {rule}", f"ค่าต่ำสุดคือ {rule}"
        case "maximum":
            return f"the most is {rule}", f"ค่าสูงสุดคือ {rule}"
        case "minLength" | "minItems" | "minProperties":
            return f"it needs at least {rule}", f"ต้องมีอย่างน้อย {rule}"
        case "maxLength" | "maxItems" | "maxProperties":
            return f"at most {rule} may be there", f"มีได้ไม่เกิน {rule}"
        case "uniqueItems":
            return "the same value is there twice", "มีค่าซ้ำกัน"
    return validator, validator


def _listed(rule: Any) -> list[Any]:
    return rule if isinstance(rule, list) else [rule]
