"""Reading progress: entries with the measures they belong to, and what is odd about one."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prongsai.thai.dates import format_date, format_fiscal_year
from prongsai.thai.fiscal import fiscal_year
from prongsai.web.agencies.scope import Scope
from prongsai.web.plans.models import Measure, Progress
from prongsai.web.plans.queries.checks import copies


def measures_with_owners(scope: Scope) -> QuerySet[Measure]:
    """Give the measures of the agency with owners and cycle, for the right to change them."""
    return Measure.objects.filter(cycle__agency=scope.agency).select_related("cycle").prefetch_related("owners")


def progress_of(scope: Scope) -> QuerySet[Progress]:
    """Give the entries of the agency with their measures."""
    found = Progress.objects.filter(measure__cycle__agency=scope.agency)
    return found.select_related("measure__cycle", "step").prefetch_related("measure__owners", "evidence")


def remarks_of(progress: Progress) -> tuple[str, ...]:
    """Say in Thai what is odd about an entry that may stand all the same: an outcome copied, a day out of place."""
    return tuple(_remarks(progress))


def _remarks(progress: Progress) -> Iterator[str]:
    if progress.result and progress.outcome and copies([progress.result], [progress.outcome]):
        yield _("ผลลัพธ์คัดลอกจากผลการดำเนินการ ระบุว่าเกิดอะไรขึ้น เช่น ตัวเลขก่อนและหลัง หรือใครได้ประโยชน์")
    if progress.on is None:
        yield _("ยังไม่มีวันที่ดำเนินการ รายการที่ไม่มีวันที่นับในรายงานตามรอบไม่ได้")
        return
    measure = progress.measure
    year = fiscal_year(measure.cycle.measures_year_be)
    if not year.start <= progress.on <= year.end:
        yield _("วันที่ {day} อยู่นอก{year} ที่ดำเนินมาตรการ").format(
            day=format_date(progress.on), year=format_fiscal_year(measure.cycle.measures_year_be)
        )
    elif _is_outside_period(measure, progress):
        yield _("วันที่ {day} อยู่นอกระยะเวลาของมาตรการ").format(day=format_date(progress.on))


def _is_outside_period(measure: Measure, progress: Progress) -> bool:
    early = measure.starts_on and progress.on and progress.on < measure.starts_on
    late = measure.ends_on and progress.on and progress.on > measure.ends_on
    return bool(early or late)
