"""What the furnished demonstration adds in registers: an entry with a file, a plan, periods, a view, an import."""

from __future__ import annotations

from datetime import date
from typing import Any

from prongsai.registers.facts import fact_key
from prongsai.reports.stationery.kinds import stationery_of
from tests.registers.ledger_files import grouped

GIFTS, PLAN, SPENDING = "gifts", "prevention-plan", "spending-plan"
# The register of each route that needs another than gifts, and words of its own.
OTHERWISE = {
    "registers:entry_progress": {"register": PLAN},
    "registers:carry": {"register": PLAN},
    "registers:period_paper": {"form": "docx"},
    "registers:open_table": {"register": "purchases"},
    "registers:open_data": {"register": "purchases"},
    "registers:send": {"register": "questions"},
    "registers:part_paper": {"register": "risks", "form": "docx"},
    **{f"registers:spending{page}": {"register": SPENDING} for page in ("", "_add", "_columns")},
    **{f"registers:spending_{act}": {"register": SPENDING} for act in ("choose", "save", "drop")},
    "stationery:preview": {"form": "docx"},
    "year_month": {"year": 2569, "month": 1},
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
        "spending": _spending(clerk),
        "template": _template(clerk),
        "words": {
            "fact": fact_key(kept_of(clerk, GIFTS).register.unverified_th[0]),
            "view": "bribery",
            "kind": "memo",
            "register": GIFTS,
            "move": "withdraw",
            "form": "csv",
            "file": file.pk,
            "period": str(occurrences_of(clerk, register, plan.fiscal_year_be)[0].starts_on),
        },
    }


def _spending(clerk: Any) -> Any:
    """Bring an export of the ledger in, whose lines the plan does not know."""
    from prongsai.web.registers.services import spending  # reason: needs Django

    given = {"content": grouped(), "name": "รายจ่าย.xlsx", "year": 2569, "starts_on": date(2026, 1, 1)}
    batch = spending.stage(clerk, register=SPENDING, **given)
    how = {"columns": batch.columns, "basis": batch.details["basis"]}
    return spending.settle_columns(clerk, batch=batch, version=batch.version, **how)


def _template(clerk: Any) -> Any:
    """Take a Word file of the office for memos; it is no longer in use, so that papers stay as they were."""
    from prongsai.web.stationery import services  # reason: needs Django

    made = services.add_template(clerk, kind="memo", name="หัวเทศบาล.docx", content=stationery_of("memo").starting())
    return services.close_template(clerk, template=made, version=made.version)
