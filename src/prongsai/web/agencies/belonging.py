"""To which agency a record belongs, and that whatever it names belongs to the same one.

Forms offer nothing but what is an agency's own; this stands behind them, so that a form that offers too much, or a
number that somebody wrote into a page, is refused by the service and never becomes a row that joins two agencies.
"""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency

Way = tuple[str, ...]
_FOREIGN = _("รายการที่อ้างถึงไม่ใช่ของหน่วยงานนี้")


def keys_of(model: type[models.Model]) -> "Iterator[models.ForeignKey[Any, Any]]":
    """Walk the foreign keys of a model in their order."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            yield field


@cache
def way_of(model: type[models.Model]) -> Way | None:
    """Give the foreign keys that lead from a model to its agency; None where none leads, () for the agency itself.

    That is ``agency`` where there is one, else the first key that is never empty and leads to what belongs to one.
    """
    return _way(model, frozenset())


def _way(model: type[models.Model], seen: frozenset[type[models.Model]]) -> Way | None:
    if model is Agency:
        return ()
    keys = [key for key in keys_of(model) if key.related_model not in seen | {model}]
    for key in sorted(keys, key=lambda one: one.related_model is not Agency):
        if key.null and key.related_model is not Agency:
            continue
        further = _way(key.related_model, seen | {model})
        if further is not None:
            return (key.name, *further)
    return None


def owner_of(record: models.Model) -> int | None:
    """Give the key of the agency that a record belongs to; None for what belongs to none."""
    way = way_of(record._meta.model)
    if way is None:
        return None
    if not way:
        return int(record.pk)
    for name in way[:-1]:
        record = getattr(record, name)
    found: int | None = getattr(record, f"{way[-1]}_id")
    return found


def check(agency: Agency, record: models.Model, *, names: Collection[str] | None = None) -> None:
    """Refuse a record that belongs to another agency, or names a record that does. Raises ValidationError.

    names: the columns to look at, every one when not given. Looking costs a query where what is named is not at hand.
    """
    faults: dict[str, list[Any]] = {
        key.name: [_FOREIGN]
        for key in keys_of(record._meta.model)
        if (names is None or key.attname in names) and _is_foreign(agency, record, key)
    }
    if faults:
        raise ValidationError(faults)


def check_all(agency: Agency, records: Collection[models.Model]) -> None:
    """Refuse records, about to be joined to one of an agency, that belong to another. Raises ValidationError."""
    if any(owner_of(one) not in (None, agency.pk) for one in records):
        raise ValidationError(_FOREIGN)


def check_near(agency: Agency, record: models.Model) -> None:
    """Refuse a record that says itself that it belongs to another agency: no query, for many at once."""
    if len(way_of(record._meta.model) or ()) <= 1:
        check_all(agency, [record])


def _is_foreign(agency: Agency, record: models.Model, key: "models.ForeignKey[Any, Any]") -> bool:
    if getattr(record, key.attname) is None or way_of(key.related_model) is None:
        return False
    return owner_of(getattr(record, key.name)) != agency.pk
