"""The text by which entries are found, kept small: a byte a letter, so that 100,000 entries are looked through at once.

Thai letters of three bytes each would make the text three times as long, and all of them begin alike.
"""

from typing import Any

from django.db.models import BinaryField, Func, IntegerField, Value
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

from prongsai.thai.text import fold

_CODE = "cp874"
FOUND_MAX = 2000  # bytes; an index of PostgreSQL holds no more than 2,700


def packed(text: str) -> bytes:
    """Give a text as it is kept and searched: folded, Thai and ASCII letters a byte each, others spelt out."""
    return fold(text).replace("\x00", "").encode(_CODE, "backslashreplace")


def joined(parts: list[bytes]) -> bytes:
    """Put packed texts together, so that nothing is found across two of them; cut where it becomes too long."""
    return b"\n".join(part for part in parts if part)[:FOUND_MAX]


class PlaceOf(Func):
    """Where a packed text stands in another, from 1; 0 for nowhere. ``PlaceOf("found_by", packed("กองคลัง"))``."""

    output_field = IntegerField()

    def __init__(self, column: str | Combinable, sought: bytes | Combinable, **extra: Any) -> None:
        """sought: packed."""
        given = Value(sought, BinaryField()) if isinstance(sought, bytes) else sought
        super().__init__(column, given, **extra)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, Any]:
        """INSTR counts bytes where both are bytes."""
        return super().as_sql(compiler, connection, function="INSTR", **extra)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, Any]:
        """POSITION is of bytes too; STRPOS is not."""
        column, sought = self.source_expressions
        sql, params = compiler.compile(sought)
        own, own_params = compiler.compile(column)
        return f"POSITION({sql} IN {own})", (*params, *own_params)
