"""One of everything of publication, made of the models themselves; the network is never asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.disclosure import models
from prongsai.web.disclosure.services.proof import prove
from prongsai.web.evidence.services import keep_file

DAY = date(2026, 3, 31)


def build(agency: Agency, made: dict[str, Any]) -> dict[str, Any]:
    """Make one of everything about the item and the file of ``made``; a name for each."""
    found = _page(agency, made)
    found |= _seen(agency, made, found["page"])
    return found | _judged(made, found)


def _page(agency: Agency, made: dict[str, Any]) -> dict[str, Any]:
    """A public page with its first release, and the second in the making with a file at which the gate waits."""
    item, person, now = made["item"], made["person"], timezone.now()
    page = models.Page.objects.create(
        agency=agency, kind="item", path=f"2569/{item.key}", title=item.title, year_be=2569, item=item,
        item_key=item.key, unit=made["unit"], state="public",
    )  # fmt: skip
    asked = {"requested_by": person, "requested_at": now, "decided_by": person, "decided_at": now}
    page.current = models.Release.objects.create(
        page=page, number=1, state="approved", title=item.title, published_at=now, **asked
    )
    page.save()
    draft = models.Release.objects.create(page=page, title=item.title)
    file = models.ReleaseFile.objects.create(release=draft, file=made["file"], title="แผน", name="plan.txt")
    check = models.GateCheck.objects.create(release=draft, file=file, sha256=made["file"].sha256)
    channel, _made = models.Channel.objects.get_or_create(agency=agency, name="Facebook")
    posting = models.Posting.objects.create(page=page, channel=channel, posted_on=DAY, proof=made["file"])
    return {"page": page, "approved": page.current, "release_file": file, "gate_check": check, "posting": posting}


def _seen(agency: Agency, made: dict[str, Any], page: models.Page) -> dict[str, Any]:
    """An address of this machine, which is refused before it is asked, and a look at it that was proved."""
    now = timezone.now()
    picture = keep_file(system_scope(agency), name="picture.txt", content=f"ภาพ {agency} {made['unit']}\n".encode())
    watched = models.Watched.objects.create(
        agency=agency, address=f"http://127.0.0.1:9/{page.path}", page=page, next_at=now + timedelta(days=30)
    )
    look = models.Check.objects.create(
        watched=watched, at=now, state="fine", sha256=made["file"].sha256, body=made["file"], picture=picture
    )
    prove(agency, kind="check", subject=look.pk, content={"address": watched.address, "sha256": look.sha256})
    return {"watched": watched, "check": look}


def _judged(made: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """What is submitted for the item, what the element check found of it, a dispute with its pack."""
    item, address, now = made["item"], found["watched"].address, timezone.now()
    models.Submission.objects.create(item=item, page=found["page"], address=address)
    inspection = models.Inspection.objects.create(item=item, at=now, address=address)
    models.SiteProposal.objects.create(item=item, address=address, sureness=80, found_at=now)
    points = [{"item": item.key, "criterion": [], "words": "เผยแพร่แล้ว"}]
    objection = models.Objection.objects.create(cycle=made["cycle"], points=points, pack=made["file"])
    return {"inspection": inspection, "objection": objection}


# As in tests.web.objects: route → the object whose key stands as <pk>; as <file>; what is posted; other words.
PK = {
    "disclosure:preview": "page", "disclosure:page": "page", "disclosure:page_settings": "page",
    "disclosure:release_edit": "page", "disclosure:file_add": "page", "disclosure:file": "page",
    "disclosure:file_drop": "page", "disclosure:request": "page", "disclosure:decide": "page",
    "disclosure:withdraw": "page", "disclosure:rename": "page", "disclosure:elsewhere": "page",
    "disclosure:request_paper": "page", "disclosure:posting_add": "page", "disclosure:posting": "posting",
    "disclosure:gate": "gate_check", "disclosure:erase": "file", "disclosure:erase_release": "approved",
    "disclosure:address": "watched", "disclosure:address_stop": "watched", "disclosure:check_now": "watched",
    "disclosure:check_body": "check", "disclosure:check_picture": "check",
    "disclosure:objection": "objection", "disclosure:objection_edit": "objection",
    "disclosure:objection_make": "objection", "disclosure:objection_pack": "objection",
}  # fmt: skip
FILE = {"disclosure:file": "release_file", "disclosure:file_drop": "release_file"}
OTHERWISE = {
    "disclosure:news_report": {"month": 202603, "form": "docx"},
    "disclosure:request_paper": {"form": "docx"},
    "disclosure:year_report": {"year": 2569, "form": "docx"},
    "disclosure:proof_day": {"day": str(DAY)},
}


def posted(route: str, made: dict[str, Any]) -> dict[str, Any]:
    """Give what is posted to say which item is meant."""
    if route == "disclosure:page_add":
        return {"item": made["item"].pk}
    return {"item": made["item"].key} if route == "disclosure:inspect_run" else {}
