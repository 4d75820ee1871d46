"""Whether a pattern compiles and cannot keep a processor busy: a hostile text is refused as fast as a good one."""

import re
import warnings
from collections.abc import Iterator

# What re itself parses with; named so since Python 3.11. Nothing else tells a pattern's parts apart as re will.
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MOST_REPEATS = 1000
MOST_OPEN = 3  # parts without an upper bound side by side

_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_REFUSED = (op.GROUPREF, op.GROUPREF_EXISTS, op.ASSERT, op.ASSERT_NOT)

Words = tuple[str, str]


def danger(pattern: str) -> Words | None:
    """Say what is wrong with a pattern, in English and Thai; None when it may be used."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
            parsed = _parser.parse(pattern)
    except (re.error, RecursionError, OverflowError, Warning) as error:
        return f"it is not a regular expression ({error})", f"ไม่ใช่นิพจน์ที่ใช้ได้ ({error})"
    return next(_dangers(parsed), None) or _too_many_open(parsed)


def _dangers(parsed: Any) -> Iterator[Words]:
    for code, argument, inside in _walk(parsed, inside=False):
        if code in _REFUSED:
            yield "it looks back or ahead", "อ้างถึงส่วนอื่นของตัวเองหรือมองหน้ามองหลัง ใช้ไม่ได้"
        elif code in _REPEATS:
            low, high, _ = argument
            if inside and low != high:
                yield "a repetition holds another one", "มีการทำซ้ำซ้อนอยู่ในการทำซ้ำ"
            if low > MOST_REPEATS or MOST_REPEATS < high < op.MAXREPEAT:
                yield f"it repeats more than {MOST_REPEATS} times", f"ทำซ้ำเกิน {MOST_REPEATS} ครั้ง"
        elif code is op.BRANCH and inside:
            yield "a repetition holds alternatives", "มีทางเลือกอยู่ในการทำซ้ำ"


def _too_many_open(parsed: Any) -> Words | None:
    found = sum(code in _REPEATS and argument[1] == op.MAXREPEAT for code, argument, _ in _walk(parsed, inside=False))
    if found > MOST_OPEN:
        return f"more than {MOST_OPEN} parts have no end", f"มีส่วนที่ไม่กำหนดความยาวเกิน {MOST_OPEN} ส่วน"
    return None


def _walk(parsed: Any, *, inside: bool) -> Iterator[tuple[Any, Any, bool]]:
    """Walk the parts of a pattern. inside: a part may be repeated more than once."""
    for code, argument in parsed:
        yield code, argument, inside
        if code in _REPEATS:
            yield from _walk(argument[2], inside=inside or argument[1] > 1)
        elif code is op.BRANCH:
            for each in argument[1]:
                yield from _walk(each, inside=inside)
        elif code is op.SUBPATTERN:
            yield from _walk(argument[3], inside=inside)
        elif code is op.ATOMIC_GROUP:
            yield from _walk(argument, inside=inside)
