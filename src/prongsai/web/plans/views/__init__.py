"""Pages."""

from prongsai.web.plans.views.calendar import calendar, month, occurrence_record, year
from prongsai.web.plans.views.dispatches import (
    dispatch,
    dispatch_add,
    dispatch_edit,
    dispatch_issue,
    dispatch_paper,
    dispatches,
)
from prongsai.web.plans.views.measures import (
    measure,
    measure_add,
    measure_assign,
    measure_carry,
    measure_edit,
    measure_evidence,
    measure_state,
    measure_steps,
    measures,
)
from prongsai.web.plans.views.progress import executive, follow_up, progress_add, progress_delete, progress_edit
from prongsai.web.plans.views.reports import report, report_decide, report_make, reports
from prongsai.web.plans.views.tasks import my_tasks, task, task_answer, task_decide, task_roll_out

__all__ = [
    "calendar",
    "dispatch",
    "dispatch_add",
    "dispatch_edit",
    "dispatch_issue",
    "dispatch_paper",
    "dispatches",
    "executive",
    "follow_up",
    "measure",
    "measure_add",
    "measure_assign",
    "measure_carry",
    "measure_edit",
    "measure_evidence",
    "measure_state",
    "measure_steps",
    "measures",
    "month",
    "my_tasks",
    "occurrence_record",
    "progress_add",
    "progress_delete",
    "progress_edit",
    "report",
    "report_decide",
    "report_make",
    "reports",
    "task",
    "task_answer",
    "task_decide",
    "task_roll_out",
    "year",
]
