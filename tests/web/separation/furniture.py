"""A row in every table that the usual furniture leaves empty, so that no table is passed over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from prongsai.web.agencies import belonging
from prongsai.web.agencies.models import Agency, User

DAY = date(2026, 3, 31)
WORDS = "ถ้อยคำ"
# What only sealing makes (the open channel is furnished where it is tested), and counts that people cannot have written.
SEALED = frozenset({
    "complaints.Escrow", "complaints.Message", "complaints.Recovery", "complaints.Report", "complaints.SealedFile",
    "surveys.Answer", "surveys.Box", "surveys.Code",
})  # fmt: skip


def fill(agency: Agency, empty: list[type[models.Model]]) -> list[str]:
    """Make a row in each table, those that others point at first; give the tables that stay empty."""
    left = [model for model in empty if model._meta.label not in SEALED]
    while left:
        still = [model for model in left if not _made(agency, model)]
        if still == left:
            break
        left = still
    return sorted(model._meta.label for model in left)


def _made(agency: Agency, model: type[models.Model]) -> bool:
    """Make a row of what must not be empty; where a rule of the table wants more, with every key."""
    return _saved(agency, model, with_keys=False) or _saved(agency, model, with_keys=True)


def _saved(agency: Agency, model: type[models.Model], *, with_keys: bool) -> bool:
    wanted = [field for field in model._meta.concrete_fields if _is_needed(field, with_keys=with_keys)]
    row = model(**{field.name: _value(agency, field) for field in wanted})
    if any(getattr(row, key.attname) is None for key in belonging.keys_of(model) if not key.null):
        return False
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _is_needed(field: models.Field[Any, Any], *, with_keys: bool) -> bool:
    is_key = isinstance(field, models.ForeignKey)
    if is_key and with_keys:
        return field.related_model is not field.model
    if (field.primary_key and not is_key) or isinstance(field, models.JSONField) or field.null:
        return False
    return not field.has_default() or isinstance(field, models.TextField)


def _value(agency: Agency, field: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return _one_of(agency, field.related_model)
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return DAY
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.IntegerField | models.DecimalField):
        return 1
    if isinstance(field, models.BinaryField):
        return b""
    if field.choices:
        return field.choices[0][0]
    words = f"{field.name}{agency.code}" if field.unique else "words" if isinstance(field, models.SlugField) else WORDS
    return words[: field.max_length]


def _one_of(agency: Agency, model: type[models.Model]) -> models.Model | None:
    if model is Agency:
        return agency
    way = belonging.way_of(model)
    if model is User:
        return User.objects.filter(memberships__agency=agency).first()
    if way is None:
        return model._base_manager.first()
    return model._base_manager.filter(**{"__".join(way): agency.pk}).first()
