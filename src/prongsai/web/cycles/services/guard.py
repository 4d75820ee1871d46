"""A closed cycle is read-only."""

from prongsai.errors import ProngsaiError
from prongsai.web.cycles.models import Cycle, CycleState


class CycleClosed(ProngsaiError):
    """The cycle is closed; nothing in it may be changed."""

    def __init__(self, cycle: Cycle) -> None:
        super().__init__(
            f"{cycle.framework_id} is closed",
            message_th=f"{cycle} ปิดแล้ว จึงแก้ไขไม่ได้",
            mend_th="ถ้าปิดผิดพลาด ให้ผู้ประสานงาน ITA เปิดรอบการประเมินอีกครั้งก่อน",
        )


def require_open(cycle: Cycle) -> None:
    """Refuse a closed cycle, as it is in the database now. Raises CycleClosed."""
    if Cycle.objects.filter(pk=cycle.pk, state=CycleState.CLOSED).exists():
        raise CycleClosed(cycle)
