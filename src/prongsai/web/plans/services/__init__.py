"""What is done to measures, dispatches, tasks, progress and reports."""

from prongsai.web.plans.services.dispatches import Assignment, change_dispatch, draft_dispatch, issue_dispatch
from prongsai.web.plans.services.measures import (
    add_measure,
    attach_evidence,
    carry_measure,
    change_measure,
    change_steps,
    set_state,
)
from prongsai.web.plans.services.tasks import answer_task, assign_task, decide_task, move_task, roll_out

__all__ = [
    "Assignment",
    "add_measure",
    "answer_task",
    "assign_task",
    "attach_evidence",
    "carry_measure",
    "change_dispatch",
    "change_measure",
    "change_steps",
    "decide_task",
    "draft_dispatch",
    "issue_dispatch",
    "move_task",
    "roll_out",
    "set_state",
]
