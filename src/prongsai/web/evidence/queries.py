"""Reading evidence: the list and what narrows it, and where each piece is used.

The apps above tie evidence to their own records. They are found through the relations that Django knows, so that this
app need not know them: a record that has ``get_absolute_url`` is linked, and ``shown_with`` (relations that its text
and address need) is fetched with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from prongsai.thai.text import collapse, normalise
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.media import ALL
from prongsai.web.evidence.models import Evidence, File

USES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Use:
    """A record that a piece of evidence is attached to. kind_th: what it is; address: of its page, or nothing."""

    kind_th: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Uses:
    """Where evidence is used: the first ``USES_SHOWN`` of a kind, and how many there are of all kinds."""

    shown: tuple[Use, ...]
    count: int


def evidence_of(scope: Scope) -> QuerySet[Evidence]:
    """Give the evidence of the agency with what it is printed with."""
    return Evidence.objects.filter(agency=scope.agency).select_related(
        "agency", "file", "unit", "added_by", "revised_by", "revision_of"
    )


def files_of(scope: Scope) -> QuerySet[File]:
    """Give the files of the agency that everybody who sees work may open; guarded ones open where they are held."""
    return File.objects.filter(agency=scope.agency, is_guarded=False).select_related("agency", "kept_by")


def usable(scope: Scope) -> QuerySet[Evidence]:
    """Give what may be attached: neither withdrawn, revised nor erased, what was added last first."""
    found = Evidence.objects.filter(revised_by__isnull=True, agency=scope.agency, withdrawn_at__isnull=True)
    return found.filter(file__erased_at__isnull=True)


def years_of(scope: Scope) -> list[int]:
    """Give the content years that the agency's evidence has, the newest first."""
    years = Evidence.objects.filter(agency=scope.agency, content_year_be__isnull=False)
    found = years.order_by("-content_year_be").values_list("content_year_be", flat=True).distinct()
    return [year for year in found if year]


def listed(scope: Scope, wanted: Mapping[str, Any]) -> QuerySet[Evidence]:
    """Give the list. wanted: cleaned values of ``forms.FilterForm``. Each row knows its ``use_count``."""
    found = evidence_of(scope).annotate(use_count=_use_count())
    if not wanted.get("old"):
        found = found.filter(revised_by__isnull=True, withdrawn_at__isnull=True)
    if words := collapse(normalise(str(wanted.get("q") or ""))):
        by_number = Q(pk=int(words)) if words.isdecimal() and len(words) < 10 else Q()
        found = found.filter(
            Q(title__icontains=words) | Q(file__name__icontains=words) | Q(address__icontains=words) | by_number
        )
    if year := wanted.get("year"):
        found = found.filter(content_year_be=year)
    if kind := wanted.get("kind"):
        found = found.filter(_of_kind(str(kind)))
    if unit := wanted.get("unit"):
        found = found.filter(unit=unit)
    return found.exclude(_is_used()) if wanted.get("unused") else found


def revisions_of(evidence: Evidence) -> list[Evidence]:
    """Give every revision of a piece of evidence, the newest first, itself among them."""
    chain = [evidence]
    while newer := Evidence.objects.filter(revision_of=chain[0]).select_related("file").first():
        chain.insert(0, newer)
    while chain[-1].revision_of_id:
        chain.append(Evidence.objects.select_related("file").get(pk=chain[-1].revision_of_id))
    return chain


def uses_of(evidence: Evidence) -> Uses:
    """Give where a piece of evidence is used."""
    shown: list[Use] = []
    count = 0
    for field in _relations():
        records = field.model._default_manager.filter(**{field.name: evidence}).order_by("pk")
        records = records.select_related(*getattr(field.model, "shown_with", ()))
        first = list(records[: USES_SHOWN + 1])
        count += len(first) if len(first) <= USES_SHOWN else records.count()
        shown += [_use(record) for record in first[:USES_SHOWN]]
    return Uses(tuple(shown), count)


def _use(record: models.Model) -> Use:
    address = getattr(record, "get_absolute_url", str)
    return Use(str(record._meta.verbose_name), str(record), address() if address is not str else "")


@lru_cache(maxsize=1)
def _relations() -> "tuple[models.ManyToManyField[Any, Any], ...]":
    """Find every many-to-many field of any app that points at evidence."""
    fields = (field for model in apps.get_models() for field in model._meta.many_to_many)
    return tuple(field for field in fields if field.related_model is Evidence)


def _links() -> Iterator[tuple[Any, str]]:
    """Give the linking table of each relation and the name of its column for evidence."""
    for field in _relations():
        yield field.remote_field.through, field.m2m_reverse_field_name()


def _use_count() -> models.expressions.Combinable:
    total: models.expressions.Combinable = Value(0)
    for table, column in _links():
        rows = table._default_manager.filter(**{column: OuterRef("pk")}).order_by().values(column)
        counted = rows.annotate(n=Count("pk")).values("n")
        total = total + Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return total


def _is_used() -> Q:
    used = Q(pk__in=[])
    for table, column in _links():
        used |= Q(Exists(table._default_manager.filter(**{column: OuterRef("pk")})))
    return used


def _of_kind(kind: str) -> Q:
    if kind == "address":
        return Q(file__isnull=True)
    return Q(file__media_type__in=[media.type for media in ALL if media.kind == kind])
