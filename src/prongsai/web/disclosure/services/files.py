"""The files of a release in the making: attached under a Latin name that lasts, dropped, carried on to the next."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import FileRole, GateCheck, GateOutcome, Release, ReleaseFile
from prongsai.web.disclosure.queries.reported import secret_among
from prongsai.web.disclosure.queries.rights import MAKING
from prongsai.web.disclosure.slugs import free_name, slug_of
from prongsai.web.evidence import store
from prongsai.web.evidence.media import BY_TYPE
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.evidence.names import parted

TITLE_MAX = 300
_BASIS = {FileRole.PICTURE: "picture", FileRole.TABLE: "table"}


@transaction.atomic
def attach(
    scope: Scope,
    *,
    release: Release,
    file: File,
    title: str,
    role: str = FileRole.DOCUMENT,
    text: str = "",
    language: str = "th",
    evidence: Evidence | None = None,
) -> ReleaseFile:
    """Show a file with a release. Its name is made of the title; what had the title before keeps address and name.

    title empty: the file's own name. text: what a picture shows, which must be told. Raises ValidationError;
    FileUnusable for one that was erased.
    """
    journal.take_turn(scope.agency)
    _hold_open(release)
    if file.agency_id != scope.agency.pk or (evidence and evidence.agency_id != scope.agency.pk):
        raise ValidationError(_("ไฟล์นี้เป็นของหน่วยงานอื่น"))
    if File.objects.filter(pk=file.pk).exclude(erased_at=None).exists():
        raise store.erased(file.name)
    if secret_among(scope.agency, [file.pk]):
        raise ValidationError(_("ไฟล์นี้เป็นของหนังสือลับ เผยแพร่ไม่ได้"))
    if role == FileRole.PICTURE and not text.strip():
        raise ValidationError({"text": _("บอกว่าภาพแสดงอะไร ผู้ที่มองไม่เห็นภาพจะได้ทราบ")})
    shown = (title.strip() or parted(file.name)[0])[:TITLE_MAX]
    place = (release.files.aggregate(last=Max("place"))["last"] or 0) + 1
    made = ReleaseFile(
        release=release,
        file=file,
        evidence=evidence,
        role=role,
        title=shown,
        text=text.strip(),
        name=_name(release, file, shown, role, language),
        language=language,
        place=place,
    )
    made.full_clean()
    made.save(force_insert=True)
    journal.note(scope, "release.attach", release, {"file": (None, f"{made.name} {file.sha256}")})
    return made


def _name(release: Release, file: File, title: str, role: str, language: str) -> str:
    """Give the name in the address: the one that the same thing had before, else one that nothing here ever had."""
    suffix = _suffix(file)
    had = {one.name: one.title for one in ReleaseFile.objects.filter(release__page=release.page_id)}
    here = set(release.files.values_list("name", flat=True))
    before = [name for name, told in had.items() if told == title and name.endswith(suffix) and name not in here]
    if before:
        return before[-1]
    slug = slug_of(title, _BASIS.get(FileRole(role), "document"))
    slug = f"{slug}-{language}" if language != "th" and not slug.endswith(f"-{language}") else slug
    return free_name(slug, suffix, had)


def _suffix(file: File) -> str:
    known = BY_TYPE.get(file.media_type)
    own = parted(file.name)[1].lower()
    return own if own and (known is None or own in known.suffixes) else known.suffixes[0] if known else ".bin"


@transaction.atomic
def drop_file(scope: Scope, *, file: ReleaseFile) -> None:
    """Take a file out of a release in the making; the bytes stay where else they are held. Raises ValidationError."""
    journal.take_turn(scope.agency)
    release = Release.objects.get(pk=file.release_id)
    _hold_open(release)
    journal.note(scope, "release.drop", release, {"file": (f"{file.name} {file.file.sha256}", None)})
    file.delete()


def _hold_open(release: Release) -> None:
    if not Release.objects.filter(pk=release.pk, state__in=MAKING).exists():
        raise ValidationError(_("ขออนุญาตไปแล้ว แก้ไฟล์ไม่ได้จนกว่าจะส่งกลับหรืออนุญาต"))


def copy_files(source: Release, to: Release) -> None:
    """Give a new release the files of the last one, with what was decided of them; erased ones stay behind."""
    for one in source.files.select_related("file"):
        if one.file.erased_at is None:
            _copy(one, to)


def _copy(one: ReleaseFile, to: Release) -> None:
    checks = list(GateCheck.objects.filter(file=one).exclude(outcome=GateOutcome.WAITING))
    one.pk, one._state.adding, one.release = None, True, to
    one.save(force_insert=True)
    for check in checks:
        check.pk, check._state.adding, check.release, check.file = None, True, to, one
        check.save(force_insert=True)
