"""What the furnished demonstration adds in registers: an entry with a file, a plan, periods, a view, an import."""

from __future__ import annotations

from typing import Any

GIFTS, PLAN = "gifts", "prevention-plan"
# The register of each route that needs another than gifts, and words of its own.
OTHERWISE = {
    "registers:entry_progress": {"register": PLAN},
    "registers:carry": {"register": PLAN},
    "registers:period_paper": {"form": "docx"},
    "registers:open_table": {"register": "purchases"},
    "registers:open_data": {"register": "purchases"},
    "registers:send": {"register": "questions"},
}
SHEET = """วันที่รับ,ผู้รับ,ส่วนราชการ,ผู้ให้,ประเภทผู้ให้,รายการ,จำนวน,มูลค่าโดยประมาณ,โอกาสที่ให้
31/2/2569,ไม่มีชื่อนี้,กองที่ไม่มี,ร้านสวนพลูการค้า,เอกชน,กระเช้าผลไม้,๑,แปดร้อย,วันปีใหม่
""".encode()


def furnish_registers(scopes: dict[str, Any], file: Any) -> dict[str, Any]:
    """Do a bit of work in registers; a name for each thing, and the words of addresses."""
    from prongsai.web.registers import models, services  # reason: needs Django
    from prongsai.web.registers.queries.library import kept_of  # reason: needs Django
    from prongsai.web.registers.queries.periods import occurrences_of  # reason: needs Django
    from prongsai.web.registers.services.imports import stage, step  # reason: needs Django

    clerk = scopes["coordinator"]
    entries = models.Entry.objects.filter(agency=clerk.agency, register=GIFTS, close=None)
    entry = entries.filter(state="kept").order_by("-dated_on")[0]
    services.change_entry(clerk, entry=entry, values={}, version=entry.version, files=[("photo", file)])
    plan = models.Entry.objects.filter(agency=clerk.agency, register=PLAN).order_by("-fiscal_year_be", "pk")[0]
    register = kept_of(clerk, PLAN).register
    batch = stage(clerk, register=GIFTS, content=SHEET, name="ของขวัญ.csv")
    closed = models.PeriodClose.objects.filter(agency=clerk.agency, register=GIFTS, reopened_at=None)
    settled = set(closed.values_list("occurrence_id", flat=True))
    periods = occurrences_of(clerk, kept_of(clerk, GIFTS).register, plan.fiscal_year_be)
    return {
        "entry": entry,
        "plan": plan,
        "open_period": periods.exclude(pk__in=settled)[0],
        "closed_period": closed[0].occurrence,
        "view": services.add_view(clerk, register=GIFTS, name="ของขวัญจากเอกชน", query="giver_kind=private"),
        "batch": step(clerk, batch=batch),
        "words": {
            "register": GIFTS,
            "move": "withdraw",
            "form": "csv",
            "file": file.pk,
            "period": str(occurrences_of(clerk, register, plan.fiscal_year_be)[0].starts_on),
        },
    }
