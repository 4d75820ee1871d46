"""Plain data to YAML as framework files are written: one fact a line, quotation marks only where they are needed."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from prongsai.frameworks.document import Place
from prongsai.frameworks.plain import number_text

WIDTH = 112

_PLAIN = re.compile(r"[A-Za-z\u0e01-\u0e2e\u0e40-\u0e44][A-Za-z0-9_\u0e00-\u0e7f ()./–-]*")
# Words that some YAML reader takes for yes, no or nothing.
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def to_yaml(data: Mapping[str, Any], comments: Mapping[Place, str] | None = None) -> str:
    """Write a file's data. comments: text to stand above the place, one or more lines without ``#``.

    ``""`` as a comment puts an empty line there. Reading the text back gives equal data.
    """
    return ("\n".join(_table(data, (), comments or {}, "")) or "{}") + "\n"


def _table(data: Mapping[str, Any], place: Place, comments: Mapping[Place, str], indent: str) -> Iterator[str]:
    for key, value in data.items():
        inner = (*place, key)
        yield from _comment(inner, comments, indent)
        flow = _flow(value)
        if _stands_open(value) and (not place or len(indent) + len(key) + len(flow) + 2 > WIDTH):
            yield f"{indent}{key}:"
            yield from _block(value, inner, comments, indent + "  ")
        else:
            yield f"{indent}{key}: {flow}"


def _block(value: Any, place: Place, comments: Mapping[Place, str], indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _table(value, place, comments, indent)
        return
    for number, each in enumerate(value):
        inner = (*place, number)
        yield from _comment(inner, comments, indent)
        flow = _flow(each)
        if _stands_open(each) and len(indent) + len(flow) + 2 > WIDTH:
            lines = list(_block(each, inner, comments, indent + "  "))
            yield f"{indent}- {lines[0].lstrip()}"
            yield from lines[1:]
        else:
            yield f"{indent}- {flow}"


def _stands_open(value: Any) -> bool:
    """Whether a list or table may be written over several lines."""
    return isinstance(value, Mapping | list | tuple) and len(value) > 0


def _comment(place: Place, comments: Mapping[Place, str], indent: str) -> Iterator[str]:
    text = comments.get(place)
    if text is None:
        return
    for line in text.split("\n"):
        yield f"{indent}# {line}" if line else ""


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    return _scalar(value)


def _scalar(value: str | int | Decimal | bool | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return number_text(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED and not value.endswith(" "):
        return value
    return json.dumps(value, ensure_ascii=False)
