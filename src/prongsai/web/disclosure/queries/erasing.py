"""Where the bytes of a file are held: in releases, looks, evidence, packs and whatever else points at files."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.models import (
    Check,
    Erasure,
    GateCheck,
    Objection,
    Page,
    Portrait,
    Release,
    ReleaseFile,
    Watch,
)
from prongsai.web.disclosure.queries.addresses import address_in, site_root
from prongsai.web.evidence.models import File


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of record that holds a file, and how many do. key: ``disclosure.releasefile.file``."""

    key: str
    name: str
    count: int


def places_of(file: File) -> tuple[Place, ...]:
    """Give what holds a file, in any app; a query for each field that points at files."""
    found = (_place(field, file) for field in _fields())
    packs = packs_holding(file.agency, [file.sha256]).count()
    held = (Place("disclosure.objection.holds", str(Objection._meta.verbose_name), packs),)
    return tuple(one for one in (*found, *held) if one.count)


def _place(field: "models.ForeignKey[Any, Any]", file: File) -> Place:
    label = f"{field.model._meta.label_lower}.{field.name}"
    count = field.model._default_manager.filter(**{field.name: file}).count()
    return Place(label, str(field.model._meta.verbose_name), count)


@lru_cache(maxsize=1)
def _fields() -> "tuple[models.ForeignKey[Any, Any], ...]":
    return tuple(_all_fields())


def _all_fields() -> "Iterator[models.ForeignKey[Any, Any]]":
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is File:
                yield field


def packs_holding(agency: Agency, hashes: Collection[str]) -> QuerySet[Objection]:
    """Give the packs made for disputes that hold any of some files or releases."""
    # Few are ever made; JSON cannot be searched alike on every database.
    made = Objection.objects.filter(cycle__agency=agency, pack__isnull=False).values_list("pk", "holds")
    asked = set(hashes)
    return Objection.objects.filter(pk__in=[pk for pk, holds in made if asked & set(holds)])


def pages_with(file: File) -> QuerySet[Page]:
    """Give the pages that show or showed a file."""
    held = ReleaseFile.objects.filter(file=file)
    return Page.objects.filter(pk__in=held.values("release__page")).select_related("agency")


def drawn_from(file: File) -> list[File]:
    """Give what was drawn from a picture for the public site: the same face."""
    return [one.drawn for one in Portrait.objects.filter(original=file).select_related("drawn") if one.drawn]


def seen_of(release: Release) -> list[File]:
    """Give the bytes and pictures that were seen of a release: at its page while it stood there, and at its own."""
    page = release.page
    root = address_in(site_root(page.agency), page.path)
    ours = Q(watched__page=page, watched__why__in=(Watch.PAGE, Watch.SUBMITTED)) | Q(watched__address=root)
    stood = ours & Q(at__gte=release.published_at)
    if after := page.releases.filter(number__gt=release.number).order_by("number").first():
        stood &= Q(at__lt=after.published_at)
    its_own = Q(watched__address__startswith=f"{root}v{release.number}/")
    looks = Check.objects.filter(stood | its_own, watched__agency=page.agency).select_related("body", "picture")
    found = {file.pk: file for look in looks for file in (look.body, look.picture) if file}
    return [file for file in found.values() if file.erased_at is None]


def others_of(release: Release) -> tuple[Release, ...]:
    """Give the other releases of a page whose words still stand, the newest first: they mostly say the same."""
    return tuple(release.page.releases.filter(erased_at=None).exclude(pk=release.pk).order_by("-pk"))


def kin_of(file: File) -> QuerySet[File]:
    """Give the files that a file was cleaned from, or that were cleaned from it; their bytes stay when it is erased."""
    before = ReleaseFile.objects.filter(file=file, original__isnull=False).values("original")
    after = ReleaseFile.objects.filter(original=file).values("file")
    proposed = GateCheck.objects.filter(file__file=file, cleaned__isnull=False).values("cleaned")
    found = File.objects.filter(Q(pk__in=before) | Q(pk__in=after) | Q(pk__in=proposed), agency=file.agency_id)
    return found.filter(erased_at=None).exclude(pk=file.pk)


def erasure_of(agency: Agency, sha256: str) -> Erasure | None:
    """Give that bytes were erased, None when they were not."""
    return Erasure.objects.filter(agency=agency, sha256=sha256).select_related("erased_by").first()
