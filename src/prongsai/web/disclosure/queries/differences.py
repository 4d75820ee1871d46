"""What one release says otherwise than the one before, as people read it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import ndiff

from django.utils.translation import gettext as _

from prongsai.thai.dates import format_date
from prongsai.web.disclosure import markup
from prongsai.web.disclosure.models import Release, ReleaseFile

LINES_MAX = 60


@dataclass(frozen=True, slots=True)
class Change:
    """A part that differs. lines: ("-", what went), ("+", what came), at most ``LINES_MAX``. is_cut: there are more."""

    label: str
    lines: tuple[tuple[str, str], ...]
    is_cut: bool = False


def changes_between(
    before: Release, after: Release, files_before: Sequence[ReleaseFile], files_after: Sequence[ReleaseFile]
) -> tuple[Change, ...]:
    """Give what differs between two releases, nothing where the words of one were erased; no query."""
    if before.erased_at or after.erased_at:
        return ()
    return tuple(_changes(before, after, files_before, files_after))


def _changes(
    before: Release, after: Release, files_before: Sequence[ReleaseFile], files_after: Sequence[ReleaseFile]
) -> Iterator[Change]:
    for (label, old), (_label, new) in zip(_texts(before), _texts(after), strict=True):
        if old != new:
            yield _change(label, old.splitlines(), new.splitlines())
    old_files, new_files = _told_files(files_before), _told_files(files_after)
    if old_files != new_files:
        yield _change(_("ไฟล์"), old_files, new_files)
    old_rows, new_rows = _rows(before), _rows(after)
    if old_rows != new_rows and after.tables:
        yield _change(_("ตาราง"), old_rows, new_rows)


def _texts(one: Release) -> Iterator[tuple[str, str]]:
    yield _("ชื่อเรื่อง"), one.title
    yield _("ชื่อเรื่อง (อังกฤษ)"), one.title_en
    yield _("สาระสำคัญ"), one.summary
    yield _("เนื้อหา"), markup.write(one.body)
    yield _("เนื้อหาภาษาอังกฤษ"), markup.write(one.body_en)
    yield _("ปีงบประมาณของเนื้อหา"), str(one.content_year_be or "")
    yield _("วันที่ในเอกสาร"), format_date(one.document_date) if one.document_date else ""
    yield _("วันที่ได้รับข้อมูล"), format_date(one.received_on) if one.received_on else ""


def _told_files(files: Sequence[ReleaseFile]) -> list[str]:
    return [f"{one.title} · {one.name} · {one.file.sha256[:12]}" for one in files]


def _rows(one: Release) -> list[str]:
    return [" | ".join(row) for table in one.tables for row in [table["head"], *table["rows"]]]


def _change(label: str, old: Sequence[str], new: Sequence[str]) -> Change:
    if len(old) + len(new) > 4000:  # a comparison of so many takes too long; what is new and gone is told
        gone, came = set(old) - set(new), set(new) - set(old)
        lines = [("-", line) for line in old if line in gone] + [("+", line) for line in new if line in came]
    else:
        lines = [(line[0], line[2:]) for line in ndiff(list(old), list(new)) if line[0] in "+-" and line[2:].strip()]
    return Change(label, tuple(lines[:LINES_MAX]), len(lines) > LINES_MAX)
