"""The release in the making: what stands in the way of asking for it, and whether its privacy check is done."""

import hashlib
import json
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.web.cycles.queries import framework_of
from prongsai.web.disclosure import markup
from prongsai.web.disclosure.models import GateCheck, GateOutcome, Page, PageKind, Release, ReleaseFile
from prongsai.web.evidence.models import File

Words = tuple[tuple[str, str], ...]  # where it stands, the text


@override("th")  # where something was found is kept
def words_of(release: Release, tables: Sequence[dict[str, object]] = ()) -> Words:
    """Give the words that a release shows besides its files, each with its place. tables: as they would be frozen.

    What is told of a file is looked at with the file: ``words_of_file``.
    """
    return tuple((where, text) for where, text in _words(release, tables) if text)


@override("th")
def words_of_file(file: ReleaseFile) -> Words:
    """Give the words that everybody is told of a file, each with its place."""
    told = ((_("ชื่อไฟล์ที่แสดง"), file.title), (_("คำอธิบาย"), file.text))
    return tuple((where, text) for where, text in told if text)


def _words(release: Release, tables: Sequence[dict[str, object]]) -> Iterator[tuple[str, str]]:
    if release.page.title != release.title:
        yield _("ชื่อหน้า"), release.page.title
    yield _("ชื่อเรื่อง"), "\n".join((release.title, release.title_en))
    yield _("สาระสำคัญ"), release.summary
    yield _("เนื้อหา"), "\n".join(markup.words_of(release.body))
    yield _("เนื้อหาภาษาอังกฤษ"), "\n".join(markup.words_of(release.body_en))
    yield _("สิ่งที่เปลี่ยน"), release.change_note
    for table in tables:
        rows = table["rows"]
        assert isinstance(rows, list)
        yield str(table["title"]), "\n".join(" | ".join(row) for row in rows)


def hash_of_words(words: Words) -> str:
    """Hash the words that the gate looks at."""
    texts = [text for _where, text in words]
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()


def files_of(release: Release) -> list[ReleaseFile]:
    """Give the files of a release with what they are."""
    return list(release.files.select_related("file__agency", "original", "evidence"))


def current_checks(release: Release, files: Sequence[ReleaseFile], words_sha256: str) -> list[GateCheck | None]:
    """Give the check of each file and last that of the words, None where nobody has looked at what stands there now."""
    found = list(release.gate_checks.select_related("cleaned", "file__file", "decided_by"))
    by_file = {(check.file_id, check.sha256): check for check in found}
    return [by_file.get((one.pk, one.file.sha256)) for one in files] + [by_file.get((None, words_sha256))]


def is_open(release: Release, tables: Sequence[dict[str, object]] = ()) -> bool:
    """Whether the gate lets a release through: everything that it shows was looked at, and nothing waits."""
    checks = current_checks(release, files_of(release), hash_of_words(words_of(release, tables)))
    return all(check is not None and check.outcome != GateOutcome.WAITING for check in checks)


def missing_of(release: Release, files: Sequence[ReleaseFile], tables: Sequence[dict[str, object]]) -> tuple[str, ...]:
    """Say what a release still needs before it may be asked for."""
    return tuple(_missing(release, files, tables))


def _missing(release: Release, files: Sequence[ReleaseFile], tables: Sequence[dict[str, object]]) -> Iterator[str]:
    page = release.page
    if page.kind == PageKind.REGISTER and not tables:
        yield _("ทะเบียนนี้ยังไม่มีอะไรให้เผยแพร่ในปีนี้ ปิดงวดหรือเพิ่มรายการที่เปิดเผยได้ก่อน")
    elif not (release.body or files or tables):
        yield _("ยังไม่มีเนื้อหา ไฟล์ หรือตาราง")
    if release.content_year_be is None and expected_year(page) is not None:
        yield _("ระบุปีงบประมาณของเนื้อหา")
    if gone := [one.title for one in files if is_erased(one.file)]:
        yield _("เอาไฟล์ที่ลบข้อมูลแล้วออกก่อน: {names}").format(names=" · ".join(gone))
    names = {one.name for one in files}
    if lost := sorted(set(markup.pictures_of([*release.body, *release.body_en])) - names):
        yield _("เนื้อหาอ้างถึงภาพที่ไม่มีในไฟล์: {names}").format(names=" · ".join(lost))


def is_erased(file: File) -> bool:
    """Whether the bytes of a file are gone."""
    return file.erased_at is not None


def expected_year(page: Page) -> int | None:
    """Give the fiscal year (BE) that an item's content must be about, None where any will do."""
    if page.item is None:
        return None
    found = framework_of(page.item.cycle).item_by_key(page.item.key)
    if found is None or found.content_year is None:
        return None
    return page.item.cycle.fiscal_year_be + found.content_year
