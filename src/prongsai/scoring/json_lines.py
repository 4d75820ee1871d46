"""JSON with the line of every value, its numbers as written, and doubled keys kept.

The standard reader tells none of the three: it makes ``1e999`` infinite, lets the last of two equal keys win,
and ends a deep file with RecursionError.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Literal

MAX_DEPTH = 32

Kind = Literal["null", "yes_no", "number", "text", "list", "table"]

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\\x00-\x1f]|\\.)*")"""
    r"|(?P<number>-?(?:[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|Infinity)|NaN)"
    r"|(?P<yes_no>true|false)|(?P<null>null)|(?P<mark>[{}\[\]:,])"
)


class JsonSyntaxError(ValueError):
    """The text is not JSON; reason_th: why, for a clerk; line: where it stops being so."""

    def __init__(self, reason: str, reason_th: str, line: int) -> None:
        super().__init__(reason)
        self.reason_th = reason_th
        self.line = line


@dataclass(frozen=True, slots=True)
class Value:
    """A value and its 1-based line.

    text: of a text or number. members: of a table by key; of a list under ``""``.
    """

    kind: Kind
    line: int
    text: str = ""
    members: list[tuple[str, "Value"]] = field(default_factory=list)


def parse(text: str) -> Value:
    """Read one JSON value. Raises JsonSyntaxError with the line for anything else, also beyond MAX_DEPTH."""
    reader = _Reader(text)
    value = reader.value(0)
    reader.end()
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1

    def _skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        if found and found.end() > self.at:
            self.line += self.text.count("\n", self.at, found.end())
            self.at = found.end()

    def _token(self) -> tuple[str, str]:
        self._skip()
        found = _TOKEN.match(self.text, self.at)
        if not found:
            seen = self.text[self.at : self.at + 12]
            if not seen:
                raise JsonSyntaxError("unexpected end of the file", "ไฟล์จบก่อนข้อมูลครบ", self.line)
            raise JsonSyntaxError(f"unexpected {seen!r}", f"พบ {seen!r} ผิดที่", self.line)
        self.at = found.end()
        return str(found.lastgroup), found[0]

    def _peek(self, mark: str) -> bool:
        self._skip()
        if not self.text.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True

    def _expect(self, mark: str) -> None:
        if not self._peek(mark):
            raise JsonSyntaxError(f"expected {mark!r}", f"ขาดเครื่องหมาย {mark!r}", self.line)

    def end(self) -> None:
        self._skip()
        if self.at < len(self.text):
            raise JsonSyntaxError("text after the end of the value", "มีข้อความเกินมาหลังข้อมูลจบ", self.line)

    def value(self, depth: int) -> Value:
        kind, token = self._token()
        if token in ("[", "{") and kind == "mark":
            if depth >= MAX_DEPTH:
                raise JsonSyntaxError(f"nested deeper than {MAX_DEPTH}", f"ซ้อนกันเกิน {MAX_DEPTH} ชั้น", self.line)
            return self._list(depth) if token == "[" else self._table(depth)
        if kind == "text":
            return Value("text", self.line, self._unquote(token))
        if kind == "number":
            return Value("number", self.line, token)
        if kind == "yes_no":
            return Value("yes_no", self.line, token)
        if kind == "null":
            return Value("null", self.line)
        raise JsonSyntaxError(f"unexpected {token!r}", f"พบ {token!r} ผิดที่", self.line)

    def _unquote(self, token: str) -> str:
        try:
            text = json.loads(token)
        except json.JSONDecodeError as error:
            raise JsonSyntaxError(error.msg, "ข้อความในเครื่องหมายคำพูดมีอักขระที่ใช้ไม่ได้", self.line) from error
        # Half a surrogate pair cannot be written out again.
        return str(text).encode("utf-8", "replace").decode("utf-8")

    def _list(self, depth: int) -> Value:
        value = Value("list", self.line)
        if self._peek("]"):
            return value
        while True:
            value.members.append(("", self.value(depth + 1)))
            if self._peek("]"):
                return value
            self._expect(",")

    def _table(self, depth: int) -> Value:
        value = Value("table", self.line)
        if self._peek("}"):
            return value
        while True:
            kind, token = self._token()
            if kind != "text":
                raise JsonSyntaxError(
                    f"expected a key in quotation marks, not {token!r}",
                    f"ต้องเป็นชื่อในเครื่องหมายคำพูด ไม่ใช่ {token!r}",
                    self.line,
                )
            key = self._unquote(token)
            self._expect(":")
            value.members.append((key, self.value(depth + 1)))
            if self._peek("}"):
                return value
            self._expect(",")
