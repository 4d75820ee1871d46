"""A framework file as it is written: plain data, and the line on which each value stands.

YAML is read by events, so that a fault can be shown at its line, a hostile file cannot nest or multiply without end,
and a number keeps its digits. Only the plain kinds are known: text, whole number, decimal, yes or no, nothing, list,
table. Dates stay text.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from prongsai.errors import FileUnusable, LimitExceeded, Problem, Where
from prongsai.frameworks.faults import fault

# str, int, Decimal, bool, None, and lists and tables of them; only the shape check can say which.
Plain = Any
Place = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 24

# libyaml when the wheel has it (ten times faster), the same events otherwise.
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Document:
    """A file read as data. lines: place of a value (``("items", 3, "key")``) to its 1-based line."""

    file: str
    data: Plain
    lines: Mapping[Place, int]
    sha256: str
    problems: tuple[Problem, ...] = ()

    def line(self, place: Place) -> int:
        """Give the line of a value, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def where(self, *place: str | int) -> Where:
        """Give the place of a value for a Problem."""
        return Where(file=self.file, line=self.line(place))


def fingerprint(raw: bytes) -> str:
    """Hash a file's bytes (SHA-256, hex); line ends do not count, so that a checkout on Windows is the same file."""
    return hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()


def read_bytes(path: Path) -> bytes:
    """Read a file within the limit. Raises FileUnusable when it is missing, LimitExceeded when too large."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise LimitExceeded(
                f"{path} has {size} bytes; a framework file may have {MAX_BYTES}",
                message_th=f"ไฟล์ {path.name} ใหญ่เกินกำหนด ({size:,} ไบต์ จากที่ให้ได้ {MAX_BYTES:,} ไบต์)",
                mend_th="ตรวจว่าเลือกไฟล์กรอบการประเมินถูกไฟล์",
            )
        return path.read_bytes()
    except OSError as error:
        raise FileUnusable(
            f"cannot read {path}: {error.strerror}",
            message_th=f"เปิดไฟล์ {path} ไม่ได้",
            mend_th="ตรวจชื่อไฟล์และสิทธิ์การอ่าน",
        ) from error


def read(path: Path) -> Document:
    """Read a YAML file. Faults of writing (encoding, syntax) are Problems of the Document, whose data is then None."""
    return parse(read_bytes(path), str(path))


def parse(raw: bytes, file: str) -> Document:
    """Read YAML bytes as :func:`read` does."""
    sha256 = fingerprint(raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = fault("FRAMEWORK_NOT_UTF8", Where(file=file, line=line), byte=f"0x{raw[error.start]:02X}")
        return Document(file, None, {}, sha256, (problem,))
    builder = _Builder(file)
    try:
        builder.build(text)
    except yaml.YAMLError as error:
        builder.problems.append(_syntax(error, text, file))
        return Document(file, None, {}, sha256, tuple(builder.problems))
    except _RefusedError:
        return Document(file, None, {}, sha256, tuple(builder.problems))
    return Document(file, builder.data, builder.lines, sha256, tuple(builder.problems))


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        line, detail = mark.line + 1, getattr(error, "problem", None) or str(error)
    else:
        line, detail = _control_line(text), getattr(error, "reason", None) or str(error)
    last = max(len(text.splitlines()), 1)  # a fault at the end of the file is marked one line below it
    return fault("FRAMEWORK_YAML_SYNTAX", Where(file=file, line=min(line, last)), detail=detail)


def _control_line(text: str) -> int:
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


class _RefusedError(Exception):
    """The document goes beyond what a framework file may do; the reason is already a Problem."""


@dataclass
class _Open:
    """A list or table whose end has not come yet; key: the key of a table that waits for its value."""

    value: list[Plain] | dict[str, Plain]
    place: Place
    key: str | None = None


@dataclass
class _Builder:
    file: str
    data: Plain = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def build(self, text: str) -> None:
        for event in _events(text):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._start(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._refuse("FRAMEWORK_YAML_ALIAS", event)
            elif isinstance(event, yaml.DocumentStartEvent) and self.lines:
                self._refuse("FRAMEWORK_YAML_DOCUMENTS", event)

    def _refuse(self, code: str, event: yaml.Event) -> None:
        self.problems.append(fault(code, Where(file=self.file, line=_line(event))))
        raise _RefusedError

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.value, dict) and top.key is None:
            self._key(top, event)
        else:
            self._place(event.value if event.style else _resolve(event.value), event)

    def _key(self, top: _Open, event: yaml.ScalarEvent) -> None:
        line = _line(event)
        if event.value in top.value:
            self.problems.append(fault("FRAMEWORK_DUPLICATE_KEY", Where(file=self.file, line=line), key=event.value))
        top.key = event.value
        self.lines[(*top.place, event.value)] = line

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._refuse("FRAMEWORK_YAML_DEPTH", event)
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._refuse("FRAMEWORK_YAML_KEY", event)
        value: list[Plain] | dict[str, Plain] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.stack.append(_Open(value, self._place(value, event)))

    def _place(self, value: Plain, event: yaml.Event) -> Place:
        if not self.stack:
            self.data = value
            self.lines[()] = _line(event)
            return ()
        top = self.stack[-1]
        if isinstance(top.value, list):
            place: Place = (*top.place, len(top.value))
            top.value.append(value)
            self.lines[place] = _line(event)
            return place
        assert top.key is not None  # a table's value never comes before its key
        place = (*top.place, top.key)
        top.value[top.key] = value
        top.key = None
        return place


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=LOADER)


def _resolve(text: str) -> Plain:
    """Tell a plain scalar's kind as JSON would: ``no`` and ``2563-06-01`` stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
