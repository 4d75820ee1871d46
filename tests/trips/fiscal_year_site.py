"""What the items show outside: pages that are written, approved and public; and what people judge of the elements."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle, ElementState, ItemState
from prongsai.web.disclosure.models import Page
from prongsai.web.evidence.services import read_file
from prongsai.web.plans.models import Report
from tests.trips.fiscal_year_measures import BEFORE, NOW, OLDER
from tests.trips.fiscal_year_office import YEAR, Office, periods_of, thai_day


def cycle_of(o: Office) -> Cycle:
    """Give the cycle of the year."""
    return Cycle.objects.get(agency=o.agency, framework_id=NOW)


def published(o: Office, *keys: str) -> None:
    """The publisher writes the pages of items, the mayor lets them out; who wrote may not."""
    items = cycle_of(o).items.filter(key__in=keys) if keys else cycle_of(o).items.all()
    for item in items:
        page = publish(o, item)
        assert page.state == "public", page.state


def publish(o: Office, item: ItemState) -> Page:
    """Bring the page of an item to the public."""
    publisher, mayor = o.hand(Role.PUBLISHER), o.hand(Role.MAYOR)
    at = publisher.post("site/pages/add/", {"item": item.pk}).removesuffix("edit/")
    words = {"title": item.title[:300], "body": f"# {item.code}\nข้อมูลของปีงบประมาณ", "content_year_be": "2569"}
    publisher.post(f"{at}edit/", words | {"document_date": thai_day(o.today), "version": 0})
    publisher.post(f"{at}request/", {"version": 1})
    publisher.refused(f"{at}decide/", {"version": 2, "decision": "approve"})
    seen = mayor.get(at).context["seen"]
    mayor.post(f"{at}decide/", {"version": 2, "decision": "approve", "seen": seen})
    return Page.objects.get(agency=o.agency, item=item)


def judged(o: Office, key: str, **proof: str) -> None:
    """The coordinator looks at every element of an item that no register proves, ties evidence to it and judges it."""
    coordinator = o.hand(Role.COORDINATOR)
    for element in ElementState.objects.filter(item__cycle=cycle_of(o), item__key=key).order_by("place"):
        at = f"cycles/{NOW}/items/{key}/elements/{element.pk}/"
        if proof:
            coordinator.post(f"{at}evidence/", proof)
        element.refresh_from_db()
        coordinator.post(at, {"verdict": "pass", "reason": "ตรวจกับหลักฐานแล้ว", "version": element.version})


# What no register proves, with evidence that was tied when the channel, its guideline and its counts were made.
TIED = ("complaints.corruption.guideline", "complaints.corruption.channel", "complaints.corruption.statistics")
# What is judged by a report that was approved: its kind, of which cycle.
BY_REPORT = {"measures.integrity": ("tracking-6", BEFORE), "measures.implementation": ("measures-report", OLDER)}
MONTHS = "procurement.monthly"  # by what was closed on the day of showing, whatever is missed later


def judged_by_people(o: Office) -> None:
    """April: the coordinator judges what no register proves, and holds fast what was complete on the day of showing."""
    for key in TIED:
        judged(o, key)
    for key, (kind, cycle) in BY_REPORT.items():
        report = Report.objects.get(agency=o.agency, kind=kind, cycle__framework_id=cycle, state="approved")
        file = SimpleUploadedFile(report.docx.name, read_file(report.docx))
        at = o.hand(Role.COORDINATOR).post("evidence/add/", {"file": file, "title": report.title})
        judged(o, key, existing=at.rstrip("/").rpartition("/")[2])
    month = periods_of(o.agency, "procurement-summary", YEAR)[0]
    judged(o, MONTHS, existing=str(month.evidence.order_by("pk")[0].pk))


def result(o: Office) -> None:
    """September: the result of the year is known."""
    scores = {f"indicator-{number}": "92.00" for number in range(1, 11)}
    scores |= {"kind": "official", "way": "hand", "level": "ผ่านดี"}
    o.hand(Role.ANALYST).post(f"cycles/{NOW}/scores/add/", scores)
