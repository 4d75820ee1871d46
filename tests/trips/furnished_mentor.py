"""What the demonstration's mentor office sees and wrote, and the pages of who keeps it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

LOOKING = ("desks", "heat", "heat_sheet", "late", "faults", "fault", "examples", "compare", "agencies", "agency")
WRITING = ("messages", "message_add", "message")
KEEPING = ("offices", "office_add", "office")


def furnish_mentor(code: str) -> dict[str, Any]:
    """Name the office that is there, one that the agency may join, an invitation. code: of the agency."""
    from prongsai.web.mentor.access import Keeper  # reason: needs Django
    from prongsai.web.mentor.models import FaultStanding, Level, Office, Participation, Receipt  # reason: needs Django
    from prongsai.web.mentor.services import offices  # reason: needs Django

    part, receipt = Participation.objects.get(agency__code=code), Receipt.objects.get(agency__code=code)
    free = Office.objects.create(name="หน่วยงานพี่เลี้ยงส่วนกลาง (สมมติ)", level=Level.NATION)
    summoned = offices.summon(Keeper(None), office=part.office, name="นายอีกคน ใจดี", link=lambda token: token)
    names = [f"mentor_office:{name}" for name in (*LOOKING, *WRITING)]
    here = {"office": part.office_id, "code": code, "form": "csv"}
    otherwise: dict[str, Any] = {name: dict(here) for name in names}
    otherwise["mentor_office:message"]["pk"] = receipt.message_id
    otherwise["mentor_office:summons"] = {"token": summoned.address}
    otherwise["mentor_keeping:office"] = {"pk": part.office_id}
    fault = FaultStanding.objects.filter(source="element").values("source", "key", "code").first()
    assert fault
    return {
        "participation": part,
        "receipt": receipt,
        "mentor_office": free,
        "otherwise": otherwise,
        "by": dict.fromkeys(names, "mentor")
        | {f"mentor_keeping:{name}": "admin" for name in KEEPING}
        | {"mentor_office:summons": ""},
        "queries": {"mentor_office:fault": f"?{urlencode(fault)}"},
    }
