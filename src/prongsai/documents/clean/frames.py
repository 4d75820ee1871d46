"""What is said between the process that asks and the one that looks: a form as JSON and bytes, each with its length."""

import json
import struct
from typing import IO, Any

_LENGTHS = struct.Struct(">QQ")


def write_frame(to: IO[bytes], form: dict[str, Any], content: bytes = b"") -> None:
    """Say a form with its bytes."""
    head = json.dumps(form).encode("ascii")
    to.write(_LENGTHS.pack(len(head), len(content)) + head)
    to.write(content)
    to.flush()


def read_frame(source: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Hear a form with its bytes; None when the other has ended, also in the middle of it."""
    lengths = source.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    size, rest = _LENGTHS.unpack(lengths)
    head, content = source.read(size), source.read(rest)
    if len(head) < size or len(content) < rest:
        return None
    form: dict[str, Any] = json.loads(head)
    return form, content
