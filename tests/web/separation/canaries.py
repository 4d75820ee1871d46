"""Marks in every text of an office: each names the column that it stands in, and none occurs anywhere else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pypdfium2
from django.apps import apps
from django.db import models
from django.http import HttpResponseBase

from prongsai.web.agencies.belonging import way_of
from prongsai.web.agencies.models import Agency

MARK = "Qzxjwv"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LENGTH = len(MARK) + 3
_THAI = re.compile("[ก-๛]")
_FOUND = re.compile(f"{MARK}[a-z]*", re.IGNORECASE)
# Columns that the software reads, and no person writes: keys, hashes, kinds, addresses of our own, places in frameworks.
MACHINE = frozenset({
    "sha256", "token_sha256", "framework_sha256", "code_sha256", "hash", "previous_hash", "previous", "seal", "mark",
    "key", "item_key", "kind", "action", "subject_type", "subject_id", "target_type", "media_type", "paper", "path",
    "framework_kind", "indicator", "printed_code", "identity", "instrument", "question", "language", "digest", "spent",
    "recipient", "verify_key", "cost", "escrow_of", "handle", "dialogue_key", "case_key", "fate", "level",
    "province", "district",
})  # fmt: skip
CODES = frozenset({
    "agencies.Agency.code", "cycles.ItemState.code", "letters.Letter.code", "surveys.Survey.address",
    "surveys.Group.address", "complaints.SealedFile.name", "complaints.Report.number", "disclosure.Watched.address",
    "agencies.AuditEntry.changes", "letters.LetterText.content", "complaints.Recovery.layers",
    "registers.RegisterSetting.ledger", "registers.RegisterSetting.labels",
})  # fmt: skip


# --- writing ----------------------------------------------------------------------------------------------------------
def columns() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Walk every column that holds what somebody wrote, of every model whose rows belong to an agency."""
    for model in apps.get_models():
        if way_of(model) is None:
            continue
        for field in model._meta.concrete_fields:
            if _is_written(model, field):
                yield model, field


def _is_written(model: type[models.Model], field: models.Field[Any, Any]) -> bool:
    if isinstance(field, models.SlugField) or not isinstance(
        field, models.CharField | models.TextField | models.JSONField
    ):
        return False
    return not field.choices and field.name not in MACHINE and f"{model._meta.label}.{field.name}" not in CODES


@cache
def marks() -> dict[str, str]:
    """Give the column that each mark stands for."""
    named = (f"{model._meta.label}.{field.name}" for model, field in columns())
    return {_mark(place): name for place, name in enumerate(named)}


def _mark(place: int) -> str:
    return MARK + "".join(_LETTERS[place // 26**power % 26] for power in (2, 1, 0))


def mark_of(column: str) -> str:
    """Give the mark of a column."""
    return next(mark for mark, name in marks().items() if name == column)


def mark(agency: Agency) -> None:
    """Put its mark behind every text of an agency, empty ones too."""
    by_column = {name: mark for mark, name in marks().items()}
    changed: dict[type[models.Model], list[str]] = {}
    for model, field in columns():
        changed.setdefault(model, []).append(field.name)
    for model, names in changed.items():
        way = "__".join(way_of(model) or ("pk",))
        rows = list(model._base_manager.filter(**{way: agency.pk}))
        for row in rows:
            for name in names:
                sign = by_column[f"{model._meta.label}.{name}"]
                setattr(row, name, _marked(model._meta.get_field(name), getattr(row, name), sign))
        model._base_manager.bulk_update(rows, names, batch_size=50)


def _marked(field: Any, value: Any, sign: str) -> Any:
    if isinstance(field, models.JSONField):
        return _within(value, sign)
    if sign in (value or ""):
        return value
    if isinstance(field, models.EmailField):
        return f"{sign.lower()}@b.example"
    if isinstance(field, models.URLField):
        return f"{value.rstrip('/')}/{sign}" if value else ""
    if field.max_length and field.max_length < _LENGTH:
        return value
    return f"{value[: (field.max_length or 10**6) - _LENGTH]}{sign}" if value is not None else None


def _within(value: Any, sign: str) -> Any:
    if isinstance(value, dict):
        return {key: _within(part, sign) for key, part in value.items()}
    if isinstance(value, list):
        return [_within(part, sign) for part in value]
    return f"{value}{sign}" if isinstance(value, str) and _THAI.search(value) else value


# --- reading ----------------------------------------------------------------------------------------------------------
def told_by(text: str) -> set[str]:
    """Give the columns whose marks stand in a text."""
    known = {mark.lower(): name for mark, name in marks().items()}
    return {known.get(one.lower()[:_LENGTH], one) for one in _FOUND.findall(text)}


def text_of(answer: HttpResponseBase) -> str:
    """Give everything that an answer says: its heads, its page, and the words of its files however they are packed."""
    streamed = getattr(answer, "streaming_content", None)
    content = b"".join(streamed) if streamed is not None else answer.content  # type: ignore[attr-defined]
    heads = "\n".join(f"{name}: {value}" for name, value in sorted(answer.items()))
    return f"{answer.status_code}\n{heads}\n{unpacked(content)}"


def unpacked(content: bytes) -> str:
    """Give the text of a file: of a packed one that of every part."""
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            return "\n".join(f"{name}\n{unpacked(pack.read(name))}" for name in sorted(pack.namelist()))
    if content[:5] == b"%PDF-":
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    return content.decode("utf-8", "replace")
