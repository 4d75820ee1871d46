"""What the furnished demonstration adds to its public site: a release in the making, looks from outside, a dispute."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

SITE = Path(__file__).parents[2] / "samples" / "site"
OUTSIDE = "https://www.suanphlu.example/ita/2569/o12"
SEEN = "<!doctype html><html lang='th'><title>ข้อ O12</title><h1>การจัดซื้อจัดจ้างรายเดือน</h1></html>".encode()
CALL = "สอบถามเพิ่มเติมที่นายสมชาย โทรศัพท์ 08-1234-5678"  # a private number, which the gate finds


def furnish_disclosure(scopes: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """Do a bit of work in publication; a name for each thing, and the words of its addresses by route."""
    from prongsai.web.disclosure.models import Page  # reason: needs Django

    page = Page.objects.filter(kind="item", state="public", current__files__isnull=False).order_by("pk")[0]
    found = _in_the_making(scopes["publisher"], page) | _seen(scopes["publisher"], page)
    found |= _judged(scopes, page, made)
    return {"page": page, "approved": page.current, "otherwise": _words(found, page)} | found


def _in_the_making(scope: Any, page: Any) -> dict[str, Any]:
    from prongsai.web.disclosure.models import Channel, GateOutcome  # reason: needs Django
    from prongsai.web.disclosure.services import gate, pages, postings  # reason: as above

    words = f"{page.current.summary}\n{CALL}".strip()
    draft = pages.write_release(scope, page=page, version=None, summary=words, change_note="เพิ่มเบอร์ติดต่อ")
    waiting = [one for one in gate.look(scope, release=draft) if one.outcome == GateOutcome.WAITING]
    postings.ensure_channels(scope)
    channel = Channel.objects.filter(agency=scope.agency).order_by("place")[0]
    address = "https://www.facebook.example/suanphlu/posts/1"
    posting = postings.add_posting(scope, page=page, channel=channel, posted_on=scope.today, address=address)
    return {"release_file": draft.files.order_by("pk")[0], "gate_check": waiting[0], "posting": posting}


def _seen(scope: Any, page: Any) -> dict[str, Any]:
    from django.utils import timezone  # reason: needs Django

    from prongsai.inspection.model import Seen  # reason: as above
    from prongsai.web.disclosure.models import Occasion, Watch  # reason: as above
    from prongsai.web.disclosure.services import checking, watching  # reason: as above

    watched = watching.watch(scope, address=OUTSIDE, why=Watch.OWN, page=page, item=page.item)
    seen = Seen(
        OUTSIDE,
        timezone.now(),
        OUTSIDE,
        200,
        headers={"content-type": "text/html"},
        media_type="text/html",
        size=len(SEEN),
        sha256=hashlib.sha256(SEEN).hexdigest(),
        content=SEEN,
        took_ms=412,
    )
    picture = (SITE / "pictures" / "office.png").read_bytes()
    look = checking.keep_look(watched, seen=seen, occasion=Occasion.PUBLICATION, picture=picture)
    return {"watched": watched, "check": look}


def _judged(scopes: dict[str, Any], page: Any, made: dict[str, Any]) -> dict[str, Any]:
    from django.utils import timezone  # reason: needs Django

    from prongsai.web.disclosure.models import SiteProposal  # reason: as above
    from prongsai.web.disclosure.queries.objections import disputable  # reason: as above
    from prongsai.web.disclosure.services import inspecting, objecting, submitting  # reason: as above

    publisher, clerk = scopes["publisher"], scopes["coordinator"]
    inspecting.run(publisher, item=page.item)
    steps = [{"text": "หน้าแรก", "address": "https://www.suanphlu.example/"}, {"text": "O12", "address": OUTSIDE}]
    address = f"https://www.suanphlu.example/{page.path}/"
    words = {"pages_text": "หน้า ๓", "explanation": f"เผยแพร่ไว้ที่ {address}"}
    submitting.prepare(publisher, item=page.item, address=address, steps=steps, page=page, **words)
    SiteProposal.objects.create(item=page.item, address=OUTSIDE, sureness=82, steps=steps, found_at=timezone.now())
    lost = disputable(made["cycle"])[0]
    points = [{"item": lost.item.key, "words": "ข้อมูลอยู่ในตารางที่ ๒ ของหน้า"}]
    objection = objecting.object_to(clerk, cycle=made["cycle"], points=points)
    return {"objection": objecting.make_pack(clerk, objection=objection, version=None)}


def _words(found: dict[str, Any], page: Any) -> dict[str, dict[str, Any]]:
    """Give, by route, the words of an address that stand for something else elsewhere."""
    of_item = {"cycle": page.item.cycle.framework_id, "key": page.item.key}
    of_file = {"file": found["release_file"].pk}
    cycles = ("inspect", "inspect_run", "inspect_walk", "inspect_item", "inspect_confirm", "submission")
    cycles += ("submission_export", "submission_item", "submission_approve", "submission_pasted")
    return {
        **{f"disclosure:{name}": of_item for name in cycles},
        "disclosure:file": of_file,
        "disclosure:file_drop": of_file,
        "disclosure:erase": {"file": found["release_file"].file_id},
        "disclosure:news_report": {"month": 202601, "form": "docx"},
        "disclosure:request_paper": {"form": "docx"},
        "disclosure:year_report": {"year": 2569, "form": "docx"},
        "disclosure:proof_day": {"day": f"{found['check'].at:%Y-%m-%d}"},
    } | {"disclosure:submission_export": of_item | {"form": "csv"}}
