"""A place with a public site in it, filled in a process of its own: ``python -m tests.web.disclosure.published``."""

from __future__ import annotations

from prongsai.cli.platform import start_django

start_django()

from datetime import date  # noqa: E402
from pathlib import Path  # noqa: E402

from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from prongsai.web.agencies.models import Agency  # noqa: E402
from prongsai.web.agencies.scope import system_scope  # noqa: E402
from prongsai.web.disclosure.models import Page, PastPath, Release  # noqa: E402
from prongsai.web.evidence.services import keep_file  # noqa: E402
from prongsai.web.operations import keys, server  # noqa: E402
from tests.web import office  # noqa: E402

TABLE = {"key": "list", "title": "รายการ", "head": ["เดือน", "จำนวน"], "columns": [], "rows": [["ม.ค.", "3"]]}


def fill() -> str:
    """Make the office with pages that are public; tell the private half of its backup key."""
    server.prepare()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in
    agency = office.build()
    scope = system_scope(agency)
    file = keep_file(scope, name="แผน.txt", content="แผนของหน่วยงาน\n".encode())
    page = _page(agency, "2569/procurement.monthly", kind="item", year_be=2569, title="จัดซื้อจัดจ้างรายเดือน")
    for number in (1, 2):
        release = _release(page, number)
        release.files.create(file=file, title="แผน", name="plan.txt")
    PastPath.objects.create(agency=agency, page=page, path="2569/O12", is_alias=True)
    gone = _page(agency, "old-notice", kind="free", title="ประกาศเก่า")
    _release(gone, 1)
    Page.objects.filter(pk=gone.pk).update(
        state="withdrawn", current=None, withdrawn_reason="ผิดปี", withdrawn_at=timezone.now()
    )
    pair = keys.new_pair()
    keys.keep_public(Path(settings.DATA_FOLDER), pair.public)
    return pair.private


def _page(agency: Agency, path: str, **fields: object) -> Page:
    return Page.objects.create(agency=agency, path=path, state="public", **fields)


def _release(page: Page, number: int) -> Release:
    release = Release.objects.create(
        page=page,
        number=number,
        state="approved",
        title=f"{page.title} ฉบับที่ {number}",
        tables=[TABLE],
        published_at=timezone.now(),
        document_date=date(2026, 1, number),
    )
    Page.objects.filter(pk=page.pk).update(current=release)
    return release


if __name__ == "__main__":
    print(fill())
